"""The end of an assessment: its content is destroyed, wholly or not at all, and what is left still works."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from assessments import audit, clock, tasks, workflow
from assessments.documents import current_document
from assessments.duty.lifecycle import Status
from assessments.keeping import Ground
from assessments.models import Assessment, AuditEvent, ReportFile, Version
from assessments.reports import files
from assessments.workflow import disposal
from tests import factories
from tests.app import kept
from tests.app.redacting import NAME, decided_about
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

REASON = "Retention schedule, row 12. Agreed by the head of information governance."
OVER = [each for each in Status if each.facts.is_finished or each is Status.WITHDRAWN]


def ended(people, day=date(2010, 3, 5), status="approved", title="Close a school"):
    """An assessment of a policy that ended on that day, long past its own day unless said otherwise."""
    made = factories.in_status(status, people, title)
    return workflow.keep(people.administrator, made.reference, day, None)


def dispose(people, *assessments, who="administrator", reason=REASON):
    return workflow.dispose(getattr(people, who), [each.reference for each in assessments], reason)


def press(people, *assessments, who="administrator", number=None, reason=REASON, follow=True):
    """Confirm the destruction of these on the page."""
    data = {"reference": [each.reference for each in assessments], "reason": reason}
    data["number"] = len(assessments) if number is None else number
    return signed_in(getattr(people, who)).post("/disposal/confirm/", data, follow=follow)


def everything():
    """What the database holds of assessments, to compare."""
    return list(Assessment.objects.values()), list(Version.objects.values()), AuditEvent.objects.count()


# What is destroyed


def test_nothing_that_somebody_wrote_is_left_but_the_title(people, django_capture_on_commit_callbacks, settings):
    with django_capture_on_commit_callbacks(execute=True):
        made = decided_about(people)
    Assessment.objects.filter(pk=made.pk).update(title="Close a school", published_link=f"https://x.example/{NAME}")
    workflow.redact(people.administrator, made.reference, "Hill Street", Ground.OTHER, f"Seen by {NAME}")
    report = files.wanted(made, made.versions.first().document)
    report.file.save("report.pdf", ContentFile(NAME.encode()))
    workflow.keep(people.administrator, made.reference, date(2010, 3, 5), None)
    titles = {each.document.facts.title for each in made.versions.all()}
    with django_capture_on_commit_callbacks(execute=True):
        dispose(people, made)
    assert kept.where(NAME) == kept.where("wingliana") == {"assessments_version"}
    for version in made.versions.all():
        assert version.document.facts.title in titles
        assert NAME not in version.document_json.replace(version.document.facts.title, "")
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))
    assert kept.where("chair@test.example") == kept.where("Chair of Cabinet") == set()


@pytest.mark.parametrize("status", OVER)
def test_what_is_left_says_which_it_was_and_that_it_was_destroyed(people, status):
    made = ended(people, status=status)
    before = {each.number: each.document for each in made.versions.all()}
    assert dispose(people, made) == [disposal.Disposal(made.reference)]
    made = Assessment.objects.get(pk=made.pk)
    assert made.disposed_at
    assert (made.title, made.state) == ("Close a school", status)
    for rows in ("pages", "impacts", "actions", "comments", "verdicts", "report_files"):
        assert not getattr(made, rows).exists(), rows
    assert made.moves.exists()
    for version in made.versions.all():
        document, earlier = version.document, before[version.number]
        assert document.facts.disposed == clock.today().isoformat()
        assert document.facts.redacted == (f"The authority given for destroying it: {REASON}",)
        for name in ("reference", "title", "started", "frozen", "status", "service", "audit_head"):
            assert getattr(document.facts, name) == getattr(earlier.facts, name), name
        emptied = (document.sections, document.answers, document.matrix, document.findings, document.outcome)
        assert not any(emptied)
        assert document.decision is None
        assert document.steps == earlier.steps
        assert (version.digest, version.redactions) == (earlier.digest, 1)
        assert document.canonical_json() == version.document_json
    assert audit.first_wrong() is None


def test_why_an_approval_was_voided_goes_too(people):
    made = factories.in_status("approved", people)
    factories.moved(people.officer, made, "reopen", f"Because of {NAME}")
    for who, move in (("officer", "submit"), ("officer", "withdraw")):
        factories.moved(getattr(people, who), made, move)
    assert NAME in made.versions.get(number=3).document.facts.voided
    workflow.keep(people.administrator, made.reference, date(2010, 3, 5), None)
    dispose(people, made)
    assert kept.where(NAME) == set()


def test_the_trail_ties_what_is_left_to_what_was(people):
    made = ended(people)
    was = {each.number: each.document.digest for each in made.versions.all()}
    dispose(people, made)
    events = AuditEvent.objects.filter(verb="dispose").order_by("sequence")
    assert [json.loads(each.payload) for each in events] == [
        {
            "version": version.number,
            "was": was[version.number],
            "digest": version.document.digest,
            "reason": audit.digest(REASON),
        }
        for version in made.versions.order_by("number")
    ]
    assert {(each.actor, each.assessment) for each in events} == {(people.administrator, made)}


def test_one_that_was_redacted_before_can_be_destroyed(people):
    made = ended(people)
    workflow.redact(people.administrator, made.reference, "A line about it", Ground.PERSONAL)
    dispose(people, made)
    assert {each.redactions for each in made.versions.all()} == {2}
    assert audit.first_wrong() is None


def test_an_assessment_without_versions_is_told_of_once(people):
    made = factories.draft(people.officer)
    Assessment.objects.filter(pk=made.pk).update(status="withdrawn", policy_ended=date(2010, 1, 1))
    dispose(people, made)
    assert json.loads(AuditEvent.objects.get(verb="dispose").payload) == {"reason": audit.digest(REASON)}
    assert signed_in(people.lead).get(made.get_absolute_url()).status_code == 200
    assert audit.first_wrong() is None


def test_a_destruction_that_fails_leaves_everything_as_it_was(people, monkeypatch, django_capture_on_commit_callbacks):
    made = ended(people)
    report = files.wanted(made, made.versions.first().document)
    report.file.save("report.pdf", ContentFile(b"A report"))
    before = everything()

    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(disposal, "_strip", fail)
    with pytest.raises(RuntimeError), django_capture_on_commit_callbacks(execute=True):
        dispose(people, made)
    assert everything() == before
    assert made.pages.exists()
    with ReportFile.objects.get().file as kept_file:
        assert kept_file.read() == b"A report"


def rows_of(assessment):
    own = Assessment.objects.filter(pk=assessment.pk).values()
    return [list(rows) for rows in (own, assessment.versions.values(), assessment.pages.values())]


def test_others_are_not_touched(people):
    made, other = ended(people), ended(people, title="Another")
    before = rows_of(other)
    dispose(people, made)
    assert rows_of(other) == before


# What is not


def test_each_that_is_in_the_way_is_named_and_the_others_are_destroyed(people):
    free, held, early, going_on = ended(people), ended(people), ended(people, clock.today()), ended(people, None)
    workflow.place_hold(people.lead, held.reference, "A claim")
    draft = ended(people, status="draft")
    found = dispose(people, held, early, free, going_on, draft)
    assert [(each.reference, each.refusal) for each in found] == [
        (held.reference, "it is under a legal hold"),
        (early.reference, f"it must be kept until {disposal_day(early)}"),
        (free.reference, ""),
        (going_on.reference, "nobody has said when its policy ended, or the work on it is not over"),
        (draft.reference, "nobody has said when its policy ended, or the work on it is not over"),
    ]
    left = Assessment.objects.filter(disposed_at=None)
    assert set(left) == {held, early, going_on, draft}
    assert all(each.pages.exists() for each in left)
    refused = AuditEvent.objects.filter(verb="refused", payload__contains='"move":"dispose"')
    assert {each.assessment for each in refused} == {held, early, going_on, draft}


def disposal_day(assessment):
    day = assessment.policy_ended.replace(year=assessment.policy_ended.year + 6)
    return f"{day.day} {day:%B %Y}"


def test_it_can_be_destroyed_the_day_after_its_last_one_and_not_before(people):
    made = ended(people, date(2020, 3, 5))
    for day, is_done in ((5, False), (6, True)):
        with clock.telling(datetime(2026, 3, day, 12, tzinfo=UTC)):
            assert [not each.refusal for each in dispose(people, made)] == [is_done], day


def test_none_is_destroyed_twice(people):
    made = ended(people)
    dispose(people, made)
    before = everything()
    assert [each.refusal for each in dispose(people, made)] == ["it was destroyed before"]
    assert everything()[:2] == before[:2]


def test_the_same_twice_in_a_list_is_one(people):
    made = ended(people)
    assert dispose(people, made, made) == [disposal.Disposal(made.reference)]


def test_one_that_is_not_there_is_named(people):
    assert workflow.dispose(people.administrator, ["EIA-1999-0001"], REASON) == [
        disposal.Disposal("EIA-1999-0001", "there is none of that reference")
    ]


@pytest.mark.parametrize("who", ["officer", "approver", "lead", "auditor"])
def test_only_administrators_destroy(people, who):
    made = ended(people)
    client, before = signed_in(getattr(people, who)), everything()
    assert client.get("/disposal/").status_code == 403
    assert client.get("/disposal/confirm/", {"reference": made.reference}).status_code == 403
    assert press(people, made, who=who).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        dispose(people, made, who=who)
    assert everything() == before


def test_without_a_reason_nothing_is_destroyed(people):
    made = ended(people)
    with pytest.raises(workflow.NotReady):
        dispose(people, made, reason=" \n")
    assert made.pages.exists()


# The pages


def test_the_list_shows_what_is_past_its_day_what_is_held_and_what_was_destroyed(people):
    free, held, done, young = (ended(people, title=title) for title in ("Free", "Held", "Done", "Young"))
    workflow.place_hold(people.lead, held.reference, "A claim")
    workflow.keep(people.administrator, young.reference, clock.today(), None)
    dispose(people, done)
    text = signed_in(people.administrator).get("/disposal/").text
    assert f'name="reference" type="checkbox" value="{free.reference}"' in text
    assert text.count('type="checkbox"') == 1
    assert "5 March 2016" in text
    _, _, rest = text.partition("Past their day, but under a legal hold")
    under_hold, _, destroyed = rest.partition("Destroyed before")
    assert (held.reference in under_hold, done.reference in destroyed) == (True, True)
    assert young.reference not in text


def test_choosing_nothing_gets_a_clear_error(people):
    ended(people)
    text = signed_in(people.administrator).get("/disposal/confirm/").text
    assert "There is a problem" in text
    assert '<a href="#id_reference_0">Choose at least one assessment</a>' in text


def test_choosing_what_is_not_in_the_list_gets_a_clear_error(people):
    made = ended(people, None)
    text = signed_in(people.administrator).get("/disposal/confirm/", {"reference": made.reference}).text
    assert f"{made.reference} is not in the list of those that may be destroyed" in text


def test_an_empty_list_says_so(people):
    assert "No assessment is past its day." in signed_in(people.administrator).get("/disposal/").text


def test_what_was_chosen_is_shown_once_more_and_then_destroyed(people):
    first, second, third = (ended(people, title=title) for title in ("First", "Second", "Third"))
    client = signed_in(people.administrator)
    text = client.get("/disposal/confirm/", {"reference": [first.reference, second.reference]}).text
    assert "Destroy the content of 2 assessments" in text
    assert ("First" in text, "Second" in text, "Third" in text) == (True, True, False)
    text = press(people, first, second).text
    assert f"Destroyed: the content of {first.reference}, {second.reference}." in text
    assert set(Assessment.objects.filter(disposed_at=None)) == {third}


BAD = {
    "no number": ({"number": ""}, "Type 2 if you want to destroy the content of what is listed"),
    "another number": ({"number": "3"}, "Type 2 if you want to destroy the content of what is listed"),
    "no figure": ({"number": "two"}, "Type 2 if you want to destroy the content of what is listed"),
    "a huge number": ({"number": "9" * 5000}, "Type 2 if you want to destroy the content of what is listed"),
    "no reason": ({"reason": " \n"}, "Say who agreed to this, and when"),
    "a huge reason": ({"reason": "x" * 20_001}, "must have 20000 characters or fewer"),
}


@pytest.mark.parametrize(("typed", "error"), BAD.values(), ids=BAD)
def test_bad_input_gets_a_clear_error_and_destroys_nothing(people, typed, error):
    made = ended(people), ended(people)
    before = everything()
    answer = press(people, *made, **typed)
    assert (answer.status_code, "There is a problem" in answer.text) == (200, True)
    assert error in answer.text
    assert everything() == before


def test_a_form_without_any_assessment_shows_the_list(people):
    ended(people)
    assert "Choose at least one assessment" in press(people).text


def test_what_was_held_meanwhile_is_named_and_the_rest_is_destroyed(people):
    free, held = ended(people), ended(people)
    client = signed_in(people.administrator)
    client.get("/disposal/confirm/", {"reference": [free.reference, held.reference]})
    workflow.place_hold(people.lead, held.reference, "A claim")
    text = press(people, free, held).text
    assert f"Destroyed: the content of {free.reference}." in text
    assert f"Not destroyed. {held.reference}: it is under a legal hold." in text


def test_the_list_is_leafed_through(people):
    made = ended(people)
    rows = [
        Assessment(
            **{
                **{each.attname: getattr(made, each.attname) for each in Assessment._meta.concrete_fields},
                "id": None,
                "reference": f"EIA-2010-{number:04}",
                "year": 2010,
                "number": number,
            }
        )
        for number in range(1, 61)
    ]
    Assessment.objects.bulk_create(rows)
    client = signed_in(people.administrator)
    assert client.get("/disposal/").text.count('type="checkbox"') == 50
    assert client.get("/disposal/?page=2").text.count('type="checkbox"') == 11
    assert client.get("/disposal/?page=nonsense").status_code == 200


# What still works


READ = ("assessment", "keeping", "report", "report-pdf", "answers-json", "answers-csv")
RECORD = ("history", "decision", "review")


@pytest.mark.parametrize("status", OVER)
@pytest.mark.parametrize("who", ["officer", "approver", "lead", "auditor", "administrator"])
def test_every_page_of_a_destroyed_assessment_still_works(people, status, who):
    made = ended(people, status=status)
    dispose(people, made)
    client = signed_in(getattr(people, who))
    for name in (*READ, *RECORD):
        answer = client.get(reverse(name, args=[made.reference]))
        assert answer.status_code in ((200, 202) if name in READ else (200, 302, 403)), name
        if answer.streaming:
            answer.getvalue()
    for number in made.versions.values_list("number", flat=True):
        for name in ("version", "version-pdf"):
            answer = client.get(reverse(name, args=[made.reference, number]))
            assert answer.status_code in (200, 202), name
    for path in ("/", "/register/", "/register.csv", reverse("waiting")):
        assert client.get(path).status_code == 200


def test_the_report_of_a_destroyed_assessment_says_so(people):
    made = ended(people)
    dispose(people, made)
    text = signed_in(people.auditor).get(f"/assessments/{made.reference}/versions/1/").text
    assert "The content of this assessment was destroyed on" in text
    assert REASON in text


def test_its_pdf_can_still_be_made(people):
    made = ended(people)
    dispose(people, made)
    report = files.wanted(made, made.versions.first().document)
    tasks.make_report.func(report.pk)
    assert ReportFile.objects.get(pk=report.pk).state == "ready"


def test_the_register_still_finds_it_by_title_and_reference_and_by_nothing_else(people):
    made = ended(people)
    client = signed_in(people.officer)
    found = {"school": True, made.reference: True, "paragraph": False}
    assert made.reference in client.get("/register/", {"q": "paragraph"}).text
    dispose(people, made)
    for words, is_found in found.items():
        text = client.get("/register/", {"q": words}).text
        assert (f'href="{made.get_absolute_url()}"' in text) == is_found, words
    exported = b"".join(client.get("/register.csv")).decode()
    assert made.reference in exported


def test_nothing_more_can_be_done_with_it(people):
    made = ended(people)
    dispose(people, made)
    with pytest.raises(workflow.Closed):
        workflow.keep(people.administrator, made.reference, date(2030, 1, 1), 50)
    with pytest.raises(workflow.Closed):
        workflow.place_hold(people.lead, made.reference, "A claim")
    with pytest.raises(workflow.Closed):
        workflow.redact(people.administrator, made.reference, "school", Ground.PERSONAL)
    with pytest.raises(workflow.NotAllowed):
        workflow.start_from(people.officer, made.reference, replaces=False)
    for move in ("reopen", "decide", "publish"):
        with pytest.raises((workflow.NotAllowed, workflow.Closed)):
            workflow.move(people.officer, made.reference, move, "A reason")
    client = signed_in(people.administrator)
    assert "Destroyed on" in client.get(f"/assessments/{made.reference}/keeping/").text
    answer = client.get(f"/assessments/{made.reference}/redact/", follow=True)
    assert "its content was destroyed" in answer.text


def test_nobody_is_waited_for_any_more(people):
    made = ended(people)
    dispose(people, made)
    for who in ("officer", "approver", "lead"):
        client = signed_in(getattr(people, who))
        for path in ("/", reverse("waiting")):
            assert made.reference not in client.get(path).text


def test_current_document_is_the_stub(people):
    made = ended(people)
    dispose(people, made)
    assert current_document(Assessment.objects.get(pk=made.pk)).facts.disposed
