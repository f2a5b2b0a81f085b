"""Forms about how long an assessment is kept: retention, hold, destruction, redaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.duty.questionnaire import PROSE_LIMIT, TEXT_LIMIT
from assessments.forms.questions import LineField, NumberField, ProseField
from assessments.keeping import Ground
from assessments.passage import LONGEST, Passage
from psed.dates import GovukDateField

YEARS = 100
"""The most years that an assessment can be kept for."""


class KeepingForm(forms.Form):
    """When the policy ended or ends, and for how many years after it the assessment is kept."""

    policy_ended = GovukDateField(
        label="When did the policy end, or when will it end?",
        help_text="The day on which it stopped, or was replaced. Leave this empty while the policy goes on. For "
        "example, 31 3 2026.",
        subject="The day on which the policy ended",
        required=False,
    )
    retention_years = NumberField(
        label="How many years after that must it be kept?",
        required=False,
        min_value=1,
        max_value=YEARS,
        error_messages={
            "invalid": "The years must be a whole number, such as 6",
            "min_value": "The years must be 1 or more",
            "max_value": f"The years must be {YEARS} or fewer",
        },
    )

    def __init__(self, *args: Any, council_years: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["retention_years"]
        years.width, years.suffix = 3, "years"
        years.help_text = f"Leave this empty for the council’s own rule, which is {council_years} years now."

    def clean_policy_ended(self) -> date | None:
        """A day that people live to see."""
        day = self.cleaned_data["policy_ended"]
        if day and not 1900 <= day.year <= 2199:
            raise ValidationError("The day on which the policy ended must be between 1900 and 2199")
        return day


class HoldForm(forms.Form):
    """Why nothing may be destroyed."""

    reason = ProseField(
        label="Why must it be kept?",
        help_text="For example, the claim or the inquiry it is needed for. What you write can be asked for under FOI.",
        max_length=PROSE_LIMIT,
        error_messages={"required": "Say why it must be kept"},
    )


class SelectionForm(forms.Form):
    """Which of the assessments past their day are to be destroyed."""

    reference = forms.MultipleChoiceField(
        label="Assessments",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one assessment",
            "invalid_choice": "%(value)s is not in the list of those that may be destroyed",
        },
    )

    def __init__(self, *args: Any, references: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reference"]
        field.choices = [(each, each) for each in references]


class DisposalForm(forms.Form):
    """The last look before content is destroyed."""

    reason = ProseField(
        label="Who agreed to this, and when?",
        help_text="For example, the name of your retention schedule and the role of whoever signed it off. It stays in "
        "the record.",
        max_length=PROSE_LIMIT,
        error_messages={"required": "Say who agreed to this, and when"},
    )
    number = NumberField(label="Type how many assessments you are destroying")

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        number: Any = self.fields["number"]
        number.width = 3
        number.error_messages |= dict.fromkeys(("required", "invalid"), self._wrong)

    @property
    def _wrong(self) -> str:
        return f"Type {self.count} if you want to destroy the content of what is listed"

    def clean_number(self) -> int:
        """The same number as in the list."""
        if self.cleaned_data["number"] != self.count:
            raise ValidationError(self._wrong)
        return self.count


class RedactionForm(forms.Form):
    """What is to be taken out, and why."""

    passage = ProseField(
        label="What must be taken out?",
        help_text="Copy the words exactly, with their capitals and full stops. Take the shortest passage that says it "
        "all, but not a word that also stands elsewhere with another meaning.",
        max_length=LONGEST,
        error_messages={"required": "Enter the words that must be taken out"},
    )
    ground = forms.ChoiceField(
        label="On what ground?",
        choices=[(each.value, each.label) for each in Ground],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a ground", "invalid_choice": "Choose one of the grounds in the list"},
    )
    note = LineField(
        label="Note",
        help_text="If you chose “Another reason”, say what it is. The report prints the note, so do not repeat there "
        "what you take out.",
        max_length=TEXT_LIMIT,
        required=False,
    )

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The number of places that were shown, once they were."""

    def clean_ground(self) -> Ground:
        """The ground."""
        return Ground(self.cleaned_data["ground"])

    def clean(self) -> dict[str, Any]:
        """Another reason needs words, and the words must not say again what is taken out."""
        cleaned = super().clean() or self.cleaned_data
        note, passage = cleaned.get("note", ""), Passage(cleaned.get("passage", ""))
        if cleaned.get("ground") is Ground.OTHER and not note:
            self.add_error("note", "Say what the reason is")
        if passage.is_fit and passage.stands_in(note):
            self.add_error("note", "Write the note without the words that are taken out")
        return cleaned
