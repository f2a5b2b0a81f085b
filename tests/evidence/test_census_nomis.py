"""Bulk files of Nomis: both dialects, sub-totals, irregular ages, other tables of the same topic."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.evidence import census
from assessments.evidence.census.catalogue import ETHNIC_GROUP, GENDER_IDENTITY, KNOWN, UNPAID_CARE
from tests.evidence.census_files import (
    BANDS,
    NORTON,
    RELIGIONS,
    SINGLE_YEARS,
    SUTTON,
    ages,
    counts,
    left_out,
    nomis,
    only_table,
    read,
    refusal,
    religions,
)

VALUE = "; measures: Value"


@pytest.mark.parametrize("dialect", ["", VALUE])
def test_both_dialects_of_headings_say_the_same(dialect):
    table = only_table(religions(dialect=dialect))
    assert (table.code, table.characteristic, table.base) == ("TS030", "religion-or-belief", 45)
    assert list(counts(table).items()) == list(zip(RELIGIONS, range(1, 10), strict=True))
    assert table.base_words == "All usual residents"
    assert table.date == datetime.date(2021, 3, 21)
    assert "Office for National Statistics" in table.source
    assert not table.is_approximate


def test_the_file_is_known_by_its_content_and_the_columns_may_stand_in_any_order():
    backwards = "\n".join(",".join(line.split(",")[::-1]) for line in religions().splitlines())
    assert read(backwards).profiles == read(religions()).profiles


def test_a_sub_total_stands_beside_its_parts_and_is_never_added_to_them():
    columns = [each.words for each in UNPAID_CARE.categories]
    table = only_table(
        nomis(
            UNPAID_CARE.topic,
            columns,
            {NORTON: (100, 80, 9, 5, 4, 6, 4, 2, 5)},
            "Total: All usual residents aged 5 and over",
        )
    )
    assert sum(each.count for each in table.main) == table.base == 100
    assert sum(each.count for each in table.finest) == 100
    assert [each.count for each in table.parts_of("Provides 19 hours or less unpaid care a week")] == [5, 4]
    assert table.characteristic == "carers"
    assert table.base_words == "All usual residents aged 5 and over"


def test_a_sub_total_that_the_file_lacks_is_added_up_from_its_parts():
    parts = [each.words for each in ETHNIC_GROUP.categories if ": " in each.words]
    table = only_table(nomis("Ethnic group", parts, {NORTON: (190, *([10] * 19))}))
    assert [each.count for each in table.main] == [50, 30, 40, 50, 20]
    assert len(table.figures) == len(ETHNIC_GROUP.categories)


def test_a_sub_total_is_not_made_of_some_of_its_parts():
    table = only_table(nomis("Ethnic group", ["White: Irish", "White: Roma"], {NORTON: (190, 10, 20)}))
    assert counts(table) == {"White: Irish": 10, "White: Roma": 20}
    assert [each.part_of for each in table.main] == ["", ""]
    assert table.unaccounted == 160


def test_a_part_of_a_part_that_the_file_lacks_is_part_of_the_whole():
    married = "Married or in a registered civil partnership"
    table = only_table(
        nomis(
            "Marital and civil partnership status", [married, f"{married}: Married: Same sex"], {NORTON: (190, 100, 2)}
        )
    )
    assert [(each.count, each.part_of) for each in table.figures] == [(100, ""), (2, married)]
    assert table.unaccounted == 90


def test_details_that_the_file_lacks_are_named_and_the_rest_is_read():
    file = nomis(
        "Disability",
        ["Disabled under the Equality Act", "Not disabled under the Equality Act"],
        {NORTON: (100, 20, 80)},
    )
    assert list(counts(only_table(file)).values()) == [20, 80]
    assert "It is not in the file." in left_out(file).values()
    assert any("limited a lot" in what for what in left_out(file))


def test_a_main_category_that_the_file_lacks_shows_as_part_of_the_base_in_no_category():
    file = nomis("Gender identity", ["Trans woman", "Trans man"], {NORTON: (1000, 3, 2)})
    table = only_table(file)
    assert table.unaccounted == 995
    assert table.has_gap
    assert "Norton (995 of 1,000)" in left_out(file)["TS078: part of the base"]


def test_ages_are_added_up_to_our_bands_from_the_fewest_columns():
    table = only_table(ages())
    assert list(counts(table).values()) == [16, 5, 11, 49, 9, 10, 15, 15, 36, 10, 10, 16]
    assert sum(each.count for each in table.main) == sum(each.count for each in table.finest) == table.base == 101
    mapped = {each.category: each.columns for each in read(ages()).report.mapped}
    assert mapped["Aged 5 to 15 years"] == ("Aged 5 to 9 years", "Aged 10 to 15 years")
    assert len(mapped["Aged 25 to 34 years"]) == 10
    assert "The same people are in the counts used." in left_out(ages()).values()


def test_single_years_alone_give_the_same_bands():
    assert counts(only_table(ages(columns=SINGLE_YEARS))) == counts(only_table(ages()))


def test_bands_of_age_that_do_not_make_up_ours_are_refused_with_the_table_that_does():
    five_years = [
        "Aged 4 years and under",
        *(f"Aged {age} to {age + 4} years" for age in range(5, 85, 5)),
        "Aged 85 years and over",
    ]
    refused = refusal(nomis("Age", five_years, {NORTON: (18, *([1] * 18))}, total="Total"))
    assert "do not make up “Aged 15 years and under”" in refused.message
    assert "TS007" in refused.message


def test_a_table_of_the_same_topic_with_other_categories_is_not_taken_for_ours():
    detailed = [
        "Straight or Heterosexual",
        "Gay or Lesbian",
        "Bisexual",
        "Pansexual",
        "All other sexual orientations",
        "Not answered",
    ]
    refused = refusal(nomis("Sexual orientation", detailed, {NORTON: (6, *([1] * 6))}))
    assert "“Pansexual” is no category of table TS077" in refused.message


def test_a_table_that_we_do_not_use_is_refused_with_those_that_we_do():
    refused = refusal(nomis("General health", ["Very good health"], {NORTON: (1, 1)}))
    assert "“General health”" in refused.message
    assert all(known.code in refused.message for known in KNOWN)


def test_a_table_of_two_topics_that_we_do_not_use_is_refused_with_those_that_we_do():
    file = nomis("Sex", ["Female; Religion: Sikh"], {NORTON: (1, 1)}, "All persons; Religion: Total", VALUE)
    refused = refusal(file)
    assert refused.message.startswith("This file counts by several things at once.")
    assert "TS009 Sex by single year of age" in refused.message


def test_columns_of_percentages_are_left_out():
    lines = religions(dialect=VALUE).splitlines()
    file = f"{lines[0]},Religion: Sikh; measures: Percent\n{lines[1]},15.6\n"
    assert counts(only_table(file)) == counts(only_table(religions()))
    assert left_out(file)["Column “Religion: Sikh; measures: Percent”"] == "We use counts."


def test_each_area_has_the_total_of_its_own_table():
    sexes = nomis("Sex", ["Female", "Male"], {NORTON: (47, 25, 22)}, total="All persons")
    assert only_table(sexes).base == 47
    assert only_table(religions()).base == 45


def test_estimates_in_development_say_so():
    file = nomis("Gender identity", [each.words for each in GENDER_IDENTITY.categories], {NORTON: (6, *([1] * 6))})
    table = only_table(file)
    assert table.is_in_development
    assert "12 September 2024" in table.note
    assert any("in development" in line for line in read(file).report.lines())


def test_only_the_areas_asked_for_are_kept_and_those_not_there_are_named():
    file = nomis("Sex", ["Female", "Male"], {NORTON: (3, 1, 2), SUTTON: (5, 2, 3)}, total="All persons")
    reading = read(file, areas=["E06000902", "E06000999"])
    assert [each.area_name for each in reading.profiles] == ["Sutton"]
    assert (reading.report.rows, reading.report.areas) == (2, 1)
    assert left_out(file, areas=["E06000902", "E06000999"]) == {"Area E06000999": "It is not in this file."}
    assert "E06000999" in refusal(file, areas=["E06000999"]).message


def test_figures_said_to_be_approximate_are_marked_with_the_reason():
    table = only_table(religions(), approximate="Sum of small areas.")
    assert table.is_approximate
    assert table.note.endswith("Sum of small areas.")


def test_the_report_says_in_words_what_became_of_each_column():
    lines = list(read(religions()).report.lines())
    assert lines[0] == "A bulk file of Nomis. Rows read: 1. Areas: 1."
    assert lines[1] == "Tables: TS030 Religion."
    assert "“Sikh” → religion-or-belief: “Sikh”" in lines


DISTRICTS = {
    ("E07000026", "Allerdale"): (3, 1, 2),
    ("E07000028", "Carlisle"): (5, 2, 3),
    ("E07000029", "Copeland"): (7, 3, 4),
}


def test_a_council_that_is_new_since_the_census_is_added_up_from_its_districts():
    file = nomis("Sex", ["Female", "Male"], DISTRICTS, total="All persons")
    assert [each.area_name for each in read(file).profiles] == ["Allerdale", "Carlisle", "Copeland", "Cumberland"]
    table = only_table(file, areas=["E06000063"])
    assert (table.base, *counts(table).values()) == (15, 6, 9)
    assert table.is_approximate
    assert "Allerdale, Carlisle and Copeland" in table.note
    assert "1 April 2023" in table.note
    assert any("new since the Census" in each for each in read(file, areas=["E06000063"]).report.remarks)
    assert not read(file, areas=["E07000028", "E07000026"]).report.remarks[1:]


def test_it_is_not_guessed_from_some_of_its_districts():
    some = dict(list(DISTRICTS.items())[:2])
    file = nomis("Sex", ["Female", "Male"], some | {NORTON: (1, 1, 0)}, total="All persons")
    assert [each.area_name for each in read(file).profiles] == ["Allerdale", "Carlisle", "Norton"]
    assert "Cumberland" in left_out(file, areas=["E06000063", "E06000901"])["Area E06000063"]


def test_it_is_not_added_up_where_the_file_has_it():
    file = nomis("Sex", ["Female", "Male"], DISTRICTS | {("E06000063", "Cumberland"): (9, 4, 5)}, total="All persons")
    assert only_table(file, areas=["E06000063"]).base == 9


def test_who_asks_for_an_old_district_learns_what_became_of_it():
    file = nomis("Sex", ["Female", "Male"], DISTRICTS, total="All persons")
    assert (
        "Carlisle became part of Cumberland (E06000063) on 1 April 2023."
        in read(file, areas=["E07000028"]).report.remarks
    )


@given(st.lists(st.integers(0, 10**7), min_size=9, max_size=9))
def test_whatever_the_counts_the_main_categories_add_up_to_the_base(found):
    table = only_table(religions(sum(found), *found))
    assert sum(each.count for each in table.main) == table.base == sum(found)
    assert list(counts(table).values()) == found


@given(st.lists(st.integers(0, 10**6), min_size=101, max_size=101), st.permutations(range(101)))
def test_whatever_the_ages_and_their_order_everybody_is_in_one_band(found, order):
    columns = [SINGLE_YEARS[place] for place in order]
    file = nomis("Age", columns, {NORTON: (sum(found), *(found[place] for place in order))}, total="Total")
    table = only_table(file)
    assert sum(each.count for each in table.main) == sum(each.count for each in table.finest) == sum(found)
    assert counts(table)["Aged 16 to 24 years"] == sum(found[16:25])


@given(st.permutations([*BANDS, *SINGLE_YEARS]), st.integers(0, 106))
def test_bands_and_years_in_any_mixture_are_never_counted_twice(columns, kept):
    try:
        table = only_table(ages(columns[:kept] if kept < 20 else columns))
    except census.Unreadable:
        return
    assert sum(each.count for each in table.finest) == 101
