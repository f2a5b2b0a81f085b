"""What is done in the background, by `manage.py db_worker`. Each task can run twice without harm."""

from datetime import timedelta

from django.core import mail
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from assessments import clock
from assessments.duty.document import from_json
from assessments.models import ReportFile
from assessments.reports.edition import difference_to_pdf, to_pdf


@task()
def make_report(pk: int) -> None:
    """Make the PDF that a ReportFile waits for. Older drafts' files of the same assessment go."""
    waiting = ReportFile.objects.filter(pk=pk).exclude(state=ReportFile.State.READY)
    report = waiting.first()
    if report is None:
        return
    try:
        content = _content(report)
    except Exception:
        waiting.update(state=ReportFile.State.FAILED, finished_at=clock.now())
        raise
    report.file.save(f"{report.digest}.pdf", ContentFile(content), save=False)
    if waiting.update(file=report.file.name, state=ReportFile.State.READY, finished_at=clock.now()):
        _drop_older_drafts(report)
    else:  # what it shows was redacted or destroyed meanwhile, or another worker was quicker
        report.file.delete(save=False)


def _content(report: ReportFile) -> bytes:
    if not report.version:
        return to_pdf(from_json(report.document_json))
    versions = report.assessment.versions
    document = versions.get(number=report.version).document
    if not report.before:
        return to_pdf(document)
    return difference_to_pdf(versions.get(number=report.before).document, document)


def _drop_older_drafts(report: ReportFile) -> None:
    older = ReportFile.objects.filter(assessment=report.assessment_id, version=0, pk__lt=report.pk)
    for each in older.exclude(state=ReportFile.State.WAITING):
        each.file.delete(save=False)
        each.delete()


RETRIES = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""How long a message waits each time that the mail server did not take it."""


@task(priority=-10)  # somebody looks at a page and waits for a report; nobody waits for mail
def send_mail(to: str, subject: str, body: str, tries: int = 0) -> None:
    """Send one message to one address; later again when the mail server does not take it.

    A message that was sent is not kept: it may hold a reason that somebody gave, or a personal link.
    """
    DBTaskResult.objects.successful().filter(task_path=send_mail.module_path).delete()
    try:
        mail.send_mail(subject, body, None, [to])
    except OSError:  # all that goes wrong with the server or on the way to it
        if tries == len(RETRIES):
            raise
        later = send_mail.using(run_after=timezone.now() + RETRIES[tries])
        later.enqueue(to, subject, body, tries + 1)
