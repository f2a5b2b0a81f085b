"""Moves through the lifecycle: who, when, once; what is frozen; what the trail says."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from assessments import audit, clock, workflow
from assessments.duty.lifecycle import STATUSES, TRANSITIONS, Status, transition
from assessments.models import AuditEvent, ReportFile, Version
from tests import factories
from tests.app.writing import address, answers, post, signed_in, version

pytestmark = pytest.mark.django_db

WHO = {
    "submit": "officer",
    "screen_out": "officer",
    "withdraw": "officer",
    "forward": "approver",
    "return_by_head": "approver",
    "pass_check": "lead",
    "return_by_lead": "lead",
    "approve": "approver",
    "approve_screening": "approver",
    "refuse_screening": "lead",
    "decide": "officer",
    "begin_review": "officer",
    "reopen": "officer",
}
"""Those that have a page of their own are in test_decision.py."""
STEPS = [(each.name, source) for each in TRANSITIONS for source in each.sources if each.name in WHO]
REASON = "Say more about the route to school."


def ready(people, name, status):
    """An assessment of the officer's in that status, complete where the move needs it."""
    made = factories.in_status(status, people)
    if status == Status.DRAFT:
        (factories.screened_out if name == "screen_out" else factories.complete)(people.officer, made)
    elif name == "decide":
        record = {"decided_on": clock.today(), "decided": "agreed", "weighed": "Longer journeys against the savings."}
        same = {"same_scope": True, "same_dates": True, "same_options": True}
        workflow.record_decision(people.officer, made.reference, record | same)
        factories.overridden(people.lead, made)
    elif name == "screen_out":
        factories.screened_out(people.officer, made)
    return made


def press(client, assessment, name, reason=REASON):
    return client.post(f"/assessments/{assessment.reference}/moves/{name}/", {"reason": reason})


# Each move


@pytest.mark.parametrize(("name", "source"), STEPS, ids=[f"{name} from {source}" for name, source in STEPS])
def test_each_move_by_the_right_person(people, name, source):
    made, client, move = ready(people, name, source), signed_in(getattr(people, WHO[name])), transition(name)
    before, versions = AuditEvent.objects.count(), made.versions.count()
    page = client.get(f"/assessments/{made.reference}/moves/{name}/")
    assert move.label in page.text
    assert f"It will be “{move.target.label}”" in page.text
    answer = press(client, made, name)
    assert answer.url == made.get_absolute_url()
    made.refresh_from_db()
    assert made.state is move.target
    made_move = made.moves.first()
    assert (made_move.name, made_move.before, made_move.after) == (name, source, move.target)
    assert (made_move.by, made_move.reason) == (getattr(people, WHO[name]), REASON)
    assert made.versions.count() == versions + move.freezes
    event = AuditEvent.objects.order_by("sequence").last()
    assert AuditEvent.objects.count() == before + 1
    assert (event.verb, event.actor, event.assessment) == (name, getattr(people, WHO[name]), made)
    payload = json.loads(event.payload)
    assert (payload["before"], payload["after"]) == (source, move.target)
    assert payload["reason"] == audit.digest(REASON)
    assert REASON not in event.payload
    assert f"{made.reference} is now: {move.target.label}." in client.get(made.get_absolute_url()).text
    assert audit.first_wrong() is None


