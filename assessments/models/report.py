"""Reports that have been made, or are being made."""

from django.db import models


class ReportFile(models.Model):
    """One PDF of one document, or of what differs between two versions, known by a digest: asked for once, made once.

    `before` is the number of the earlier version where the PDF shows a difference, and 0 for a report.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        FAILED = "failed"

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="report_files")
    digest = models.CharField(max_length=64, unique=True)
    document_json = models.TextField(blank=True, help_text="Of a draft. A version has its own.")
    version = models.PositiveIntegerField(default=0, help_text="0 for a draft.")
    before = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    file = models.FileField(upload_to="reports/%Y/", blank=True)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"report of {self.digest[:12]}"
