"""Forms for the decision: what was supplied, what was decided, who was asked to read, what was published."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from assessments import clock
from assessments.duty.decision import Decided, Supplied
from assessments.duty.document import long_date
from assessments.duty.questionnaire import PROSE_LIMIT, TEXT_LIMIT
from assessments.forms.questions import LineField, ProseField
from psed.dates import GovukDateField

LINK_LIMIT = 500
ROLE_LIMIT = 200


class LinkField(forms.URLField):
    """An address on the web, and nothing else that a browser would follow."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {"invalid": "Enter a web address that starts with https://"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LINK_LIMIT, assume_scheme="https", **kwargs)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or no answer yet: True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("True", "Yes"), ("False", "No")],
            coerce=lambda value: value == "True",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )
        self.inline = True


def _body() -> LineField:
    return LineField(
        label="Who decides?",
        help_text="The committee, Cabinet, or the post of the officer who decides.",
        max_length=TEXT_LIMIT,
        error_messages={"required": "Enter who decides"},
    )


def _past_day(subject: str, **kwargs: Any) -> GovukDateField:
    return GovukDateField(subject=subject, help_text="For example, 27 3 2026", **kwargs)


def _check_not_later(form: forms.Form, name: str, subject: str) -> None:
    day = form.cleaned_data.get(name)
    if day and day > clock.today():
        form.add_error(name, f"{subject} must be today or in the past")


