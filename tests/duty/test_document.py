"""From answers to the document that everything reads."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.duty import act
from assessments.duty.cited import to_stored
from assessments.duty.document import NOTHING, Carried, Document, Step, canonical, from_json, long_date
from assessments.duty.questionnaire import questionnaire
from assessments.duty.questions import Kind
from tests.duty import samples
from tests.duty.samples import document, page_of, row_of, screening

ONE_CELL = screening({"age": "yes"}, {"foster": "yes"})
NEGATIVE = {"impact": ["positive", "negative"], "severity": "high", "residual": "low"}


def cell_of(built: Document, characteristic: str, limb: str):
    row = next(row for row in built.matrix if row.slug == characteristic)
    return next(cell for cell in row.cells if cell.limb == limb)


def words_of(findings: dict, answers=ONE_CELL) -> str:
    return cell_of(document({**answers, "foster-age": findings}), "age", "foster").words


# What is shown, and what is not


def test_with_no_answers_every_question_that_was_asked_says_nothing():
    built = document({})
    rows = [row for section in built.sections for page in section.pages for row in page.rows]
    assert rows
    assert not any(row.is_answered for row in rows)
    assert {row.key for row in page_of(built, "decision").rows} >= {"body", "planned", "key", "amount"}


def test_only_the_chosen_answers_are_shown():
    built = document({"proposal": {"type": "event"}, "people": {"groups": ["staff", "public"]}})
    assert row_of(built, "proposal", "type").text == "Event"
    assert row_of(built, "people", "groups").entries == ("Council staff", "The public")
    shown = canonical([dataclasses.asdict(section) for section in built.sections])
    assert "Procurement or commissioning" not in shown
    assert "Partner organisations" not in shown


def test_a_question_that_does_not_matter_is_left_out():
    keys = [row.key for row in page_of(document({"team": {"ai": "no"}}), "team").rows]
    assert "ai_bias" not in keys
    assert row_of(document({"team": {"ai": "unknown"}}), "team", "ai_bias").text == ""


def test_the_reason_for_an_empty_list_is_asked_for_only_beside_an_empty_list():
    full = ONE_CELL
    listed = {**full, "actions": {"actions": [{"id": "1", "what": "Visit"}]}}
    assert [row.key for row in page_of(document(full), "actions").rows] == ["actions", "none"]
    assert [row.key for row in page_of(document(listed), "actions").rows] == ["actions"]


def test_pages_that_the_answers_do_not_call_for_are_left_out_with_what_stands_on_them():
    built = document({**screening(), "foster-age": {"reasons": "Typed before it was screened out"}})
    assert "foster-age" not in [page.slug for section in built.sections for page in section.pages]
    assert "Typed before" not in built.canonical_json()


@pytest.mark.parametrize(
    ("page", "key", "value", "text"),
    [
        ("proposal", "title", "Close a school", "Close a school"),
        ("proposal", "service", "1", "Schools"),
        ("proposal", "change", "ending", "Something that will end or close"),
        ("decision", "planned", "2026-03-05", "5 March 2026"),
        ("decision", "amount", 1200000, "1,200,000"),
        ("decision", "amount", 0, "0"),
        ("proposal", "what", "One.\n\n- two", "One.\n\n- two"),
    ],
)
def test_each_kind_of_answer_reads_as_people_say_it(page, key, value, text):
    assert row_of(document({page: {key: value}}), page, key).text == text


def test_wards_are_shown_by_name():
    assert row_of(document({"people": {"wards": ["2"]}}), "people", "wards").entries == ("South",)


@pytest.mark.parametrize(
    ("page", "key", "value"),
    [("proposal", "type", "lottery"), ("proposal", "service", "99"), ("people", "wards", ["77"])],
)
def test_a_choice_that_is_no_longer_offered_is_shown_and_not_lost(page, key, value):
    row = row_of(document({page: {key: value}}), page, key)
    shown = row.text or row.entries[0]
    assert shown.endswith(" (no longer in the list)")
    assert shown.startswith(value if isinstance(value, str) else value[0])


def test_the_items_of_a_list_are_numbered_and_keep_their_ids():
    items = [{"id": "a", "what": "Visit", "due": "2027-01-31", "finding": ["foster-age"]}, {"id": "b", "owner": "Head"}]
    first, second = row_of(document({**ONE_CELL, "actions": {"actions": items}}), "actions", "actions").items
    assert (first.id, first.title, second.id, second.title) == ("a", "Action 1", "b", "Action 2")
    assert {row.key: row.text or row.entries for row in first.rows} == {
        "what": "Visit",
        "finding": ("Foster good relations: age",),
        "owner": (),
        "due": "31 January 2027",
        "measure": (),
    }


def test_a_source_is_shown_by_its_title_wherever_it_is_used():
    sources = [{"id": "s1", "title": "Census 2021"}, {"id": "s2"}]
    answers = {**ONE_CELL, "sources": {"sources": sources}, "evidence-age": {"evidence": ["s1", "s2", "gone"]}}
    assert row_of(document(answers), "evidence-age", "evidence").entries == (
        "Census 2021",
        "Untitled source",
        "gone (no longer in the list)",
    )


# Screening carried forward


def test_a_characteristic_that_screening_settled_is_carried_into_each_limb_with_its_reason():
    built = document(screening({"age": "yes"}, {"foster": "yes", "eliminate": "yes"}))
    carried = built.section("foster").carried
    assert [each.subject for each in carried] == [each.name for each in act.RELEVANT_CHARACTERISTICS if each != act.AGE]
    assert Carried("Race", "Because of race.") in carried
    assert "Marriage and civil partnership" in [each.subject for each in built.section("eliminate").carried]


def test_a_limb_that_screening_settled_is_one_line_with_its_reason():
    section = document(ONE_CELL).section("advance")
    assert section.carried == (Carried("Limb (b), all characteristics", "Because of advance."),)
    assert section.pages == ()


def test_a_reason_that_is_missing_says_so():
    answers = screening({"age": "yes"}, {"foster": "yes"})
    del answers["relevance"]["race_why"]
    assert Carried("Race", NOTHING) in document(answers).section("foster").carried


def test_a_record_that_was_screened_out_has_no_matrix_and_no_outcome():
    built = document({**screening(), "outcome": {"outcome": "adjust"}})
    assert built.is_screened_out
    assert (built.matrix, built.local_matrix, built.outcome) == ((), (), "")
    assert page_of(built, "screening-out")


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({}, "Not yet screened"),
        (screening(), "Screening: a full assessment is not needed"),
        (ONE_CELL, "Full assessment"),
    ],
    ids=["nothing yet", "screened out", "full"],
)
def test_a_document_says_what_kind_of_record_it_is(answers, kind):
    assert document(answers).kind == kind


# The matrix


def test_the_matrix_has_a_row_for_each_characteristic_and_a_cell_for_each_limb():
    built = document(samples.everything())
    assert [row.label for row in built.matrix] == [each.name for each in act.CHARACTERISTICS]
    assert all([cell.limb for cell in row.cells] == [limb.slug for limb in act.LIMBS] for row in built.matrix)


def test_outside_the_act_are_the_two_cells_of_marriage_and_no_others():
    built = document(samples.everything())
    outside = [(row.slug, cell.limb) for row in built.matrix for cell in row.cells if cell.state == "outside"]
    assert outside == [("marriage-and-civil-partnership", "advance"), ("marriage-and-civil-partnership", "foster")]
    assert cell_of(built, "marriage-and-civil-partnership", "advance").words == "Not part of the duty"


def test_a_local_characteristic_stands_in_a_matrix_of_its_own_with_its_label():
    (row,) = document({**samples.everything(), "local-carers": {"impact": ["positive"]}}).local_matrix
    assert row.label == "Carers (locally adopted, not section 149)"
    assert [cell.words for cell in row.cells] == ["Positive"]


@pytest.mark.parametrize(("local", "words"), [("no", "Settled at screening"), ("yes", NOTHING)])
def test_a_local_characteristic_without_a_finding_says_why(local, words):
    ((cell,),) = [row.cells for row in document(screening({"age": "yes"}, {"foster": "yes"}, local)).local_matrix]
    assert cell.words == words


def test_a_cell_says_whether_screening_settled_it_or_nobody_answered():
    built = document(ONE_CELL)
    assert cell_of(built, "age", "foster").words == NOTHING
    assert cell_of(built, "age", "advance").words == "Settled at screening"
    assert cell_of(built, "race", "foster").words == "Settled at screening"
    assert cell_of(document({}), "race", "foster").words == NOTHING


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ({"impact": ["none"]}, "No impact"),
        ({"impact": ["unknown"]}, "Not known yet"),
        ({"impact": ["positive"], "severity": "high"}, "Positive"),
        ({"impact": ["negative"]}, "Negative"),
        ({**NEGATIVE, "impact": ["negative"]}, "Negative (high); after mitigation: low"),
        (NEGATIVE, "Positive and negative (high); after mitigation: low"),
        ({**NEGATIVE, "impact": ["negative", "positive"]}, "Positive and negative (high); after mitigation: low"),
        ({**NEGATIVE, "residual": "none"}, "Positive and negative (high); after mitigation: none"),
        ({**NEGATIVE, "residual": "unknown"}, "Positive and negative (high); after mitigation: not known yet"),
    ],
)
def test_a_cell_reads_as_a_sentence_in_which_the_severity_belongs_to_the_harm(findings, words):
    assert words_of(findings) == words


@pytest.mark.parametrize(
    ("findings", "shade"),
    [
        ({"impact": ["positive"]}, "positive"),
        ({"impact": ["none"]}, "none"),
        ({"impact": ["unknown"]}, "none"),
        ({"impact": ["positive", "negative"]}, "negative"),
        ({"impact": ["negative"], "severity": "low"}, "negative"),
        (NEGATIVE, "negative-high"),
        ({}, "none"),
    ],
)
def test_the_colour_of_a_cell_never_hides_a_harm(findings, shade):
    assert cell_of(document({**ONE_CELL, "foster-age": findings}), "age", "foster").shade == shade


@pytest.mark.parametrize(
    ("answer", "words"), [("yes", "Relevant"), ("unknown", "Not known"), ("no", "Not relevant"), (None, NOTHING)]
)
def test_a_row_says_how_relevant_the_characteristic_is(answer, words):
    answers = {"relevance": {"race": answer} if answer else {}}
    assert next(row for row in document(answers).matrix if row.slug == "race").relevance == words


# Facts and steps


def test_the_outcome_is_given_in_words():
    assert document({**ONE_CELL, "outcome": {"outcome": "continue"}}).outcome == "Continue despite adverse impact"
    assert document(ONE_CELL).outcome == ""


def test_the_steps_that_were_taken_are_kept_in_order():
    steps = (*samples.STEPS, Step("Returned to the officer", "Approver", "2026-03-09"))
    assert document({}, steps=steps).steps == steps
    assert from_json(document({}, steps=steps).canonical_json()).steps == steps


def test_a_document_is_a_draft_until_it_has_a_version():
    assert samples.FACTS.is_draft
    assert not dataclasses.replace(samples.FACTS, version=1).is_draft


def test_a_section_that_an_assessment_lacks_is_none():
    assert document({}).section("outcome") is None


def test_a_date_is_written_as_people_write_it():
    assert long_date("2026-03-05") == "5 March 2026"


# One spelling, one digest


def test_equal_answers_have_one_spelling_whatever_their_order():
    one = document({"proposal": {"title": "A", "aims": "B"}, "team": {"ai": "no"}})
    two = document({"team": {"ai": "no"}, "proposal": {"aims": "B", "title": "A"}})
    assert one.canonical_json() == two.canonical_json()
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'


def test_a_document_read_from_any_spelling_of_its_json_has_the_same_digest():
    small = document({"proposal": {"title": "Close a school"}}, form=questionnaire())
    again = from_json(json.dumps(json.loads(small.canonical_json()), indent=2))
    assert again == small
    assert again.digest == small.digest
    assert len(small.digest) == 64


CHANGED = [
    dataclasses.replace(
        samples.FACTS, **{field.name: {int: 7, bool: True}.get(type(getattr(samples.FACTS, field.name)), "changed")}
    )
    for field in dataclasses.fields(samples.FACTS)
]


@pytest.mark.parametrize("facts", CHANGED, ids=[field.name for field in dataclasses.fields(samples.FACTS)])
def test_a_change_of_any_fact_changes_the_digest(facts):
    assert document({}, facts=facts).digest != document({}).digest


@pytest.mark.parametrize(
    "changed",
    [
        {"proposal": {"title": "Close a school."}},
        {"proposal": {"title": "Close a School"}},
        {"proposal": {"title": "Close a school", "aims": "Save"}},
        {"proposal": {"title": "Close a school"}, "decision": {"amount": 1}},
    ],
)
def test_a_change_of_any_answer_changes_the_digest(changed):
    assert document(changed).digest != document({"proposal": {"title": "Close a school"}}).digest


def test_a_change_of_wording_or_of_a_councils_list_changes_the_digest_of_a_new_document_alone():
    answers = {"proposal": {"service": "1"}}
    frozen = document(answers).canonical_json()
    renamed = document(answers, choices={**samples.CHOICES, next(iter(samples.CHOICES)): {"1": "Learning"}})
    assert row_of(renamed, "proposal", "service").text == "Learning"
    assert row_of(from_json(frozen), "proposal", "service").text == "Schools"
    assert from_json(frozen).canonical_json() == frozen


# Anything of the right kind


def value_of(question):
    options = st.sampled_from([option.value for option in question.options] or ["1", "gone"]) | st.text(max_size=5)
    items = st.fixed_dictionaries(
        {"id": st.text(min_size=1, max_size=8)}, optional={each.key: value_of(each) for each in question.items}
    )
    values = {
        Kind.TEXT: st.text(max_size=30),
        Kind.PROSE: st.text(max_size=80),
        Kind.CHOICE: options,
        Kind.PICK: options,
        Kind.CHOICES: st.lists(options, max_size=4),
        Kind.DATE: st.dates().map(date.isoformat),
        Kind.NUMBER: st.integers(0, 9_999_999_999),
        Kind.FIGURES: st.just([to_stored(samples.CITED)]),
        Kind.ITEMS: st.lists(items, max_size=3, unique_by=lambda item: item["id"]),
    }[question.kind]
    return values | st.none()


PAGES = {
    page.slug: st.fixed_dictionaries({}, optional={each.key: value_of(each) for each in page.questions})
    for page in samples.pages()
}
SCREENED = st.sampled_from([{}, screening(), ONE_CELL, samples.everything()])


@st.composite
def answers_of_the_right_kinds(draw):
    slugs = draw(st.lists(st.sampled_from(sorted(PAGES)), max_size=6, unique=True))
    return {**draw(SCREENED), **{slug: draw(PAGES[slug]) for slug in slugs}}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers_of_the_right_kinds())
def test_any_answers_of_the_right_kinds_make_a_document_that_comes_back_whole(answers):
    built = document(answers)
    again = from_json(built.canonical_json())
    assert again == built
    assert again.digest == built.digest
    assert all(cell.words and cell.shade for row in (*built.matrix, *built.local_matrix) for cell in row.cells)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers_of_the_right_kinds())
def test_no_answer_to_a_question_that_matters_is_lost(answers):
    built = document(answers)
    for slug, page in samples.FORM.open_pages(answers).items():
        given_answers = answers.get(slug, {})
        for question in page.questions:
            value = given_answers.get(question.key)
            if question.matters(given_answers) and isinstance(value, str | list):
                row = row_of(built, slug, question.key)
                assert row.is_answered == bool(value if isinstance(value, list) else value.strip())
                assert not isinstance(value, list) or len(row.entries or row.items) == len(value)
