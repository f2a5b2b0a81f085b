"""The inbox: what waits for the person who looks, the most urgent first."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import waiting
from assessments.duty.lifecycle import transitions_from
from assessments.models import Council, User
from assessments.waiting import Wait

PAGE_SIZE = 50

STARTS_ELSEWHERE = {
    "submit": ("Mend it and submit it again", "assessment"),
    "pass_check": ("Check it", "review"),
    "decide": ("Record the decision", "decision"),
    "end_review": ("Finish its review", "assessment"),
}
"""Moves before which there is something to do, in words, and the page for that. Others start on the move's own page."""


@dataclass(frozen=True)
class Row:
    """One assessment that waits, and where the work on it starts."""

    wait: Wait
    task: str
    url: str


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All that waits for the person."""
    waits = waiting.waits(request.user)
    rows = Paginator(waits, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": rows,
        "rows": [_row(request.user, each) for each in rows],
        "late_count": sum(each.is_late for each in waits),
        "soon_count": sum(each.is_soon for each in waits),
        "check_days": Council.current().check_days if any(each.check_days is not None for each in waits) else None,
    }
    return render(request, "waiting.html", context)


def _row(user: User, wait: Wait) -> Row:
    """The way forward stands first among the moves of a status."""
    assessment = wait.assessment
    move = next(each for each in transitions_from(assessment.state) if user.role in each.roles)
    if move.name in STARTS_ELSEWHERE:
        task, name = STARTS_ELSEWHERE[move.name]
        return Row(wait, task, reverse(name, args=[assessment.reference]))
    return Row(wait, move.label, reverse("move", args=[assessment.reference, move.name]))