@pytest.mark.parametrize("status", Status)
def test_a_move_from_a_wrong_state_does_nothing_and_says_so(people, status):
    made = factories.in_status(status, people)
    events = AuditEvent.objects.count()
    for move in TRANSITIONS:
        if status not in move.sources and move.name in WHO:
            client = signed_in(getattr(people, WHO[move.name]))
            answer = client.post(f"/assessments/{made.reference}/moves/{move.name}/", {"reason": REASON}, follow=True)
            assert "Nothing was done" in answer.text
            assert f"It is now: {STATUSES[status].label}." in answer.text
    made.refresh_from_db()
    assert made.state is status
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(("name", "source"), STEPS, ids=[f"{name} from {source}" for name, source in STEPS])
def test_a_move_by_anybody_else_is_refused(people, name, source):
    made = ready(people, name, source)
    wrong = {"officer", "colleague", "approver", "other_approver", "lead", "auditor", "administrator"} - {WHO[name]}
    if name in ("approve_screening", "refuse_screening", "decide", "begin_review", "reopen"):
        wrong -= {"approver", "lead"}
    for who in wrong:
        assert press(signed_in(getattr(people, who)), made, name).status_code in (403, 404), who
        with pytest.raises((workflow.NotAllowed, made.DoesNotExist)):
            workflow.move(getattr(people, who), made.reference, name, REASON)
    made.refresh_from_db()
    assert made.state is source


def test_two_approvers_at_once_move_it_once(people):
    made = factories.in_status("with-head", people)
    second = factories.person("approver", "second", "Youth")
    both = [signed_in(people.approver), signed_in(second)]
    for client in both:
        assert client.get(f"/assessments/{made.reference}/moves/forward/").status_code == 200
    press(both[0], made, "forward")
    answer = press(both[1], made, "return_by_head")
    assert answer.url == made.get_absolute_url()
    assert "has moved on meanwhile. It is now: With the equality lead." in both[1].get(answer.url).text
    made.refresh_from_db()
    assert made.state is Status.WITH_LEAD
    assert made.moves.count() == 2


def test_a_form_sent_twice_moves_it_once(people):
    made, client = ready(people, "submit", "draft"), signed_in(people.officer)
    for _ in range(2):
        assert press(client, made, "submit").status_code == 302
    assert made.moves.count() == made.versions.count() == 1


@pytest.mark.parametrize(
    ("name", "source"), [(name, source) for name, source in STEPS if transition(name).needs_reason]
)
@pytest.mark.parametrize("reason", ["", "  \n ", "\0"])
def test_a_reason_is_needed_where_the_record_keeps_one(people, name, source, reason):
    made, client = ready(people, name, source), signed_in(getattr(people, WHO[name]))
    answer = press(client, made, name, reason)
    assert answer.status_code == 200
    assert "Give a reason, so that the others know what to do" in answer.text
    made.refresh_from_db()
    assert made.state is source


def test_a_move_without_need_of_a_reason_takes_none(people):
    made = factories.in_status("with-head", people)
    assert signed_in(people.approver).post(f"/assessments/{made.reference}/moves/forward/").status_code == 302
    assert made.moves.first().reason == ""


def test_the_reason_is_shown_to_the_officer(people):
    made = factories.in_status("with-head", people)
    factories.moved(people.approver, made, "return_by_head", f"{REASON}\n\n- one\n- two")
    text = signed_in(people.officer).get(made.get_absolute_url()).text
    assert "Returned by Approver" in text
    assert f"<p>{REASON}</p>\n<ul>\n<li>one</li>" in text


# Submission


def test_submission_with_answers_missing_is_refused_and_lists_them(people):
    made, client = factories.draft(people.officer), signed_in(people.officer)
    for page, given in factories.screening({"age": "yes"}).items():
        factories.save(people.officer, made, page, **given)
    answer = press(client, made, "submit")
    assert answer.url == f"/assessments/{made.reference}/check/"
    page = client.get(answer.url)
    assert "Some answers are still missing, so it was not submitted. They are listed below." in page.text
    assert "Answer 4 more questions on “What is proposed”" in page.text
    assert address(made, "eliminate-age") in page.text
    made.refresh_from_db()
    assert made.state is Status.DRAFT
    assert not made.versions.exists()


def test_one_required_answer_taken_away_stops_submission(people):
    made, client = ready(people, "submit", "draft"), signed_in(people.officer)
    assert "Submit to the head of service" in client.get(f"/assessments/{made.reference}/check/").text
    factories.save(people.officer, made, "outcome", monitor="")
    assert press(client, made, "submit").url.endswith("/check/")
    text = client.get(f"/assessments/{made.reference}/check/").text
    assert "Answer 1 more question on “What you recommend”" in text
    assert "Submit to the head of service" not in text


