"""A new assessment from an earlier one: what it takes over, what it leaves, and what becomes of the earlier one."""

import pytest

from assessments import workflow
from assessments.documents import Draft
from assessments.duty.lifecycle import Status
from assessments.models import Assessment
from tests import factories
from tests.app.writing import answers, post, signed_in, version

pytestmark = pytest.mark.django_db


def start(client, earlier, kind):
    return client.post(f"/assessments/{earlier.reference}/again/", {"kind": kind})


@pytest.fixture
def earlier(people):
    return factories.in_status("published", people)


def test_the_text_is_taken_over_and_marked_until_somebody_saves_the_page(people, earlier):
    officer = signed_in(people.officer)
    answer = start(officer, earlier, "copy")
    made = Assessment.objects.latest("pk")
    assert answer.url == made.get_absolute_url()
    assert answers(made, "people")["who"] == answers(earlier, "people")["who"]
    tasks = officer.get(made.get_absolute_url()).text
    assert "Carried over: check it" in tasks
    assert (
        "This page was carried over from an earlier assessment."
        in officer.get(f"/assessments/{made.reference}/pages/people/").text
    )
    assert made.pages.get(page="people").carried_from == earlier.reference
    given = answers(made, "people")
    post(officer, made, "people", started_from=version(made, "people"), **given)
    assert made.pages.get(page="people").carried_from == ""


def test_the_script_that_saves_by_itself_does_not_count_as_looking(people, earlier):
    officer = signed_in(people.officer)
    start(officer, earlier, "copy")
    made = Assessment.objects.latest("pk")
    given = answers(made, "team")
    post(officer, made, "team", action="autosave", started_from=version(made, "team"), **given)
    assert made.pages.get(page="team").carried_from == earlier.reference


def test_what_belongs_to_its_time_is_left_behind(people, earlier):
    made = workflow.start_from(people.officer, earlier.reference, replaces=False)
    assert "planned" not in answers(made, "decision")
    assert answers(made, "decision")["body"] == answers(earlier, "decision")["body"]
    assert not {"outcome", "review", "what_changed"} & answers(made, "outcome").keys()
    assert all("due" not in each for each in answers(made, "actions")["actions"])
    assert answers(made, "team")["earlier"] == earlier.reference
    assert (made.outcome, made.decision_date, made.review_date) == ("", None, None)


def test_its_state_is_its_own(people, earlier):
    made = workflow.start_from(people.officer, earlier.reference, replaces=False)
    assert made.state is Status.DRAFT
    assert made.reference != earlier.reference
    assert not made.versions.exists()
    assert not made.moves.exists()
    assert made.approved_at is None
    assert made.decided_on is None


def test_it_cannot_be_submitted_before_each_page_was_looked_at(people, earlier):
    made = workflow.start_from(people.officer, earlier.reference, replaces=False)
    assert not Draft(made).is_ready
    text = signed_in(people.officer).get(f"/assessments/{made.reference}/check/").text
    assert "Look at “Who is affected”, which was carried over, and save it" in text
    with pytest.raises(workflow.NotReady):
        workflow.move(people.officer, made.reference, "submit")


def test_the_earlier_one_is_superseded_when_the_new_one_is_approved_and_not_before(people, earlier):
    made = factories.successor(people.officer, earlier)
    for who, name in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check")):
        made = factories.moved(getattr(people, who), made, name)
    earlier.refresh_from_db()
    assert earlier.state is Status.PUBLISHED
    factories.moved(people.approver, made, "approve")
    earlier.refresh_from_db()
    assert earlier.state is Status.SUPERSEDED
    assert earlier.events.order_by("sequence").last().verb == "supersede"
    text = signed_in(people.auditor).get(earlier.get_absolute_url()).text
    assert "It was replaced by" in text
    assert made.reference in text
    assert made.versions.first().document.facts.supersedes == earlier.reference


def test_a_copy_leaves_the_earlier_one_as_it_is(people, earlier):
    made = workflow.start_from(people.officer, earlier.reference, replaces=False)
    factories.save(
        people.officer,
        made,
        "actions",
        actions=[{**each, "due": "2027-03-05"} for each in answers(made, "actions")["actions"]],
    )
    factories.complete(people.officer, made)
    for who, name in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check"), ("approver", "approve")):
        made = factories.moved(getattr(people, who), made, name)
    earlier.refresh_from_db()
    assert earlier.state is Status.PUBLISHED


def test_it_is_replaced_once(people, earlier):
    officer = signed_in(people.officer)
    start(officer, earlier, "replace")
    made = Assessment.objects.latest("pk")
    answer = start(officer, earlier, "replace")
    assert answer.status_code == 200
    assert f"{made.reference} replaces it already." in answer.text
    factories.moved(people.officer, made, "withdraw")
    assert start(officer, earlier, "replace").status_code == 302


def test_to_start_from_one_a_choice_is_needed(people, earlier):
    assert "Choose how you want to use its text" in start(signed_in(people.officer), earlier, "").text


@pytest.mark.parametrize("status", ["draft", "with-head", "withdrawn"])
def test_only_a_finished_one_lends_its_text(people, status):
    made = factories.in_status(status, people)
    assert start(signed_in(people.officer), made, "copy").status_code == 403


def test_auditors_start_nothing(people, earlier):
    assert start(signed_in(people.auditor), earlier, "copy").status_code == 403


def test_whoever_may_not_see_the_new_one_does_not_learn_of_it(people, earlier):
    workflow.start_from(people.officer, earlier.reference, replaces=True)
    assert "It is being assessed again" in signed_in(people.lead).get(earlier.get_absolute_url()).text
    assert "It is being assessed again" not in signed_in(people.other_officer).get(earlier.get_absolute_url()).text
