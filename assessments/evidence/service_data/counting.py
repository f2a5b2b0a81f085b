"""From a column's values to groups of people, and from those to what may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.duty.disclosure import TOTAL, Counts, Place, ProtectedTable, Published, Rate, Subtotal, protect
from assessments.evidence.service_data.guessing import NOT_KNOWN, NOT_SAID, Category
from assessments.evidence.service_data.tally import Column

PEOPLE = "People"
ANSWERED = "All who answered"
SHARE = "Share"
FIXED = (NOT_SAID, NOT_KNOWN)


class TooFew(ValueError):
    """There are so few people in all that nothing can be shown of them."""


@dataclass(frozen=True, repr=False)
class Groups:
    """How many people are in each group of one characteristic. True numbers: `protected` lets out what can be shown.

    `numbers` has the groups in their order, then NOT_SAID and NOT_KNOWN. `parts` says what each main group is made of.
    `withheld` are groups of which the file itself held a number back: they are in no number.
    """

    numbers: Mapping[str, int]
    parts: Mapping[str, tuple[str, ...]]
    withheld: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<Groups, not protected>"

    @property
    def total(self) -> int:
        """Everybody who was counted."""
        return sum(self.numbers.values())


def counted(column: Column, meaning: Mapping[str, str], categories: Sequence[Category]) -> Groups:
    """The people of one column by group. `meaning` gives the category of each value; KeyError where one has none.

    A group that nobody is in is there too, with 0, at the level of detail of those that have somebody.
    """
    numbers: dict[str, int] = {}
    withheld = {meaning[value] for value in column.withheld}
    for value, number in (column.values or {}).items():
        if meaning[value] not in withheld:
            numbers[meaning[value]] = numbers.get(meaning[value], 0) + number
    above = {each.name: each.part_of for each in categories}
    is_detailed = any(above.get(name) for name in numbers)
    divided = {each.part_of for each in categories if each.part_of} if is_detailed else set()
    parts: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    for each in categories:
        if each.name in withheld or (each.name not in numbers and not _is_of_level(each, is_detailed, divided)):
            continue
        row = f"{each.name} (no more is known)" if each.name in divided else each.name
        rows[row] = numbers.get(each.name, 0)
        if main := _main(each, above, divided):
            parts.setdefault(main, []).append(row)
    others = {name: number for name, number in numbers.items() if name not in above and name not in FIXED}
    rows |= others | {name: numbers.get(name, 0) for name in FIXED if name not in withheld}
    return Groups(rows, {main: tuple(found) for main, found in parts.items()}, tuple(sorted(withheld)))


def protected(groups: Groups, threshold: int) -> dict[str, Any]:
    """What may be shown and stored, as JSON: `lines` with name, main group, kind, count and share; `notes`; `withheld`.

    Raises TooFew where all people together are fewer than the threshold.
    """
    if groups.total < threshold:
        raise TooFew
    table = protect(_table(groups), threshold)
    lines = [_line(table, name, groups) for name in _order(groups)]
    return {"threshold": threshold, "lines": lines, "notes": list(table.notes), "withheld": list(groups.withheld)}


def _is_of_level(category: Category, is_detailed: bool, divided: set[str]) -> bool:
    return category.name not in divided if is_detailed else not category.part_of


def _main(category: Category, above: Mapping[str, str], divided: set[str]) -> str:
    """The main group that a category is in, where there is more than one level; itself where it is divided."""
    name = category.name
    while above.get(name):
        name = above[name]
    return name if name in divided else ""


def _table(groups: Groups) -> Counts:
    inner = {part for parts in groups.parts.values() for part in parts}
    said = [name for name in groups.numbers if name not in FIXED]
    top = [*groups.parts, *(name for name in said if name not in inner)]
    subtotals = [Subtotal(main, parts) for main, parts in groups.parts.items()]
    subtotals += [Subtotal(ANSWERED, tuple(top))] if top else []
    base = Place(ANSWERED, PEOPLE)
    everybody = Place(TOTAL, PEOPLE)
    unsaid = [name for name in FIXED if name in groups.numbers]
    rates = [Rate(name, SHARE, Place(name, PEOPLE), base) for name in (*groups.parts, *said)]
    rates += [Rate(name, SHARE, Place(name, PEOPLE), everybody) for name in unsaid]
    return Counts(
        tuple(groups.numbers),
        (PEOPLE,),
        [[number] for number in groups.numbers.values()],
        tuple(subtotals),
        tuple(rates),
        known=frozenset({everybody}),
    )


def _order(groups: Groups) -> list[str]:
    """Main groups, each before its parts; others; those who did not say; and all."""
    order: list[str] = []
    main_of = {part: main for main, parts in groups.parts.items() for part in parts}
    for name in groups.numbers:
        if name in FIXED:
            continue
        main = main_of.get(name, "")
        if main and main not in order:
            order.append(main)
        order.append(name)
    unsaid = [name for name in FIXED if name in groups.numbers]
    return [*order, *([ANSWERED] if order else []), *unsaid, TOTAL]


def _line(table: ProtectedTable, name: str, groups: Groups) -> dict[str, Any]:
    shares = {(each.row, each.name): each.figure for each in table.rates}
    share = shares.get((name, SHARE))
    main = next((main for main, parts in groups.parts.items() if name in parts), "")
    kinds = {ANSWERED: "answered", NOT_SAID: "not-said", NOT_KNOWN: "not-known", TOTAL: "total"}
    return {
        "name": name,
        "part_of": main,
        "kind": kinds.get(name, "group"),
        "count": _figure(table.at(name, PEOPLE)),
        "share": _figure(share) if share else None,
    }


def _figure(figure: Published) -> dict[str, Any]:
    return {"mark": figure.mark.value, "text": figure.text, "number": figure.number}
