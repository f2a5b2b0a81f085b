"""Forms about population figures: the file to import, and the areas they are of."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.forms.questions import LineField
from assessments.models import Area

CODE = re.compile("[A-Za-z0-9-]{1,20}")
MOST_CODES = 500


class ImportForm(forms.Form):
    """A file of figures, and what of it is wanted."""

    file = forms.FileField(
        label="File",
        help_text="A CSV file of up to 100 MB: a bulk file of Nomis, a filterable file of the Office for National "
        "Statistics, or one of your own.",
        error_messages={
            "required": "Choose a file",
            "invalid": "The file did not arrive. Choose it again",
            "empty": "This file is empty. Choose another",
        },
    )
    areas = LineField(
        label="Official codes of the areas you want",
        help_text="For example, E06000021 E12000005. Leave it empty to take all the areas in the file.",
        required=False,
        max_length=20 * MOST_CODES,
    )
    approximate = LineField(
        label="If somebody put this file together, say how",
        help_text="Every figure is then marked as approximate, and your words are shown beside it. Leave it empty for "
        "a file as it was published.",
        required=False,
        max_length=300,
    )

    def clean_areas(self) -> list[str]:
        """The codes."""
        codes = re.split(r"[\s,;]+", self.cleaned_data["areas"])
        wrong = [each for each in codes if each and not CODE.fullmatch(each)]
        if wrong:
            raise ValidationError(f"“{wrong[0][:40]}” is no code of an area. Write codes such as E06000021")
        return [each for each in codes if each]


class AreasForm(forms.Form):
    """Which area is the council's own, and which it is compared with."""

    own = forms.ChoiceField(
        label="The council’s own area",
        error_messages={
            "required": "Choose the council’s own area",
            "invalid_choice": "Choose an area from the list",
        },
    )
    first = forms.ChoiceField(
        label="Compare it with", required=False, error_messages={"invalid_choice": "Choose an area from the list"}
    )
    second = forms.ChoiceField(
        label="And with", required=False, error_messages={"invalid_choice": "Choose an area from the list"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in Area.objects.all()}
        chosen = [code for code, each in self.areas.items() if each.role != Area.Role.OTHER]
        for number, (name, empty) in enumerate({"own": "Choose one", "first": "None", "second": "None"}.items()):
            field: Any = self.fields[name]
            field.choices = [("", empty), *((code, f"{each} ({code})") for code, each in self.areas.items())]
            field.initial = chosen[number] if number < len(chosen) else ""

    def clean(self) -> dict[str, Any]:
        """Areas, each of them named once."""
        cleaned = super().clean() or self.cleaned_data
        seen = set()
        for name in self.fields:
            code = cleaned.get(name)
            if code and code in seen:
                self.add_error(name, "You chose this area above. Choose another, or none")
            seen.add(code)
        return cleaned

    @property
    def own_area(self) -> Area:
        """The council's own area."""
        return self.areas[self.cleaned_data["own"]]

    @property
    def comparators(self) -> list[Area]:
        """Those that it is compared with, in order."""
        codes = (self.cleaned_data["first"], self.cleaned_data["second"])
        return [self.areas[code] for code in codes if code]
