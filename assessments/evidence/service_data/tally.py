"""What is kept of a file: for each column, how often each value is in it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_VALUES = 250
"""A column with more values than this is no list of groups. Languages and countries have fewer."""

LONGEST_VALUE = 100
"""Characters. What is longer is no name of a group."""

BLANK = ""


@dataclass(frozen=True)
class Column:
    """One column. `values` says how many people have each value; None where the column is no list of groups.

    `withheld` are values for which the file itself held a count back.
    """

    heading: str
    values: dict[str, int] | None
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """What a file came to. `rows` are those that were counted. `notes` tell the person what was left out, and why."""

    columns: tuple[Column, ...]
    rows: int
    is_of_records: bool
    notes: tuple[str, ...] = ()

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
        headings = sorted(clean(each.heading).lower() for each in self.columns)
        return hashlib.sha256(json.dumps(headings).encode()).hexdigest()

    def column(self, heading: str) -> Column:
        """The column under a heading; KeyError where it is none of those listed."""
        return {each.heading: each for each in self.listed}[heading]

    def as_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        columns = [[each.heading, each.values, each.withheld] for each in self.columns]
        return {"columns": columns, "rows": self.rows, "records": self.is_of_records, "notes": self.notes}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Tally":
        """From what `as_data` gave."""
        columns = (Column(heading, values, tuple(withheld)) for heading, values, withheld in data["columns"])
        return cls(tuple(columns), data["rows"], data["records"], tuple(data["notes"]))


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
