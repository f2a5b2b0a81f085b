"""An assessment and the answers on its pages."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from assessments.duty.act import Characteristic
from assessments.duty.lifecycle import Status
from assessments.duty.questionnaire import CHANGES, OUTCOMES, POLICY_TYPES, Questionnaire, questionnaire
from assessments.duty.rulesets import RULE_SETS, RuleSet
from assessments.duty.screening import Outcome
from assessments.models.organisation import Council


class Assessment(models.Model):
    """One assessment of one proposal.

    Answers live in `PageAnswers`. The columns here that repeat one (title, service, outcome ...) are what the register
    filters and sorts by; `workflow.EditedDraft.save` writes both in one transaction. What the assessment is asked is
    pinned at its start: rule set, questionnaire version, the council's local characteristics.

    `approved_at` is empty while no approval holds. `is_retrospective`: it was approved after the decision.
    `supersedes` is replaced when this one is approved; `copied_from` lent its text and goes on. `legal_hold` is why
    nothing may be destroyed, empty without one. `disposed_at`: its content was destroyed under the retention rule.
    """

    reference = models.CharField(max_length=20, unique=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    status = models.CharField(
        max_length=20, choices=[(each.value, each.label) for each in Status], default=Status.DRAFT.value
    )
    screening = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in Outcome], default=Outcome.UNDECIDED.value
    )
    rule_set = models.CharField(max_length=20)
    questionnaire_version = models.CharField(max_length=10)
    local_characteristics = models.JSONField(default=list)

    title = models.CharField(max_length=300)
    service = models.ForeignKey("Service", models.PROTECT, related_name="assessments")
    policy_type = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.label) for each in POLICY_TYPES]
    )
    change = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in CHANGES])
    decision_body = models.CharField(max_length=300, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    budget_round = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in OUTCOMES])
    review_date = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    is_retrospective = models.BooleanField(default=False)
    published_on = models.DateField(null=True, blank=True)
    published_link = models.URLField(max_length=500, blank=True)
    search_text = models.TextField(blank=True)

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="started_assessments")
    co_authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="shared_assessments", blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    status_since = models.DateTimeField()
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    policy_ended = models.DateField(null=True, blank=True)
    retention_years = models.PositiveSmallIntegerField(null=True, blank=True)
    legal_hold = models.TextField(blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True)
    content_version = models.PositiveIntegerField(default=0)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["-updated_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="reference_once_a_year")]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="assessment_updated"),
            models.Index(fields=["status", "-updated_at"], name="assessment_status"),
            models.Index(fields=["decision_date"], name="assessment_decision_date"),
            models.Index(fields=["title"], name="assessment_title"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """Where a person who may read it finds it."""
        return reverse("assessment", args=[self.reference])

    @property
    def state(self) -> Status:
        """Its status with all that the lifecycle knows of it."""
        return Status(self.status)

    def years_kept(self, council: Council) -> int:
        """For how many years after the policy has ended it is kept: its own number, or the council's."""
        return council.retention_years if self.retention_years is None else self.retention_years

    @property
    def local(self) -> tuple[Characteristic, ...]:
        """The local characteristics pinned at its start."""
        return tuple(
            Characteristic(each["slug"], each["name"], definition="", help_text=each["help_text"])
            for each in self.local_characteristics
        )

    @property
    def questionnaire(self) -> Questionnaire:
        """The questions that it is asked."""
        return questionnaire(self.local, self.rules)

    @property
    def rules(self) -> RuleSet:
        """The rule set pinned at its start."""
        return RULE_SETS[self.rule_set]


class PageAnswers(models.Model):
    """What was answered on one page.

    `answers` holds what had the right shape. When something on the page had not, `typed` holds the whole page as it
    was typed, so that nothing is lost. `version` counts the saves of this page: a save names the one it started from.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="pages")
    page = models.CharField(max_length=80)
    answers: Any = models.JSONField(default=dict)
    typed: Any = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    carried_from = models.CharField(max_length=20, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "page"], name="page_once_an_assessment")]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.page} v{self.version}"
