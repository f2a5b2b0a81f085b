"""How what a file counts becomes the categories of a table: made once for a file, followed for each area."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.evidence.census import catalogue
from assessments.evidence.census.bands import band, made_of
from assessments.evidence.census.catalogue import AGE, AGE_AND_SEX, ALL_PERSONS, SEXES, Known, same
from assessments.evidence.census.profile import Figure, Table, slack
from assessments.evidence.census.report import LeftOut, Mapped
from assessments.evidence.unreadable import Unreadable, shown


@dataclass(frozen=True)
class Plan:
    """`parts` has, for each category that the file can fill, the places of the counts that make it up.

    The places are those in `available`, what the file counts, in the words of the file.
    """

    known: Known
    available: tuple[str, ...]
    parts: Mapping[str, tuple[int, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        """The categories that the file cannot fill."""
        return tuple(each.words for each in self.known.categories if each.words not in self.parts)

    @property
    def is_whole(self) -> bool:
        """Whether every main category can be filled, so that they add up to the base."""
        return all(each.words in self.parts for each in self.known.parts[""])

    def table(self, counts: Sequence[int], base: int | None, source: str, note: str = "") -> Table:
        """The table of an area, from its counts in the order of `available`.

        Without a base, the main categories are added up. Raises Unreadable where the counts cannot be right.
        """
        totals = {words: sum(counts[place] for place in places) for words, places in self.parts.items()}
        figures = tuple(
            Figure(each.words, totals[each.words], self._whole_of(each.part_of))
            for each in self.known.categories
            if each.words in totals
        )
        if base is None:
            base = sum(each.count for each in figures if not each.part_of)
        known = self.known
        table = Table(
            known.code,
            known.title,
            known.characteristic,
            base,
            known.base_words,
            catalogue.CENSUS_DAY,
            f"{catalogue.PUBLISHER}, table {known.code} ({source})",
            figures,
            is_in_development=known.is_in_development,
            is_context=known.is_context,
            note=" ".join(each for each in (known.caution, note) if each),
        )
        self._check(table)
        return table

    def _whole_of(self, category: str) -> str:
        """That category, or the nearest it is part of that the file can fill; empty for none."""
        above = {each.words: each.part_of for each in self.known.categories}
        while category and category not in self.parts:
            category = above[category]
        return category

    def _check(self, table: Table) -> None:
        for trouble in table.troubles():
            raise Unreadable(trouble)
        if self.is_whole and table.has_gap:
            raise Unreadable(
                f"The categories add up to {table.base - table.unaccounted:,}, and the total is {table.base:,}. "
                "A figure may have been cut short or changed."
            )
        if self.known is AGE_AND_SEX:
            _check_sexes(table)

    def mapped(self) -> Iterator[Mapped]:
        """What was added up to what."""
        for words, places in self.parts.items():
            columns = tuple(self.available[place] for place in places)
            yield Mapped(columns, words, self.known.characteristic, self.known.code)

    def left_out(self) -> Iterator[LeftOut]:
        """What the file counts and we do not use, and what it lacks."""
        used = {place for places in self.parts.values() for place in places}
        unused = len(self.available) - len(used)
        if unused:
            yield LeftOut(f"{unused} of the {len(self.available)} counts", "The same people are in the counts used.")
        for words in self.missing:
            yield LeftOut(f"{self.known.code} “{words}”", "It is not in the file.")


def plan(known: Known, available: Sequence[str]) -> Plan:
    """The plan for what a file counts. Raises Unreadable where a category is unknown, or bands of ages do not fit."""
    parts = _parts(known, available)
    if not parts:
        raise Unreadable(f"No column has a category of table {known.code} {known.title}.", 1)
    return Plan(known, tuple(available), parts)


def _parts(known: Known, available: Sequence[str]) -> dict[str, tuple[int, ...]]:
    if known is AGE:
        return _ages(AGE, "", [each.words for each in AGE.categories], dict(enumerate(available)))
    return _ages_by_sex(available) if known is AGE_AND_SEX else _categories(known, available)


def _ages(known: Known, of: str, wanted: Iterable[str], available: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """What makes up each band that is wanted. `available` has the ages by place, and `of` whose ages these are."""
    places = {}
    for place, words in available.items():
        found = band(words)
        if found is None:
            raise _unknown(known, f"{of}{words}")
        places[found] = place
    parts = {}
    for words in wanted:
        found = band(words)
        made = made_of(found, places) if found else ()
        if not made:
            raise Unreadable(
                f"The ages in this file do not make up “{of}{words}”, which we count. "
                f"Use table {known.code}, which has single years.",
                1,
            )
        parts[f"{of}{words}"] = tuple(places[part] for part in made)
    return parts


def _ages_by_sex(available: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Each sex from its own total and its own ages. Those of all persons are the same people again."""
    columns: dict[str, dict[int, str]] = {same(each): {} for each in (ALL_PERSONS, *SEXES)}
    for place, words in enumerate(available):
        sex, _, age = words.partition(": ")
        if same(sex) not in columns:
            raise _unknown(AGE_AND_SEX, words)
        columns[same(sex)][place] = age
    parts: dict[str, tuple[int, ...]] = {}
    for sex in SEXES:
        ages = columns[same(sex)]
        total = next((place for place, age in ages.items() if same(age) == "total"), None)
        if total is None:
            raise Unreadable(
                f"No column has the total of “{sex}”. Table {AGE_AND_SEX.code} has columns for “{SEXES[0]}” and "
                f"“{SEXES[1]}”, each with a total. For the ages of all persons alone, use table {AGE.code}.",
                1,
            )
        del ages[total]
        wanted = [each.words.removeprefix(f"{sex}: ") for each in AGE_AND_SEX.parts[sex]]
        parts |= {sex: (total,), **_ages(AGE_AND_SEX, f"{sex}: ", wanted, ages)}
    return parts


def _check_sexes(table: Table) -> None:
    """Raise Unreadable where the ages of a sex do not add up to its total."""
    for whole in table.main:
        ages = [each.count for each in table.parts_of(whole.category)]
        if abs(whole.count - sum(ages)) > slack([whole.count, *ages]):
            raise Unreadable(
                f"The ages of “{whole.category}” add up to {sum(ages):,}, and the total is {whole.count:,}. "
                "A figure may have been cut short or changed."
            )


def _categories(known: Known, available: Sequence[str]) -> dict[str, tuple[int, ...]]:
    places = {same(words): place for place, words in enumerate(available)}
    expected = {same(each.words) for each in known.categories}
    for words in available:
        if same(words) not in expected:
            raise _unknown(known, words)

    def made_of_parts(words: str) -> tuple[int, ...]:
        if same(words) in places:
            return (places[same(words)],)
        made = [made_of_parts(each.words) for each in known.parts.get(words, ())]
        return tuple(place for each in made for place in each) if all(made) else ()

    found = {each.words: made_of_parts(each.words) for each in known.categories}
    return {words: made for words, made in found.items() if made}


def _unknown(known: Known, words: str) -> Unreadable:
    return Unreadable(
        f"“{shown(words)}” is no category of table {known.code} {known.title}. "
        f"Perhaps it is another table. We use {catalogue.WHAT_WE_USE}.",
        1,
    )
