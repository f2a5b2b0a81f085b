"""Who uses a service, beside who lives in the area and beside each other: as figures that can be cited.

All comes from what is stored of a dataset, from which small numbers were held back when it was added.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assessments import audit, population
from assessments.duty.cited import Cited, CitedArea, CitedFigure, CitedLine, CitedRatio, CitedRatios, to_stored
from assessments.duty.disclosure import Mark, Published
from assessments.duty.document import long_date
from assessments.evidence.census import Panel, Table
from assessments.evidence.census.shares import Share
from assessments.evidence.service_data import standing
from assessments.evidence.service_data.standing import EVERYBODY_ELSE, Standing
from assessments.models import Dataset

USERS = "Users"
RATE = "Rate among users"


@dataclass(frozen=True)
class Beside:
    """Users of a service beside others: the figures as one would cite them, before their ratios are worked out.

    `area` is the population that they are set beside; without it, groups are set beside each other by the rate at
    which something happened to them.
    """

    cited: Cited
    published: Mapping[str, Any]
    area: Table | None

    @property
    def references(self) -> list[str]:
        """The groups that the others can be compared with, in place of everybody else."""
        return [] if self.area else standing.references(self.published)

    def standings(self, reference: str = "") -> list[Standing]:
        """How each group stands. A reference that is no such group is passed over."""
        if self.area:
            return standing.standings(self.published, self.area)
        return standing.rate_standings(self.published, self._reference(reference))

    def compared(self, found: Sequence[Standing], reference: str = "") -> Cited:
        """The figures with the ratios of what `standings` found; without, where nothing can be compared."""
        if not any(each.result for each in found):
            return self.cited
        measure, beside = "Rate ratio", self._reference(reference)
        if self.area:
            measure, beside = "Share among users over share of the population", self.cited.areas[1].name
        rows = tuple(map(_ratio, found))
        return replace(
            self.cited,
            ratios=CitedRatios(measure, beside, rows, standing.shows(found), standing.does_not_show(found)),
        )

    def _reference(self, reference: str) -> str:
        return reference if reference in self.references else EVERYBODY_ELSE


def besides(dataset: Dataset, slug: str, name: str, known: tuple[Panel, Table] | None) -> Iterator[Beside]:
    """What a dataset's users can be set beside, of a characteristic that it has.

    `known` is the panel of the characteristic with the council's own table, if there is one.
    """
    published = dataset.published[slug]
    title = f"{dataset.title}, by {name.lower()}"
    if known:
        panel, table = known
        own = population.as_cited(panel).areas[0]
        area = replace(own, base=standing.answered_base(table), base_words=f"{own.base_words} who answered")
        lines = tuple(_lines(published, table))
        yield Beside(_cited(slug, title, (_users(dataset, published), area), lines), published, table)
    if standing.has_outcome(published):
        lines = tuple(_rates(published))
        title = f"{title}: {dataset.outcome}"
        users = replace(_users(dataset, published), name=RATE)
        yield Beside(_cited(slug, title, (users,), lines), published, None)


def _cited(slug: str, title: str, areas: tuple[CitedArea, ...], lines: tuple[CitedLine, ...]) -> Cited:
    made = Cited(id="", characteristic=slug, code="", title=title, areas=areas, lines=lines)
    return replace(made, id=audit.digest(to_stored(made))[:16])


def _users(dataset: Dataset, published: Mapping[str, Any]) -> CitedArea:
    day = (dataset.dated or dataset.added_at.date()).isoformat()
    answered = next((each["count"] for each in published["lines"] if each["kind"] == "answered"), None)
    base = int(answered["number"]) if answered and answered["number"] is not None else 0
    covers = f" ({dataset.covers})" if dataset.covers else ""
    return CitedArea(
        name=USERS,
        date=day,
        day=long_date(day),
        base=base,
        base_words=f"People who use {dataset.service.name} and said which group they are in{covers}",
        source=f"The council’s own data on {dataset.service.name}",
        note=" ".join([*published["notes"], *_withheld(published["withheld"])]),
    )


def _withheld(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"The file itself held back the numbers of these groups: {'; '.join(names)}."


def _groups(published: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (each for each in published["lines"] if each["kind"] == "group")


def _lines(published: Mapping[str, Any], area: Table) -> Iterator[CitedLine]:
    """The share of each group among users and in the area."""
    base = standing.answered_base(area)
    living = {each.category: Share(each.count, base) for each in area.figures if base}
    for each in _groups(published):
        there = living.get(each["name"])
        beside = (
            CitedFigure(f"{there.percent} ({there.count:,})", 100 * there.proportion)
            if there
            else CitedFigure("no figure")
        )
        yield CitedLine(
            each["name"], each["part_of"], figures=(_figure(_published(each["share"]), each["count"]["text"]), beside)
        )


def _rates(published: Mapping[str, Any]) -> Iterator[CitedLine]:
    """The rate in each group that somebody is in."""
    for each in _groups(published):
        if each["count"]["number"] == 0:
            continue
        happened, people = _published(each["happened"]), _published(each["count"])
        rate = _figure(_published(each["rate"]), f"{happened} of {people}")
        yield CitedLine(each["name"], each["part_of"], figures=(rate,))


def _figure(share: Published, counts: str) -> CitedFigure:
    if share.number is None:
        return CitedFigure(counts, is_hidden=share.is_hidden)
    return CitedFigure(f"{share} ({counts})", share.number)


def _published(stored: Mapping[str, Any]) -> Published:
    return Published(Mark(stored["mark"]), stored["text"], stored["number"])


def _ratio(found: Standing) -> CitedRatio:
    from assessments.evidence.disproportionality.figures import times

    ratio = found.ratio
    if found.result is None:
        return CitedRatio(found.name, "withheld", is_hidden=True)
    if ratio is None or found.verdict == standing.FEW:
        return CitedRatio(found.name, standing.FEW if found.verdict == standing.FEW else "no ratio")
    written = times(ratio.value, ratio.low, ratio.high)
    text = f"{written[0]} ({written[1]} to {written[2]})"
    return CitedRatio(found.name, text, ratio.value, ratio.low, ratio.high, written)
