"""Somebody who owns the database, and rewrites what the database refuses to rewrite."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from assessments import audit
from assessments.models import AuditEvent, AuditHead, User, Version
from tests import factories

KEPT = ("assessments_auditevent", "assessments_version")

WRITTEN = 6
"""Events in a short trail: a start with its first save, and four saves."""


def short_trail(officer: User) -> list[AuditEvent]:
    """A trail to tamper with."""
    made = factories.draft(officer)
    for page in ("decision", "people", "team", "sources"):
        factories.save(officer, made, page, body="Cabinet")
    return list(AuditEvent.objects.all())


def found_wrong(head: str = "") -> tuple[int | None, str]:
    """Which event is found wrong, and how."""
    wrong = audit.verify(audit.Head.parse(head) if head else None).wrong
    assert wrong is not None
    return wrong.sequence, str(wrong)


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """The tables without what keeps them: for SQLite by taking the triggers away, for PostgreSQL by a switch."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", KEPT)
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            for _, sql in triggers:
                cursor.execute(sql)
        else:
            _switch(cursor, "DISABLE")
            yield
            _switch(cursor, "ENABLE")


def _switch(cursor, what: str) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in KEPT:
        cursor.execute(f"ALTER TABLE {table} {what} TRIGGER USER")


def change(event: int, **values) -> None:
    """Rewrite fields of one event and leave all else as it is."""
    with triggers_lifted():
        AuditEvent.objects.filter(sequence=event).update(**values)


def change_version(version: Version, **values) -> None:
    """Rewrite fields of a version."""
    with triggers_lifted():
        Version.objects.filter(pk=version.pk).update(**values)


def take_out(**which) -> None:
    """Delete events; the record of the end stays."""
    with triggers_lifted():
        AuditEvent.objects.filter(**which)._raw_delete("default")


def renumber(*moves: tuple[int, int]) -> None:
    """Give events other numbers, in the order given."""
    with triggers_lifted():
        for before, after in moves:
            AuditEvent.objects.filter(sequence=before).update(sequence=after)


def forge(sequence: int, verb: str) -> AuditEvent:
    """Put in an event with a hash that fits it, and fits the event before."""
    before = AuditEvent.objects.filter(sequence__lt=sequence).latest("sequence")
    event = AuditEvent(
        sequence=sequence,
        at=before.at,
        actor=before.actor,
        actor_label=before.actor_label,
        verb=verb,
        assessment=before.assessment,
        payload=before.payload,
        previous_hash=before.hash,
    )
    event.hash = audit.hash_of(event)
    event.save(force_insert=True)
    return event


def rewrite(first: int, **values) -> None:
    """Rewrite one event, then every hash from there on and the record of the end: the chain fits again."""
    change(first, **values)
    before = AuditEvent.objects.filter(sequence__lt=first).last()
    previous_hash = before.hash if before else audit.GENESIS
    with triggers_lifted():
        for event in AuditEvent.objects.filter(sequence__gte=first):
            event.previous_hash = previous_hash
            event.hash = previous_hash = audit.hash_of(event)
            event.save()
    set_end(event.sequence, event.hash)


def set_end(sequence: int, hash_: str) -> None:
    """Rewrite the record of the end, which no trigger keeps."""
    AuditHead.objects.update(sequence=sequence, hash=hash_)
