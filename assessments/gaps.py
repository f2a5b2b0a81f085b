"""What the council does not know: the gaps that its assessments declare."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import F, QuerySet

from assessments import clock, library, permissions
from assessments.duty.lifecycle import Status
from assessments.models import Directorate, KnowledgeGap, User

PAST = (Status.WITHDRAWN, Status.SCREENED_OUT, Status.SUPERSEDED)
"""Assessments that are no longer what the council goes by; a later one says anew what it does not know."""

NOTHING = "none"
"""Stands in an address for gaps of which nobody said what is done about them."""


def entries(user: User) -> QuerySet[KnowledgeGap]:
    """The gaps of the assessments that a person may read, the soonest due first."""
    seen = permissions.visible_to(user).exclude(status__in=PAST)
    found = KnowledgeGap.objects.filter(assessment__in=seen.values("pk"))
    found = found.select_related("assessment__service__directorate").defer("assessment__search_text")
    return found.order_by(F("due").asc(nulls_last=True), "pk")


def is_overdue(gap: KnowledgeGap) -> bool:
    """Whether it should have been found out by now, and the assessment still says that nobody knows."""
    return gap.due is not None and gap.due < clock.today() and gap.response != KnowledgeGap.Response.REASON


class GapFilter(django_filters.FilterSet):
    """What can be asked of the list. Nonsense in the address gets a message beside its field."""

    characteristic = django_filters.ChoiceFilter(
        label="Characteristic", method="filter_characteristic", empty_label="Any characteristic"
    )
    response = django_filters.ChoiceFilter(
        label="What is done about it",
        choices=[*KnowledgeGap.Response.choices, (NOTHING, "Nothing said yet")],
        method="filter_response",
        empty_label="Anything",
    )
    due = django_filters.ChoiceFilter(
        label="When it is due",
        choices=[("overdue", "Overdue"), ("coming", "Still to come"), ("none", "No date")],
        method="filter_due",
        empty_label="Any time",
    )
    directorate = django_filters.ModelChoiceFilter(
        label="Directorate",
        field_name="assessment__service__directorate",
        queryset=Directorate.objects.all(),
        empty_label="All directorates",
    )

    class Meta:
        model = KnowledgeGap
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["characteristic"].extra["choices"] = list(library.characteristics().items())

    def filter_characteristic(self, queryset: QuerySet[KnowledgeGap], name: str, value: str) -> QuerySet[KnowledgeGap]:
        """Gaps about it."""
        return library.about(queryset, value)

    def filter_response(self, queryset: QuerySet[KnowledgeGap], name: str, value: str) -> QuerySet[KnowledgeGap]:
        """Gaps by what is done about them, or those of which nobody said so yet."""
        return queryset.filter(response="" if value == NOTHING else value)

    def filter_due(self, queryset: QuerySet[KnowledgeGap], name: str, value: str) -> QuerySet[KnowledgeGap]:
        """Gaps by their day; see `is_overdue`."""
        if value == "none":
            return queryset.filter(due=None)
        if value == "coming":
            return queryset.filter(due__gte=clock.today())
        return queryset.filter(due__lt=clock.today()).exclude(response=KnowledgeGap.Response.REASON)


HEADINGS = (
    "Reference",
    "Assessment",
    "Directorate",
    "Service",
    "Status",
    "What is not known",
    "Characteristics",
    "What is done about it",
    "Details",
    "Due",
    "Overdue",
)


def export_rows(found: QuerySet[KnowledgeGap]) -> Iterator[list[Any]]:
    """Headings and then one row a gap, read in a stream."""
    yield list(HEADINGS)
    for each in found.iterator(chunk_size=1000):
        assessment = each.assessment
        yield [
            assessment.reference,
            assessment.title,
            assessment.service.directorate.name,
            assessment.service.name,
            assessment.state.label,
            each.gap,
            "; ".join(library.named(each.characteristics)),
            each.get_response_display(),
            each.detail,
            each.due or "",
            "Yes" if is_overdue(each) else "No",
        ]
