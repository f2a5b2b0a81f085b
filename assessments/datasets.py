"""Service-user data from what is stored to plain values: groups to map to, users beside the population."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessments import population
from assessments.evidence.census import Panel, Table
from assessments.evidence.service_data import USUAL, Category, Standing, standings
from assessments.models import ColumnMapping, Dataset, LocalCharacteristic, Service


@dataclass(frozen=True)
class Part:
    """What a dataset says of one characteristic. `lines`, `notes` and `withheld` are as they were stored.

    `standings` say how users stand beside the council's own population, and `source` where its figures are from; it is
    empty where there are none.
    """

    slug: str
    name: str
    lines: list[dict[str, Any]]
    notes: list[str]
    withheld: list[str]
    source: str
    standings: list[Standing]


def names() -> dict[str, str]:
    """The characteristics that a column can be about: those of the Act, and the local ones in use. Two queries."""
    unused = set(LocalCharacteristic.objects.filter(is_active=False).values_list("slug", flat=True))
    return {slug: name for slug, name in population.names().items() if slug not in unused}


def panels() -> dict[str, tuple[Panel, Table]]:
    """The newest figures of each characteristic, with the council's own table, by slug. Two queries."""
    found: dict[str, tuple[Panel, Table]] = {}
    for panel in population.panels_for():
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


def parts(published: dict[str, Any]) -> list[Part]:
    """What may be shown of a dataset, beside the population as it is stored today. Three queries."""
    called, found = population.names(), panels()
    return [_part(slug, called.get(slug, slug), each, found.get(slug)) for slug, each in published.items()]


def _part(slug: str, name: str, stored: dict[str, Any], known: tuple[Panel, Table] | None) -> Part:
    if known is None:
        return Part(slug, name, stored["lines"], stored["notes"], stored["withheld"], "", [])
    panel, table = known
    source = population.as_cited(panel).areas[0].said
    return Part(slug, name, stored["lines"], stored["notes"], stored["withheld"], source, standings(stored, table))


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
