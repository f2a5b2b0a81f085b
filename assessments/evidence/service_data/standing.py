"""Groups of users beside the population that they come from, and beside each other.

From what is published alone, never from true numbers: a ratio or a test result can be turned back into counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.duty.cited import CHARTED
from assessments.evidence.census import Table
from assessments.evidence.disproportionality import (
    Comparison,
    Count,
    Estimate,
    Representation,
    compare,
    correct,
    represent,
)
from assessments.evidence.service_data.guessing import is_not_answered

EVERYBODY_ELSE = "everybody else"
"""Stands for: all other users who said which group they are in."""

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """How one group stands; no `result` where a number that it rests on is hidden."""

    name: str
    result: Representation | Comparison | None

    @property
    def ratio(self) -> Estimate | None:
        """How many times as often it is among users as in the population, or it happened as to the others."""
        if isinstance(self.result, Representation):
            return self.result.index
        return self.result.ratio if self.result else None

    @property
    def verdict(self) -> str:
        """What can be said of it, in a few words."""
        if self.result is None:
            return HIDDEN
        if self.result.chance is None:
            return NOTHING
        if self.result.is_too_few:
            return FEW
        return BEYOND_CHANCE if self.result.chance.is_exceeded else CHANCE


BEYOND_CHANCE = "more than chance alone would explain"
CHANCE = "chance alone could explain it"
FEW = "too few to say"
NOTHING = "nothing to compare"
HIDDEN = "not compared, because a number behind it is not shown"


def standings(published: Mapping[str, Any], population: Table) -> list[Standing]:
    """Each group that both have, at the finest level at which both count the same people; allowed for their number.

    `published` is what `protected` gave. Those who did not answer are in neither base.
    """
    answered = _of_kind(published, "answered")
    if answered is None or answered["count"]["number"] is None or published["withheld"]:
        return []
    out_of = int(answered["count"]["number"])
    counts = {each.category: each.count for each in population.figures}
    base = answered_base(population)
    undisclosed = _undisclosed(published, out_of)
    found = []
    for line in _compared(published["lines"], counts):
        number = line["count"]["number"]
        result = None
        if number is not None:
            users, living = Count(int(number), out_of), Count(counts[line["name"]], base)
            result = represent(users, living, name=line["name"], undisclosed=undisclosed)
        found.append(Standing(line["name"], result))
    return _corrected(found)


def has_outcome(published: Mapping[str, Any]) -> bool:
    """Whether it says to how many of a group it happened."""
    return any(each.get("happened") for each in published["lines"])


def answered_base(population: Table) -> int:
    """How many of the population said which group they are in."""
    return population.base - sum(each.count for each in population.figures if is_not_answered(each.category))


def rate_standings(published: Mapping[str, Any], reference: str = EVERYBODY_ELSE) -> list[Standing]:
    """The rate of each group at which it happened, beside that of the reference: another group, or everybody else.

    The groups are those that `references` has. Allowed for their number. Empty where no outcome was counted.
    """
    groups = _groups(published)
    answered = _of_kind(published, "answered")
    if answered is None or (reference == EVERYBODY_ELSE and published["withheld"]):
        return []
    whole = answered if reference == EVERYBODY_ELSE else None
    base = whole or next((each for each in groups if each["name"] == reference), None)
    if base is None or not has_outcome(published):
        return []
    undisclosed = _undisclosed(published, answered["count"]["number"])
    found = [
        Standing(each["name"], _rates(each, base, reference, undisclosed, is_whole=whole is not None))
        for each in groups
        if each["name"] != reference
    ]
    return _corrected(found)


def references(published: Mapping[str, Any]) -> list[str]:
    """The groups that others can be compared with: those whose numbers are shown, and that do not overlap."""
    return [each["name"] for each in _groups(published) if _pair(each)]


def shows(found: Sequence[Standing]) -> tuple[str, ...]:
    """What the comparisons show, a sentence for each verdict."""
    sentences = []
    for verdict in (BEYOND_CHANCE, CHANCE, FEW, NOTHING, HIDDEN):
        names = [_with_ratio(each) for each in found if each.verdict == verdict]
        if names:
            sentences.append(f"{verdict[:1].upper()}{verdict[1:]}: {'; '.join(names)}.")
    return (*sentences, *_allowance(found))


def does_not_show(found: Iterable[Standing]) -> tuple[str, ...]:
    """What readers could take them to show, and they do not: the sentences that hold for each of them."""
    told = [each.result.does_not_show for each in found if each.result]
    return tuple(sentence for sentence in told[0] if all(sentence in each for each in told)) if told else ()


def _with_ratio(standing: Standing) -> str:
    from assessments.evidence.disproportionality.figures import times

    ratio = standing.ratio
    if not ratio or not ratio.value or standing.verdict not in (BEYOND_CHANCE, CHANCE):
        return standing.name
    value = times(ratio.value, ratio.low, ratio.high)[0]
    return f"{standing.name} ({'the same' if value == '1' else f'{value} times'})"


def _allowance(found: Iterable[Standing]) -> Iterator[str]:
    tested = [each.result.chance for each in found if each.result and each.result.chance]
    if len(tested) > 1:
        yield f"What we say of chance allows for {len(tested)} comparisons made together, by Holm’s correction."


def _rates(line: Line, base: Line, reference: str, undisclosed: Count | None, *, is_whole: bool) -> Comparison | None:
    group, beside = _pair(line), _pair(base)
    if group is None or beside is None:
        return None
    if is_whole:
        beside = beside[0] - group[0], beside[1] - group[1]
        if beside[0] > beside[1]:  # only after rounding, which takes each number by itself
            return None
    return compare(Count(*group), Count(*beside), name=line["name"], reference_name=reference, undisclosed=undisclosed)


def _pair(line: Line) -> tuple[int, int] | None:
    """To how many of how many it happened, where both are shown."""
    happened, count = line.get("happened"), line["count"]
    if not happened or happened["number"] is None or count["number"] is None:
        return None
    return int(happened["number"]), int(count["number"])


def _corrected(found: Sequence[Standing]) -> list[Standing]:
    corrected = iter(correct(each.result for each in found if each.result))
    return [Standing(each.name, next(corrected) if each.result else None) for each in found]


def _of_kind(published: Mapping[str, Any], kind: str) -> Line | None:
    return next((each for each in published["lines"] if each["kind"] == kind), None)


def _undisclosed(published: Mapping[str, Any], said: float | None) -> Count | None:
    """Those who did not say, out of all: the total less those who did, where both are shown."""
    total = _of_kind(published, "total")
    if said is None or total is None:
        return None
    everybody = int(total["count"]["number"])
    return Count(everybody - int(said), everybody)


def _groups(published: Mapping[str, Any]) -> list[Line]:
    """The groups with somebody in them, which do not overlap: the finest, or the main ones where those are too many."""
    groups = [each for each in published["lines"] if each["kind"] == "group" and not _is_nobody(each)]
    finest = _finest(groups)
    return finest if len(finest) <= CHARTED else [each for each in groups if not each["part_of"]]


def _finest(groups: Sequence[Line]) -> list[Line]:
    divided = {each["part_of"] for each in groups if each["part_of"]}
    return [each for each in groups if each["name"] not in divided]


def _compared(lines: Sequence[Line], counts: Mapping[str, int]) -> Iterator[Line]:
    """The finest groups where the population has all of them; else the main ones that it has."""
    groups = [each for each in lines if each["kind"] == "group"]
    finest = _finest(groups)
    is_whole = all(each["name"] in counts or _is_nobody(each) for each in finest)
    level = finest if is_whole else [each for each in groups if not each["part_of"]]
    yield from (each for each in level if each["name"] in counts and not is_not_answered(each["name"]))


def _is_nobody(line: Line) -> bool:
    return bool(line["count"]["number"] == 0)
