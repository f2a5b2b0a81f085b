"""What differs between two versions of an assessment: to read and to download."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import permissions
from assessments.documents import Draft
from assessments.duty.document import Document, long_date
from assessments.duty.lifecycle import transition
from assessments.forms.difference import ComparisonForm, Offered
from assessments.models import Assessment, ReportFile, User, Version
from assessments.reports import edition, files
from assessments.views.assessment import visible_or_404

DRAFT = ("draft", "The draft as it is now")


@never_cache
@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """What differs between two versions, or `?with=` the assessment that it replaces or took its text from."""
    assessment = visible_or_404(request, reference)
    related = _related(request.user, assessment)
    asked = request.GET.get("with", "")
    other = next((each for each in related if each.reference == asked), None)
    form = _form(request, assessment, other)
    context: dict[str, Any] = {
        "assessment": assessment,
        "related": related,
        "other": other,
        "is_unknown": bool(asked) and other is None,
        "form": form,
    }
    if form and form.is_valid():
        before, after = form.cleaned_data["from"], form.cleaned_data["to"]
        context |= edition.difference_context(_document(other or assessment, before), _document(assessment, after))
        if other is None and after != DRAFT[0] and context["difference"]:
            context["pdf"] = f"{reverse('compare-pdf', args=[reference])}?{urlencode({'from': before, 'to': after})}"
    return render(request, "difference/difference.html", context)


def _related(user: User, assessment: Assessment) -> list[Assessment]:
    """The assessments that it replaces or took its text from, as far as the person may read them."""
    earlier = {assessment.supersedes_id, assessment.copied_from_id} - {None}
    return list(permissions.visible_to(user).filter(pk__in=earlier).order_by("pk")) if earlier else []


def _form(request: HttpRequest, assessment: Assessment, other: Assessment | None) -> ComparisonForm | None:
    """The two lists to choose from; None where there are no two states to compare."""
    offered = _versions(assessment) + ([DRAFT] if assessment.state.facts.is_editable else [])
    earlier, later = (_versions(other), offered) if other else (offered[:-1], offered[1:])
    return ComparisonForm(request.GET, earlier, later, other is None) if earlier and later else None


def _versions(assessment: Assessment) -> Offered:
    versions = assessment.versions.defer("document_json").order_by("number")
    return [(str(each.number), _in_words(each)) for each in versions]


def _in_words(version: Version) -> str:
    """A version by its number, its day and what it was kept for."""
    day = long_date(timezone.localdate(version.created_at).isoformat())
    return f"Version {version.number} of {day}: {transition(version.reason).target.label}"


def _document(assessment: Assessment, chosen: str) -> Document:
    if chosen == DRAFT[0]:
        return Draft(assessment).document()
    return assessment.versions.get(number=chosen).document


@never_cache
@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The PDF of what differs between two versions; until it is ready a page that says how far it is."""
    assessment = visible_or_404(request, reference)
    report = _report(request, assessment)
    if report is None:
        return redirect(_with_query(request, "compare", reference))
    if report.state != ReportFile.State.READY:
        context = {"assessment": assessment, "report": report}
        return render(request, "difference/progress.html", context, status=202)
    return FileResponse(
        report.file.open(),
        as_attachment=True,
        filename=f"{assessment.reference}-v{report.before}-v{report.version}.pdf",
        content_type="application/pdf",
    )


@require_POST
def retry(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask once more for a PDF that could not be made."""
    assessment = visible_or_404(request, reference)
    report = _report(request, assessment)
    if report and report.state == ReportFile.State.FAILED:
        files.again(report)
    return redirect(_with_query(request, "compare-pdf", reference))


def _report(request: HttpRequest, assessment: Assessment) -> ReportFile | None:
    """The PDF that the address asks for; None where it does not name two versions in order, as the page will say."""
    versions = _versions(assessment)
    if len(versions) < 2 or not {"from", "to"} <= request.GET.keys() or "with" in request.GET:
        return None
    form = ComparisonForm(request.GET, versions[:-1], versions[1:], is_one_record=True)
    if not form.is_valid():
        return None
    before, after = (_document(assessment, form.cleaned_data[name]) for name in ("from", "to"))
    return files.difference_wanted(assessment, before, after)


def _with_query(request: HttpRequest, name: str, reference: str) -> str:
    return f"{reverse(name, args=[reference])}?{request.GET.urlencode()}"
