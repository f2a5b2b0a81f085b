"""The audit trail as stored. `assessments.audit` writes it; nothing else does."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One thing that happened, chained by hash to the one before. Triggers refuse any change (migration 0002)."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=300)
    verb = models.CharField(max_length=40)
    assessment = models.ForeignKey("Assessment", models.PROTECT, null=True, related_name="events")
    payload = models.TextField(help_text="Canonical JSON. Prose is here as a digest only.")
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class AuditHead(models.Model):
    """The end of the chain: one row, locked while an event is appended so that the chain cannot fork."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_audit_head")]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"
