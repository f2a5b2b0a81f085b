"""Small numbers, worked out by hand."""

import json
from dataclasses import FrozenInstanceError

import pytest

from assessments.duty import act
from assessments.duty.disclosure import (
    LOWEST_THRESHOLD,
    TOTAL,
    Counts,
    Mark,
    Place,
    Rate,
    Subtotal,
    protect,
    protect_together,
    threshold_for,
)
from assessments.duty.due_regard import Limits

FEWER, HIDDEN = "fewer than 5", "withheld"


def column(*numbers, **more):
    """One number for each of the groups A, B, C and so on."""
    return Counts(tuple("ABCDEFGH"[: len(numbers)]), ("people",), [[number] for number in numbers], **more)


def grid(*rows, **more):
    """Rows A, B, C and so on, with columns x, y, z."""
    return Counts(tuple("ABCDEFGH"[: len(rows)]), tuple("xyz"[: len(rows[0])]), rows, **more)


def shown(table):
    """What a reader sees, row by row."""
    return [[figure and str(figure) for figure in line.figures] for line in table.lines]


def in_one_column(table):
    return [row[0] for row in shown(table)]


# Totals


def test_a_table_without_small_numbers_is_shown_whole():
    table = protect(grid([5, 20], [1000, 6]), 5)
    assert table.columns == ("x", "y", TOTAL)
    assert [line.name for line in table.lines] == ["A", "B", TOTAL]
    assert shown(table) == [["5", "20", "25"], ["1,000", "6", "1,006"], ["1,005", "26", "1,031"]]
    assert table.at("B", "x").number == 1000
    assert table.notes == ()


def test_a_small_number_takes_the_next_smallest_with_it_where_a_total_would_give_it_away():
    assert in_one_column(protect(column(3, 97, 12), 5)) == [FEWER, "97", HIDDEN, "112"]


def test_a_small_number_stands_alone_where_no_total_is_shown():
    assert in_one_column(protect(column(3, 97, 12, column_totals=False), 5)) == [FEWER, "97", "12"]


def test_the_threshold_itself_is_shown():
    assert in_one_column(protect(column(5, 97, 12), 5)) == ["5", "97", "12", "114"]
    assert in_one_column(protect(column(9, 97, 12), 10)) == ["fewer than 10", "97", HIDDEN, "118"]


def test_two_small_numbers_hide_each_other_only_if_their_sum_leaves_enough_open():
    assert in_one_column(protect(column(2, 3, 95), 5)) == [FEWER, FEWER, "95", "100"]
    assert in_one_column(protect(column(1, 1, 98), 5)) == [FEWER, FEWER, HIDDEN, "100"]
    assert in_one_column(protect(column(4, 4, 92), 5)) == [FEWER, FEWER, HIDDEN, "100"]


def test_a_higher_threshold_asks_for_more_to_stay_open():
    """Two numbers that add up to 4 can be 1, 2 or 3: more than half of what is under 5, not of what is under 10."""
    assert in_one_column(protect(column(2, 2, 96), 5)) == [FEWER, FEWER, "96", "100"]
    assert in_one_column(protect(column(2, 2, 96), 10))[2] == HIDDEN


def test_with_totals_both_ways_a_small_number_takes_three_others_with_it():
    assert shown(protect(grid([3, 20, 30], [10, 20, 11], [40, 50, 60]), 5)) == [
        [FEWER, HIDDEN, "30", "53"],
        [HIDDEN, HIDDEN, "11", "41"],
        ["40", "50", "60", "150"],
        ["53", "90", "101", "244"],
    ]


def test_small_numbers_that_already_hide_each_other_take_nothing_with_them():
    assert shown(protect(grid([3, 2, 30], [2, 3, 11], [40, 50, 60]), 5)) == [
        [FEWER, FEWER, "30", "35"],
        [FEWER, FEWER, "11", "16"],
        ["40", "50", "60", "150"],
        ["45", "55", "101", "201"],
    ]


def test_totals_that_are_not_shown_are_not_there():
    table = protect(grid([30, 20], [10, 20], row_totals=False, grand_total=False), 5)
    assert (table.columns, shown(table)) == (("x", "y"), [["30", "20"], ["10", "20"], ["40", "40"]])
    with pytest.raises(KeyError):
        table.at("A", TOTAL)
    table = protect(grid([30, 20], [10, 20], row_totals=False, column_totals=False), 5)
    assert shown(table) == [["30", "20", None], ["10", "20", None], [None, None, "80"]]
    with pytest.raises(KeyError):
        table.at(TOTAL, "x")


