"""Forms for service-user data: a file, what its columns are about, what their values mean."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localdate

from assessments.datasets import Earlier
from assessments.duty.document import long_date
from assessments.duty.questionnaire import TEXT_LIMIT
from assessments.evidence.service_data import BLANK, NOT_KNOWN, NOT_SAID, Category, Column, Outcome, Tally
from assessments.evidence.service_data.headings import LONGEST
from assessments.forms.questions import LineField
from assessments.models import Dataset, Service
from psed.dates import GovukDateField

RECORDS = "records"
COUNTS = "counts"
NO = "no"
WORDS = 100
"""Characters, for what happened."""
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
    small_area = forms.BooleanField(
        label="All these people live in one ward, or in a smaller place",
        help_text="Then we hide larger numbers too.",
        required=False,
    )
    kind = forms.ChoiceField(
        label="What is in each row?",
        choices=[(RECORDS, "One person"), (COUNTS, "A group, and how many people are in it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is in each row", "invalid_choice": "Choose what is in each row"},
    )
    outcome = LineField(
        label="Which column says what happened?",
        help_text="Enter its heading, for example Decision. In a file of counts it holds the number of people to whom "
        "it happened, for example Refused. Leave this empty to count only who people are.",
        max_length=LONGEST,
        required=False,
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
    """What each value of the chosen columns means. `guesses` are categories by value, by slug.

    Where a column says what happened, also which of its values say that it did, and what it is; `before` are the
    answers of last time.
    """

    def __init__(
        self,
        *args: Any,
        columns: Mapping[str, Column],
        names: Mapping[str, str],
        categories: Mapping[str, Sequence[Category]],
        guesses: Mapping[str, Mapping[str, str]],
        tally: Tally,
        before: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tally = tally
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
        if tally.outcome:
            if tally.is_of_records:
                self.fields["happened"] = _happened(tally.outcome, before.get("happened", ()))
            self.fields["outcome"] = _what(before.get("outcome", ""))

    def clean_happened(self) -> list[str]:
        """The values that mean that it happened. Somebody must be left to whom it did not."""
        chosen: list[str] = self.cleaned_data["happened"]
        if self.tally.outcome and set(chosen) == set(self.tally.outcome.values):
            raise ValidationError("Leave at least one value without a tick: one that means that it did not happen")
        return chosen

    def clean_outcome(self) -> str:
        """What happened, without a full stop: it stands inside sentences."""
        return str(self.cleaned_data["outcome"]).rstrip(". ")

    @property
    def happened(self) -> list[str]:
        """The values of the outcome that mean that it happened. In a file of counts, that is what it counts."""
        if self.tally.outcome and not self.tally.is_of_records:
            return [self.tally.outcome.heading]
        return list(self.cleaned_data.get("happened", ()))

    @property
    def words(self) -> str:
        """What happened; empty where nobody asked."""
        return str(self.cleaned_data.get("outcome", ""))

    @property
    def about_outcome(self) -> list[Any]:
        """The fields about what happened."""
        return [self[name] for name in ("happened", "outcome") if name in self.fields]

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


class SaveForm(forms.Form):
    """Whether people are counted here already. `earlier` are the datasets of the service, which must have some."""

    replaces = forms.ChoiceField(
        label="Does it cover the same people, at the same time, as data that is here already?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether it covers the same people as data that is here already",
            "invalid_choice": "Choose one of the answers in the list",
        },
    )

    def __init__(self, *args: Any, earlier: Earlier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._earlier = {str(each.pk): each for each in earlier.datasets}
        field: Any = self.fields["replaces"]
        field.choices = [(key, f"Yes: replace “{each.title}”") for key, each in self._earlier.items()]
        field.option_hints = {key: _when(each) for key, each in self._earlier.items()}
        field.help_text = (
            "Say yes as well where one is a part of the other. Two counts of the same people could together give "
            "somebody away, even though each hides its small numbers. So only one of them can stay."
        )
        if earlier.are_twins:
            field.help_text += (
                " The last day and the number of people are the same as here, or nearly. If these are other people, "
                "start again with the right last day."
            )
        else:
            field.choices = [(NO, "No"), *field.choices]

    @property
    def replaced(self) -> Dataset | None:
        """The dataset that the new one takes the place of."""
        return self._earlier.get(self.cleaned_data["replaces"])


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


def _happened(outcome: Outcome, before: Collection[str]) -> forms.Field:
    values = [value for value in outcome.values if value]
    field: Any = forms.MultipleChoiceField(
        label="Which values mean that it happened?",
        choices=[(value, value) for value in values],
        initial=[value for value in values if value in before],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick the values that mean that it happened",
            "invalid_choice": "Tick only values in the list",
        },
    )
    field.help_text = "All others count as people to whom it did not happen."
    if blank := outcome.values.get(BLANK, 0):
        field.help_text += f" So do the {blank:,} in whose row this cell is empty." if blank > 1 else _ONE_BLANK
    return field


_ONE_BLANK = " So does the one in whose row this cell is empty."


def _what(before: str) -> forms.Field:
    return LineField(
        label="What happened?",
        help_text="In a few words that finish this sentence: we counted how often … For example, the application was "
        "refused.",
        initial=before,
        max_length=WORDS,
        error_messages={"required": "Enter what happened in a few words"},
    )


def _when(dataset: Dataset) -> str:
    until = f"Up to {long_date(dataset.dated.isoformat())}. " if dataset.dated else ""
    return f"{until}Added on {long_date(localdate(dataset.added_at).isoformat())}."
