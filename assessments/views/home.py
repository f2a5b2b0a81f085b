"""Where a person starts: their own work, what waits for them, and the pages that everybody may read."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_safe

from assessments import permissions, workflow
from assessments.duty.lifecycle import Status
from assessments.forms import StartForm
from assessments.models import Assessment, Contact
from psed import __version__

SHOWN = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The person's own unfinished assessments, and those that wait for them."""
    seen = permissions.visible_to(request.user)
    editable = [status for status in Status if status.facts.is_editable]
    writing = seen.filter(status__in=editable)
    context: dict[str, Any] = {
        "may_start": permissions.may_start(request.user),
        "mine": [each for each in writing[:200] if permissions.is_author(request.user, each)][:SHOWN],
        "waiting": _waiting(request.user, seen),
    }
    return render(request, "home.html", context)


def _waiting(user: Any, seen: QuerySet[Assessment]) -> list[Assessment]:
    turns = [status for status in Status if status.facts.owner == user.role and not status.facts.is_editable]
    found = seen.filter(status__in=turns).order_by("updated_at")[:200]
    return [each for each in found if permissions.moves_for(user, each)][:SHOWN]


def start(request: HttpRequest) -> HttpResponse:
    """Ask for a title and a service, and make the draft."""
    if not permissions.may_start(request.user):
        return render(request, "403.html", status=403)
    form = StartForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        assessment = workflow.start(request.user, form.cleaned_data["title"], form.cleaned_data["service"])
        return redirect("page", assessment.reference, "proposal")
    return render(request, "start.html", {"form": form})


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Teams that can help, where to report, what to read."""
    return render(request, "contacts.html", {"contacts": Contact.objects.all()})


@login_not_required
@require_safe
def page(request: HttpRequest, template: str) -> HttpResponse:
    """A page of plain text, such as the accessibility statement."""
    return render(request, template)


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the version once the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
