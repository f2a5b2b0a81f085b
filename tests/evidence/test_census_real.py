"""Our own figures for Stoke-on-Trent, and the real files of the Census where they are at hand."""

import csv
import datetime
import re
from collections import defaultdict

import pytest

from assessments.duty import act
from assessments.evidence import census
from assessments.evidence.census.bands import band
from assessments.evidence.census.boundaries import MERGERS
from assessments.evidence.census.catalogue import BY_CODE, CENSUS_DAY, KNOWN, LOCAL
from tests.evidence.census_files import REAL, ROOT, only_table, read, refusal, text

FIXTURE = ROOT / "fixtures" / "population" / "stoke-on-trent-census-2021.csv"
STOKE, WEST_MIDLANDS, ENGLAND = "E06000021", "E12000005", "E92000001"
AGES = {
    "0-15": "Aged 15 years and under",
    "0-4": "Aged 4 years and under",
    "65+": "Aged 65 years and over",
    "85+": "Aged 85 years and over",
}
NOT_LAYOUTS_OF_OURS = ("census2021-ts078-ltla.msoa-derived-partial.csv", "stop_search_disparity_by_district.csv")

where_they_are = pytest.mark.skipif(not REAL.is_dir(), reason="the evidence files are not beside the project")


def profiles():
    with FIXTURE.open("rb") as file:
        return census.read(file).profiles


def table_of(profile, code):
    return next(each for each in profile.tables if each.code == code)


def test_the_fixture_has_three_areas_and_every_table_but_ages_by_sex():
    stoke, west_midlands, england = profiles()
    assert [(each.area_code, each.area_name) for each in profiles()] == [
        (STOKE, "Stoke-on-Trent"),
        (WEST_MIDLANDS, "West Midlands"),
        (ENGLAND, "England"),
    ]
    assert {each.code for each in stoke.tables} == set(BY_CODE) - {"TS009"}
    for profile in (west_midlands, england):
        assert {each.code for each in profile.tables} == set(BY_CODE) - {"TS004", "TS009"}


def test_each_figure_of_the_fixture_has_its_base_its_date_and_its_source():
    for profile in profiles():
        for table in profile.tables:
            known = BY_CODE[table.code]
            assert (table.title, table.base_words, table.characteristic) == (
                known.title,
                known.base_words,
                known.characteristic,
            )
            assert table.date == CENSUS_DAY == datetime.date(2021, 3, 21)
            assert table.source.startswith("Office for National Statistics, Census 2021, table TS0")
            assert table.is_in_development == (table.code == "TS078")
            assert table.note or not table.is_approximate


def test_the_fixture_marks_what_is_approximate():
    stoke, *others = profiles()
    exact = {"TS002", "TS007", "TS021", "TS038", "TS077"}
    assert {each.code for each in stoke.tables if not each.is_approximate} == exact
    assert all(table.is_approximate for profile in others for table in profile.tables)


def test_in_the_fixture_every_base_is_its_categories_added_up_but_for_gender_identity():
    for profile in profiles():
        for table in profile.tables:
            if table.code == "TS078":
                assert "not known" in table.note
                assert table.has_gap
            else:
                assert table.unaccounted == 0
                assert sum(each.count for each in table.finest) == table.base


def test_the_fixture_tells_of_all_but_pregnancy_and_maternity():
    stoke, *others = profiles()
    assert [each.characteristic for each in census.gaps(stoke)] == [act.PREGNANCY_AND_MATERNITY.slug]
    told = list(dict.fromkeys(each.characteristic for each in census.panels(stoke, others)))
    assert told == [*(each.slug for each in act.CHARACTERISTICS if each is not act.PREGNANCY_AND_MATERNITY), *LOCAL]


@pytest.mark.parametrize(
    ("code", "category", "percents"),
    [
        ("TS007", "Aged 65 years and over", ("17.1%", "18.8%", "18.4%")),
        ("TS021", "Asian, Asian British or Asian Welsh: Pakistani", ("6.0%", "5.4%", "2.8%")),
        ("TS030", "Muslim", ("9.2%", "9.6%", "6.7%")),
        ("TS038", "Disabled under the Equality Act", ("21.1%", "18.1%", "17.3%")),
        ("TS011", "Household is not deprived in any dimension", ("41.1%", "45.9%", "48.4%")),
    ],
)
def test_shares_in_stoke_on_trent_stand_beside_the_region_and_the_country(code, category, percents):
    stoke, *others = profiles()
    panel = next(each for each in census.panels(stoke, others) if each.tables[0].code == code)
    line = next(each for each in panel.lines if each.category == category)
    assert tuple(share.percent for share in line.shares) == percents


