"""Whether every kept version is what the trail says it is.

An event states the digest of a version when it freezes it, and again when a passage is redacted or the content is
destroyed. So the content must have the digest stated last, and the digest kept with the version is the one stated
first. The document of a version names the end that the trail had then: that event must have that hash still.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Min, Q

from assessments.audit.chain import GENESIS, sha256
from assessments.audit.wrong import Wrong
from assessments.models import Assessment, AuditEvent, Version

SPAN = 50
"""Assessments whose versions are checked together. Their documents are read one at a time."""
_BEFORE_ALL = -(2**63)

# A quotation mark that somebody wrote has a backslash before it in JSON: this finds only what the software put there.
_NAMED_END = re.compile(r'"audit_head":"([0-9]{1,18}):([0-9a-f]{64})"')


@dataclass
class Stated:
    """What the trail states of one version: its digest when it was frozen, the one of its content since `event`."""

    event: int
    frozen: str
    content: str
    changes: int = 0


Key = tuple[int, int]
"""An assessment and the number of one of its versions."""


def check_versions() -> Iterator[int]:
    """Check every version; gives now and then how many are done. Raises Wrong at the first that is not as stated."""
    done = 0
    for first in _spans():
        done += _check_span(Q(assessment__gte=first, assessment__lt=first + SPAN))
        yield done


def _spans() -> Iterator[int]:
    """Where each span of assessments starts, by primary key. Gaps with no event and no version are passed over."""
    after = _BEFORE_ALL
    while starts := [first for model in (AuditEvent, Version) if (first := _first_after(model, after)) is not None]:
        yield min(starts)
        after = min(starts) + SPAN - 1


def _first_after(model: type[AuditEvent] | type[Version], after: int) -> int | None:
    return model.objects.filter(assessment__gt=after).aggregate(first=Min("assessment"))["first"]


def _check_span(span: Q) -> int:
    """How many versions the assessments of a span have.

    Whoever freezes or redacts one while it is read puts an event into the trail too: then look again.
    """
    while True:
        stated = _stated(span)
        try:
            return _compare(span, stated)
        except Wrong:
            if _stated(span) == stated:
                raise


def _stated(span: Q) -> dict[Key, Stated]:
    found: dict[Key, Stated] = {}
    events = AuditEvent.objects.filter(span, payload__contains='"digest":"')
    for sequence, assessment, payload in events.order_by("sequence").values_list("sequence", "assessment", "payload"):
        said = json.loads(payload)
        number, digest = said.get("version"), said.get("digest")
        if number is None or digest is None:
            continue
        key = assessment, number
        known = found.get(key)
        if "was" not in said:
            known = known or Stated(sequence, digest, digest)
            fits = digest == known.frozen
        elif fits := known is not None and said["was"] == known.content:
            known = Stated(sequence, known.frozen, digest, known.changes + 1)
        if not fits:
            raise Wrong(f"Event {sequence} contradicts what an earlier event says of {_name(key)}.", sequence)
        found[key] = known
    return found


def _compare(span: Q, stated: dict[Key, Stated]) -> int:
    versions = Version.objects.filter(span).order_by("assessment_id", "number")
    kept = versions.values_list("pk", "assessment", "number", "digest", "redactions")
    missing = dict(stated)
    for pk, assessment, number, digest, redactions in kept:
        key = assessment, number
        if (said := missing.pop(key, None)) is None:
            raise Wrong(f"{_name(key)} was put in: no event says that it was kept.")
        if sha256(content := _content(pk, key)) != said.content:
            raise Wrong(f"{_name(key)} was changed: its content is not what event {said.event} says.", said.event)
        if (digest, redactions) != (said.frozen, said.changes):
            raise Wrong(f"The digest or number of redactions of {_name(key)} is not what the trail says.", said.event)
        _check_named_end(key, content)
    for key, said in missing.items():
        raise Wrong(f"{_name(key)} is missing. Event {said.event} says what it held.", said.event)
    return len(kept)


def _content(pk: int, key: Key) -> str:
    try:
        return Version.objects.values_list("document_json", flat=True).get(pk=pk)
    except DatabaseError as error:
        raise Wrong(f"The database cannot read {_name(key)}: {error}") from error


def _check_named_end(key: Key, content: str) -> None:
    for sequence, hash_ in _NAMED_END.findall(content):
        event = AuditEvent.objects.filter(pk=sequence).values_list("hash", flat=True).first()
        if hash_ != (event or GENESIS):
            raise Wrong(
                f"{_name(key)} names the hash that event {sequence} had when it was kept. The event has another now.",
                int(sequence),
            )


def _name(key: Key) -> str:
    assessment, number = key
    reference = Assessment.objects.filter(pk=assessment).values_list("reference", flat=True).first()
    return f"Version {number} of {reference or f'assessment {assessment}, which is gone,'}"
