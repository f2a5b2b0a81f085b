"""What is kept of a file: for each column, how often each value is in it."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

MOST_VALUES = 250
"""A column with more values than this is no list of groups. Languages and countries have fewer."""

LONGEST_VALUE = 100
"""Characters. What is longer is no name of a group."""

BLANK = ""


@dataclass(frozen=True)
class Column:
    """One column. `values` says how many people have each value; None where the column is no list of groups.

    `withheld` are values for which the file itself held a count back. `outcomes` says for each value how many of its
    people have each value of the tally's outcome, in that order; it is empty where there is no outcome.
    """

    heading: str
    values: dict[str, int] | None
    withheld: tuple[str, ...] = ()
    outcomes: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """The column that says what happened. `values` says how many people have each value.

    In a file of counts it holds numbers, of people to whom it happened: its one value is its heading.
    """

    heading: str
    values: dict[str, int]


@dataclass(frozen=True)
class Tally:
    """What a file came to. `rows` are those that were counted. `notes` tell the person what was left out, and why.

    `outcome` is the column that says what happened, which is none of `columns`; None where there is none.
    """

    columns: tuple[Column, ...]
    rows: int
    is_of_records: bool
    notes: tuple[str, ...] = ()
    outcome: Outcome | None = None

    @property
    def listed(self) -> tuple[Column, ...]:
        """The columns that can be a list of groups."""
        return tuple(each for each in self.columns if each.values is not None)

    @property
    def left_out(self) -> tuple[Column, ...]:
        """The others, of which nothing is kept but the heading."""
        return tuple(each for each in self.columns if each.values is None)

    @property
    def digest(self) -> str:
        """What the headings are known by, in whatever order they stand."""
        outcome = [self.outcome.heading] if self.outcome else []
        headings = sorted(clean(each).lower() for each in (*(each.heading for each in self.columns), *outcome))
        return hashlib.sha256(json.dumps(headings).encode()).hexdigest()

    def column(self, heading: str) -> Column:
        """The column under a heading; KeyError where it is none of those listed."""
        return {each.heading: each for each in self.listed}[heading]

    def happened(self, heading: str, meant: Collection[str]) -> dict[str, int]:
        """To how many people of each value of a column it happened. `meant` are the values of the outcome that say so.

        KeyError where the column is none of those listed.
        """
        places = [place for place, value in enumerate(self.outcome.values if self.outcome else ()) if value in meant]
        outcomes = self.column(heading).outcomes
        return {value: sum(numbers[place] for place in places) for value, numbers in outcomes.items()}

    def only(self, headings: Collection[str]) -> "Tally":
        """The same without what the other columns came to."""
        columns = (each if each.heading in headings else Column(each.heading, None) for each in self.columns)
        return replace(self, columns=tuple(columns))

    def as_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        columns = [[each.heading, each.values, each.withheld, each.outcomes] for each in self.columns]
        outcome = [self.outcome.heading, self.outcome.values] if self.outcome else None
        return {
            "columns": columns,
            "rows": self.rows,
            "records": self.is_of_records,
            "notes": self.notes,
            "outcome": outcome,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Tally":
        """From what `as_data` gave."""
        columns = tuple(
            Column(heading, values, tuple(withheld), outcomes)
            for heading, values, withheld, outcomes in data["columns"]
        )
        outcome = Outcome(*data["outcome"]) if data["outcome"] else None
        return cls(columns, data["rows"], data["records"], tuple(data["notes"]), outcome)


def clean(value: object) -> str:
    """A cell as people see it: no space around it, and a whole number without “.0”."""
    text = " ".join(str(value).split())
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def is_list_of_groups(values: Iterable[str], rows: int) -> bool:
    """Whether so many values in so many rows can be groups. An age is one however many there are."""
    said = [each for each in values if each]
    if len(said) > MOST_VALUES or any(len(each) > LONGEST_VALUE for each in said):
        return False
    if all(each.isdigit() and int(each) <= 120 for each in said):
        return True
    return rows < 20 or len(said) <= rows / 2
