"""What is no table, or no proper one: a clear refusal with row and column, and nothing read by halves."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.evidence import census, sheet
from assessments.evidence.census import request
from tests.evidence.census_files import (
    NORTON,
    RELIGIONS,
    SUTTON,
    counts,
    filterable,
    nomis,
    only_table,
    plain,
    read,
    refusal,
    religions,
)

FILTERABLE = filterable(
    "Religion (10 categories)", [(NORTON, place, each, place) for place, each in enumerate(RELIGIONS, 1)]
)
ALL = {"nomis": religions(), "filterable": FILTERABLE, "plain": plain()}
every_layout = pytest.mark.parametrize("file", ALL.values(), ids=ALL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "*",
        "x",
        "c",
        "C",
        "-",
        "–",
        "..",
        ":",
        "[c]",
        "-5",
        "−5",
        "12.5",
        "12.0",
        "1.204",
        "1e3",
        "=1+2",
        "many",
        "1,20",
        "1,2,3",
        "１２",
        "1 204",
        "9" * 13,
    ],
)
def test_what_is_no_count_is_refused_where_it_stands(text):
    bad = religions(45, *range(1, 9), text)
    good = nomis("Religion", RELIGIONS, {SUTTON: (45, *range(1, 10))}).splitlines()
    refused = refusal(f"{good[0]}\n{good[1]}\n{bad.splitlines()[1]}\n")
    assert (refused.row, refused.column) == (3, "Religion: Not answered")
    refused = refusal(plain({}, {"category": "Men and boys", "count": text}))
    assert (refused.row, refused.column) == (3, "count")
    refused = refusal(filterable("Religion (10 categories)", [(NORTON, 1, "Sikh", text)]))
    assert (refused.row, refused.column) == (2, "Observation")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no count"),
        ("*", "held back"),
        ("-5", "below zero"),
        ("12.5", "not a whole number"),
        ("many", "Give a whole number"),
        ("1204512045120", "more than we can keep"),
    ],
)
def test_the_refusal_says_what_is_wrong_and_what_to_do(text, says):
    assert says in refusal(plain({"count": text})).message


def test_thousands_may_have_commas():
    assert only_table(religions("1,000", "992", *([1] * 8))).base == 1000


@pytest.mark.parametrize("total", [5, 400])
def test_categories_that_do_not_add_up_to_the_total_are_refused(total):
    refused = refusal(religions(total, *range(1, 10)))
    assert "45" in refused.message
    assert str(total) in refused.message
    assert refused.row == 2


def test_a_part_that_is_more_than_its_whole_is_refused():
    words = [
        "Disabled under the Equality Act",
        "Disabled under the Equality Act: Day-to-day activities limited a lot",
        "Not disabled under the Equality Act",
    ]
    assert "add up to 60" in refusal(nomis("Disability", words, {NORTON: (100, 20, 60, 80)})).message


def test_an_area_that_is_there_twice_is_refused_with_both_rows():
    file = religions()
    refused = refusal(file + file.splitlines()[1])
    assert refused.row == 3
    assert "row 2" in refused.message


@pytest.mark.parametrize("code", ["", "Stoke", "E0600021", "e06000021", "E06000021 "])
def test_what_is_no_code_of_an_area_is_refused_unless_it_only_has_space_around_it(code):
    file = religions(area=(code, "Norton"))
    if code.strip() == "E06000021":
        assert read(file).profiles[0].area_code == "E06000021"
    else:
        assert (refusal(file).row, refusal(file).column) == (2, "geography code")


def test_an_area_without_a_name_is_refused():
    assert refusal(religions(area=("E06000901", ""))).column == "geography"


def test_another_census_is_refused():
    refused = refusal(religions(year="2011"))
    assert refused.column == "date"
    assert "2021" in refused.message


@every_layout
def test_a_last_row_that_was_cut_short_is_refused(file):
    refused = refusal(file.rstrip("\n").rpartition(",")[0].rpartition(",")[0])
    assert refused.row == len(file.splitlines())
    assert "cut short" in refused.message


@every_layout
def test_blank_rows_do_not_matter_but_rows_are_counted_as_a_spreadsheet_does(file):
    lines = file.splitlines()
    spaced = "\n".join([lines[0], "", ",," + "," * lines[0].count(","), *lines[1:], "", ""])
    with_commas = "\n".join([lines[0], "", "," * file.splitlines()[-1].count(","), *lines[1:], ""])
    assert read(with_commas).profiles == read(file).profiles
    assert read(f"{spaced}\n").profiles == read(file).profiles
    assert refusal(f"{file}\n\nX\n").row == len(lines) + 3


@every_layout
@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_another_delimiter_is_recognised_and_reported(file, delimiter, name):
    changed = file.replace(",", delimiter)
    reading = read(changed)
    assert reading.profiles[0].area_name == "Norton"
    assert any(name in each for each in reading.report.remarks)


@every_layout
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_byte_order_mark_and_the_ends_of_lines_do_not_matter(file, end):
    changed = ("\ufeff" + file.replace("\n", end)).encode()
    assert read(changed).profiles == read(file).profiles


@every_layout
def test_windows_letters_are_read_and_reported(file):
    named = file.replace("Norton", "Ynys Môn")
    reading = read(named.encode("cp1252"))
    assert reading.profiles[0].area_name == "Ynys Môn"
    assert reading.report.remarks
    assert not read(named.encode()).report.remarks


def test_letters_that_are_neither_are_refused():
    assert refusal(religions(area=("E06000901", "Nor\x81ton")).encode("latin-1")).row == 2


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        ("date,geography".encode("utf-16"), "Unicode text"),
    ],
)
def test_another_kind_of_file_is_known_by_how_it_begins(start, says):
    assert says in refusal(start + b"anything").message


@every_layout
def test_a_nul_byte_is_refused(file):
    assert refusal(file.replace("Norton", "Nor\0ton")).row == 2
    assert refusal(f"\0{file}").row == 1


@pytest.mark.parametrize("file", ["", "\n", "\n\n\n"])
def test_an_empty_file_is_refused(file):
    refusal(file)


@every_layout
def test_headings_without_rows_are_refused(file):
    assert refusal(file.splitlines()[0]).message == "There are no rows under the headings."


def test_a_layout_that_we_do_not_know_is_refused_with_those_that_we_do():
    refused = refusal(
        "council_area_code,council_area,topic,category,count\nS12000005,Clackmannanshire,Age,0 - 4,2347\n"
    )
    assert all(each in refused.message for each in ("Nomis", "Observation", "base population"))


@every_layout
@pytest.mark.parametrize("name", ['"Norton', '"Nor"ton'])
def test_quotation_marks_that_do_not_match_are_refused(file, name):
    refused = refusal(name.join(file.split("Norton", 1)))
    assert "quotation marks" in refused.message
    assert refused.row == 2


def test_a_column_that_is_there_twice_is_refused():
    refused = refusal(nomis("Religion", [*RELIGIONS, "Sikh"], {NORTON: (45, *range(1, 11))}))
    assert "“Religion: Sikh”" in refused.message


@pytest.mark.parametrize("more", ["", ",Religion: Total,Religion: All persons"])
def test_a_file_without_one_total_is_refused(more):
    file = f"date,geography,geography code,Religion: Sikh{more}\n2021,Norton,E06000901,3{',3' * more.count(',')}\n"
    assert "One column must have the total" in refusal(file).message


def test_a_line_without_end_is_refused_without_reading_it_all():
    file = io.BytesIO(b"x" * (3 * sheet.LONGEST_LINE))
    with pytest.raises(census.Unreadable, match="too long"):
        census.read(file)
    assert file.tell() <= sheet.LONGEST_LINE + 1


class Huge(io.RawIOBase):
    """500 MB that are never there: it can be wound to its end, and not be read."""

    def seekable(self):
        return True

    def seek(self, offset, whence=0):
        return 500 * sheet.MEGABYTE


def test_a_file_that_is_too_large_is_refused_before_any_of_it_is_read():
    with pytest.raises(census.Unreadable, match="500 MB, and we read up to 100 MB"):
        census.read(Huge())


@pytest.mark.parametrize("layout", ["nomis", "filterable", "plain"])
def test_more_areas_than_we_keep_are_refused_unless_some_are_named(monkeypatch, layout):
    monkeypatch.setattr(request, "MOST_AREAS", 2)
    areas = [(f"E0600090{place}", f"Area {place}") for place in range(3)]
    religion = [(area, place, each, 1) for area in areas for place, each in enumerate(RELIGIONS, 1)]
    file = {
        "nomis": nomis("Religion", RELIGIONS, {area: (9, *([1] * 9)) for area in areas}),
        "filterable": filterable("Religion (10 categories)", religion),
        "plain": plain(*({"area code": code, "area name": name} for code, name in areas)),
    }[layout]
    assert "more than 2 areas" in refusal(file).message
    assert len(read(file, areas=["E06000902"]).profiles) == 1


def test_a_message_shows_what_it_quotes_in_short_and_without_what_cannot_be_shown():
    message = refusal(plain({"count": "\x07" + "9" * 200})).message
    assert "\x07" not in message
    assert len(message) < 150


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_in_another_way(found):
    with contextlib.suppress(census.Unreadable):
        read(found)


@given(st.sampled_from(list(ALL.values())), st.data())
def test_no_damage_to_a_file_makes_it_fail_in_another_way(file, data):
    raw = bytearray(file.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        raw[start : start + data.draw(st.integers(0, 12))] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b",", b"\n", b'"', b"-8", b"0", b": "])
        )
    try:
        reading = read(bytes(raw))
    except census.Unreadable:
        return
    assert list(reading.report.lines())
    for profile in reading.profiles:
        for table in profile.tables:
            assert not list(table.troubles())
            assert all(each.count >= 0 for each in table.figures)


cell = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "Age: Total",
        "Age: Aged 1 year",
        "Sex: Female",
        "date",
        "geography",
        "geography code",
        "Observation",
        "E06000901",
        "12",
        "-8",
        "*",
    ]
)


@given(st.lists(st.lists(cell, min_size=1, max_size=6), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_no_table_of_any_cells_makes_it_fail_in_another_way(rows, delimiter):
    with contextlib.suppress(census.Unreadable):
        read("\n".join(delimiter.join(row) for row in rows))


@given(st.sampled_from(list(ALL.values())), st.integers(0, 3000))
def test_a_file_that_stops_anywhere_gives_all_or_nothing(file, length):
    whole = read(file).profiles
    try:
        found = read(file.encode()[:length]).profiles
    except census.Unreadable:
        return
    assert [each.category for each in found[0].tables[0].figures] == [
        each.category for each in whole[0].tables[0].figures
    ]
    assert sum(counts(found[0].tables[0]).values()) >= 0
