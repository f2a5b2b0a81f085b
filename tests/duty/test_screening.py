"""What the relevance answers decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.duty import act, screening
from assessments.duty.questionnaire import questionnaire
from assessments.duty.screening import Outcome
from tests.duty import samples

LOCAL = (samples.CARERS,)
ALL_LIMBS = dict.fromkeys([each.slug for each in act.LIMBS], "yes")
AFTER_SCREENING = {"sources", "gaps", "consultation", "equality-engagement", "together", "actions", "outcome"}


def outcome(answers):
    return screening.outcome(answers, LOCAL)


def open_pages(answers, form=samples.FORM):
    return set(form.open_pages(answers))


def test_nothing_is_decided_before_the_first_answer():
    assert outcome({}) is Outcome.UNDECIDED


def test_no_to_everything_screens_the_proposal_out():
    assert outcome(samples.screening()) is Outcome.SCREENED_OUT


@pytest.mark.parametrize("page", ["relevance", "relevance-local", "relevance-limbs"])
def test_an_answer_that_is_still_missing_leaves_it_undecided(page):
    answers = samples.screening()
    missing = {**answers, page: {**answers[page]}}
    missing[page].pop(next(iter(answers[page])))
    assert outcome(missing) is Outcome.UNDECIDED


@pytest.mark.parametrize("answer", ["yes", "unknown"])
@pytest.mark.parametrize("characteristic", act.CHARACTERISTICS, ids=lambda each: each.slug)
def test_one_yes_or_i_dont_know_asks_for_a_full_assessment(characteristic, answer):
    assert outcome({"relevance": {characteristic.slug: answer}}) is Outcome.FULL


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_a_local_characteristic_or_a_limb_asks_for_a_full_assessment_too(answer):
    assert outcome(samples.screening(local=answer)) is Outcome.FULL
    assert outcome(samples.screening(limbs={"foster": answer})) is Outcome.FULL


def test_a_value_that_is_no_text_is_no_answer():
    assert outcome({"relevance": {"age": ["yes"]}}) is Outcome.UNDECIDED


def test_a_council_without_local_characteristics_is_not_asked_about_any():
    answers = samples.screening()
    del answers["relevance-local"]
    assert screening.outcome(answers, ()) is Outcome.SCREENED_OUT
    assert "relevance-local" not in questionnaire().pages


def test_an_undecided_draft_is_asked_about_the_proposal_and_its_relevance_alone():
    assert open_pages({}) == {
        "proposal",
        "decision",
        "people",
        "team",
        "relevance",
        "relevance-local",
        "relevance-limbs",
    }


def test_a_screened_out_draft_is_asked_for_its_reasons_and_no_more():
    assert open_pages(samples.screening()) == open_pages({}) | {"screening-out"}


def test_a_full_assessment_is_asked_about_each_relevant_characteristic_under_each_open_limb():
    answers = samples.screening({"age": "yes", "sex": "unknown"}, {"eliminate": "yes", "foster": "unknown"})
    assert open_pages(answers) - open_pages({}) == AFTER_SCREENING | {
        "evidence-age",
        "evidence-sex",
        "eliminate-age",
        "eliminate-sex",
        "foster-age",
        "foster-sex",
    }


def test_a_limb_is_open_until_a_no_settles_it():
    assert screening.limb_is_open({}, act.FOSTER)
    assert not screening.limb_is_open(samples.screening(), act.FOSTER)


def test_marriage_is_asked_about_under_limb_a_alone():
    answers = samples.screening({"marriage-and-civil-partnership": "yes"}, ALL_LIMBS)
    pages = {page for page in open_pages(answers) if page.endswith("marriage-and-civil-partnership")}
    assert pages == {"evidence-marriage-and-civil-partnership", "eliminate-marriage-and-civil-partnership"}


def test_a_local_characteristic_has_one_page_and_stands_under_no_limb():
    pages = {page for page in open_pages(samples.screening(local="yes")) if page.endswith("carers")}
    assert pages == {"evidence-carers", "local-carers"}


def test_everything_relevant_opens_every_page_but_the_one_for_screening_out():
    assert open_pages(samples.everything()) == set(samples.FORM.pages) - {"screening-out"}


def test_a_limb_that_matters_to_no_protected_characteristic_is_a_contradiction():
    message = screening.contradiction(samples.screening(limbs={"foster": "yes"}), LOCAL)
    assert message.startswith("You said that limb (c) matters, but no protected characteristic does.")
    assert "limb (c) to “No”" in message


def test_limb_b_for_marriage_alone_is_a_contradiction_because_the_act_has_no_such_cell():
    answers = samples.screening({"marriage-and-civil-partnership": "yes"}, {"advance": "yes"})
    assert "limb (b) matters" in screening.contradiction(answers, LOCAL)


def test_a_characteristic_that_matters_under_no_limb_is_a_contradiction():
    message = screening.contradiction(samples.screening({"sexual-orientation": "unknown"}), LOCAL)
    assert message.startswith("You said that sexual orientation matters, but no limb of the duty that covers it does.")


@pytest.mark.parametrize(
    "answers",
    [
        {},
        samples.screening(),
        samples.screening(local="yes"),
        samples.screening({"age": "yes"}, {"foster": "unknown"}),
        samples.everything(),
    ],
    ids=["nothing yet", "screened out", "a local one alone", "one cell", "everything"],
)
def test_answers_that_agree_are_no_contradiction(answers):
    assert screening.contradiction(answers, LOCAL) is None


def test_a_limb_not_yet_answered_is_no_contradiction():
    assert screening.contradiction({"relevance": {"age": "yes"}}, LOCAL) is None


def test_each_cell_of_the_matrix_can_be_looked_at_alone():
    for characteristic, limb in act.MATRIX:
        answers = samples.screening({characteristic.slug: "yes"}, {limb.slug: "yes"})
        assert screening.contradiction(answers, LOCAL) is None
        assert [page.slug for page in samples.FORM.findings(answers)] == [f"{limb.slug}-{characteristic.slug}"]


answer = st.sampled_from(["yes", "no", "unknown"])


@given(
    st.fixed_dictionaries({each.slug: answer for each in act.CHARACTERISTICS}),
    st.fixed_dictionaries({each.slug: answer for each in act.LIMBS}),
    answer,
)
def test_without_a_contradiction_all_that_matters_is_asked_about(characteristics, limbs, local):
    answers = samples.screening(characteristics, limbs, local)
    asked = [page.slug for page in samples.FORM.findings(answers)]
    unasked = [
        slug
        for slug, given_answer in {**characteristics, **limbs}.items()
        if given_answer != "no" and not any(page.startswith(slug) or page.endswith(f"-{slug}") for page in asked)
    ]
    assert bool(screening.contradiction(answers, LOCAL)) == bool(unasked)
