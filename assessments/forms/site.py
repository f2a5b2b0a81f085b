"""Forms that are not made from the questionnaire: to start, to move on, to ask a colleague."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.duty.questionnaire import PROSE_LIMIT, TEXT_LIMIT
from assessments.forms.questions import LineField, ProseField
from assessments.models import Service, User


class StartForm(forms.Form):
    """The two answers that an assessment starts with."""

    title = LineField(
        label="What is the proposal called?",
        help_text="Say what will happen, so that a resident would understand it. You can change it later.",
        max_length=TEXT_LIMIT,
        error_messages={
            "required": "Enter a title for the proposal",
            "max_length": f"The title must be {TEXT_LIMIT} characters or fewer",
        },
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Which service is responsible?",
        empty_label="Choose one",
        error_messages={
            "required": "Choose the service that is responsible",
            "invalid_choice": "Choose a service from the list",
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services: Any = self.fields["service"]
        services.queryset = Service.in_use()
        services.initial = user.service_id


class SeenField(forms.IntegerField):
    """Which content a person had before them. Nonsense is a content that there never was."""

    def to_python(self, value: Any) -> int | None:
        try:
            return super().to_python(value)
        except ValidationError:
            return -1


class ReasonForm(forms.Form):
    """Why a move is made. Asked for, and needed, where the lifecycle says so."""

    reason = ProseField(label="Reason", max_length=PROSE_LIMIT, required=False)
    seen = SeenField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed
        self.fields["reason"].label = "Reason" if needed else "Note (if you want to add one)"
        self.fields["reason"].error_messages["required"] = "Give a reason, so that the others know what to do"
        self.fields["reason"].help_text = "It is kept with the assessment and can be asked for under FOI."


class SuccessionForm(forms.Form):
    """What a new assessment made from an earlier one is to the earlier one."""

    kind = forms.ChoiceField(
        label="How do you want to use its text?",
        choices=[
            ("replace", "To assess the same policy again"),
            ("copy", "As the start of another assessment"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you want to use its text"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.option_hints = {
            "replace": "When the new one is approved, this one is marked as superseded.",
            "copy": "For example: this year’s round of the same grant. This one goes on as it is.",
        }


class ColleagueForm(forms.Form):
    """A colleague who is to write too."""

    email = forms.EmailField(
        label="Your colleague’s e-mail address",
        help_text="They need an account here.",
        error_messages={
            "required": "Enter your colleague’s e-mail address",
            "invalid": "Enter an e-mail address in the right form, like name@example.gov.uk",
        },
    )

    def clean_email(self) -> User:
        """The colleague."""
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise ValidationError("No account here has that address. Ask an administrator to make one.")
        return found
