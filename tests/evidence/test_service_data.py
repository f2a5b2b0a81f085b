"""Files of records and of counts: what is read, what is guessed, what is counted."""

import io

import pytest

from assessments.evidence import service_data
from assessments.evidence.census import Figure, Table
from assessments.evidence.service_data import NOT_KNOWN, NOT_SAID, Category, standing

BANDS = (
    Category("Aged 15 years and under"),
    Category("Aged 4 years and under", "Aged 15 years and under"),
    Category("Aged 5 to 15 years", "Aged 15 years and under"),
    Category("Aged 16 to 64 years"),
    Category("Aged 16 to 24 years", "Aged 16 to 64 years"),
    Category("Aged 25 to 64 years", "Aged 16 to 64 years"),
    Category("Aged 65 years and over"),
)
SEXES = (Category("Female"), Category("Male"))
RELIGIONS = tuple(map(Category, ("No religion", "Christian", "Muslim", "Other religion", "Not answered")))


def read(text, is_of_records=True):
    return service_data.read(io.BytesIO(text if isinstance(text, bytes) else text.encode()), is_of_records)


def values(tally):
    return {each.heading: each.values for each in tally.columns}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_seen_from_the_headings(delimiter):
    text = "Sex,Age\nF,20\nM,30\n".replace(",", delimiter)
    assert values(read(text)) == {"Sex": {"F": 1, "M": 1}, "Age": {"20": 1, "30": 1}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_each_encoding_gives_the_same(encoding):
    text = "Réligion\nBahá’í\nBahá’í\n"
    assert values(read(text.encode(encoding))) == {"Réligion": {"Bahá’í": 2}}


def test_an_encoding_that_shows_itself_late_is_still_seen():
    text = b"Faith\n" + b"None\n" * 200_000 + "Bahá’í\n".encode("cp1252")
    assert values(read(text)) == {"Faith": {"None": 200_000, "Bahá’í": 1}}


def test_blank_cells_are_counted_as_blank_and_blank_rows_are_left_out():
    tally = read("Sex,Age\nF,\n,30\n,\nM,30\n,\n\n")
    assert tally.rows == 3
    assert values(tally) == {"Sex": {"": 1, "F": 1, "M": 1}, "Age": {"": 1, "30": 2}}
    assert tally.notes == ("2 empty rows were left out.",)


def test_a_heading_can_run_over_two_lines():
    assert values(read('"Sex of\nperson",Age\nF,3\n')) == {"Sex of person": {"F": 1}, "Age": {"3": 1}}


def test_a_column_in_which_nearly_every_row_differs_is_not_kept():
    tally = read("Reference,Sex\n" + "".join(f"R{number},F\n" for number in range(30)))
    assert values(tally) == {"Reference": None, "Sex": {"F": 30}}
    assert [each.heading for each in tally.left_out] == ["Reference"]


def test_a_column_that_turns_out_later_to_be_no_list_is_not_kept_either():
    late = "".join(f"v{number},F\n" for number in range(1000))
    tally = read("Note,Sex\n" + "None,F\n" * 6000 + late)
    assert values(tally) == {"Note": None, "Sex": {"F": 7000}}


def test_counts_of_two_chunks_are_added_up():
    tally = read("Sex\n" + "F\nM\nF\n" * 50_000)
    assert values(tally) == {"Sex": {"F": 100_000, "M": 50_000}}
    assert tally.rows == 150_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("Sex,Age\n", "headings and no rows"),
        ("Sex,,Age\nF,1,2\n", "Row 1: Column B has no heading. If cells are merged"),
        ("Sex,sex\nF,1\n", "Two columns have this heading"),
        ("Sex:Age\nF:1\n", "cannot tell the columns apart"),
        ("Report of 2025\nSex,Age\nF,1\n", "Row 2: This row has more cells than there are headings"),
        ("Sex,Age\nF,1\nM,2,3\n", "Row 3: This row has more cells than there are headings"),
        ('Sex,Age\n"F,1\nM,2\n', "quotation mark"),
        (b"\x00\x01\x02\x03", "no text file"),
        (b"Sex\n\x81\x8d\n", "neither UTF-8 nor Windows"),
        (b"%PDF-1.7\0\0", "This is a PDF"),
        ("<html><table><tr><td>Sex", "This is a web page"),
        (f"Sex,Age\nF,1\nM,{'1' * 2_000_000}\n", "Row 3: This line is too long"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(text, said):
    with pytest.raises(service_data.Unreadable, match=said.replace(".", r"\.")):
        read(text)


@pytest.mark.parametrize(
    "heading",
    [
        "Name",
        "FirstName",
        "Last name",
        "Customer name",
        "NHS Number",
        "nhs_no",
        "E-mail",
        "email_address",
        "Home postcode",
        "Date of Birth",
        "DOB",
        "UPRN",
        "Address line 1",
        "Mobile phone",
        "Telephone",
        "NI Number",
        "National Insurance no.",
    ],
)
@pytest.mark.parametrize("is_of_records", [True, False])
def test_a_heading_of_a_personal_column_refuses_the_file_by_name(heading, is_of_records):
    with pytest.raises(service_data.Unreadable) as refused:
        read(f"Sex,{heading},Count\nF,,3\n", is_of_records)
    assert f"column “{heading}”" in str(refused.value)
    assert "Delete this column" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("943 476 5919", "an NHS number"),  # the example of the NHS Data Dictionary
        ("9434765919", "an NHS number"),
        ("someone@example.org", "an e-mail address"),
        ("write to someone@example.org", "an e-mail address"),
        ("ST4 1HH", "a postcode"),
        ("sw1a1aa", "a postcode"),
        ("QQ 12 34 56 C", "a National Insurance number"),  # the example of HM Revenue and Customs
        ("AB 12 34 56 C", "a National Insurance number"),
        ("07700 900123", "a telephone number"),
        ("+44 7700 900123", "a telephone number"),
        ("01632 960001", "a telephone number"),
        ("(01632) 960001", "a telephone number"),
        ("Flat 3 ST4 1HH", "an address"),
        ("Mrs Example", "a name"),
        ("12 Example Street", "an address"),
        ("9434765918", None),
        ("16-24", None),
        ("White: Irish", None),
        ("Stoke-on-Trent North", None),
        ("E05008705", None),
        ("Mixed or Multiple ethnic groups", None),
        ("Doctor", None),
    ],
)
@pytest.mark.parametrize("is_of_records", [True, False])
def test_a_value_that_says_who_somebody_is_refuses_the_file_with_its_row(value, kind, is_of_records):
    text = f"Sex,Other,Count\nF,,3\nF,{value},3\n"
    if kind is None:
        read(text, is_of_records)
        return
    with pytest.raises(service_data.Unreadable) as refused:
        read(text, is_of_records)
    assert str(refused.value).startswith(f"Row 3, column “Other”: This looks like {kind}")
    assert value not in str(refused.value)


