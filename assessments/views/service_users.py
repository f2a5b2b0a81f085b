"""One set of service-user data: its counts, beside the population, and one group beside another."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from assessments import datasets, permissions, service_users, workflow
from assessments.duty.cited import Cited
from assessments.evidence.service_data.standing import Standing
from assessments.service_users import Beside

HIDDEN = "This cannot be compared: too many numbers are hidden, or the file itself held some back."
OTHER_REFERENCE = f"{HIDDEN} Another group to compare with can help."
OTHER_GROUPS = f"{HIDDEN} Or the groups are other ones than those of the population."


@dataclass(frozen=True)
class Shown:
    """A comparison on the page. `key` names it in the address; `reference` is the group that somebody chose."""

    key: str
    heading: str
    cited: Cited
    standings: list[Standing]
    references: list[str]
    reference: str
    why_not: str


@never_cache
def dataset(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be shown of one, and its comparisons; its deletion."""
    found = datasets.one(permissions.datasets_visible_to(request.user), pk)
    if found is None:
        raise Http404
    may_remove = permissions.services_counted(request.user).filter(pk=found.service_id).exists()
    if request.method == "POST":
        if not may_remove:
            raise PermissionDenied
        workflow.remove_dataset(request.user, pk)
        messages.success(request, f"“{found.title}” is deleted.")
        return redirect("datasets")
    panels = datasets.panels()
    parts = []
    for part in datasets.parts(found.published):
        besides = service_users.besides(found, part.slug, part.name, panels.get(part.slug))
        parts.append((part, [_shown(each, request.GET.get(_key(each), "")) for each in besides]))
    return render(request, "datasets/dataset.html", {"dataset": found, "parts": parts, "may_remove": may_remove})


def _shown(beside: Beside, reference: str) -> Shown:
    standings = beside.standings(reference)
    return Shown(
        _key(beside),
        "Beside the people who live in the area" if beside.area else "One group beside the others",
        beside.compared(standings, reference),
        standings if any(each.result for each in standings) else [],
        beside.references,
        reference,
        OTHER_GROUPS if beside.area else OTHER_REFERENCE if beside.references else HIDDEN,
    )


def _key(beside: Beside) -> str:
    return f"{beside.cited.characteristic}-{'area' if beside.area else 'groups'}"
