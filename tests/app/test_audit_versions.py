"""Kept versions: whatever is done to one shows, unless the trail tells of it."""

import pytest

from assessments import audit
from assessments.audit import chain, versions
from assessments.models import AuditEvent, Version
from tests import factories
from tests.app import tampering
from tests.app.tampering import change_version, found_wrong


@pytest.fixture
def frozen(people):
    """Two versions of one assessment, as they were kept."""
    made = factories.in_status("approved", people)
    assert audit.first_wrong() is None
    return list(made.versions.order_by("number"))


def redact(version, content, was=None, digest=None):
    """What a redaction does: other content, counted, and an event with the digests before and after."""
    with tampering.triggers_lifted():
        Version.objects.filter(pk=version.pk).update(document_json=content, redactions=version.redactions + 1)
    audit.append(
        "redact",
        None,
        version.assessment,
        version=version.number,
        was=was or chain.sha256(version.document_json),
        digest=digest or chain.sha256(content),
    )
    version.refresh_from_db()


def freezing(version):
    """The number of the event that recorded a version."""
    return AuditEvent.objects.get(payload__contains=f'"{version.digest}"').sequence


def test_versions_are_counted(frozen):
    assert audit.verify().versions == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("document_json", "{}"), ("digest", "a" * 64), ("digest", chain.sha256("{}")), ("redactions", 1)],
)
def test_a_change_to_what_the_trail_says_of_a_version_shows(frozen, field, value):
    change_version(frozen[1], **{field: value})
    found, words = found_wrong()
    assert found == freezing(frozen[1])
    assert f"ersion 2 of {frozen[1].assessment.reference}" in words


def test_a_changed_version_with_a_digest_that_fits_shows(frozen):
    change_version(frozen[0], document_json="{}", digest=chain.sha256("{}"))
    assert found_wrong()[1].startswith("Version 1 of EIA-")


def test_a_letter_added_to_a_version_shows(frozen):
    change_version(frozen[0], document_json=frozen[0].document_json.replace("Close a school", "Close a schools"))
    assert found_wrong()[0] == freezing(frozen[0])


@pytest.mark.parametrize("number", [0, 1])
def test_a_version_taken_out_shows(frozen, number):
    with tampering.triggers_lifted():
        Version.objects.filter(pk=frozen[number].pk)._raw_delete("default")
    reference = frozen[0].assessment.reference
    event = freezing(frozen[number])
    assert found_wrong() == (event, f"Version {number + 1} of {reference} is missing. Event {event} says what it held.")


def test_a_version_put_in_shows(frozen):
    copy = frozen[1]
    copy.pk, copy.number = None, 3
    copy.save(force_insert=True)
    found, words = found_wrong()
    assert found is None
    assert words.startswith("Version 3 of EIA-")
    assert "was put in" in words


def test_a_version_given_to_another_assessment_shows(frozen, people):
    change_version(frozen[1], assessment=factories.draft(people.officer, "Open a park"))
    assert "ersion 2 of" in found_wrong()[1]


def test_two_versions_in_each_others_place_show(frozen):
    change_version(frozen[0], number=99)
    change_version(frozen[1], number=1)
    change_version(frozen[0], number=2)
    assert found_wrong()[0] == freezing(frozen[0])


def test_a_trail_rewritten_before_a_version_was_kept_shows_in_the_end_that_the_version_names(frozen):
    tampering.rewrite(2, actor_label="Nobody (Officer)")
    found, words = found_wrong()
    assert str(found) == frozen[0].document.facts.audit_head.split(":")[0]
    assert "names the hash" in words


def test_a_redaction_that_the_trail_tells_of_is_not_found_wrong(frozen):
    redact(frozen[0], frozen[0].document_json.replace("Cabinet", "[taken out]"))
    redact(frozen[0], frozen[0].document_json.replace("Close a school", "[taken out]"))
    redact(frozen[1], "{}")
    assert audit.first_wrong() is None
    assert frozen[0].digest != chain.sha256(frozen[0].document_json)


def test_words_put_back_after_a_redaction_show(frozen):
    before = frozen[0].document_json
    redact(frozen[0], "{}")
    change_version(frozen[0], document_json=before)
    assert found_wrong()[0] == AuditEvent.objects.last().sequence


def test_a_digest_changed_to_that_of_the_redacted_words_shows(frozen):
    redact(frozen[0], "{}")
    change_version(frozen[0], digest=chain.sha256("{}"))
    assert "digest" in found_wrong()[1]


def test_a_redaction_that_is_not_counted_shows(frozen):
    redact(frozen[0], "{}")
    change_version(frozen[0], redactions=0)
    assert "number of redactions" in found_wrong()[1]


def test_a_redaction_of_other_words_than_stood_there_shows(frozen):
    redact(frozen[0], "{}", was="a" * 64)
    last = AuditEvent.objects.last().sequence
    assert found_wrong()[0] == last
    assert found_wrong()[1].startswith(f"Event {last} contradicts what an earlier event says of Version 1 of")


def test_a_redaction_of_a_version_that_was_never_kept_shows(frozen):
    audit.append("redact", None, frozen[0].assessment, version=9, was="a" * 64, digest="b" * 64)
    assert found_wrong()[0] == AuditEvent.objects.last().sequence


def test_a_version_kept_twice_shows(frozen):
    audit.append("approve", None, frozen[0].assessment, version=1, digest="b" * 64)
    assert found_wrong()[0] == AuditEvent.objects.last().sequence


def test_a_version_redacted_while_it_is_read_is_not_found_wrong(frozen, monkeypatch):
    original, waiting = versions._content, [frozen[0]]

    def content(*arguments):
        if waiting:
            redact(waiting.pop(), "{}")
        return original(*arguments)

    monkeypatch.setattr(versions, "_content", content)
    assert audit.first_wrong() is None
    assert waiting == []


def test_versions_of_assessments_far_apart_are_all_checked(people, monkeypatch):
    monkeypatch.setattr(versions, "SPAN", 1)
    one, _, three = (factories.in_status("with-head", people, title) for title in ("One", "Two", "Three"))
    assert audit.verify().versions == 3
    for made in (three, one):
        change_version(made.versions.get(), document_json="{}")
        assert made.reference in found_wrong()[1]
