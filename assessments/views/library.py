"""The evidence library: find a source, add one, change one, download its file, take one into an assessment."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import library, permissions, workflow
from assessments.documents import Draft
from assessments.duty.questionnaire import ITEM_LIMIT, LIBRARY, SOURCES_PAGE
from assessments.forms.library import SourceForm
from assessments.models import Assessment, Council, LibrarySource
from assessments.workflow.library import stamp

PAGE_SIZE = 20


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One page of the library, filtered as the address says."""
    council = Council.current()
    context = _found(request, LibrarySource.objects.all(), council) | {
        "coverage": library.coverage(council),
        "may_write": permissions.may_write_library(request.user),
    }
    return render(request, "library/list.html", context)


def _found(request: HttpRequest, sources: Any, council: Council) -> dict[str, Any]:
    """What matches the address, a page of it, each with what the list says of it."""
    filtered = library.LibraryFilter(request.GET, queryset=sources, council=council)
    rows = Paginator(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "form": filtered.form,
        "page": rows,
        "rows": [(each, library.named(each.characteristics), library.age(each, council)) for each in rows],
        "is_filtered": any(value for key, value in request.GET.items() if key != "page"),
    }


@never_cache
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source, and the assessments that use it, as far as the person may read them."""
    found = get_object_or_404(LibrarySource.objects.select_related("added_by"), pk=pk)
    users = library.used_in(found, request.user)
    context = {
        "source": found,
        "characteristics": library.named(found.characteristics),
        "age": library.age(found, Council.current()),
        "page": Paginator(users, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_write": permissions.may_write_library(request.user),
    }
    return render(request, "library/source.html", context)


@never_cache
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a source, to be saved and never shown in the page: `nosniff` comes with every answer."""
    found = get_object_or_404(LibrarySource, pk=pk)
    if not found.file:
        raise Http404
    try:
        content = found.file.open()
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(content, as_attachment=True, filename=found.file_name, content_type=found.content_type)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Put a source into the library."""
    _check_may_write(request)
    form = SourceForm(*_posted(request))
    if form.is_valid():
        try:
            added = workflow.add_source(request.user, form.details, form.cleaned_data["file"])
        except workflow.Twice as twice:
            form.add_error("file", _twice(twice))
        else:
            messages.success(request, "The source is in the library.")
            return redirect(added)
    return render(request, "library/form.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something else of a source."""
    _check_may_write(request)
    found = get_object_or_404(LibrarySource, pk=pk)
    now = {name: getattr(found, name) for name in workflow.library.COLUMNS} | {"seen": stamp(found)}
    form = SourceForm(*_posted(request), initial=now, has_file=bool(found.file))
    is_changed = False
    if form.is_valid():
        seen, upload = form.cleaned_data["seen"], form.cleaned_data.get("file")
        try:
            workflow.change_source(request.user, pk, form.details, upload, seen)
        except workflow.Twice as twice:
            form.add_error("file", _twice(twice))
        except (workflow.Conflict, workflow.Closed):
            is_changed = True
            form = _anew(request, found)
        else:
            messages.success(request, "The source is changed. Assessments that use it stay as they are.")
            return redirect(found)
    context = {"form": form, "source": found, "is_changed": is_changed}
    return render(request, "library/form.html", context, status=409 if is_changed else 200)


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _anew(request: HttpRequest, found: LibrarySource) -> SourceForm:
    """The same form with what was typed, for what the library says of the source by now."""
    found.refresh_from_db()
    typed = request.POST.copy()
    typed["seen"] = stamp(found)
    return SourceForm(typed, has_file=bool(found.file))


def _twice(twice: workflow.Twice) -> str:
    use = "" if twice.source.is_active else ", which is out of use"
    return f"This file is in the library already: see “{twice.source.title}”{use}. Use that source, or change it"


@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a source out of use, or back: nothing is deleted. Without a clear word nothing changes."""
    _check_may_write(request)
    found = get_object_or_404(LibrarySource, pk=pk)
    if request.POST.get("use") not in ("yes", "no"):
        return redirect(found)
    is_active = request.POST["use"] == "yes"
    workflow.use_source(request.user, pk, is_active)
    said = "is in use again." if is_active else "is out of use. Assessments that use it keep it."
    messages.success(request, f"“{found.title}” {said}")
    return redirect(found)


def _check_may_write(request: HttpRequest) -> None:
    if not permissions.may_write_library(request.user):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """Sources to take into an assessment's list, each with a button; on POST, take one."""
    try:
        if request.method == "POST":
            return _take(request, reference)
        draft = workflow.open_draft(request.user, reference)
        if SOURCES_PAGE not in draft.open_pages:
            raise workflow.Closed
    except (Assessment.DoesNotExist, LibrarySource.DoesNotExist) as missing:
        raise Http404 from missing
    except (workflow.Closed, workflow.NotAllowed) as refused:
        raise PermissionDenied from refused
    except workflow.NotReady:
        return _mend_first(request, reference)
    if draft.pages.get(SOURCES_PAGE) and draft.pages[SOURCES_PAGE].typed:
        return _mend_first(request, reference)
    context = _found(request, LibrarySource.objects.filter(is_active=True), Council.current())
    return render(request, "library/choose.html", context | {"assessment": draft.assessment, "taken": _taken(draft)})


def _take(request: HttpRequest, reference: str) -> HttpResponse:
    taken = workflow.take_source(request.user, reference, _number(request.POST.get("source", "")))
    messages.success(request, f"“{taken.title}” is in your list of sources now.")
    return redirect("page", reference, SOURCES_PAGE)


def _number(text: str) -> int:
    """The number that was posted; 0, which no source has, for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _taken(draft: Draft) -> set[int]:
    page = draft.pages.get(SOURCES_PAGE)
    items = (page.answers.get("sources") or []) if page else []
    return {item[LIBRARY] for item in items if LIBRARY in item}


def _mend_first(request: HttpRequest, reference: str) -> HttpResponse:
    messages.warning(
        request,
        f"No source was taken. First mend what is marked on this page. A list can have {ITEM_LIMIT} sources at most.",
    )
    return redirect(reverse("page", args=[reference, SOURCES_PAGE]))
