"""What may be shown of a table of counts. The only source of numbers for pages, charts, PDFs and exports."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a number is shown, or why it is not."""

    EXACT = "exact"
    ROUNDED = "rounded"
    FEWER = "fewer"
    WITHHELD = "withheld"
    NO_RATE = "no-rate"


@dataclass(frozen=True)
class Published:
    """One number as everybody may see it. `number` is None where it is hidden, or where a rate would be of nobody."""

    mark: Mark
    text: str
    number: float | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def is_hidden(self) -> bool:
        """Whether a number stands behind it that is not shown. It can be any number: never draw it as 0."""
        return self.mark in (Mark.FEWER, Mark.WITHHELD)


@dataclass(frozen=True)
class Line:
    """One row of a protected table: a number for each of its columns, None where none was to be shown."""

    name: str
    figures: tuple[Published | None, ...]


@dataclass(frozen=True)
class PublishedRate:
    """A rate as everybody may see it, with the row that it stands beside."""

    row: str
    name: str
    figure: Published


@dataclass(frozen=True)
class ProtectedTable:
    """A table of counts that can be shown to everybody. `protect` makes it, and nothing else should.

    `columns` and `lines` have TOTAL last where a total is to be shown. `threshold` and `rounding` are the rules under
    which it was made.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    rates: tuple[PublishedRate, ...]
    threshold: int
    rounding: int | None

    def at(self, row: str, column: str) -> Published:
        """The number at a place; KeyError where none was to be shown."""
        lines = {line.name: line.figures for line in self.lines}
        figure = dict(zip(self.columns, lines[row], strict=True))[column]
        if figure is None:
            raise KeyError(column)
        return figure

    def rate(self, row: str, name: str) -> Published:
        """A rate by its row and name; KeyError where there is none."""
        return {(rate.row, rate.name): rate.figure for rate in self.rates}[row, name]

    @property
    def notes(self) -> tuple[str, ...]:
        """What readers must be told under the table: a sentence for each mark that it has."""
        is_rounded = self.rounding is not None
        return tuple(
            text
            for mark, text in self._notes().items()
            if mark in self._marks() and (mark is not Mark.ROUNDED or is_rounded)
        )

    def _marks(self) -> set[Mark]:
        figures = [figure for line in self.lines for figure in line.figures if figure]
        return {figure.mark for figure in (*figures, *(rate.figure for rate in self.rates))}

    def _notes(self) -> dict[Mark, str]:
        return {
            Mark.FEWER: f"“{fewer_than(self.threshold)}” means that there are so few people that somebody could be "
            "recognised. It does not mean 0.",
            Mark.WITHHELD: f"“{WITHHELD}” means that the number is not shown, because it would give away a small "
            "number. It can be any number.",
            Mark.ROUNDED: f"Numbers are rounded to the nearest {self.rounding}, each by itself. They may not add up to "
            "the totals.",
        }


WITHHELD = "withheld"


def fewer_than(threshold: int) -> str:
    """What stands in place of a small number."""
    return f"fewer than {threshold}"
