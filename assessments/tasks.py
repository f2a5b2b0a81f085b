"""What is done in the background, by `manage.py db_worker`. Each task can run twice without harm."""

from django.core.files.base import ContentFile
from django_tasks import task

from assessments import clock
from assessments.duty.document import from_json
from assessments.models import ReportFile
from assessments.reports.edition import to_pdf


@task()
def make_report(pk: int) -> None:
    """Make the PDF that a ReportFile waits for. Older drafts' files of the same assessment go."""
    report = ReportFile.objects.filter(pk=pk).exclude(state=ReportFile.State.READY).first()
    if report is None:
        return
    try:
        content = to_pdf(from_json(report.document_json))
    except Exception:
        ReportFile.objects.filter(pk=pk).update(state=ReportFile.State.FAILED, finished_at=clock.now())
        raise
    report.file.save(f"{report.digest}.pdf", ContentFile(content), save=False)
    report.state, report.finished_at = ReportFile.State.READY, clock.now()
    report.save()
    _drop_older_drafts(report)


def _drop_older_drafts(report: ReportFile) -> None:
    older = ReportFile.objects.filter(assessment=report.assessment_id, version=0, pk__lt=report.pk)
    for each in older.exclude(state=ReportFile.State.WAITING):
        each.file.delete(save=False)
        each.delete()