def test_something_typed_that_does_not_fit_stops_submission(people):
    made, client = ready(people, "submit", "draft"), signed_in(people.officer)
    given = {key: value for key, value in answers(made, "people").items() if key != "number"}
    post(client, made, "people", action="save", number="many", **given)
    assert press(client, made, "submit").url.endswith("/check/")
    assert "Mend what does not fit on “Who is affected”" in client.get(f"/assessments/{made.reference}/check/").text


def test_an_assessment_not_yet_screened_cannot_be_submitted(people):
    made, client = factories.draft(people.officer), signed_in(people.officer)
    for name in ("submit", "screen_out"):
        assert press(client, made, name).url.endswith("/check/")


def test_a_full_assessment_cannot_be_screened_out_nor_the_other_way_round(people):
    full, none = ready(people, "submit", "draft"), ready(people, "screen_out", "draft")
    client = signed_in(people.officer)
    assert press(client, full, "screen_out").url.endswith("/check/")
    assert press(client, none, "submit").url.endswith("/check/")
    for each in (full, none):
        each.refresh_from_db()
        assert each.state is Status.DRAFT


def test_a_contradiction_at_screening_stops_submission(people):
    made, client = ready(people, "submit", "draft"), signed_in(people.officer)
    factories.save(people.officer, made, "relevance-limbs", eliminate="no", advance="no", foster="no")
    assert press(client, made, "submit").url.endswith("/check/")
    assert (
        "You said that age matters, but no limb of the duty that covers it does."
        in client.get(f"/assessments/{made.reference}/check/").text
    )


def test_a_returned_assessment_can_be_written_again_and_submitted_again(people):
    made, client = factories.in_status("returned", people), signed_in(people.officer)
    given = answers(made, "decision") | {
        "body": "Full Council",
        "planned": ("5", "3", "2027"),
        "final": ("5", "3", "2027"),
    }
    assert post(client, made, "decision", **given).status_code == 302
    press(client, made, "submit")
    assert [each.number for each in made.versions.all()] == [2, 1]
    first, second = made.versions.get(number=1), made.versions.get(number=2)
    assert first.document.answers["decision"]["body"] == "A line about it"
    assert second.document.answers["decision"]["body"] == "Full Council"


@pytest.mark.parametrize("status", [each for each in Status if not each.facts.is_editable])
def test_answers_cannot_change_once_submitted(people, status):
    made = factories.in_status(status, people)
    number = version(made, "decision")
    assert post(signed_in(people.officer), made, "decision", body="Late").status_code == 403
    with pytest.raises(workflow.Closed), workflow.editing(people.officer, made.reference):
        pytest.fail("Could be edited")
    assert version(made, "decision") == number


# What is frozen


def test_a_version_is_frozen_with_its_digest_and_who_and_when(people):
    made = ready(people, "submit", "draft")
    press(signed_in(people.officer), made, "submit")
    frozen = made.versions.get()
    assert (frozen.number, frozen.reason, frozen.created_by) == (1, "submit", people.officer)
    assert frozen.digest == frozen.document.digest
    assert frozen.document.canonical_json() == frozen.document_json
    assert frozen.document.facts.version == 1
    event = AuditEvent.objects.order_by("sequence").last()
    assert json.loads(event.payload)["digest"] == frozen.digest
    assert frozen.document.facts.audit_head == f"{event.sequence - 1}:{event.previous_hash}"
    made.refresh_from_db()
    assert made.submitted_at == frozen.created_at or abs(made.submitted_at - frozen.created_at) < timedelta(seconds=5)


def test_submitting_asks_for_the_report(people, django_capture_on_commit_callbacks):
    made = ready(people, "submit", "draft")
    press(signed_in(people.officer), made, "submit")
    report = ReportFile.objects.get()
    assert (report.digest, report.state) == (made.versions.get().digest, "waiting")


