"""What redaction does to kept versions and to the trail, and that the database lets nothing else happen to them."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from assessments import audit, workflow
from assessments.documents import Draft
from assessments.keeping import Ground
from assessments.models import AuditEvent, Version
from assessments.workflow import redaction
from tests import factories
from tests.app.redacting import DAY, MARK, NAME, about, frozen_text, redact, submitted_about
from tests.app.writing import answers, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(people):
    """With the head of service: one version, in which the name stands."""
    return submitted_about(people)


def test_a_version_says_that_something_was_taken_out(people, frozen):
    was = frozen.versions.get()
    redact(people, frozen)
    now = frozen.versions.get()
    assert now.document.facts.redacted == (
        (
            "Something was redacted on 5 March 2026: personal data about somebody. "
            f"The digest of the version before: {was.digest}."
        ),
    )
    assert (now.digest, now.redactions) == (was.digest, 1)
    assert now.document.canonical_json() == now.document_json
    assert now.document.answers["people"]["who"] == f"We spoke to {MARK} of Hill Street.\n\n- one\n- two"
    text = signed_in(people.lead).get(f"/assessments/{frozen.reference}/versions/1/").text
    assert "Something was redacted on 5 March 2026" in text
    assert NAME not in text


def test_only_what_was_said_changes_in_a_version(people, frozen):
    before = json.loads(frozen.versions.get().document_json)
    redact(people, frozen)
    after = json.loads(frozen.versions.get().document_json)
    sentence = after["facts"].pop("redacted")
    assert (len(sentence), before["facts"].pop("redacted")) == (1, [])
    assert json.dumps(after, ensure_ascii=False) == json.dumps(before, ensure_ascii=False).replace(NAME, MARK)


def test_a_version_without_the_passage_stays_as_it_is(people, frozen):
    factories.moved(people.approver, frozen, "return_by_head")
    factories.save(people.officer, frozen, "people", who="Nobody")
    factories.moved(people.officer, frozen, "submit")
    second = frozen.versions.get(number=2)
    redact(people, frozen)
    assert [(each.number, each.redactions) for each in frozen.versions.all()] == [(2, 0), (1, 1)]
    assert frozen.versions.get(number=2).document_json == second.document_json


def test_what_stands_only_in_an_old_version_is_told_of_that_version_alone(people, frozen):
    factories.moved(people.approver, frozen, "return_by_head")
    factories.save(people.officer, frozen, "people", who="Nobody")
    redact(people, frozen)
    assert [json.loads(each.payload)["version"] for each in AuditEvent.objects.filter(verb="redact")] == [1]
    assert audit.first_wrong() is None


def test_a_version_is_redacted_again_and_again(people, frozen):
    first = frozen.versions.get().digest
    redact(people, frozen)
    second = frozen.versions.get().document.digest
    redact(people, frozen, "Hill Street", Ground.COURT)
    now = frozen.versions.get()
    assert [each.rpartition(" ")[2] for each in now.document.facts.redacted] == [f"{first}.", f"{second}."]
    assert now.redactions == 2
    assert audit.first_wrong() is None


def test_what_an_earlier_redaction_left_is_not_cut_up(people, frozen):
    redact(people, frozen)
    with pytest.raises(workflow.Unfit, match="nowhere"):
        redact(people, frozen, "March 2026")
    digest = frozen.versions.get().digest
    with pytest.raises(workflow.Unfit, match="nowhere"):
        redact(people, frozen, digest[:12])
    redact(people, frozen, f"{MARK} of Hill")
    assert frozen.versions.get().document.answers["people"]["who"].startswith(f"We spoke to {MARK} Street")


def test_a_version_of_an_older_edition_can_be_redacted(people, frozen):
    """It has a question that is gone, and none of the fields that came later."""
    document = json.loads(frozen.versions.get().document_json)
    document["answers"]["old-page"] = {"old": f"By {NAME}", "list": [{"id": "x1", "who": NAME}]}
    row = {"key": "old", "label": "Who?", "kind": "text", "text": f"By {NAME}", "entries": [], "items": []}
    document["sections"][0]["pages"].append({"slug": "old-page", "title": "Old", "rows": [row]})
    for name in ("findings", "decision", "steps"):
        del document[name]
    for name in ("redacted", "disposed", "voided"):
        del document["facts"][name]
    changed = Version.objects.filter(assessment=frozen)
    changed.update(document_json=json.dumps(document), redactions=F("redactions") + 1)
    redact(people, frozen)
    now = json.loads(frozen.versions.get().document_json)
    assert NAME not in json.dumps(now)
    assert now["answers"]["old-page"]["list"] == [{"id": "x1", "who": MARK}]
    assert "findings" not in now


def test_what_a_check_quoted_in_part_is_taken_out_too(people):
    """A finding quotes the first 60 characters of what somebody wrote."""
    made = factories.complete(people.officer, factories.draft(people.officer))
    who = f"A long talk in the hall of the school with {NAME} and her neighbours"
    page, key = "consultation", "consultations"
    talk = {**answers(made, page)[key][0], "who": who, "said": ""}
    factories.save(people.officer, made, page, **{key: [talk]})
    factories.moved(people.officer, made, "submit")
    assert "the hall of the school with Ulrika Zwing" in frozen_text(made)
    redact(people, made, f"{NAME} and her neighbours")
    assert "Zwing" not in frozen_text(made)


REFUSED = {
    "another content alone": {"document_json": "{}"},
    "a count alone": {"redactions": 1, "digest": "x"},
    "two counts at once": {"document_json": "{}", "redactions": 2},
    "the count taken back": {"document_json": "{}", "redactions": 0},
    "another digest": {"document_json": "{}", "redactions": 1, "digest": "x"},
    "another number": {"document_json": "{}", "redactions": 1, "number": 7},
    "another reason": {"document_json": "{}", "redactions": 1, "reason": "approve"},
    "another time": {"document_json": "{}", "redactions": 1, "created_at": DAY},
}


@pytest.mark.parametrize("values", REFUSED.values(), ids=REFUSED)
def test_the_database_lets_a_version_change_in_no_other_way(frozen, values):
    before = list(Version.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Version.objects.update(**values)
    assert list(Version.objects.values()) == before


def test_the_database_keeps_a_version_with_its_assessment_and_its_author(people, frozen):
    other = factories.draft(people.officer)
    for values in ({"assessment": other}, {"created_by": people.lead}, {"id": 999}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Version.objects.update(redactions=F("redactions") + 1, **values)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Version.objects.all().delete()


def test_a_draft_can_be_redacted_before_it_has_a_version(people):
    made = factories.draft(people.officer)
    factories.save(people.officer, made, "people", who=about())
    redact(people, made)
    assert AuditEvent.objects.filter(verb="redact").count() == 1
    assert MARK in Draft(made).document().canonical_json()


# The trail


def test_the_trail_ties_each_version_to_the_one_before(people, frozen):
    was = frozen.versions.get().document.digest
    redact(people, frozen, note="Asked for by the person")
    version_event, event = AuditEvent.objects.filter(verb="redact").order_by("sequence")
    assert json.loads(version_event.payload) == {
        "version": 1,
        "was": was,
        "digest": frozen.versions.get().document.digest,
        "ground": "personal",
    }
    said = json.loads(event.payload)
    assert (said["ground"], said["note"]) == ("personal", audit.digest("Asked for by the person"))
    assert said["rows"] == {"page people": audit.digest(answers(frozen, "people"))}
    assert {event.actor, version_event.actor} == {people.administrator}
    assert audit.first_wrong() is None


def test_neither_the_passage_nor_its_digest_is_in_the_trail(people, frozen):
    redact(people, frozen)
    trail = "".join(AuditEvent.objects.values_list("payload", flat=True))
    for text in (NAME, audit.digest(NAME)):
        assert text not in trail


def test_a_redaction_that_fails_leaves_everything_as_it_was(people, frozen, monkeypatch):
    before = list(Version.objects.values()), answers(frozen, "people"), AuditEvent.objects.count()

    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(redaction, "drop_reports", fail)
    with pytest.raises(RuntimeError):
        redact(people, frozen)
    assert (list(Version.objects.values()), answers(frozen, "people"), AuditEvent.objects.count()) == before
