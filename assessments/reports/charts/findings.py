"""The main thing that shares show, in a sentence or two, and what they cannot show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.duty.disclosure import Published
from assessments.reports.charts.lettering import brief
from assessments.reports.charts.values import NO_FIGURE, Value, as_text, number_of

TABLE = "The table below the chart has the same figures."


@dataclass(frozen=True)
class Compared:
    """A share, by its name, and that of whoever it is compared with."""

    name: str
    share: Value
    beside: Value = NO_FIGURE


@dataclass(frozen=True)
class _Known:
    """The same, where the first is a number. `beside` is None where the other is not."""

    name: str
    share: float
    share_text: str
    beside: float | None
    beside_text: str

    @property
    def apart(self) -> float:
        return 0.0 if self.beside is None or self.share_text == self.beside_text else abs(self.share - self.beside)


def main_thing(compared: Sequence[Compared], area: str, comparator: str) -> str:
    """The largest share, and the largest difference, as the figures are written."""
    area, comparator = brief(area), brief(comparator)
    known = list(_known(compared))
    if not known:
        return f"No share for {area} can be shown."
    if not any(each.share for each in known):
        return f"Every share that is shown for {area} is 0%."
    of_shown = _of_shown(each.share for each in compared)
    top, largest = _largest(known, area, comparator, of_shown)
    of_shown = _of_shown(value for each in compared for value in (each.share, each.beside))
    furthest, difference = _furthest([each for each in known if each.beside is not None], comparator, of_shown)
    if top and top is furthest:
        return f"{largest} That is also the largest difference from {comparator}{of_shown}."
    return f"{largest} {difference}".rstrip()


def _known(compared: Sequence[Compared]) -> Iterable[_Known]:
    for each in compared:
        share = number_of(each.share)
        if share is not None:
            name = f"“{brief(each.name)}”"
            yield _Known(name, share, as_text(each.share), number_of(each.beside), as_text(each.beside))


def _of_shown(values: Iterable[Value]) -> str:
    """Words for “the largest” where it may be among what is not shown."""
    return "" if all(number_of(value) is not None for value in values) else " that can be shown"


def _largest(known: Sequence[_Known], area: str, comparator: str, of_shown: str) -> tuple[_Known | None, str]:
    """The one largest share, if there is one, and a sentence."""
    top = max(known, key=lambda each: each.share)
    against = "" if top.beside is None else f", against {top.beside_text} for {comparator}"
    if len(known) == 1:
        return None, f"The share of {top.name} for {area} is {top.share_text}{against}."
    equal = sum(each.share_text == top.share_text for each in known)
    if equal > 1:
        return None, f"The largest share{of_shown} for {area} is {top.share_text}, and {equal} groups have it."
    return top, f"The largest share{of_shown} for {area} is {top.name}: {top.share_text}{against}."


def _furthest(known: Sequence[_Known], comparator: str, of_shown: str) -> tuple[_Known | None, str]:
    """Where the two differ most, and a sentence; the one only if no other differs as much."""
    if len(known) < 2:
        return None, ""
    most = max(known, key=lambda each: each.apart)
    if not most.apart:
        return None, f"As they are written, no share differs from that for {comparator}."
    is_one = sum(round(each.apart, 6) == round(most.apart, 6) for each in known) == 1
    return most if is_one else None, (
        f"{'The largest difference' if is_one else 'One of the largest differences'} from {comparator}{of_shown} "
        f"is for {most.name}: {most.share_text} against {most.beside_text}."
    )


def not_shown(values: Iterable[Value]) -> str:
    """How many figures have no mark, and why; and where all of them are."""
    without = [each for each in values if isinstance(each, Published) and number_of(each) is None]
    hidden = sum(each.is_hidden for each in without)
    others = Counter(as_text(each) for each in without if not each.is_hidden)
    return " ".join(
        (
            *([f"{_figures(hidden)} withheld, so that nobody can be picked out."] if hidden else ()),
            *(f"{_figures(count)} marked “{brief(words)}”." for words, count in others.items()),
            TABLE,
        )
    )


def _figures(count: int) -> str:
    return "1 figure is" if count == 1 else f"{count} figures are"
