"""Service-user data from what is stored to plain values, and the groups that values can be mapped to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments import population
from assessments.duty.cited import is_unlike
from assessments.evidence.census import Panel, Table
from assessments.evidence.service_data import USUAL, Category, Tally, guess_value
from assessments.models import ColumnMapping, Dataset, LocalCharacteristic, Service

NEAR = 10
"""People. A file from which so few were taken is still about the same ones."""
MOST_EARLIER = 10
"""So many datasets of a service are offered to be replaced."""


@dataclass(frozen=True)
class Part:
    """What a dataset says of one characteristic, as it was stored."""

    slug: str
    name: str
    lines: list[dict[str, Any]]
    notes: list[str]
    withheld: list[str]


def names() -> dict[str, str]:
    """The characteristics that a column can be about: those of the Act, and the local ones in use. Two queries."""
    unused = set(LocalCharacteristic.objects.filter(is_active=False).values_list("slug", flat=True))
    return {slug: name for slug, name in population.names().items() if slug not in unused}


def panels(characteristic: str = "") -> dict[str, tuple[Panel, Table]]:
    """The newest figures with the council's own table, by slug: of one characteristic, or of each. Two queries."""
    found: dict[str, tuple[Panel, Table]] = {}
    for panel in population.panels_for(characteristic):
        table = panel.tables[0]
        if table and not table.is_context and _is_newer(table, found.get(table.characteristic)):
            found[table.characteristic] = panel, table
    return found


def _is_newer(table: Table, known: tuple[Panel, Table] | None) -> bool:
    return known is None or table.date > known[1].date


def categories() -> dict[str, Sequence[Category]]:
    """The groups that the population's figures have, else the usual ones, by characteristic. Two queries."""
    return dict(USUAL) | {
        slug: tuple(Category(each.category, each.part_of) for each in table.figures)
        for slug, (_, table) in panels().items()
    }


def suggested(
    tally: Tally, columns: Mapping[str, str], before: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """The group that each value may mean, by slug; empty where we have no idea. Two queries.

    `columns` are slugs by heading, and `before` is what the values meant last time. Where the population has no groups
    of its own, each value is one.
    """
    known = categories()
    return {
        slug: {
            value: before.get(slug, {}).get(value) or _guess(value, slug, known.get(slug, ()))
            for value in tally.column(heading).values or {}
        }
        for heading, slug in columns.items()
    }


def _guess(value: str, slug: str, groups: Sequence[Category]) -> str:
    return guess_value(value, slug, groups) or ("" if groups else value)


def parts(published: dict[str, Any]) -> list[Part]:
    """What may be shown of a dataset. One query."""
    called = population.names()
    return [
        Part(slug, called.get(slug, slug), list(map(_line, each["lines"])), each["notes"], each["withheld"])
        for slug, each in published.items()
    ]


def _line(stored: dict[str, Any]) -> dict[str, Any]:
    """A line, and whether its own name does not say what it is a part of."""
    return stored | {"is_unlike_its_whole": is_unlike(stored["name"], stored["part_of"])}


def remembered(service: Service, digest: str) -> dict[str, Any]:
    """How the same columns of the service were mapped last time; empty where they never were. One query."""
    found = ColumnMapping.objects.filter(service=service, columns=digest).first()
    return found.mapping if found else {}


def listed(datasets: Any) -> Any:
    """Datasets with what a list shows, and no more."""
    return datasets.select_related("service__directorate", "added_by").defer("mapping")


def one(datasets: Any, pk: int) -> Dataset | None:
    """A dataset of those, or None."""
    return listed(datasets).filter(pk=pk).first()


@dataclass(frozen=True)
class Earlier:
    """Data about a service that new data could replace.

    `are_twins` where they seem to be about the same people on the same day, so that one of them must be replaced.
    """

    datasets: list[Dataset]
    are_twins: bool


def earlier(service: Service, dated: date | None, people: Collection[int]) -> Earlier:
    """Those with the same last day and nearly as many people; if there are none, the newest. Two queries at most."""
    found = Dataset.objects.filter(service=service).defer("mapping")
    twins = [each for each in found.filter(dated=dated) if _is_near(_people(each), people)]
    newest = found.defer("mapping", "published")[:MOST_EARLIER]
    return Earlier(twins or list(newest), bool(twins))


def _is_near(some: Collection[float], others: Collection[float]) -> bool:
    """Whether a number of one is so near to one of the other that they may be the same people, counted or rounded."""
    return any(abs(one - other) <= NEAR for one in some for other in others)


def _people(dataset: Dataset) -> set[float]:
    """How many people each part of a dataset counts."""
    lines = [line for part in dataset.published.values() for line in part["lines"]]
    return {line["count"]["number"] for line in lines if line["kind"] == "total"} - {None}
