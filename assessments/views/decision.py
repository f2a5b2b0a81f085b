"""The decision on an assessment: what was supplied, who read it, what was decided, what was published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Field, Form
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessments import links, permissions, workflow
from assessments.documents import Draft, current_document
from assessments.duty import lifecycle
from assessments.duty.document import NOTHING, Row, long_date
from assessments.forms.decision import EndReviewForm, InviteForm, PublishForm, RecordForm, SupplyForm
from assessments.links import Why
from assessments.models import Assessment, DecisionMaker, DecisionRecord, Version
from assessments.views import planner
from assessments.views.assessment import visible_or_404
from assessments.views.readiness import Readiness
from assessments.workflow.decision import stamp

CONFLICT = (
    "Somebody else saved the record since you opened this page. What you typed is below and is not saved yet. Compare "
    "it with what is saved now, then save again."
)


@dataclass(frozen=True)
class Reader:
    """One of those who decide, as the page shows them.

    `is_stale`: their link was for a version that is not the approved one any more. `is_late`: they acknowledged after
    the decision was taken.
    """

    maker: DecisionMaker
    tag: str
    colour: str
    is_stale: bool
    is_late: bool
    may_send: bool
    may_take_back: bool


@never_cache
@require_safe
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """What was assessed and what was decided, side by side; who was asked to read it; what is to be done."""
    assessment = visible_or_404(request, reference)
    draft, record, approved = Draft(assessment), _record(assessment), links.approved_version(assessment)
    may_record = permissions.may_record_decision(request.user, assessment)
    moves = [each.name for each in permissions.moves_for(request.user, assessment)]
    readers = _readers(draft, approved, record, may_record)
    context = {
        "assessment": assessment,
        "assessed": _assessed(assessment, approved),
        "approved": approved,
        "record": record,
        "decided_before": _decided_before_approval(assessment, record),
        "readers": readers,
        "has_stale_links": any(each.is_stale for each in readers),
        "may_record": may_record,
        "moves": moves,
        "readiness": Readiness(draft, request.user) if may_record or "publish" in moves else None,
        "published": next((each for each in reversed(draft.moves) if each.name == "publish"), None),
    }
    return render(request, "decision/decision.html", context | planner.context(draft))


@never_cache
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the decision down, as far as it is known."""
    assessment = visible_or_404(request, reference)
    form = RecordForm(_posted(request), initial=_begun(assessment))

    def write() -> HttpResponse | None:
        workflow.record_decision(request.user, reference, form.details, form.cleaned_data["seen"])
        if form.cleaned_data["decided"] and form.cleaned_data["decided_on"]:
            messages.success(request, "What you wrote is saved. Make the decision final when it is all there.")
            return redirect("move", reference, "decide")
        messages.success(request, "What you wrote is saved. You can add to it until you record what was decided.")
        return redirect("decision", reference)

    context = {"assessed": _assessed(assessment, links.approved_version(assessment))}
    may = permissions.may_record_decision(request.user, assessment)
    return _page(request, assessment, form, may, write, "decision/record.html", context)


