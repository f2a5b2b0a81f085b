"""From groups of people to what may be shown of them: how many there are, and to how many of them it happened.

Every characteristic of a file is about the same people. So the total of people, and the total of those to whom it
happened, stand in every table of it, and are known to whoever reads one. Each table is protected by itself with these
totals as known. docs/decisions/0024-small-numbers.md says when that is enough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from assessments.duty.disclosure import TOTAL, Counts, Place, ProtectedTable, Published, Rate, Subtotal, protect
from assessments.evidence.service_data.counting import FIXED, Groups
from assessments.evidence.service_data.guessing import NOT_KNOWN, NOT_SAID

PEOPLE = "People"
HAPPENED = "It happened"
DID_NOT = "It did not happen"
ANSWERED = "All who answered"
SHARE = "Share"
MOST_GROUPS = 60
"""Of a characteristic, where the file says what happened. Twice as many take three times as long."""
RATE = "Rate"


class TooFew(ValueError):
    """So few people, or so few groups, are there that nothing can be shown of them."""


class Happened(NamedTuple):
    """What happened, in words, and in how many rows the file says nothing of it."""

    words: str
    unsaid: int = 0


def protect_all(
    groups: Mapping[str, Groups],
    thresholds: Mapping[str, int],
    happened: Happened | None = None,
    rounding: int | None = None,
) -> dict[str, dict[str, Any]]:
    """What may be shown and stored of a file, as JSON, by characteristic: see `protected`.

    `rounding` is the multiple to which numbers are rounded, if any. What happened is left out where it could give
    somebody away, and a note says so. Raises TooFew.
    """
    if happened is None:
        return {slug: protected(each, thresholds[slug], rounding) for slug, each in groups.items()}
    highest = max(thresholds.values())
    notes = [_unsaid(happened.unsaid, next(iter(groups.values())), highest)] if happened.unsaid else []
    found: dict[str, dict[str, Any]] = {}
    shown: list[_Totals] = []
    for slug, each in groups.items():
        totals = _totals(each)
        why_not = _why_not(totals, shown, highest)
        rates = None if why_not else protected(each, thresholds[slug], rounding)
        if rates and _has_rates(rates):
            shown.append(totals)
            found[slug] = _noted(rates, notes)
        else:
            people = protected(replace(each, happened=None), thresholds[slug], rounding)
            found[slug] = _noted(people, [f"What happened: {happened.words}. {why_not or _ALL_HIDDEN}"])
    return found


def protected(groups: Groups, threshold: int, rounding: int | None = None) -> dict[str, Any]:
    """What may be shown and stored, as JSON: `threshold`, `lines`, `notes` and `withheld`.

    A line has a name, its main group, its kind, its count and share, and where there is an outcome to how many it
    happened, and the rate.

    Raises TooFew where all people together are fewer than the threshold, or the file held back all groups but one.
    """
    if groups.total < threshold or len(groups.numbers) < 2:
        raise TooFew
    table = protect(_table(groups), threshold, rounding)
    lines = [_line(table, name, groups) for name in _order(groups)]
    return {"threshold": threshold, "lines": lines, "notes": list(table.notes), "withheld": list(groups.withheld)}


class _Totals(NamedTuple):
    """All people of a table, and to how many of them it happened."""

    people: int
    happened: int

    def less(self, other: "_Totals") -> "_Totals":
        return _Totals(self.people - other.people, self.happened - other.happened)

    def is_small(self, threshold: int) -> bool:
        """Whether somebody could be recognised by one of the numbers, or by their difference."""
        return any(0 < abs(each) < threshold for each in (*self, self.people - self.happened))


_NOBODY = "It happened to nobody, so there are no rates to compare."
_EVERYBODY = "It happened to everybody, so there are no rates to compare."
_FEW = (
    "It happened to so few people, or to so nearly all of them, that rates could give somebody away. So only the "
    "numbers of people are kept."
)
_ALL_HIDDEN = "The groups are so small that all rates would have to be hidden. So only the numbers of people are kept."
_OTHER_PEOPLE = (
    "Another part of the file is about people who are not quite the same. Together the rates could give a few people "
    "away, so there are none here."
)


def _totals(groups: Groups) -> _Totals:
    return _Totals(groups.total, sum((groups.happened or {}).values()))


def _why_not(totals: _Totals, shown: list[_Totals], threshold: int) -> str:
    """Why what happened cannot be shown beside what is shown already; empty where it can."""
    if totals.happened == 0:
        return _NOBODY
    if totals.happened == totals.people:
        return _EVERYBODY
    if totals.is_small(threshold):
        return _FEW
    return _OTHER_PEOPLE if any(totals.less(each).is_small(threshold) for each in shown) else ""


def _unsaid(rows: int, groups: Groups, threshold: int) -> str:
    """In how many rows the file does not say what happened: a number only where it gives nobody away.

    Only records have such rows, and in records every characteristic is about the same people.
    """
    totals = _totals(groups)
    said_otherwise = totals.people - totals.happened - rows
    is_small = 0 < rows < threshold or 0 < said_otherwise < threshold
    where = "In some rows" if is_small else f"In {rows:,} rows"
    return f"{where} the file does not say what happened. They count as people to whom it did not happen."


def _noted(published: dict[str, Any], notes: Sequence[str]) -> dict[str, Any]:
    return published | {"notes": [*published["notes"], *notes]}


def _has_rates(published: Mapping[str, Any]) -> bool:
    """Whether the rate of any group is shown."""
    return any(line["kind"] == "group" and line["rate"]["number"] is not None for line in published["lines"])


def _table(groups: Groups) -> Counts:
    """The groups as a table to be protected: one column of people, or two that add up to them."""
    happened = groups.happened
    people = PEOPLE if happened is None else TOTAL
    inner = {part for parts in groups.parts.values() for part in parts}
    said = [name for name in groups.numbers if name not in FIXED]
    top = [*groups.parts, *(name for name in said if name not in inner)]
    subtotals = [Subtotal(main, parts) for main, parts in groups.parts.items()]
    subtotals += [Subtotal(ANSWERED, tuple(top))] if top else []
    base = Place(ANSWERED, people)
    everybody = Place(TOTAL, people)
    unsaid = [name for name in FIXED if name in groups.numbers]
    shares = [Rate(name, SHARE, Place(name, people), base) for name in (*groups.parts, *said)]
    shares += [Rate(name, SHARE, Place(name, people), everybody) for name in unsaid]
    if happened is None:
        columns: tuple[str, ...] = (PEOPLE,)
        cells = [[number] for number in groups.numbers.values()]
        rates = []
    else:
        columns = HAPPENED, DID_NOT
        cells = [[happened[name], number - happened[name]] for name, number in groups.numbers.items()]
        rates = [Rate(name, RATE, Place(name, HAPPENED), Place(name, people)) for name in _order(groups)]
    known = frozenset(Place(TOTAL, column) for column in (*columns, people))
    return Counts(tuple(groups.numbers), columns, cells, tuple(subtotals), (*shares, *rates), known=known)


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
    rates = {(each.row, each.name): each.figure for each in table.rates}
    has_outcome = groups.happened is not None
    main = next((main for main, parts in groups.parts.items() if name in parts), "")
    kinds = {ANSWERED: "answered", NOT_SAID: "not-said", NOT_KNOWN: "not-known", TOTAL: "total"}
    return {
        "name": name,
        "part_of": main,
        "kind": kinds.get(name, "group"),
        "count": _figure(table.at(name, TOTAL if has_outcome else PEOPLE)),
        "share": _figure(rates.get((name, SHARE))),
        "happened": _figure(table.at(name, HAPPENED)) if has_outcome else None,
        "rate": _figure(rates.get((name, RATE))),
    }


def _figure(figure: Published | None) -> dict[str, Any] | None:
    return {"mark": figure.mark.value, "text": figure.text, "number": figure.number} if figure else None
