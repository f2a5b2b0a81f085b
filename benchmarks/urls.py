"""The site's own addresses, and beside them Django's admin over the same assessments: the register's baseline.

The admin is set up as one who knows it would: the same columns, page size and filters, joins instead of a query a row,
and the long column left unread.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import include, path

from assessments.duty import act
from assessments.models import Assessment
from assessments.views.register import PAGE_SIZE

NAMES = {each.slug: each.name for each in act.CHARACTERISTICS}


class CharacteristicFilter(admin.SimpleListFilter):
    """Those with an impact on a characteristic."""

    title = "characteristic"
    parameter_name = "characteristic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The characteristics of the Act."""
        return NAMES.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assessment]) -> QuerySet[Assessment]:
        """Filtered, when one is chosen."""
        return queryset.filter(impacts__characteristic=self.value()).distinct() if self.value() else queryset


class AssessmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The assessments, to read."""

    list_display = ["reference", "title", "service", "directorate", "status", "harmed", "outcome", "decision_date"]
    list_filter = [
        "status",
        "service__directorate",
        CharacteristicFilter,
        "impacts__impact",
        "outcome",
        "decision_date",
    ]
    list_select_related = ["service__directorate"]
    list_per_page = PAGE_SIZE
    search_fields = ["title", "search_text"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        """With their impacts, without the text that is only searched."""
        return super().get_queryset(request).defer("search_text").prefetch_related("impacts")

    @admin.display(description="Directorate", ordering="service__directorate")
    def directorate(self, assessment: Assessment) -> str:
        """The directorate of its service."""
        return assessment.service.directorate.name

    @admin.display(description="Negative for")
    def harmed(self, assessment: Assessment) -> str:
        """As the register says it."""
        found = dict.fromkeys(each.characteristic for each in assessment.impacts.all() if each.impact == "negative")
        return ", ".join(NAMES.get(slug, slug) for slug in found)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


site = admin.AdminSite(name="baseline")
site.register(Assessment, AssessmentAdmin)

urlpatterns = [path("", include("assessments.urls")), path("baseline/", site.urls)]
