"""The council's whole trail: what can be asked of it, and leafing through it at the same speed at any depth."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import django_filters
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from assessments import history
from assessments.models import Assessment, AuditEvent, User
from assessments.register import FRESH_FOR, DateFilter

PAGE_SIZE = 50
THE_SYSTEM = "system"

_NUMBER = re.compile("[0-9]{1,18}")


def _people() -> list[tuple[str, str]]:
    people = [(str(each.pk), f"{each} ({each.role_label})") for each in User.objects.all()]
    return [*people, (THE_SYSTEM, "The system")]


class TrailFilter(django_filters.FilterSet):
    """What can be asked of the trail. Nonsense in the address gets a message beside its field."""

    group = django_filters.ChoiceFilter(
        label="What was done", choices=list(history.GROUPS.items()), method="filter_group", empty_label="Everything"
    )
    person = django_filters.ChoiceFilter(label="Who did it", method="filter_person", empty_label="Anybody")
    reference = django_filters.CharFilter(
        label="Reference of the assessment", method="filter_reference", max_length=Assessment.reference.field.max_length
    )
    from_day = DateFilter(label="On or after", method="filter_from")
    to_day = DateFilter(label="On or before", method="filter_to")

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["person"].extra["choices"] = cache.get_or_set("trail-people", _people, FRESH_FOR)
        for name in ("from_day", "to_day"):
            self.filters[name].extra["subject"] = f"“{self.filters[name].label}”"

    def filter_group(self, queryset: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        """The verbs of one group."""
        return queryset.filter(verb__in=history.verbs_of(value))

    def filter_person(self, queryset: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        """What one person did, or nobody who signs in."""
        return queryset.filter(actor=None if value == THE_SYSTEM else value)

    def filter_reference(self, queryset: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        """What happened to one assessment."""
        return queryset.filter(assessment__reference=value.strip().upper())

    def filter_from(self, queryset: QuerySet[AuditEvent], name: str, value: date) -> QuerySet[AuditEvent]:
        """From the start of a day, where the council is."""
        return queryset.filter(at__gte=timezone.make_aware(datetime.combine(value, time.min)))

    def filter_to(self, queryset: QuerySet[AuditEvent], name: str, value: date) -> QuerySet[AuditEvent]:
        """Until the end of a day, where the council is."""
        return queryset.filter(at__lte=timezone.make_aware(datetime.combine(value, time.max)))


@dataclass(frozen=True)
class Leaf:
    """Some events, the newest first. `older` and `newer` are the numbers that the next leaves go on from, if any."""

    events: list[AuditEvent]
    older: int | None
    newer: int | None


def leaf(events: QuerySet[AuditEvent], before: str, after: str) -> Leaf:
    """The newest events; those before one number, or those after one. What is no number counts as none.

    It goes by the number and not by how many come before, so that the last leaf is as quick as the first.
    """
    events = events.select_related("assessment").defer("assessment__search_text")
    if _NUMBER.fullmatch(after):
        found = list(events.filter(sequence__gt=int(after)).order_by("sequence")[: PAGE_SIZE + 1])
        shown = found[:PAGE_SIZE][::-1]
        older = shown[-1].sequence if shown else int(after) + 1
        return Leaf(shown, older, shown[0].sequence if len(found) > PAGE_SIZE else None)
    is_first = not _NUMBER.fullmatch(before)
    earlier = events if is_first else events.filter(sequence__lt=int(before))
    found = list(earlier.order_by("-sequence")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    newer = None if is_first else (shown[0].sequence if shown else int(before) - 1)
    return Leaf(shown, shown[-1].sequence if len(found) > PAGE_SIZE else None, newer)
