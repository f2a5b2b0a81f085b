"""Ages by sex: the categories of a table as bands of age, each for men and for women."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from assessments.evidence.census.bands import Band, band

_MALE = ("male", "males", "men", "men and boys", "boys and men")
_FEMALE = ("female", "females", "women", "women and girls", "girls and women")


class Pair(NamedTuple):
    """A band of age, and the categories of it for men and for women, in the words of the table."""

    band: Band
    male: str
    female: str


def pairs(categories: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
    """The bands from the youngest to the oldest; empty for a table of anything else.

    `categories` are those of a table, each with what it is part of. The finest must all be a sex and a band, such as
    “Female: Aged 5 to 15 years”, with the same bands for both sexes, of which none overlap.
    """
    given = list(categories)
    divided = {whole for _, whole in given}
    finest = [words for words, _ in given if words not in divided]
    male = {_age_of(words, _MALE): words for words in finest}
    female = {_age_of(words, _FEMALE): words for words in finest}
    bands = sorted(each for each in male if each)
    is_all = len(finest) == 2 * len(bands) and set(bands) == {each for each in female if each}
    if not is_all or any(one.last >= other.first for one, other in pairwise(bands)):
        return ()
    return tuple(Pair(each, male[each], female[each]) for each in bands)


def _age_of(words: str, sexes: tuple[str, ...]) -> Band | None:
    """The band that a category has, if it is of that sex."""
    sex, _, age = words.partition(": ")
    return band(age) if sex.casefold() in sexes else None
