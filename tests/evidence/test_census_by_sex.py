"""Ages by sex: a table of 309 columns, in which every person stands four times over."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.evidence import census
from assessments.evidence.census.bands import Band
from assessments.evidence.census.by_sex import pairs
from assessments.evidence.census.catalogue import AGE, AGE_AND_SEX
from tests.evidence.census_files import (
    NORTON,
    SEXES,
    SINGLE_YEARS_TO_90,
    SUB_TOTALS,
    by_sex,
    counts,
    filterable,
    left_out,
    nomis,
    only_table,
    plain,
    read,
    refusal,
    text,
)

ENGLAND_AND_WALES = {
    "All persons; Age: Total": 59_597_539,
    "Female; Age: Total": 30_420_202,
    "Female; Age: Aged 4 years and under": 1_577_342,
    "Female; Age: Aged 5 to 9 years": 1_720_435,
    "Female; Age: Aged 10 to 15 years": 2_083_394,
    "Female; Age: Aged 16 to 19 years": 1_322_965,
    "Female; Age: Aged 20 to 24 years": 1_793_333,
    "Female; Age: Aged 25 to 34 years": 4_137_038,
    "Female; Age: Aged 35 to 49 years": 5_886_345,
    "Female; Age: Aged 50 to 64 years": 5_902_642,
    "Female; Age: Aged 65 to 74 years": 3_075_431,
    "Female; Age: Aged 75 to 84 years": 2_009_407,
    "Female; Age: Aged 85 years and over": 911_870,
    "Male; Age: Total": 29_177_337,
    "Male; Age: Aged 4 years and under": 1_654_694,
    "Male; Age: Aged 5 to 9 years": 1_804_190,
    "Male; Age: Aged 10 to 15 years": 2_191_114,
    "Male; Age: Aged 16 to 19 years": 1_393_220,
    "Male; Age: Aged 20 to 24 years": 1_808_793,
    "Male; Age: Aged 25 to 34 years": 3_913_502,
    "Male; Age: Aged 35 to 49 years": 5_639_757,
    "Male; Age: Aged 50 to 64 years": 5_705_432,
    "Male; Age: Aged 65 to 74 years": 2_847_689,
    "Male; Age: Aged 75 to 84 years": 1_675_940,
    "Male; Age: Aged 85 years and over": 543_006,
}
"""Source: Office for National Statistics, Census 2021, table TS009, bulk file of Nomis. The totals and sub-totals."""


def england_and_wales(**changed):
    found = ENGLAND_AND_WALES | changed
    headings = [f"Sex: {each}; measures: Value" for each in found]
    row = ["2021", "England and Wales", "K04000001", *found.values()]
    return text([["date", "geography", "geography code", *headings], row])


def test_the_published_figures_of_england_and_wales_become_our_bands_for_each_sex():
    table = only_table(england_and_wales())
    assert (table.code, table.characteristic, table.base) == ("TS009", "age", 59_597_539)
    assert table.base_words == "All usual residents"
    assert [(each.category, each.count) for each in table.main] == [("Female", 30_420_202), ("Male", 29_177_337)]
    found = counts(table)
    assert found["Female: Aged 4 years and under"] == 1_577_342
    assert found["Female: Aged 5 to 15 years"] == 1_720_435 + 2_083_394 == 3_803_829
    assert found["Male: Aged 16 to 24 years"] == 1_393_220 + 1_808_793 == 3_202_013
    assert found["Male: Aged 85 years and over"] == 543_006
    assert sum(each.count for each in table.finest) == table.base


def test_each_figure_is_a_share_of_all_residents_of_the_same_table():
    (panel,) = census.panels(read(england_and_wales()).profiles[0])
    shares = {line.category: line.shares[0].percent for line in panel.lines}
    assert shares["Female"] == "51.0%"
    assert shares["Female: Aged 85 years and over"] == "1.5%"
    assert shares["Male: Aged 85 years and over"] == "0.9%"


def test_the_bands_are_those_of_the_table_of_ages():
    ours = [each.words for each in AGE.categories if each.words not in AGE.parts]
    for sex in SEXES:
        assert [each.words for each in AGE_AND_SEX.parts[sex]] == [f"{sex}: {words}" for words in ours]


@pytest.mark.parametrize("dialect", ["", "; measures: Value"])
def test_both_dialects_of_headings_say_the_same(dialect):
    assert counts(only_table(by_sex(dialect=dialect))) == counts(only_table(by_sex()))
    assert only_table(by_sex(dialect=dialect)).base == 182


@pytest.mark.parametrize("ages", [SUB_TOTALS, SINGLE_YEARS_TO_90], ids=["sub-totals", "single years"])
def test_sub_totals_alone_and_single_years_alone_give_the_same_as_both(ages):
    assert counts(only_table(by_sex(ages=ages))) == counts(only_table(by_sex()))
    assert list(counts(only_table(by_sex())).values()) == 2 * [91, 5, 11, 9, 10, 15, 15, 10, 10, 6]


def test_the_ages_of_all_persons_may_be_missing_and_are_left_out_where_they_are_there():
    assert counts(only_table(by_sex(sexes=SEXES))) == counts(only_table(by_sex()))
    used = 2 * len(("Total", *SUB_TOTALS))
    assert left_out(by_sex()) == {f"{308 - used} of the 308 counts": "The same people are in the counts used."}


def test_the_report_says_which_columns_make_up_a_band():
    mapped = {each.category: each.columns for each in read(by_sex()).report.mapped}
    assert mapped["Female: Aged 5 to 15 years"] == ("Female: Aged 5 to 9 years", "Female: Aged 10 to 15 years")
    assert mapped["Male"] == ("Male: Total",)
    assert "All persons" not in str(mapped)


@pytest.mark.parametrize(("there", "missing"), [(("All persons", "Female"), "Male"), (("Male",), "Female")])
def test_a_file_in_which_a_sex_is_missing_is_refused(there, missing):
    refused = refusal(by_sex(sexes=there))
    assert refused.message.startswith(f"No column has the total of “{missing}”.")
    assert refused.row == 1


def test_a_file_with_all_persons_alone_is_refused_with_the_table_that_has_their_ages():
    assert "For the ages of all persons alone, use table TS007." in refusal(by_sex(sexes=("All persons",))).message


def test_a_file_with_the_totals_of_the_sexes_alone_is_refused():
    refused = refusal(by_sex(ages=()))
    assert "do not make up “Female: Aged 4 years and under”" in refused.message
    assert "Use table TS009, which has single years." in refused.message


def test_a_file_without_the_total_of_all_persons_is_refused():
    file = by_sex().replace("Sex: All persons; Age: Total; measures: Value", "note")
    assert refusal(file).row == 1


@pytest.mark.parametrize("heading", ["Other; Age: Aged 1 year", "Female; Age: Adults"])
def test_a_sex_or_an_age_that_is_in_no_such_table_is_refused(heading):
    found = re.sub("Female; Age: Aged 1 year(?=;)", heading, by_sex())
    assert "is no category of table TS009" in refusal(found).message


def test_ages_that_do_not_add_up_to_their_sex_are_refused():
    changed = {"Male; Age: Aged 35 to 49 years": 5_639_757 - 11}
    refused = refusal(england_and_wales(**changed))
    assert refused.message == (
        "The ages of “Male” add up to 29,177,326, and the total is 29,177,337. "
        "A figure may have been cut short or changed."
    )
    assert refused.row == 2
    assert only_table(england_and_wales(**{"Male; Age: Aged 35 to 49 years": 5_639_757 - 10}))


def test_sexes_that_do_not_add_up_to_everybody_are_refused():
    assert "add up to 59,597,539, and the total is 59,597,549" in (
        refusal(england_and_wales(**{"All persons; Age: Total": 59_597_549})).message
    )


def test_a_filterable_file_of_ages_by_sex_is_refused_with_where_to_get_one():
    headings = ["Areas Code", "Areas", "Sex (2 categories) Code", "Sex (2 categories)"]
    rows = [
        [*headings, "Age (91 categories) Code", "Age (91 categories)", "Observation"],
        [*NORTON, 1, "Female", 1, "x", 5],
    ]
    assert "use table TS009 in a bulk file of Nomis" in refusal(text(rows)).message
    assert (
        "counts by several things"
        in refusal(
            filterable("Sex; Religion", [(NORTON, 1, "Female", 5)]).replace("Observation", "x,Observation")
        ).message
    )


def test_it_stands_beside_the_table_of_ages_as_context():
    ages = nomis("Age", SINGLE_YEARS_TO_90, {NORTON: (91, *([1] * 91))}, total="Total")
    one, other = only_table(ages), only_table(by_sex())
    profile = census.Profile("E06000901", "Norton", (other, one))
    assert [each.code for each in profile.about("age")] == ["TS007", "TS009"]
    assert not one.is_context
    assert other.is_context


def test_where_it_is_the_only_table_the_ages_are_not_called_a_gap():
    assert "age" not in [each.characteristic for each in census.gaps(read(by_sex()).profiles[0])]


@given(
    st.lists(st.integers(0, 10**6), min_size=182, max_size=182),
    st.permutations((*SUB_TOTALS, *SINGLE_YEARS_TO_90)),
)
def test_whatever_the_counts_and_their_order_everybody_is_in_one_band_of_one_sex(found, order):
    each = {
        (sex, words): n
        for (sex, words), n in zip(((s, w) for s in SEXES for w in SINGLE_YEARS_TO_90), found, strict=True)
    }
    table = only_table(by_sex(count=lambda sex, words: each[sex, words], ages=order))
    assert sum(figure.count for figure in table.finest) == table.base == sum(found)
    assert counts(table)["Male: Aged 65 to 74 years"] == sum(found[91 + 65 : 91 + 75])


# Of one's own


def mid_year(
    *, of=("Female", "Male"), ages=("Aged 15 years and under", "Aged 16 to 64 years", "Aged 65 years and over")
):
    """Estimates of the council's own residents by age and sex."""
    common = {"table title": "Mid-year estimates", "characteristic": "age", "base": "600"}
    sexes = [{**common, "category": sex, "count": "300"} for sex in of]
    bands = [{**common, "category": f"{sex}: {age}", "part of": sex, "count": "100"} for sex in of for age in ages]
    return plain(*sexes, *bands)


