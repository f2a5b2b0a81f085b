"""Shares beside those of other areas, and how they are put into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.duty import act
from assessments.evidence.census import Share, gaps, panels
from assessments.evidence.census.shares import PER
from tests.evidence.census_files import NORTON, SUTTON, nomis, plain, read, religions

NAMES = (NORTON, SUTTON)


def sexes(area, base, women, **how):
    file = nomis("Sex", ["Female", "Male"], {area: (base, women, base - women)}, total="All persons", **how)
    return read(file).profiles[0]


def test_each_share_is_of_the_base_of_its_own_table_and_area():
    (panel,) = panels(sexes(NORTON, 200, 110), [sexes(SUTTON, 1000, 500)])
    assert panel.areas == ("Norton", "Sutton")
    assert [each.category for each in panel.lines] == ["Female", "Male"]
    assert [share.percent for share in panel.lines[0].shares] == ["55.0%", "50.0%"]
    assert panel.lines[0].shares[0].proportion == 0.55
    assert panel.lines[0].words == ("about 55 in every 100", "about 50 in every 100")
    assert [table.base for table in panel.tables] == [200, 1000]


def test_a_comparator_without_the_table_leaves_its_place_empty():
    (panel,) = panels(sexes(NORTON, 200, 110), [read(religions(area=SUTTON)).profiles[0]])
    assert panel.tables[1] is None
    assert panel.lines[0].shares[1] is None
    assert panel.lines[0].words == ("about 55 in every 100", "")


def test_a_comparator_with_a_table_of_other_people_is_not_compared():
    own = read(plain({"table": "TS008"}, {"table": "TS008", "category": "Men and boys", "count": "40"})).profiles[0]
    (panel,) = panels(own, [sexes(SUTTON, 1000, 500)])
    assert panel.tables[1] is None


def test_a_category_that_a_comparator_lacks_leaves_its_place_empty():
    own = read(plain({"base": "60"})).profiles[0]
    other = read(plain({"area code": "x", "category": "Men and boys", "base": "60"})).profiles[0]
    (panel,) = panels(own, [other])
    assert panel.lines[0].shares[1] is None


def test_the_comparison_is_with_the_same_date_and_else_with_the_latest():
    def survey(code, *years):
        return read(plain(*({"area code": code, "date": f"{year}-01-01"} for year in years))).profiles[0]

    (panel,) = panels(survey("a", 2021), [survey("b", 2019, 2021, 2023), survey("c", 2019, 2020)])
    assert [table.date.year for table in panel.tables] == [2021, 2021, 2020]


def test_nobody_at_all_has_no_shares():
    (panel,) = panels(sexes(NORTON, 0, 0))
    assert panel.lines[0].shares == (None,)


def test_what_a_profile_does_not_tell_is_named_for_each_characteristic_of_the_act():
    found = {each.characteristic: each.why for each in gaps(sexes(NORTON, 2, 1))}
    assert list(found) == [each.slug for each in act.CHARACTERISTICS if each is not act.SEX]
    assert "did not ask" in found["pregnancy-and-maternity"]
    assert found["race"] == "No table about race has been read for Norton."


def test_a_table_for_context_does_not_fill_the_gap():
    words = [
        "Main language is English (English or Welsh in Wales)",
        "Main language is not English (English or Welsh in Wales)",
    ]
    file = nomis(
        "Proficiency in English language",
        words,
        {NORTON: (9, 5, 4)},
        "Total: All usual residents aged 3 years and over",
    )
    assert "race" in {each.characteristic for each in gaps(read(file).profiles[0])}


@pytest.mark.parametrize(
    ("count", "base", "percent", "words"),
    [
        (0, 1000, "0.0%", "none"),
        (1000, 1000, "100.0%", "all"),
        (25597, 258369, "9.9%", "about 10 in every 100"),
        (125, 1000, "12.5%", "about 13 in every 100"),
        (25, 1000, "2.5%", "about 3 in every 100"),
        (1, 2000, "0.1%", "about 5 in every 10,000"),
        (1510, 205893, "0.7%", "about 7 in every 1,000"),
        (83, 258372, "under 0.1%", "about 3 in every 10,000"),
        (19, 205900, "under 0.1%", "fewer than 2 in every 10,000"),
        (9996, 10000, "over 99.9%", "nearly all"),
        (999, 1000, "99.9%", "nearly all"),
        (994, 1000, "99.4%", "about 99 in every 100"),
    ],
)
def test_shares_are_rounded_half_up_and_put_into_words(count, base, percent, words):
    share = Share(count, base)
    assert share.percent == percent
    assert share.in_words(share.per) == words


def test_shares_on_one_line_are_told_of_the_same_number():
    (panel,) = panels(sexes(NORTON, 10_000, 23), [sexes(SUTTON, 1000, 29)])
    assert panel.lines[0].words == ("about 2 in every 1,000", "about 29 in every 1,000")


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.sampled_from(PER))
def test_words_never_make_some_of_none_or_all_of_some(count, more, per):
    base = max(count, more)
    share = Share(count, base)
    assert (share.percent == "0.0%") == (share.in_words(per) == "none") == (count == 0)
    assert (share.percent == "100.0%") == (share.in_words(per) == "all") == (count == base)
    assert 0 <= share.proportion <= 1
