"""An assessment as it stood on one day, for ever."""

from django.conf import settings
from django.db import models

from assessments.duty.document import Document, from_json


class Version(models.Model):
    """A frozen document with the SHA-256 that its canonical JSON had when it was frozen.

    Triggers refuse any change (migrations 0002 and 0004) but one: a redaction, which replaces `document_json` and adds
    one to `redactions`. The audit trail holds the digests before and after it.
    """

    assessment = models.ForeignKey("Assessment", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, help_text="The move in the lifecycle that froze it.")
    document_json = models.TextField()
    digest = models.CharField(max_length=64)
    redactions = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="version_once_an_assessment")]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def document(self) -> Document:
        """The frozen document."""
        return from_json(self.document_json)