@never_cache
def supply(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down how the approved version was given to those who decide, or correct it."""
    assessment = visible_or_404(request, reference)
    approved = links.approved_version(assessment)
    initial = _begun(assessment) | {"version": approved.digest if approved else ""}
    form = SupplyForm(_posted(request), initial=initial, approved_on=_approval_day(assessment))

    def write() -> HttpResponse | None:
        given = form.cleaned_data
        workflow.supply(request.user, reference, form.details, given["version"], given["seen"])
        messages.success(request, f"It is recorded that version {approved.number} was supplied.")
        return redirect("decision", reference)

    may = permissions.may_record_decision(request.user, assessment)
    return _page(request, assessment, form, may, write, "decision/supply.html", {"approved": approved})


@never_cache
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down when and where it was published."""
    assessment = visible_or_404(request, reference)
    form = PublishForm(_posted(request), decided_on=assessment.decided_on)

    def write() -> HttpResponse | None:
        given = form.cleaned_data
        workflow.publish(request.user, reference, given["published_on"], given["published_link"], given["withheld"])
        messages.success(request, f"{reference} is now: Published.")
        return redirect("decision", reference)

    return _page(request, assessment, form, _may_move(request, assessment, "publish"), write, "decision/publish.html")


@never_cache
def end_review(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why the assessment stands after its review, and when it is reviewed next."""
    assessment = visible_or_404(request, reference)
    form = EndReviewForm(_posted(request))

    def write() -> HttpResponse | None:
        given = form.cleaned_data
        workflow.end_review(request.user, reference, given["reason"], given["next_review"])
        messages.success(request, "The review is over: the assessment stands.")
        return redirect("decision", reference)

    may = _may_move(request, assessment, "end_review")
    return _page(request, assessment, form, may, write, "decision/end_review.html")


@never_cache
def invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Send one of those who decide a personal link."""
    assessment = visible_or_404(request, reference)
    form = InviteForm(_posted(request))

    def write() -> HttpResponse | None:
        given = form.cleaned_data
        try:
            maker = workflow.invite(request.user, reference, given["role"], given["email"])
        except workflow.Conflict:
            form.add_error(
                "email", "Somebody at that address has a link already. Send it again from the decision page."
            )
            return None
        return _sent(request, maker)

    may = permissions.may_record_decision(request.user, assessment)
    return _page(request, assessment, form, may, write, "decision/invite.html")


@require_POST
def send_again(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Send a new personal link. The one sent before ends."""
    maker = _maker_or_404(request, reference, pk)
    try:
        return _sent(request, workflow.send_again(request.user, reference, maker.pk))
    except (workflow.Closed, workflow.NotAllowed):
        return _not_now(request, maker.assessment)


@require_POST
def uninvite(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a personal link back."""
    maker = _maker_or_404(request, reference, pk)
    try:
        workflow.uninvite(request.user, reference, maker.pk)
    except (workflow.Closed, workflow.NotAllowed):
        return _not_now(request, maker.assessment)
    messages.success(request, f"The link for “{maker.role}” was taken back. It does not work any more.")
    return redirect("decision", reference)


def _page(
    request: HttpRequest,
    assessment: Assessment,
    form: Form,
    may: bool,
    write: Callable[[], HttpResponse | None],
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form: do what was asked, or show it with what is wrong, or say that it is not the time for it.

    What is asked of the workflow goes there whoever asks, so that a refusal is in the trail.
    """
    shown = {"assessment": assessment, "form": form, **(context or {})}
    if form.is_valid():
        try:
            if answer := write():
                return answer
        except (workflow.Closed, workflow.NotAllowed):
            return _not_now(request, assessment)
        except workflow.Blocked as blocked:
            for each in blocked.findings:
                form.add_error(None, each.message)
        except workflow.Conflict:
            shown["saved_now"] = _take_up(form, assessment)
    elif not may:
        return _not_now(request, assessment)
    return render(request, template, shown, status=409 if "saved_now" in shown else 200)


def _sent(request: HttpRequest, maker: DecisionMaker) -> HttpResponse:
    messages.success(request, f"A personal link is on its way to {maker.email}.")
    return redirect("decision", maker.assessment.reference)


def _take_up(form: Form, assessment: Assessment) -> list[tuple[str, str]]:
    """Let the next save start from what somebody else saved. Gives their answers where they are not the same."""
    record = _record(assessment)
    form.add_error(None, CONFLICT)
    form.data = form.data.copy()
    form.data["seen"] = stamp(record)
    saved = model_to_dict(record)
    return [
        (form.fields[name].label, _said(form.fields[name], saved[name]))
        for name, value in form.details.items()
        if saved[name] != value
    ]


def _said(field: Field, value: Any) -> str:
    """A stored answer in words."""
    if isinstance(value, date):
        return long_date(value.isoformat())
    return dict(getattr(field, "choices", ())).get(str(value), value) or NOTHING


def _not_now(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The person may not record decisions here; or they may, but not now: say how the assessment stands."""
    assessment.refresh_from_db()
    if not permissions.is_mover(request.user, assessment, lifecycle.transition("decide")):
        raise PermissionDenied
    because = (
        "it has moved on meanwhile"
        if assessment.state.facts.is_finished
        else "a decision can be recorded once the assessment is approved"
    )
    messages.warning(request, f"Nothing was recorded: {because}. It is now: {assessment.state.label}.")
    return redirect("decision", assessment.reference)


def _may_move(request: HttpRequest, assessment: Assessment, name: str) -> bool:
    return permissions.may_move(request.user, assessment, lifecycle.transition(name))


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _record(assessment: Assessment) -> DecisionRecord | None:
    return DecisionRecord.objects.filter(assessment=assessment).select_related("supplied_version").first()


def _begun(assessment: Assessment) -> dict[str, Any]:
    """What a form about the decision begins with: the record, or else who decides and when as the assessment says."""
    record = _record(assessment)
    if record is None:
        return {"body": assessment.decision_body, "meets_on": assessment.decision_date}
    return model_to_dict(record) | {"seen": stamp(record)}


COMPARED = ("proposal", "decision", "outcome")
"""The pages whose answers stand beside the decision."""


def _assessed(assessment: Assessment, approved: Version | None) -> dict[str, Row]:
    """What was assessed, as the approved version has it: answers by question."""
    document = approved.document if approved else current_document(assessment)
    pages = [page for section in document.sections for page in section.pages if page.slug in COMPARED]
    return {row.key: row for page in pages for row in page.rows}


def _decided_before_approval(assessment: Assessment, record: DecisionRecord | None) -> date | None:
    """The day of a decision, final or only written down so far, that came before the approval."""
    approved_on, decided_on = _approval_day(assessment), record.decided_on if record else None
    return decided_on if approved_on and decided_on and decided_on < approved_on else None


def _approval_day(assessment: Assessment) -> date | None:
    return timezone.localdate(assessment.approved_at) if assessment.approved_at else None


def _readers(draft: Draft, approved: Version | None, record: DecisionRecord | None, may_record: bool) -> list[Reader]:
    makers = draft.assessment.decision_makers.select_related("version").defer("version__document_json")
    decided_on = record.decided_on if record else None
    return [_reader(each, links.why_dead(each, approved, draft.council), decided_on, may_record) for each in makers]


def _reader(maker: DecisionMaker, why: Why | None, decided_on: date | None, may_record: bool) -> Reader:
    tag, colour = _standing(maker, why)
    acknowledged = maker.acknowledged_at and timezone.localdate(maker.acknowledged_at)
    is_stale = why is Why.CHANGED
    return Reader(
        maker=maker,
        tag=tag,
        colour=colour,
        is_stale=is_stale,
        is_late=bool(acknowledged and decided_on and acknowledged > decided_on),
        may_send=may_record and bool(maker.email) and (is_stale or not acknowledged),
        may_take_back=may_record and (is_stale or not maker.opened_at),
    )


def _standing(maker: DecisionMaker, why: Why | None) -> tuple[str, str]:
    if why is Why.CHANGED:
        return "Sent for an earlier version", "orange"
    if maker.acknowledged_at:
        return "Acknowledged", "green"
    if why is Why.EXPIRED:
        return "Link has expired", "orange"
    return ("Opened", "teal") if maker.opened_at else ("Sent", "blue")


def _maker_or_404(request: HttpRequest, reference: str, pk: int) -> DecisionMaker:
    return get_object_or_404(visible_or_404(request, reference).decision_makers, pk=pk)