def test_a_submitted_assessment_reads_as_it_was_frozen_whatever_changes_later(people, council):
    made = factories.in_status("with-head", people)
    council.name = "Another Council"
    council.save()
    people.officer.service.name = "Learning"
    people.officer.service.save()
    text = signed_in(people.auditor).get(f"/assessments/{made.reference}/versions/1/").text
    assert "how Test Council thought about its duty" in text
    assert "Learning" not in text


def test_an_earlier_version_stays_readable(people):
    made = factories.in_status("approved", people)
    lead = signed_in(people.lead)
    overview = lead.get(made.get_absolute_url()).text
    for number in (1, 2):
        path = f"/assessments/{made.reference}/versions/{number}/"
        assert path in overview
        assert f"version {number} of" in lead.get(path).text


REFUSED = [
    "UPDATE assessments_version SET document_json = '{}'",
    "UPDATE assessments_version SET digest = 'x'",
    "DELETE FROM assessments_version",
    "UPDATE assessments_auditevent SET verb = 'x'",
    "UPDATE assessments_auditevent SET hash = hash",
    "DELETE FROM assessments_auditevent",
    "DELETE FROM assessments_auditevent WHERE sequence = 1",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_to_rewrite_versions_and_the_trail(people, statement):
    factories.in_status("with-head", people)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Version.objects.count() == 1
    assert audit.first_wrong() is None


def test_the_models_cannot_rewrite_them_either(people):
    factories.in_status("with-head", people)
    for each in (Version.objects.get(), AuditEvent.objects.first()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            each.save()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            type(each).objects.filter(pk=each.pk).update(**{"digest" if isinstance(each, Version) else "verb": "x"})
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            each.delete()


# The trail


def test_each_write_is_in_the_trail_and_nothing_else(people):
    officer = signed_in(people.officer)
    officer.post("/start/", {"title": "Close a school", "service": people.officer.service_id})
    made = people.officer.started_assessments.get()
    post(officer, made, "decision", body="Cabinet")
    officer.get(made.get_absolute_url())
    post(officer, made, "decision", started_from=0, body="A conflict")
    officer.post(f"/assessments/{made.reference}/people/", {"email": people.colleague.email})
    officer.post(f"/assessments/{made.reference}/people/{people.colleague.pk}/remove/")
    press(officer, made, "withdraw")
    trail = [(event.verb, event.actor_label) for event in AuditEvent.objects.order_by("sequence")]
    assert trail == [(verb, "Officer (Officer)") for verb in ("start", "save", "save", "share", "unshare", "withdraw")]


def test_the_trail_holds_digests_of_what_people_wrote_and_not_the_words(people):
    made = factories.draft(people.officer)
    factories.save(people.officer, made, "people", who="A secret about 61 families")
    event = AuditEvent.objects.order_by("sequence").last()
    assert "secret" not in event.payload
    assert json.loads(event.payload) == {
        "answers": audit.digest({"who": "A secret about 61 families"}),
        "page": "people",
        "version": 1,
    }


def test_a_write_that_fails_leaves_no_event(people):
    made = factories.draft(people.officer)
    events = AuditEvent.objects.count()

    def fail():
        with workflow.editing(people.officer, made.reference) as edited:
            edited.save("decision", {"body": "Cabinet"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert AuditEvent.objects.count() == events
    assert answers(made, "decision") == {}
    assert audit.first_wrong() is None


def test_an_event_outside_a_transaction_is_refused(transactional_db):
    factories.audit_head()
    with pytest.raises(transaction.TransactionManagementError):
        audit.append("start", None)


def test_the_clock_of_the_record_is_the_one_told(people):
    moment = clock.now() - timedelta(days=400)
    with clock.telling(moment):
        made = factories.draft(people.officer)
    assert (made.created_at, made.events.first().at) == (moment, moment)
    assert made.year == moment.year