def test_a_personal_value_far_down_the_file_is_found():
    text = "Sex,Other\n" + "F,none\n" * 150_000 + "F,someone@example.org\n"
    with pytest.raises(service_data.Unreadable) as refused:
        read(text)
    assert "Row 150002, column “Other”" in str(refused.value)


@pytest.mark.parametrize("style", ["{d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}", "{d} March {y}", "{d}.{m}.{y}"])
def test_dates_that_span_years_are_taken_for_dates_of_birth(style):
    dates = [style.format(d=number, m=3, y=1940 + 7 * number) for number in range(1, 9)]
    with pytest.raises(service_data.Unreadable, match=r"a date of birth.*age band"):
        read("Sex,When\n" + "".join(f"F,{each}\n" for each in dates))


def test_a_number_written_as_the_nhs_does_is_found_among_other_words():
    text = "Sex,Other\n" + "F,none\n" * 6_000 + "F,943 476 5919\n"
    with pytest.raises(service_data.Unreadable, match="Row 6002, column “Other”: This looks like an NHS number"):
        read(text)


def test_dates_of_one_year_are_not():
    assert values(read("Sex,Visited\nF,01/02/2025\nF,03/04/2025\n"))["Sex"] == {"F": 2}


# Counts


def test_counts_are_added_up_by_each_column():
    tally = read('Sex,Age,Count\nF,16-24,1\nF,25-64,20\nM,16-24,"1,300"\n', False)
    assert values(tally) == {"Sex": {"F": 21, "M": 1300}, "Age": {"16-24": 1301, "25-64": 20}}


