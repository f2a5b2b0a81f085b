"""From true counts to a table that can be shown."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assessments.duty.disclosure.counts import Counts, Place, Rate, numbers_of
from assessments.duty.disclosure.hiding import marks_of_hidden
from assessments.duty.disclosure.published import (
    WITHHELD,
    Line,
    Mark,
    ProtectedTable,
    Published,
    PublishedRate,
    fewer_than,
)
from assessments.duty.disclosure.rules import Rules

_WITHHELD = Published(Mark.WITHHELD, WITHHELD)


def protect(table: Counts | ProtectedTable, threshold: int, rounding: int | None = None) -> ProtectedTable:
    """What of a table can be shown. A table that is protected already, under the same rules, stays as it is.

    Counts under `threshold` are hidden. `rounding` rounds what is shown to the nearest multiple, half up: each number
    by itself, so that they may not add up. Rates are worked out from the rounded numbers. Where nothing is safe, all
    is withheld but what is known anyway.

    Raises ValueError for rules that protect nothing, and for a table that was protected under others.
    """
    if isinstance(table, Counts):
        return protect_together([table], threshold, rounding)[0]
    if (table.threshold, table.rounding) != (threshold, rounding):
        raise ValueError("This table was protected under other rules. Protect the counts it was made from.")
    return table


def protect_together(
    tables: Sequence[Counts], threshold: int, rounding: int | None = None
) -> tuple[ProtectedTable, ...]:
    """What can be shown of several tables over the same people, to a reader who has them all.

    Places of the same name are one number in all of them, such as the total of everybody: give other names to what is
    not the same. Raises ValueError where such numbers differ, and as `protect` does.
    """
    rules = Rules(threshold, rounding)
    hidden = marks_of_hidden(tables, rules)
    return tuple(_protected(table, hidden, rules) for table in tables)


def _protected(table: Counts, hidden: dict[Place, Mark], rules: Rules) -> ProtectedTable:
    counts = {place: _count(place, number, hidden, rules) for place, number in numbers_of(table).items()}
    shown = {place: count for place, count in counts.items() if table.shows(place)}
    columns = tuple(column for column in table.all_columns if any(place.column == column for place in shown))
    return ProtectedTable(
        columns,
        tuple(
            Line(line, tuple(shown.get(Place(line, column)) for column in columns))
            for line in table.lines
            if any(place.row == line for place in shown)
        ),
        tuple(PublishedRate(rate.row, rate.name, _rate(rate, counts)) for rate in table.rates),
        rules.threshold,
        rules.rounding,
    )


def _count(place: Place, number: int, hidden: dict[Place, Mark], rules: Rules) -> Published:
    if place in hidden:
        is_fewer = hidden[place] is Mark.FEWER
        return Published(Mark.FEWER, fewer_than(rules.threshold)) if is_fewer else _WITHHELD
    shown = rules.rounded(number)
    return Published(Mark.ROUNDED if rules.rounding else Mark.EXACT, f"{shown:,}", shown)


def _rate(rate: Rate, counts: dict[Place, Published]) -> Published:
    """The rate as the shown numbers give it: so it tells no more than they do."""
    if any(counts[place].is_hidden for place in rate.places):
        return _WITHHELD
    people = counts[rate.numerator].number or 0
    base = counts[rate.denominator].number if isinstance(rate.denominator, Place) else rate.denominator
    if not base:
        return Published(Mark.NO_RATE, "not applicable")
    exact = Decimal(rate.per * people) / Decimal(base)
    value = exact.quantize(Decimal(1).scaleb(-rate.decimals), ROUND_HALF_UP)
    text = f"{value:,}%" if rate.per == 100 else f"{value:,} per {rate.per:,}"
    return Published(Mark.ROUNDED, text, float(value))
