"""What differs between two versions, as a PDF: what it says, and to whom."""

import logging
from dataclasses import replace
from itertools import pairwise

import pytest

from assessments import prose
from assessments.reports import edition
from tests.app.test_reports import HOSTILE, LONG_WORD
from tests.duty import samples
from tests.pdf.checks import assert_pdf_ua, structure_of
from tests.pdf.verapdf import assert_verapdf

SCREENED = samples.screening({"age": "yes"}, {"foster": "yes"})
FIRST = replace(
    samples.FACTS, status="with-head", status_label="With the head of service", version=1, frozen="2026-03-05"
)
SECOND = replace(FIRST, status="approved", status_label="Approved", version=2, frozen="2026-03-09")
ACTIONS = [{"id": "a", "what": "Visit"}, {"id": "b", "what": "Write"}]


def document(facts, **pages):
    return samples.document({**SCREENED, **pages}, facts=facts)


BEFORE = document(
    FIRST,
    proposal={"title": "Close a school", "what": "We close it in May.\n\n- Staff move."},
    people={"groups": ["users", "staff"]},
    **{"foster-age": {"impact": ["positive"]}},
    actions={"actions": ACTIONS},
)
AFTER = document(
    SECOND,
    proposal={"title": "Close a school", "what": "We close it in July.\n\n- Staff move."},
    people={"groups": ["users", "public"]},
    **{"foster-age": {"impact": ["negative"], "severity": "high"}},
    actions={"actions": [{"id": "b", "what": "Write to all"}, {"id": "c", "what": "Buy a bus"}]},
)


@pytest.fixture(scope="module")
def made():
    return edition.difference_to_pdf(BEFORE, AFTER)


@pytest.fixture(scope="module")
def structure(made):
    return structure_of(made)


def rows_of(structure):
    return {row[0].text: [cell.text for cell in row[1:]] for table in structure.tables for row in table.rows}


# What it says


def test_it_conforms_to_pdf_ua(made):
    assert_pdf_ua(made)
    assert_verapdf(made)


def test_whoever_hears_or_copies_it_is_told_what_came_and_what_went(structure):
    (text,) = rows_of(structure)["What will change, and why? Changed"]
    assert text.splitlines()[0].startswith("We close it in [removed: May][added: July].")
    assert ["People who use the service", "[removed: Council staff]", "[added: The public]"] in structure.lists


def test_items_are_told_one_by_one(structure):
    (text,) = rows_of(structure)["What will be done, by whom, by when? Changed"]
    assert " ".join(text.split()) == (
        "Action 1: taken out What will be done? [removed: Visit] "
        "Action 1: changed What will be done? Write [added: to all] "
        "Action 2: new What will be done? [added: Buy a bus]"
    )


def test_facts_and_cells_are_tables_whose_cells_are_read_with_their_version(structure):
    cells = {cell.headers: cell.text for table in structure.tables for row in table.rows for cell in row}
    assert cells["Status", "Version 1"] == "With the head of service"
    assert cells["Status", "Version 2"] == "Approved"
    assert cells["Foster good relations: age", "Version 2"] == "Negative (high)"


def test_the_cover_says_what_is_compared(structure):
    rows = rows_of(structure)
    assert rows["Version 1"][0].replace(" ", "").endswith(BEFORE.digest)
    assert rows["Version 2"][0].startswith("Close a school Approved, 9 March 2026")
    assert "Answers: 1 new, 0 taken out, 4 changed." in structure.root.text


def test_it_has_its_title_its_bookmarks_and_its_headings_in_order(structure):
    assert structure.title == "EIA-2026-0001: what changed from version 1 to version 2"
    assert structure.language == "en-GB"
    assert [each[:2] for each in structure.bookmarks] == structure.headings
    levels = [level for level, _ in structure.headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [text for level, text in structure.headings if level == 2] == [
        "Where they differ",
        "Facts",
        "Impact at a glance",
        "The proposal",
        "Limb (c): foster good relations",
        "Actions",
    ]


def test_each_place_that_is_counted_leads_there(structure):
    pages = {text: page for _, text, page in structure.bookmarks}
    counted = {each.text.rpartition(" ")[0]: each.target for each in structure.links if " " in each.text}
    assert counted == {
        "Facts: 1": pages["Facts"],
        "Impact at a glance: 1": pages["Impact at a glance"],
        "The proposal: 2 answers": pages["The proposal"],
        "Limb (c): foster good relations: 2 answers": pages["Limb (c): foster good relations"],
        "Actions: 1 answer": pages["Actions"],
    }


def test_each_page_carries_the_reference_and_both_versions(structure):
    for number, artefacts in enumerate(structure.artefacts, start=1):
        assert artefacts.splitlines() == [
            "EIA-2026-0001, from version 1 to version 2",
            "Test Council",
            "Approved, 9 March 2026",
            f"Page {number} of {structure.pages}",
        ]


def test_two_that_say_the_same_say_so():
    text = structure_of(edition.difference_to_pdf(BEFORE, replace(BEFORE, facts=replace(FIRST, version=2)))).root.text
    assert "Nothing differs. The two say the same." in text


def test_an_approval_after_the_decision_is_marked():
    late = replace(AFTER, facts=replace(SECOND, is_retrospective=True))
    assert "RETROSPECTIVE" in structure_of(edition.difference_to_pdf(BEFORE, late)).root.text


def test_nothing_that_somebody_types_is_obeyed_or_harmful(caplog):
    typed = [prose.clean(each) for each in HOSTILE]
    hostile = document(
        SECOND,
        proposal={"title": f"{typed[0]} {LONG_WORD[:200]}", "what": "\n\n".join(typed), "aims": LONG_WORD},
        actions={"actions": [{"id": "a", "what": typed[5]}]},
    )
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = edition.difference_to_pdf(BEFORE, hostile)
    assert [each.getMessage() for each in caplog.records if each.name.startswith("weasyprint")] == []
    assert_pdf_ua(pdf)
    assert_verapdf(pdf)
    text = " ".join(structure_of(pdf).root.text.split())
    for shown in (HOSTILE[0], HOSTILE[1], HOSTILE[5], '<img src="file:///etc/passwd">'):
        assert shown in text
    assert "root:" not in text


def test_the_same_two_give_the_same_bytes(made):
    assert edition.difference_to_pdf(BEFORE, AFTER) == made


def test_another_pair_another_order_and_another_edition_are_another_file(monkeypatch):
    digests = {edition.difference_digest(*pair) for pair in ((BEFORE, AFTER), (AFTER, BEFORE), (BEFORE, BEFORE))}
    monkeypatch.setattr(edition, "DIFFERENCE", "difference 2")
    digests |= {edition.difference_digest(BEFORE, AFTER), AFTER.digest, BEFORE.digest}
    assert len(digests) == 6
