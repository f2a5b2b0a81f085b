"""The register: every assessment, what can be asked of it, and its columns."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from assessments import clock, permissions
from assessments.duty import act
from assessments.duty.lifecycle import Status
from assessments.duty.questionnaire import IMPACTS, OUTCOMES
from assessments.duty.screening import Outcome
from assessments.models import Assessment, Directorate, Impact, LocalCharacteristic, User
from psed.dates import GovukDateField

SORTS = {
    "updated": ("Last changed first", ("-updated_at", "-pk")),
    "reference": ("Newest reference first", ("-year", "-number")),
    "title": ("Title, A to Z", ("title", "pk")),
    "decision": ("Decision date, soonest first", (F("decision_date").asc(nulls_last=True), "pk")),
    "decision-last": ("Decision date, latest first", (F("decision_date").desc(nulls_last=True), "-pk")),
}

_SEARCH = {
    "sqlite": "SELECT rowid FROM assessments_search WHERE assessments_search MATCH %s",
    "postgresql": "SELECT id FROM assessments_assessment "
    "WHERE to_tsvector('english', search_text) @@ plainto_tsquery('english', %s)",
}
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, alike for what is stored and for what is looked for: EIA-2026-0001 is three."""
    return _WORD.findall(text)


FRESH_FOR = 10
"""Seconds for which each process keeps the council's lists, to offer as filters."""


def search(assessments: QuerySet[Assessment], text: str) -> QuerySet[Assessment]:
    """Those that hold every word of the text, in their titles or in any answer, in any form of the word."""
    wanted = words(text)
    if not wanted:
        return assessments.none()
    quoted = " ".join(f'"{word}"' if connection.vendor == "sqlite" else word for word in wanted)
    return assessments.filter(pk__in=RawSQL(_SEARCH[connection.vendor], [quoted]))  # noqa: S611 - a parameter


def _lists() -> dict[str, list[tuple[Any, str]]]:
    """What can be chosen from the council's own lists."""
    local = [(each.slug, each.as_characteristic().label) for each in LocalCharacteristic.objects.all()]
    return {
        "characteristic": [(each.slug, each.name) for each in act.CHARACTERISTICS] + local,
        "directorate": list(Directorate.objects.values_list("pk", "name")),
    }


class DateFilter(django_filters.Filter):
    """A date in three boxes."""

    field_class = GovukDateField


