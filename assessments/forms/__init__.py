"""Forms, by screen. A form checks the shape of what was typed, never whether it is enough."""

from assessments.forms.questions import (
    LineField,
    NumberField,
    PageForm,
    ProseField,
    QuestionsForm,
)
from assessments.forms.site import ColleagueForm, ReasonForm, StartForm, SuccessionForm

__all__ = [
    "ColleagueForm",
    "LineField",
    "NumberField",
    "PageForm",
    "ProseField",
    "QuestionsForm",
    "ReasonForm",
    "StartForm",
    "SuccessionForm",
]
