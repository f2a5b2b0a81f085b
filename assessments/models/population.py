"""Who lives in the area, and in the areas that it is compared with: Census tables, each as it was published."""

from typing import Any

from django.conf import settings
from django.db import models


class Area(models.Model):
    """A place with figures of its own. `role` says what it is to this council."""

    class Role(models.TextChoices):
        OWN = "own", "The council’s own area"
        COMPARATOR = "comparator", "Compared with"
        OTHER = "other", "Another area"

    code = models.CharField("official code", max_length=20, unique=True)
    name = models.CharField(max_length=250)
    role = models.CharField(max_length=10, choices=Role, default=Role.OTHER)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class PopulationTable(models.Model):
    """One table of one area, of one day: what `evidence.census` read. `figures` holds category, count and part_of."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="tables")
    characteristic = models.CharField(max_length=50)
    code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=250)
    date = models.DateField()
    base = models.PositiveBigIntegerField()
    base_words = models.CharField(max_length=250)
    source = models.CharField(max_length=500)
    is_approximate = models.BooleanField(default=False)
    is_in_development = models.BooleanField(default=False)
    is_context = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    figures: Any = models.JSONField(default=list)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["characteristic", "is_context", "-date", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "characteristic", "code", "title", "date"], name="table_once_an_area_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.area}"
