"""The register: find, sort, leaf through, take away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import clock, exports, register

PAGE_SIZE = 20
SHOWN = (
    "reference",
    "title",
    "status",
    "outcome",
    "decision_date",
    "updated_at",
    "is_example",
    "is_retrospective",
    "service__name",
    "service__directorate__name",
)
"""The columns that a row shows; the rest is left in the database."""


def _filtered(request: HttpRequest) -> register.RegisterFilter:
    # Where nothing is asked, the form need not be made to check that: its markup is kept.
    return register.RegisterFilter(request.GET or None, queryset=register.entries(request.user))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One page of the register, filtered as the address says."""
    filtered = _filtered(request)
    rows = Paginator(filtered.qs.only(*SHOWN), PAGE_SIZE).get_page(request.GET.get("page"))
    names = dict(filtered.filters["characteristic"].extra["choices"])
    harmed = register.harmed(rows)
    context: dict[str, Any] = {
        "filter": filtered,
        "page": rows,
        "rows": [(each, ", ".join(names.get(slug, slug) for slug in harmed[each.pk])) for each in rows],
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("page", "sort")),
    }
    return render(request, "register.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Exactly what is filtered, all pages of it, as CSV."""
    lines = exports.csv_lines(register.export_rows(_filtered(request).qs))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="register-{clock.today():%Y-%m-%d}.csv"'
    return response
