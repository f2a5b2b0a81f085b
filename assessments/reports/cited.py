"""A cited table as a chart with its table: the same in page, report and PDF."""

from dataclasses import replace

from assessments.duty.cited import Cited, CitedLine
from assessments.reports.charts.bars import BarChart, Group
from assessments.reports.charts.figure import Figure
from assessments.reports.charts.values import NO_FIGURE, Value


def figure(cited: Cited, key: str) -> Figure:
    """Bars for groups that do not overlap, and under them every category with share and count."""
    chart = BarChart(
        key=key,
        heading=f"{cited.name}: {cited.places}",
        series=tuple(each.name for each in cited.areas),
        groups=tuple(Group(line.category, _shares(cited, line)) for line in cited.charted),
        source=cited.beside,
    )
    return replace(chart.figure, rows=tuple((line.label, *line.cells) for line in cited.lines))


def _shares(cited: Cited, line: CitedLine) -> tuple[Value, ...]:
    return tuple(
        NO_FIGURE if count is None or not area.base else 100 * count / area.base
        for count, area in zip(line.counts, cited.areas, strict=True)
    )
