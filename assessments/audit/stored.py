"""The trail as the database holds it, read in a stream.

Rows, not models: a model takes five times as long to make as to check. Every chunk is a statement of its own, so that
a long trail takes no more memory than a short one and nobody waits for the reader.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

FIELDS = ("sequence", "at", "actor", "actor_label", "verb", "assessment", "payload", "previous_hash", "hash")
"""The fields of a row: what `chain.spoken` takes, and the hash."""

Row = tuple[Any, ...]

CHUNK = 2_000
_BEFORE_ALL = -(2**63)

_ENDS = """
SELECT (SELECT MAX(sequence) FROM assessments_auditevent),
       (SELECT sequence FROM assessments_audithead WHERE id = 1),
       (SELECT hash FROM assessments_audithead WHERE id = 1)
"""
_EVENTS = """
SELECT sequence, {at}, actor_id, actor_label, verb, assessment_id, payload, previous_hash, hash
FROM assessments_auditevent WHERE sequence > %s ORDER BY sequence LIMIT %s
"""
# In UTC, to the microsecond, as `chain.hash_of` writes it. SQLite has text, without the fraction where that is nought.
_AT = {
    "sqlite": "replace(at, ' ', 'T') || CASE length(at) WHEN 19 THEN '.000000' ELSE '' END || '+00:00'",
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
}


class Ends(NamedTuple):
    """Where the trail ends, at one moment: the highest number of an event, and what the record of the end says."""

    last: int | None
    sequence: int | None
    hash: str | None


def ends() -> Ends:
    """Where the trail ends now."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS)
        return Ends(*cursor.fetchone())


def rows(last: int | None) -> Iterator[Row]:
    """Every event in the order of the numbers, up to number `last`: what is written meanwhile is left out."""
    statement = _EVENTS.format(at=_AT[connection.vendor])
    after: int | None = None if last is None else _BEFORE_ALL
    while after is not None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [after, CHUNK])
            after = None
            for row in cursor:
                yield row
                after = row[0]
                if after == last:
                    return
