"""What the checks stop, what an approval rests on, and what leaves a trace when it is refused."""

import csv
import json
from datetime import timedelta

import pytest

from assessments import audit, clock, workflow
from assessments.documents import Draft
from assessments.duty.lifecycle import Stage, Status
from assessments.models import AuditEvent
from tests import factories
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

WHY = "The gap concerns four people, and asking them would identify them."


def press(client, assessment, name, **given):
    return client.post(f"/assessments/{assessment.reference}/moves/{name}/", {"reason": WHY, **given})


def with_block(people, status="with-lead"):
    """An assessment with the lead whose harm has no number of people: check 16 stops its approval."""
    made = factories.complete(people.officer, factories.draft(people.officer))
    factories.save(people.officer, made, "advance-age", impact=["negative"], extent="")
    for who, name in (("officer", "submit"), ("approver", "forward")):
        made = factories.moved(getattr(people, who), made, name)
    assert 16 in [each.check for each in Draft(made).blocks(Stage.APPROVAL)]
    return made


def last_event():
    return AuditEvent.objects.order_by("sequence").last()


# What stops


def test_a_block_stops_the_check_and_the_attempt_is_in_the_trail(people):
    made, lead = with_block(people), signed_in(people.lead)
    answer = press(lead, made, "pass_check")
    assert "Nothing was done: checks stand in the way." in answer.text
    made.refresh_from_db()
    assert made.state is Status.WITH_LEAD
    assert last_event().verb == "refused"
    assert json.loads(last_event().payload)["move"] == "pass_check"
    assert 16 in json.loads(last_event().payload)["because"]


def test_the_page_of_the_move_says_before_it_is_tried_what_stands_in_the_way(people):
    made = with_block(people)
    text = signed_in(people.lead).get(f"/assessments/{made.reference}/moves/pass_check/").text
    assert "to mend" in text
    assert "unless the equality lead overrides" in text
    assert 'type="submit" class="govuk-button"' not in text


def test_an_override_with_a_reason_lets_it_pass_and_stands_in_the_version_that_is_approved(people):
    made = with_block(people)
    for each in Draft(made).blocks(Stage.APPROVAL):
        workflow.override(people.lead, made.reference, each.check, each.page, WHY)
    factories.moved(people.lead, made, "pass_check")
    made = factories.moved(people.approver, made, "approve")
    frozen = made.versions.first().document
    (override,) = {each.override for each in frozen.findings if each.check == 16}
    assert (override.by, override.reason) == ("Equality lead", WHY)
    text = signed_in(people.auditor).get(f"/assessments/{made.reference}/report/").text
    assert f"by: Equality lead. Reason given: {WHY}" in text


def test_a_draft_with_blocks_can_be_submitted_and_says_what_follows(people):
    made = factories.complete(people.officer, factories.draft(people.officer))
    factories.save(people.officer, made, "advance-age", impact=["negative"], extent="")
    client = signed_in(people.officer)
    text = client.get(f"/assessments/{made.reference}/check/").text
    assert "You can submit it as it is. But the checks above stop its approval" in text
    assert press(client, made, "submit").status_code == 302
    made.refresh_from_db()
    assert made.state is Status.WITH_HEAD


def test_the_task_list_calls_nothing_ready_while_something_is_to_mend(people):
    made = factories.complete(people.officer, factories.draft(people.officer))
    officer = signed_in(people.officer)
    assert "Ready to submit" in officer.get(f"/assessments/{made.reference}/").text
    factories.save(people.officer, made, "advance-age", impact=["negative"], extent="")
    page = officer.get(f"/assessments/{made.reference}/").text
    assert "Some to mend" in page
    assert "Ready to submit" not in page


def test_the_lead_cannot_pass_what_they_said_must_be_mended(people):
    made, lead = factories.in_status("with-lead", people), signed_in(people.lead)
    workflow.judge(people.lead, made.reference, {"engagement": "mend"})
    answer = press(lead, made, "pass_check")
    assert answer.url == f"/assessments/{made.reference}/review/"
    made.refresh_from_db()
    assert made.state is Status.WITH_LEAD
    workflow.judge(people.lead, made.reference, {"engagement": "better"})
    press(lead, made, "pass_check")
    made.refresh_from_db()
    assert made.state is Status.PASSED


def test_a_page_that_nobody_has_begun_is_not_held_against_a_draft(people):
    made = factories.draft(people.officer)
    text = signed_in(people.officer).get(made.get_absolute_url()).text
    assert "The pages that you have not begun are checked when you begin them." in text
    assert "Describe the people affected" not in text
    factories.save(people.officer, made, "people", number=40)
    assert "Describe the people affected" in signed_in(people.officer).get(made.get_absolute_url()).text


def test_the_findings_of_a_page_stand_beside_its_questions(people):
    made = factories.complete(people.officer, factories.draft(people.officer))
    factories.save(people.officer, made, "advance-age", impact=["negative"], extent="")
    client = signed_in(people.officer)
    (finding,) = (each for each in Draft(made).findings if each.check == 16)
    assert finding.message in client.get(f"/assessments/{made.reference}/pages/advance-age/").text
    assert finding.message not in client.get(f"/assessments/{made.reference}/pages/people/").text


# Who may, and with what before them


