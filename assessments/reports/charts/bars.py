"""Bars: shares of an area, beside those of one or two that it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assessments.reports.charts import axes
from assessments.reports.charts.drawing import GUIDE, INK, QUIET, WIDTH, Drawing, Look
from assessments.reports.charts.figure import Figure
from assessments.reports.charts.findings import Compared, main_thing, not_shown
from assessments.reports.charts.lettering import LINE, drawn, shortened, shown, width, wrapped
from assessments.reports.charts.parts import pictures
from assessments.reports.charts.values import (
    Value,
    as_text,
    check_key,
    check_shares,
    is_hidden,
    number_of,
    numbers,
)

_BAR = 20
_BETWEEN = 16
"""Units between two groups."""
_GAP = 8
"""Units between a bar and its words."""
_WORDS = 0.35 * WIDTH
"""Units for these words, at most."""


@dataclass(frozen=True)
class Group:
    """A group with its share in each series, in percent."""

    label: str
    shares: tuple[Value, ...]


@dataclass(frozen=True)
class BarChart:
    """Shares by group. The first series is the area or the service; one or two that it is compared with may follow.

    Raises ValueError for a group with another number of shares, and for a share that is no number from 0 up.
    """

    key: str
    heading: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    source: str = ""

    def __post_init__(self) -> None:
        check_key(self.key)
        if len(self.series) not in (1, 2, 3):
            raise ValueError("A bar chart has one, two or three series")
        for group in self.groups:
            if len(group.shares) != len(self.series):
                raise ValueError(f"{group.label!r} has {len(group.shares)} shares for {len(self.series)} series")
            check_shares(group.shares)

    @property
    def figure(self) -> Figure:
        """Pictures and table."""
        chart = self._cleaned()
        shares = [share for group in chart.groups for share in group.shares]
        layout = _Layout(chart, shares)
        return Figure(
            key=chart.key,
            heading=chart.heading,
            pictures=tuple(
                pictures(
                    chart.key,
                    f"Bar chart: {chart.heading}",
                    chart._main_thing(),
                    not_shown(shares),
                    chart.groups,
                    lambda group: group.label,
                    layout.tall,
                    layout.draw,
                )
            ),
            columns=("Group", *chart.series),
            rows=tuple((group.label, *map(as_text, group.shares)) for group in chart.groups),
            source=chart.source,
        )

    def _cleaned(self) -> Self:
        return replace(
            self,
            heading=shown(self.heading),
            series=tuple(map(shown, self.series)),
            groups=tuple(replace(group, label=shown(group.label)) for group in self.groups),
            source=shown(self.source) if self.source else "",
        )

    def _main_thing(self) -> str:
        compared = [Compared(group.label, group.shares[0], *group.shares[1:][-1:]) for group in self.groups]
        return main_thing(compared, self.series[0], self.series[-1])


class _Layout:
    """Where the things of a bar chart stand: the names of the series, the bars, their figures."""

    def __init__(self, chart: BarChart, shares: Sequence[Value]) -> None:
        self.names = [drawn(name) for name in chart.series] if len(chart.series) > 1 else [""]
        self.names_room = min(max(map(width, self.names)), 0.4 * WIDTH)
        words = [width(_words(share)) for share in shares if number_of(share) is not None or is_hidden(share)]
        start = self.names_room + _GAP if self.names_room else 1
        self.axis = axes.of_shares(numbers(shares), start, WIDTH - max([0.0, *words]) - _GAP - 2)

    def tall(self, group: Group) -> float:
        return (len(wrapped(drawn(group.label), WIDTH)) + len(group.shares)) * LINE + _BETWEEN

    def draw(self, groups: Sequence[Group]) -> tuple[Drawing, float]:
        drawing, top = Drawing(), 0.0
        for group in groups:
            top = drawing.lines(0, top, wrapped(drawn(group.label), WIDTH))
            self._guides(drawing, top, len(group.shares) * LINE)
            for share, name, look in zip(group.shares, self.names, Look, strict=False):
                drawing.text(0, top, shortened(name, self.names_room), colour=QUIET)
                self._bar(drawing, top, share, look)
                top += LINE
            top += _BETWEEN
        for mark in self.axis.marks:
            drawing.centred(mark.at, top - _BETWEEN / 2, mark.words)
        return drawing, top + LINE

    def _guides(self, drawing: Drawing, top: float, down: float) -> None:
        for mark in self.axis.marks:
            drawing.line(mark.at, top, mark.at, top + down, GUIDE)
        drawing.line(self.axis.start, top, self.axis.start, top + down, INK, 2)

    def _bar(self, drawing: Drawing, top: float, share: Value, look: Look) -> None:
        """The bar, if there is one, and its words beside it."""
        start, end, number = self.axis.start, self.axis.start, number_of(share)
        if is_hidden(share):
            end = self.axis.end
            drawing.hatching(start, top + (LINE - _BAR) / 2, end - start, _BAR)
        elif number:
            end = self.axis.at(number)
            drawing.bar(start, top + (LINE - _BAR) / 2, end - start, _BAR, look)
        drawing.label(end + _GAP, top, _words(share))


def _words(share: Value) -> str:
    return shortened(drawn(as_text(share)), _WORDS)