def test_a_column_that_names_the_characteristic_is_taken_apart():
    tally = read("Characteristic,Group,Number\nSex,F,21\nSex,M,30\nAge,16-24,51\n", False)
    assert values(tally) == {"Sex": {"F": 21, "M": 30}, "Age": {"16-24": 51}}


@pytest.mark.parametrize("mark", ["*", "x", "c", "-", "[c]", "..", "<5", "fewer than 5"])
def test_a_count_that_its_publisher_held_back_is_no_number(mark):
    column = read(f"Sex,Count\nF,{mark}\nM,30\n", False).column("Sex")
    assert column.withheld == ("F",)
    groups = service_data.counted(column, {"F": "Female", "M": "Male"}, SEXES)
    published = service_data.protected(groups, 5)
    assert published["withheld"] == ["Female"]
    assert "Female" not in [each["name"] for each in published["lines"]]


def test_totals_are_left_out():
    tally = read("Sex,Count\nF,20\nM,30\nTotal,50\n", False)
    assert values(tally) == {"Sex": {"F": 20, "M": 30}}
    assert tally.notes == ("1 row that is a total was left out.",)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("-3", "Row 3, column “Count”: “-3” is less than 0"),
        ("2.5", "Row 3, column “Count”: “2.5” is not a whole number"),
        ("", "Row 3, column “Count”: There is no count"),
        ("many", "Row 3, column “Count”: “many” is no count"),
        ("12%", "Row 3, column “Count”: “12%” is no count"),
        ("9" * 17, "Row 3, column “Count”: “99999999999999999” is more people than live in the United Kingdom"),
        ("9" * 5_000, f"Row 3, column “Count”: “{'9' * 39}…” is more people than live in the United Kingdom"),
        ("-" + "9" * 5_000, f"Row 3, column “Count”: “-{'9' * 38}…” is less than 0"),
    ],
)
def test_what_is_no_count_is_refused_with_row_and_column(count, said):
    with pytest.raises(service_data.Unreadable) as refused:
        read(f"Sex,Count\nF,20\nM,{count}\n", False)
    assert str(refused.value).startswith(said)


def test_whole_numbers_may_have_a_point():
    assert values(read("Sex,Count\nF,20.0\n", False)) == {"Sex": {"F": 20}}


@pytest.mark.parametrize(
    ("headings", "said"),
    [("Sex,Age", "heading “Count”"), ("Sex,Count,Number", "Which column"), ("Count", "which group")],
)
def test_there_is_one_column_of_counts(headings, said):
    with pytest.raises(service_data.Unreadable, match=said):
        read(f"{headings}\n1,1,1\n"[: len(headings) + 2 * headings.count(",") + 3], False)


# Guesses


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("3", "Aged 4 years and under"),
        ("16", "Aged 16 to 24 years"),
        ("99", "Aged 65 years and over"),
        ("5-15", "Aged 5 to 15 years"),
        ("0 to 4", "Aged 4 years and under"),
        ("65+", "Aged 65 years and over"),
        ("75 and over", "Aged 65 years and over"),
        ("under 5", "Aged 4 years and under"),
        ("20-40", "Aged 16 to 64 years"),
        ("60-70", ""),
        ("Prefer not to say", NOT_SAID),
        ("", NOT_KNOWN),
    ],
)
def test_an_age_goes_into_the_narrowest_band_that_holds_it(value, band):
    assert service_data.guess_value(value, "age", BANDS) == band


@pytest.mark.parametrize(
    ("slug", "value", "categories", "meant"),
    [
        ("sex", "F", SEXES, "Female"),
        ("sex", "women", SEXES, "Female"),
        ("sex", "MALE", SEXES, "Male"),
        ("sex", "x", SEXES, ""),
        ("sex", "9", SEXES, NOT_KNOWN),
        ("sex", "N/K", SEXES, NOT_KNOWN),
        ("sex", "Declined to answer", SEXES, NOT_SAID),
        ("religion-or-belief", "Islam", RELIGIONS, "Muslim"),
        ("religion-or-belief", "Not answered", RELIGIONS, NOT_SAID),
        ("religion-or-belief", "Other", RELIGIONS, "Other religion"),
        ("race", "A", (Category("White: English, Welsh, Scottish, Northern Irish or British"),), None),
        ("race", "Z", (), NOT_KNOWN),
    ],
)
def test_values_are_known_by_their_usual_words_and_codes(slug, value, categories, meant):
    expected = categories[0].name if meant is None else meant
    assert service_data.guess_value(value, slug, categories) == expected


