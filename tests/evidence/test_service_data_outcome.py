"""A column that says what happened: what is read of it, and what is refused."""

import io

import openpyxl
import pytest

from assessments.evidence import service_data
from assessments.evidence.service_data import Tally

RECORDS = [
    ["Sex", "Age", "Decision"],
    ["F", "30", "Refused"],
    ["F", "30", "Granted"],
    ["M", "44", "Refused"],
    ["M", "30", None],
    [None, "44", "Refused"],
    ["F", "44", "Withdrawn"],
]
COUNTS = [["Sex", "Age", "Count", "Refused"], ["F", "16-24", 30, 3], ["F", "25-64", 50, 10], ["M", "16-24", 40, 0]]


def csv(rows):
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return io.BytesIO("\n".join(lines).encode())


def xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content


def read(rows, outcome, is_of_records=True, form=csv):
    return service_data.read(form(rows), is_of_records, outcome=outcome)


def refusal(rows, outcome, is_of_records=True, kind=service_data.Unreadable):
    with pytest.raises(kind) as refused:
        read(rows, outcome, is_of_records)
    return str(refused.value)


def many(*decisions):
    return [["Sex", "Decision"], *(["F", each] for each in decisions)]


# Records


@pytest.mark.parametrize("form", [csv, xlsx])
def test_each_group_is_counted_with_what_happened_to_it(form):
    tally = read(RECORDS, "Decision", form=form)
    assert tally.outcome.values == {"": 1, "Granted": 1, "Refused": 3, "Withdrawn": 1}
    assert tally.happened("Sex", ["Refused"]) == {"": 1, "F": 1, "M": 1}
    assert tally.happened("Sex", ["Refused", "Withdrawn"]) == {"": 1, "F": 2, "M": 1}
    assert tally.happened("Age", ["Granted"]) == {"30": 1, "44": 0}


def test_the_column_of_what_happened_is_no_group_and_the_rest_is_as_without_it():
    plain, tally = read(RECORDS, ""), read(RECORDS, "Decision")
    assert [each.heading for each in tally.listed] == ["Sex", "Age"]
    assert {each.heading: each.values for each in tally.listed} == {
        each.heading: each.values for each in plain.listed if each.heading != "Decision"
    }
    assert tally.digest == plain.digest


@pytest.mark.parametrize("wanted", ["decision", " DECISION ", "Deci sion"])
def test_its_heading_is_found_whatever_its_case_and_spaces(wanted):
    assert read(RECORDS, wanted).outcome.heading == "Decision"


def test_counts_of_several_chunks_are_added_up():
    rows = [["Sex", "Decision"], *([["F", "Refused"], ["M", "Granted"], ["F", "Granted"]] * 50_000)]
    assert read(rows, "Decision").happened("Sex", ["Refused"]) == {"F": 50_000, "M": 0}


def test_rows_that_are_empty_are_nobody():
    rows = [*RECORDS, [None, None, None], [None, None, None]]
    assert read(rows, "Decision").outcome.values[""] == 1
    assert read(rows, "Decision").happened("Sex", ["Refused"]) == {"": 1, "F": 1, "M": 1}


def test_the_page_can_carry_it_and_bring_it_back():
    for tally in (read(RECORDS, "Decision"), read(COUNTS, "Refused", False), read(RECORDS, "")):
        assert Tally.from_data(tally.as_data()) == tally


def test_what_is_not_chosen_is_dropped_and_the_file_is_still_known():
    tally = read(RECORDS, "Decision")
    fewer = tally.only(["Sex"])
    assert [each.heading for each in fewer.listed] == ["Sex"]
    assert fewer.happened("Sex", ["Refused"]) == tally.happened("Sex", ["Refused"])
    assert fewer.digest == tally.digest
    assert "30" not in str(fewer.as_data())


def test_a_heading_that_is_not_there_is_answered_with_those_that_are():
    said = refusal(RECORDS, "Outcome", kind=service_data.WrongOutcome)
    assert "No column has the heading “Outcome”. The file has “Sex”, “Age”, “Decision”." in said