def real_profile():
    """By table, then by category in our words: the row of the profile that was made of the real files."""
    found = defaultdict(dict)
    with (REAL / "stoke_on_trent_profile_census2021.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            category = row["category"]
            if row["table"] == "TS007" and category != "Total":
                category = AGES.get(category, f"Aged {category.replace('-', ' to ')} years")
            is_total = re.match(r"total|all persons", category, re.IGNORECASE)
            found[row["table"]]["" if is_total else category] = row
    return found


def real_reading(name, **how):
    with (REAL / name).open("rb") as file:
        return census.read(file, **how)


def files():
    return sorted(path.name for path in REAL.glob("*.csv"))


@where_they_are
def test_the_figures_of_stoke_on_trent_in_the_real_files_are_those_of_its_profile():
    expected = real_profile()
    seen = set()
    for name in files():
        try:
            (profile,) = real_reading(name, areas=[STOKE]).profiles
        except census.Unreadable:
            continue
        (table,) = profile.tables
        seen.add(table.code)
        rows = expected[table.code]
        assert profile.area_name == "Stoke-on-Trent"
        assert table.base == int(rows[""]["stoke_n"])
        assert {each.category: each.count for each in table.figures} == {
            category: int(row["stoke_n"]) for category, row in rows.items() if category
        }
    assert seen == set(BY_CODE) - {"TS004", "TS009", "TS078"}


@where_they_are
def test_the_fixture_agrees_with_the_profile_of_the_real_files():
    expected = real_profile()
    for profile, column in zip(profiles(), ("stoke_n", "west_midlands_n", "england_n"), strict=True):
        for table in profile.tables:
            rows = {key: int(row[column]) for key, row in expected[table.code].items()}
            assert table.base == rows.pop("")
            assert sorted(each.count for each in table.figures) == sorted(rows.values())


@where_they_are
def test_the_authorities_of_england_in_the_real_files_add_up_to_its_profile():
    expected = real_profile()
    new = {merger.code for merger in MERGERS}
    for name in (each for each in files() if each.startswith(("census2021-ts0", "TS021")) and "ctry" not in each):
        if name in NOT_LAYOUTS_OF_OURS:
            continue
        english = [
            each for each in real_reading(name).profiles if each.area_code.startswith("E") and each.area_code not in new
        ]
        assert len(english) == 309
        code = english[0].tables[0].code
        assert sum(table_of(each, code).base for each in english) == int(expected[code][""]["england_n"])


@where_they_are
def test_the_file_for_countries_has_the_published_totals():
    found = {each.area_code: table_of(each, "TS007") for each in real_reading("census2021-ts007-ctry.csv").profiles}
    assert found["K04000001"].base == int(real_profile()["TS007"][""]["england_wales_n"])
    assert found[ENGLAND].base == 56_490_045


@where_they_are
def test_both_real_layouts_of_the_same_table_say_the_same():
    one = real_reading("TS021-2021-2.csv", areas=[STOKE]).profiles[0].tables[0]
    other = real_reading("census2021-ts021-ltla.reconstructed.csv", areas=[STOKE]).profiles[0].tables[0]
    assert (one.base, one.figures) == (other.base, other.figures)


@where_they_are
def test_real_files_that_are_no_tables_of_the_census_are_refused():
    refused = []
    for name in files():
        try:
            real_reading(name)
        except census.Unreadable:
            refused.append(name)
    assert set(NOT_LAYOUTS_OF_OURS) < set(refused)
    assert not [name for name in refused if name.startswith("census2021") and name not in NOT_LAYOUTS_OF_OURS]


@where_they_are
def test_every_real_heading_of_our_tables_is_read_and_all_other_tables_are_refused():
    tables = defaultdict(list)
    with (REAL / "nomis_bulk_headers_and_england_wales_values.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            tables[row["table_id"].upper()].append(row)
    for code, rows in tables.items():
        headings = ["date", "geography", "geography code", *(row["nomis_bulk_header"] for row in rows)]
        values = ["2021", "England and Wales", "K04000001", *(row["england_wales_value"] for row in rows)]
        file = text([headings, values])
        if code not in BY_CODE:
            assert refusal(file).row == 1, code
            continue
        (table,) = read(file).profiles[0].tables
        assert (table.code, table.title, table.base_words) == (code, rows[0]["table_title"], rows[0]["population_base"])
        assert table.base == int(rows[0]["england_wales_value"])
        if code not in ("TS007", "TS009"):
            assert [str(each.count) for each in table.figures] == [row["england_wales_value"] for row in rows[1:]]
    assert {known.code for known in KNOWN} < set(tables)


@where_they_are
def test_the_real_ages_by_sex_are_the_single_years_of_their_bands_and_nobody_twice():
    found = {}
    with (REAL / "nomis_bulk_headers_and_england_wales_values.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["table_id"] == "ts009":
                found[row["nomis_bulk_header"]] = int(row["england_wales_value"])
    assert len(found) == 309
    table = only_table(
        text([["date", "geography", "geography code", *found], ["2021", "Both", "K04000001", *found.values()]])
    )
    assert (table.base, table.title) == (59_597_539, "Sex by single year of age")
    years = [(each, band(re.sub(".*Age: (.*); measures.*", r"\1", each)), count) for each, count in found.items()]
    single = [(each, ages.first, count) for each, ages, count in years if ages and ages.first in (ages.last, 90)]
    assert len(single) == 3 * 91
    for each in table.finest:
        sex, _, words = each.category.partition(": ")
        first, last = band(words)
        assert each.count == sum(n for heading, age, n in single if f"Sex: {sex};" in heading and first <= age <= last)
    assert sum(each.count for each in table.main) == sum(each.count for each in table.finest) == table.base


@where_they_are
def test_districts_that_were_merged_have_their_names_in_the_real_files_and_the_new_councils_too():
    found = {each.area_code: each.area_name for each in real_reading("census2021-ts008-ltla.from-ts009.csv").profiles}
    old = {code: name for code, name in found.items() if code not in {merger.code for merger in MERGERS}}
    with (REAL / "imd2025_england_local_authority_summaries.csv").open(newline="", encoding="utf-8") as file:
        new = {row["ltla24_code"]: row["ltla24_name"] for row in csv.DictReader(file)}
    merged = {district: name for merger in MERGERS for district, name in merger.districts.items()}
    assert merged == {code: name for code, name in old.items() if code.startswith("E") and code not in new}
    assert {merger.code: merger.name for merger in MERGERS} == {
        code: name for code, name in new.items() if code not in old
    }
