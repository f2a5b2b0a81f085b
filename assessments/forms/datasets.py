"""Forms for service-user data: a file, what its columns are about, what their values mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat

from assessments.duty.questionnaire import TEXT_LIMIT
from assessments.evidence.service_data import NOT_KNOWN, NOT_SAID, Category, Column, Tally
from assessments.forms.questions import LineField
from assessments.models import Service
from psed.dates import GovukDateField

RECORDS = "records"
COUNTS = "counts"
ITSELF = "*"
"""Stands for: a group of its own, called as the value is."""


class FileForm(forms.Form):
    """The file, and what it is about."""

    title = LineField(
        label="What is this data called?",
        help_text="For example, Library members 2026.",
        max_length=TEXT_LIMIT,
        error_messages={"required": "Enter what the data is called"},
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Which service is it about?",
        empty_label="Choose one",
        error_messages={
            "required": "Choose the service that the data is about",
            "invalid_choice": "Choose a service from the list",
        },
    )
    covers = LineField(
        label="Who and when does it cover?",
        help_text="For example, everybody with a library card between April 2025 and March 2026.",
        max_length=TEXT_LIMIT,
        required=False,
    )
    dated = GovukDateField(
        label="What is the last day that it covers?",
        help_text="For example, 31 3 2026.",
        subject="The last day that it covers",
        required=False,
    )
    kind = forms.ChoiceField(
        label="What is in each row?",
        choices=[(RECORDS, "One person"), (COUNTS, "A group, and how many people are in it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is in each row", "invalid_choice": "Choose what is in each row"},
    )
    file = forms.FileField(
        label="File",
        error_messages={"required": "Choose a file", "empty": "This file is empty. Choose another"},
    )

    def __init__(self, *args: Any, services: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["service"]
        field.queryset = services
        kind: Any = self.fields["kind"]
        kind.option_hints = {COUNTS: "One column must have the heading “Count”."}
        size = filesizeformat(settings.SERVICE_DATA_LIMIT)
        self.fields["file"].help_text = f"CSV or Excel (.xlsx), up to {size}. The headings stand in the first row."

    def clean_file(self) -> Any:
        """A file that is not too large to be read while somebody waits."""
        file = self.cleaned_data["file"]
        if file.size > settings.SERVICE_DATA_LIMIT:
            most = filesizeformat(settings.SERVICE_DATA_LIMIT)
            raise ValidationError(
                f"This file has {filesizeformat(file.size)}. Choose one of {most} or less: take out columns that are "
                "not needed, or upload counts."
            )
        return file


class ColumnsForm(forms.Form):
    """Which characteristic each column is about. `meant` are slugs by heading."""

    def __init__(
        self, *args: Any, tally: Tally, names: Mapping[str, str], meant: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._headings = {f"column-{number}": each.heading for number, each in enumerate(tally.listed)}
        for name, heading in self._headings.items():
            self.fields[name] = forms.ChoiceField(
                label=heading,
                choices=[("", "Leave it out"), *names.items()],
                initial=meant.get(heading, ""),
                required=False,
                error_messages={"invalid_choice": f"“{heading}”: choose a characteristic from the list"},
            )

    def clean(self) -> dict[str, Any]:
        """One column at least, and one at most for each characteristic."""
        cleaned = super().clean() or self.cleaned_data
        chosen: dict[str, str] = {}
        for name, slug in list(cleaned.items()):
            if slug and slug in chosen.values():
                self.add_error(name, f"“{self._headings[name]}”: another column is about this. Choose one of them")
            elif slug:
                chosen[name] = slug
        if not chosen and not self.errors:
            raise ValidationError("Choose at least one column to count")
        return cleaned

    @property
    def meant(self) -> dict[str, str]:
        """Slugs by heading, of the columns that are to be counted."""
        return {heading: self.cleaned_data[name] for name, heading in self._headings.items() if self.cleaned_data[name]}


class ValuesForm(forms.Form):
    """What each value of the chosen columns means. `guesses` are categories by value, by slug."""

    def __init__(
        self,
        *args: Any,
        columns: Mapping[str, Column],
        names: Mapping[str, str],
        categories: Mapping[str, Sequence[Category]],
        guesses: Mapping[str, Mapping[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._places: dict[str, tuple[str, str]] = {}
        self._groups: list[tuple[str, str, list[str]]] = []
        for number, (slug, column) in enumerate(columns.items()):
            known = categories.get(slug, ())
            fields = []
            for place, value in enumerate(column.values or {}):
                name = f"value-{number}-{place}"
                self._places[name] = slug, value
                self.fields[name] = _meaning(value, known, guesses[slug].get(value, ""))
                fields.append(name)
            self._groups.append((names[slug], column.heading, fields))

    @property
    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """Characteristic, heading and fields of each column."""
        return [(name, heading, [self[each] for each in fields]) for name, heading, fields in self._groups]

    @property
    def meant(self) -> dict[str, dict[str, str]]:
        """Categories by value, by slug."""
        found: dict[str, dict[str, str]] = {}
        for name, (slug, value) in self._places.items():
            chosen = self.cleaned_data[name]
            found.setdefault(slug, {})[value] = value if chosen == ITSELF else chosen
        return found


RESERVED = {"total", "all who answered"}
"""What the table calls its own lines."""


def _meaning(value: str, categories: Sequence[Category], guess: str) -> forms.Field:
    own = [(ITSELF, f"A group of its own: {value}")] if value and value.lower() not in RESERVED else []
    choices = [*((each.name, each.name) for each in categories), *own, (NOT_SAID, NOT_SAID), (NOT_KNOWN, NOT_KNOWN)]
    called = f"“{value}”" if value else "an empty cell"
    return forms.ChoiceField(
        label=value or "(empty)",
        choices=[("", "Choose one"), *dict(choices).items()],
        initial=ITSELF if guess == value and own and guess not in dict(choices) else guess,
        error_messages={
            "required": f"Choose what {called} means",
            "invalid_choice": f"Choose what {called} means from the list",
        },
    )
