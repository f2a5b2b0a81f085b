"""Who lives in the council’s area, beside the areas that it is compared with: from what is stored to plain values.

Nothing here is held back: these are figures that a publisher has released. `workflow.import_population` refuses small
counts in tables of one's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from assessments import audit
from assessments.duty import act
from assessments.duty.cited import Cited, CitedArea, CitedLine, to_stored
from assessments.duty.document import long_date
from assessments.evidence.census import Figure, Gap, Panel, Profile, Table, catalogue, gaps, panels
from assessments.models import Area, LocalCharacteristic, PopulationTable

MOST_COMPARATORS = 2
"""A chart tells three areas apart."""


def panels_for(characteristic: str = "", until: date | None = None) -> list[Panel]:
    """A panel for each table of the council's own area, the newest of each, those for context after the others.

    Of all characteristics without a slug, in the order of the Act. With `until`, those that were the newest on that
    day. Two queries.
    """
    tables = PopulationTable.objects.filter(Q(characteristic=characteristic) if characteristic else Q())
    own, others = _profiles(tables.filter(date__lte=until) if until else tables)
    return list(panels(_newest(own), others)) if own else []


def unmeasured(shown: Iterable[Panel]) -> list[Gap]:
    """The characteristics of the Act of which the panels say nothing, and why or what to do."""
    shown = list(shown)
    area = shown[0].areas[0] if shown else "the council’s area"
    return list(gaps(Profile("", area, tuple(each.tables[0] for each in shown))))


def vintages() -> Mapping[tuple[str, str], list[date]]:
    """The days of the own area's tables, the newest first, by characteristic and name of the table. One query."""
    found: dict[tuple[str, str], list[date]] = {}
    rows = PopulationTable.objects.filter(area__role=Area.Role.OWN).order_by("-date")
    for characteristic, code, title, day in rows.values_list("characteristic", "code", "title", "date"):
        found.setdefault((characteristic, code or title or characteristic), []).append(day)
    return found


def names() -> dict[str, str]:
    """What to call each characteristic that the Act or the council has, by slug. One query."""
    ours = {each.slug: each.name for each in act.CHARACTERISTICS}
    return ours | dict(LocalCharacteristic.objects.values_list("slug", "name"))


def as_cited(panel: Panel) -> Cited:
    """A panel as it is shown and as one would cite it: as many areas as a chart tells apart, all with such a table."""
    places = [place for place, table in enumerate(panel.tables) if table][: 1 + MOST_COMPARATORS]
    own = panel.tables[0]
    made = Cited(
        id="",
        characteristic=panel.characteristic,
        code=own.code,
        title=own.title,
        areas=tuple(_cited_area(panel.areas[place], panel.tables[place]) for place in places),
        lines=tuple(
            CitedLine(
                line.category,
                line.part_of,
                tuple(line.shares[place].count if line.shares[place] else None for place in places),
                tuple(line.shares[place].percent if line.shares[place] else "" for place in places),
            )
            for line in panel.lines
        ),
    )
    return replace(made, id=audit.digest(to_stored(made))[:16])


def table_of(row: PopulationTable) -> Table:
    """A stored table as a plain value."""
    return Table(
        row.code,
        row.title,
        row.characteristic,
        row.base,
        row.base_words,
        row.date,
        row.source,
        tuple(Figure(**each) for each in row.figures),
        row.is_approximate,
        row.is_in_development,
        row.is_context,
        row.note,
    )


def columns_of(table: Table) -> dict[str, Any]:
    """The columns that keep a plain value."""
    return {
        "characteristic": table.characteristic,
        "code": table.code,
        "title": table.title,
        "date": table.date,
        "base": table.base,
        "base_words": table.base_words,
        "source": table.source,
        "is_approximate": table.is_approximate,
        "is_in_development": table.is_in_development,
        "is_context": table.is_context,
        "note": table.note,
        "figures": [
            {"category": each.category, "count": each.count, "part_of": each.part_of} for each in table.figures
        ],
    }


def _cited_area(name: str, table: Table) -> CitedArea:
    day = table.date.isoformat()
    return CitedArea(
        name,
        day,
        long_date(day),
        table.base,
        table.base_words,
        table.source,
        table.is_approximate,
        table.is_in_development,
        table.note,
    )


def _profiles(tables: QuerySet[PopulationTable]) -> tuple[Profile | None, list[Profile]]:
    """The council's own area, if one is set, and those it is compared with, with some of their tables."""
    areas = Area.objects.exclude(role=Area.Role.OTHER).prefetch_related(Prefetch("tables", tables, "chosen"))
    found = {role: [_profile(each) for each in areas if each.role == role] for role in Area.Role}
    return next(iter(found[Area.Role.OWN]), None), found[Area.Role.COMPARATOR]


def _profile(area: Area) -> Profile:
    tables = sorted(map(table_of, area.chosen), key=_place)  # type: ignore[attr-defined]
    return Profile(area.code, area.name, tuple(tables))


def _place(table: Table) -> tuple[int, bool]:
    order = catalogue.IN_ORDER
    place = order.index(table.characteristic) if table.characteristic in order else len(order)
    return place, table.is_context


def _newest(profile: Profile) -> Profile:
    """With the newest of each table alone."""
    newest: dict[tuple[str, str], Table] = {}
    for each in profile.tables:
        key = each.characteristic, each.name
        newest[key] = max(newest.get(key, each), each, key=lambda table: table.date)
    return replace(profile, tables=tuple(newest.values()))
