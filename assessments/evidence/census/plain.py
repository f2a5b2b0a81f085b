"""Files of one's own: one row for each area and category, with everything that a figure needs beside it.

fixtures/population/README.md describes the columns.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assessments.duty import act
from assessments.evidence import cells
from assessments.evidence.census.by_sex import pairs
from assessments.evidence.census.catalogue import BY_CODE
from assessments.evidence.census.profile import Figure, Profile, Table
from assessments.evidence.census.report import LeftOut, Mapped, Reading, Report
from assessments.evidence.census.request import Request
from assessments.evidence.sheet import Sheet
from assessments.evidence.unreadable import Unreadable, shown

LAYOUT = "A file with a row for each figure"
NEEDED = (
    "area code",
    "area name",
    "characteristic",
    "category",
    "count",
    "base",
    "base population",
    "date",
    "source",
)
OPTIONAL = ("table", "table title", "part of", "approximate", "in development", "note")
_TELLING = {"area code", "characteristic", "category"}
_SLUGS = {slug.casefold(): each.slug for each in act.CHARACTERISTICS for slug in (each.slug, each.name)}


@dataclass
class Filling:
    """A table that more rows are being added to: all of it but its figures, and where it began."""

    table: Table
    row: int
    figures: dict[str, Figure] = field(default_factory=dict)


@dataclass
class Area:
    """An area that more rows are being added to."""

    name: str
    tables: dict[tuple[object, ...], Filling] = field(default_factory=dict)


def recognises(headings: Sequence[str]) -> bool:
    """Whether the headings are meant to be those of such a file, even if one is missing."""
    return {_plain(each) for each in headings} >= _TELLING


def read(sheet: Sheet, request: Request) -> Reading:
    """Its tables, of each area those of its rows. Raises Unreadable."""
    places = _places(sheet.headings)
    areas: dict[str, Area] = {}
    rows = 0
    for number, row in sheet:
        rows += 1
        _add(areas, request, number, {name: row[place] for name, place in places.items()})
    profiles = tuple(Profile(code, area.name, tuple(_finished(area))) for code, area in areas.items())
    tables = {table.key: table for profile in profiles for table in profile.tables}
    mapped = dict.fromkeys(
        Mapped((figure.category,), figure.category, table.characteristic, table.name)
        for profile in profiles
        for table in profile.tables
        for figure in table.figures
    )
    unknown = [each for each in sheet.headings if _plain(each) not in places]
    report = Report(
        LAYOUT,
        rows,
        len(profiles),
        tuple(f"{each.code} {each.title}".strip() or each.characteristic for each in tables.values()),
        tuple(mapped),
        tuple(LeftOut(f"Column “{shown(each)}”", "We do not know this heading.") for each in unknown),
    )
    return Reading(profiles, report)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[_-]", " ", heading).split()).casefold()


def _places(headings: Sequence[str]) -> Mapping[str, int]:
    names = [_plain(each) for each in headings]
    missing = [each for each in NEEDED if each not in names]
    if missing:
        raise Unreadable(f"These columns are missing: {', '.join(missing)}.", 1)
    for each in (*NEEDED, *OPTIONAL):
        if names.count(each) > 1:
            raise Unreadable("Two columns have this heading. Take one out.", 1, each)
    return {name: place for place, name in enumerate(names) if name in NEEDED or name in OPTIONAL}


def _add(areas: dict[str, Area], request: Request, number: int, row: Mapping[str, str]) -> None:
    code = cells.own_code(row["area code"], number, "area code")
    name = cells.words(row["area name"], number, "area name")
    table = _table(row, number, request.local)
    figure = Figure(
        cells.words(row["category"], number, "category"),
        cells.count(row["count"], number, "count"),
        cells.optional_words(row.get("part of", ""), number, "part of"),
    )
    if not request.needs(code):
        return
    area = areas.setdefault(code, Area(name))
    request.check_number(len(areas))
    if area.name != name:
        raise Unreadable(f"{code} is “{shown(name)}” here, and “{shown(area.name)}” above.", number, "area name")
    filling = area.tables.setdefault(table.key, Filling(table, number))
    if filling.table != table:
        raise Unreadable(
            f"This row and row {filling.row} are of the same table and area. {_difference(filling.table, table)} must "
            "be the same in both.",
            number,
        )
    if figure.category in filling.figures:
        raise Unreadable(f"{name} has “{shown(figure.category)}” twice in this table.", number, "category")
    filling.figures[figure.category] = figure


def _table(row: Mapping[str, str], number: int, local: Collection[str]) -> Table:
    """The table that the row belongs to, without figures. What we know of its code goes before what is said."""
    code = cells.optional_words(row.get("table", ""), number, "table", 20)
    known = BY_CODE.get(code.upper())
    slug = _characteristic(row["characteristic"], number, local)
    if known and slug != known.characteristic:
        raise Unreadable(f"Table {known.code} is about {known.characteristic}.", number, "characteristic")
    said = cells.optional_words(row.get("note", ""), number, "note")
    return Table(
        known.code if known else code,
        cells.optional_words(row.get("table title", ""), number, "table title", 200) or (known.title if known else ""),
        slug,
        cells.count(row["base"], number, "base"),
        cells.words(row["base population"], number, "base population"),
        cells.day(row["date"], number, "date"),
        cells.words(row["source"], number, "source", 500),
        (),
        cells.yes(row.get("approximate", ""), number, "approximate"),
        cells.yes(row.get("in development", ""), number, "in development") or bool(known and known.is_in_development),
        bool(known and known.is_context),
        " ".join(each for each in (known.caution if known else "", said) if each),
    )


def _characteristic(text: str, number: int, local: Collection[str]) -> str:
    slug = _SLUGS.get(text.casefold(), text.casefold())
    if slug not in _SLUGS and slug not in local:
        accepted = [*(each.slug for each in act.CHARACTERISTICS), *sorted(local)]
        raise Unreadable(f"“{shown(text)}” is none of these: {', '.join(accepted)}.", number, "characteristic")
    return slug


def _difference(one: Table, other: Table) -> str:
    names = {
        "title": "The title",
        "base": "The base",
        "base_words": "The base population",
        "source": "The source",
        "is_approximate": "The mark for approximate figures",
        "is_in_development": "The mark for figures in development",
    }
    return next((words for name, words in names.items() if getattr(one, name) != getattr(other, name)), "The note")


def _finished(area: Area) -> Iterator[Table]:
    for filling in area.tables.values():
        figures = tuple(_in_order(filling))
        is_by_sex = bool(pairs((each.category, each.part_of) for each in figures))
        table = replace(filling.table, figures=figures, is_context=filling.table.is_context or is_by_sex)
        for trouble in table.troubles():
            raise Unreadable(f"{area.name}, {table.name}: {trouble}", filling.row)
        yield table


def _in_order(filling: Filling) -> list[Figure]:
    """As in the table of the Census where the categories are its own, and otherwise as in the file."""
    known = BY_CODE.get(filling.table.code)
    order = {each.words: place for place, each in enumerate(known.categories)} if known else {}
    if filling.figures.keys() <= order.keys():
        return sorted(filling.figures.values(), key=lambda each: order[each.category])
    return list(filling.figures.values())