def test_an_author_who_tries_to_approve_is_refused_and_it_is_in_the_trail(people):
    made = factories.in_status("passed", people)
    made.co_authors.add(people.approver)
    assert press(signed_in(people.approver), made, "approve").status_code == 403
    made.refresh_from_db()
    assert made.state is Status.PASSED
    event = last_event()
    assert (event.verb, event.actor, event.assessment) == ("refused", people.approver, made)
    assert json.loads(event.payload) == {"because": "not allowed", "move": "approve"}
    assert audit.first_wrong() is None


def test_to_look_at_a_page_that_is_not_for_you_leaves_no_trace(people):
    made = factories.in_status("passed", people)
    events = AuditEvent.objects.count()
    assert signed_in(people.officer).get(f"/assessments/{made.reference}/moves/approve/").status_code == 403
    assert AuditEvent.objects.count() == events


def test_an_approval_of_what_changed_meanwhile_is_refused(people):
    made, approver = factories.in_status("passed", people), signed_in(people.approver)
    page = approver.get(f"/assessments/{made.reference}/moves/approve/")
    seen = page.context["form"].initial["seen"]
    factories.moved(people.approver, made, "return_by_head")
    factories.save(people.officer, made, "people", who="Another 400 families, found since.")
    for who, name in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check")):
        factories.moved(getattr(people, who), made, name)
    answer = approver.post(f"/assessments/{made.reference}/moves/approve/", {"seen": seen}, follow=True)
    assert "Nothing was done" in answer.text
    made.refresh_from_db()
    assert made.state is Status.PASSED


@pytest.mark.parametrize("seen", ["0", "-5", "x", "9" * 40])
def test_nonsense_for_what_was_seen_approves_nothing(people, seen):
    made = factories.in_status("passed", people)
    answer = signed_in(people.approver).post(
        f"/assessments/{made.reference}/moves/approve/", {"seen": seen}, follow=True
    )
    assert "Nothing was done" in answer.text


def test_a_decision_before_approval_is_refused(people):
    made = factories.in_status("passed", people)
    with pytest.raises(workflow.Closed):
        workflow.move(people.officer, made.reference, "decide")
    with pytest.raises(workflow.NotAllowed):
        workflow.record_decision(people.officer, made.reference, {"body": "Cabinet"})
    made.refresh_from_db()
    assert made.state is Status.PASSED
    assert not hasattr(made, "decision")


def test_nobody_supersedes_by_hand(people):
    made = factories.in_status("approved", people)
    for who in (people.officer, people.approver, people.lead):
        assert press(signed_in(who), made, "supersede").status_code == 404
        with pytest.raises(workflow.NotAllowed):
            workflow.move(who, made.reference, "supersede")


# What voids


def test_to_change_what_was_approved_voids_the_approval_and_says_so_everywhere(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    approved = made.versions.first()
    text = officer.get(f"/assessments/{made.reference}/moves/reopen/").text
    assert "This voids the approval." in text
    press(officer, made, "reopen")
    made.refresh_from_db()
    assert made.state is Status.RETURNED
    assert made.approved_at is None
    draft = officer.get(f"/assessments/{made.reference}/report/").text
    assert "It was approved before." in draft
    assert WHY in draft
    old = signed_in(people.auditor).get(f"/assessments/{made.reference}/versions/{approved.number}/").text
    assert "No approval of this version holds any more." in old
    assert made.versions.get(number=approved.number).digest == approved.digest


def test_a_new_approval_ends_the_notice_that_the_old_one_is_void(people):
    made = factories.in_status("approved", people)
    made = factories.moved(people.officer, made, "reopen")
    for who, name in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check"), ("approver", "approve")):
        made = factories.moved(getattr(people, who), made, name)
    document = made.versions.first().document
    assert document.facts.voided == ""
    assert [step.label for step in document.steps].count("Approved") == 2


def test_what_is_decided_cannot_be_opened_again(people):
    made = factories.in_status("decided", people)
    with pytest.raises(workflow.Closed):
        workflow.move(people.officer, made.reference, "reopen", WHY)


def test_an_approval_after_the_decision_is_marked_as_retrospective_everywhere(people):
    made = factories.in_status("approved", people)
    day = clock.today() - timedelta(days=3)
    details = {"decided_on": day, "decided": "agreed", "same_scope": True, "same_dates": True, "same_options": True}
    workflow.record_decision(people.officer, made.reference, {**details, "body": "Cabinet"})
    with pytest.raises(workflow.Blocked) as stopped:
        workflow.move(people.officer, made.reference, "decide")
    assert 3 in [each.check for each in stopped.value.findings]
    factories.overridden(people.lead, made)
    made = factories.moved(people.officer, made, "decide")
    assert made.is_retrospective
    assert made.versions.first().document.facts.is_retrospective
    officer, base = signed_in(people.officer), made.get_absolute_url()
    for path in ("/", "/waiting/", "/register/", base, f"{base}decision/", f"{base}history/", f"{base}report/"):
        assert "Retrospective" in officer.get(path).text, path
    approved = made.versions.get(reason="approve").number
    assert "Retrospective" in officer.get(f"{base}versions/{approved}/").text
    rows = b"".join(officer.get("/register.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert [row["Retrospective"] for row in csv.DictReader(rows)] == ["Yes"]
