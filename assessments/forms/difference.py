"""Which two states of an assessment are compared."""

from typing import Any

from django import forms
from django.http import QueryDict

Offered = list[tuple[str, str]]
"""What can be chosen: values with labels, the earliest first."""


class ComparisonForm(forms.Form):
    """An earlier and a later state, each from a list that is not empty. What the address leaves out is the last.

    `is_one_record`: both lists are of one assessment, so that the second has to be the later.
    """

    def __init__(self, query: QueryDict, earlier: Offered, later: Offered, is_one_record: bool) -> None:
        super().__init__({"from": earlier[-1][0], "to": later[-1][0], **query.dict()})
        self.order = [value for value, _ in (earlier[0], *later)] if is_one_record else []
        self.fields["from"] = _field("Compare", earlier)
        self.fields["to"] = _field("With", later)

    def clean(self) -> dict[str, Any]:
        """Of one assessment, the second has to be the later."""
        given = self.cleaned_data
        are_ordered = self.order and {"from", "to"} <= given.keys()
        if are_ordered and self.order.index(given["to"]) <= self.order.index(given["from"]):
            self.add_error("to", "Choose one that is later than the one that you compare")
        return given


def _field(label: str, choices: Offered) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        error_messages={
            "required": "Choose a version from the list",
            "invalid_choice": "That is not one of the versions. Choose one from the list",
        },
    )
