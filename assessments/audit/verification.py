"""Whether the trail and the kept versions are as they were written, found out in a stream."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError

from assessments.audit import stored
from assessments.audit.chain import GENESIS, sha256, spoken
from assessments.audit.versions import check_versions
from assessments.audit.wrong import Wrong
from assessments.models import Version

Progress = Callable[[str, int, int], None]
"""Told often: of what, how many are done, of how many."""

EVENTS_A_STEP = 10_000

_HEAD = re.compile(r"(?:([0-9]{1,18}):)?([0-9a-f]{64})")


@dataclass(frozen=True)
class Head:
    """The end that the trail had at some time, as somebody kept it. Reports print it, as number and hash."""

    hash: str
    sequence: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Head":
        """From SEQUENCE:HASH or HASH. Blanks and line breaks, as copied from a page, do not matter.

        Raises ValueError, with what to do.
        """
        if not (found := _HEAD.fullmatch("".join(text.split()).lower())):
            raise ValueError(
                f"“{text}” is not the end of an audit trail. Copy it from a report: a number, a colon and 64 of the "
                "characters 0 to 9 and a to f. The number and the colon may be left out."
            )
        return cls(found[2], int(found[1]) if found[1] else None)


@dataclass(frozen=True)
class Verification:
    """What was found. `events` and `versions` fit, up to the first thing that is `wrong`; `head` is the last event that
    fits, as number and hash.
    """

    events: int
    versions: int
    head: str
    wrong: Wrong | None


def verify(head: Head | None = None, show_progress: Progress = lambda *_: None) -> Verification:
    """Check every event there is at the start, that the trail holds `head` if one is given, and every version."""
    ends = stored.ends()
    sequence, hash_, versions, wrong = 0, GENESIS, 0, None
    holds = head in (None, Head(GENESIS), Head(GENESIS, 0))
    try:
        for sequence, hash_ in fitting(ends.last):
            if head and hash_ == head.hash:
                holds = head.sequence in (None, sequence)
            if sequence % EVENTS_A_STEP == 0:
                show_progress("events", sequence, ends.last or 0)
        _check_end(ends, sequence, hash_)
        if head and not holds:
            raise _lacking(head, sequence)
        total = Version.objects.count()
        for versions in check_versions():
            show_progress("versions", versions, total)
    except Wrong as found:
        wrong = found.with_traceback(None)  # which would keep the reading open
    return Verification(sequence, versions, f"{sequence}:{hash_}", wrong)


def first_wrong() -> Wrong | None:
    """The first thing in the trail or the versions that is not as it was written, or None when all is."""
    return verify().wrong


def fitting(last: int | None) -> Iterator[tuple[int, str]]:
    """Number and hash of every event up to number `last`. Raises Wrong at the first that does not fit."""
    expected, before = 1, GENESIS
    try:
        for row in stored.rows(last):
            *said, hash_ = row
            if said[0] != expected:
                raise Wrong(
                    f"Event {expected} is missing. In its place is an event with the number {said[0]}.", expected
                )
            if hash_ != _hash(said):
                raise Wrong(f"Event {expected} was changed: its hash does not fit what it says.", expected)
            if said[7] != before:
                raise Wrong(f"Event {expected} does not name the hash of the event before it.", expected)
            yield expected, hash_
            expected, before = expected + 1, hash_
    except DatabaseError as error:
        raise Wrong(f"The database cannot read event {expected}: {error}", expected) from error


def _hash(said: list) -> str | None:
    """The hash that the event should have; None when something stands in it that `append` never writes."""
    try:
        return sha256(spoken(*said))
    except (TypeError, UnicodeEncodeError):
        return None


def _check_end(ends: stored.Ends, sequence: int, hash_: str) -> None:
    if ends.sequence is None:
        raise Wrong("The record of where the trail ends is missing.")
    if ends.sequence > sequence:
        raise Wrong(
            f"The trail is shorter than the record of its end says: it stops after event {sequence}, and the record "
            f"names event {ends.sequence}.",
            sequence + 1,
        )
    if ends.sequence < sequence:
        raise Wrong(
            f"The trail goes on after its end: the record of its end names event {ends.sequence}, and the last event "
            f"is {sequence}.",
            ends.sequence + 1,
        )
    if ends.hash != hash_:
        raise Wrong(f"The record of where the trail ends names another hash than event {sequence} has.", sequence)


def _lacking(head: Head, sequence: int) -> Wrong:
    meaning = "Events were cut off or rewritten since that end was kept, or it is the end of another trail."
    if head.sequence is None:
        return Wrong(f"No event has the hash given. {meaning}")
    if head.sequence > sequence:
        return Wrong(
            f"The trail stops after event {sequence}, and the end given is event {head.sequence}. {meaning}",
            sequence + 1,
        )
    return Wrong(f"Event {head.sequence} has another hash than the end given. {meaning}", head.sequence)
