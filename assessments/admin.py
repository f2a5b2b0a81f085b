"""Setting up the council and its people. Assessments are not here: only the workflow writes those."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from assessments import audit
from assessments.models import (
    Area,
    Contact,
    Council,
    Directorate,
    LocalCharacteristic,
    PopulationTable,
    Service,
    User,
    Ward,
)

# What a person may do hangs on their role alone.
admin.site.unregister(Group)
admin.site.site_header = "Set up equality impact assessments"
admin.site.site_title = "Set up"
admin.site.index_title = "The council and its people"
# One at a time, so that each deletion and its entry in the audit trail are one transaction.
admin.site.disable_action("delete_selected")


class AuditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Writes what Django's admin logs into the audit trail too."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Something was added."""
        self._audit("configure-add", request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Something was changed."""
        self._audit("configure-change", request, obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Something was deleted."""
        for obj in queryset:
            self._audit("configure-delete", request, obj, "")
        return super().log_deletions(request, queryset)

    def _audit(self, verb: str, request: HttpRequest, obj: Any, message: Any) -> None:
        fields = [name for change in message or [] for name in change.get("changed", {}).get("fields", [])]
        audit.append(verb, request.user, model=obj._meta.model_name, key=obj.pk, fields=fields)


@admin.register(Council)
class CouncilAdmin(AuditedAdmin):
    """The one council: it can be added once and never deleted."""

    exclude = ["is_example"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while there is none."""
        return super().has_add_permission(request) and not Council.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: Council, form: Any, change: bool) -> None:
        """The council is the first row and the only one."""
        obj.pk = 1
        super().save_model(request, obj, form, change)


class KeptAdmin(AuditedAdmin):
    """For what assessments refer to: it goes out of use and is not deleted."""

    list_filter = ["is_active"]
    search_fields = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: old assessments still name it. Untick “in use” instead."""
        return False


@admin.register(Directorate)
class DirectorateAdmin(KeptAdmin):
    """Directorates."""

    list_display = ["name", "is_active"]


@admin.register(Service)
class ServiceAdmin(KeptAdmin):
    """Services, each in a directorate."""

    list_display = ["name", "directorate", "is_active"]
    list_filter = ["directorate", "is_active"]


@admin.register(Ward)
class WardAdmin(KeptAdmin):
    """Wards."""

    list_display = ["name", "code", "is_active"]


@admin.register(LocalCharacteristic)
class LocalCharacteristicAdmin(KeptAdmin):
    """Locally adopted characteristics. New assessments ask about those in use; older ones keep what they had."""

    list_display = ["name", "slug", "position", "is_active"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Contact)
class ContactAdmin(AuditedAdmin):
    """Teams, ways to report, and reading."""

    list_display = ["name", "kind", "is_for_good_relations"]
    list_filter = ["kind"]


class ImportedAdmin(AuditedAdmin):
    """For what an import makes: nothing is added by hand, and what should not be there can be taken out."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: figures come from a file."""
        return False


@admin.register(Area)
class AreaAdmin(ImportedAdmin):
    """Areas with figures. Which of them are shown is chosen on the site."""

    list_display = ["name", "code", "role"]
    search_fields = ["name", "code"]
    fields = ["name", "code", "role"]
    readonly_fields = ["code", "role"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """With all its figures, unless everybody sees them."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.role == Area.Role.OTHER)


@admin.register(PopulationTable)
class PopulationTableAdmin(ImportedAdmin):
    """Tables of figures, as they were imported."""

    list_display = ["area", "code", "title", "date"]
    list_select_related = ["area"]
    search_fields = ["area__name", "area__code", "code", "title"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: a figure is what its source says."""
        return False


class NewUserForm(SetPasswordMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A new account, with a first password that its owner can change."""

    password1, password2 = SetPasswordMixin.create_password_fields()

    class Meta:
        model = User
        fields = ["email", "name", "role", "service"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].required = self.fields["password2"].required = True

    def clean(self) -> Any:
        """Both passwords agree and are strong enough."""
        self.validate_passwords()
        return super().clean()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.validate_password_for_user(self.instance)

    def save(self, commit: bool = True) -> User:
        """Keep the account with its password."""
        user: User = super().save(commit=False)
        return self.set_password_and_save(user, commit=commit)


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """People and what they do here. Nobody is deleted: their name stands in the records."""

    list_display = ["name", "email", "role", "service", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email"]
    readonly_fields = ["password_reset"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """With a password when the account is new."""
        if obj is None:
            kwargs["form"] = NewUserForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What can be set."""
        names = ["email", "name", "role", "service"]
        if obj is None:
            return [(None, {"fields": [*names, "password1", "password2"]})]
        return [(None, {"fields": [*names, "is_active", "password_reset"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never. Untick “can sign in” instead."""
        return False

    @admin.display(description="Password")
    def password_reset(self, obj: Any) -> str:
        """How a password is set anew."""
        return format_html(
            'The person can set a new one at <a href="{}">“I have forgotten my password”</a>.',
            reverse("password_reset"),
        )
