"""The page of the outcome starts from what changed so far, and nobody's answer is made of that alone."""

import html
import re

import pytest

from assessments import workflow
from tests import factories
from tests.app.writing import address, answers, post, signed_in, stored, version

pytestmark = pytest.mark.django_db

FILLED = "We filled this in from the differences since version 1. Put it in your own words."


def unsaid(people, assessment):
    """The assessment with nothing said of what changed."""
    with workflow.editing(people.officer, assessment.reference) as edited:
        saved = edited.pages["outcome"]
        said = {key: value for key, value in saved.answers.items() if key != "what_changed"}
        edited.save("outcome", said, None, saved.version)
    return assessment


@pytest.fixture
def returned(people):
    """A draft that came back and was changed since, with nothing said of what changed."""
    made = unsaid(people, factories.in_status("returned", people))
    factories.save(people.officer, made, "proposal", aims="Keep a school within reach\n\n- of all")
    return made


@pytest.fixture
def client(people):
    return signed_in(people.officer)


def shown(text):
    """The fields that the page of the outcome would post, as a browser reads them, with its line ends."""
    box = re.search(r'<textarea name="outcome-what_changed"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL)
    suggested = re.search(r'name="suggested" value="(\w+)"', text)
    return html.unescape(box[1]).replace("\n", "\r\n"), suggested[1] if suggested else None


def back(client, assessment, text, action="continue", what_changed=None, **typed):
    """The page posted as it was shown, but for what somebody typed."""
    was, suggested = shown(text)
    started_from = version(assessment, "outcome")
    data = {"outcome-what_changed": was if what_changed is None else what_changed}
    data |= {f"outcome-{key}": value for key, value in typed.items()}
    data |= {"suggested": suggested} if suggested else {}
    return client.post(
        address(assessment, "outcome"), {"action": action, "started_from": started_from, **data}, follow=False
    )


def test_an_empty_answer_is_filled_in_with_what_changed_and_the_page_says_so(client, returned):
    before = stored(returned, "outcome")
    text = client.get(address(returned, "outcome")).text
    assert FILLED in text
    assert "now “Keep a school within reach - of all”." in shown(text)[0]
    assert (stored(returned, "outcome").version, answers(returned, "outcome")) == (before.version, before.answers)


@pytest.mark.parametrize("action", ["continue", "save", "back", "autosave"])
def test_what_was_filled_in_and_left_as_it_was_is_not_saved(client, returned, action):
    text = client.get(address(returned, "outcome")).text
    back(client, returned, text, action, reasons="Because it is right")
    assert answers(returned, "outcome")["reasons"] == "Because it is right"
    assert "what_changed" not in answers(returned, "outcome")
    assert FILLED in client.get(address(returned, "outcome")).text


def test_it_is_not_saved_either_when_the_proposal_changed_again_meanwhile(client, people, returned):
    text = client.get(address(returned, "outcome")).text
    factories.save(people.officer, returned, "decision", body="Full Council")
    back(client, returned, text)
    assert "what_changed" not in answers(returned, "outcome")


def test_it_is_not_kept_among_what_has_to_be_mended(client, returned):
    text = client.get(address(returned, "outcome")).text
    back(client, returned, text, review_0="31", review_1="2", review_2="2027")
    assert stored(returned, "outcome").typed["outcome-what_changed"] == [""]
    assert "what_changed" not in answers(returned, "outcome")


def test_it_is_not_saved_after_a_sign_in_that_ran_out(client, people, returned):
    text = client.get(address(returned, "outcome")).text
    client.session.flush()
    back(client, returned, text, reasons="Because it is right")
    client.force_login(people.officer, backend="django.contrib.auth.backends.ModelBackend")
    again = client.get(address(returned, "outcome")).text
    assert "Because it is right" in again
    assert shown(again) == ("", None)


def test_the_officers_own_words_are_saved_and_come_back(client, returned):
    text = client.get(address(returned, "outcome")).text
    back(client, returned, text, what_changed=f"{shown(text)[0]} We kept the school open.")
    assert answers(returned, "outcome")["what_changed"].endswith("We kept the school open.")
    again = client.get(address(returned, "outcome")).text
    assert FILLED not in again
    assert shown(again)[1] is None
    assert "We kept the school open." in shown(again)[0]


def test_what_somebody_else_saved_meanwhile_is_no_conflict_about_it(client, people, returned):
    text = client.get(address(returned, "outcome")).text
    started_from = version(returned, "outcome")
    factories.save(people.officer, returned, "outcome", reasons="Theirs")
    was, suggested = shown(text)
    answer = client.post(
        address(returned, "outcome"),
        {
            "action": "continue",
            "started_from": started_from,
            "suggested": suggested,
            "outcome-what_changed": was,
            "outcome-reasons": "Mine",
        },
    )
    assert answer.status_code == 409
    assert "what_changed" not in [row.key for row in answer.context["differing"]]


def test_other_pages_and_first_drafts_are_not_filled_in(client, people, returned):
    assert "We filled this in" not in client.get(address(returned, "proposal")).text
    first = unsaid(people, factories.complete(people.officer, factories.draft(people.officer, "Open a school")))
    assert "We filled this in" not in client.get(address(first, "outcome")).text


def test_nobody_can_have_an_answer_dropped_by_an_empty_mark(client, returned):
    post(client, returned, "outcome", what_changed="Our words", suggested="")
    assert answers(returned, "outcome")["what_changed"] == "Our words"
