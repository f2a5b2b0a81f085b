"""The check of an assessment: verdicts on its sections, comments on its answers, checks set aside."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments import permissions, workflow
from assessments.documents import Draft, current_document
from assessments.duty.answer import Answer, answer
from assessments.duty.document import NOTHING
from assessments.duty.due_regard import CHECKS, Check
from assessments.duty.finding import Finding, Level
from assessments.duty.lifecycle import Role
from assessments.duty.words import compare_text
from assessments.forms.review import CommentForm, OverrideForm, ReplyForm, VerdictsForm
from assessments.models import Assessment
from assessments.reports import edition
from assessments.views import held
from assessments.views.assessment import visible_or_404
from assessments.views.moves import moved_on
from assessments.views.readiness import Readiness
from assessments.views.reviewed import Reviewed, Thread

CHANGED = "Nothing is saved yet, because the assessment was changed since you opened this page. Read it, then save."
DECISION = "decision"
"""Stands in an address where a finding has no page, because the decision record mends it."""


# The whole assessment


@never_cache
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """The document with all that was said of it. The equality lead gives verdicts here."""
    assessment = _discussed_or_refused(request, reference)
    verdicts = {each.section: each for each in assessment.verdicts.select_related("by")}
    document = current_document(assessment)
    form = VerdictsForm(
        _posted(request),
        initial={"seen": assessment.content_version, **{slug: each.value for slug, each in verdicts.items()}},
        sections=document.sections,
        given=verdicts,
    )
    if _written(assessment, form, lambda given: workflow.judge(request.user, reference, form.verdicts, given["seen"])):
        messages.success(request, "Your verdicts are saved.")
        return redirect("review", reference)
    may_give = permissions.may_give_verdicts(request.user, assessment)
    if form.is_bound and not may_give:
        is_theirs = request.user.role == Role.EQUALITY_LEAD and permissions.may_judge(request.user, assessment)
        return _not_now(request, assessment, form, is_theirs)
    if is_changed := form.is_bound and form.is_valid():
        document = current_document(assessment)
        _show_again(request, assessment, form)
    shown_form = form if may_give else None
    context = edition.context(document) | {
        "assessment": assessment,
        "form": shown_form,
        "may_comment": permissions.may_comment(request.user, assessment),
        "reviewed": Reviewed(document, Readiness(Draft(assessment), request.user), verdicts, shown_form),
    }
    return render(request, "review/review.html", context, status=409 if is_changed else 200)


# Comments


@never_cache
def comment(request: HttpRequest, reference: str) -> HttpResponse:
    """Remark on one answer, or on a page: `?page=` and `&key=` say which."""
    assessment = visible_or_404(request, reference)
    page, key = request.GET.get("page", ""), request.GET.get("key", "")
    form = CommentForm(_posted(request), initial={"seen": assessment.content_version, "text": _held(request)})
    if _written(
        assessment,
        form,
        lambda given: workflow.comment(request.user, reference, page, key, given["text"], given["seen"]),
    ):
        messages.success(request, "Your comment is saved.")
        return redirect(f"{reverse('review', args=[reference])}#answer-{page}-{key}")
    if not permissions.may_comment(request.user, assessment):
        return _not_now(request, assessment, form, permissions.may_judge(request.user, assessment))
    about = _answer(assessment, page, key)
    if about is None:
        return _gone(request, assessment, form, "It does not ask this question any more.")
    if is_changed := form.is_bound and form.is_valid():
        _show_again(request, assessment, form)
    context = {"assessment": assessment, "about": about, "form": form}
    return render(request, "review/comment.html", context, status=409 if is_changed else 200)


@never_cache
def thread(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A comment: the answer as it was and as it is, what was replied, and a box for another reply."""
    assessment = _discussed_or_refused(request, reference)
    remarks = assessment.comments.filter(thread=None).select_related("by", "resolved_by")
    remark = get_object_or_404(remarks, pk=pk)
    form = ReplyForm(_posted(request), initial={"text": _held(request)})
    if _written(assessment, form, lambda given: workflow.reply(request.user, pk, given["text"])):
        messages.success(request, "Your reply is saved.")
        return redirect("thread", reference, pk)
    may_reply = permissions.may_reply(request.user, assessment)
    if form.is_bound and not may_reply:
        is_theirs = permissions.is_author(request.user, assessment) or permissions.may_judge(request.user, assessment)
        return _not_now(request, assessment, form, is_theirs)
    now = _answer(assessment, remark.page, remark.key)
    context = {
        "assessment": assessment,
        "thread": Thread(remark, list(remark.replies.select_related("by"))),
        "page": assessment.questionnaire.pages.get(remark.page),
        "now": now,
        "parts": compare_text(remark.said_on, now.text) if now else (),
        "nothing": NOTHING,
        "may_mend": now is not None and permissions.may_edit(request.user, assessment),
        "is_same": now is not None and now.text == remark.said_on,
        "form": form if may_reply else None,
        "may_resolve": permissions.may_resolve(request.user, remark),
    }
    return render(request, "review/thread.html", context)


