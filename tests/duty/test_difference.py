"""What differs between two documents, and the summary that the officer starts from."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from assessments.duty.difference import LINE_LENGTH, LINES, Difference, compare, summary
from assessments.duty.document import NOTHING, Document, Item, Row, from_json
from assessments.duty.questionnaire import questionnaire
from assessments.duty.words import Part
from tests.duty import samples
from tests.duty.samples import FACTS, document, screening
from tests.duty.test_document import answers_of_the_right_kinds

ONE_CELL = screening({"age": "yes"}, {"foster": "yes"})


def differences(before: dict, after: dict, screened=ONE_CELL) -> Difference:
    return compare(document({**screened, **before}), document({**screened, **after}))


def one_row(difference: Difference):
    (page,) = difference.pages
    (row,) = page.rows
    return row


def pages_of(difference: Difference) -> dict:
    return {page.slug: page.kind for page in difference.pages}


def rows_of(difference: Difference, slug: str) -> dict:
    return {row.key: row.kind for page in difference.pages if page.slug == slug for row in page.rows}


def told(difference: Difference) -> list[str]:
    return summary(difference).splitlines()


# Answers


def test_a_document_does_not_differ_from_itself():
    built = document({**samples.everything(), "proposal": {"title": "Close a school"}})
    assert compare(built, built) == Difference((), (), ())
    assert compare(built, built).is_empty
    assert compare(built, built).counts == {"added": 0, "removed": 0, "changed": 0}
    assert summary(compare(built, built)) == ""


def test_an_answer_that_changed_is_told_word_by_word_on_its_page_in_its_section():
    difference = differences({"proposal": {"aims": "Save money"}}, {"proposal": {"aims": "Save some money"}})
    (section,) = difference.sections
    (page,) = section.pages
    assert (section.slug, section.title) == ("proposal", "The proposal")
    assert (page.slug, page.title, page.kind) == ("proposal", "What is proposed", "changed")
    row = one_row(difference)
    assert (row.key, row.label, row.shape, row.kind) == (
        "aims",
        "What is the proposal meant to achieve?",
        "prose",
        "changed",
    )
    assert row.parts == (Part("same", "Save"), Part("added", " some"), Part("same", " money"))
    assert not difference.is_empty


@pytest.mark.parametrize(
    ("before", "after", "kind", "parts"),
    [
        ({}, {"aims": "Save"}, "added", (Part("added", "Save"),)),
        ({"aims": "Save"}, {}, "removed", (Part("removed", "Save"),)),
        ({"change": "new"}, {"change": None}, "removed", (Part("removed", "Something new"),)),
    ],
)
def test_an_answer_that_came_or_went_is_whole(before, after, kind, parts):
    row = one_row(differences({"proposal": before}, {"proposal": after}))
    assert (row.kind, row.parts) == (kind, parts)


def test_a_question_that_is_no_longer_asked_takes_its_answer_away():
    before = {"team": {"ai": "yes", "ai_bias": "Tested in May"}}
    difference = differences(before, {"team": {"ai": "no", "ai_bias": "Tested in May"}})
    assert rows_of(difference, "team") == {"ai": "changed", "ai_bias": "removed"}


def test_a_question_that_is_newly_asked_and_has_no_answer_is_no_difference():
    assert rows_of(differences({"team": {"ai": "no"}}, {"team": {"ai": "yes"}}), "team") == {"ai": "changed"}


def test_choices_are_compared_as_a_set_in_the_order_of_the_newer_list():
    difference = differences({"people": {"groups": ["users", "staff"]}}, {"people": {"groups": ["public", "users"]}})
    row = one_row(difference)
    assert (row.shape, row.kind) == ("list", "changed")
    assert row.parts == (
        Part("added", "The public"),
        Part("same", "People who use the service"),
        Part("removed", "Council staff"),
    )
    assert row.folded == row.parts


def test_choices_in_another_order_are_the_same():
    assert differences({"people": {"groups": ["users", "staff"]}}, {"people": {"groups": ["staff", "users"]}}).is_empty


def test_one_of_two_choices_that_read_alike_is_not_lost():
    sources = {"sources": {"sources": [{"id": "1", "title": "Census"}, {"id": "2", "title": "Census"}]}}
    difference = differences(
        {**sources, "foster-age": {"evidence": ["1", "2"]}}, {**sources, "foster-age": {"evidence": ["1"]}}
    )
    assert one_row(difference).parts == (Part("same", "Census"), Part("removed", "Census"))


def test_a_long_answer_is_shown_with_its_unchanged_stretches_folded():
    same = "word " * 100
    row = one_row(differences({"proposal": {"what": f"{same}old"}}, {"proposal": {"what": f"{same}new"}}))
    assert row.folded == (
        Part("same", "… " + "word " * 8),
        Part("removed", "old"),
        Part("added", "new"),
    )


def with_row(row: Row) -> Document:
    """A document whose one answer is this row."""
    built = document(ONE_CELL)
    section = built.section("proposal")
    page = replace(section.pages[0], rows=(row,))
    return replace(built, sections=(replace(section, pages=(page,)),))


# Items


def items(*listed: dict) -> dict:
    return {"actions": {"actions": list(listed)}}


VISIT, WRITE = {"id": "a", "what": "Visit"}, {"id": "b", "what": "Write to all"}


def test_items_that_moved_are_the_same():
    assert differences(items(VISIT, WRITE), items(WRITE, VISIT)).is_empty


def test_items_are_matched_by_their_ids_and_then_row_by_row():
    buy, write = {"id": "c", "what": "Buy a van"}, {**WRITE, "what": "Write to all users", "owner": "Head"}
    row = one_row(differences(items(VISIT, WRITE), items(write, buy)))
    assert (row.shape, row.kind, row.parts) == ("items", "changed", ())
    assert [(item.id, item.title, item.kind) for item in row.items] == [
        ("a", "Action 1", "removed"),
        ("b", "Action 1", "changed"),
        ("c", "Action 2", "added"),
    ]
    removed, changed, added = row.items
    assert [(each.key, each.kind) for each in changed.rows] == [("what", "changed"), ("owner", "added")]
    assert changed.rows[0].parts == (Part("same", "Write to all"), Part("added", " users"))
    assert [each.parts for item in (removed, added) for each in item.rows] == [
        (Part("removed", "Visit"),),
        (Part("added", "Buy a van"),),
    ]


def test_the_first_item_of_a_list_makes_the_answer_new_and_replaces_the_reason_for_having_none():
    difference = differences({"actions": {"none": "Nothing to do"}}, items(VISIT))
    assert rows_of(difference, "actions") == {"actions": "added", "none": "removed"}


def test_an_item_that_says_nothing_yet_is_told_too():
    (item,) = one_row(differences(items(VISIT), items(VISIT, {"id": "c"}))).items
    assert (item.id, item.kind, item.rows) == ("c", "added", ())


def test_items_that_share_an_id_are_each_compared():
    one, two = (Item("a", title, (Row("what", "What?", "text", title),)) for title in ("One", "Two"))
    before, after = (with_row(Row("sites", "Sites?", "items", items=each)) for each in ((one, two), (one,)))
    assert [(item.title, item.kind) for item in one_row(compare(before, after)).items] == [("Two", "removed")]


# Pages and sections


def test_pages_that_appeared_or_went_are_told_with_what_was_answered_there():
    before = document({**ONE_CELL, "foster-age": {"reasons": "Because"}})
    after = document({**screening({"sex": "yes"}, {"foster": "yes"}), "foster-sex": {"extent": "Half"}})
    difference = compare(before, after)
    assert pages_of(difference) == {
        "relevance": "changed",
        "evidence-age": "removed",
        "evidence-sex": "added",
        "foster-age": "removed",
        "foster-sex": "added",
    }
    assert [section.slug for section in difference.sections] == ["relevance", "evidence", "foster"]
    assert rows_of(difference, "foster-age") == {"reasons": "removed"}
    assert rows_of(difference, "foster-sex") == {"extent": "added"}
    assert rows_of(difference, "evidence-sex") == {}


def test_sections_and_pages_stand_in_the_order_of_the_newer_document_with_what_went_in_its_place():
    difference = compare(document(samples.everything()), document(screening()))
    order = [page for page in samples.FORM.pages if page in pages_of(difference)]
    assert [page.slug for page in difference.pages] == order
    assert pages_of(difference)["screening-out"] == "added"
    assert pages_of(difference)["eliminate-age"] == pages_of(difference)["outcome"] == "removed"


def test_answers_that_differ_are_counted():
    before = {"proposal": {"aims": "Save", "what": "Close"}, **items(VISIT, WRITE)}
    after = {"proposal": {"what": "Open", "title": "A", "change": "new"}, **items(WRITE)}
    assert differences(before, after).counts == {"added": 2, "removed": 1, "changed": 2}


# Other editions


def edition(built: Document, *renamed: tuple[str, str]) -> Document:
    """The document as an earlier edition worded it."""
    text = built.canonical_json()
    for now, then in renamed:
        assert now in text
        text = text.replace(now, then)
    return from_json(text)


def test_a_question_a_page_and_a_section_in_other_words_are_the_same():
    built = document({**ONE_CELL, "proposal": {"title": "Close a school"}, **items(VISIT)})
    earlier = edition(
        built,
        ("Title of the proposal", "What is it called?"),
        ("What is proposed", "Your plan"),
        ("The proposal", "The plan"),
        ("Action 1", "Step 1"),
    )
    assert compare(earlier, built).is_empty
    changed = document({**ONE_CELL, "proposal": {"title": "Move a school"}, **items(VISIT)})
    assert one_row(compare(earlier, changed)).label == "Title of the proposal"
    assert one_row(compare(changed, earlier)).label == "What is it called?"


def test_a_line_that_became_a_long_answer_is_compared_by_its_words():
    before, after = Row("earlier", "Earlier?", "text", "EIA-1"), Row("earlier", "Earlier?", "prose", "EIA-1 of May")
    row = one_row(compare(with_row(before), with_row(after)))
    assert (row.shape, row.parts) == ("prose", (Part("same", "EIA-1"), Part("added", " of May")))


def test_a_question_that_is_answered_in_another_way_is_another_answer():
    line, choices = Row("who", "Who?", "text", "Staff"), Row("who", "Who?", "list", entries=("Staff",))
    (page,) = compare(with_row(line), with_row(choices)).pages
    assert sorted((row.shape, row.kind) for row in page.rows) == [("list", "added"), ("text", "removed")]


def test_a_page_that_moved_to_another_section_is_the_same_page():
    built = document({**ONE_CELL, "proposal": {"title": "Close a school"}})
    section = built.section("proposal")
    page, *others = section.pages
    moved = replace(
        built,
        sections=(
            replace(section, slug="first", title="First", pages=(page,)),
            replace(section, pages=tuple(others)),
            *built.sections[1:],
        ),
    )
    assert compare(built, moved).is_empty


# Facts


@pytest.mark.parametrize(
    ("field", "key", "label"),
    [("title", "title", "Title"), ("service", "service", "Service"), ("status_label", "status", "Status")],
)
def test_a_fact_that_changed_is_told(field, key, label):
    before, after = (document({}, facts=replace(FACTS, **{field: value})) for value in ("Old", "New"))
    (fact,) = compare(before, after).facts
    assert (fact.key, fact.label, fact.before, fact.after) == (key, label, "Old", "New")
    assert not compare(before, after).is_empty


def test_the_outcome_and_the_kind_of_record_are_facts():
    full = {**ONE_CELL, "outcome": {"outcome": "adjust"}}
    facts = {fact.label: (fact.before, fact.after) for fact in compare(document(full), document(screening())).facts}
    assert facts == {
        "Kind of record": ("Full assessment", "Screening: a full assessment is not needed"),
        "Outcome": ("Adjust the proposal", ""),
    }


def test_the_number_of_a_version_and_its_day_are_no_difference():
    later = replace(FACTS, version=2, frozen="2026-05-01", audit_head="9 abc")
    assert compare(document({}), document({}, facts=later)).is_empty


# Cells


def cells_of(difference: Difference) -> dict:
    return {cell.title: (cell.before.words, cell.after.words) for cell in difference.cells}


NEGATIVE = {"impact": ["negative"], "severity": "high", "residual": "low"}


def test_a_cell_that_reads_differently_is_told_with_its_characteristic_and_limb():
    difference = differences({"foster-age": NEGATIVE}, {"foster-age": {**NEGATIVE, "severity": "low"}})
    (cell,) = difference.cells
    assert (cell.characteristic, cell.limb, cell.title) == (
        "Age",
        "Foster good relations",
        "Foster good relations: age",
    )
    assert (cell.before.words, cell.after.words) == (
        "Negative (high); after mitigation: low",
        "Negative (low); after mitigation: low",
    )


def test_a_local_characteristic_is_compared_too():
    screened = screening(local="yes")
    difference = differences({}, {"local-carers": {"impact": ["positive"]}}, screened)
    assert cells_of(difference) == {"Carers (locally adopted, not section 149)": (NOTHING, "Positive")}


def test_a_local_characteristic_that_the_council_adopted_since_had_nothing():
    before = document(ONE_CELL, form=questionnaire())
    assert cells_of(compare(before, document(ONE_CELL))) == {
        "Carers (locally adopted, not section 149)": (NOTHING, "Settled at screening")
    }


def test_a_record_that_was_screened_out_counts_as_settled_everywhere():
    cells = cells_of(compare(document({**ONE_CELL, "foster-age": NEGATIVE}), document(screening())))
    assert cells == {"Foster good relations: age": ("Negative (high); after mitigation: low", "Settled at screening")}
    cells = cells_of(compare(document(screening()), document(samples.everything())))
    assert set(cells.values()) == {("Settled at screening", NOTHING)}
    assert "Foster good relations: marriage and civil partnership" not in cells
    assert len(cells) == 26


# Any two documents


DOCUMENTS = answers_of_the_right_kinds().map(document)


def texts_of(built: Document) -> dict:
    return {
        (page.slug, row.key): row.text
        for section in built.sections
        for page in section.pages
        for row in page.rows
        if row.text
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, DOCUMENTS)
def test_the_difference_holds_every_answer_that_differs_and_no_other(before, after):
    rows = {
        (page.slug, row.key): row
        for page in compare(before, after).pages
        for row in page.rows
        if row.shape in ("text", "prose")
    }
    old, new = texts_of(before), texts_of(after)
    assert rows.keys() == {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    for key, row in rows.items():
        assert "".join(part.text for part in row.parts if part.op != "added") == old.get(key, "")
        assert "".join(part.text for part in row.parts if part.op != "removed") == new.get(key, "")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, DOCUMENTS)
def test_what_was_added_one_way_was_removed_the_other_way(before, after):
    forth, back = compare(before, after), compare(after, before)
    assert forth.counts == {"added": back.counts["removed"], "removed": back.counts["added"]} | {
        "changed": back.counts["changed"]
    }
    assert [(fact.before, fact.after) for fact in forth.facts] == [(fact.after, fact.before) for fact in back.facts]
    assert len(forth.cells) == len(back.cells)
    assert forth.is_empty == back.is_empty


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, DOCUMENTS)
def test_a_summary_is_always_a_short_list(before, after):
    lines = told(compare(before, after))
    assert len(lines) <= LINES
    assert all(line.startswith("- ") and line.endswith(".") and len(line) <= LINE_LENGTH for line in lines)


# The summary


@pytest.mark.parametrize(
    ("page", "before", "after", "line"),
    [
        (
            "proposal",
            {"title": "Close Hill Street library"},
            {"title": "Move Hill Street library"},
            "- “Title of the proposal”: was “Close Hill Street library”, now “Move Hill Street library”.",
        ),
        (
            "proposal",
            {"change": "ending"},
            {},
            "- “Is it new, a change or an ending?”: no longer “Something that will end or close”.",
        ),
        ("decision", {}, {"planned": "2026-03-05"}, "- “When is the decision planned?”: now “5 March 2026”."),
        (
            "people",
            {"who": "Staff."},
            {"who": "Staff and\n\nusers."},
            "- “Who are they, and how many?”: was “Staff”, now “Staff and users”.",
        ),
        ("team", {"earlier": "EIA-1"}, {"earlier": "EIA-2"}, ""),
        ("foster-age", {"reasons": "Because"}, {"reasons": "Since"}, ""),
    ],
)
def test_the_summary_tells_of_the_proposal_and_not_of_how_it_was_assessed(page, before, after, line):
    assert summary(differences({page: before}, {page: after})) == line


def test_the_summary_tells_choices_by_what_was_added_and_removed():
    before, after = {"groups": ["users", "staff"]}, {"groups": ["users", "public", "partners"]}
    assert told(differences({"people": before}, {"people": after})) == [
        "- “Who would notice the change?”: added “The public; Partner organisations”.",
        "- “Who would notice the change?”: removed “Council staff”.",
    ]


OLD = (
    "The library opens five days a week, from ten to six. In 2025 it had 212 regular users. Most of them live within a "
    "mile. We propose to close the building in April 2026, because the roof needs work that costs £120,000. "
)
SUNDAYS = "It would open on Sundays too, with staff of the health centre."


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (OLD, OLD + SUNDAYS, "rewritten, now with “It would open on Sundays too, with staff of the health centre”."),
        (OLD + SUNDAYS, OLD, "shortened, without “It would open on Sundays too, with staff of the health centre”."),
        ("", OLD, f"now “{OLD[:155]}…”."),
    ],
    ids=["longer", "shorter", "new"],
)
def test_the_summary_quotes_no_long_answer_whole(before, after, told):
    difference = differences({"proposal": {"what": before}}, {"proposal": {"what": after}})
    assert summary(difference) == f"- “What will change, and why?”: {told}"


def test_the_summary_passes_over_mere_spaces_and_marks():
    before = {"what": OLD, "title": "Close a school"}
    after = {"what": OLD.replace(". ", "!\n\n").replace(", ", "; "), "title": "Close a school."}
    difference = differences({"proposal": before}, {"proposal": after})
    assert rows_of(difference, "proposal") == {"title": "changed", "what": "changed"}
    assert summary(difference) == ""


def test_a_word_without_an_end_is_cut_too():
    (line,) = told(differences({}, {"proposal": {"what": "x" * 500}}))
    assert line.startswith("- “What will change, and why?”: now “xxx")
    assert line.endswith("x…”.")
    assert len(line) == LINE_LENGTH


def test_the_summary_tells_the_outcome_the_findings_and_the_steps_against_harm():
    before = {"foster-age": {"impact": ["positive"]}, "outcome": {"outcome": "adjust"}}
    after = {"foster-age": {**NEGATIVE, "mitigation": "A van."}, "outcome": {}}
    assert told(differences(before, after)) == [
        "- “Outcome”: was “Adjust the proposal”, now “No information provided”.",
        "- “Foster good relations: age”: was “Positive”, now “Negative (high); after mitigation: low”.",
        "- “Foster good relations: age. What will you do to remove or lessen it?”: now “A van”.",
    ]


def test_the_summary_passes_over_cells_without_a_finding_before_or_after():
    assert summary(compare(document(screening()), document(samples.everything()))) == ""


def test_a_long_summary_says_how_many_more_changes_there_are():
    everything = document(samples.everything())
    findings = {page.slug: {"impact": ["positive"]} for page in samples.FORM.findings(samples.everything())}
    lines = told(compare(everything, document({**samples.everything(), **findings})))
    assert len(lines) == LINES
    assert lines[-1] == f"- And {len(findings) - LINES + 1} more changes."


def test_a_list_of_items_in_the_proposal_is_told_by_numbers():
    one, two, three = (Item(each, each, (Row("name", "Name", "text", each),)) for each in "abc")
    before, after = (with_row(Row("sites", "Which sites?", "items", items=each)) for each in ((one,), (two, three)))
    assert summary(compare(before, after)) == "- “Which sites?”: 1 removed, 2 added."
