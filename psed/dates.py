"""A date asked for in three boxes, as the GOV.UK Design System asks for dates."""

import datetime
import re
from calendar import month_name

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTHS = [name.lower() for name in month_name]


class GovukDateWidget(forms.MultiWidget):
    """Day, month and year, posted as name_0, name_1 and name_2."""

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput() for _ in PARTS], attrs)

    def decompress(self, value):
        """The three parts of a date, or of a date kept as ISO text (which is how drafts keep it)."""
        if isinstance(value, str) and value:
            try:
                value = datetime.date.fromisoformat(value)
            except ValueError:
                return [None, None, None]
        return [value.day, value.month, value.year] if value else [None, None, None]


class GovukDateField(forms.Field):
    """A calendar date. Months may be numbers or English names, whole or shortened.

    `subject` names the date in error messages, such as "Date the consultation opened". Without it the label
    serves, unless the label is a question.
    """

    widget = GovukDateWidget
    default_error_messages = {
        "required": "Enter %(the_subject)s",
        "incomplete": "%(subject)s must include a %(missing)s",
        "year": "%(subject)s must have a year with 4 numbers, such as 2026",
        "invalid": "%(subject)s must be a real date, such as 27 3 2026",
    }

    def __init__(self, *, subject=None, **kwargs):
        super().__init__(**kwargs)
        self.subject = subject

    def to_python(self, value):
        if isinstance(value, datetime.date):
            return value
        texts = [str(part or "").strip() for part in value or ()]
        if not any(texts):
            return None
        missing = [part for part, text in zip(PARTS, texts, strict=True) if not text]
        if missing:
            raise self._error("incomplete", missing, missing=" and ".join(missing))
        day, month, year = _number(texts[0]), _month(texts[1]), _number(texts[2])
        if not re.fullmatch("[1-9][0-9]{3}", texts[2]):
            raise self._error("year", ["year"])
        faulty = [part for part, is_possible in (("day", 1 <= day <= 31), ("month", month)) if not is_possible]
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise self._error("invalid", faulty or PARTS) from None

    def validate(self, value):
        if value is None and self.required:
            raise self._error("required", PARTS)

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(self.widget.decompress(initial))
        except ValidationError:
            return True

    def _error(self, code, parts, **params):
        subject = self.subject or self.label or ""
        if not subject or str(subject).endswith("?"):
            subject = "Date"
        params |= {"subject": subject, "the_subject": _with_article(str(subject)), "parts": tuple(parts)}
        return ValidationError(self.error_messages[code], code=code, params=params)


def _number(text):
    """The whole number that `text` writes in figures, or 0, which no part of a date can be."""
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else 0


def _month(text):
    """The number of the month that `text` writes in figures or as a name, or 0."""
    name = text.lower().rstrip(".")
    if len(name) < 3:
        return number if (number := _number(text)) <= 12 else 0
    return next((number for number, month in enumerate(MONTHS) if month.startswith(name)), 0)


def _with_article(subject):
    """`subject` as it reads inside a sentence: "Decision date" becomes "the decision date"."""
    if not subject[1:2].isupper():
        subject = subject[0].lower() + subject[1:]
    return subject if subject.startswith(("the ", "your ", "a ")) else f"the {subject}"
