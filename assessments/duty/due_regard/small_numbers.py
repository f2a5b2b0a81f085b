"""Counts of people in a text that are so small that somebody could be recognised."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_VALUES = {word: value for value, word in enumerate(_WORDS, start=1)}

_PEOPLE = (
    "people|persons?|residents?|users?|customers?|clients?|pupils?|child(?:ren)?|students?|adults?|wom[ae]n|m[ae]n|"
    "boys?|girls?|mothers?|fathers?|parents?|famil(?:y|ies)|carers?|staff|members? of staff|employees?|workers?|"
    "tenants?|households?|patients?|applicants?|respondents?|responses?|couples?|teenagers?|learners?"
)
_BOUNDS = frozenset({"below", "least", "most", "over", "than", "to", "top", "under"})
_RATES = frozenset({"every", "in", "like", "same"})
_LABELS = frozenset({"band", "phase", "stage", "tier", "ward", "year", "years"})
_NOT_A_COUNT = _BOUNDS | _RATES | _LABELS
"""Words before a number that make it something else than a count."""
_KIND = r"(?:(?!(?:in|of|to|and|or|for|by|with|per|hours?|days?|weeks?|months?|years?|times?|visits?)\b)[a-z-]+ )?"
_ALL = r"(?:the |our |these |those )?"
_NUMBER = rf"(?:\d[\d,]*|{'|'.join(_WORDS)})"
_RATE = r"(?! in (?:a |every )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|thousand))"
_COUNT = re.compile(
    rf"(?<![\w.,£%–-])(?P<number>[1-9]|{'|'.join(_WORDS)}) (?:(?:out )?of {_ALL}(?:{_NUMBER} )?)?{_KIND}(?:{_PEOPLE})\b"
    rf"{_RATE}",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?P<share>\d+(?:\.\d+)?)% of {_ALL}(?P<all>\d+) {_KIND}(?:{_PEOPLE})\b",
    re.IGNORECASE,
)


class Count(NamedTuple):
    """A small count of people as it stands in a text. In words it may be none: “two people could share a name”."""

    text: str
    is_in_figures: bool


def small_counts(text: str, limit: int) -> Iterator[Count]:
    """The counts of people under the limit, and the percentages from which one can be worked out.

    A bound (“fewer than 5 people”) is none, nor is a rate (“one in four people”).
    """
    text = " ".join(text.split())
    for found in _COUNT.finditer(text):
        number = found["number"].casefold()
        value = _VALUES[number] if number in _VALUES else int(number)
        if value < limit and not _is_qualified(text[: found.start()], number):
            yield Count(found.group(), number.isdigit())
    for found in _SHARE.finditer(text):
        if 0 < round(float(found["share"]) * int(found["all"]) / 100) < limit:
            yield Count(found.group(), is_in_figures=True)


def _is_qualified(before: str, number: str) -> bool:
    """Whether the word before the number makes it something else than a count, as in “over 5” or “the one adult”."""
    word = before.rstrip().rpartition(" ")[2].casefold().strip("(“,;:")
    return word in _NOT_A_COUNT or (word, number) == ("the", "one")
