"""What the council knows, and what it knows that it does not know."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse


class LibrarySource(models.Model):
    """A piece of evidence that any assessment can point to. `characteristics` are slugs.

    A file has passed the checks of `evidence.files` and lies outside the web root. `sha256` is of its bytes. `used_in`
    repeats what the answers say: the assessments that took it into their list of sources.
    """

    class Kind(models.TextChoices):
        DATA = "data", "Data"
        RESEARCH = "research", "Research"
        CONSULTATION = "consultation", "Consultation"
        COMPLAINTS = "complaints", "Analysis of complaints"
        STAFF = "staff", "Staff knowledge"

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=15, choices=Kind)
    publisher = models.CharField(max_length=300, blank=True)
    dated = models.DateField(null=True, blank=True)
    coverage = models.CharField(max_length=300, blank=True)
    characteristics: Any = models.JSONField(default=list)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="library/%Y/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField("in use", default=True)
    used_in = models.ManyToManyField("Assessment", related_name="library_sources", blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["sha256"], name="library_sha256")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page in the library."""
        return reverse("library-source", args=[self.pk])


class Dataset(models.Model):
    """Counts of people who use a service, by characteristic. The records that were counted are not kept.

    `published` holds only what `duty.disclosure` let through, by characteristic: nobody can get back to the rest.
    `outcome` says in words what happened to some of them, where `published` has rates of that; else it is empty.
    """

    title = models.CharField(max_length=300)
    service = models.ForeignKey("Service", models.PROTECT, related_name="datasets")
    covers = models.CharField(max_length=300, blank=True)
    dated = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    is_of_records = models.BooleanField(default=True)
    rows_read = models.PositiveIntegerField(default=0)
    threshold = models.PositiveSmallIntegerField()
    threshold_sensitive = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=100, blank=True)
    mapping: Any = models.JSONField(default=dict)
    published: Any = models.JSONField(default=dict)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ColumnMapping(models.Model):
    """How a service's columns were mapped the last time, so that nobody maps the same columns twice.

    `columns` is the digest of the headings. `mapping` says which column is which characteristic, and what its values
    mean.
    """

    service = models.ForeignKey("Service", models.CASCADE, related_name="column_mappings")
    columns = models.CharField(max_length=64)
    mapping: Any = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "columns"], name="mapping_once_a_service")]

    def __str__(self) -> str:
        return f"{self.service}: {self.columns[:12]}"


class KnowledgeGap(models.Model):
    """What an assessment says that the council does not know. `key` is the item's own; `characteristics` are slugs."""

    class Response(models.TextChoices):
        ENQUIRY = "enquiry", "Asked, or to be asked, before the decision"
        ACTION = "action", "To be found out after the decision"
        REASON = "reason", "Not pursued: out of proportion"

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="knowledge_gaps")
    key = models.CharField(max_length=36)
    characteristics: Any = models.JSONField(default=list)
    gap = models.CharField(max_length=300)
    response = models.CharField(max_length=10, blank=True, choices=Response)
    detail = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "key"], name="gap_once_an_assessment")]
        indexes = [models.Index(fields=["due"], name="gap_due")]

    def __str__(self) -> str:
        return self.gap
