"""What goes in and out where small numbers are held back: one door, its thresholds, and tables that are none."""

import json
from dataclasses import FrozenInstanceError

import pytest

from assessments.duty import act
from assessments.duty.disclosure import (
    LOWEST_THRESHOLD,
    Counts,
    Mark,
    Place,
    Rate,
    Subtotal,
    protect,
    threshold_for,
)
from assessments.duty.due_regard import Limits
from tests.duty.small_tables import column, refusals

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
