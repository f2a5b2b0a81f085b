"""A due-regard check that is set aside: by whom, when, with a reason, and printed."""

import pytest

from assessments import audit, workflow
from assessments.documents import Draft
from assessments.duty.questionnaire import PROSE_LIMIT
from assessments.models import AuditEvent, Override
from tests import factories
from tests.app.reviewing import last_event
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

CHECK = 21
"""The outcome agrees with the findings."""
REASON = "The findings are all of one street, and the outcome is for the whole town."


def override_at(assessment, number=CHECK, page="outcome", verb="override"):
    return f"/assessments/{assessment.reference}/findings/{number}/{page}/{verb}/"


def blocked_at(status, people):
    """An assessment in that status which recommends to stop what harms nobody."""
    made = factories.complete(people.officer, factories.draft(people.officer))
    factories.save(people.officer, made, "outcome", outcome="stop")
    made = factories.moved(people.officer, made, "submit")
    return made if status == "with-head" else factories.moved(people.approver, made, "forward")


@pytest.fixture
def blocked(people):
    return blocked_at("with-lead", people)


@pytest.fixture
def lead(people):
    return signed_in(people.lead)


def overrides(assessment):
    return list(assessment.overrides.values_list("number", "page", "reason"))


def test_a_block_is_set_aside_with_a_reason_and_then_lets_it_pass(people, blocked, lead):
    with pytest.raises(workflow.Blocked):
        workflow.move(people.lead, blocked.reference, "pass_check")
    page = lead.get(override_at(blocked))
    assert "The outcome agrees with the findings" in page.text
    assert "no finding is negative" in page.text
    answer = lead.post(override_at(blocked), {"text": REASON})
    assert answer.url == blocked.get_absolute_url()
    assert overrides(blocked) == [(CHECK, "outcome", REASON)]
    event, payload = last_event()
    assert (event.verb, event.actor) == ("override", people.lead)
    assert payload == {"check": CHECK, "page": "outcome", "reason": audit.digest(REASON)}
    assert audit.first_wrong() is None
    assert workflow.move(people.lead, blocked.reference, "pass_check").status == "passed"


def test_what_was_set_aside_stands_in_the_approved_version_with_its_reason(people, blocked):
    workflow.override(people.lead, blocked.reference, CHECK, "outcome", REASON)
    factories.moved(people.lead, blocked, "pass_check")
    factories.moved(people.approver, blocked, "approve")
    (finding,) = (each for each in blocked.versions.first().document.findings if each.check == CHECK)
    assert (finding.override.by, finding.override.reason) == ("Equality lead", REASON)


def test_an_override_is_lifted_and_the_check_counts_again(people, blocked, lead):
    workflow.override(people.lead, blocked.reference, CHECK, "outcome", REASON)
    page = lead.get(override_at(blocked)).text
    assert REASON in page
    assert "Let the check count again" in page
    assert "Override this check" not in page
    events = AuditEvent.objects.count()
    for _ in range(2):
        assert lead.post(override_at(blocked, verb="lift")).status_code == 302
    assert not overrides(blocked)
    assert AuditEvent.objects.count() == events + 1
    assert (last_event()[0].verb, last_event()[1]) == ("lift_override", {"check": CHECK, "page": "outcome"})
    with pytest.raises(workflow.Blocked):
        workflow.move(people.lead, blocked.reference, "pass_check")
    assert lead.get(override_at(blocked, verb="lift")).status_code == 405


def test_nobody_else_sets_a_check_aside_and_the_attempt_is_in_the_trail(people, blocked):
    for who in ("officer", "approver", "auditor", "administrator"):
        client = signed_in(getattr(people, who))
        assert client.get(override_at(blocked)).status_code == 403, who
        assert client.post(override_at(blocked), {"text": REASON}).status_code == 403, who
        event, payload = last_event()
        assert (event.verb, event.actor) == ("refused", getattr(people, who))
        assert payload == {"move": "override", "because": "not allowed"}
        assert client.post(override_at(blocked, verb="lift")).status_code == 403, who
    for who, status in (("colleague", 403), ("other_officer", 404)):
        assert signed_in(getattr(people, who)).get(override_at(blocked)).status_code == status
    assert not overrides(blocked)


