"""A forest plot: ratios of rates with their intervals, on a logarithmic axis, with a line at 1."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assessments.duty.disclosure import Published
from assessments.reports.charts import axes
from assessments.reports.charts.drawing import GUIDE, INK, QUIET, SHADE, WIDTH, Drawing
from assessments.reports.charts.figure import Figure
from assessments.reports.charts.findings import not_shown
from assessments.reports.charts.lettering import LINE, brief, drawn, shortened, shown, width, wrapped
from assessments.reports.charts.parts import pictures
from assessments.reports.charts.values import as_text, check_key, times

_BAND = 24
_BETWEEN = 12
_GAP = 14
_WEIGHT = 3
_INSET = 16
"""Units at both ends of the axis, for the arrows."""


@dataclass(frozen=True)
class Estimate:
    """A ratio and the ends of its interval. `high` is infinite where there is no upper end.

    `written` has the three as they are published; without it they are written with two decimals.
    Raises ValueError unless 0 <= low <= ratio <= high, and the ratio is finite.
    """

    ratio: float
    low: float
    high: float
    written: tuple[str, str, str] | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.ratio <= self.high and math.isfinite(self.ratio)):
            raise ValueError(f"Not a ratio within its interval: {self.low!r}, {self.ratio!r}, {self.high!r}")

    @property
    def words(self) -> tuple[str, str]:
        """The ratio, and its interval."""
        ratio, low, high = map(shown, self.written or map(times, (self.ratio, self.low, self.high)))
        return ratio, f"from {low} up" if math.isinf(self.high) else f"{low} to {high}"


@dataclass(frozen=True)
class Row:
    """A group with its ratio, or what is published in its place, such as WITHHELD or TOO_FEW."""

    label: str
    estimate: Estimate | Published


@dataclass(frozen=True)
class ForestPlot:
    """Ratios of groups to a group of reference. `measure` names the ratio; `level` is that of the intervals, in %."""

    key: str
    heading: str
    reference: str
    rows: tuple[Row, ...]
    measure: str = "Rate ratio"
    level: int = 95
    source: str = ""

    def __post_init__(self) -> None:
        check_key(self.key)

    @property
    def figure(self) -> Figure:
        """Pictures and table."""
        chart = self._cleaned()
        layout = _Layout(chart)
        return Figure(
            key=chart.key,
            heading=chart.heading,
            pictures=tuple(
                pictures(
                    chart.key,
                    f"Chart of ratios: {chart.heading}",
                    chart._main_thing(),
                    not_shown(row.estimate for row in chart.rows if isinstance(row.estimate, Published)),
                    chart.rows,
                    lambda row: row.label,
                    layout.tall,
                    layout.draw,
                )
            ),
            columns=("Group", f"{chart.measure}, against {chart.reference}", f"{chart.level}% interval"),
            rows=tuple((row.label, *_cells(row.estimate)) for row in chart.rows),
            source=chart.source,
        )

    def _cleaned(self) -> Self:
        return replace(
            self,
            heading=shown(self.heading),
            reference=shown(self.reference),
            rows=tuple(replace(row, label=shown(row.label)) for row in self.rows),
            measure=shown(self.measure),
            source=shown(self.source) if self.source else "",
        )

    def _main_thing(self) -> str:
        known = [(row, row.estimate) for row in self.rows if isinstance(row.estimate, Estimate)]
        if not known:
            return "No ratio can be shown."
        above = [_named(row, each) for row, each in known if each.low > 1]
        below = [_named(row, each) for row, each in known if each.high < 1]
        sides = (("above", above), ("below", below))
        clear = ", and ".join(f"{side} 1 for {_listed(names)}" for side, names in sides if names)
        unclear = len(known) - len(above) - len(below)
        groups = f"{unclear} group{'s' if unclear > 1 else ''}" if clear or unclear == 1 else "every group shown"
        measure = brief(self.measure)
        interval = f"the whole {self.level}% interval of the {measure[0].lower()}{measure[1:]}"
        sentences = (
            f"Compared with “{brief(self.reference)}”, {interval} is {clear}.",
            f"For {groups} the {self.level}% interval takes in 1, so the figures show no clear difference.",
        )
        return " ".join(sentence for sentence, holds in zip(sentences, (clear, unclear), strict=True) if holds)


def _named(row: Row, estimate: Estimate) -> str:
    return f"“{brief(row.label)}” ({estimate.words[0]})"


def _listed(names: Sequence[str]) -> str:
    """Up to three names, else how many there are."""
    if len(names) > 3:
        return f"{len(names)} groups"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _cells(estimate: Estimate | Published) -> tuple[str, str]:
    return (as_text(estimate),) * 2 if isinstance(estimate, Published) else estimate.words


def _in_one(estimate: Estimate | Published) -> str:
    return as_text(estimate) if isinstance(estimate, Published) else "{} ({})".format(*estimate.words)


class _Layout:
    """Where the things of a forest plot stand: each group's name and figures, and below them its mark."""

    def __init__(self, chart: ForestPlot) -> None:
        self.chart = chart
        known = [row.estimate for row in chart.rows if isinstance(row.estimate, Estimate)]
        ends = [(each.low, each.ratio, each.high) for each in known]
        self.axis = axes.of_ratios(ends, _INSET, WIDTH - _INSET)

    def tall(self, row: Row) -> float:
        return len(self._label(row)[0]) * LINE + _BAND + _BETWEEN

    def _label(self, row: Row) -> tuple[list[str], str]:
        """The lines of the name, and the figures, which stand at the end of the last line."""
        words = drawn(_in_one(row.estimate))
        room = WIDTH - width(words) - _GAP
        if room < 0.4 * WIDTH:
            return [*wrapped(drawn(row.label), WIDTH), ""], shortened(words, WIDTH)
        return wrapped(drawn(row.label), room), words

    def draw(self, rows: Sequence[Row]) -> tuple[Drawing, float]:
        drawing = Drawing()
        top = self._key(drawing)
        for row in rows:
            lines, words = self._label(row)
            top = drawing.lines(0, top, lines)
            drawing.text(WIDTH, top - LINE, words, 1)
            self._band(drawing, top, row.estimate)
            top += _BAND + _BETWEEN
        return drawing, self._foot(drawing, top - _BETWEEN)

    def _key(self, drawing: Drawing) -> float:
        """What the marks stand for. Returns where the rows begin."""
        middle, words = 20, 40 + _GAP
        drawing.line(2, _BAND / 2, 38, _BAND / 2, SHADE, _WEIGHT)
        _square(drawing, middle, _BAND / 2)
        for end in (2, 38):
            _cap(drawing, end, _BAND / 2)
        lines = wrapped(f"{drawn(self.chart.measure)}, with its {self.chart.level}% interval", WIDTH - words)
        top = drawing.lines(words, 0, lines)
        drawing.line(middle, top, middle, top + LINE, INK, 2)
        top = drawing.lines(words, top, wrapped(f"1: the same as {drawn(self.chart.reference)}", WIDTH - words))
        return top + _BETWEEN

    def _band(self, drawing: Drawing, top: float, estimate: Estimate | Published) -> None:
        bottom = top + _BAND
        if isinstance(estimate, Published) and estimate.is_hidden:
            drawing.hatching(self.axis.start, top + 3, self.axis.end - self.axis.start, _BAND - 6)
        for mark in self.axis.marks:
            drawing.line(mark.at, top, mark.at, bottom, GUIDE)
        drawing.line(self.axis.at(1), top, self.axis.at(1), bottom, INK, 2)
        if isinstance(estimate, Estimate):
            self._estimate(drawing, top + _BAND / 2, estimate)

    def _estimate(self, drawing: Drawing, y: float, estimate: Estimate) -> None:
        """The mark of a group. What is beyond the axis is an arrow, or nothing where an arrow leads there."""
        axis = self.axis
        low, high = axis.at(estimate.low), axis.at(estimate.high)
        drawing.line(low, y, high, y, SHADE, _WEIGHT)
        if axis.low <= estimate.ratio <= axis.high:
            _square(drawing, axis.at(estimate.ratio), y)
        if estimate.low < axis.low:
            _arrow(drawing, axis.start, y, -1)
        elif estimate.low <= axis.high:
            _cap(drawing, low, y)
        if estimate.high > axis.high:
            _arrow(drawing, axis.end, y, 1)
        elif estimate.high >= axis.low:
            _cap(drawing, high, y)

    def _foot(self, drawing: Drawing, top: float) -> float:
        """The marks of the axis, and which way is which. Returns where the drawing ends."""
        for mark in self.axis.marks:
            drawing.centred(mark.at, top, mark.words)
        drawing.text(0, top + LINE, "Lower", colour=QUIET)
        drawing.text(WIDTH, top + LINE, "Higher", 1, QUIET)
        return top + 2 * LINE


def _square(drawing: Drawing, x: float, y: float) -> None:
    drawing.box(x - 7, y - 7, 14, 14, SHADE)


def _cap(drawing: Drawing, x: float, y: float) -> None:
    drawing.line(x, y - 6, x, y + 6, SHADE, _WEIGHT)


def _arrow(drawing: Drawing, x: float, y: float, way: int) -> None:
    drawing.path(f"M{x} {y - 8}L{x + way * 13} {y}L{x} {y + 8}Z", fill=SHADE)
