"""Ages as bands, and how the bands of a file make up ours."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

OLDEST = 120
"""No age in a heading is above it."""

_FORMS = (
    (r"aged under 1 year", lambda: (0, 0)),
    (r"aged ([0-9]{1,3}) years? and under", lambda last: (0, last)),
    (r"aged ([0-9]{1,3}) years? and over", lambda first: (first, OLDEST)),
    (r"aged ([0-9]{1,3}) to ([0-9]{1,3}) years?", lambda first, last: (first, last)),
    (r"aged ([0-9]{1,3}) years?", lambda age: (age, age)),
)


class Band(NamedTuple):
    """Ages from `first` to `last`, both included, in years. A band without an end reaches to OLDEST."""

    first: int
    last: int


def band(words: str) -> Band | None:
    """The band that a category names, in the words of the ONS; None for one that names none."""
    for form, ends in _FORMS:
        found = re.fullmatch(form, words.strip(), re.IGNORECASE)
        if found:
            first, last = ends(*(int(each) for each in found.groups()))
            return Band(first, last) if first <= last <= OLDEST else None
    return None


def made_of(wanted: Band, bands: Iterable[Band]) -> tuple[Band, ...]:
    """The fewest of some bands that together are exactly the one wanted, in order, nobody counted twice.

    Empty if they do not fit: ages 15 to 19 cannot be divided into 15 and 16 to 19. The fewest, because the publisher
    changed each cell a little, and sub-totals add up fewer of them.
    """
    starting: dict[int, list[Band]] = defaultdict(list)
    for each in bands:
        starting[each.first].append(each)

    @cache
    def ways(first: int) -> tuple[Band, ...] | None:
        if first > wanted.last:
            return ()
        found = [(each, ways(each.last + 1)) for each in starting[first] if each.last <= wanted.last]
        return min(((each, *rest) for each, rest in found if rest is not None), key=len, default=None)

    return ways(wanted.first) or ()