def test_a_single_row_has_a_row_total_alone():
    table = protect(grid([3, 20, 30]), 5)
    assert (table.columns, shown(table)) == (("x", "y", "z", TOTAL), [[FEWER, HIDDEN, "30", "53"]])
    assert shown(protect(grid([3, 20, 30], row_totals=False), 5)) == [[FEWER, "20", "30"]]


def test_a_single_number_has_no_total():
    assert shown(protect(grid([3]), 5)) == [[FEWER]]
    assert shown(protect(grid([0]), 5)) == [["0"]]


def test_a_table_of_small_numbers_shows_nothing_but_that_they_are_small():
    assert shown(protect(grid([1, 2], [3, 1]), 5)) == [
        [FEWER, FEWER, FEWER],
        [FEWER, FEWER, FEWER],
        [FEWER, FEWER, HIDDEN],
    ]


def test_an_empty_table_stays_empty():
    assert shown(protect(Counts((), ("x",), []), 5)) == []


# Sub-totals


def test_a_subtotal_that_gives_a_number_away_is_hidden_or_takes_another_with_it():
    table = protect(column(3, 12, 70, 80, subtotals=(Subtotal("A and B", ("A", "B")),)), 5)
    assert in_one_column(table) == [FEWER, HIDDEN, "70", "80", "15", "165"]


def test_a_small_subtotal_is_hidden_like_a_small_number():
    table = protect(column(1, 2, 70, 80, subtotals=(Subtotal("A and B", ("A", "B")),)), 5)
    assert in_one_column(table) == [FEWER, FEWER, HIDDEN, "80", FEWER, "153"]


def test_nested_subtotals_are_seen_through():
    """A and B come to 3, which is hidden too. With C shown, 33 would tell it."""
    inner = Subtotal("A and B", ("A", "B"))
    outer = Subtotal("A, B and C", ("A and B", "C"))
    table = protect(column(2, 1, 30, 40, subtotals=(inner, outer)), 5)
    assert in_one_column(table) == [FEWER, FEWER, HIDDEN, "40", FEWER, "33", "73"]


def test_subtotals_may_overlap():
    """B is what both have in common: 12 and 27 people less 36 in all. So one of the three goes, and A with it."""
    both = (Subtotal("A or B", ("A", "B")), Subtotal("B or C", ("B", "C")))
    assert in_one_column(protect(column(9, 3, 24, subtotals=both), 5)) == [HIDDEN, FEWER, "24", "12", HIDDEN, "36"]


# Rates


def refusals(*rows, **more):
    rates = tuple(Rate(row, "refused", Place(row, "x"), Place(row, TOTAL)) for row in "ABCDEFGH"[: len(rows)])
    return grid(*rows, rates=rates, **more)


def test_a_rate_is_worked_out_from_the_numbers():
    table = protect(refusals([20, 40], [10, 70], [7, 33]), 5)
    assert [str(rate.figure) for rate in table.rates] == ["33.3%", "12.5%", "17.5%"]
    assert table.rate("B", "refused").number == 12.5


def test_a_rate_goes_with_its_number_and_so_does_the_rate_of_what_was_hidden_with_it():
    table = protect(refusals([3, 57], [20, 80], [30, 50]), 5)
    assert shown(table)[:3] == [[FEWER, HIDDEN, "60"], ["20", "80", "100"], [HIDDEN, HIDDEN, "80"]]
    assert [str(rate.figure) for rate in table.rates] == [HIDDEN, "20.0%", HIDDEN]


def test_a_rate_goes_where_few_are_in_all():
    table = protect(refusals([1, 2], [20, 80], [30, 50], column_totals=False, grand_total=False), 5)
    assert str(table.rate("A", "refused")) == HIDDEN
    assert str(table.rate("B", "refused")) == "20.0%"


def test_a_share_goes_where_the_total_is_hidden():
    rates = tuple(Rate(row, "share", Place(row, "people"), Place(TOTAL, "people")) for row in "AB")
    table = protect(column(3, 0, rates=rates), 5)
    assert [str(rate.figure) for rate in table.rates] == [HIDDEN, HIDDEN]
    table = protect(column(9, 2, rates=rates, known=frozenset({Place("A", "people")})), 5)
    assert (in_one_column(table), str(table.rate("A", "share"))) == (["9", FEWER, HIDDEN], HIDDEN)


