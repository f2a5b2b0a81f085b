"""A table of counts of people as it is before protection: true numbers, that nothing can show."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Never

TOTAL = "Total"
"""The name of the row and of the column that add up all others."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a number stands: its row, or sub-total, or TOTAL; its column, or TOTAL."""

    row: str
    column: str

    def __str__(self) -> str:
        return f"“{self.row}, {self.column}”"


@dataclass(frozen=True)
class Subtotal:
    """A row that adds up others. `parts` names rows, or sub-totals that stand before this one."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """A rate or share to be shown beside a row: so many of the denominator, `per` 100 or 1,000 and so on.

    The denominator is a number of the same table, or one that is public anyway, such as a population. A rate can rest
    on a total that is not shown itself.
    """

    row: str
    name: str
    numerator: Place
    denominator: Place | int
    per: int = 100
    decimals: int = 1

    @property
    def places(self) -> tuple[Place, ...]:
        """The numbers of the table that it rests on."""
        return (self.numerator, self.denominator) if isinstance(self.denominator, Place) else (self.numerator,)


@dataclass(frozen=True, repr=False)
class Counts:
    """A table of true counts: a row for each group, a column for each category or period. Nothing can show it.

    `cells` has the numbers row by row. There is a TOTAL row where there are several rows, and a TOTAL column where
    there are several columns; `row_totals`, `column_totals` and `grand_total` say which of them are to be shown. The
    only total of a single row is a row total, that of a single column a column total.

    `known` are places whose numbers are public elsewhere and cannot be taken back. Sub-totals may overlap.

    Raises ValueError for a table that is not one: a wrong shape, a name used twice, a count that is no whole number.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: InitVar[Sequence[Sequence[int]]]
    subtotals: tuple[Subtotal, ...] = ()
    rates: tuple[Rate, ...] = ()
    row_totals: bool = True
    column_totals: bool = True
    grand_total: bool = True
    known: frozenset[Place] = frozenset()
    # A template cannot reach a name that starts so.
    _cells: tuple[tuple[int, ...], ...] = field(init=False)

    def __post_init__(self, cells: Sequence[Sequence[int]]) -> None:
        object.__setattr__(self, "_cells", tuple(tuple(row) for row in cells))
        _check_names(self)
        _check_cells(self)
        _check_places(self)

    def __repr__(self) -> str:
        return f"<Counts of {len(self.rows)} rows and {len(self.columns)} columns, not protected>"

    def __str__(self) -> Never:
        raise TypeError("Counts cannot be shown. Protect them first.")

    def __format__(self, spec: str) -> Never:
        self.__str__()

    @property
    def lines(self) -> tuple[str, ...]:
        """The rows from top to bottom: groups, then sub-totals, then TOTAL where there is one."""
        return (*self.rows, *(each.name for each in self.subtotals), *((TOTAL,) if len(self.rows) > 1 else ()))

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns from left to right, then TOTAL where there is one."""
        return (*self.columns, *((TOTAL,) if len(self.columns) > 1 else ()))

    def shows(self, place: Place) -> bool:
        """Whether the number of that place is to be shown, if it can be."""
        if place.row == TOTAL:
            return self.grand_total if place.column == TOTAL else self.column_totals
        return self.row_totals or place.column != TOTAL


Sum = tuple[Place, tuple[Place, ...]]
"""A number, and the numbers that add up to it."""


def sums_of(counts: Counts) -> Iterator[Sum]:
    """All that adds up in a table; parts always come before what they add up to."""
    if TOTAL in counts.all_columns:
        for row in counts.rows:
            yield Place(row, TOTAL), tuple(Place(row, column) for column in counts.columns)
    lines = [(each.name, each.parts) for each in counts.subtotals]
    if TOTAL in counts.lines:
        lines.append((TOTAL, _top(counts)))
    for name, parts in lines:
        for column in counts.all_columns:
            yield Place(name, column), tuple(Place(part, column) for part in parts)


def numbers_of(counts: Counts) -> dict[Place, int]:
    """The true number at every place, totals included, shown or not. Never to leave this package."""
    numbers = {
        Place(row, column): number
        for row, line in zip(counts.rows, counts._cells, strict=True)
        for column, number in zip(counts.columns, line, strict=True)
    }
    for whole, parts in sums_of(counts):
        numbers[whole] = sum(numbers[part] for part in parts)
    return numbers


def _top(counts: Counts) -> tuple[str, ...]:
    """What the TOTAL row adds up: sub-totals and the rows in none, or else the rows."""
    inner = {part for each in counts.subtotals for part in each.parts}
    top = tuple(line for line in (*counts.rows, *(each.name for each in counts.subtotals)) if line not in inner)
    return top if sorted(_rows_under(counts, top)) == sorted(counts.rows) else counts.rows


def _rows_under(counts: Counts, lines: Sequence[str]) -> list[str]:
    """The rows that some lines add up, each as often as it counts."""
    parts = {each.name: each.parts for each in counts.subtotals}
    return [row for line in lines for row in (_rows_under(counts, parts[line]) if line in parts else [line])]


def _check_names(counts: Counts) -> None:
    for names in ((*counts.rows, *(each.name for each in counts.subtotals)), counts.columns):
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice or TOTAL in names:
            raise ValueError(f"Give another name to “{(*twice, TOTAL)[0]}”: it is taken.")
    seen = set(counts.rows)
    for each in counts.subtotals:
        if not each.parts or not seen.issuperset(each.parts):
            raise ValueError(f"“{each.name}” must add up rows, or sub-totals that stand before it.")
        if max(Counter(_rows_under(counts, each.parts)).values()) > 1:
            raise ValueError(f"“{each.name}” counts a row twice.")
        seen.add(each.name)


def _check_cells(counts: Counts) -> None:
    if [len(row) for row in counts._cells] != [len(counts.columns)] * len(counts.rows):
        raise ValueError("Give one number for each row and column.")
    if any(type(number) is not int or number < 0 for row in counts._cells for number in row):
        raise ValueError("A count is a whole number, 0 or more.")


def _check_places(counts: Counts) -> None:
    named = {*counts.known, *(place for rate in counts.rates for place in rate.places)}
    for place in sorted(named):
        if place.row not in counts.lines or place.column not in counts.all_columns:
            raise ValueError(f"The table has no {place}.")
    for rate in counts.rates:
        has_base = isinstance(rate.denominator, Place) or rate.denominator > 0
        if rate.row not in counts.lines or rate.per < 1 or rate.decimals < 0 or not has_base:
            raise ValueError(f"“{rate.row}, {rate.name}” is not a rate of this table.")
