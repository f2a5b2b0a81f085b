"""The audit trail: every event carries the hash of the one before, so that no past event can change unseen.

`append` is called in the transaction that does what it records: both happen or neither does. The payload holds digests
of what people wrote, not the words, so that a record can be redacted later without breaking the chain.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

from assessments import clock
from assessments.duty.document import canonical
from assessments.models import Assessment, AuditEvent, AuditHead, User

GENESIS = "0" * 64
"""What the first event names as the hash before it."""


def hold() -> AuditHead:
    """The end of the chain, locked: whoever else writes waits until this transaction is over.

    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:  # SQLite would not say so
        raise TransactionManagementError("The trail is written in the transaction of what it records")
    return AuditHead.objects.select_for_update().get(pk=1)


def append(verb: str, actor: User | None, assessment: Assessment | None = None, **payload: Any) -> AuditEvent:
    """Add one event at the end of the chain.

    Raises TransactionManagementError outside a transaction: an event must not outlive what it records.
    """
    head = hold()
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=clock.now(),
        actor=actor,
        actor_label=f"{actor} ({actor.role_label})" if actor else "The system",
        verb=verb,
        assessment=assessment,
        payload=canonical(payload),
        previous_hash=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    AuditHead.objects.filter(pk=1).update(sequence=event.sequence, hash=event.hash)
    return event


def hash_of(event: AuditEvent) -> str:
    """SHA-256, in hexadecimal, of everything the event says and of the hash before it."""
    spoken = {
        "sequence": event.sequence,
        "at": _utc(event.at),
        "actor": event.actor_id,
        "actor_label": event.actor_label,
        "verb": event.verb,
        "assessment": event.assessment_id,
        "payload": event.payload,
        "previous_hash": event.previous_hash,
    }
    return hashlib.sha256(canonical(spoken).encode()).hexdigest()


def first_wrong() -> int | None:
    """The sequence of the first event that does not fit the chain, or None when all do. Reads in a stream."""
    before, expected = GENESIS, 1
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != expected or event.previous_hash != before or event.hash != hash_of(event):
            return expected
        before, expected = event.hash, expected + 1
    head = AuditHead.objects.get(pk=1)
    return None if (head.sequence, head.hash) == (expected - 1, before) else expected


def digest(value: Any) -> str:
    """SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
