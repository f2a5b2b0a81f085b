"""Small numbers under attack: over many tables, what is published gives none of them away."""

import os
import subprocess
import sys
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.duty.disclosure import (
    TOTAL,
    Counts,
    Line,
    Mark,
    Place,
    Published,
    PublishedRate,
    Rate,
    Subtotal,
    protect,
    protect_together,
)
from tests.duty.attacker import Attacker, figures

ROWS, COLUMNS = "ABCD", "xyz"
SUBTOTALS = (
    (),
    (Subtotal("A and B", ("A", "B")),),
    (Subtotal("A and B", ("A", "B")), Subtotal("A, B and C", ("A and B", "C"))),
    (Subtotal("A or B", ("A", "B")), Subtotal("B or C", ("B", "C"))),
)
numbers = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 20))


@st.composite
def tables(draw, *, prefix="", subtotals=SUBTOTALS, has_rates=True):
    """A small table of any form."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    rows, columns = tuple(prefix + row for row in ROWS[:height]), tuple(COLUMNS[:width])
    sums = draw(st.sampled_from(subtotals)) if height > 2 else ()
    lines = (*rows, *(each.name for each in sums), *((TOTAL,) if height > 1 else ()))
    return Counts(
        rows,
        columns,
        draw(st.lists(st.lists(numbers, min_size=width, max_size=width), min_size=height, max_size=height)),
        subtotals=sums,
        rates=draw(st.sampled_from(list(all_rates(lines, columns)))) if has_rates else (),
        row_totals=draw(st.booleans()),
        column_totals=draw(st.booleans()),
        grand_total=draw(st.booleans()),
    )


def all_rates(lines, columns):
    """Rates of a row's total, of a column's total, of a population; exact and coarse."""
    first = columns[0]
    yield ()
    yield tuple(Rate(line, "of all", Place(line, first), 400, per=1000) for line in lines)
    for decimals in (0, 2):
        if len(columns) > 1:
            yield tuple(
                Rate(line, "of row", Place(line, first), Place(line, TOTAL), decimals=decimals) for line in lines
            )
        if TOTAL in lines:
            base = Place(TOTAL, first)
            yield tuple(Rate(line, "of column", Place(line, first), base, decimals=decimals) for line in lines)


rules = st.tuples(st.sampled_from([3, 5, 8]), st.sampled_from([None, None, 3, 5]))
thorough = settings(max_examples=300, deadline=None)
leisurely = settings(max_examples=100, deadline=None)


def enough_for(number, threshold):
    """How many values must stay possible: more than half of what “fewer than” allows, and two for what goes with it."""
    return (threshold - 1) // 2 + 1 if 0 < number < threshold else 2


def given_away(attacker, published, places):
    """The hidden or small numbers of which the attacker knows too much."""
    limit = published[0].threshold
    hidden = {place for each in published for place, figure in figures(each).items() if figure.is_hidden}
    found = []
    for place in places:
        enough = enough_for(attacker.truth(place), limit)
        if place in hidden or 0 < attacker.truth(place) < limit:
            found += [place] if len(attacker.values(place, enough)) < enough else []
    return found


def without_protection(counts, threshold):
    """What many publish: small numbers are starred out, and all else is as it was."""
    table = protect(counts, threshold)
    truth = Attacker((counts, table)).truth

    def starred(place):
        number = truth(place)
        is_small = 0 < number < threshold
        return Published(Mark.FEWER, "*") if is_small else Published(Mark.EXACT, str(number), number)

    def rate(each):
        people = truth(each.numerator)
        base = truth(each.denominator) if isinstance(each.denominator, Place) else each.denominator
        return Published(Mark.ROUNDED, "", float(exact_rate(each, people, base)))

    return replace(
        table,
        lines=tuple(
            Line(
                line.name,
                tuple(
                    figure and starred(Place(line.name, column))
                    for column, figure in zip(table.columns, line.figures, strict=True)
                ),
            )
            for line in table.lines
        ),
        rates=tuple(PublishedRate(each.row, each.name, rate(each)) for each in counts.rates),
    )


def exact_rate(rate, people, base):
    return (Decimal(rate.per * people) / base).quantize(Decimal(1).scaleb(-rate.decimals), ROUND_HALF_UP)


def one_column(*cells, **more):
    return Counts(tuple(ROWS[: len(cells)]), ("x",), [[cell] for cell in cells], **more)


# The attacker can win


@pytest.mark.parametrize(
    "counts",
    [
        one_column(3, 97, 12),
        one_column(1, 1, 98),
        Counts(("A", "B"), ("x", "y"), [[3, 20], [10, 20]]),
        Counts(("A", "B", "C"), ("x", "y"), [[3, 20], [2, 20], [9, 9]], column_totals=False),
        one_column(3, 97, 12, column_totals=False, subtotals=(Subtotal("A and B", ("A", "B")),)),
        one_column(3, 97, column_totals=False, known=frozenset({Place(TOTAL, "x")})),
        one_column(3, 97, column_totals=False, rates=(Rate("A", "of all", Place("A", "x"), 60),)),
        Counts(
            ("A",), ("x", "y"), [[3, 57]], row_totals=False, rates=(Rate("A", "r", Place("A", "y"), Place("A", TOTAL)),)
        ),
    ],
    ids=["total", "pair", "grid", "row", "sub-total", "known total", "rate of a population", "rate of what is left"],
)
def test_an_attacker_works_out_small_numbers_that_are_only_starred_out(counts):
    starred = without_protection(counts, 5)
    attacker = Attacker((counts, starred))
    assert figures(starred)[Place("A", "x")].is_hidden
    assert attacker.is_sure_of(Place("A", "x"))
    protected = protect(counts, 5)
    assert not Attacker((counts, protected)).is_sure_of(Place("A", "x"))


def test_an_attacker_works_out_zeros_that_are_hidden_alone():
    """Three people in three of five columns: the two zeros beside them are hidden as well, each with a partner."""
    counts = Counts(("A", "B", "C"), tuple("uvwxy"), [[1, 1, 1, 0, 0], [10, 22, 33, 14, 25], [30, 40, 50, 60, 70]])
    protected = protect(counts, 5)
    zeros = Place("A", "x"), Place("A", "y")
    assert all(protected.at(zero.row, zero.column).is_hidden for zero in zeros)
    assert not any(Attacker((counts, protected)).is_sure_of(zero) for zero in zeros)
    assert Attacker((counts, protected), also=[Place("B", "x")]).is_sure_of(zeros[0])


def test_an_attacker_puts_two_tables_together_that_are_each_safe_alone():
    one = one_column(3, 12, 40, column_totals=False)
    other = Counts(("A or B", "C"), ("x",), [[15], [40]])
    alone = protect(one, 5), protect(other, 5)
    assert not Attacker((one, alone[0])).is_sure_of(Place("A", "x"))
    one = replace(one, cells=[[3], [12], [40]], subtotals=(Subtotal("A or B", ("A", "B")),))
    assert Attacker((one, without_protection(one, 5)), (other, alone[1])).is_sure_of(Place("A", "x"))
    both = protect_together([one, other], 5)
    assert not Attacker((one, both[0]), (other, both[1])).is_sure_of(Place("A", "x"))


def test_an_attacker_who_is_told_one_number_more_works_out_the_rest():
    counts = Counts(("A", "B"), ("x", "y"), [[3, 20], [10, 20]])
    protected = protect(counts, 5)
    assert not Attacker((counts, protected)).is_sure_of(Place("A", "x"))
    assert Attacker((counts, protected), also=[Place("B", "y")]).is_sure_of(Place("A", "x"))


# And does not


@thorough
@given(tables(), rules)
def test_no_small_number_can_be_worked_out_from_a_table(counts, rules):
    published = protect(counts, *rules)
    attacker = Attacker((counts, published))
    assert given_away(attacker, [published], attacker.places) == []


@settings(max_examples=60, deadline=None)
@given(st.data(), rules)
def test_no_small_number_can_be_worked_out_from_several_tables_over_the_same_people(data, rules):
    """The same people by two or three characteristics, in up to two columns."""
    columns = tuple(COLUMNS[: data.draw(st.integers(1, 2))])
    people = data.draw(
        st.lists(st.tuples(*[st.integers(0, 2)] * 3, st.sampled_from(columns)), min_size=2, max_size=25), label="people"
    )
    counts = []
    for which in range(data.draw(st.integers(2, 3))):
        groups = tuple(f"{which}{group}" for group in range(3))
        cells = [
            [sum(f"{which}{each[which]}" == group and each[3] == column for each in people) for column in columns]
            for group in groups
        ]
        counts.append(Counts(groups, columns, cells, row_totals=data.draw(st.booleans())))
    published = protect_together(counts, *rules)
    attacker = Attacker(*zip(counts, published, strict=True))
    assert given_away(attacker, published, attacker.places) == []


@leisurely
@given(tables(subtotals=((),)), rules)
def test_nobody_can_say_of_a_few_people_that_they_are_all_in_one_group(counts, rules):
    attacker = Attacker((counts, protect(counts, *rules)))
    lines = [[Place(row, column) for column in counts.columns] for row in counts.rows]
    for places in (*lines, *zip(*lines, strict=True)):
        if len(places) > 1 and 0 < sum(attacker.truth(place) for place in places) < rules[0]:
            assert sum(any(attacker.values(place, 2)) for place in places) > 1


@leisurely
@given(tables(has_rates=False), rules, st.data())
def test_what_everybody_knows_already_gives_nothing_away(counts, rules, data):
    """Nor where it is so much that nothing can be shown."""
    places = sorted(Place(row, column) for row in counts.lines for column in counts.all_columns)
    truth = Attacker((counts, protect(counts, *rules))).truth
    large = [place for place in places if truth(place) >= rules[0]]
    if large:
        cells = [[truth(Place(row, column)) for column in counts.columns] for row in counts.rows]
        known = data.draw(st.frozensets(st.sampled_from(large), max_size=3), label="known")
        counts = replace(counts, cells=cells, known=known)
    published = protect(counts, *rules)
    attacker = Attacker((counts, published))
    assert attacker.is_told_nothing or set(given_away(attacker, [published], attacker.places)) <= counts.known


# What is shown


@given(tables(), rules)
def test_nothing_that_is_shown_is_wrong(counts, rules):
    threshold, rounding = rules
    published = protect(counts, threshold, rounding)
    truth = Attacker((counts, published)).truth
    for place, figure in figures(published).items():
        if figure.number is not None:
            assert abs(figure.number - truth(place)) <= (rounding or 0) // 2
            assert truth(place) == 0 or (truth(place) >= threshold and figure.number > 0)
            assert str(figure) == f"{figure.number:,}"
    for rate, shown in zip(counts.rates, published.rates, strict=True):
        if shown.figure.number is not None and rounding is None:
            base = truth(rate.denominator) if isinstance(rate.denominator, Place) else rate.denominator
            assert shown.figure.number == float(exact_rate(rate, truth(rate.numerator), base))


@given(tables(), rules)
def test_each_small_number_is_hidden_and_a_table_without_any_is_whole(counts, rules):
    published = protect(counts, *rules)
    attacker = Attacker((counts, published))
    places = [Place(row, column) for row in counts.lines for column in counts.all_columns]
    small = {place for place in places if 0 < attacker.truth(place) < rules[0]}
    hidden = {place for place, figure in figures(published).items() if figure.is_hidden}
    assert small & figures(published).keys() <= hidden
    assert small or not hidden


@thorough
@given(tables(subtotals=((),), has_rates=False), st.sampled_from([3, 5]))
def test_no_number_is_hidden_without_need(counts, threshold):
    """Whoever learned it besides would know too much."""
    published = protect(counts, threshold)
    attacker = Attacker((counts, published))
    for place, figure in figures(published).items():
        if figure.mark is Mark.WITHHELD and attacker.truth(place) >= threshold:
            informed = Attacker((counts, published), also=[place])
            others = [each for each in informed.places if each != place]
            assert given_away(informed, [published], others) != [], place


@given(tables(), rules, st.data())
def test_the_order_of_rows_and_columns_does_not_matter(counts, rules, data):
    cells = dict(zip(counts.rows, counts._cells, strict=True))
    rows = data.draw(st.sampled_from(list(permutations(counts.rows))), label="rows")
    columns = data.draw(st.sampled_from(list(permutations(counts.columns))), label="columns")
    order = [counts.columns.index(column) for column in columns]
    moved = replace(counts, rows=rows, columns=columns, cells=[[cells[row][place] for place in order] for row in rows])
    assert figures(protect(moved, *rules)) == figures(protect(counts, *rules))
    assert protect(moved, *rules).rates == protect(counts, *rules).rates


@given(tables(), rules)
def test_protecting_twice_gives_the_same(counts, rules):
    published = protect(counts, *rules)
    assert protect(counts, *rules) == published
    assert protect(published, *rules) is published


def test_what_is_hidden_does_not_change_from_one_run_to_the_next():
    """Python orders sets of text differently each time it starts."""
    code = (
        "from assessments.duty.disclosure import Counts, protect;"
        "rows = tuple('ABCDEF');"
        "cells = [[3, 9, 9, 0], [9, 9, 9, 9], [1, 1, 1, 0], [9, 9, 2, 9], [0, 9, 0, 9], [9, 9, 9, 9]];"
        "print(protect(Counts(rows, tuple('wxyz'), cells), 5))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(runs) == 1
