"""When something is refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.views import held


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not the browser's: most often because of a new sign-in in another tab.

    On a wizard page what was typed is held and shown again, not saved, so that its author can check and save it.
    """
    match = request.resolver_match
    if match and match.url_name == "page":
        held.hold(request)
        return redirect(request.path)
    return render(request, "403_csrf.html", status=403)
