"""The audit trail: checking a long one, and what one more event adds to a save.

`python -m benchmarks.audit` checks the trail in a fresh process and prints what that took, as JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from statistics import median

import django
from django.db import connection, transaction

from benchmarks.figures import Figure, interleaved
from benchmarks.memory import own_peak

MICROSECONDS_AN_EVENT = 10
"""100,000 events a second."""
MORE_MEMORY = 1.1
"""For a trail four times as long: no more than chance adds."""
MILLISECONDS_AN_APPEND = 1
ROUNDS = 3
BATCH = 2_000
STARTED = datetime(2026, 1, 1, tzinfo=UTC)
INSERT = """
INSERT INTO assessments_auditevent
    (sequence, at, actor_id, actor_label, verb, assessment_id, payload, previous_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def measure(rounds: int, events: int) -> list[Figure]:
    """Checking `events` events, after a quarter of them; appending to a trail of that length."""
    lengthen(events // 4)
    few = _checked()
    lengthen(events)
    many = _checked()
    return [
        Figure(
            f"Audit trail: check one of {many['events']:,} events",
            many["microseconds"],
            "µs",
            at_most=MICROSECONDS_AN_EVENT,
        ),
        Figure(
            f"Audit trail: peak memory (against {few['events']:,} events)",
            many["peak"],
            "MiB",
            few["peak"],
            ratio_at_most=MORE_MEMORY,
        ),
        Figure("Audit trail: what it adds to a save", _appending(rounds * 5), "ms", at_most=MILLISECONDS_AN_APPEND),
    ]


def lengthen(length: int) -> None:
    """Add saves to the trail, with the right hashes, until it has `length` events. Models would take a minute."""
    from assessments.models import AuditHead

    made = _saves(AuditHead.objects.get(), length)
    with transaction.atomic(), connection.cursor() as cursor:
        while some := list(islice(made, BATCH)):
            cursor.executemany(INSERT, some)
            AuditHead.objects.update(sequence=some[-1][0], hash=some[-1][-1])


def _saves(head, length: int) -> Iterator[tuple]:
    from assessments.audit.chain import sha256, spoken
    from assessments.duty.document import canonical
    from assessments.models import Assessment

    authors = list(Assessment.objects.order_by("pk").values_list("pk", "created_by", "created_by__name")[:100])
    before = head.hash
    for sequence in range(head.sequence + 1, length + 1):
        assessment, author, name = authors[sequence % len(authors)]
        at = STARTED + timedelta(seconds=sequence)
        payload = canonical({"answers": before, "page": "advance-age", "version": sequence})
        said = (author, f"{name} (Officer)", "save", assessment, payload, before)
        before = sha256(spoken(sequence, at.isoformat(timespec="microseconds"), *said))
        yield sequence, connection.ops.adapt_datetimefield_value(at), *said, before


def _checked() -> dict[str, float]:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.audit"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def _appending(rounds: int) -> float:
    """Milliseconds by which a transaction that saves a page is longer when it appends an event too."""
    from assessments import audit
    from assessments.models import PageAnswers

    page = PageAnswers.objects.select_related("assessment__created_by").latest("pk")
    author, assessment = page.assessment.created_by, page.assessment

    def save(appends: bool) -> None:
        with transaction.atomic():
            page.save()
            if appends:
                audit.append("save", author, assessment, page=page.page, version=1, answers=audit.digest(page.answers))

    taken = interleaved({"with": partial(save, True), "without": partial(save, False)}, rounds, uncounted=5)
    return (median(taken["with"]) - median(taken["without"])) * 1000


def main() -> None:
    django.setup()

    from assessments.audit import stored, verification

    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        events = sum(1 for _ in verification.fitting(stored.ends().last))
        seconds.append(time.perf_counter() - started)
    print(json.dumps({"events": events, "microseconds": median(seconds) / events * 1e6, "peak": own_peak()}))


if __name__ == "__main__":
    main()
