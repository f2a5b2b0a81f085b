"""The moves of an assessment through its life, and starting a new one from it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from assessments import permissions, workflow
from assessments.documents import Draft
from assessments.duty import lifecycle
from assessments.duty.lifecycle import By, Status, Transition
from assessments.forms import ReasonForm, SuccessionForm
from assessments.models import Assessment
from assessments.reports import files
from assessments.views.assessment import visible_or_404
from assessments.views.readiness import Readiness
from assessments.views.to_mend import suggested_reason

OWN_PAGE = {"supply": "supply", "publish": "publish", "end_review": "end-review"}
"""Moves that ask more than a reason, and the page of each."""

NOT_READY = {
    "submit": ("check", "Some answers are still missing, so it was not submitted. They are listed below."),
    "screen_out": ("check", "Some answers are still missing, so it was not submitted. They are listed below."),
    "pass_check": (
        "review",
        "You marked a section as “must be mended”. Return it to the officer, or change the verdict.",
    ),
    "approve_screening": ("review", "A section is marked “must be mended”. Return it, or have the verdict changed."),
    "decide": ("record", "Say first what was decided, and when."),
}
"""Where to go, and what to say, when something is missing for a move."""


@never_cache
def move(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Confirm one move of the lifecycle, with its reason, and make it."""
    assessment = visible_or_404(request, reference)
    transition = _transition_or_404(name)
    if not permissions.is_mover(request.user, assessment, transition):
        return _refuse(request, assessment, transition)
    if assessment.state not in transition.sources:
        return moved_on(request, assessment)
    if name in OWN_PAGE:
        return redirect(OWN_PAGE[name], reference)
    suggested = suggested_reason(assessment) if transition.target is Status.RETURNED else ""
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        needed=transition.needs_reason,
        initial={"reason": suggested},
    )
    if form.is_valid():
        return _make(request, assessment, transition, form.cleaned_data)
    return _confirm(request, assessment, transition, form)


def _transition_or_404(name: str) -> Transition:
    try:
        transition = lifecycle.transition(name)
    except KeyError as unknown:
        raise Http404 from unknown
    if transition.by is By.SUCCESSOR:
        raise Http404
    return transition


def _refuse(request: HttpRequest, assessment: Assessment, transition: Transition) -> HttpResponse:
    """Refuse, and where it was more than a look leave it to the workflow to say so in the trail."""
    if request.method == "POST" and assessment.state in transition.sources:
        try:
            workflow.move(request.user, assessment.reference, transition.name)
        except workflow.NotAllowed as refused:
            raise PermissionDenied from refused
    raise PermissionDenied


def _confirm(
    request: HttpRequest, assessment: Assessment, transition: Transition, form: ReasonForm, status: int = 200
) -> HttpResponse:
    form.initial.setdefault("seen", assessment.content_version)
    readiness = Readiness(Draft(assessment), request.user) if transition.stage else None
    context = {"assessment": assessment, "transition": transition, "form": form, "readiness": readiness}
    return render(request, "assessments/move.html", context, status=status)


def _make(request: HttpRequest, assessment: Assessment, transition: Transition, given: dict[str, Any]) -> HttpResponse:
    try:
        moved = workflow.move(request.user, assessment.reference, transition.name, given["reason"], seen=given["seen"])
    except workflow.Closed:
        return moved_on(request, assessment)
    except workflow.NotAllowed as refused:
        raise PermissionDenied from refused
    except workflow.NotReady:
        page, message = NOT_READY[transition.name]
        messages.warning(request, message)
        return redirect(page, assessment.reference)
    except workflow.Blocked:
        form = ReasonForm(needed=transition.needs_reason, initial=given)
        messages.warning(request, "Nothing was done: checks stand in the way. They are listed below.")
        return _confirm(request, assessment, transition, form)
    return done(request, moved, transition)


def done(request: HttpRequest, moved: Assessment, transition: Transition) -> HttpResponse:
    """A move was made: have the PDF of its version made ready, say so, go to the assessment."""
    if transition.freezes:
        files.wanted(moved, moved.versions.first().document)
    messages.success(request, f"{moved.reference} is now: {moved.state.label}.")
    return redirect("assessment", moved.reference)


def moved_on(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Somebody was faster, or it was changed since the page was opened: say how it stands now."""
    assessment.refresh_from_db()
    messages.warning(
        request,
        f"Nothing was done: {assessment.reference} has moved on meanwhile. It is now: {assessment.state.label}.",
    )
    return redirect("assessment", assessment.reference)


@never_cache
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Start a new assessment with the text of a finished one: to replace it, or as a copy."""
    earlier = visible_or_404(request, reference)
    if not permissions.may_succeed(request.user, earlier):
        raise PermissionDenied
    form = SuccessionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = workflow.start_from(request.user, reference, form.cleaned_data["kind"] == "replace")
        except workflow.Closed:
            successor = earlier.successors.exclude(status="withdrawn").first()
            said = f"{successor.reference} replaces it already." if successor else "It has been replaced already."
            form.add_error("kind", f"{said} Choose “As the start of another assessment”.")
        else:
            messages.success(
                request,
                f"{made.reference} starts with the text of {reference}. Each page is marked until you have saved it.",
            )
            return redirect("assessment", made.reference)
    return render(request, "assessments/again.html", {"assessment": earlier, "form": form})
