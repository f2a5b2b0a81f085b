"""What the council does not know: the list, and the same to take away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import clock, exports, gaps, library

PAGE_SIZE = 20


def _filtered(request: HttpRequest) -> gaps.GapFilter:
    return gaps.GapFilter(request.GET, queryset=gaps.entries(request.user))


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One page of the gaps, filtered as the address says."""
    filtered = _filtered(request)
    rows = Paginator(filtered.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": filtered.form,
        "page": rows,
        "rows": [(each, library.named(each.characteristics), gaps.is_overdue(each)) for each in rows],
        "is_filtered": any(value for key, value in request.GET.items() if key != "page"),
    }
    return render(request, "gaps/list.html", context)


@never_cache
@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Exactly what is filtered, all pages of it, as CSV."""
    lines = exports.csv_lines(gaps.export_rows(_filtered(request).qs))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="gaps-{clock.today():%Y-%m-%d}.csv"'
    return response
