"""Service-user data: what may be shown is stored, and nothing else of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from assessments import audit, clock, datasets, permissions
from assessments.duty import act
from assessments.duty.disclosure import threshold_for
from assessments.evidence import service_data
from assessments.evidence.service_data import Groups, Tally
from assessments.models import ColumnMapping, Council, Dataset, Service, User
from assessments.workflow.refusals import NotAllowed


@dataclass(frozen=True)
class Meaning:
    """What a person made of a file: `columns` are slugs by heading, `values` categories by value, by slug."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class About:
    """What a dataset is about. `covers` says of whom and of when, in words."""

    title: str
    covers: str
    dated: date | None
    file_name: str


@transaction.atomic
def add_dataset(user: User, service: Service, about: About, tally: Tally, meaning: Meaning) -> Dataset:
    """Store what may be shown of the counts, and how the columns were mapped.

    Raises NotAllowed, and service_data.TooFew where so few people were counted that nothing can be shown.
    """
    if not permissions.services_counted(user).filter(pk=service.pk).exists():
        raise NotAllowed
    council = Council.current()
    published = publish(tally, meaning, council)
    kept = _kept(tally, meaning, council)
    made = Dataset.objects.create(
        title=about.title,
        service=service,
        covers=about.covers,
        dated=about.dated,
        file_name=about.file_name,
        is_of_records=tally.is_of_records,
        rows_read=tally.rows,
        threshold=threshold_for(None, False, council),
        threshold_sensitive=threshold_for(act.GENDER_REASSIGNMENT, False, council),
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


def publish(tally: Tally, meaning: Meaning, council: Council) -> dict[str, Any]:
    """What may be shown, by characteristic. Raises service_data.TooFew."""
    return {
        slug: service_data.protected(groups, _threshold(slug, council))
        for slug, groups in _groups(tally, meaning).items()
    }


def _groups(tally: Tally, meaning: Meaning) -> dict[str, Groups]:
    known = datasets.categories()
    return {
        slug: service_data.counted(tally.column(heading), meaning.values[slug], known.get(slug, ()))
        for heading, slug in meaning.columns.items()
    }


def _threshold(slug: str, council: Council) -> int:
    return threshold_for(next((each for each in act.CHARACTERISTICS if each.slug == slug), None), False, council)


def _kept(tally: Tally, meaning: Meaning, council: Council) -> dict[str, Any]:
    """What to remember for the next file: values that so few people have that they could be known by them are not."""
    values = {}
    for heading, slug in meaning.columns.items():
        counted = tally.column(heading).values or {}
        few = _threshold(slug, council)
        values[slug] = {value: group for value, group in meaning.values[slug].items() if counted.get(value, 0) >= few}
    return {"columns": dict(meaning.columns), "values": values}
