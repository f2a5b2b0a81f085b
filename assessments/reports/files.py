"""PDFs on file: asked for once, made in the background, kept."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from assessments import clock
from assessments.duty.document import Document
from assessments.models import Assessment, ReportFile
from assessments.reports import edition
from assessments.tasks import make_report

LOST_AFTER = timedelta(minutes=3)
"""A worker that has not finished by then has died: the task is given to another."""


def wanted(assessment: Assessment, document: Document) -> ReportFile:
    """The report of a document, on file or in the making. A draft's words are kept for it; a version keeps its own."""
    number = document.facts.version
    return _wanted(
        assessment, document.digest, document_json="" if number else document.canonical_json(), version=number
    )


def difference_wanted(assessment: Assessment, before: Document, after: Document) -> ReportFile:
    """What differs between two versions of an assessment, on file or in the making. Neither's words are kept again."""
    digest = edition.difference_digest(before, after)
    return _wanted(assessment, digest, before=before.facts.version, version=after.facts.version)


def _wanted(assessment: Assessment, digest: str, **about: Any) -> ReportFile:
    report, is_new = ReportFile.objects.get_or_create(
        digest=digest, defaults={"assessment": assessment, "requested_at": clock.now(), **about}
    )
    if is_new:
        _enqueue(report)
    elif report.state == ReportFile.State.WAITING and clock.now() - report.requested_at > LOST_AFTER:
        again(report)
    return report


def again(report: ReportFile) -> None:
    """Ask for it once more, after a failure or a lost worker."""
    report.state, report.requested_at = ReportFile.State.WAITING, clock.now()
    report.save(update_fields=["state", "requested_at"])
    _enqueue(report)


def _enqueue(report: ReportFile) -> None:
    transaction.on_commit(lambda: make_report.enqueue(report.pk))
