"""The report of an assessment: to read, to download, to take away as data."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import exports
from assessments.documents import current_document
from assessments.duty.document import Document, long_date
from assessments.duty.lifecycle import TRANSITIONS
from assessments.models import Assessment, ReportFile
from assessments.reports import edition, files
from assessments.views.assessment import visible_or_404

VOIDING = [each.name for each in TRANSITIONS if each.voids]


def _document(assessment: Assessment, number: int | None) -> Document:
    if number is None:
        return current_document(assessment)
    return get_object_or_404(assessment.versions, number=number).document


@require_safe
def html(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponseBase:
    """The HTML edition."""
    assessment = visible_or_404(request, reference)
    context = edition.context(_document(assessment, number))
    context |= {"assessment": assessment, "number": number, "void": _void(assessment, number)}
    return render(request, "reports/report.html", context)


def _void(assessment: Assessment, number: int | None) -> str:
    """What became of the approval that an earlier version shows, when it was voided since."""
    if number is None:
        return ""
    frozen = assessment.versions.get(number=number).created_at
    voiding = assessment.moves.filter(name__in=VOIDING, at__gte=frozen).order_by("at").first()
    if voiding is None:
        return ""
    day = long_date(timezone.localdate(voiding.at).isoformat())
    return f"On {day} this assessment was opened for change. No approval of this version holds any more."


@never_cache
@require_safe
def pdf(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponseBase:
    """The PDF when it is ready; until then a page that says how far it is."""
    assessment = visible_or_404(request, reference)
    report = files.wanted(assessment, _document(assessment, number))
    if report.state != ReportFile.State.READY:
        context = {"assessment": assessment, "report": report, "number": number}
        return render(request, "reports/progress.html", context, status=202)
    version = f"-v{report.version}" if report.version else "-draft"
    return FileResponse(
        report.file.open(),
        as_attachment=True,
        filename=f"{assessment.reference}{version}.pdf",
        content_type="application/pdf",
    )


@require_POST
def retry(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponseBase:
    """Ask once more for a PDF that could not be made."""
    assessment = visible_or_404(request, reference)
    report = files.wanted(assessment, _document(assessment, number))
    if report.state == ReportFile.State.FAILED:
        files.again(report)
    return redirect(request.path.removesuffix("/retry/"))


@require_safe
def as_json(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The document as it is kept: canonical JSON."""
    document = current_document(visible_or_404(request, reference))
    return _attachment(HttpResponse(document.canonical_json(), content_type="application/json"), f"{reference}.json")


@require_safe
def as_csv(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Every question and answer as a table."""
    document = current_document(visible_or_404(request, reference))
    lines = exports.csv_lines(exports.answer_rows(document))
    return _attachment(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{reference}.csv")


def _attachment(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