def test_an_equality_lead_who_wrote_it_sets_nothing_aside(people):
    made = factories.complete(people.lead, factories.draft(people.lead))
    factories.save(people.lead, made, "outcome", outcome="stop")
    factories.moved(people.lead, made, "submit")
    factories.moved(people.approver, made, "forward")
    assert signed_in(people.lead).get(override_at(made)).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.override(people.lead, made.reference, CHECK, "outcome", REASON)


@pytest.mark.parametrize(
    ("number", "page"),
    [
        (CHECK, "proposal"),
        (CHECK, "decision"),
        (CHECK, "no-such-page"),
        (1, "proposal"),
        (99, "outcome"),
        (9**30, "outcome"),
        (0, "outcome"),
    ],
)
def test_there_is_nothing_to_set_aside_where_the_check_finds_nothing(blocked, lead, number, page):
    assert lead.get(override_at(blocked, number, page)).status_code == 404
    assert lead.post(override_at(blocked, number, page), {"text": REASON}).status_code in (404, 409)
    assert lead.post(override_at(blocked, number, page, "lift")).status_code == 404
    assert not overrides(blocked)


def test_a_warning_cannot_be_set_aside(people, blocked, lead):
    warning = next(each for each in Draft(blocked).findings if each.level == "warn" and each.page)
    assert lead.get(override_at(blocked, warning.check, warning.page)).status_code == 404
    with pytest.raises(workflow.Closed):
        workflow.override(people.lead, blocked.reference, warning.check, warning.page, REASON)


@pytest.mark.parametrize(
    ("text", "error"),
    [("", "Give your reason"), (" \n", "Give your reason"), ("x" * (PROSE_LIMIT + 1), "20,000 characters or fewer")],
    ids=["empty", "blank", "long"],
)
def test_a_reason_is_needed_and_not_too_long(blocked, lead, text, error):
    answer = lead.post(override_at(blocked), {"text": text})
    assert answer.status_code == 200
    assert error in answer.text
    assert not overrides(blocked)


def test_the_workflow_takes_no_override_without_a_reason(people, blocked):
    with pytest.raises(workflow.NotReady):
        workflow.override(people.lead, blocked.reference, CHECK, "outcome", " \n")
    assert not overrides(blocked)


def test_a_reason_given_after_it_moved_on_is_not_saved_but_shown(people, blocked, lead):
    factories.moved(people.lead, blocked, "return_by_lead")
    answer = lead.post(override_at(blocked), {"text": REASON})
    assert answer.status_code == 409
    assert "It is now: Returned to the officer." in answer.text
    assert REASON in answer.text
    assert not overrides(blocked)
    with pytest.raises(workflow.Closed):
        workflow.override(people.lead, blocked.reference, CHECK, "outcome", REASON)


def test_of_two_who_set_the_same_check_aside_the_first_counts_and_the_second_keeps_the_text(people, blocked, lead):
    second = factories.person("equality-lead", "second", None)
    assert lead.get(override_at(blocked)).status_code == 200
    signed_in(second).post(override_at(blocked), {"text": "I was first."})
    answer = lead.post(override_at(blocked), {"text": REASON})
    assert answer.status_code == 409
    assert "Somebody has overridden this check meanwhile." in answer.text
    assert REASON in answer.text
    assert overrides(blocked) == [(CHECK, "outcome", "I was first.")]


def test_before_a_stage_is_near_nothing_is_set_aside(people):
    made = blocked_at("with-head", people)
    client = signed_in(people.lead)
    assert client.get(override_at(made)).url == made.get_absolute_url()
    assert client.post(override_at(made), {"text": REASON}).status_code == 409
    assert not Override.objects.exists()


def test_a_finding_that_the_decision_record_mends_is_set_aside_too(people):
    made = factories.in_status("approved", people)
    blocks = {each.check for each in Draft(made).findings if each.blocks and not each.page}
    assert blocks
    client = signed_in(people.lead)
    for number in blocks:
        assert "In the record of the decision." in client.get(override_at(made, number, "decision")).text
        client.post(override_at(made, number, "decision"), {"text": REASON})
    assert {(number, "", REASON) for number in blocks} == set(overrides(made))
    assert not any(each.blocks and not each.page for each in Draft(made).findings)
