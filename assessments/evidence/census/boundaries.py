"""Councils that were replaced since the Census, and the new ones made up of them.

Only mergers of whole districts, of which each code and name is in files of the Office for National Statistics and of
the Ministry that we looked at, and each district in the order that abolished it: then counts can be added up. Where a
boundary moved they cannot be, and we do not guess.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assessments.evidence.census.profile import Profile, Table

APRIL_2023 = date(2023, 4, 1)


@dataclass(frozen=True)
class Merger:
    """A council that took the place of others, by code and name, and the order that made it."""

    code: str
    name: str
    on: date
    districts: Mapping[str, str]
    order: str


MERGERS = (
    Merger(
        "E06000063",
        "Cumberland",
        APRIL_2023,
        {"E07000026": "Allerdale", "E07000028": "Carlisle", "E07000029": "Copeland"},
        "Cumbria (Structural Changes) Order 2022 (SI 2022/331)",
    ),
    Merger(
        "E06000064",
        "Westmorland and Furness",
        APRIL_2023,
        {"E07000027": "Barrow-in-Furness", "E07000030": "Eden", "E07000031": "South Lakeland"},
        "Cumbria (Structural Changes) Order 2022 (SI 2022/331)",
    ),
    Merger(
        "E06000065",
        "North Yorkshire",
        APRIL_2023,
        {
            "E07000163": "Craven",
            "E07000164": "Hambleton",
            "E07000165": "Harrogate",
            "E07000166": "Richmondshire",
            "E07000167": "Ryedale",
            "E07000168": "Scarborough",
            "E07000169": "Selby",
        },
        "North Yorkshire (Structural Changes) Order 2022 (SI 2022/328)",
    ),
    Merger(
        "E06000066",
        "Somerset",
        APRIL_2023,
        {
            "E07000187": "Mendip",
            "E07000188": "Sedgemoor",
            "E07000189": "South Somerset",
            "E07000246": "Somerset West and Taunton",
        },
        "Somerset (Structural Changes) Order 2022 (SI 2022/329)",
    ),
)
_BY_DISTRICT = {district: merger for merger in MERGERS for district in merger.districts}


def replaced_by(code: str) -> str:
    """The code of the council that took the place of that one; empty where we know of none."""
    return _BY_DISTRICT[code].code if code in _BY_DISTRICT else ""


def merged(profiles: Iterable[Profile]) -> Iterator[Profile]:
    """The new councils whose districts are all there, and which are not there themselves."""
    found = {each.area_code: each for each in profiles}
    for merger in MERGERS:
        if merger.code not in found and merger.districts.keys() <= found.keys():
            tables = tuple(_added_up(merger, [found[code] for code in merger.districts]))
            if tables:
                yield Profile(merger.code, merger.name, tables)


def _added_up(merger: Merger, districts: list[Profile]) -> Iterator[Table]:
    """The tables that all the districts have, with the same categories and of the same people."""
    first, *others = ({table.key: table for table in each.tables} for each in districts)
    for key, table in first.items():
        tables = [table, *(each[key] for each in others if key in each)]
        if len(tables) == len(districts) and len({_shape(each) for each in tables}) == 1:
            yield replace(
                table,
                base=sum(each.base for each in tables),
                figures=tuple(
                    replace(each, count=sum(other.figures[place].count for other in tables))
                    for place, each in enumerate(table.figures)
                ),
                is_approximate=True,
                note=f"{table.note} {_how(merger)}".strip(),
            )


def _shape(table: Table) -> tuple[object, ...]:
    return table.base_words, table.source, *((each.category, each.part_of) for each in table.figures)


def _how(merger: Merger) -> str:
    names = list(merger.districts.values())
    return (
        f"Added up from {', '.join(names[:-1])} and {names[-1]}, which {merger.name} replaced on "
        f"{merger.on.day} {merger.on:%B %Y}."
    )
