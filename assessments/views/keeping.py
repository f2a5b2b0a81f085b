"""How long an assessment is kept; holds, destruction, redaction; and what can be asked for under FOI."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import clock, keeping, permissions, workflow
from assessments.forms.keeping import DisposalForm, HoldForm, KeepingForm, RedactionForm, SelectionForm
from assessments.models import Assessment, Council
from assessments.views.assessment import visible_or_404

PAGE_SIZE = 50


@never_cache
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """How long it is kept, and what can be asked for; those who may say when the policy ended."""
    assessment = visible_or_404(request, reference)
    council = Council.current()
    may_keep = permissions.may_keep(request.user, assessment)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    form = KeepingForm(
        request.POST if request.method == "POST" else None,
        council_years=council.retention_years,
        initial={"policy_ended": assessment.policy_ended, "retention_years": assessment.retention_years},
    )
    if form.is_valid():
        workflow.keep(request.user, reference, **form.cleaned_data)
        messages.success(request, "How long it is kept has been saved.")
        return redirect("keeping", reference)
    last = keeping.kept_until(assessment, council)
    context = {
        "assessment": assessment,
        "form": form if may_keep else None,
        "years": assessment.years_kept(council),
        "began": keeping.counted_from(assessment),
        "last": last,
        "is_past": last is not None and last < clock.today(),
        "is_over": assessment.state in keeping.OVER,
        "may_hold": permissions.may_hold(request.user) and not assessment.disposed_at,
        "may_redact": permissions.may_dispose(request.user) and not (assessment.disposed_at or assessment.legal_hold),
        "may_read_comments": permissions.may_read_comments(request.user, assessment),
        "versions": assessment.versions.defer("document_json"),
    }
    return render(request, "keeping/page.html", context)


@never_cache
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Place a legal hold with its reason, or lift the one that there is."""
    assessment = visible_or_404(request, reference)
    if not permissions.may_hold(request.user):
        raise PermissionDenied
    form = HoldForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and "lift" in request.POST:
            workflow.lift_hold(request.user, reference)
            return _kept(request, reference, "The legal hold is lifted. The retention rule counts again.")
        if form.is_valid():
            workflow.place_hold(request.user, reference, form.cleaned_data["reason"])
            return _kept(request, reference, "It is under a legal hold now. Nothing of it can be destroyed.")
    except workflow.Closed:
        messages.warning(request, "Nothing was done: somebody changed the hold meanwhile.")
        return redirect("keeping", reference)
    return render(request, "keeping/hold.html", {"assessment": assessment, "form": form})


def _kept(request: HttpRequest, reference: str, news: str) -> HttpResponse:
    messages.success(request, news)
    return redirect("keeping", reference)


@never_cache
@require_safe
def disposal(request: HttpRequest) -> HttpResponse:
    """The assessments past their day, to choose from, and what was destroyed before."""
    _check_may_dispose(request)
    return _list(request, SelectionForm(references=[]))


def _check_may_dispose(request: HttpRequest) -> None:
    if not permissions.may_dispose(request.user):
        raise PermissionDenied


def _list(request: HttpRequest, form: SelectionForm) -> HttpResponse:
    free = keeping.past_their_day(request.user)
    context = {
        "form": form,
        "page": Paginator(free, PAGE_SIZE).get_page(request.GET.get("page")),
        "held": keeping.past_their_day(request.user, is_held=True),
        "destroyed": keeping.destroyed(request.user)[:PAGE_SIZE],
        "council_years": Council.current().retention_years,
    }
    return render(request, "keeping/disposal.html", context)


@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """What was chosen, once more, with the authority for it; then it is destroyed."""
    _check_may_dispose(request)
    # What was posted was in the list a moment ago: the workflow says of each whether it still may be destroyed.
    offered = request.POST.getlist("reference") or [each.reference for each, _ in keeping.past_their_day(request.user)]
    selection = SelectionForm(request.POST or request.GET, references=offered)
    if not selection.is_valid():
        return _list(request, selection)
    references = list(dict.fromkeys(selection.cleaned_data["reference"]))
    form = DisposalForm(request.POST if request.method == "POST" else None, count=len(references))
    if form.is_valid():
        return _dispose(request, references, form.cleaned_data["reason"])
    chosen = permissions.visible_to(request.user).filter(reference__in=references).order_by("year", "number")
    return render(request, "keeping/confirm.html", {"chosen": chosen, "form": form})


def _dispose(request: HttpRequest, references: list[str], reason: str) -> HttpResponse:
    found = workflow.dispose(request.user, references, reason)
    done = [each.reference for each in found if not each.refusal]
    refused = [f"{each.reference}: {each.refusal}" for each in found if each.refusal]
    if done:
        messages.success(request, f"Destroyed: the content of {', '.join(done)}.")
    if refused:
        messages.warning(request, f"Not destroyed. {'; '.join(refused)}.")
    return redirect("disposal")


@never_cache
def redact(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a passage out: what and why, then where it stands, then do it. `step` says how far the person is."""
    assessment = visible_or_404(request, reference)
    _check_may_dispose(request)
    if assessment.disposed_at or assessment.legal_hold:
        why = "it is under a legal hold. Lift the hold first" if assessment.legal_hold else "its content was destroyed"
        messages.warning(request, f"Nothing can be taken out of {reference}: {why}.")
        return redirect("keeping", reference)
    form = RedactionForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step")
    if step != "change" and form.is_valid():
        try:
            return _redact(request, assessment, form) if step == "redact" else _preview(request, assessment, form)
        except workflow.Unfit as unfit:
            form.add_error("passage", str(unfit))
        except workflow.Closed:
            messages.warning(
                request, f"Nothing was taken out: {reference} is under a legal hold now, or was destroyed."
            )
            return redirect("keeping", reference)
    return render(request, "keeping/redact.html", {"assessment": assessment, "form": form})


def _preview(
    request: HttpRequest, assessment: Assessment, form: RedactionForm, is_changed: bool = False
) -> HttpResponse:
    places = workflow.places(request.user, assessment.reference, form.cleaned_data["passage"])
    context = {"assessment": assessment, "given": form.cleaned_data, "places": places, "is_changed": is_changed}
    return render(request, "keeping/preview.html", context)


def _redact(request: HttpRequest, assessment: Assessment, form: RedactionForm) -> HttpResponse:
    try:
        places = workflow.redact(request.user, assessment.reference, **form.cleaned_data)
    except workflow.Closed:
        return _preview(request, assessment, form, is_changed=True)
    return _kept(request, assessment.reference, f"The passage was taken out of {places.total} places.")