@require_POST
def resolve(request: HttpRequest, reference: str, pk: int, is_resolved: bool) -> HttpResponse:
    """Resolve a comment, or open it again."""
    assessment = visible_or_404(request, reference)
    get_object_or_404(assessment.comments.filter(thread=None), pk=pk)
    write = workflow.resolve if is_resolved else workflow.unresolve
    try:
        write(request.user, pk)
    except workflow.NotAllowed as refused:
        raise PermissionDenied from refused
    except workflow.Closed:
        return moved_on(request, assessment)
    messages.success(request, "The comment is resolved." if is_resolved else "The comment is open again.")
    return redirect("thread", reference, pk)


# Checks set aside


@never_cache
def override(request: HttpRequest, reference: str, number: int, page: str) -> HttpResponse:
    """Set one block aside, with a reason."""
    assessment = _discussed_or_refused(request, reference)
    check, finding = _check_or_404(number), _block(assessment, number, page)
    form = OverrideForm(_posted(request), initial={"text": _held(request)})
    slug = finding.page if finding else page
    if _written(
        assessment, form, lambda given: workflow.override(request.user, reference, number, slug, given["text"])
    ):
        messages.success(request, f"Check {number} is overridden. Your reason is printed in the report.")
        return redirect(assessment)
    if not permissions.may_override(request.user, assessment, check):
        is_theirs = request.user.role in check.overridden_by and permissions.may_judge(request.user, assessment)
        return _not_now(request, assessment, form, is_theirs)
    if form.is_bound:
        finding = _block(assessment, number, page)
    if finding is None:
        return _gone(request, assessment, form, "The check does not find anything there any more.")
    if finding.override and form.is_bound:
        return _gone(request, assessment, form, "Somebody has overridden this check meanwhile.")
    context = {
        "assessment": assessment,
        "check": check,
        "finding": finding,
        "page": assessment.questionnaire.pages.get(finding.page),
        "slug": page,
        "form": form,
    }
    return render(request, "review/override.html", context)


@require_POST
def lift(request: HttpRequest, reference: str, number: int, page: str) -> HttpResponse:
    """Let a check count again that was set aside."""
    assessment = _discussed_or_refused(request, reference)
    _check_or_404(number)
    finding = _block(assessment, number, page)
    if finding is None:
        raise Http404
    try:
        workflow.lift_override(request.user, reference, number, finding.page)
    except workflow.NotAllowed as refused:
        raise PermissionDenied from refused
    except workflow.Closed:
        return moved_on(request, assessment)
    messages.success(request, f"Check {number} counts again.")
    return redirect(assessment)


def _check_or_404(number: int) -> Check:
    check = next((each for each in CHECKS if each.number == number), None)
    if check is None:
        raise Http404
    return check


def _block(assessment: Assessment, number: int, page: str) -> Finding | None:
    """What the check finds on that page, where it is a block, overridden or not."""
    found = (each for each in Draft(assessment).findings if each.check == number and each.level is Level.BLOCK)
    return next((each for each in found if (each.page or DECISION) == page), None)


# What the pages have in common


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _held(request: HttpRequest) -> str:
    """What was typed here when the sign-in had run out, to be sent again; empty when nothing was."""
    typed = held.release(request) if request.method == "GET" else None
    if typed is None:
        return ""
    messages.warning(request, "You were signed out while you were writing. What you typed is below, and not saved yet.")
    return typed.get("text", "")


def _discussed_or_refused(request: HttpRequest, reference: str) -> Assessment:
    """The assessment, if the person may read what was said of it."""
    assessment = visible_or_404(request, reference)
    if not permissions.may_read_comments(request.user, assessment):
        raise PermissionDenied
    return assessment


def _written(assessment: Assessment, form: forms.Form, write: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was sent, was good and is written. If not because something changed, `assessment` is fresh."""
    if not form.is_valid():
        return False
    try:
        write(form.cleaned_data)
    except workflow.NotAllowed as refused:
        raise PermissionDenied from refused
    except (workflow.Closed, KeyError):
        assessment.refresh_from_db()
        return False
    return True


def _answer(assessment: Assessment, page: str, key: str) -> Answer | None:
    try:
        return answer(current_document(assessment), page, key)
    except KeyError:
        return None


def _show_again(request: HttpRequest, assessment: Assessment, form: forms.Form) -> None:
    """Tell that the content is another by now, and let the form be sent for that, with what was typed."""
    messages.warning(request, CHANGED)
    form.data = {**form.data.dict(), "seen": assessment.content_version}


def _not_now(request: HttpRequest, assessment: Assessment, form: forms.Form, is_theirs: bool) -> HttpResponse:
    """Refuse; to somebody whose right it is at another time say how the assessment stands, and lose nothing typed."""
    if not is_theirs:
        raise PermissionDenied
    if not form.is_bound:
        return moved_on(request, assessment)
    return _not_saved(request, assessment, form, f"It is now: {assessment.state.label}.")


def _gone(request: HttpRequest, assessment: Assessment, form: forms.Form, why: str) -> HttpResponse:
    """There is nothing (any more) to write about: not found, unless something was typed."""
    if not form.is_bound:
        raise Http404
    return _not_saved(request, assessment, form, why)


def _not_saved(request: HttpRequest, assessment: Assessment, form: forms.Form, why: str) -> HttpResponse:
    """Say why nothing was saved, and show what was typed so that it can be copied."""
    typed = [(field.label, _as_typed(field)) for field in form.visible_fields() if field.value()]
    context = {"assessment": assessment, "why": why, "typed": typed}
    return render(request, "review/not_saved.html", context, status=409)


def _as_typed(field: BoundField) -> str:
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(field.value(), field.value()))
