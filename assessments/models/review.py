"""What those who check an assessment say of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Verdict(models.Model):
    """What the equality lead thinks of one section. Each check of an assessment replaces the one before."""

    class Value(models.TextChoices):
        ACCEPTABLE = "acceptable", "Acceptable"
        BETTER = "better", "Could be better"
        MEND = "mend", "Must be mended"

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="verdicts")
    section = models.CharField(max_length=40)
    value = models.CharField(max_length=10, choices=Value)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "section"], name="verdict_once_a_section")]

    def __str__(self) -> str:
        return f"{self.section}: {self.get_value_display()}"


class Comment(models.Model):
    """A remark on one answer, or a reply to one.

    A remark says which page and question it is about (`key` is empty for the whole page), and keeps the answer as it
    was: `said_on`, in version `version`. A reply has a `thread` and none of those. Only a remark is resolved.
    """

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    page = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=60, blank=True)
    said_on = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["assessment"], condition=Q(thread=None, resolved_at=None), name="comment_open")]

    def __str__(self) -> str:
        return f"{self.page} {self.key}: {self.text[:40]}"


class Override(models.Model):
    """A due-regard check that a named person set aside for one page, with the reason. It is printed in the report."""

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="overrides")
    number = models.PositiveSmallIntegerField(help_text="The number of the check.")
    page = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number", "page"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number", "page"], name="override_once_a_finding")]

    def __str__(self) -> str:
        return f"check {self.number} {self.page}"
