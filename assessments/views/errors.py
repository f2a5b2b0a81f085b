"""When something is refused."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from assessments.views import held


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The form's token is not the browser's: most often because of a new sign-in in another tab.

    On a wizard page what was typed is held and shown again, not saved, so that its author can check and save it. Not
    so when another site sent it: `reason` then speaks of the origin or the referer, not of the token.
    """
    if not (held.is_page(request) and reason.startswith("CSRF ")):
        return render(request, "403_csrf.html", status=403)
    if held.is_autosave(request):
        return held.signed_out()
    held.hold(request)
    return redirect(request.get_full_path())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be taken: it is too large (413), or damaged (400)."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
