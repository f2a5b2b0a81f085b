"""A cited table as charts with their tables: the same in page, report and PDF."""

from dataclasses import replace

from assessments.duty.cited import Cited, CitedFigure, CitedLine, CitedRatio, CitedRatios
from assessments.duty.disclosure import Mark, Published
from assessments.reports.charts.bars import BarChart, Group
from assessments.reports.charts.figure import Figure
from assessments.reports.charts.forest import Estimate, ForestPlot, Row
from assessments.reports.charts.values import NO_FIGURE, Value
from assessments.reports.cited_ages import pyramid


def figures(cited: Cited, key: str) -> tuple[Figure, ...]:
    """The groups, and where they are compared, the ratios."""
    shown = figure(cited, key)
    return (shown, _compared(cited, cited.ratios, f"{key}-ratios")) if cited.ratios else (shown,)


def figure(cited: Cited, key: str) -> Figure:
    """Bars for groups that do not overlap, or a pyramid; and under them every category with share and count."""
    drawn = pyramid(cited, key, lambda line: _shares(cited, line)) or _bars(cited, key)
    return replace(drawn, rows=tuple((line.label, *line.cells) for line in cited.lines))


def _bars(cited: Cited, key: str) -> Figure:
    return BarChart(
        key=key,
        heading=f"{cited.name}: {cited.places}",
        series=tuple(each.name for each in cited.areas),
        groups=tuple(Group(line.category, _shares(cited, line)) for line in cited.charted),
        source=cited.beside,
    ).figure


def _compared(cited: Cited, ratios: CitedRatios, key: str) -> Figure:
    return ForestPlot(
        key=key,
        heading=f"{cited.name}: each group beside {ratios.reference}",
        reference=ratios.reference,
        rows=tuple(Row(each.group, _estimate(each)) for each in ratios.rows),
        measure=ratios.measure,
    ).figure


def _estimate(given: CitedRatio) -> Estimate | Published:
    if given.ratio is None:
        return _unseen(given.text, given.is_hidden)
    return Estimate(given.ratio, given.low, given.high, given.written)


def _unseen(text: str, is_hidden: bool) -> Published:
    return Published(Mark.WITHHELD if is_hidden else Mark.NO_RATE, text)


def _published(given: CitedFigure) -> Value:
    return _unseen(given.text, given.is_hidden) if given.percent is None else given.percent


def _shares(cited: Cited, line: CitedLine) -> tuple[Value, ...]:
    if line.figures:
        return tuple(map(_published, line.figures))
    return tuple(
        NO_FIGURE if count is None or not area.base else 100 * count / area.base
        for count, area in zip(line.counts, cited.areas, strict=True)
    )
