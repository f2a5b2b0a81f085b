"""A population pyramid: bars by age and sex, with the outline of whom the area is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assessments.reports.charts import axes
from assessments.reports.charts.axes import Axis
from assessments.reports.charts.drawing import GUIDE, INK, PAPER, SHADE, WIDTH, Drawing
from assessments.reports.charts.figure import Figure
from assessments.reports.charts.findings import Compared, main_thing, not_shown
from assessments.reports.charts.lettering import LINE, drawn, shortened, shown, width
from assessments.reports.charts.parts import pictures
from assessments.reports.charts.values import (
    NO_FIGURE,
    Value,
    as_text,
    check_key,
    check_shares,
    is_hidden,
    number_of,
    numbers,
)

_BAR = 20
_GAP = 8
_NARROWEST, _WIDEST = 40, 130
"""Units for the names of the bands, at least and at most."""


@dataclass(frozen=True)
class Band:
    """An age band. Each pair is the share of all people, in percent, for the one sex and the other."""

    label: str
    area: tuple[Value, Value]
    comparator: tuple[Value, Value] = (NO_FIGURE, NO_FIGURE)


@dataclass(frozen=True)
class Pyramid:
    """Bands from the youngest to the oldest, for an area and whom it is compared with, if there is anybody.

    Raises ValueError for a share that is no number from 0 up.
    """

    key: str
    heading: str
    area: str
    bands: tuple[Band, ...]
    comparator: str = ""
    sexes: tuple[str, str] = ("Male", "Female")
    source: str = ""

    def __post_init__(self) -> None:
        check_key(self.key)
        for band in self.bands:
            check_shares((*band.area, *band.comparator))

    @property
    def figure(self) -> Figure:
        """Pictures and table."""
        chart = self._cleaned()
        names = (chart.area, chart.comparator) if chart.comparator else (chart.area,)
        return Figure(
            key=chart.key,
            heading=chart.heading,
            pictures=tuple(
                pictures(
                    chart.key,
                    f"Population pyramid: {chart.heading}",
                    chart._main_thing(),
                    not_shown(share for band in chart.bands for share in chart.shares(band)),
                    chart.bands[::-1],
                    lambda band: band.label,
                    lambda band: LINE,
                    _Layout(chart).draw,
                )
            ),
            columns=("Age", *(f"{sex}, {name}" for name in names for sex in chart.sexes)),
            rows=tuple((band.label, *map(as_text, chart.shares(band))) for band in chart.bands),
            source=chart.source,
        )

    def _cleaned(self) -> Self:
        return replace(
            self,
            heading=shown(self.heading),
            area=shown(self.area),
            bands=tuple(replace(band, label=shown(band.label)) for band in self.bands),
            comparator=shown(self.comparator) if self.comparator else "",
            sexes=(shown(self.sexes[0]), shown(self.sexes[1])),
            source=shown(self.source) if self.source else "",
        )

    def shares(self, band: Band) -> tuple[Value, ...]:
        """The shares of a band that the chart shows, those of the comparator last."""
        return (*band.area, *band.comparator) if self.comparator else band.area

    def _main_thing(self) -> str:
        compared = [
            Compared(f"{sex}, {band.label}", *self.shares(band)[side::2])
            for band in self.bands
            for side, sex in enumerate(self.sexes)
        ]
        return main_thing(compared, self.area, self.comparator)


class _Layout:
    """Where the things of a pyramid stand: a half to the left, one to the right, the ages between them."""

    def __init__(self, chart: Pyramid) -> None:
        self.chart = chart
        widest = max([0.0, *(width(drawn(band.label)) for band in chart.bands)])
        self.labels_room = min(max(widest, _NARROWEST), _WIDEST)
        shares = numbers(share for band in chart.bands for share in chart.shares(band))
        inner, outer = self.labels_room / 2 + _GAP, WIDTH / 2 - 2
        self.halves = [
            _Half(axes.of_shares(shares, WIDTH / 2 + way * inner, WIDTH / 2 + way * outer), side, way)
            for side, way in enumerate((-1, 1))
        ]

    def draw(self, bands: Sequence[Band]) -> tuple[Drawing, float]:
        drawing = Drawing()
        top = self._key(drawing)
        bottom = top + len(bands) * LINE
        for half, sex in zip(self.halves, self.chart.sexes, strict=True):
            drawing.centred(half.middle, top - LINE, shortened(drawn(sex), half.room))
            half.draw(drawing, top, bands, has_outline=bool(self.chart.comparator))
            for mark in half.axis.marks:
                drawing.centred(mark.at, bottom + 4, mark.words)
        for number, band in enumerate(bands):
            drawing.text(WIDTH / 2, top + number * LINE, shortened(drawn(band.label), self.labels_room), 0.5)
        return drawing, bottom + 4 + LINE

    def _key(self, drawing: Drawing) -> float:
        """What bars and outline stand for. Returns where the rows begin, a line for the sexes below the key."""
        drawing.box(0, 3, 30, 16, SHADE)
        drawing.text(30 + _GAP, 0, shortened(drawn(self.chart.area), WIDTH - 30 - _GAP))
        if not self.chart.comparator:
            return 2 * LINE + _GAP
        outline(drawing, f"M0 {LINE + 11}h30")
        drawing.text(30 + _GAP, LINE, shortened(drawn(self.chart.comparator), WIDTH - 30 - _GAP))
        return 3 * LINE + _GAP


@dataclass(frozen=True)
class _Half:
    """One side: the axis, which of each pair it shows, and whether it runs to the left (-1) or right (1)."""

    axis: Axis
    side: int
    way: int

    @property
    def room(self) -> float:
        return abs(self.axis.end - self.axis.start)

    @property
    def middle(self) -> float:
        return (self.axis.start + self.axis.end) / 2

    def draw(self, drawing: Drawing, top: float, bands: Sequence[Band], has_outline: bool) -> None:
        bottom = top + len(bands) * LINE
        for mark in self.axis.marks:
            drawing.line(mark.at, top, mark.at, bottom, GUIDE)
        for number, band in enumerate(bands):
            self._bar(drawing, top + number * LINE, band.area[self.side])
        if has_outline:
            outline(drawing, self._steps(top, bands))
        for number, band in enumerate(bands):
            self._words(drawing, top + number * LINE, band.area[self.side], band.comparator[self.side])
        drawing.line(self.axis.start, top, self.axis.start, bottom, INK, 2)

    def _bar(self, drawing: Drawing, top: float, share: Value) -> None:
        inset, number = (LINE - _BAR) / 2, number_of(share)
        if is_hidden(share):
            drawing.hatching(min(self.axis.start, self.axis.end), top + inset, self.room, _BAR)
        elif number:
            ends = sorted((self.axis.start, self.axis.at(number)))
            drawing.box(ends[0], top + inset, ends[1] - ends[0], _BAR, SHADE)

    def _words(self, drawing: Drawing, top: float, share: Value, beside: Value) -> None:
        """What stands for a number: near the ages, or beyond the outline where it would lie on it."""
        if number_of(share) is not None:
            return
        words = shortened(drawn(as_text(share)), self.room - 2 * _GAP)
        needed, number = width(words) + 2 * _GAP, number_of(beside)
        outline_at = 0.0 if number is None else abs(self.axis.at(number) - self.axis.start)
        away = outline_at if outline_at < needed <= self.room - outline_at else 0
        drawing.label(self.axis.start + self.way * (away + _GAP), top, words, align=self.way < 0)

    def _steps(self, top: float, bands: Sequence[Band]) -> str:
        """The outline, from band to band. It breaks off where there is no figure."""
        steps, is_open = "", False
        for row, band in enumerate(bands):
            number = number_of(band.comparator[self.side])
            if number is not None:
                x, y = round(self.axis.at(number), 2), top + row * LINE
                steps += f"H{x:g}V{y + LINE:g}" if is_open else f"M{x:g} {y:g}V{y + LINE:g}"
            is_open = number is not None
        return steps


def outline(drawing: Drawing, steps: str) -> None:
    """A dark line with a light edge, to be seen on white and on a dark bar."""
    if steps:
        drawing.path(steps, stroke=PAPER, weight=6)
        drawing.path(steps, stroke=INK, weight=2.5)
