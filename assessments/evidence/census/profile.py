"""Who lives in an area, as plain values that nothing changes any more."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

DEEPEST = 5
"""How often a category can be part of a part. The Census needs two steps."""


@dataclass(frozen=True)
class Figure:
    """A number of people, or of households, in one category.

    `part_of` names the category of the same table that holds these people too, as “White” does those of “White:
    Irish”. It is empty for a main category. A category and its parts are never to be added up.
    """

    category: str
    count: int
    part_of: str = ""


@dataclass(frozen=True)
class Table:
    """What one table says of one area.

    `base` is the table's own total and `base_words` who that is. Totals of two tables differ, because each asks about
    other people, and because the publisher changes cells a little so that nobody can be recognised. So a share is
    always of the base of its own table. `characteristic` is a slug. `code` is empty for a table that has none.
    `is_context` marks a table that tells more about a characteristic and does not measure it.
    """

    code: str
    title: str
    characteristic: str
    base: int
    base_words: str
    date: datetime.date
    source: str
    figures: tuple[Figure, ...]
    is_approximate: bool = False
    is_in_development: bool = False
    is_context: bool = False
    note: str = ""

    @property
    def key(self) -> tuple[str, str, datetime.date]:
        """What makes it this table: an area has each once."""
        return self.characteristic, self.name, self.date

    @property
    def name(self) -> str:
        """What to call it: its code, or its title if it has none."""
        return self.code or self.title or self.characteristic

    @property
    def main(self) -> tuple[Figure, ...]:
        """The main categories: nobody is in two of them."""
        return self.parts_of("")

    @property
    def finest(self) -> tuple[Figure, ...]:
        """The categories that have no parts: nobody is in two of them."""
        divided = {each.part_of for each in self.figures}
        return tuple(each for each in self.figures if each.category not in divided)

    @property
    def unaccounted(self) -> int:
        """How many of the base are in no category."""
        return max(0, self.base - sum(each.count for each in self.main))

    @property
    def has_gap(self) -> bool:
        """Whether more of the base are in no category than rounding explains."""
        return self.unaccounted > slack([self.base, *(each.count for each in self.main)])

    def parts_of(self, category: str) -> tuple[Figure, ...]:
        """The categories that another is divided into."""
        return tuple(each for each in self.figures if each.part_of == category)

    def troubles(self) -> Iterator[str]:
        """What cannot be right in it, as sentences."""
        counts = {"": self.base} | {each.category: each.count for each in self.figures}
        if len(counts) <= len(self.figures):
            yield "A category is there twice."
        parts: dict[str, list[int]] = defaultdict(list)
        for each in self.figures:
            if each.part_of not in counts:
                yield f"“{each.category}” is part of “{each.part_of}”, which has no count."
            parts[each.part_of].append(each.count)
        above, reached = {each.category: each.part_of for each in self.figures}, {each.part_of for each in self.figures}
        for _ in range(DEEPEST):
            reached = {above.get(each, "") for each in reached}
        if reached - {""}:
            yield f"Categories are part of each other in a circle, or in more than {DEEPEST} steps."
        for whole, found in parts.items():
            if whole in counts and sum(found) > counts[whole] + slack([counts[whole], *found]):
                yield (
                    f"The parts of “{whole or self.base_words}” add up to {sum(found):,}, and it is {counts[whole]:,}. "
                    "A sub-total may stand among them as if it were a category of its own."
                )


@dataclass(frozen=True)
class Profile:
    """The tables of one area, in the order of the characteristics."""

    area_code: str
    area_name: str
    tables: tuple[Table, ...]

    def about(self, characteristic: str) -> tuple[Table, ...]:
        """Its tables about one characteristic, given by slug. Those for context come last."""
        found = [each for each in self.tables if each.characteristic == characteristic]
        return tuple(sorted(found, key=lambda each: each.is_context))


def slack(counts: Collection[int]) -> int:
    """By how much a whole and its parts may differ: half a step of rounding for each of them.

    The step is seen from the counts. Where they are not rounded it is 2: a publisher may change each by one, so that
    nobody can be recognised.
    """
    step = next((each for each in (10, 5) if not any(count % each for count in counts)), 2)
    return step * len(counts) // 2