def test_a_file_of_ones_own_can_have_ages_by_sex():
    table = only_table(mid_year())
    assert (table.title, table.base, len(table.figures)) == ("Mid-year estimates", 600, 8)
    assert table.is_context
    assert [each.band for each in pairs((each.category, each.part_of) for each in table.figures)] == [
        Band(0, 15),
        Band(16, 64),
        Band(65, 120),
    ]


def test_other_tables_of_ones_own_are_not_for_context():
    assert not only_table(plain()).is_context
    assert not only_table(mid_year(of=("Disabled", "Not disabled"))).is_context


AGES_OF = {
    "Male: Aged 15 years and under": "Male",
    "Male: Aged 16 years and over": "Male",
    "Female: Aged 15 years and under": "Female",
    "Female: Aged 16 years and over": "Female",
}


def test_bands_are_paired_whatever_their_order_and_whether_the_sexes_have_totals():
    expected = [
        (Band(0, 15), "Male: Aged 15 years and under", "Female: Aged 15 years and under"),
        (Band(16, 120), "Male: Aged 16 years and over", "Female: Aged 16 years and over"),
    ]
    assert list(pairs(AGES_OF.items())) == expected
    assert list(pairs([("Female", ""), *reversed(AGES_OF.items()), ("Male", "")])) == expected
    assert list(pairs((words, "") for words in AGES_OF)) == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"All persons: Aged 16 years and over": ""},
        {"Male: Aged 85 years and over": "Male"},
        {"Male: Aged 10 to 19 years": "Male", "Female: Aged 10 to 19 years": "Female"},
        {"Men: Aged 16 years and over": "Men"},
        {"Not known": ""},
    ],
    ids=["another sex", "one sex alone", "overlap", "twice", "no age"],
)
def test_what_is_not_ages_by_sex_throughout_is_none(changed):
    assert pairs((AGES_OF | changed).items()) == ()
    assert pairs([]) == ()