def test_a_rate_counts_as_showing_the_total_that_it_rests_on():
    """60 people are not shown, but 57 of them are 95%, so 3 were refused."""
    rate = Rate("A", "offered", Place("A", "y"), Place("A", TOTAL))
    table = protect(grid([3, 57], rates=(rate,), row_totals=False), 5)
    assert (shown(table), str(table.rate("A", "offered"))) == ([[FEWER, HIDDEN]], HIDDEN)
    assert shown(protect(grid([3, 57], row_totals=False), 5)) == [[FEWER, "57"]]


def test_a_rate_of_a_population_goes_with_its_number():
    populations = {"A": 800, "B": 3000}
    rates = tuple(Rate(row, "users", Place(row, "people"), number, per=1000) for row, number in populations.items())
    table = protect(column(4, 96, column_totals=False, rates=rates), 5)
    assert [str(rate.figure) for rate in table.rates] == [HIDDEN, "32.0 per 1,000"]


def test_the_number_hidden_is_the_one_that_takes_fewest_rates_with_it():
    rates = (Rate("B", "share", Place("B", "people"), 1000),)
    assert in_one_column(protect(column(3, 12, 14, rates=rates), 5)) == [FEWER, "12", HIDDEN, "29"]


def test_halves_are_rounded_up_and_decimals_are_kept():
    a = Place("A", "people")
    table = protect(column(6, 60, rates=(Rate("A", "a", a, 800, decimals=1), Rate("A", "b", a, 100, decimals=2))), 5)
    assert [str(rate.figure) for rate in table.rates] == ["0.8%", "6.00%"]


def test_there_is_no_rate_of_nobody():
    table = protect(refusals([0, 0], [20, 80]), 5)
    figure = table.rate("A", "refused")
    assert (str(figure), figure.mark, figure.number, figure.is_hidden) == ("not applicable", Mark.NO_RATE, None, False)


# Zeros


def test_zeros_are_shown():
    assert in_one_column(protect(column(0, 3, 97, 12), 5)) == ["0", FEWER, "97", HIDDEN, "112"]
    assert shown(protect(grid([0, 0], [0, 0]), 5)) == [["0", "0", "0"]] * 3
    assert shown(protect(grid([0, 12], [30, 20]), 5))[0] == ["0", "12", "12"]


def test_a_zero_is_hidden_with_the_only_people_of_a_small_sum_as_it_tells_where_they_are():
    """All of the few people in column x are in row A. Who is known to be one of them would be known to be in A."""
    table = protect(grid([3, 20, 30], [0, 20, 11], [0, 50, 60]), 5)
    assert [row[0] for row in shown(table)] == [HIDDEN, HIDDEN, "0", FEWER]
    assert [row[3] for row in shown(table)] == ["53", "31", "110", "194"]
    assert in_one_column(protect(column(3, 0, 0), 5)) == [HIDDEN, HIDDEN, "0", FEWER]


def test_zeros_stay_where_a_small_sum_falls_on_several():
    assert in_one_column(protect(column(2, 1, 0, 0), 5)) == [FEWER, FEWER, "0", "0", FEWER]


def test_where_few_people_are_spread_thin_everything_of_their_line_goes():
    """Three people in three columns, each at least 1, would be 1 and 1 and 1."""
    rows = [1, 1, 1], [10, 22, 33], [30, 40, 50]
    assert shown(protect(grid(*rows), 5))[0] == [HIDDEN, HIDDEN, HIDDEN, FEWER]
    assert "30" in shown(protect(grid(*rows), 5))[2]


def test_a_large_group_with_one_outcome_is_shown():
    """It is what an equality assessment is for."""
    assert shown(protect(grid([0, 30], [12, 18]), 5))[:2] == [["0", "30", "30"], ["12", "18", "30"]]


# Rounding


def test_numbers_are_rounded_to_the_nearest_5_each_by_itself():
    table = protect(column(7, 8, 12, 13), 5, 5)
    assert in_one_column(table) == ["5", "10", "10", "15", "40"]
    assert table.at("A", "people").mark is Mark.ROUNDED
    assert in_one_column(protect(column(8, 8, 8), 5, 5)) == ["10", "10", "10", "25"]


def test_rounding_can_save_what_would_be_hidden_with_a_small_number():
    assert in_one_column(protect(column(3, 97, 12), 5, 5)) == [FEWER, "95", "10", "110"]


