"""A table as it was cited: what it says of itself, and that it comes back as it was stored."""

import json
from dataclasses import replace

from assessments.duty.cited import CHARTED, CitedLine, from_stored, to_stored
from assessments.duty.difference import compare
from assessments.duty.document import from_json
from tests.duty import samples
from tests.duty.samples import CITED, document, page_of, row_of

AGE = "evidence-age"


def citing(*tables):
    return document({**samples.everything(), AGE: {"figures": [to_stored(each) for each in tables]}})


def test_a_table_comes_back_from_what_is_stored_as_it_was():
    stored = json.loads(json.dumps(to_stored(CITED)))
    assert stored == to_stored(CITED)
    assert from_stored(stored) == CITED


def test_it_names_itself_its_places_its_source_its_day_and_when_it_was_cited():
    assert CITED.citation == (
        "Age by single year (TS007), Stoke-on-Trent and England. Office for National Statistics, Census 2021, "
        "table TS007, 21 March 2021. Cited on 5 March 2026."
    )
    assert replace(CITED, code="").name == "Age by single year"
    assert replace(CITED, title="").name == "TS007"


def test_base_marks_and_notes_of_each_area_stand_beside_it():
    assert CITED.beside == (
        "Office for National Statistics, Census 2021, table TS007, 21 March 2021. Stoke-on-Trent, all usual residents: "
        "200. England, all usual residents: 1,000. Approximate. Official statistics in development. England: Use "
        "with care. Cited on 5 March 2026. Later figures do not change it."
    )


def test_areas_with_figures_of_another_day_or_source_each_have_their_own():
    own, england = CITED.areas
    other = replace(CITED, areas=(own, replace(england, day="21 March 2031")))
    assert f"Stoke-on-Trent: {own.source}, 21 March 2021." in other.beside
    assert f"England: {own.source}, 21 March 2031." in other.beside


def test_a_cell_has_share_and_count_or_says_that_there_is_no_figure():
    assert CITED.lines[0].cells == ("25.0% (50)", "20.0% (200)")
    assert CITED.lines[1].cells == ("10.0% (20)", "no figure")


def test_a_part_names_its_whole_unless_its_own_words_do():
    assert CITED.lines[1].label == "Aged 4 and under (part of: Aged under 16)"
    assert CitedLine("White: Irish", "White", (1,), ("1.0%",)).label == "White: Irish"


def test_the_chart_has_the_finest_groups_or_the_main_ones_where_those_are_too_many():
    assert [each.category for each in CITED.charted] == ["Aged 4 and under", "Aged 5 to 15", "Aged 16 and over"]
    bands = tuple(CitedLine(f"Band {each}", "Aged 16 and over", (1, 1), ("0.5%", "0.1%")) for each in range(CHARTED))
    many = replace(CITED, lines=(*CITED.lines, *bands))
    assert [each.category for each in many.charted] == ["Aged under 16", "Aged 16 and over"]


def test_the_document_has_the_table_whole_and_its_citation_as_the_answer():
    built = citing(CITED)
    row = row_of(built, AGE, "figures")
    assert row.is_answered
    assert row.entries == (CITED.citation,)
    assert row.figures == page_of(built, AGE).figures == (CITED,)
    again = from_json(built.canonical_json())
    assert again == built
    assert again.digest == built.digest


def test_a_page_that_cites_nothing_has_no_row_for_it():
    assert "figures" not in [row.key for row in page_of(document(samples.everything()), AGE).rows]


def test_another_number_makes_another_digest():
    line = replace(CITED.lines[0], counts=(51, 200))
    assert citing(CITED).digest != citing(replace(CITED, lines=(line, *CITED.lines[1:]))).digest


def test_a_difference_names_what_was_cited_and_what_was_taken_out():
    later = replace(CITED, id="bb22", cited_on="2027-03-05", cited_day="5 March 2027")
    (page,) = compare(citing(CITED), citing(later)).pages
    (row,) = page.rows
    assert {(each.op, each.text) for each in row.parts} == {("removed", CITED.citation), ("added", later.citation)}
    assert compare(citing(CITED), citing(CITED)).is_empty
