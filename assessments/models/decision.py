"""The decision that an assessment was made for, and the people who take it."""

import secrets

from django.conf import settings
from django.db import models

from assessments.duty.decision import Decided, Supplied


class DecisionRecord(models.Model):
    """What was supplied to the decision, and what was decided. Empty where it is not known yet."""

    assessment = models.OneToOneField("Assessment", models.CASCADE, related_name="decision")
    body = models.CharField(max_length=300)
    meets_on = models.DateField(null=True, blank=True)
    report_reference = models.CharField(max_length=300, blank=True)
    report_link = models.URLField(max_length=500, blank=True)
    supplied_version = models.ForeignKey("Version", models.PROTECT, null=True, blank=True, related_name="+")
    supplied_on = models.DateField(null=True, blank=True)
    supplied_how = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Supplied])
    carries_section_149 = models.BooleanField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Decided])
    minute_reference = models.CharField(max_length=300, blank=True)
    same_scope = models.BooleanField(null=True, blank=True)
    same_dates = models.BooleanField(null=True, blank=True)
    same_options = models.BooleanField(null=True, blank=True)
    differences = models.TextField(blank=True)
    weighed = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"decision on {self.assessment_id}"


def new_key() -> str:
    """Something that nobody can guess: it makes a personal link, and a new one ends the old."""
    return secrets.token_urlsafe(16)


class DecisionMaker(models.Model):
    """One person who decides: by role, with the address that the personal link went to, and what they did with it."""

    assessment = models.ForeignKey("Assessment", models.CASCADE, related_name="decision_makers")
    version = models.ForeignKey("Version", models.PROTECT, related_name="+")
    role = models.CharField(max_length=200)
    email = models.EmailField("e-mail", blank=True)
    key = models.CharField(max_length=22, default=new_key, unique=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.role
