"""`manage.py verify_audit`."""

import io

import pytest
from django.core.management import CommandError, call_command

from assessments.audit import verification
from assessments.management.commands import verify_audit
from assessments.models import AuditHead
from tests import factories
from tests.app import tampering


@pytest.fixture
def trail(people):
    """A short trail, all as it was written."""
    return tampering.short_trail(people.officer)


def said_by(*arguments, **options):
    out = io.StringIO()
    call_command("verify_audit", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_says_what_it_checked_and_where_the_trail_ends(people):
    factories.in_status("approved", people)
    said = said_by()
    assert f"{AuditHead.objects.get().sequence} events and 2 versions are as they were written" in said
    assert f"The trail ends with {AuditHead.objects.get()}\n" in said
    assert "give --head" in said


@pytest.mark.parametrize(
    "write", [str, str.upper, lambda head: head.split(":")[1], lambda head: f" {head[:9]}\n{head[9:]}"]
)
def test_the_command_says_that_the_trail_holds_the_end_given(trail, write):
    assert "It holds the end given." in said_by("--head", write(str(AuditHead.objects.get())))


def test_a_kept_report_names_an_end_that_the_command_takes(people):
    version = factories.in_status("with-head", people).versions.get()
    assert "It holds the end given." in said_by("--head", version.document.facts.audit_head)


def test_the_command_fails_with_the_first_event_that_is_wrong_and_how(trail):
    tampering.change(5, verb="approve")
    tampering.change(3, verb="approve")
    with pytest.raises(CommandError) as failed:
        said_by()
    assert failed.value.returncode == 1
    assert str(failed.value) == (
        "Event 3 was changed: its hash does not fit what it says.\n"
        "Checked before that, and as they were written: 2 events, 0 versions."
    )


def test_the_command_fails_when_the_trail_does_not_hold_the_end_given(trail):
    with pytest.raises(CommandError, match="No event has the hash given") as failed:
        said_by("--head", "a" * 64)
    assert failed.value.returncode == 1


@pytest.mark.parametrize(
    "head", ["", "x", "17", "a" * 63, "a" * 65, "g" * 64, f"-1:{'a' * 64}", f"1:2:{'a' * 64}", "１:" + "a" * 64]
)
def test_an_end_that_is_none_is_explained(db, head):
    with pytest.raises(CommandError, match="is not the end of an audit trail") as failed:
        said_by(f"--head={head}")
    assert failed.value.returncode == 2


def test_the_command_says_how_far_it_is(trail, monkeypatch):
    monkeypatch.setattr(verification, "EVENTS_A_STEP", 2)
    monkeypatch.setattr(verify_audit, "SECONDS_A_LINE", 0)
    assert "  2 of 6 events\n  4 of 6 events\n  6 of 6 events\n" in said_by()
    assert "of 6 events" not in said_by(verbosity=0)
    monkeypatch.setattr(verify_audit, "SECONDS_A_LINE", 60)
    assert "of 6 events" not in said_by()
