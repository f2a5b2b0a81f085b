"""A cited table of ages by sex as a population pyramid."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assessments.duty.cited import Cited, CitedLine
from assessments.evidence.census.bands import OLDEST, Band
from assessments.evidence.census.by_sex import Pair, pairs
from assessments.reports.charts import pyramid as charts
from assessments.reports.charts.figure import Figure
from assessments.reports.charts.values import NO_FIGURE, Value

Shares = Callable[[CitedLine], Sequence[Value]]
"""The shares of a line in percent, one for each area."""


def pyramid(cited: Cited, key: str, shares: Shares) -> Figure | None:
    """The area, with the outline of the first that it is compared with; None for a table of anything else."""
    found = pairs((each.category, each.part_of) for each in cited.lines)
    if not found:
        return None
    lines = {each.category: tuple(shares(each)) for each in cited.lines}
    own, *others = (each.name for each in cited.areas)
    chart = charts.Pyramid(
        key=key,
        heading=f"{cited.name}: {cited.places}",
        area=own,
        bands=tuple(_band(each, lines[each.male], lines[each.female]) for each in found),
        comparator=others[0] if others else "",
        source=" ".join((cited.beside, *_to_read_it(found, others))),
    )
    return replace(chart.figure, columns=("Group", own, *others))


def _band(pair: Pair, male: Sequence[Value], female: Sequence[Value]) -> charts.Band:
    beside = (male[1], female[1]) if len(male) > 1 else (NO_FIGURE, NO_FIGURE)
    return charts.Band(_label(pair.band), (male[0], female[0]), beside)


def _label(band: Band) -> str:
    """The band in so few words that it has room between the bars."""
    if band.last == OLDEST:
        return f"{band.first} and over"
    if band.first == 0:
        return f"Under {band.last + 1}"
    return f"{band.first}" if band.first == band.last else f"{band.first} to {band.last}"


def _to_read_it(found: Sequence[Pair], others: Sequence[str]) -> Iterator[str]:
    """What a reader of the chart should know."""
    yield "Each bar is a share of everybody, of both sexes and all ages."
    if len(others) > 1:
        yield f"The outline is {others[0]}. The figures of {' and '.join(others[1:])} are in the table."
    years = {each.band.last - each.band.first for each in found if each.band.last < OLDEST}
    if len(years) > 1:
        yield "The bands are not equally wide: a longer bar can mean more years, not more people of each age."
