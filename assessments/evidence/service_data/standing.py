"""Users beside the population that they come from: from what is published alone, never from true numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.evidence.census import Table
from assessments.evidence.disproportionality import Count, Representation, correct, represent
from assessments.evidence.service_data.guessing import is_not_answered


@dataclass(frozen=True)
class Standing:
    """One group among users beside the same group among the population; no `result` where its number is hidden."""

    name: str
    result: Representation | None


def standings(published: Mapping[str, Any], population: Table) -> list[Standing]:
    """Each group that both have, at the finest level at which both count the same people; allowed for their number.

    `published` is what `protected` gave. Those who did not answer are in neither base.
    """
    answered = next((each for each in published["lines"] if each["kind"] == "answered"), None)
    if answered is None or answered["count"]["number"] is None or published["withheld"]:
        return []
    out_of = int(answered["count"]["number"])
    counts = {each.category: each.count for each in population.figures}
    base = population.base - sum(each.count for each in population.figures if is_not_answered(each.category))
    found = []
    for line in _compared(published["lines"], counts):
        number = line["count"]["number"]
        result = None
        if number is not None:
            users, living = Count(int(number), out_of), Count(counts[line["name"]], base)
            result = represent(users, living, name=line["name"], undisclosed=_undisclosed(published["lines"], out_of))
        found.append(Standing(line["name"], result))
    corrected = iter(correct(each.result for each in found if each.result))
    return [Standing(each.name, next(corrected) if each.result else None) for each in found]


def _undisclosed(lines: list[dict[str, Any]], said: int) -> Count:
    """Those who did not say, out of all: the total less those who did, both published."""
    total = next(int(each["count"]["number"]) for each in lines if each["kind"] == "total")
    return Count(total - said, total)


def _compared(lines: list[dict[str, Any]], counts: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The finest groups where the population has all of them; else the main ones that it has."""
    groups = [each for each in lines if each["kind"] == "group"]
    divided = {each["part_of"] for each in groups if each["part_of"]}
    finest = [each for each in groups if each["name"] not in divided]
    is_whole = all(each["name"] in counts or _is_nobody(each) for each in finest)
    level = finest if is_whole else [each for each in groups if not each["part_of"]]
    yield from (each for each in level if each["name"] in counts and not is_not_answered(each["name"]))


def _is_nobody(line: dict[str, Any]) -> bool:
    return line["count"]["number"] == 0
