"""Who lives in the council's area: the figures beside those of other areas, and taking new ones in."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import permissions, population, workflow
from assessments.duty.cited import Cited
from assessments.evidence.census import Panel, Unreadable
from assessments.forms.population import AreasForm, ImportForm


@dataclass(frozen=True)
class Shown:
    """A table of the council's own area beside those of others, and the days of older ones."""

    panel: Panel
    older: list[date]

    @cached_property
    def cited(self) -> Cited:
        """The table to be read, with its sources."""
        return population.as_cited(self.panel)

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What to bear in mind, as the words and colour of a tag. A mark that not every area has says which ones do."""
        areas = self.cited.areas
        found = [
            ("Approximate", "yellow", [each.name for each in areas if each.is_approximate]),
            ("In development", "orange", [each.name for each in areas if each.is_in_development]),
            ("For context", "grey", [each.name for each in areas if self.panel.tables[0].is_context]),
        ]
        return [
            (words if len(marked) == len(areas) else f"{words}: {' and '.join(marked)}", colour)
            for words, colour, marked in found
            if marked
        ]

    @property
    def without(self) -> list[str]:
        """The areas to be compared with that have no such table."""
        return [name for name, table in zip(self.panel.areas, self.panel.tables, strict=True) if not table]


@dataclass(frozen=True)
class Section:
    """A characteristic with what there is about it; `gap` says why nothing measures it."""

    slug: str
    name: str
    shown: list[Shown]
    gap: str


@never_cache
@require_safe
def area(request: HttpRequest) -> HttpResponse:
    """Each characteristic in the council's own area, beside those it is compared with: now, or as on an earlier day."""
    until = _day(request.GET.get("on"))
    panels = population.panels_for(until=until)
    context = {
        "sections": _sections(panels),
        "areas": panels[0].areas if panels else (),
        "until": until,
        "may_set": permissions.may_set_population(request.user),
    }
    return render(request, "population/area.html", context)


@never_cache
def import_file(request: HttpRequest) -> HttpResponse:
    """Take in a file of figures, and say what became of it."""
    _check_may_set(request)
    form = ImportForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_valid():
        given = form.cleaned_data
        try:
            done = workflow.import_population(request.user, given["file"].file, given["areas"], given["approximate"])
        except Unreadable as wrong:
            form.add_error("file", str(wrong))
        else:
            # Shown at once: to send the same file again changes nothing.
            return render(request, "population/imported.html", {"done": done, "name": given["file"].name})
    return render(request, "population/import.html", {"form": form})


@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Which area is the council's own, and which it is compared with."""
    _check_may_set(request)
    form = AreasForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        workflow.choose_areas(request.user, form.own_area, form.comparators)
        messages.success(request, "The areas have been saved.")
        return redirect("area")
    return render(request, "population/choose.html", {"form": form})


def _check_may_set(request: HttpRequest) -> None:
    if not permissions.may_set_population(request.user):
        raise PermissionDenied


def _day(text: str | None) -> date | None:
    """The day in the address, if there is one. Raises Http404 for what is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Http404 from error


def _sections(panels: list[Panel]) -> list[Section]:
    """The characteristics of the Act in its order, then others with figures."""
    vintages = population.vintages()
    found: dict[str, list[Shown]] = {}
    for each in panels:
        days = vintages[each.characteristic, each.tables[0].name]
        older = [day for day in days if day < each.tables[0].date]
        found.setdefault(each.characteristic, []).append(Shown(each, older))
    gaps = {each.characteristic: each.why for each in population.unmeasured(panels)}
    names = population.names()
    slugs = [*(each for each in names if each in gaps or each in found), *(each for each in found if each not in names)]
    return [
        Section(slug, names.get(slug, slug.replace("-", " ").capitalize()), found.get(slug, []), gaps.get(slug, ""))
        for slug in slugs
    ]