class RegisterFilter(django_filters.FilterSet):
    """What can be asked of the register. Nonsense in the address gets a message beside its field."""

    q = django_filters.CharFilter(label="Words in the title or the answers", method="filter_words", max_length=200)
    status = django_filters.MultipleChoiceFilter(
        label="Status",
        choices=[(each.value, each.label) for each in Status],
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    directorate = django_filters.ChoiceFilter(
        label="Directorate", field_name="service__directorate", empty_label="All directorates"
    )
    characteristic = django_filters.ChoiceFilter(
        label="Characteristic", method="filter_impact", empty_label="Any characteristic"
    )
    impact = django_filters.ChoiceFilter(
        label="Impact",
        choices=[(each.value, each.label) for each in IMPACTS],
        method="filter_impact",
        empty_label="Any impact",
    )
    outcome = django_filters.ChoiceFilter(
        label="Outcome",
        choices=[(each.value, each.label) for each in OUTCOMES],
        empty_label="Any outcome",
    )
    decided_from = DateFilter(field_name="decision_date", lookup_expr="gte", label="Decision on or after")
    decided_to = DateFilter(field_name="decision_date", lookup_expr="lte", label="Decision on or before")
    sort = django_filters.ChoiceFilter(
        label="Sort by",
        choices=[(key, label) for key, (label, _) in SORTS.items()],
        method="filter_sort",
        empty_label=None,
    )

    class Meta:
        model = Assessment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in cache.get_or_set("register-lists", _lists, FRESH_FOR).items():
            self.filters[name].extra["choices"] = choices
        for name in ("decided_from", "decided_to"):
            self.filters[name].extra["subject"] = f"“{self.filters[name].label}”"

    @property
    def form(self) -> Any:
        """The form of the filters, set small to stand beside the results."""
        made: Any = super().form
        made.fields["status"].small = True
        return made

    @property
    def look(self) -> str:
        """All that the markup of the form depends on: what is asked, and the council's own lists."""
        asked = sorted((key, values) for key, values in dict(self.data).items() if key != "page")
        return repr((asked, [self.filters[name].extra["choices"] for name in ("directorate", "characteristic")]))

    def filter_words(self, queryset: QuerySet[Assessment], name: str, value: str) -> QuerySet[Assessment]:
        """Full-text search; a reference finds its assessment."""
        return search(queryset, value)

    def filter_impact(self, queryset: QuerySet[Assessment], name: str, value: str) -> QuerySet[Assessment]:
        """Characteristic and impact are asked together: negative for age, not negative somewhere and age elsewhere."""
        if name == "impact" and self.form.cleaned_data.get("characteristic"):
            return queryset
        asked = {key: self.form.cleaned_data.get(key) for key in ("characteristic", "impact")}
        rows = Impact.objects.filter(assessment=OuterRef("pk"), **{key: value for key, value in asked.items() if value})
        return queryset.filter(Exists(rows))

    def filter_sort(self, queryset: QuerySet[Assessment], name: str, value: str) -> QuerySet[Assessment]:
        """One of the orders of SORTS."""
        return queryset.order_by(*SORTS[value][1])


def entries(user: User) -> QuerySet[Assessment]:
    """The rows of the register that a person may see, without the long text that is only searched."""
    return permissions.visible_to(user).defer("search_text", "local_characteristics")


@dataclass(frozen=True)
class Column:
    """One column of the exported register."""

    heading: str
    value: Callable[[Assessment], Any]


def _impact_on(slug: str) -> Callable[[Assessment], str]:
    def value(assessment: Assessment) -> str:
        found = {each.impact for each in assessment.impacts.all() if each.characteristic == slug}
        return ", ".join(option.label for option in IMPACTS if option.value in found)

    return value


def _decision(assessment: Assessment, field: str) -> str:
    record = getattr(assessment, "decision", None)
    return getattr(record, field) if record else ""


SCREENING_LABELS = {
    Outcome.UNDECIDED.value: "Not yet screened",
    Outcome.FULL.value: "Full assessment",
    Outcome.SCREENED_OUT.value: "Full assessment not needed",
}

COLUMNS = (
    Column("Reference", lambda each: each.reference),
    Column("Version", lambda each: each.newest_version or "Draft"),  # type: ignore[attr-defined]
    Column("Title", lambda each: each.title),
    Column("Made-up example", lambda each: "Yes" if each.is_example else "No"),
    Column("Type", lambda each: each.get_policy_type_display()),
    Column("New, changed or ending", lambda each: each.get_change_display()),
    Column("Directorate", lambda each: each.service.directorate.name),
    Column("Service", lambda each: each.service.name),
    Column("Screening", lambda each: SCREENING_LABELS[each.screening]),
    Column("Status", lambda each: each.state.label),
    *(Column(f"Impact: {each.name}", _impact_on(each.slug)) for each in act.CHARACTERISTICS),
    Column("Outcome", lambda each: each.get_outcome_display()),
    Column("Budget round", lambda each: each.budget_round),
    Column("Decision body", lambda each: each.decision_body),
    Column("Decision date", lambda each: each.decision_date or ""),
    Column("Approved", lambda each: timezone.localdate(each.approved_at) if each.approved_at else ""),
    Column("Report reference", lambda each: _decision(each, "report_reference")),
    Column("Report link", lambda each: _decision(each, "report_link")),
    Column("Decided", lambda each: each.decided_on or ""),
    Column("Retrospective", lambda each: "Yes" if each.is_retrospective else "No"),
    Column("Published", lambda each: each.published_on or ""),
    Column("Published at", lambda each: each.published_link),
    Column("Review due", lambda each: each.review_date or ""),
    Column("Replaces", lambda each: each.supersedes.reference if each.supersedes else ""),
    Column("Replaced by", lambda each: each.replaced_by or ""),  # type: ignore[attr-defined]
    Column("Actions", lambda each: each.action_count),  # type: ignore[attr-defined]
    Column("Actions past their date", lambda each: each.late_action_count),  # type: ignore[attr-defined]
    Column("Started", lambda each: timezone.localdate(each.created_at)),
    Column("Submitted", lambda each: timezone.localdate(each.submitted_at) if each.submitted_at else ""),
    Column("Last changed", lambda each: timezone.localdate(each.updated_at)),
)


def export_rows(assessments: QuerySet[Assessment]) -> Iterator[list[Any]]:
    """Heading and then one row an assessment, read in a stream."""
    yield [column.heading for column in COLUMNS]
    counted = assessments.annotate(
        newest_version=Max("versions__number"),
        action_count=Count("actions", distinct=True),
        late_action_count=Count("actions", filter=Q(actions__due__lt=clock.today()), distinct=True),
        replaced_by=Max("successors__reference", filter=~Q(successors__status=Status.WITHDRAWN)),
    )
    counted = counted.select_related("decision", "supersedes").prefetch_related("impacts")
    for assessment in counted.iterator(chunk_size=1000):
        yield [column.value(assessment) for column in COLUMNS]


def harmed(assessments: Iterable[Assessment]) -> dict[int, list[str]]:
    """By the key of an assessment: the characteristics for which it found a negative impact, once each."""
    found: dict[int, list[str]] = {each.pk: [] for each in assessments}
    impacts = Impact.objects.filter(assessment__in=found, impact="negative").order_by("pk")
    for key, slug in impacts.values_list("assessment_id", "characteristic"):
        if slug not in found[key]:
            found[key].append(slug)
    return found
