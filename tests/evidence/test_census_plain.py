"""Files of one's own: a row for each figure, with everything that it needs beside it."""

import datetime

import pytest

from tests.evidence.census_files import NORTON, counts, left_out, only_table, plain, read, refusal

WOMEN, MEN = {}, {"category": "Men and boys", "count": "40"}


def test_rows_become_a_table_with_what_they_say():
    table = only_table(plain(WOMEN, MEN))
    assert (table.title, table.characteristic, table.base) == ("Survey of residents", "sex", 100)
    assert counts(table) == {"Women and girls": 60, "Men and boys": 40}
    assert table.base_words == "All residents"
    assert table.date == datetime.date(2025, 6, 30)
    assert table.source == "Norton Council, survey of residents"
    assert not any((table.is_approximate, table.is_in_development, table.has_gap))


def test_headings_may_be_written_in_several_ways_and_columns_left_out():
    file = plain(WOMEN, without=("table", "table title", "part of", "approximate", "in development", "note"))
    changed = file.replace("area code", "Area_Code").replace("base population", "BASE  POPULATION")
    assert counts(only_table(changed)) == {"Women and girls": 60}


def test_a_column_with_another_heading_is_left_out_and_named():
    assert left_out(plain(WOMEN | {"ward": "Milton"}, MEN)) == {"Column “ward”": "We do not know this heading."}


@pytest.mark.parametrize(
    ("text", "slug"), [("Religion or belief", "religion-or-belief"), ("AGE", "age"), ("carers", "carers")]
)
def test_a_characteristic_goes_by_its_name_or_slug(text, slug):
    assert only_table(plain({"characteristic": text}, MEN | {"characteristic": text})).characteristic == slug


def test_the_councils_own_characteristics_are_those_it_names():
    file = plain(WOMEN | {"characteristic": "care-experience"}, MEN | {"characteristic": "care-experience"})
    assert only_table(file, local=["care-experience"]).characteristic == "care-experience"
    refused = refusal(file)
    assert (refused.row, refused.column) == (2, "characteristic")
    assert "sexual-orientation" in refused.message


@pytest.mark.parametrize("day", ["2021-03-21", "21/03/2021"])
def test_a_day_may_be_as_a_spreadsheet_writes_it(day):
    assert only_table(plain(WOMEN | {"date": day}, MEN | {"date": day})).date == datetime.date(2021, 3, 21)


@pytest.mark.parametrize(
    ("day", "why"),
    [("2999-12-31", "is still to come"), ("0001-01-01", "is before the first Census"), ("21 March 2021", "is no date")],
)
def test_a_day_on_which_nobody_can_have_been_counted_is_refused(day, why):
    refused = refusal(plain(WOMEN | {"date": day}, MEN | {"date": day}))
    assert (refused.row, refused.column) == (2, "date")
    assert why in refused.message


@pytest.mark.parametrize(("mark", "means"), [("yes", True), ("TRUE", True), ("", False), ("No", False)])
def test_figures_can_be_marked_as_approximate(mark, means):
    assert only_table(plain(WOMEN | {"approximate": mark}, MEN | {"approximate": mark})).is_approximate is means


def test_thousands_may_have_commas():
    assert counts(only_table(plain({"count": "25,597", "base": "258,369"}))) == {"Women and girls": 25597}


def test_a_sub_total_says_so_by_its_parts():
    part = {"category": "Girls", "part of": "Women and girls", "count": "20"}
    table = only_table(plain(WOMEN, part, MEN))
    assert sum(each.count for each in table.main) == 100
    assert table.parts_of("Women and girls") == (table.figures[1],)


def test_a_sub_total_that_stands_among_its_parts_is_found_out():
    refused = refusal(plain(WOMEN, MEN | {"count": "39"}, {"category": "Girls", "count": "20"}))
    assert "sub-total" in refused.message
    assert "add up to 119, and it is 100" in refused.message


@pytest.mark.parametrize(
    ("women", "men", "adds_up"),
    [
        ("60", "50", True),
        ("70", "50", False),
        ("60", "45", True),
        ("65", "45", False),
        ("61", "41", True),
        ("62", "42", False),
    ],
)
def test_rounded_categories_need_not_add_up_to_their_base(women, men, adds_up):
    file = plain({"count": women}, {"category": "Men and boys", "count": men})
    if adds_up:
        assert only_table(file).base == 100
    else:
        assert "add up" in refusal(file).message


