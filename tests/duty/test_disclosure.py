"""Small numbers in totals, sub-totals and several tables, worked out by hand."""

import pytest

from assessments.duty.disclosure import TOTAL, Counts, Place, Rate, Subtotal, protect, protect_together
from tests.duty.small_tables import FEWER, HIDDEN, column, grid, in_one_column, shown

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
