"""Moves through the lifecycle, with who, when and why."""

from django.conf import settings
from django.db import models

from assessments.duty.lifecycle import Status, Transition, transition


class Move(models.Model):
    """One move that was made. `reason` is what the person gave; the audit trail holds its digest."""

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="moves")
    name = models.CharField(max_length=30)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} by {self.by}"

    @property
    def transition(self) -> Transition:
        """The move as the lifecycle knows it."""
        return transition(self.name)

    @property
    def after_label(self) -> str:
        """The status that it led to, in words."""
        return Status(self.after).label