@pytest.mark.parametrize("whole", ["Girls", "Boys", "Nobody"])
def test_a_part_of_itself_or_of_nothing_is_refused(whole):
    girls = {"category": "Girls", "part of": "Boys", "count": "1"}
    boys = {"category": "Boys", "part of": whole, "count": "1"}
    assert "part of" in refusal(plain(WOMEN, girls, boys)).message.lower()


def test_what_is_in_no_category_is_named_with_its_size():
    file = plain(WOMEN)
    assert only_table(file).unaccounted == 40
    assert left_out(file) == {
        "Survey of residents: part of the base": "It is in no category of the file: Norton (40 of 100)."
    }


def test_an_area_can_have_several_tables_and_they_come_in_the_order_of_the_act():
    reading = read(plain(WOMEN, MEN, {"characteristic": "age", "category": "Under 50"}, {"date": "2020-06-30"}))
    tables = reading.profiles[0].tables
    assert [(each.characteristic, each.date.year) for each in tables] == [("age", 2025), ("sex", 2025), ("sex", 2020)]


def test_a_table_of_the_census_keeps_its_order_its_title_and_its_marks():
    rows = [
        {"table": "ts078", "table title": "", "characteristic": "gender-reassignment", "category": each, "count": "1"}
        for each in ("Not answered", "Trans man", "Trans woman")
    ]
    table = only_table(plain(*rows))
    assert (table.code, table.title) == ("TS078", "Gender identity")
    assert list(counts(table)) == ["Trans woman", "Trans man", "Not answered"]
    assert table.is_in_development
    assert "in development" in table.note


def test_a_table_of_the_census_is_about_its_own_characteristic():
    assert "TS021 is about race" in refusal(plain({"table": "TS021"})).message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"base": "200"}, "The base must"),
        ({"base population": "Adults"}, "The base population must"),
        ({"source": "Another"}, "The source must"),
        ({"approximate": "yes"}, "The mark for approximate figures must"),
        ({"note": "Other"}, "The note must"),
    ],
)
def test_rows_of_one_table_must_agree(change, words):
    refused = refusal(plain(WOMEN, MEN | change))
    assert words in refused.message
    assert refused.row == 3


def test_a_category_twice_is_refused():
    refused = refusal(plain(WOMEN, WOMEN))
    assert (refused.row, refused.column) == (3, "category")


def test_an_area_with_two_names_is_refused():
    refused = refusal(plain(WOMEN, MEN | {"area name": "Nortun"}))
    assert (refused.row, refused.column) == (3, "area name")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("area code", ""),
        ("area code", "Norton ward!"),
        ("area name", " "),
        ("category", ""),
        ("base population", ""),
        ("source", ""),
        ("source", "x" * 501),
        ("note", "x" * 1001),
        ("category", "Wom\x07en"),
        ("date", "March 2021"),
        ("date", "31/02/2021"),
        ("approximate", "perhaps"),
        ("characteristic", "ethnicity"),
        ("table", "x" * 21),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(column, text):
    refused = refusal(plain(WOMEN, MEN | {column: text}))
    assert (refused.row, refused.column) == (3, column)
    assert str(refused).startswith(f"Row 3, column “{column}”: ")


def test_columns_that_are_missing_are_named():
    assert refusal(plain(WOMEN, without=("base", "date"))).message == "These columns are missing: base, date."


def test_a_heading_twice_is_refused():
    refused = refusal(plain(WOMEN | {"Count": "60"}))
    assert refused.column == "count"


def test_a_council_can_give_its_own_areas_codes():
    reading = read(plain(WOMEN | {"area code": "town-3"}), areas=["town-3"])
    assert reading.profiles[0].area_code == "town-3"


def test_only_the_areas_asked_for_are_kept():
    reading = read(plain(WOMEN, {"area code": "E06000902", "area name": "Sutton"}), areas=[NORTON[0]])
    assert [each.area_name for each in reading.profiles] == ["Norton"]
