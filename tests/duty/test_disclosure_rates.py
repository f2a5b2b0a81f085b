"""Rates and rounded numbers beside small numbers, worked out by hand."""

import pytest

from assessments.duty.disclosure import TOTAL, Mark, Place, Rate, protect
from tests.duty.small_tables import FEWER, HIDDEN, column, grid, in_one_column, refusals, shown

# Rates


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