def test_what_rounding_does_not_blur_enough_is_hidden_all_the_same():
    """Rounded to 5, a total of 5 and 5 people shown are 5 to 7 each: that leaves 1 and 2."""
    assert in_one_column(protect(column(5, 1), 5, 5)) == ["5", FEWER, HIDDEN]
    assert in_one_column(protect(column(5, 1), 5, 10)) == ["10", FEWER, "10"]


def test_halves_are_rounded_up():
    assert in_one_column(protect(column(15, 24, 25), 5, 10)) == ["20", "20", "30", "60"]


def test_zeros_stay_zeros_and_nobody_becomes_one():
    assert in_one_column(protect(column(0, 5, 100), 5, 10)) == ["0", "10", "100", "110"]
    with pytest.raises(ValueError, match="2 to 10"):
        protect(column(0, 5, 100), 5, 11)


def test_rates_are_worked_out_from_the_rounded_numbers():
    table = protect(refusals([22, 41], [10, 70]), 5, 5)
    assert (str(table.at("A", "x")), str(table.at("A", TOTAL))) == ("20", "65")
    assert str(table.rate("A", "refused")) == "30.8%"


# Other tables over the same people


def test_a_total_hidden_in_one_table_is_hidden_in_the_other():
    one = column(30, 3, 40)
    other = Counts(("young", "old"), ("people",), [[33], [40]])
    both = protect_together([one, other], 5)
    assert [in_one_column(each) for each in both] == [[HIDDEN, FEWER, "40", "73"], ["33", "40", "73"]]


def test_a_number_that_two_tables_share_is_hidden_in_both_or_in_neither():
    """A alone would be hidden beside B. The other table has A and what is not A."""
    one = column(3, 30, 40)
    other = Counts(("A", "not A"), ("people",), [[3], [70]])
    fine, coarse = protect_together([one, other], 5)
    assert in_one_column(fine) == [FEWER, HIDDEN, "40", "73"]
    assert in_one_column(coarse) == [FEWER, HIDDEN, "73"]


def test_two_names_for_one_number_are_refused_when_they_differ():
    with pytest.raises(ValueError, match="“Total, people” is not the same number"):
        protect_together([column(3, 30), column(3, 30, 40)], 5)


def test_a_number_that_everybody_knows_is_not_hidden_for_another():
    known = frozenset({Place("C", "people"), Place(TOTAL, "people")})
    assert in_one_column(protect(column(3, 97, 12, known=known), 5)) == [FEWER, HIDDEN, "12", "112"]


def test_a_total_known_from_elsewhere_counts_though_it_is_not_shown():
    known = frozenset({Place(TOTAL, "people")})
    assert in_one_column(protect(column(3, 97, column_totals=False, known=known), 5)) == [FEWER, HIDDEN]


def test_where_nothing_is_safe_all_is_withheld_but_what_is_known_anyway():
    """Not even that a number is small is said: of 7 people, “fewer than 5” and 5 or more would leave 1 and 2."""
    known = frozenset({Place(TOTAL, "people")})
    share = (Rate("C", "share", Place("C", "people"), Place(TOTAL, "people")),)
    table = protect(column(1, 6, 0, known=known, rates=share), 5)
    assert in_one_column(table) == [HIDDEN, HIDDEN, HIDDEN, "7"]
    assert str(table.rate("C", "share")) == HIDDEN


def test_a_number_known_from_elsewhere_is_not_repeated_where_it_is_small():
    table = protect(column(3, 97, column_totals=False, known=frozenset({Place("A", "people")})), 5)
    assert in_one_column(table) == [FEWER, "97"]
    known = frozenset({Place("C", "people"), Place(TOTAL, "people")})
    assert in_one_column(protect(column(1, 6, 2, known=known), 5)) == [HIDDEN, HIDDEN, FEWER, "9"]


# One door


def test_counts_cannot_be_shown():
    counts = column(3, 97)
    for show in (str, "{}".format, "%s".__mod__, json.dumps, list, print):
        with pytest.raises(TypeError):
            show(counts)
    assert repr(counts) == "<Counts of 2 rows and 1 columns, not protected>"


def test_counts_and_protected_tables_cannot_be_changed():
    counts = column(3, 97)
    table = protect(counts, 5)
    for thing in (counts, table, table.lines[0], table.at("A", "people")):
        with pytest.raises(FrozenInstanceError):
            thing.rows = ()


