"""The evidence library: what can be asked of it, and what it says of a source."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.cache import cache
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from assessments import clock, permissions
from assessments.duty import act
from assessments.duty.due_regard.case import years_before
from assessments.duty.due_regard.evidence_checks import A_CENSUS, years_current
from assessments.models import Assessment, Council, LibrarySource, LocalCharacteristic, User
from assessments.register import FRESH_FOR

YES = "yes"


def characteristics() -> dict[str, str]:
    """The names of all characteristics by slug: the Act's, then the council's own, in use or not."""
    return cache.get_or_set("characteristic-names", _names, FRESH_FOR)


def _names() -> dict[str, str]:
    local = {each.slug: each.as_characteristic().label for each in LocalCharacteristic.objects.all()}
    return {each.slug: each.name for each in act.CHARACTERISTICS} | local


def named(slugs: Iterable[str]) -> list[str]:
    """Characteristics by name, in their order."""
    chosen = set(slugs)
    return [name for slug, name in characteristics().items() if slug in chosen]


def about(rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
    """The rows whose list `characteristics` has that slug: both databases can look at it as text."""
    return rows.alias(listed=Cast("characteristics", TextField())).filter(listed__contains=f'"{slug}"')


def age(source: LibrarySource, council: Council) -> str:
    """Why a source counts as old, in words; empty where it does not."""
    if source.dated is None:
        return "It has no date"
    years = years_current(source.title, council.evidence_years)
    if source.dated < years_before(clock.today(), years):
        return f"Older than {years} year{'' if years == 1 else 's'}"
    return ""


@dataclass(frozen=True)
class Coverage:
    """How many sources in use tell about a characteristic: `current` ones, and `old` ones or those without a date."""

    slug: str
    name: str
    current: int
    old: int


def coverage(council: Council) -> list[Coverage]:
    """What the library has about each characteristic, those of the Act first. One query."""
    current: Counter[str] = Counter()
    old: Counter[str] = Counter()
    for source in LibrarySource.objects.filter(is_active=True).only("title", "dated", "characteristics"):
        (old if age(source, council) else current).update(source.characteristics)
    return [Coverage(slug, name, current[slug], old[slug]) for slug, name in characteristics().items()]


class LibraryFilter(django_filters.FilterSet):
    """What can be asked of the library. Nonsense in the address gets a message beside its field."""

    q = django_filters.CharFilter(
        label="Words in the title, the publisher or the coverage", method="filter_words", max_length=200
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=LibrarySource.Kind.choices, empty_label="Any kind")
    characteristic = django_filters.ChoiceFilter(
        label="Characteristic", method="filter_characteristic", empty_label="Any characteristic"
    )
    age = django_filters.ChoiceFilter(
        label="Age",
        choices=[("old", "Old, or without a date"), ("current", "Current")],
        method="filter_age",
        empty_label="Any age",
    )
    retired = django_filters.MultipleChoiceFilter(
        label="Out of use",
        choices=[(YES, "Show what is out of use too")],
        widget=forms.CheckboxSelectMultiple,
        method="filter_retired",
    )

    class Meta:
        model = LibrarySource
        fields: list[str] = []

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.council = council
        self.filters["characteristic"].extra["choices"] = list(characteristics().items())

    @property
    def form(self) -> Any:
        """The form of the filters, set small to stand beside the results."""
        made: Any = super().form
        made.fields["retired"].small = True
        return made

    @property
    def qs(self) -> QuerySet[LibrarySource]:
        """What matches: in use, unless asked otherwise."""
        found = super().qs
        return found if self.form.cleaned_data.get("retired") else found.filter(is_active=True)

    def filter_words(self, queryset: QuerySet[LibrarySource], name: str, value: str) -> QuerySet[LibrarySource]:
        """Sources that have every word somewhere."""
        return with_words(queryset, value)

    def filter_characteristic(
        self, queryset: QuerySet[LibrarySource], name: str, value: str
    ) -> QuerySet[LibrarySource]:
        """Sources that tell something about it."""
        return about(queryset, value)

    def filter_age(self, queryset: QuerySet[LibrarySource], name: str, value: str) -> QuerySet[LibrarySource]:
        """Sources by whether they count as old."""
        today, years = clock.today(), self.council.evidence_years
        current = Q(dated__gte=years_before(today, years))
        current |= Q(title__icontains=A_CENSUS, dated__gte=years_before(today, years_current(A_CENSUS, years)))
        return queryset.filter(current) if value == "current" else queryset.exclude(current)

    def filter_retired(self, queryset: QuerySet[LibrarySource], name: str, value: Any) -> QuerySet[LibrarySource]:
        """All of them: `qs` leaves out what is not asked for."""
        return queryset


def with_words(sources: QuerySet[LibrarySource], text: str) -> QuerySet[LibrarySource]:
    """Those with every word of the text in title, publisher or coverage."""
    for word in text.split():
        sources = sources.filter(Q(title__icontains=word) | Q(publisher__icontains=word) | Q(coverage__icontains=word))
    return sources


def used_in(source: LibrarySource, user: User) -> QuerySet[Assessment]:
    """The assessments that took the source into their list and that the person may read."""
    return permissions.visible_to(user).filter(library_sources=source)
