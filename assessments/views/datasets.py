"""Service-user data: a file is counted, its columns and values are mapped, and what may be shown is saved.

The file is not kept. Between the steps its counts are in the page that the person looks at, signed, for an hour.
Nothing of them is on the server until they are saved, and then only what may be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import datasets, permissions, workflow
from assessments.evidence import service_data
from assessments.evidence.service_data import Tally
from assessments.forms.datasets import RECORDS, ColumnsForm, FileForm, ValuesForm
from assessments.models import Council, Service
from assessments.workflow.datasets import About, Meaning, publish

PAGE_SIZE = 50
AN_HOUR = 60 * 60


@dataclass(frozen=True)
class Kept:
    """What goes with the page from step to step."""

    service: int
    about: About
    tally: Tally
    meaning: Meaning

    def signed(self, request: HttpRequest) -> str:
        """As text that only the same person can bring back, within the hour."""
        dated = self.about.dated.isoformat() if self.about.dated else None
        about = [self.about.title, self.about.covers, dated, self.about.file_name]
        data = [self.service, about, self.tally.as_data(), self.meaning.columns, self.meaning.values]
        return signing.dumps(data, salt=_salt(request), compress=True)

    @classmethod
    def brought(cls, request: HttpRequest) -> "Kept":
        """From what the page sent. Raises signing.BadSignature."""
        service, about, tally, columns, values = signing.loads(
            request.POST.get("kept", ""), salt=_salt(request), max_age=AN_HOUR
        )
        title, covers, dated, file_name = about
        day = date.fromisoformat(dated) if dated else None
        return cls(service, About(title, covers, day, file_name), Tally.from_data(tally), Meaning(columns, values))


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The data that the person may see, the newest first."""
    found = datasets.listed(permissions.datasets_visible_to(request.user)).defer("mapping", "published")
    context = {
        "datasets": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_add": permissions.may_count(request.user),
    }
    return render(request, "datasets/page.html", context)


@never_cache
def dataset(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be shown of one, beside the population; its deletion."""
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
    context = {"dataset": found, "parts": datasets.parts(found.published), "may_remove": may_remove}
    return render(request, "datasets/dataset.html", context)


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """A file, its columns, their values, a look at what was counted: one step after the other, on one address."""
    if not permissions.may_count(request.user):
        raise PermissionDenied
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        return _file(request)
    try:
        return step(request, Kept.brought(request))
    except signing.BadSignature:
        messages.warning(request, "An hour has passed, or the page did not arrive whole. Choose the file again.")
        return redirect("dataset-add")


def _file(request: HttpRequest) -> HttpResponse:
    services = permissions.services_counted(request.user)
    form = FileForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        services=services,
        initial={"service": request.user.service_id},
    )
    if not form.is_valid():
        return render(request, "datasets/file.html", {"form": form})
    given = form.cleaned_data
    try:
        tally = service_data.read(given["file"].file, given["kind"] == RECORDS)
    except service_data.Unreadable as error:
        form.add_error("file", str(error))
        return render(request, "datasets/file.html", {"form": form})
    if not tally.listed:
        form.add_error("file", "No column of this file is a list of groups: nearly every row has a value of its own.")
        return render(request, "datasets/file.html", {"form": form})
    about = About(given["title"], given["covers"], given["dated"], given["file"].name[:200])
    return _ask_columns(request, Kept(given["service"].pk, about, tally, Meaning({}, {})), None)


def _ask_columns(request: HttpRequest, kept: Kept, form: ColumnsForm | None) -> HttpResponse:
    form = form or _columns_form(kept, None)
    return render(request, "datasets/columns.html", {"form": form, "tally": kept.tally, "kept": kept.signed(request)})


def _columns_form(kept: Kept, data: Any) -> ColumnsForm:
    names = datasets.names()
    meant = datasets.remembered(Service(pk=kept.service), kept.tally.digest).get("columns")
    if meant is None:
        meant = service_data.guess_characteristics(kept.tally.listed, datasets.categories(), names)
    return ColumnsForm(data, tally=kept.tally, names=names, meant=meant)


def _columns(request: HttpRequest, kept: Kept) -> HttpResponse:
    form = _columns_form(kept, request.POST)
    if not form.is_valid():
        return _ask_columns(request, kept, form)
    kept = replace(kept, meaning=Meaning(form.meant, {}))
    return _ask_values(request, kept, _values_form(kept, None))


def _values_form(kept: Kept, data: Any) -> ValuesForm:
    known = datasets.categories()
    before = datasets.remembered(Service(pk=kept.service), kept.tally.digest).get("values", {})
    columns = {slug: kept.tally.column(heading) for heading, slug in kept.meaning.columns.items()}
    guesses = {
        slug: {
            value: before.get(slug, {}).get(value) or _guess(value, slug, known.get(slug, ()))
            for value in column.values or {}
        }
        for slug, column in columns.items()
    }
    return ValuesForm(data, columns=columns, names=datasets.names(), categories=known, guesses=guesses)


def _guess(value: str, slug: str, categories: Sequence[service_data.Category]) -> str:
    """Where the population has no groups of its own, each value is one."""
    return service_data.guess_value(value, slug, categories) or ("" if categories else value)


def _ask_values(request: HttpRequest, kept: Kept, form: ValuesForm) -> HttpResponse:
    return render(request, "datasets/values.html", {"form": form, "kept": kept.signed(request)})


def _values(request: HttpRequest, kept: Kept) -> HttpResponse:
    form = _values_form(kept, request.POST)
    if not form.is_valid():
        return _ask_values(request, kept, form)
    kept = replace(kept, meaning=Meaning(kept.meaning.columns, form.meant))
    try:
        published = publish(kept.tally, kept.meaning, Council.current())
    except service_data.TooFew:
        return _too_few(request)
    context = {
        "about": kept.about,
        "tally": kept.tally,
        "parts": datasets.parts(published),
        "kept": kept.signed(request),
    }
    return render(request, "datasets/counted.html", context)


def _save(request: HttpRequest, kept: Kept) -> HttpResponse:
    service = permissions.services_counted(request.user).filter(pk=kept.service).first()
    if service is None or not kept.meaning.values:
        raise PermissionDenied
    try:
        made = workflow.add_dataset(request.user, service, kept.about, kept.tally, kept.meaning)
    except service_data.TooFew:
        return _too_few(request)
    messages.success(request, "The counts are saved. The file was not kept.")
    return redirect("dataset", made.pk)


def _too_few(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "So few people were counted that somebody could be recognised. Nothing was saved.")
    return redirect("dataset-add")


def _salt(request: HttpRequest) -> str:
    return f"service-data-{request.user.pk}"


STEPS = {"columns": _columns, "values": _values, "save": _save}
