"""From a column's values to groups of people."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.evidence.service_data.guessing import NOT_KNOWN, NOT_SAID, Category
from assessments.evidence.service_data.tally import Column

FIXED = (NOT_SAID, NOT_KNOWN)


@dataclass(frozen=True, repr=False)
class Groups:
    """How many people are in each group of one characteristic. True numbers: `protected` lets out what can be shown.

    `numbers` has the groups in their order, then NOT_SAID and NOT_KNOWN. `parts` says what each main group is made of.
    `withheld` are groups of which the file itself held a number back: they are in no number. `happened` says to how
    many of each group it happened; None where nobody asked.
    """

    numbers: Mapping[str, int]
    parts: Mapping[str, tuple[str, ...]]
    withheld: tuple[str, ...] = ()
    happened: Mapping[str, int] | None = None

    def __repr__(self) -> str:
        return "<Groups, not protected>"

    @property
    def total(self) -> int:
        """Everybody who was counted."""
        return sum(self.numbers.values())


def counted(
    column: Column,
    meaning: Mapping[str, str],
    categories: Sequence[Category],
    happened: Mapping[str, int] | None = None,
) -> Groups:
    """The people of one column by group. `meaning` gives the category of each value; KeyError where one has none.

    `happened` says to how many people of each value it happened. A group that nobody is in is there too, with 0: as one
    of the parts of a main group where another of them has somebody, and else as a whole.
    """
    withheld = {meaning[value] for value in column.withheld}
    numbers = _summed(column.values or {}, meaning, withheld)
    above = {each.name: each.part_of for each in categories}
    divided = {whole for name in numbers for whole in _wholes(name, above)}
    parts: dict[str, list[str]] = {}
    rows: dict[str, str] = {}
    for each in categories:
        if each.name in withheld or (each.name not in numbers and not _is_shown(each, divided)):
            continue
        row = f"{each.name} (no more is known)" if each.name in divided else each.name
        rows[row] = each.name
        if main := _main(each, above, divided):
            parts.setdefault(main, []).append(row)
    others = [name for name in numbers if name not in above and name not in FIXED]
    rows |= {name: name for name in (*others, *FIXED) if name not in withheld}
    known = _summed(happened or {}, meaning, withheld)
    return Groups(
        {row: numbers.get(name, 0) for row, name in rows.items()},
        {main: tuple(found) for main, found in parts.items()},
        tuple(sorted(withheld)),
        None if happened is None else {row: known.get(name, 0) for row, name in rows.items()},
    )


def _summed(values: Mapping[str, int], meaning: Mapping[str, str], withheld: Collection[str]) -> dict[str, int]:
    """Numbers of values as numbers of categories, without the withheld ones."""
    numbers: dict[str, int] = {}
    for value, number in values.items():
        if meaning[value] not in withheld:
            numbers[meaning[value]] = numbers.get(meaning[value], 0) + number
    return numbers


def _wholes(name: str, above: Mapping[str, str]) -> Iterator[str]:
    """The categories that a category is a part of, from the next to the main one."""
    while name := above.get(name, ""):
        yield name


def _is_shown(category: Category, divided: Collection[str]) -> bool:
    """Whether a category that nobody is in has a row: not where it is divided, nor where its whole is not."""
    return category.name not in divided and (not category.part_of or category.part_of in divided)


def _main(category: Category, above: Mapping[str, str], divided: Collection[str]) -> str:
    """The main group that a category is in, where there is more than one level; itself where it is divided."""
    main = (category.name, *_wholes(category.name, above))[-1]
    return main if main in divided else ""
