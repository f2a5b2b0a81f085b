"""One assessment: its task list, its answers to check, its people."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import permissions, workflow
from assessments.documents import Draft, current_document
from assessments.duty import act, screening
from assessments.duty.act import Characteristic
from assessments.duty.lifecycle import Status, Transition
from assessments.duty.questionnaire import cell_slug, local_slug
from assessments.duty.questions import Page
from assessments.forms import ColleagueForm
from assessments.models import Assessment, User
from assessments.reports import edition
from assessments.views import planner
from assessments.views.readiness import Readiness
from assessments.views.to_mend import to_mend


def visible_or_404(request: HttpRequest, reference: str) -> Assessment:
    """The assessment, if the person may read it."""
    return get_object_or_404(permissions.visible_to(request.user), reference=reference)


@dataclass(frozen=True)
class Task:
    """One page on the task list."""

    slug: str
    title: str
    url: str
    status: str
    colour: str


NOT_STARTED, IN_PROGRESS, DONE, MEND, CARRIED = (
    ("Not yet started", "blue"),
    ("In progress", "teal"),
    ("Completed", ""),
    ("Needs mending", "red"),
    ("Carried over: check it", "purple"),
)


class TaskList:
    """How far a draft has come, page by page."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.answers = draft.answers
        self.missing = draft.questionnaire.missing(self.answers)
        self.open_pages = draft.open_pages

    def task(self, page: Page) -> Task:
        """One page with its state in words."""
        status, colour = self._state(page)
        url = reverse("page", args=[self.draft.assessment.reference, page.slug])
        return Task(page.slug, page.title, url, status, colour)

    def _state(self, page: Page) -> tuple[str, str]:
        saved = self.draft.pages.get(page.slug)
        if saved and saved.typed:
            return MEND
        if saved and saved.carried_from:
            return CARRIED
        if page.slug not in self.missing and saved:
            return DONE
        return IN_PROGRESS if self.draft.questionnaire.is_started(page, self.answers) else NOT_STARTED

    def sections(self) -> list[dict[str, Any]]:
        """The sections that stand in the list as rows; findings and evidence by characteristic go in the matrix."""
        found = []
        for section in self.draft.questionnaire.sections:
            pages = [page for page in section.pages if page.slug in self.open_pages and not page.characteristic]
            if pages:
                found.append({"section": section, "tasks": [self.task(page) for page in pages]})
        return found

    def matrix(self) -> list[dict[str, Any]]:
        """A row for each characteristic that is looked at in full: its evidence and its limbs."""
        return [
            {"name": each.label, "evidence": self._open(f"evidence-{each.slug}"), "cells": self._cells(each)}
            for each in self.draft.questionnaire.characteristics
            if screening.is_relevant(self.answers, each)
        ]

    def _cells(self, characteristic: Characteristic) -> list[Task | str | None]:
        if characteristic.is_local:
            return [self._open(local_slug(characteristic))]
        pages = [cell_slug(limb, characteristic) for limb in act.LIMBS]
        return [self._open(page) or self._closed(page) for page in pages]

    def _open(self, slug: str) -> Task | None:
        page = self.open_pages.get(slug)
        return self.task(page) if page else None

    def _closed(self, page: str) -> str:
        return "Settled at screening" if page in self.draft.questionnaire.pages else "Not part of the duty"

    @property
    def done(self) -> int:
        """How many open pages are complete."""
        return sum(self._state(page) == DONE for page in self.open_pages.values())


@never_cache
@require_safe
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """The task list for those who write it; for others what it says and what they can do."""
    assessment = visible_or_404(request, reference)
    context: dict[str, Any] = {
        "assessment": assessment,
        "moves": permissions.moves_for(request.user, assessment),
        "may_share": permissions.may_share(request.user, assessment),
        "successors": permissions.visible_to(request.user).filter(supersedes=assessment).exclude(status="withdrawn"),
        "may_succeed": permissions.may_succeed(request.user, assessment),
        "last_move": assessment.moves.select_related("by").first(),
    }
    draft = Draft(assessment)
    if permissions.may_edit(request.user, assessment):
        tasks = TaskList(draft)
        context |= {
            "tasks": tasks,
            "sections": tasks.sections(),
            "matrix": tasks.matrix(),
            "page_count": len(tasks.open_pages),
            "contradiction": draft.contradiction,
            "is_undecided": draft.is_undecided,
            "is_ready": draft.is_ready,
            "readiness": Readiness(draft, request.user),
            "planner": planner.context(draft),
            **to_mend(draft),
        }
        return render(request, "assessments/tasks.html", context)
    if permissions.may_read_comments(request.user, assessment):
        context["readiness"] = Readiness(draft, request.user)
    context |= edition.context(current_document(assessment))
    context["versions"] = assessment.versions.defer("document_json")
    return render(request, "assessments/overview.html", context)


@never_cache
@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """All answers on one page, what is missing, and the button to submit."""
    assessment = visible_or_404(request, reference)
    if not permissions.may_edit(request.user, assessment):
        return redirect("assessment", reference)
    draft = Draft(assessment)
    missing = draft.questionnaire.missing(draft.answers)
    submitting = next(
        (each for each in permissions.moves_for(request.user, assessment) if _submits(each, assessment)), None
    )
    context = edition.context(draft.document()) | {
        "assessment": assessment,
        "missing": [(draft.questionnaire.pages[slug], questions) for slug, questions in missing.items()],
        "to_mend": draft.to_mend,
        "carried": draft.carried,
        "readiness": Readiness(draft, request.user),
        "contradiction": draft.contradiction,
        "is_undecided": draft.is_undecided,
        "is_ready": draft.is_ready,
        "submitting": submitting,
    }
    return render(request, "assessments/check.html", context)


def _submits(transition: Transition, assessment: Assessment) -> bool:
    is_screened_out = assessment.screening == screening.Outcome.SCREENED_OUT.value
    return transition.target is (Status.SCREENING if is_screened_out else Status.WITH_HEAD)


@never_cache
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """Who writes the assessment; ask a colleague to write too."""
    assessment = visible_or_404(request, reference)
    if not permissions.may_share(request.user, assessment):
        raise PermissionDenied
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        colleague = form.cleaned_data["email"]
        try:
            workflow.share(request.user, reference, colleague)
        except workflow.NotAllowed:
            form.add_error("email", f"{colleague} is an {colleague.role_label.lower()} and does not write assessments.")
        else:
            messages.success(request, f"{colleague} can now write this assessment too.")
            return redirect("people", reference)
    context = {"assessment": assessment, "form": form, "co_authors": assessment.co_authors.all()}
    return render(request, "assessments/people.html", context)


@require_POST
def unshare(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Stop a colleague from writing."""
    assessment = visible_or_404(request, reference)
    colleague = get_object_or_404(User, pk=pk)
    try:
        workflow.unshare(request.user, assessment.reference, colleague)
    except workflow.NotAllowed as refused:
        raise PermissionDenied from refused
    messages.success(request, f"{colleague} can no longer write this assessment. What they wrote stays.")
    return redirect("home") if colleague == request.user else redirect("people", reference)