def test_columns_are_known_by_heading_or_else_by_what_is_in_them():
    tally = read(
        "Gender,Ethnicity code,Gender identity same as at birth,Q7\nF,A,Yes,Islam\nM,B,No,Hindu\nF,C,No,None\n"
    )
    known = {"religion-or-belief": (*RELIGIONS, Category("Hindu")), "sex": SEXES}
    names = {each: each for each in ("sex", "race", "gender-reassignment", "religion-or-belief")}
    assert service_data.guess_characteristics(tally.listed, known, names) == {
        "Gender": "sex",
        "Ethnicity code": "race",
        "Gender identity same as at birth": "gender-reassignment",
        "Q7": "religion-or-belief",
    }


# What is published


def protected(numbers, categories, threshold=5):
    column = service_data.Column("x", numbers)
    return service_data.protected(service_data.counted(column, {each: each for each in numbers}, categories), threshold)


def texts(published):
    return {each["name"]: each["count"]["text"] for each in published["lines"]}


def test_a_small_group_is_hidden_with_another_so_that_no_total_gives_it_away():
    shown = texts(protected({"Female": 50, "Male": 40, "Intersex": 2, NOT_SAID: 8}, SEXES))
    assert shown["Intersex"] == "fewer than 5"
    assert "withheld" in shown.values()
    assert shown["Total"] == "100"


def test_details_are_summed_up_to_their_main_groups():
    published = protected({"Aged 5 to 15 years": 10, "Aged 16 to 24 years": 20, "Aged 25 to 64 years": 30}, BANDS)
    shown = texts(published)
    assert shown["Aged 16 to 64 years"] == "50"
    assert shown["Aged 15 years and under"] == "10"
    assert shown["Aged 4 years and under"] == "0"
    assert shown["All who answered"] == shown["Total"] == "60"


def test_a_main_group_whose_details_nobody_gave_is_not_divided():
    shown = texts(protected({"Aged 15 years and under": 22, "Aged 16 to 24 years": 20}, BANDS))
    assert shown["Aged 15 years and under"] == "22"
    assert "Aged 4 years and under" not in shown
    assert shown["Aged 25 to 64 years"] == shown["Aged 65 years and over"] == "0"


def test_a_main_group_and_its_details_can_both_be_in_one_file():
    shown = texts(protected({"Aged 16 to 64 years": 20, "Aged 16 to 24 years": 30}, BANDS))
    assert shown["Aged 16 to 64 years"] == "50"
    assert shown["Aged 16 to 64 years (no more is known)"] == "20"


def test_so_few_people_that_nothing_can_be_shown_are_too_few():
    with pytest.raises(service_data.TooFew):
        protected({"Female": 3, "Male": 1}, SEXES)


def test_true_numbers_do_not_show_themselves():
    groups = service_data.counted(service_data.Column("x", {"Female": 3}), {"Female": "Female"}, SEXES)
    assert repr(groups) == str(groups) == "<Groups, not protected>"


def table(figures, base):
    return Table("T", "T", "sex", base, "All", None, "Made up", tuple(Figure(*each) for each in figures))


def test_users_are_compared_with_the_population_without_those_who_did_not_answer():
    people = table([("Christian", 600), ("Muslim", 300), ("Not answered", 100)], 1000)
    published = protected({"Christian": 40, "Muslim": 60, NOT_SAID: 20}, RELIGIONS)
    found = {each.name: each.result for each in standing.standings(published, people)}
    assert set(found) == {"Christian", "Muslim"}
    assert found["Muslim"].population_share == pytest.approx(1 / 3)
    assert found["Muslim"].index.value == pytest.approx(1.8)
    assert found["Muslim"].undisclosed.pair == (20, 120)


def test_a_hidden_group_is_compared_with_nothing():
    published = protected({"Female": 100, "Male": 2, "Other": 3}, SEXES)
    found = {each.name: each.result for each in standing.standings(published, table([("Female", 5), ("Male", 5)], 10))}
    assert found.get("Male") is None
