"""What one who decides sees: who asks, the Act's words, the whole assessment, and a place to say that they read it.

They have no account. The link is all that lets them in, so none of this is kept by browsers or search engines. The
site's `Referrer-Policy` tells the link to no other site; a stricter one would make browsers hide from us, too, where a
form comes from.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import links, workflow
from assessments.duty import act
from assessments.forms.decision import AcknowledgeForm
from assessments.links import DeadLink, Why
from assessments.models import Council
from assessments.reports import edition

View = Callable[[HttpRequest, str], HttpResponse]


def personal(view: View) -> View:
    """A page behind a personal link: without an account, kept nowhere; a link that does not work gets its own page."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except DeadLink as dead:
            response = _dead(request, dead)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@personal
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, about what, and a button that opens it. To look at this page, as a mail scanner does, opens nothing."""
    if request.method == "POST":
        workflow.open_link(token)
        return redirect("acknowledge-read", token)
    maker = workflow.follow_link(token)
    return render(request, "decision/invitation.html", _about(maker))


@personal
def read(request: HttpRequest, token: str) -> HttpResponse:
    """The duty and the whole assessment, with the form to acknowledge it at the end."""
    maker = workflow.follow_link(token)
    if maker.opened_at is None:
        return redirect("acknowledge", token)
    form = AcknowledgeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        workflow.acknowledge(token)
        return redirect("acknowledge-read", token)
    context = edition.context(maker.version.document) | _about(maker)
    return render(request, "decision/read.html", context | {"form": form, "section_149": act.SECTION_149})


def _about(maker: Any) -> dict[str, Any]:
    return {
        "maker": maker,
        "assessment": maker.assessment,
        "record": getattr(maker.assessment, "decision", None),
        "last_day": links.last_day(maker, Council.current()),
    }


def _dead(request: HttpRequest, dead: DeadLink) -> HttpResponse:
    """Nobody is told more than they knew: only the holder of a link of ours learns which assessment it was for."""
    context = {"why": dead.why.name.lower(), "maker": dead.maker}
    if dead.maker:
        context["last_day"] = links.last_day(dead.maker, Council.current())
    return render(request, "decision/dead_link.html", context, status=404 if dead.why is Why.ALTERED else 410)
