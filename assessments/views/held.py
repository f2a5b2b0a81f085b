"""What somebody typed at length when the site could not take it: their sign-in had run out, or changed.

It waits in their session until they are back on the same page, and is shown there, not saved, for them to check.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict

KEY = "held"


WRITTEN_AT = ("page", "comment", "thread", "override")
"""The addresses where people write at length: nothing else is held, least of all a password."""


def is_page(request: HttpRequest) -> bool:
    """Whether people write at length at this address."""
    return request.resolver_match is not None and request.resolver_match.url_name in WRITTEN_AT


def is_autosave(request: HttpRequest) -> bool:
    """Whether the script saves in the background."""
    return request.method == "POST" and request.POST.get("action") == "autosave"


def hold(request: HttpRequest) -> None:
    """Keep what was posted to this page, beside what is held for others."""
    request.session[KEY] = {**request.session.get(KEY, {}), request.get_full_path(): request.POST.urlencode()}


def signed_out() -> JsonResponse:
    """What a script that saves in the background is told: it cannot sign in."""
    return JsonResponse({"state": "signed-out"}, status=401)


def release(request: HttpRequest) -> QueryDict | None:
    """What is held for this page, once."""
    kept = dict(request.session.get(KEY, {}))
    posted = kept.pop(request.get_full_path(), None)
    if posted is None:
        return None
    request.session[KEY] = kept
    return QueryDict(posted)


class HoldingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Asks for a sign-in on every page, and does not lose what was typed before it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseBase:
        """Hold the page and go to the sign-in; a script that saves in the background is told, not redirected."""
        if is_page(request):
            if is_autosave(request):
                return signed_out()
            if request.method == "POST":
                hold(request)
        return super().handle_no_permission(request, view_func)
