"""One row a group, with a count: each column's values, added up."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assessments.evidence.service_data import personal
from assessments.evidence.service_data.headings import headings_of
from assessments.evidence.service_data.tally import MOST_VALUES, Column, Tally
from assessments.evidence.unreadable import Unreadable

MOST_ROWS = 50_000
COUNT = re.compile(
    r"(the )?(count|counts|number|numbers|total|frequency|freq|n|no|people|persons|users|service users|"
    r"number of (people|persons|users|service users|records)|headcount|obs[_ ]value)",
    re.IGNORECASE,
)
CHARACTERISTIC = re.compile(
    r"(protected )?(characteristic|variable|measure|topic|dimension|breakdown|category type)", re.IGNORECASE
)
WITHHELD = {"*", "x", "c", "-", "–", "..", ":", "z", "[c]", "[x]", "s", "supp", "suppressed", "low", "[low]"}
"""How publishers mark a count that they hold back."""
_FEWER = re.compile(r"(<|less than|fewer than|under) ?[0-9]+", re.IGNORECASE)
TOTALS = {"total", "all", "totals", "grand total", "all people", "all persons", "all ages", "all groups", "sum"}
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?")


@dataclass
class _Groups:
    """A column as it is added up."""

    values: Counter[str] = field(default_factory=Counter)
    withheld: set[str] = field(default_factory=set)

    def add(self, value: str, number: int | None) -> None:
        if number is None:
            self.withheld.add(value)
        self.values[value] += number or 0

    def column(self, heading: str) -> Column:
        return Column(heading, dict(sorted(self.values.items())), tuple(sorted(self.withheld)))


def tally(rows: Iterable[tuple[int, list[str]]]) -> Tally:
    """Add up rows, the headings first. Raises Unreadable with row and column for what is no count."""
    given = iter(rows)
    number, first = next(given, (1, []))
    headings = headings_of(first)
    personal.check_headings(headings)
    at = _count_column(headings)
    about = next((index for index, each in enumerate(headings) if CHARACTERISTIC.fullmatch(each)), None)
    groups: dict[str, _Groups] = {}
    counted, totals = 0, 0
    for number, row in given:
        cells = _fitted(number, row, headings)
        if any(cell.lower() in TOTALS for index, cell in enumerate(cells) if index != at):
            totals += 1
            continue
        counted += 1
        if counted > MOST_ROWS:
            raise Unreadable(
                f"There are more than {MOST_ROWS:,} rows of counts. Is it a file of records, a row a person?"
            )
        people = count(cells[at], number, headings[at])
        for heading, value in _said(headings, cells, at, about):
            personal.check_values(heading, {value: number})
            groups.setdefault(heading, _Groups()).add(value, people)
    if not counted:
        raise Unreadable("This file has headings and no rows with counts.")
    columns = tuple(_listed(heading, each) for heading, each in groups.items())
    return Tally(columns, counted, False, tuple(_notes(totals)))


def count(text: str, row: int, heading: str) -> int | None:
    """A count; None for one that its publisher held back. Raises Unreadable."""
    if text.lower() in WITHHELD or _FEWER.fullmatch(text):
        return None
    if not text:
        raise Unreadable("There is no count. Write 0 for nobody, or * for a number that is held back.", row, heading)
    if not _NUMBER.fullmatch(text):
        raise Unreadable(f"“{text[:20]}” is no count. Write a whole number, such as 57.", row, heading)
    value = float(text.replace(",", ""))
    if value < 0:
        raise Unreadable(f"“{text}” is less than 0. A count of people is 0 or more.", row, heading)
    if value != int(value):
        raise Unreadable(f"“{text}” is not a whole number. Give counts of people, not shares.", row, heading)
    return int(value)


def _count_column(headings: list[str]) -> int:
    found = [index for index, each in enumerate(headings) if COUNT.fullmatch(each)]
    if not found:
        raise Unreadable("No column holds the counts. Give that column the heading “Count”.", 1)
    if len(found) > 1:
        names = " and ".join(f"“{headings[index]}”" for index in found)
        raise Unreadable(f"Which column holds the counts: {names}? Delete the others.", 1)
    if len(headings) == 1:
        raise Unreadable("A column must say which group each count is of.", 1)
    return found[0]


def _fitted(number: int, row: list[str], headings: list[str]) -> list[str]:
    if any(row[len(headings) :]):
        raise Unreadable("This row has more cells than there are headings.", number)
    return [*row[: len(headings)], *[""] * (len(headings) - len(row))]


def _said(headings: list[str], cells: list[str], at: int, about: int | None) -> Iterator[tuple[str, str]]:
    """What a row counts: its values by heading. A column that names the characteristic is a heading for the others."""
    others = [index for index in range(len(headings)) if index not in (at, about)]
    if about is None:
        yield from ((headings[index], cells[index]) for index in others)
    elif others:
        yield cells[about] or headings[about], cells[others[0]]


def _listed(heading: str, groups: _Groups) -> Column:
    return groups.column(heading) if len(groups.values) <= MOST_VALUES + 1 else Column(heading, None)


def _notes(totals: int) -> Iterator[str]:
    if totals:
        is_one = totals == 1
        yield f"{totals} row{' that is a total was' if is_one else 's that are totals were'} left out."
