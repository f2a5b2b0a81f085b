"""The audit trail: whatever is done to it, or to what it tells of, shows."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from assessments import audit, clock
from assessments.audit import chain, stored, verification
from assessments.duty.document import canonical
from assessments.models import AuditEvent, AuditHead
from tests import factories
from tests.app import tampering
from tests.app.tampering import WRITTEN, found_wrong, short_trail
from tests.app.test_locking import at_once


@pytest.fixture
def trail(people):
    """A short trail, all as it was written."""
    made = short_trail(people.officer)
    assert audit.verify() == audit.Verification(WRITTEN, 0, str(AuditHead.objects.get()), None)
    return made


# The hash


TEXT = st.text(st.characters())
NUMBER = st.one_of(st.none(), st.integers())
SAID = (st.integers(), TEXT, NUMBER, TEXT, TEXT, NUMBER, TEXT, TEXT)


@given(st.tuples(*SAID))
@example((1, "\x00\x1f\x7f\u2028", 0, '"\\/', "\b\f\n\r\t", 0, "é😀", "</script>"))
def test_what_is_hashed_is_the_canonical_json_of_the_event(said):
    assert chain.spoken(*said) == canonical(dict(zip(stored.FIELDS, said, strict=False)))


MOMENTS = [
    datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    datetime(2026, 3, 1, 9, 30, 0, 1, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 7, 1, 0, 30, 0, 500000, tzinfo=timezone(timedelta(hours=1))),
    datetime(999, 1, 1, tzinfo=UTC),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_any_moment_is_read_back_as_it_was_hashed(db, moment):
    with clock.telling(moment):
        audit.append("start", None)
    assert audit.first_wrong() is None


@pytest.mark.parametrize("text", ['"quoted"', "\\ \n \t \r \x01 \x7f", "é 😀 \u2028", "‘curly’ £5", "", " "])
def test_any_text_is_read_back_as_it_was_hashed(people, text):
    people.officer.name = text
    audit.append("note", people.officer, text=text, é=[text, None, 1.5, True])
    assert audit.first_wrong() is None


def test_a_trail_longer_than_a_chunk_is_read_to_its_end(trail, monkeypatch):
    monkeypatch.setattr(stored, "CHUNK", 2)
    assert audit.verify().events == WRITTEN
    assert [row[0] for row in stored.rows(WRITTEN - 1)] == list(range(1, WRITTEN))


def test_an_empty_trail_is_whole(db):
    assert audit.verify() == audit.Verification(0, 0, f"0:{audit.GENESIS}", None)


def test_what_is_written_during_the_check_is_left_for_the_next(trail, monkeypatch):
    monkeypatch.setattr(verification, "EVENTS_A_STEP", 1)
    seen = []

    def another(what, done, total):
        seen.append((what, done, total))
        audit.append("note", None)

    found = audit.verify(show_progress=another)
    assert (found.events, found.wrong) == (WRITTEN, None)
    assert seen == [("events", number, WRITTEN) for number in range(1, WRITTEN + 1)] + [("versions", 0, 0)]
    assert audit.verify().events == WRITTEN + len(seen)


# One event tampered with


def other_values(people):
    """Another value for each field of an event, one that the database takes."""
    return {
        "sequence": 99,
        "at": datetime(2020, 1, 1, tzinfo=UTC),
        "actor": people.lead,
        "actor_label": "Nobody (Officer)",
        "verb": "withdraw",
        "assessment": None,
        "payload": "{}",
        "previous_hash": "b" * 64,
        "hash": "a" * 64,
    }


FIELDS = [field.name for field in AuditEvent._meta.concrete_fields]


@pytest.mark.parametrize("sequence", [1, 3, WRITTEN])
@pytest.mark.parametrize("field", FIELDS)
def test_a_change_to_any_field_of_an_event_shows_where_it_is(trail, people, field, sequence):
    tampering.change(sequence, **{field: other_values(people)[field]})
    how = f"Event {sequence} is missing" if field == "sequence" else f"Event {sequence} was changed"
    found, words = found_wrong()
    assert found == sequence
    assert words.startswith(how)


def test_a_moment_changed_by_a_microsecond_shows(trail):
    tampering.change(4, at=trail[3].at + timedelta(microseconds=1))
    assert found_wrong() == (4, "Event 4 was changed: its hash does not fit what it says.")


def test_an_account_taken_from_an_event_shows(trail):
    tampering.change(2, actor=None)
    assert found_wrong()[0] == 2


@pytest.mark.parametrize("field", FIELDS)
def test_the_database_refuses_a_change_to_any_field(trail, people, field):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(sequence=3).update(**{field: other_values(people)[field]})
    assert audit.first_wrong() is None


@pytest.mark.parametrize("value", ["x'00'", "CAST(x'ff' AS TEXT)"])
def test_what_is_no_text_at_all_shows(trail, value):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes nothing but text")
    with tampering.triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE assessments_auditevent SET verb = {value} WHERE sequence = 3")
    assert found_wrong()[0] == 3


# The order tampered with


def test_two_events_in_each_others_place_show(trail):
    tampering.renumber((3, 99), (4, 3), (99, 4))
    assert found_wrong() == (3, "Event 3 was changed: its hash does not fit what it says.")


@pytest.mark.parametrize("sequence", [1, 3, WRITTEN - 1])
def test_an_event_taken_out_shows(trail, sequence):
    tampering.take_out(sequence=sequence)
    found = f"Event {sequence} is missing. In its place is an event with the number {sequence + 1}."
    assert found_wrong() == (sequence, found)


def test_an_event_taken_out_shows_when_the_others_close_the_gap(trail):
    tampering.take_out(sequence=3)
    tampering.renumber(*((number, number - 1) for number in range(4, WRITTEN + 1)))
    assert found_wrong()[0] == 3


def test_an_event_put_in_with_a_hash_that_fits_shows(trail):
    tampering.renumber(*((number, number + 1) for number in range(WRITTEN, 3, -1)))
    with tampering.triggers_lifted():
        AuditEvent.objects.filter(sequence=5).update(previous_hash="b" * 64)  # the database knows each only once
    tampering.forge(4, "approve")
    assert found_wrong()[0] == 5


def test_an_event_replaced_by_one_with_a_hash_that_fits_shows_in_the_next(trail):
    tampering.take_out(sequence=4)
    tampering.forge(4, "approve")
    assert found_wrong() == (5, "Event 5 does not name the hash of the event before it.")


def test_an_event_before_the_first_shows(trail):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO assessments_auditevent (sequence, at, actor_label, verb, payload, previous_hash, hash) "
            "SELECT 0, at, actor_label, verb, payload, 'y', 'x' FROM assessments_auditevent WHERE sequence = 1"
        )
    assert found_wrong() == (1, "Event 1 is missing. In its place is an event with the number 0.")


def test_an_event_after_the_end_shows(trail):
    tampering.forge(WRITTEN + 1, "approve")
    found, words = found_wrong()
    assert found == WRITTEN + 1
    assert words.startswith("The trail goes on after its end")


@pytest.mark.parametrize("left", [0, WRITTEN - 1])
def test_an_end_cut_off_shows(trail, left):
    tampering.take_out(sequence__gt=left)
    found, words = found_wrong()
    assert found == left + 1
    assert words.startswith("The trail is shorter than the record of its end says")


@pytest.mark.parametrize(
    ("sequence", "hash_", "found"),
    [(WRITTEN, "a" * 64, WRITTEN), (WRITTEN + 1, None, WRITTEN + 1), (WRITTEN - 1, None, WRITTEN), (0, None, 1)],
)
def test_a_record_of_the_end_that_was_changed_shows(trail, sequence, hash_, found):
    tampering.set_end(sequence, hash_ or trail[-1].hash)
    assert found_wrong()[0] == found


def test_a_record_of_the_end_that_was_taken_away_shows(trail):
    AuditHead.objects.all().delete()
    assert found_wrong() == (None, "The record of where the trail ends is missing.")


# What only somebody who holds an end can see


@pytest.mark.parametrize("given", ["{0.sequence}:{0.hash}", "{0.hash}"])
def test_an_end_cut_off_and_a_record_that_agrees_show_to_who_holds_the_end(trail, given):
    tampering.take_out(sequence=WRITTEN)
    tampering.set_end(WRITTEN - 1, trail[-2].hash)
    assert audit.first_wrong() is None
    found, words = found_wrong(given.format(trail[-1]))
    assert found == (WRITTEN if ":" in given else None)
    assert "cut off" in words


@pytest.mark.parametrize("given", ["{0.sequence}:{0.hash}", "{0.hash}"])
def test_a_trail_written_anew_from_some_event_on_shows_to_who_holds_the_end(trail, given):
    tampering.rewrite(3, actor_label="Nobody (Officer)")
    assert audit.first_wrong() is None
    found, words = found_wrong(given.format(trail[-1]))
    assert found == (WRITTEN if ":" in given else None)
    assert "rewritten" in words


def test_an_end_from_before_what_was_rewritten_is_held_still(trail):
    tampering.rewrite(3, actor_label="Nobody (Officer)")
    assert audit.verify(audit.Head(trail[1].hash, 2)).wrong is None


def test_every_end_that_the_trail_ever_had_is_in_it(trail):
    for event in trail:
        assert audit.verify(audit.Head(event.hash, event.sequence)).wrong is None
        assert audit.verify(audit.Head(event.hash)).wrong is None
    assert audit.verify(audit.Head(audit.GENESIS, 0)).wrong is None


def test_the_hash_of_one_event_with_the_number_of_another_is_no_end(trail):
    assert found_wrong(f"2:{trail[2].hash}")[0] == 2


# Many who write at the same moment


@pytest.fixture
def committed(transactional_db):
    factories.audit_head()


EACH = 12


def test_many_threads_that_write_at_once_make_one_chain(committed):
    def write(writer):
        for number in range(EACH):
            with transaction.atomic():
                audit.append("note", None, writer=writer, number=number)
        return writer

    assert sorted(at_once(8, write), key=str) == list(range(8))
    assert audit.verify() == audit.Verification(8 * EACH, 0, str(AuditHead.objects.get()), None)
    assert_each_wrote_in_order(range(8))


WRITER = """
import sys
import django
django.setup()
from django.db import transaction
from assessments import audit
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        audit.append("note", None, writer=int(sys.argv[1]), number=number)
"""


def test_many_processes_that_write_at_once_make_one_chain(committed):
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite"
    address = f"sqlite:///{name}" if is_file else urlsplit(os.environ["DATABASE_URL"])._replace(path=name).geturl()
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "psed.settings"}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(writer), str(EACH)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for writer in range(3)
    ]
    for each in started:
        each.stdout.readline()
    for each in started:
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate()[1] for each in started]
    assert [each.returncode for each in started] == [0] * 3, said
    assert audit.verify() == audit.Verification(3 * EACH, 0, str(AuditHead.objects.get()), None)
    assert_each_wrote_in_order(range(3))


def assert_each_wrote_in_order(writers):
    written = list(AuditEvent.objects.values_list("payload", flat=True))
    for writer in writers:
        own = [canonical({"writer": writer, "number": number}) for number in range(EACH)]
        assert [each for each in written if each in own] == own


def test_who_takes_no_heed_of_the_lock_cannot_fork_the_chain(trail):
    for values in ({"sequence": WRITTEN + 1}, {"previous_hash": trail[-1].hash}):
        forged = AuditEvent.objects.get(sequence=WRITTEN)
        forged.hash = "a" * 64
        for name, value in values.items():
            setattr(forged, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            forged.save(force_insert=True)
    assert audit.first_wrong() is None