def test_a_hidden_number_has_no_value_and_is_not_zero():
    table = protect(column(3, 97, 0), 5)
    assert [table.at(row, "people").number for row in "ABC"] == [None, None, 0]
    assert [table.at(row, "people").is_hidden for row in "ABC"] == [True, True, False]
    assert [table.at(row, "people").mark for row in "ABC"] == [Mark.FEWER, Mark.WITHHELD, Mark.EXACT]


def test_a_table_tells_its_readers_what_its_marks_mean():
    fewer, withheld = protect(column(3, 97), 5).notes
    assert fewer.startswith("“fewer than 5” means that there are so few people that somebody could be recognised.")
    assert withheld.startswith("“withheld” means that the number is not shown, because it would give away a small")
    assert protect(column(30, 97), 5, 5).notes == (
        "Numbers are rounded to the nearest 5, each by itself. They may not add up to the totals.",
    )


def test_rates_are_not_what_the_note_on_rounding_is_about():
    assert protect(refusals([20, 40], [10, 70]), 5).notes == ()


def test_protecting_what_is_protected_changes_nothing():
    table = protect(column(3, 97, 12), 5)
    assert protect(table, 5) is table
    for other in ((10, None), (5, 5)):
        with pytest.raises(ValueError, match="other rules"):
            protect(table, *other)


# Thresholds


@pytest.mark.parametrize(
    ("characteristic", "is_ward", "threshold"),
    [
        (act.RACE, False, 5),
        (None, False, 5),
        (act.GENDER_REASSIGNMENT, False, 10),
        (act.SEXUAL_ORIENTATION, False, 10),
        (act.RACE, True, 10),
        (None, True, 10),
    ],
)
def test_the_threshold_is_higher_for_what_is_most_private_and_for_wards(characteristic, is_ward, threshold):
    assert threshold_for(characteristic, is_ward, Limits()) == threshold


def test_the_council_chooses_its_thresholds_within_reason():
    assert threshold_for(act.RACE, False, Limits(small_number=8)) == 8
    assert threshold_for(act.RACE, True, Limits(small_number=8, small_number_sensitive=20)) == 20
    assert threshold_for(act.RACE, True, Limits(small_number=8, small_number_sensitive=6)) == 8
    assert threshold_for(act.RACE, False, Limits(small_number=1)) == LOWEST_THRESHOLD


def test_a_threshold_that_hides_nothing_is_refused():
    with pytest.raises(ValueError, match="3 or more"):
        protect(column(3, 97), 2)


# Bad tables


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"cells": [[1, 2]]}, "one number for each"),
        ({"cells": [[1], [2]]}, "one number for each"),
        ({"cells": [[1, 2], [3, -1]]}, "whole number, 0 or more"),
        ({"cells": [[1, 2], [3, 1.5]]}, "whole number, 0 or more"),
        ({"cells": [[1, 2], [3, True]]}, "whole number, 0 or more"),
        ({"rows": ("A", "A")}, "another name to “A”"),
        ({"columns": ("x", "x")}, "another name to “x”"),
        ({"rows": ("A", "Total")}, "another name to “Total”"),
        ({"subtotals": (Subtotal("A", ("A", "B")),)}, "another name to “A”"),
        ({"subtotals": (Subtotal("S", ("A", "C")),)}, "“S” must add up rows"),
        ({"subtotals": (Subtotal("S", ()),)}, "“S” must add up rows"),
        ({"subtotals": (Subtotal("S", ("A", "A")),)}, "“S” counts a row twice"),
        ({"subtotals": (Subtotal("S", ("A", "B")), Subtotal("T", ("S", "B")))}, "“T” counts a row twice"),
        ({"known": frozenset({Place("C", "x")})}, "no “C, x”"),
        ({"rates": (Rate("A", "r", Place("A", "z"), 10),)}, "no “A, z”"),
        ({"rates": (Rate("C", "r", Place("A", "x"), 10),)}, "“C, r” is not a rate"),
        ({"rates": (Rate("A", "r", Place("A", "x"), 0),)}, "“A, r” is not a rate"),
        ({"rates": (Rate("A", "r", Place("A", "x"), 10, per=0),)}, "“A, r” is not a rate"),
        ({"rates": (Rate("A", "r", Place("A", "x"), 10, decimals=-1),)}, "“A, r” is not a rate"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Counts(**{"rows": ("A", "B"), "columns": ("x", "y"), "cells": [[1, 2], [3, 4]], **arguments})