def test_a_long_list_of_headings_is_cut():
    headings = [f"{'x' * 60}{number}" for number in range(30)]
    said = refusal([headings, ["1"] * 30], "Outcome", kind=service_data.WrongOutcome)
    assert "and 20 more" in said
    assert len(said) < 600


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ([f"Reason {number}" for number in range(21)] * 3, "more than 20 values"),
        (["None"] * 6_000 + [f"Reason {number}" for number in range(21)], "more than 20 values"),
        (["Granted", "x" * 101], "long texts"),
        (["", "", ""], "is empty"),
        (["Refused"] * 5, "the same in every row"),
    ],
)
def test_what_cannot_be_set_apart_is_refused_with_advice(decisions, said):
    message = refusal(many(*decisions), "Decision", kind=service_data.WrongOutcome)
    assert message.startswith("Column “Decision”")
    assert said in message


def test_twenty_values_are_not_too_many_even_in_a_short_file():
    decisions = [f"Reason {number}" for number in range(20)]
    assert len(read(many(*decisions), "Decision").outcome.values) == 20


def test_it_may_say_no_more_than_that_it_happened():
    assert read(many("Refused", "", ""), "Decision").happened("Sex", ["Refused"]) == {"F": 1}


@pytest.mark.parametrize("far", [0, 120_000])
def test_personal_data_in_it_refuse_the_file(far):
    rows = many("Granted", *["Refused"] * far, "someone@example.org")
    assert refusal(rows, "Decision").startswith(f"Row {far + 3}, column “Decision”: This looks like an e-mail address")


def test_a_personal_heading_is_refused_though_it_is_named():
    assert "This looks like a name" in refusal([["Sex", "Name"], ["F", "x"]], "Name")


# Counts


@pytest.mark.parametrize("form", [csv, xlsx])
def test_those_to_whom_it_happened_are_added_up(form):
    tally = read(COUNTS, "refused", False, form)
    assert {each.heading: each.values for each in tally.listed} == {
        "Sex": {"F": 80, "M": 40},
        "Age": {"16-24": 70, "25-64": 50},
    }
    assert tally.happened("Sex", ["Refused"]) == {"F": 13, "M": 0}
    assert tally.happened("Age", ["Refused"]) == {"16-24": 3, "25-64": 10}


def test_a_column_that_names_the_characteristic_is_taken_apart():
    rows = [["Characteristic", "Group", "Number", "Refused"], ["Sex", "F", 21, 2], ["Age", "16-24", 30, 4]]
    tally = read(rows, "Refused", False)
    assert tally.happened("Sex", ["Refused"]) == {"F": 2}
    assert tally.happened("Age", ["Refused"]) == {"16-24": 4}


def test_the_column_of_people_is_still_found_where_both_are_called_a_number():
    rows = [["Sex", "Count", "Total"], ["F", 21, 2]]
    assert read(rows, "Total", False).happened("Sex", ["Total"]) == {"F": 2}


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        ("31", "Row 3, column “Refused”: 31 is more than the 30 people of this row"),
        ("-1", "Row 3, column “Refused”: “-1” is less than 0"),
        ("2.5", "Row 3, column “Refused”: “2.5” is not a whole number"),
        ("", "Row 3, column “Refused”: There is no count"),
        ("some", "Row 3, column “Refused”: “some” is no count"),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(happened, said):
    rows = [["Sex", "Count", "Refused"], ["F", 20, 20], ["M", 30, happened]]
    assert refusal(rows, "Refused", False).startswith(said)


@pytest.mark.parametrize("row", [["M", 30, "*"], ["M", "*", 3], ["M", "x", "x"]])
def test_a_group_of_which_a_number_is_held_back_is_held_back(row):
    tally = read([["Sex", "Count", "Refused"], ["F", 20, 20], row], "Refused", False)
    assert tally.column("Sex").withheld == ("M",)
    assert tally.happened("Sex", ["Refused"]) == {"F": 20, "M": 0}


def test_the_column_of_counts_cannot_be_it():
    said = refusal([["Sex", "Count"], ["F", 20]], "count", False, service_data.WrongOutcome)
    assert said.startswith("The column “Count” holds how many people there are")
