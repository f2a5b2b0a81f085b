"""Where a person starts: their own work, what waits for them, and the pages that everybody may read."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_safe

from assessments import permissions, workflow
from assessments.forms import StartForm
from assessments.models import Contact, LocalCharacteristic
from psed import __version__

SHOWN = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The person's own unfinished assessments, and those that wait for them."""
    context = {
        "may_start": permissions.may_start(request.user),
        "mine": permissions.written_by(request.user)[:SHOWN],
        "waiting": permissions.waiting_for(request.user).order_by("updated_at")[:SHOWN],
    }
    return render(request, "home.html", context)


def start(request: HttpRequest) -> HttpResponse:
    """Ask for a title and a service, and make the draft."""
    if not permissions.may_start(request.user):
        return render(request, "403.html", status=403)
    form = StartForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        assessment = workflow.start(request.user, form.cleaned_data["title"], form.cleaned_data["service"])
        return redirect("page", assessment.reference, "proposal")
    return render(request, "start.html", {"form": form})


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Teams that can help, where to report, what to read, and how the council has set the service up."""
    in_order = sorted(Contact.objects.all(), key=lambda each: Contact.Kind.values.index(each.kind))
    local = LocalCharacteristic.objects.filter(is_active=True)
    return render(request, "contacts.html", {"contacts": in_order, "local": local})


@login_not_required
@require_safe
def page(request: HttpRequest, template: str) -> HttpResponse:
    """A page of plain text, such as the accessibility statement."""
    return render(request, template)


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the version once the database answers, 503 until then."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})
