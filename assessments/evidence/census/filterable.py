"""Files of the ONS, “filterable”: one row for each area and category, no totals and no sub-totals.

The category with code -8 is “Does not apply”: people of whom the table does not speak, such as children where it asks
those over 16. They are not in the base.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessments.evidence import cells
from assessments.evidence.census import catalogue
from assessments.evidence.census.catalogue import BY_VARIABLE, Known, same
from assessments.evidence.census.plan import Plan, plan
from assessments.evidence.census.profile import Profile
from assessments.evidence.census.report import LeftOut, Reading, Report
from assessments.evidence.census.request import Request
from assessments.evidence.sheet import Sheet
from assessments.evidence.unreadable import Unreadable, shown

LAYOUT = "A filterable file of the Office for National Statistics"
DOES_NOT_APPLY = "-8"
_OBSERVATION = "observation"
_NO_TOTAL = "The file has no total, so the base is the categories added up."


@dataclass
class Area:
    """What the rows of one area say: counts by category, and where each stands."""

    name: str
    counts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    does_not_apply: int = 0


def recognises(headings: Sequence[str]) -> bool:
    """Whether the headings are those of such a file."""
    return len(headings) > 2 and same(headings[-1]) == _OBSERVATION and same(headings[0]).endswith(" code")


def read(sheet: Sheet, request: Request) -> Reading:
    """Its one table. Raises Unreadable."""
    known = _known(sheet.headings)
    areas: dict[str, Area] = {}
    rows = 0
    for number, row in sheet:
        rows += 1
        _add(areas, request, sheet.headings, number, row)
    if not areas:
        return Reading((), Report(LAYOUT, rows, 0, (f"{known.code} {known.title}",), ()))
    available = next(iter(areas.values())).counts
    made = plan(known, tuple(available))
    if not made.is_whole:
        raise Unreadable(f"There are no rows for “{_first_missing(made)}”. Without them nobody knows the total.")
    profiles = tuple(_profile(made, code, area) for code, area in areas.items())
    report = Report(
        LAYOUT,
        rows,
        len(profiles),
        (f"{known.code} {known.title}",),
        tuple(made.mapped()),
        (*_not_applying(areas), *made.left_out()),
    )
    return Reading(profiles, report)


def _known(headings: Sequence[str]) -> Known:
    if len(headings) != 5:
        raise Unreadable(
            "This file counts by several things at once. Choose a table that counts by one. "
            f"For age by sex, use table {catalogue.AGE_AND_SEX.code} in a bulk file of Nomis.",
            1,
        )
    variable = re.sub(r"\s*\([0-9]+ categories\)$", "", headings[3])
    if same(variable) not in BY_VARIABLE:
        raise Unreadable(f"This file counts by “{shown(variable)}”. We use {catalogue.WHAT_WE_USE}.", 1, headings[3])
    return BY_VARIABLE[same(variable)]


def _add(areas: dict[str, Area], request: Request, headings: Sequence[str], number: int, row: Sequence[str]) -> None:
    code = cells.official_code(row[0], number, headings[0])
    name = cells.words(row[1], number, headings[1])
    category = cells.words(row[3], number, headings[3])
    count = cells.count(row[4], number, headings[4])
    if not request.needs(code):
        return
    area = areas.setdefault(code, Area(name))
    request.check_number(len(areas))
    if area.name != name:
        raise Unreadable(f"{code} is “{shown(name)}” here, and “{shown(area.name)}” above.", number, headings[1])
    if same(category) in area.rows:
        raise Unreadable(f"{name} has “{shown(category)}” in row {area.rows[same(category)]} too.", number)
    area.rows[same(category)] = number
    if row[2] == DOES_NOT_APPLY:
        area.does_not_apply = count
    else:
        area.counts[category] = count


def _profile(made: Plan, code: str, area: Area) -> Profile:
    missing = [each for each in made.available if each not in area.counts]
    if missing or len(area.counts) != len(made.available):
        odd = missing or [each for each in area.counts if each not in made.available]
        raise Unreadable(
            f"{area.name} ({code}) has other categories than the first area: look for “{shown(odd[0])}”. "
            "The file may have been cut short.",
            max(area.rows.values()),
        )
    counts = [area.counts[each] for each in made.available]
    return Profile(code, area.name, (made.table(counts, None, "ONS filterable file", _NO_TOTAL),))


def _first_missing(made: Plan) -> str:
    return next(each.words for each in made.known.parts[""] if each.words not in made.parts)


def _not_applying(areas: dict[str, Area]) -> list[LeftOut]:
    people = sum(each.does_not_apply for each in areas.values())
    if not people:
        return []
    return [LeftOut(f"“Does not apply” ({people:,} in all areas)", "The table does not speak of them.")]
