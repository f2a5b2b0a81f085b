"""The share of each group among those who live in an area, beside the same share elsewhere.

Nothing is held back here. Small numbers are for `assessments/duty/disclosure/`, before anybody sees a figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.duty import act
from assessments.evidence.census.by_sex import pairs
from assessments.evidence.census.catalogue import NO_TABLE
from assessments.evidence.census.profile import Profile, Table

PER = (100, 1000, 10_000)


@dataclass(frozen=True)
class Share:
    """`count` of the `base` of the same table; the base is not 0."""

    count: int
    base: int

    @property
    def proportion(self) -> float:
        """From 0 to 1, not rounded."""
        return self.count / self.base

    @property
    def percent(self) -> str:
        """With one decimal, half rounded up. What is not none never reads as none, what is not all never as all."""
        tenths = _rounded(self.count, self.base, 1000)
        if tenths == 0 < self.count:
            return "under 0.1%"
        if tenths == 1000 and self.count < self.base:
            return "over 99.9%"
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def per(self) -> int:
        """Of how many it is best told: of 100, or of more where fewer than 2 in so many are meant."""
        return next((each for each in PER if self.count == 0 or self.count * each >= 2 * self.base), PER[-1])

    def in_words(self, per: int) -> str:
        """How many of so many, rounded: “about 10 in every 100”."""
        if self.count == 0:
            return "none"
        if self.count == self.base:
            return "all"
        found = _rounded(self.count, self.base, per)
        if found == per:
            return "nearly all"
        return f"about {found:,} in every {per:,}" if found >= 2 else f"fewer than 2 in every {per:,}"


@dataclass(frozen=True)
class Line:
    """One category, with its share in each area of the panel; None where there is no figure to compare."""

    category: str
    part_of: str
    shares: tuple[Share | None, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The shares in words, all told of the same number, so that they can be compared; empty where there is none."""
        per = max((each.per for each in self.shares if each), default=PER[0])
        return tuple(each.in_words(per) if each else "" for each in self.shares)


@dataclass(frozen=True)
class Panel:
    """A table of an area, and the same table of those it is compared with.

    `areas` are names, the area itself first. `tables` are in the same order; None where an area has no such table, or
    one of other people. Each has its own date, source and marks, to be shown with it.
    """

    characteristic: str
    areas: tuple[str, ...]
    tables: tuple[Table | None, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Gap:
    """A characteristic of the Act of which a profile says nothing, and why or what to do."""

    characteristic: str
    why: str


def panels(profile: Profile, comparators: Sequence[Profile] = ()) -> Iterator[Panel]:
    """One panel for each table of the profile, in the order of the tables."""
    for table in profile.tables:
        tables = (table, *(_counterpart(table, each) for each in comparators))
        counts = [{each.category: each.count for each in other.figures} if other else {} for other in tables]
        yield Panel(
            table.characteristic,
            (profile.area_name, *(each.area_name for each in comparators)),
            tables,
            tuple(
                Line(
                    each.category,
                    each.part_of,
                    tuple(_share(known.get(each.category), other) for known, other in zip(counts, tables, strict=True)),
                )
                for each in table.figures
            ),
        )


def gaps(profile: Profile) -> Iterator[Gap]:
    """The characteristics of the Act that the profile does not measure."""
    measured = {each.characteristic for each in profile.tables if not each.is_context or _has_ages(each)}
    for each in act.CHARACTERISTICS:
        if each.slug not in measured:
            why = f"No table about {each.name.lower()} has been read for {profile.area_name}."
            yield Gap(each.slug, NO_TABLE.get(each.slug, why))


def _has_ages(table: Table) -> bool:
    """Whether it has ages by sex: beside a table of ages it is context, and without one it has them all the same."""
    return bool(pairs((each.category, each.part_of) for each in table.figures))


def _counterpart(table: Table, profile: Profile) -> Table | None:
    """The same table of another area: the latest, if it asks about the same people."""
    found = [each for each in profile.tables if (each.characteristic, each.name) == (table.characteristic, table.name)]
    found = [each for each in found if each.base_words.casefold() == table.base_words.casefold()]
    return max(found, key=lambda each: (each.date == table.date, each.date), default=None)


def _share(count: int | None, table: Table | None) -> Share | None:
    return Share(count, table.base) if count is not None and table and table.base else None


def _rounded(count: int, base: int, of: int) -> int:
    """`count` of `base` as a whole number of `of`, half rounded up: exact, unlike with floats."""
    return (2 * of * count + base) // (2 * base)
