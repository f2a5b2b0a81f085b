"""Figures that an answer cites: of who lives in the area, and of who uses a service, as they were on that day.

Words and numbers are frozen together. Nothing here is looked up again, so no later file alters what was cited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cattrs.preconf.json import make_converter

_converter = make_converter(omit_if_default=True)

CHARTED = 10
"""Most groups in a chart: over these, the finest groups give way to the main ones."""


def is_unlike(category: str, whole: str) -> bool:
    """Whether a category is part of another, and its own words do not say so."""
    return bool(whole) and not category.startswith(whole)


@dataclass(frozen=True)
class CitedArea:
    """One area in the table: the total of its own table, who that is, and where the figures are from.

    `date` is ISO text, `day` the same in words.
    """

    name: str
    date: str
    day: str
    base: int
    base_words: str
    source: str
    is_approximate: bool = False
    is_in_development: bool = False
    note: str = ""

    @property
    def origin(self) -> str:
        """Where the figures are from: source and day."""
        return f"{self.source}, {self.day}."

    @property
    def base_said(self) -> str:
        """Of whom the shares are, with the marks of the figures."""
        marks = [
            *(["Approximate."] if self.is_approximate else []),
            *(["Official statistics in development."] if self.is_in_development else []),
        ]
        of_whom = f"{self.base_words}: {self.base:,}." if self.base else f"{self.base_words}."
        return " ".join((of_whom, *marks))

    @property
    def said(self) -> str:
        """What has to be read beside its figures, in sentences."""
        return f"{self.origin} {self.base_said}"


@dataclass(frozen=True)
class CitedFigure:
    """A figure from which small numbers were held back: what is read, and the share to draw, in percent.

    Without a share, `is_hidden` says whether a number stands behind it that is not shown.
    """

    text: str
    percent: float | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class CitedLine:
    """One category, with a figure for each area.

    A figure is a count and a share in words, None and empty where there is none; or it stands in `figures`, where
    small numbers were held back.
    """

    category: str
    part_of: str
    counts: tuple[int | None, ...] = ()
    shares: tuple[str, ...] = ()
    figures: tuple[CitedFigure, ...] = ()

    @property
    def label(self) -> str:
        """The category, with what it is part of where its own words do not say so."""
        return f"{self.category} (part of: {self.part_of})" if is_unlike(self.category, self.part_of) else self.category

    @property
    def cells(self) -> tuple[str, ...]:
        """Share and count of each area, to be read."""
        if self.figures:
            return tuple(each.text for each in self.figures)
        return tuple(
            "no figure" if count is None else f"{share} ({count:,})" if share else f"{count:,}"
            for count, share in zip(self.counts, self.shares, strict=True)
        )


@dataclass(frozen=True)
class CitedRatio:
    """A group's ratio and the ends of its 95% interval, with the same in words; or, without them, why there is none."""

    group: str
    text: str
    ratio: float | None = None
    low: float = 0
    high: float = 0
    written: tuple[str, str, str] = ("", "", "")
    is_hidden: bool = False


@dataclass(frozen=True)
class CitedRatios:
    """How groups compare: `measure` names the ratio, `reference` whom they are compared with.

    `shows` and `does_not_show` are sentences.
    """

    measure: str
    reference: str
    rows: tuple[CitedRatio, ...]
    shows: tuple[str, ...]
    does_not_show: tuple[str, ...]


@dataclass(frozen=True)
class Cited:
    """One table as it was cited. The council's own area comes first, or the users of a service.

    `cited_on` is ISO text, empty until it is cited. `id` tells one content from another: the same table with other
    figures has another. `ratios` are there for users of a service, once they are cited.
    """

    id: str
    characteristic: str
    code: str
    title: str
    areas: tuple[CitedArea, ...]
    lines: tuple[CitedLine, ...]
    cited_on: str = ""
    cited_day: str = ""
    ratios: CitedRatios | None = None

    @property
    def name(self) -> str:
        """What to call it: its title with its code."""
        return f"{self.title} ({self.code})" if self.code and self.title else self.title or self.code

    @property
    def is_of_users(self) -> bool:
        """Whether it is of those who use a service, and not of who lives in an area."""
        return any(each.figures for each in self.lines)

    @property
    def places(self) -> str:
        """The areas by name."""
        *others, last = (each.name for each in self.areas)
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def citation(self) -> str:
        """The table in a sentence: what, where, of which day, from whom, and when it was cited."""
        own = self.areas[0]
        cited = f" Cited on {self.cited_day}." if self.cited_day else ""
        return f"{self.name}, {self.places}. {own.source}, {own.day}.{cited}"

    @property
    def beside(self) -> str:
        """Source, day, base and marks of every area, and the notes."""
        origins = dict.fromkeys(each.origin for each in self.areas)
        said = (
            [*origins, *(f"{each.name}, {_lowered(each.base_said)}" for each in self.areas)]
            if len(origins) == 1
            else [f"{each.name}: {each.said}" for each in self.areas]
        )
        notes = dict.fromkeys(self._note(each) for each in self.areas if each.note)
        cited = [f"Cited on {self.cited_day}. Later figures do not change it."] if self.cited_day else []
        return " ".join((*said, *notes, *cited))

    def _note(self, area: CitedArea) -> str:
        """The note of an area, with its name where the others have not the same."""
        return area.note if all(each.note == area.note for each in self.areas) else f"{area.name}: {area.note}"

    @property
    def charted(self) -> tuple[CitedLine, ...]:
        """The categories for a chart, which do not overlap: the finest, or the main ones where those are too many."""
        divided = {each.part_of for each in self.lines}
        finest = tuple(each for each in self.lines if each.category not in divided)
        return finest if len(finest) <= CHARTED else tuple(each for each in self.lines if not each.part_of)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def from_stored(value: Mapping[str, Any]) -> Cited:
    """The table that an answer holds."""
    return _converter.structure(value, Cited)


def to_stored(cited: Cited) -> dict[str, Any]:
    """The table as an answer holds it: texts, numbers and lists."""
    stored: dict[str, Any] = _converter.loads(_converter.dumps(cited), dict[str, Any])
    return stored
