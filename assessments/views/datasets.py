"""Service-user data: a file is counted, its columns and values are mapped, and what may be shown is saved.

The file is not kept. Between the steps its counts are in the page that the person looks at, signed, for an hour.
Nothing of them is on the server until they are saved, and then only what may be shown.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import datasets, permissions, workflow
from assessments.evidence import service_data
from assessments.evidence.service_data import Tally
from assessments.forms.datasets import RECORDS, ColumnsForm, FileForm, SaveForm, ValuesForm
from assessments.models import Council, Service
from assessments.workflow.datasets import About, Meaning, people, publish, too_many

PAGE_SIZE = 50
AN_HOUR = 60 * 60
MOST_KEPT = 0.5
"""How much of what a page may send can be counts that go with it. The rest is for the answers."""


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
        about = [self.about.title, self.about.covers, dated, self.about.file_name, self.about.is_small_area]
        meant = self.meaning
        meaning = [dict(meant.columns), dict(meant.values), list(meant.happened), meant.outcome]
        data = [self.service, about, self.tally.as_data(), meaning]
        return signing.dumps(data, salt=_salt(request), compress=True)

    @classmethod
    def brought(cls, request: HttpRequest) -> "Kept":
        """From what the page sent. Raises signing.BadSignature."""
        service, about, tally, meaning = signing.loads(
            request.POST.get("kept", ""), salt=_salt(request), max_age=AN_HOUR
        )
        title, covers, dated, *others = about
        day = date.fromisoformat(dated) if dated else None
        return cls(service, About(title, covers, day, *others), Tally.from_data(tally), Meaning(*meaning))


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
    tally = _tally(form) if form.is_valid() else None
    if tally is None:
        return render(request, "datasets/file.html", {"form": form})
    given = form.cleaned_data
    about = About(given["title"], given["covers"], given["dated"], given["file"].name[:200], given["small_area"])
    kept = Kept(given["service"].pk, about, tally, Meaning({}, {}))
    if len(kept.signed(request)) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE * MOST_KEPT:
        form.add_error("file", "This file has too many columns and values. Keep only the columns that you need.")
        return render(request, "datasets/file.html", {"form": form})
    return _ask_columns(request, kept, None)


def _tally(form: FileForm) -> Tally | None:
    """What the file comes to; None where it cannot be counted, and then the form says why."""
    given = form.cleaned_data
    try:
        tally = service_data.read(given["file"].file, given["kind"] == RECORDS, outcome=given["outcome"])
    except service_data.Unreadable as error:
        form.add_error("outcome" if isinstance(error, service_data.WrongOutcome) else "file", str(error))
        return None
    if not tally.listed:
        form.add_error("file", "No column of this file is a list of groups: nearly every row has a value of its own.")
        return None
    return tally


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
    kept = replace(kept, tally=kept.tally.only(form.meant), meaning=Meaning(form.meant, {}))
    return _ask_values(request, kept, _values_form(kept, None))


def _values_form(kept: Kept, data: Any) -> ValuesForm:
    before = datasets.remembered(Service(pk=kept.service), kept.tally.digest)
    columns = {slug: kept.tally.column(heading) for heading, slug in kept.meaning.columns.items()}
    guesses = datasets.suggested(kept.tally, kept.meaning.columns, before.get("values", {}))
    return ValuesForm(
        data,
        columns=columns,
        names=datasets.names(),
        categories=datasets.categories(),
        guesses=guesses,
        tally=kept.tally,
        before=before,
    )


def _ask_values(request: HttpRequest, kept: Kept, form: ValuesForm) -> HttpResponse:
    return render(request, "datasets/values.html", {"form": form, "kept": kept.signed(request)})


def _values(request: HttpRequest, kept: Kept) -> HttpResponse:
    form = _values_form(kept, request.POST)
    if not form.is_valid():
        return _ask_values(request, kept, form)
    kept = replace(kept, meaning=Meaning(kept.meaning.columns, form.meant, form.happened, form.words))
    if wide := too_many(kept.tally, kept.meaning):
        form.add_error(
            None,
            f"“{wide[0]}” has more than {service_data.MOST_GROUPS} groups. Put its values into fewer groups, or start "
            "again without the column that says what happened",
        )
        return _ask_values(request, kept, form)
    return _ask_to_save(request, kept, _save_form(kept, None))


def _save_form(kept: Kept, data: Any) -> SaveForm | None:
    """None where the service has no data yet that the new could be the same people as."""
    counted = people(kept.tally, kept.meaning)
    earlier = datasets.earlier(Service(pk=kept.service), kept.about.dated, counted)
    return SaveForm(data, earlier=earlier) if earlier.datasets else None


def _ask_to_save(request: HttpRequest, kept: Kept, form: SaveForm | None) -> HttpResponse:
    try:
        published = publish(kept.tally, kept.meaning, Council.current(), kept.about.is_small_area)
    except service_data.TooFew:
        return _too_few(request)
    context = {
        "about": kept.about,
        "outcome": kept.meaning.outcome,
        "form": form,
        "parts": datasets.parts(published),
        "kept": kept.signed(request),
    }
    return render(request, "datasets/counted.html", context)


def _save(request: HttpRequest, kept: Kept) -> HttpResponse:
    service = permissions.services_counted(request.user).filter(pk=kept.service).first()
    if service is None or not kept.meaning.values:
        raise PermissionDenied
    form = _save_form(kept, request.POST)
    if form and not form.is_valid():
        return _ask_to_save(request, kept, form)
    replaced = form.replaced if form else None
    try:
        made = workflow.add_dataset(request.user, service, kept.about, kept.tally, kept.meaning, replaced)
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
