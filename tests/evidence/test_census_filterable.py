"""Filterable files of the ONS: a row for each area and category, `-8`, no totals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.evidence.census.catalogue import ETHNIC_GROUP, LEGAL_PARTNERSHIP
from tests.evidence.census_files import (
    NORTON,
    RELIGIONS,
    SINGLE_YEARS,
    SUTTON,
    counts,
    filterable,
    left_out,
    only_table,
    read,
    refusal,
)

FINEST = [each.words for each in ETHNIC_GROUP.categories if ": " in each.words]
NOBODY = (NORTON, "-8", "Does not apply", 0)


def ethnic(found=None, area=NORTON):
    return [
        (area, place, words, count)
        for place, (words, count) in enumerate(zip(FINEST, found or [10] * 19, strict=True), 1)
    ]


def religion(area=NORTON, upto=9):
    return [(area, place, words, place) for place, words in enumerate(RELIGIONS[:upto], 1)]


def sexual_orientation(children):
    words = ("Straight or Heterosexual", "Gay or Lesbian", "Bisexual", "All other sexual orientations", "Not answered")
    rows = [(NORTON, place, each, 10) for place, each in enumerate(words, 1)]
    return filterable("Sexual orientation (6 categories)", [(NORTON, "-8", "Does not apply", children), *rows])


def test_rows_become_a_table_with_sub_totals_and_a_base_added_up():
    table = only_table(filterable("Ethnic group (20 categories)", [NOBODY, *ethnic()]))
    assert (table.code, table.characteristic, table.base) == ("TS021", "race", 190)
    assert [each.count for each in table.main] == [50, 30, 40, 50, 20]
    assert sum(each.count for each in table.finest) == 190
    assert "added up" in table.note
    assert [each.category for each in table.figures] == [each.words for each in ETHNIC_GROUP.categories]


def test_those_to_whom_the_question_does_not_apply_are_not_in_the_base():
    table = only_table(sexual_orientation(children=7))
    assert table.base == 50
    assert table.base_words == "All usual residents aged 16 years and over"
    assert "Does not apply" not in counts(table)
    assert left_out(sexual_orientation(children=7)) == {
        "“Does not apply” (7 in all areas)": "The table does not speak of them."
    }


def test_categories_that_are_parts_of_parts_are_added_up_twice_over():
    finest = [each.words for each in LEGAL_PARTNERSHIP.categories if each.words not in LEGAL_PARTNERSHIP.parts]
    rows = [(NORTON, place, words, 1) for place, words in enumerate(finest, 1)]
    found = counts(only_table(filterable("Marital and civil partnership status (12 categories)", rows)))
    assert found["Married or in a registered civil partnership: Married"] == 2
    assert found["Married or in a registered civil partnership"] == 4


def test_ages_are_added_up_to_our_bands():
    rows = [(NORTON, place, words, 1) for place, words in enumerate(SINGLE_YEARS)]
    table = only_table(filterable("Age (101 categories)", rows))
    assert table.base == 101
    assert counts(table)["Aged 85 years and over"] == 16


def test_the_variable_of_unpaid_care_has_another_name_than_its_table():
    words = ("Provides no unpaid care", "Provides 19 hours or less unpaid care a week")
    more = ("Provides 20 to 49 hours unpaid care a week", "Provides 50 or more hours unpaid care a week")
    rows = [(NORTON, place, each, 5) for place, each in enumerate((*words, *more), 1)]
    assert only_table(filterable("Unpaid care (5 categories)", rows)).code == "TS039"


@pytest.mark.parametrize("areas", ["Upper tier local authorities", "Regions", "Lower Tier Local Authorities"])
def test_any_kind_of_area_will_do(areas):
    assert only_table(filterable("Religion (10 categories)", religion(), areas)).base == 45


def test_the_rows_of_an_area_need_not_stand_together():
    mixed = [row for pair in zip(religion(NORTON), religion(SUTTON), strict=True) for row in pair]
    assert [each.area_name for each in read(filterable("Religion (10 categories)", mixed)).profiles] == [
        "Norton",
        "Sutton",
    ]


def test_a_file_that_was_cut_short_is_refused():
    file = filterable("Religion (10 categories)", [*religion(), *religion(SUTTON, upto=6)])
    refused = refusal(file)
    assert "Sutton" in refused.message
    assert "cut short" in refused.message
    assert refused.row == 16


def test_a_file_without_some_categories_has_no_total_and_is_refused():
    assert "“Sikh”" in refusal(filterable("Religion (10 categories)", religion(upto=6))).message


def test_the_same_category_twice_for_an_area_is_refused():
    refused = refusal(filterable("Religion (10 categories)", [*religion(), religion()[3]]))
    assert (refused.row, "row 5" in refused.message) == (11, True)


def test_an_area_with_two_names_is_refused():
    refused = refusal(
        filterable("Religion (10 categories)", [*religion(upto=8), (("E06000901", "Nortun"), 9, "Not answered", 1)])
    )
    assert (refused.row, refused.column) == (10, "Lower Tier Local Authorities")


def test_a_file_that_counts_by_two_things_is_refused():
    file = "Regions Code,Regions,Sex Code,Sex,Age Code,Age,Observation\nE12000001,North East,1,Female,1,Old,3\n"
    assert "several things at once" in refusal(file).message


def test_a_variable_that_we_do_not_use_is_refused():
    refused = refusal(filterable("General health (6 categories)", [(NORTON, 1, "Very good health", 1)]))
    assert "“General health”" in refused.message
    assert refused.row == 1


def test_only_the_areas_asked_for_are_kept():
    file = filterable("Religion (10 categories)", [*religion(), *religion(SUTTON)])
    reading = read(file, areas=["E06000902"])
    assert [each.area_code for each in reading.profiles] == ["E06000902"]
    assert reading.report.rows == 18


@given(st.lists(st.integers(0, 10**7), min_size=19, max_size=19), st.permutations(range(19)))
def test_whatever_the_counts_and_their_order_nobody_is_counted_twice(found, order):
    rows = ethnic(found)
    table = only_table(filterable("Ethnic group (20 categories)", [NOBODY, *(rows[place] for place in order)]))
    assert (
        sum(each.count for each in table.main) == sum(each.count for each in table.finest) == table.base == sum(found)
    )
