"""What somebody typed when the site could not take it: their sign-in had run out, or changed in another tab.

It waits in their session until they are back on the same page, and is shown there, not saved, for them to check.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict

KEY = "held"


def hold(request: HttpRequest) -> None:
    """Keep what was posted to this address."""
    request.session[KEY] = {"path": request.path, "posted": request.POST.urlencode()}


def release(request: HttpRequest) -> QueryDict | None:
    """What is held for this address, once."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["posted"])


class HoldingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Asks for a sign-in on every page, and does not lose what was typed before it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseBase:
        """Hold the page and go to the sign-in; a script that saves in the background is told, not redirected."""
        if request.method == "POST":
            if request.POST.get("action") == "autosave":
                return JsonResponse({"state": "signed-out"}, status=401)
            hold(request)
        return super().handle_no_permission(request, view_func)
