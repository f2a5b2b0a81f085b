"""Counts in a file of one's own from which somebody could be recognised."""

from collections.abc import Callable, Iterator

from assessments.evidence.census import catalogue, plain
from assessments.evidence.census.profile import Table
from assessments.evidence.census.report import Reading
from assessments.evidence.unreadable import Unreadable

_LARGE = (
    *("E06", "E07", "E08", "E09", "E10", "E11", "E12", "E13", "E47", "E92"),
    *("W06", "W92", "S12", "S92", "N09", "N92", "K02", "K03", "K04"),
)
"""What the codes of local authorities begin with, and of areas that are made of them."""

Least = Callable[[str, bool], int]
"""The smallest count that may be shown: of a characteristic, by its slug, in an area that is small or not."""


def check(reading: Reading, least: Least) -> None:
    """Raise Unreadable for a count, or for what is left of a whole, that is more than 0 and below the least.

    Files of the Census are as they were released: their publisher has changed what was small. A file of one's own that
    repeats a table of the Census is of counts that were changed one by one, so that what is left of a whole means
    nothing.
    """
    if reading.report.layout != plain.LAYOUT:
        return
    for profile in reading.profiles:
        is_small = not profile.area_code.startswith(_LARGE)
        for table in profile.tables:
            lowest = least(table.characteristic, is_small)
            for what, number in (*_counts(table), *_rests(table)):
                if 0 < number < lowest:
                    raise Unreadable(
                        f"{what} in {profile.area_name}, {table.name}, is {number}. So few people could be recognised: "
                        f"counts under {lowest} are not kept. Add it to another category, in every row that has it."
                    )


def _counts(table: Table) -> Iterator[tuple[str, int]]:
    return ((f"“{each.category}”", each.count) for each in table.figures)


def _rests(table: Table) -> Iterator[tuple[str, int]]:
    """What anybody can work out: those of the base, or of a category, who are in none of its parts."""
    if table.code in catalogue.BY_CODE:
        return
    yield "The rest of the base that is in no category", table.unaccounted
    for each in table.figures:
        if parts := table.parts_of(each.category):
            rest = each.count - sum(part.count for part in parts)
            yield f"The rest of “{each.category}” that is in none of its parts", rest
