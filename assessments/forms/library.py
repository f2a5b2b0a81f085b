"""Forms of the evidence library."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from assessments import clock, library
from assessments.duty.questionnaire import TEXT_LIMIT
from assessments.evidence import files
from assessments.forms.decision import LinkField
from assessments.forms.questions import LineField
from assessments.models import LibrarySource
from assessments.workflow import Upload
from psed.dates import GovukDateField

MEGABYTE = 1024 * 1024


class EvidenceFileField(forms.FileField):
    """A file that passed the checks: an Upload. Its name is of any length here; the checks make it shorter."""

    def to_python(self, data: UploadedFile | None) -> Any:
        if data is None or data.file is None:
            return None
        try:
            fit = files.checked(data.name or "", data.file, settings.LIBRARY_FILE_MB * MEGABYTE)
        except files.Unfit as unfit:
            raise ValidationError(str(unfit)) from unfit
        return Upload(fit, data.file)


class SourceForm(forms.Form):
    """What the library says of a source."""

    title = LineField(
        label="What is it called?",
        help_text="The name on the report or data set.",
        max_length=TEXT_LIMIT,
        error_messages={"required": "Enter what the source is called"},
    )
    kind = forms.ChoiceField(
        label="What kind of evidence is it?",
        choices=LibrarySource.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what kind of evidence it is",
            "invalid_choice": "Choose one of the kinds in the list",
        },
    )
    publisher = LineField(
        label="Who made it?",
        help_text="For example: Office for National Statistics.",
        max_length=TEXT_LIMIT,
        required=False,
    )
    dated = GovukDateField(
        label="What date is it from?",
        help_text="The date of the data, not of today. Without a date it counts as old.",
        subject="The date of the source",
        required=False,
    )
    coverage = LineField(
        label="Who and where does it cover?",
        help_text="For example: all pupils in the city, autumn 2025.",
        max_length=TEXT_LIMIT,
        required=False,
    )
    characteristics = forms.MultipleChoiceField(
        label="Which characteristics does it tell you about?",
        help_text="Choose all that apply.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose only characteristics in the list"},
    )
    link = LinkField(
        label="Where is it on the web?",
        help_text="Leave this empty if it is not published.",
        required=False,
    )
    file = EvidenceFileField(label="File", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, has_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed: Any = self.fields["characteristics"]
        listed.choices = list(library.characteristics().items())
        listed.small = True
        self.fields["file"].help_text = (
            f"{files.ALLOWED}, at most {settings.LIBRARY_FILE_MB} MB. Everybody who can sign in can download it: "
            "leave out names, addresses and anything else that says who somebody is. You cannot change the file later."
        )
        if has_file:
            del self.fields["file"]

    def clean_dated(self) -> date | None:
        """A day that has been."""
        day = self.cleaned_data["dated"]
        if day and not 1800 <= day.year <= clock.today().year + 1:
            raise ValidationError("The date of the source must be between 1800 and next year")
        return day

    def clean_link(self) -> str:
        """An address that an assessment’s list of sources has room for."""
        link = self.cleaned_data["link"]
        if len(link) > TEXT_LIMIT:
            raise ValidationError(f"The web address must have {TEXT_LIMIT} characters or fewer. Use a shorter one")
        return link

    @property
    def details(self) -> dict[str, Any]:
        """What it says of the source, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("file", "seen")}
