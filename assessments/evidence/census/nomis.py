"""Files of Nomis, “bulk”: one row for each area, one column for each category, sub-totals among them.

There are two dialects of headings: “Age: Aged 1 year; measures: Value” and “Religion: Christian”. A table that counts
by two things has both in each heading: “Sex: Female; Age: Aged 1 year”.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.evidence import cells
from assessments.evidence.census import catalogue
from assessments.evidence.census.catalogue import BY_TOPIC, same
from assessments.evidence.census.plan import Plan, plan
from assessments.evidence.census.profile import Profile, Table
from assessments.evidence.census.report import LeftOut, Reading, Report
from assessments.evidence.census.request import Request
from assessments.evidence.sheet import Sheet
from assessments.evidence.unreadable import Unreadable, shown

LAYOUT = "A bulk file of Nomis"
YEAR = str(catalogue.CENSUS_DAY.year)
_DATE, _NAME, _CODE = _FIRST = ("date", "geography", "geography code")


@dataclass(frozen=True)
class Columns:
    """Where things stand in a row, by place. `percentages` are headings that we pass over."""

    date: int
    name: int
    code: int
    total: int
    counts: tuple[int, ...]
    percentages: tuple[str, ...]


def recognises(headings: Sequence[str]) -> bool:
    """Whether the headings are those of such a file."""
    return {same(each) for each in headings}.issuperset(_FIRST)


def read(sheet: Sheet, request: Request) -> Reading:
    """Its one table. Raises Unreadable."""
    columns, made = _columns(sheet.headings)
    profiles: list[Profile] = []
    rows: dict[str, int] = {}
    for number, row in sheet:
        code = cells.official_code(row[columns.code], number, sheet.headings[columns.code])
        if code in rows:
            raise Unreadable(f"{code} is in row {rows[code]} too. Each area must be there once.", number)
        rows[code] = number
        name, base, counts = _counted(sheet.headings, columns, number, row)
        if request.needs(code):
            profiles.append(Profile(code, name, (_table(made, counts, base, number),)))
            request.check_number(len(profiles))
    left_out = [*made.left_out(), *(LeftOut(f"Column “{each}”", "We use counts.") for each in columns.percentages)]
    table = f"{made.known.code} {made.known.title}"
    report = Report(LAYOUT, len(rows), len(profiles), (table,), tuple(made.mapped()), tuple(left_out))
    return Reading(tuple(profiles), report)


def _columns(headings: Sequence[str]) -> tuple[Columns, Plan]:
    places = {same(heading): place for place, heading in enumerate(headings)}
    if len(places) < len(headings):
        twice = next(each for place, each in enumerate(headings) if places[same(each)] != place)
        raise Unreadable(f"Two columns have the heading “{shown(twice)}”. Take one out.", 1)
    values = {place: _value(each) for place, each in enumerate(headings) if same(each) not in _FIRST}
    percentages = tuple(headings[place] for place, heading in values.items() if heading is None)
    counts = {place: _divided(heading) for place, heading in values.items() if heading is not None}
    topic = _topic(topic for topic, _ in counts.values())
    words = {place: category for place, (_, category) in counts.items()}
    totals = [place for place, each in words.items() if _is_total(each)]
    if len(totals) != 1:
        raise Unreadable("One column must have the total, such as “Religion: Total: All usual residents”.", 1)
    kept = {place: each for place, each in words.items() if place != totals[0]}
    found = Columns(places[_DATE], places[_NAME], places[_CODE], totals[0], tuple(kept), percentages)
    return found, plan(BY_TOPIC[same(topic)], tuple(kept.values()))


def _value(heading: str) -> str | None:
    """What a column counts; None for percentages."""
    words = re.sub(r"\s*:\s*", ": ", " ".join(heading.split()))
    counted, _, measure = words.partition("; measures: ")
    return counted.strip() if same(measure) in ("", "value") else None


def _divided(heading: str) -> tuple[str, str]:
    """What a heading counts by, and the category: “Sex; Age” and “Female: Aged 1 year”."""
    both = [each.partition(": ") for each in heading.split("; ")]
    return "; ".join(topic for topic, _, _ in both), ": ".join(words for _, _, words in both)


def _topic(found: Iterable[str]) -> str:
    topics = list(dict.fromkeys(found))
    if len(topics) == 1 and same(topics[0]) in BY_TOPIC:
        return topics[0]
    if any(";" in each for each in topics):
        raise Unreadable(f"This file counts by several things at once. We use {catalogue.WHAT_WE_USE}.", 1)
    what = f"“{shown(topics[0])}”" if topics else "nothing"
    raise Unreadable(f"This file counts by {what}, in a way that we do not use. We use {catalogue.WHAT_WE_USE}.", 1)


def _is_total(words: str) -> bool:
    return same(words) in ("total", "all persons", "all persons: total") or same(words).startswith("total: ")


def _counted(headings: Sequence[str], columns: Columns, number: int, row: Sequence[str]) -> tuple[str, int, list[int]]:
    """The name, the total and the counts of a row."""
    if row[columns.date] != YEAR:
        raise Unreadable(f"“{shown(row[columns.date])}” is not {YEAR}. We read the 2021 Census.", number, _DATE)
    name = cells.words(row[columns.name], number, _NAME)
    base = cells.count(row[columns.total], number, headings[columns.total])
    return name, base, [cells.count(row[place], number, headings[place]) for place in columns.counts]


def _table(made: Plan, counts: Sequence[int], base: int, number: int) -> Table:
    try:
        return made.table(counts, base, "Nomis bulk file")
    except Unreadable as error:
        raise Unreadable(error.message, number) from error
