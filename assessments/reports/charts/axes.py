"""Axes: from a figure to its place, with marks at round numbers."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from assessments.reports.charts.lettering import width
from assessments.reports.charts.values import MOST

_APART = 14
"""Units between the words of two marks."""

SMALLEST, LARGEST = 0.01, 100.0
"""Ratios beyond these are drawn as arrows at the ends."""


@dataclass(frozen=True)
class Mark:
    """A mark on an axis, and what is written at it."""

    at: float
    words: str


@dataclass(frozen=True)
class Axis:
    """An axis from `start` to `end`, in units, for figures from `low` to `high`. It may run to the left."""

    low: float
    high: float
    start: float
    end: float
    values: tuple[float, ...]
    words: tuple[str, ...]
    is_log: bool = False

    def at(self, value: float) -> float:
        """Where a figure stands. One beyond the axis stands at its end."""
        within = min(max(value, self.low), self.high)
        low, high, here = (math.log(each) if self.is_log else each for each in (self.low, self.high, within))
        return self.start + (self.end - self.start) * (here - low) / (high - low)

    @property
    def marks(self) -> list[Mark]:
        """The marks, from the lowest figure to the highest."""
        return [Mark(self.at(value), words) for value, words in zip(self.values, self.words, strict=True)]


def of_shares(shares: Iterable[float], start: float, end: float) -> Axis:
    """An axis for percentages, from 0. It never ends below 1%, so that tiny shares look tiny."""
    most = Decimal(min(max([1.0, *shares]), MOST))
    step, count = _steps(most, abs(end - start))
    values = [step * number for number in range(count + 1)]
    words = tuple(f"{value.normalize():,f}%" for value in values)
    return Axis(0, float(values[-1]), start, end, tuple(map(float, values)), words)


def _steps(most: Decimal, room: float) -> tuple[Decimal, int]:
    """The smallest round step of which at most five reach `most`, and whose marks do not touch.

    The words of the last may stand half their width to the inside, to keep within the drawing.
    """
    for exponent in range(-1, 8):
        for lead in ("1", "2", "2.5", "5"):
            step = Decimal(lead).scaleb(exponent)
            count = int((most / step).to_integral_value(ROUND_CEILING))
            widest = max(width(f"{(step * number).normalize():,f}%") for number in (1, count))
            if count <= 5 and (count == 1 or room / count >= 1.5 * widest + _APART):
                return step, count
    raise AssertionError("a step of 10 million is more than any share")


def of_ratios(ends: Sequence[tuple[float, float, float]], start: float, end: float) -> Axis:
    """A logarithmic axis for (low, ratio, high). 1 is always on it, with half of it and twice.

    It has room for every ratio. Of an interval it shows what is within four times the furthest ratio: one very wide
    interval must not press all others together.
    """
    ratios = [min(max(each, SMALLEST), LARGEST) for _, each, _ in ends]
    least, most = min([1.0, *ratios]), max([1.0, *ratios])
    low = min([0.5, *(max(each, least / 4, SMALLEST) for each, _, _ in ends)])
    high = max([2.0, *(min(each, most * 4, LARGEST) for _, _, each in ends)])
    values = _powers(low, high)
    words = tuple(f"{Decimal(str(value)).normalize():f}" for value in values)
    return Axis(low, high, start, end, values, words, is_log=True)


def _powers(low: float, high: float) -> tuple[float, ...]:
    """The powers of two from low to high, or of four or ten if there were too many or too small ones."""
    for base in (2, 4, 10):
        powers = range(math.ceil(_log(low, base)), math.floor(_log(high, base)) + 1)
        if base == 10 or (len(powers) <= 6 and float(base) ** powers[0] >= 0.1):
            break
    return tuple(float(base) ** power for power in powers)


def _log(value: float, base: int) -> float:
    """The logarithm, without the last digits that would push a round number over to the next mark."""
    return round(math.log(value, base), 9)
