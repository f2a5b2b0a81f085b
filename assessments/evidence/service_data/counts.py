"""One row a group, with a count: each column's values, added up."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from assessments.evidence.cells import HELD_BACK
from assessments.evidence.disproportionality.counts import MOST
from assessments.evidence.service_data import personal
from assessments.evidence.service_data.headings import fitted, headings_of
from assessments.evidence.service_data.outcome import WrongOutcome, place_of
from assessments.evidence.service_data.tally import MOST_VALUES, Column, Outcome, Tally
from assessments.evidence.unreadable import Unreadable, shown

MOST_ROWS = 50_000
COUNT = re.compile(
    r"(the )?(count|counts|number|numbers|total|frequency|freq|n|no|people|persons|users|service users|"
    r"number of (people|persons|users|service users|records)|headcount|obs[_ ]value)",
    re.IGNORECASE,
)
CHARACTERISTIC = re.compile(
    r"(protected )?(characteristic|variable|measure|topic|dimension|breakdown|category type)", re.IGNORECASE
)
WITHHELD = {*HELD_BACK, "s", "supp", "suppressed", "low", "[low]"}
"""How publishers, and services themselves, mark a count that they hold back."""
_FEWER = re.compile(r"(<|less than|fewer than|under) ?[0-9]+", re.IGNORECASE)
TOTALS = {"total", "all", "totals", "grand total", "all people", "all persons", "all ages", "all groups", "sum"}
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?")


@dataclass
class _Groups:
    """A column as it is added up."""

    values: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    withheld: set[str] = field(default_factory=set)

    def add(self, value: str, counted: "_Counted | None") -> None:
        people, happened = counted or (0, 0)
        if counted is None:
            self.withheld.add(value)
        self.values[value] += people
        self.happened[value] += happened

    def column(self, heading: str, has_outcome: bool) -> Column:
        values = dict(sorted(self.values.items()))
        outcomes = {value: [self.happened[value]] for value in values if has_outcome}
        return Column(heading, values, tuple(sorted(self.withheld)), outcomes)


class _Counted(NamedTuple):
    """What a row counts: people, and to how many of them it happened."""

    people: int
    happened: int


@dataclass(frozen=True)
class _Layout:
    """Where columns stand: the counts, those to whom it happened, and what names the characteristic of each row."""

    headings: list[str]
    people: int
    happened: int | None
    about: int | None

    @property
    def others(self) -> list[int]:
        """The columns that say which group a row counts."""
        return [index for index in range(len(self.headings)) if index not in (self.people, self.happened, self.about)]


def tally(rows: Iterable[tuple[int, list[str]]], outcome: str = "") -> Tally:
    """Add up rows, the headings first. `outcome` heads the column with those to whom it happened, if there is one.

    Raises Unreadable with row and column for what is no count, and WrongOutcome.
    """
    given = iter(rows)
    number, first = next(given, (1, []))
    layout = _layout(first, outcome)
    groups: dict[str, _Groups] = {}
    counted, totals, happened = 0, 0, 0
    for number, row in given:
        cells = fitted(row, number, len(layout.headings))
        if any(cells[index].lower() in TOTALS for index in (*layout.others, layout.about) if index is not None):
            totals += 1
            continue
        counted += 1
        if counted > MOST_ROWS:
            raise Unreadable(
                f"There are more than {MOST_ROWS:,} rows of counts. Is it a file of records, a row a person?"
            )
        found = _counted(cells, number, layout)
        happened += found.happened if found else 0
        for heading, value in _said(cells, layout):
            personal.check_values(heading, {value: number})
            groups.setdefault(heading, _Groups()).add(value, found)
    if not counted:
        raise Unreadable("This file has headings and no rows with counts.")
    columns = tuple(_listed(heading, each, layout) for heading, each in groups.items())
    return Tally(columns, counted, False, tuple(_notes(totals)), _outcome(layout, happened))


def _layout(first: list[str], outcome: str) -> _Layout:
    headings = headings_of(first)
    personal.check_headings(headings)
    happened = place_of(headings, outcome)
    about = next((index for index, each in enumerate(headings) if CHARACTERISTIC.fullmatch(each)), None)
    return _Layout(headings, _count_column(headings, happened), happened, about)


def _counted(cells: list[str], row: int, layout: _Layout) -> _Counted | None:
    """What a row counts; None where its publisher held a number of it back."""
    people = count(cells[layout.people], row, layout.headings[layout.people])
    if layout.happened is None:
        return None if people is None else _Counted(people, 0)
    heading = layout.headings[layout.happened]
    happened = count(cells[layout.happened], row, heading)
    if people is None or happened is None:
        return None
    if happened > people:
        raise Unreadable(
            f"{happened:,} is more than the {people:,} people of this row. Give the number of them to whom it "
            "happened.",
            row,
            heading,
        )
    return _Counted(people, happened)


def count(text: str, row: int, heading: str) -> int | None:
    """A count; None for one that its publisher held back. Raises Unreadable."""
    if text.lower() in WITHHELD or _FEWER.fullmatch(text):
        return None
    if not text:
        raise Unreadable("There is no count. Write 0 for nobody, or * for a number that is held back.", row, heading)
    if not _NUMBER.fullmatch(text):
        raise Unreadable(f"“{shown(text)}” is no count. Write a whole number, such as 57.", row, heading)
    whole, _, fraction = text.replace(",", "").partition(".")
    if whole.startswith("-") and (whole + fraction).strip("-0"):
        raise Unreadable(f"“{shown(text)}” is less than 0. A count of people is 0 or more.", row, heading)
    if fraction.strip("0"):
        raise Unreadable(f"“{shown(text)}” is not a whole number. Give counts of people, not shares.", row, heading)
    if len(whole) > len(str(MOST)) + 1 or int(whole) > MOST:
        raise Unreadable(f"“{shown(text)}” is more people than live in the United Kingdom.", row, heading)
    return int(whole)


def _count_column(headings: list[str], happened: int | None) -> int:
    found = [index for index, each in enumerate(headings) if COUNT.fullmatch(each)]
    if found == [happened]:
        raise WrongOutcome(
            f"The column “{shown(headings[found[0]])}” holds how many people there are. Enter the heading of the "
            "column with those to whom it happened."
        )
    found = [index for index in found if index != happened]
    if not found:
        raise Unreadable("No column holds the counts. Give that column the heading “Count”.", 1)
    if len(found) > 1:
        names = " and ".join(f"“{headings[index]}”" for index in found)
        raise Unreadable(f"Which column holds the counts: {names}? Delete the others.", 1)
    if len(headings) == 1:
        raise Unreadable("A column must say which group each count is of.", 1)
    return found[0]


def _said(cells: list[str], layout: _Layout) -> Iterator[tuple[str, str]]:
    """What a row counts: its values by heading. A column that names the characteristic is a heading for the others."""
    if layout.about is None:
        yield from ((layout.headings[index], cells[index]) for index in layout.others)
    elif layout.others:
        yield cells[layout.about] or layout.headings[layout.about], cells[layout.others[0]]


def _listed(heading: str, groups: _Groups, layout: _Layout) -> Column:
    if len(groups.values) > MOST_VALUES + 1:
        return Column(heading, None)
    return groups.column(heading, layout.happened is not None)


def _outcome(layout: _Layout, happened: int) -> Outcome | None:
    if layout.happened is None:
        return None
    heading = layout.headings[layout.happened]
    return Outcome(heading, {heading: happened})


def _notes(totals: int) -> Iterator[str]:
    if totals:
        is_one = totals == 1
        yield f"{totals} row{' that is a total was' if is_one else 's that are totals were'} left out."
