"""What became of a file, in plain words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessments.evidence.census.profile import Profile

LISTED = 5


@dataclass(frozen=True)
class Mapped:
    """Columns, or kinds of row, whose counts were added up to one category of a characteristic's table."""

    columns: tuple[str, ...]
    category: str
    characteristic: str
    table: str


@dataclass(frozen=True)
class LeftOut:
    """Something in the file, or expected there, that is in no profile, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Report:
    """How a file was read. `rows` are those under the headings that are not blank, used or not.

    `areas` is how many profiles came of it. `remarks` are sentences about what is unusual.
    """

    layout: str
    rows: int
    areas: int
    tables: tuple[str, ...]
    mapped: tuple[Mapped, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """All of it as lines of text."""
        yield f"{self.layout}. Rows read: {self.rows:,}. Areas: {self.areas:,}."
        yield f"Tables: {'; '.join(self.tables)}."
        for one in self.mapped:
            columns = " + ".join(f"“{column}”" for column in one.columns)
            yield f"{columns} → {one.characteristic}: “{one.category}”"
        for other in self.left_out:
            yield f"Left out: {other.what}. {other.why}"
        yield from self.remarks


@dataclass(frozen=True)
class Reading:
    """The profiles that a file gave, in its order, and the report of it."""

    profiles: tuple[Profile, ...]
    report: Report


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: all of a few, the first of many."""
    found: Sequence[str] = list(dict.fromkeys(names))
    if len(found) > LISTED + 1:
        found = [*found[:LISTED], f"{len(found) - LISTED} more"]
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)
