"""Django forms as GOV.UK Frontend markup.

`{{ form }}` and `{{ field.as_field_group }}` give the markup; `{{ field }}` alone stays Django's own widget,
which is what the admin uses. What a field's markup can vary by is set as attributes of the field:

    label_size      "s" (the default), "m", "l", or "" for a label that is not bold
    good, poor      example answers, shown folded away under the hint
    rows            lines of a text area (5)
    character_limit a text area counts down to it; without it the field's max_length serves
    width           characters a text input is wide: 2, 3, 4, 5, 10, 20 or 30
    prefix, suffix  such as "£", beside a text input
    inline, small   how radios and checkboxes are set
    option_hints    {choice value: hint}
    exclusive       the choice values which untick the others
    reveals         {choice value: [names of fields shown under that choice]}
"""

import copy
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

from psed.dates import PARTS, GovukDateWidget

# The first match counts: Django derives checkboxes from radios.
KINDS = (
    (GovukDateWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
}
REQUESTS = {
    "radios": "Choose an answer to",
    "checkboxes": "Choose an answer to",
    "select": "Choose an answer to",
    "checkbox": "Tick",
    "file": "Choose a file for",
}


@dataclass(frozen=True)
class Option:
    """One radio button or checkbox, or one line of a select."""

    id: str
    value: str
    label: str
    checked: bool
    disabled: bool
    hint: str
    exclusive: bool
    revealed: list[BoundField]


@dataclass(frozen=True)
class DatePart:
    """One of the three boxes of a date."""

    id: str
    name: str
    label: str
    value: str
    width: int
    faulty: bool


@dataclass(frozen=True)
class SummaryError:
    """A line of the error summary; `target` is the id of what has to be put right, or empty."""

    text: str
    target: str


class GovukBoundField(BoundField):
    """A field of a form, with all that its GOV.UK markup needs.

    Where the field has no messages of its own, those for a missing and for an overlong answer name the field:
    five times "This field is required" in an error summary helps nobody.
    """

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = f"{self._request()} “{self.label}”"
        label = str(self.label).replace("%", "%%")
        overlong = f"“{label}” must have %(limit_value)d characters or fewer. It has %(show_value)d."
        field.error_messages.setdefault("max_length", overlong)

    def _request(self):
        if self.kind in REQUESTS:
            return REQUESTS[self.kind]
        return "Answer" if str(self.label).endswith("?") else "Fill in"

    def build_widget_attrs(self, attrs, widget=None):
        # A browser's own "fill in this field" would keep a half-finished draft from being saved.
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        return attrs

    @cached_property
    def kind(self):
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def control_template(self):
        return f"forms/controls/{self.kind}.html"

    @property
    def in_fieldset(self):
        return self.kind in ("date", "radios", "checkboxes")

    @property
    def control_id(self):
        return self.field.widget.attrs.get("id") or self.auto_id

    @property
    def hint_id(self):
        return f"{self.control_id}_helptext"

    @property
    def error_id(self):
        return f"{self.control_id}_error"

    @property
    def count_id(self):
        # The character count script looks for this id.
        return f"{self.control_id}-info"

    @property
    def described_by(self):
        """The ids of what describes the control: its hint, its errors, its character count."""
        ids = [self.field.widget.attrs.get("aria-describedby")]
        ids += [self.hint_id] if self.help_text else []
        ids += [self.error_id] if self.errors else []
        ids += [self.count_id] if self.character_limit else []
        return " ".join(filter(None, ids))

    @property
    def error_target(self):
        """The id of the first control to put right, for a link to it from the error summary."""
        if self.kind == "date":
            return next((part.id for part in self.date_parts if part.faulty), self.date_parts[0].id)
        if self.kind in ("radios", "checkboxes") and self.options:
            return self.options[0].id
        return self.control_id

    @property
    def label_size(self):
        return getattr(self.field, "label_size", "" if self.is_revealed else "s")

    @cached_property
    def character_limit(self):
        """The most characters a text area may hold, or None."""
        if self.kind != "textarea":
            return None
        return getattr(self.field, "character_limit", None) or self.field.widget.attrs.get("maxlength")

    @property
    def script(self):
        """The GOV.UK Frontend module that enhances the whole form group, if one does."""
        if self.kind == "password":
            return "govuk-password-input"
        return "govuk-character-count" if self.character_limit else ""

    @cached_property
    def is_revealed(self):
        """Whether a choice of another field shows this one, so that the page must not render it again."""
        return any(
            self.name in names
            for field in self.form.fields.values()
            for names in getattr(field, "reveals", {}).values()
        )

    @property
    def options(self):
        """The radio buttons, the checkboxes, or what a select offers."""
        hints = {str(value): hint for value, hint in getattr(self.field, "option_hints", {}).items()}
        reveals = {str(value): names for value, names in getattr(self.field, "reveals", {}).items()}
        exclusive = getattr(self.field, "exclusive", ())
        exclusive = {exclusive} if isinstance(exclusive, str) else {str(value) for value in exclusive}
        options = []
        for data in (widget.data for widget in self.subwidgets):
            value = str(data["value"])
            names = [name for name in reveals.get(value, ()) if name in self.form.fields]
            options.append(
                Option(
                    id=data["attrs"].get("id", ""),
                    value=value,
                    label=data["label"],
                    checked=data["selected"],
                    disabled=bool(data["attrs"].get("disabled")),
                    hint=hints.get(value, ""),
                    exclusive=value in exclusive,
                    revealed=[self.form[name] for name in names],
                )
            )
        return options

    @property
    def date_parts(self):
        """The boxes for day, month and year."""
        faulty = {
            part
            for error in self.form.errors.as_data().get(self.name, ())
            for part in (error.params or {}).get("parts", PARTS)
        }
        context = self.field.widget.get_context(self.html_name, self.value(), {"id": self.control_id})
        return [
            DatePart(
                id=box["attrs"]["id"],
                name=box["name"],
                label=part.capitalize(),
                value=box["value"] or "",
                width=4 if part == "year" else 2,
                faulty=part in faulty,
            )
            for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True)
        ]

    @property
    def control(self):
        """The control itself, for those kinds which are a single HTML element."""
        widget = copy.copy(self.field.widget)
        widget.attrs = dict(widget.attrs)
        attrs = {
            "class": self.control_class,
            "aria-describedby": self.described_by or False,
            # A browser would cut a pasted text off at the limit, and say nothing.
            "maxlength": False,
        }
        if self.kind == "textarea":
            attrs |= {"rows": getattr(self.field, "rows", 5), "cols": False}
        elif self.kind == "password":
            attrs |= {"spellcheck": "false", "autocapitalize": "none"}
            attrs["autocomplete"] = widget.attrs.get("autocomplete", "current-password")
        elif self.kind == "file":
            widget.template_name = "django/forms/widgets/file.html"
        elif isinstance(widget, forms.EmailInput):
            attrs["spellcheck"] = "false"
        elif isinstance(widget, forms.NumberInput):
            # The Design System's advice: a number input changes its value on scrolling and hides bad input.
            widget.input_type = "text"
            fractional = isinstance(self.field, forms.FloatField | forms.DecimalField)
            attrs |= {"inputmode": "decimal" if fractional else "numeric", "spellcheck": "false"}
            attrs |= {"min": False, "max": False, "step": False}
        return self.as_widget(widget, attrs)

    @property
    def control_class(self):
        """The classes of a control that is a single HTML element."""
        base = CLASSES[self.kind]
        classes = [base, self.field.widget.attrs.get("class")]
        if self.errors:
            classes.append(f"{base}--error")
        if width := self._width():
            classes.append(f"govuk-input--width-{width}")
        if self.character_limit:
            classes.append("govuk-js-character-count")
        if self.kind == "password":
            classes.append("govuk-password-input__input govuk-js-password-input-input")
        return " ".join(filter(None, classes))

    def _width(self):
        default = 5 if isinstance(self.field.widget, forms.NumberInput) else None
        return getattr(self.field, "width", default) if self.kind == "input" else None


class GovukRenderer(TemplatesSetting):
    """The project's form renderer (settings.FORM_RENDERER)."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField


def summary_errors(form):
    """All errors of `form` and of the formsets in its `itemsets` (a dict), in the order of the page."""
    errors = [SummaryError(text, "") for text in form.non_field_errors()]
    errors += _field_errors(form)
    for formset in getattr(form, "itemsets", {}).values():
        errors += [SummaryError(text, "") for text in formset.non_form_errors()]
        for number, item in enumerate(formset.forms, 1):
            errors += _item_errors(item, f"{getattr(formset, 'item_name', 'Item')} {number}")
    return errors


def _field_errors(form):
    faulty = [form[name] for name in form.fields if name in form.errors]
    shown = [SummaryError(text, field.error_target) for field in faulty if not field.is_hidden for text in field.errors]
    return shown + [
        SummaryError(f"{field.label}: {text}", "") for field in faulty if field.is_hidden for text in field.errors
    ]


def _item_errors(form, name):
    visible = form.visible_fields()
    first = visible[0].error_target if visible else ""
    errors = [SummaryError(text, first) for text in form.non_field_errors()] + _field_errors(form)
    return [SummaryError(f"{name}: {error.text}", error.target) for error in errors]