class RecordForm(forms.Form):
    """The record of a decision. It can be saved half finished: what is still missing stands on the decision page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decided = forms.ChoiceField(
        choices=[(each.value, each.label) for each in Decided],
        label="What was decided?",
        widget=forms.RadioSelect,
        required=False,
    )
    decided_on = _past_day("The day on which it was decided", label="When was it decided?", required=False)
    same_scope = YesNoField(
        label="Is what was decided the proposal that was assessed?",
        help_text="The same places, services and people. Compare it with what was assessed.",
    )
    same_dates = YesNoField(
        label="Do the dates stay as they were assessed?", help_text="When it starts, and when it ends."
    )
    same_options = YesNoField(
        label="Was the option that was chosen one of those assessed?",
        help_text="An option that nobody assessed needs an assessment before it goes on.",
    )
    differences = ProseField(
        label="What is different?",
        help_text="If you answered “No” above: what differs from the assessment, and what you will do about it.",
        max_length=PROSE_LIMIT,
        required=False,
    )
    weighed = ProseField(
        label="How were the findings weighed?",
        help_text="What the minute says of the effect on equality: what was set against it, and why that prevailed.",
        max_length=PROSE_LIMIT,
        required=False,
    )
    minute_reference = LineField(
        label="Reference of the minute",
        help_text="The minute or the notice of the decision, for example: minute 47 of 3 March 2027.",
        max_length=TEXT_LIMIT,
        required=False,
    )
    body = _body()
    meets_on = GovukDateField(
        label="Which day is the decision taken?",
        subject="The day of the decision",
        help_text="The day of the meeting. If it was put off, give the new day.",
        required=False,
    )
    report_reference = LineField(
        label="Reference of the report to those who decide",
        help_text="The agenda item or the number of the report. It must speak of this assessment.",
        max_length=TEXT_LIMIT,
        required=False,
    )
    report_link = LinkField(label="Link to the report", help_text="Its web address, if it has one.", required=False)

    def clean(self) -> dict[str, Any]:
        """A decision that is recorded has been taken."""
        _check_not_later(self, "decided_on", "The day on which it was decided")
        return self.cleaned_data

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, by field of the record."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class SupplyForm(forms.Form):
    """How the approved version was given to those who decide.

    `approved_on`: before that day nobody could have been given it; None while it is not approved.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    body = _body()
    meets_on = GovukDateField(
        label="Which day is the decision taken?",
        subject="The day of the decision",
        help_text="The day of the meeting, for example, 27 3 2026",
    )
    supplied_on = _past_day("The day on which it was supplied", label="When was it supplied?")
    supplied_how = forms.ChoiceField(
        choices=[(each.value, each.label) for each in Supplied],
        label="How was it supplied?",
        help_text="Those who decide need the full assessment in front of them, not a summary.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was supplied"},
    )
    report_reference = LineField(
        label="Reference of the report",
        help_text="The agenda item or the number of the report. It must speak of this assessment.",
        max_length=TEXT_LIMIT,
        error_messages={"required": "Enter the reference of the report"},
    )
    report_link = LinkField(label="Link to the report", help_text="Its web address, if it has one.", required=False)
    carries_section_149 = YesNoField(
        label="Does the report set out section 149 of the Equality Act 2010?",
        help_text="In its own words, so that those who decide know the duty.",
    )

    def __init__(self, *args: Any, approved_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.approved_on = approved_on
        self.fields["carries_section_149"].required = True
        self.fields["carries_section_149"].error_messages["required"] = "Say whether the report sets out section 149"

    def clean_supplied_on(self) -> date:
        """The approved version can be given to nobody before it is approved."""
        day: date = self.cleaned_data["supplied_on"]
        if self.approved_on and day < self.approved_on:
            raise ValidationError(
                f"The approved version did not exist before {long_date(self.approved_on.isoformat())}. Give the day on "
                "which this version was supplied. If an earlier draft was supplied, supply this one now."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """It was supplied, and before the decision."""
        _check_not_later(self, "supplied_on", "The day on which it was supplied")
        supplied, meets = self.cleaned_data.get("supplied_on"), self.cleaned_data.get("meets_on")
        if supplied and meets and meets < supplied:
            self.add_error(
                "meets_on",
                "The decision is before the day on which it was supplied. Check both days. What came after the "
                "decision was not supplied to it: record the decision instead.",
            )
        return self.cleaned_data

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, by field of the record."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "version")}


class InviteForm(forms.Form):
    """One of those who decide, to be sent a personal link."""

    role = LineField(
        label="What is their role in the decision?",
        help_text="Their post, not their name, for example: Cabinet member for children.",
        max_length=ROLE_LIMIT,
        error_messages={"required": "Enter their role in the decision"},
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="Their own, not one that others read: the link is personal.",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address in the right form, like name@example.gov.uk",
        },
    )


class AcknowledgeForm(forms.Form):
    """What one who decides says of the assessment."""

    has_read = forms.BooleanField(
        label="I have read this assessment",
        error_messages={"required": "Tick “I have read this assessment” if you have. If not, you can come back later."},
    )


class PublishForm(forms.Form):
    """When and where it was published, and what was left out."""

    published_on = _past_day("The day on which it was published", label="When was it published?")
    published_link = LinkField(
        label="Where can people read it?",
        help_text="Its web address. Leave empty only if it is not on the web.",
        required=False,
    )
    withheld = ProseField(
        label="What was left out, and why?",
        help_text="For example: numbers so small that they would show who somebody is. Leave empty if it was published "
        "in full.",
        max_length=PROSE_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, decided_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decided_on = decided_on

    def clean(self) -> dict[str, Any]:
        """It was published, and after the decision."""
        _check_not_later(self, "published_on", "The day on which it was published")
        published = self.cleaned_data.get("published_on")
        if published and self.decided_on and published < self.decided_on:
            self.add_error(
                "published_on",
                f"The decision was taken on {long_date(self.decided_on.isoformat())}. Give the day on which the "
                "assessment was published with it.",
            )
        return self.cleaned_data


class EndReviewForm(forms.Form):
    """Why the assessment stands as it is, and when it is looked at again."""

    reason = ProseField(
        label="Why does it stand as it is?",
        help_text="Say what you looked at: what the monitoring shows, and what people said.",
        max_length=PROSE_LIMIT,
        error_messages={"required": "Say why it stands as it is"},
    )
    next_review = GovukDateField(
        label="When will it be reviewed next?", subject="The next review", help_text="For example, 27 3 2027"
    )

    def clean_next_review(self) -> date:
        """A review is planned for a day to come."""
        day: date = self.cleaned_data["next_review"]
        if day <= clock.today():
            raise ValidationError("The next review must be in the future")
        return day
