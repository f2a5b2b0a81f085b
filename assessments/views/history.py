"""What happened, in plain words: to one assessment, and in the whole council."""

from tempfile import TemporaryFile

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import clock, permissions, trail, workflow
from assessments.history import lines
from assessments.models import AuditEvent, AuditHead
from assessments.trail import Leaf, TrailFilter
from assessments.views.assessment import visible_or_404


@never_cache
@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """All that happened to one assessment, the newest first."""
    assessment = visible_or_404(request, reference)
    leaf = _leaf(request, assessment.events.all())
    context = {
        "assessment": assessment,
        "leaf": leaf,
        "lines": lines(leaf.events),
        "may_read_reasons": permissions.may_read_comments(request.user, assessment),
        "head": AuditHead.objects.get(pk=1),
    }
    return render(request, "history/history.html", context)


@never_cache
@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """The trail of the whole council, filtered as the address says."""
    if not permissions.may_read_trail(request.user):
        raise PermissionDenied
    filtered = TrailFilter(request.GET, queryset=AuditEvent.objects.all())
    leaf = _leaf(request, filtered.qs)
    context = {
        "form": filtered.form,
        "leaf": leaf,
        "lines": lines(leaf.events),
        "head": AuditHead.objects.get(pk=1),
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("before", "after")),
    }
    return render(request, "history/trail.html", context)


@require_POST
def export(request: HttpRequest) -> FileResponse:
    """The whole trail as a file that can be checked anywhere."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it, when it was sent
    try:
        workflow.export_trail(request.user, file)
    except workflow.NotAllowed as refused:
        file.close()
        raise PermissionDenied from refused
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"audit-trail-{clock.today():%Y-%m-%d}.zip")


def _leaf(request: HttpRequest, events: QuerySet[AuditEvent]) -> Leaf:
    return trail.leaf(events, request.GET.get("before", ""), request.GET.get("after", ""))
