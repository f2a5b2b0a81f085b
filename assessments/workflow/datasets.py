"""Service-user data: what may be shown is stored, and nothing else of the file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from assessments import audit, clock, datasets, permissions
from assessments.duty import act
from assessments.duty.disclosure import threshold_for, threshold_of
from assessments.evidence import service_data
from assessments.evidence.service_data import BLANK, Groups, Happened, Tally
from assessments.evidence.service_data.standing import has_outcome
from assessments.models import ColumnMapping, Council, Dataset, Service, User
from assessments.workflow.refusals import NotAllowed


@dataclass(frozen=True)
class Meaning:
    """What a person made of a file: `columns` are slugs by heading, `values` categories by value, by slug.

    `happened` are the values of the outcome that mean that it happened, and `outcome` says in words what that is.
    """

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    happened: Collection[str] = ()
    outcome: str = ""


@dataclass(frozen=True)
class About:
    """What a dataset is about. `covers` says of whom and of when, in words.

    `is_small_area` where all of them live in one ward, or in a smaller place.
    """

    title: str
    covers: str
    dated: date | None
    file_name: str
    is_small_area: bool = False


@transaction.atomic
def add_dataset(
    user: User, service: Service, about: About, tally: Tally, meaning: Meaning, replaced: Dataset | None = None
) -> Dataset:
    """Store what may be shown of the counts, and how the columns were mapped; delete the dataset that it replaces.

    Raises NotAllowed, Dataset.DoesNotExist where what it replaces is gone, and service_data.TooFew where so few people
    were counted that nothing can be shown.
    """
    if not permissions.services_counted(user).filter(pk=service.pk).exists():
        raise NotAllowed
    council = Council.current()
    published = publish(tally, meaning, council, about.is_small_area)
    if replaced is not None:
        remove_dataset(user, replaced.pk)
    kept = _kept(tally, meaning, council, about.is_small_area)
    made = Dataset.objects.create(
        title=about.title,
        service=service,
        covers=about.covers,
        dated=about.dated,
        file_name=about.file_name,
        is_of_records=tally.is_of_records,
        rows_read=tally.rows,
        threshold=threshold_for(None, about.is_small_area, council),
        threshold_sensitive=threshold_for(act.GENDER_REASSIGNMENT, about.is_small_area, council),
        outcome=meaning.outcome if any(map(has_outcome, published.values())) else "",
        mapping=kept,
        published=published,
        added_by=user,
        added_at=clock.now(),
    )
    ColumnMapping.objects.update_or_create(
        service=service,
        columns=tally.digest,
        defaults={"mapping": kept, "saved_by": user, "saved_at": clock.now()},
    )
    audit.append("add-dataset", user, dataset=made.pk, service=service.pk, characteristics=sorted(published))
    return made


@transaction.atomic
def remove_dataset(user: User, pk: int) -> None:
    """Delete a dataset that should not be there. Raises Dataset.DoesNotExist, NotAllowed."""
    found = permissions.datasets_visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    if not permissions.services_counted(user).filter(pk=found.service_id).exists():
        raise NotAllowed
    found.delete()
    audit.append("remove-dataset", user, dataset=pk, service=found.service_id)


def publish(tally: Tally, meaning: Meaning, council: Council, is_small_area: bool) -> dict[str, Any]:
    """What may be shown, by characteristic. Raises service_data.TooFew."""
    groups = _groups(tally, meaning)
    thresholds = {slug: threshold_of(slug, is_small_area, council) for slug in groups}
    happened = Happened(meaning.outcome, tally.outcome.values.get(BLANK, 0)) if tally.outcome else None
    return service_data.protect_all(groups, thresholds, happened, council.rounding or None)


def too_many(tally: Tally, meaning: Meaning) -> list[str]:
    """The columns with more groups than can be protected while somebody waits, where the file says what happened."""
    return [
        heading
        for (heading, _), groups in zip(meaning.columns.items(), _groups(tally, meaning).values(), strict=True)
        if tally.outcome and len(groups.numbers) > service_data.MOST_GROUPS
    ]


def people(tally: Tally, meaning: Meaning) -> set[int]:
    """How many people were counted in all: one number, or several where parts of the file are about others."""
    return {each.total for each in _groups(tally, meaning).values()}


def _groups(tally: Tally, meaning: Meaning) -> dict[str, Groups]:
    known = datasets.categories()
    return {
        slug: service_data.counted(
            tally.column(heading),
            meaning.values[slug],
            known.get(slug, ()),
            tally.happened(heading, meaning.happened) if tally.outcome else None,
        )
        for heading, slug in meaning.columns.items()
    }


def _kept(tally: Tally, meaning: Meaning, council: Council, is_small_area: bool) -> dict[str, Any]:
    """What to remember for the next file: values that so few people have that they could be known by them are not."""
    values = {}
    for heading, slug in meaning.columns.items():
        counted = tally.column(heading).values or {}
        few = threshold_of(slug, is_small_area, council)
        values[slug] = {value: group for value, group in meaning.values[slug].items() if counted.get(value, 0) >= few}
    kept = {"columns": dict(meaning.columns), "values": values}
    if tally.outcome is None:
        return kept
    most = max(threshold_of(slug, is_small_area, council) for slug in meaning.values)
    happened = [value for value in meaning.happened if tally.outcome.values[value] >= most]
    return kept | {"happened": happened, "outcome": meaning.outcome}
