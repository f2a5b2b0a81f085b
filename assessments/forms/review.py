"""Forms of the check: verdicts, comments and replies, a check set aside."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from assessments.duty.document import DocumentSection, long_date
from assessments.duty.questionnaire import PROSE_LIMIT
from assessments.forms.questions import ProseField
from assessments.forms.site import SeenField
from assessments.models import Verdict


class _TextForm(forms.Form):
    """One box for prose."""

    text = ProseField(max_length=PROSE_LIMIT)
    label = ""
    missing = ""
    hint = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.help_text = self.label, self.hint
        field.error_messages["required"] = self.missing
        field.error_messages["max_length"] = (
            f"“{self.label}” must be {PROSE_LIMIT:,} characters or fewer. You have %(show_value)d. Shorten it."
        )


class CommentForm(_TextForm):
    """A remark on an answer."""

    label = "Your comment"
    missing = "Enter your comment"
    hint = "Say what is missing or unclear, and what would mend it. Comments can be asked for under FOI."
    seen = SeenField(widget=forms.HiddenInput, required=False)


class ReplyForm(_TextForm):
    """An answer to a remark."""

    label = "Your reply"
    missing = "Enter your reply"
    hint = "Comments and replies can be asked for under FOI."


class OverrideForm(_TextForm):
    """Why a check is set aside."""

    label = "Your reason"
    missing = "Give your reason"
    hint = "The report prints it, with your role and today’s date."


class VerdictsForm(forms.Form):
    """What the equality lead thinks of each section. A section without an answer keeps the verdict that it has."""

    seen = SeenField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, sections: Iterable[DocumentSection], given: Mapping[str, Verdict], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for section in sections:
            field: Any = forms.ChoiceField(
                label=f"Your verdict on “{section.title}”",
                help_text=_as_given(given.get(section.slug)),
                choices=Verdict.Value.choices,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": f"“{section.title}”: choose one of the three verdicts"},
            )
            field.small = True
            self.fields[section.slug] = field

    def clean(self) -> dict[str, Any]:
        """At least one verdict is there to be saved."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.verdicts:
            raise ValidationError("Choose a verdict for at least one section")
        return given

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdicts by section, of those sections that have one."""
        return {slug: value for slug, value in self.cleaned_data.items() if slug != "seen" and value}


def _as_given(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    return f"{verdict.by} said “{verdict.get_value_display()}” on {long_date(localdate(verdict.at).isoformat())}"
