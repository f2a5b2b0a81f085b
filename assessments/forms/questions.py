"""From questions to forms. A form checks the shape of an answer, never whether there is one: a draft always saves."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, BaseFormSet, formset_factory

from assessments import prose
from assessments.duty.cited import Cited, from_stored
from assessments.duty.questionnaire import ITEM_LIMIT, LIBRARY, PROSE_LIMIT, TEXT_LIMIT
from assessments.duty.questions import Kind, Page, Question
from psed.dates import GovukDateField

Labels = Callable[[Question], Mapping[str, str]]
"""Gives what can be chosen for a question: labels by value."""

LONG_NUMBER = 9_999_999_999

UNASKED = (LIBRARY,)
"""What an item keeps besides its id and its answers. No form shows it and nobody can post it."""


class LineField(forms.CharField):
    """One line of text."""

    def to_python(self, value: Any) -> str:
        return prose.clean_line(super().to_python(value) or "")


class ProseField(forms.CharField):
    """Paragraphs and lists, as typed or as pasted from Word."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return prose.clean(super().to_python(value) or "")


class CitedField(forms.Field):
    """The tables that an answer cites, each with a checkbox that takes it out. A value is a list of ids to take out."""

    widget = forms.CheckboxSelectMultiple
    cited: tuple[Cited, ...] = ()


class NumberField(forms.IntegerField):
    """A whole number, written with or without commas, a pound sign or spaces."""

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip().replace(",", "").replace(" ", "").removeprefix("£")
        return super().to_python(text)


def _length_error(label: str, limit: int) -> dict[str, str]:
    return {
        "max_length": f"“{label}” must be {limit:,} characters or fewer. You have %(show_value)d. "
        "Shorten it, or put the rest in a document and give its link under your sources."
    }


def _line(question: Question, _: Labels) -> forms.Field:
    return LineField(max_length=TEXT_LIMIT, error_messages=_length_error(question.label, TEXT_LIMIT))


def _prose(question: Question, _: Labels) -> forms.Field:
    return ProseField(max_length=PROSE_LIMIT, error_messages=_length_error(question.label, PROSE_LIMIT))


def _choice(question: Question, labels: Labels) -> forms.Field:
    return forms.ChoiceField(
        choices=list(labels(question).items()),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": f"“{question.label}”: choose one of the answers in the list"},
    )


def _pick(question: Question, labels: Labels) -> forms.Field:
    return forms.ChoiceField(
        choices=[("", "Choose one"), *labels(question).items()],
        error_messages={"invalid_choice": f"“{question.label}”: choose one of the answers in the list"},
    )


def _choices(question: Question, labels: Labels) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=list(labels(question).items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": f"“{question.label}”: choose only answers in the list"},
    )


def _date(question: Question, _: Labels) -> forms.Field:
    return GovukDateField(subject=f"The date for “{question.label}”")


def _number(question: Question, _: Labels) -> forms.Field:
    return NumberField(
        min_value=0,
        max_value=LONG_NUMBER,
        error_messages={
            "invalid": f"“{question.label}” must be a whole number, such as 250",
            "min_value": f"“{question.label}” must be 0 or more",
            "max_value": f"“{question.label}” must be a smaller number",
        },
    )


def _cited(_: Question, __: Labels) -> forms.Field:
    return CitedField(template_name="citing/field.html")


FIELDS: dict[Kind, Callable[[Question, Labels], forms.Field]] = {
    Kind.TEXT: _line,
    Kind.PROSE: _prose,
    Kind.CHOICE: _choice,
    Kind.PICK: _pick,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.FIGURES: _cited,
}


def field_for(question: Question, labels: Labels) -> forms.Field:
    """The form field of a question, with what its markup needs."""
    field: Any = FIELDS[question.kind](question, labels)
    field.required = False
    field.label = question.label
    field.help_text = question.hint
    field.good, field.poor = question.good, question.poor
    field.option_hints = {option.value: option.hint for option in question.options if option.hint}
    field.exclusive = sorted(question.exclusive)
    if question.kind is Kind.PROSE:
        field.rows = 4
        field.character_limit = PROSE_LIMIT
    field.small = question.kind is Kind.CHOICES and question.source is not None
    field.inline = question.kind is Kind.CHOICE and len(question.options) <= 3 and not field.option_hints
    return field


class QuestionsForm(forms.Form):
    """A form made from questions. `answers` is what its valid fields say, ready to be stored."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], labels: Labels, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(each for each in questions if each.kind is not Kind.ITEMS)
        for question in self.questions:
            self.fields[question.key] = field_for(question, labels)
            if question.kind is Kind.FIGURES:
                self.fields[question.key].cited = tuple(map(from_stored, self.initial.get(question.key) or []))
        for question in self.questions:
            if question.when and len(question.when.values) == 1:
                (value,) = question.when.values
                host: Any = self.fields[question.when.key]
                host.reveals = getattr(host, "reveals", {})
                host.reveals.setdefault(value, []).append(question.key)

    def clean(self) -> dict[str, Any]:
        """An answer that excludes the others cannot stand beside them."""
        cleaned = super().clean() or self.cleaned_data
        for question in (each for each in self.questions if each.exclusive):
            chosen = cleaned.get(question.key) or []
            if len(chosen) > 1 and question.exclusive.intersection(chosen):
                alone = next(each.label for each in question.options if each.value in question.exclusive)
                self.add_error(question.key, f"“{question.label}”: choose “{alone}” alone, or the others without it")
        return cleaned

    def answers(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What is to be stored: valid answers, and for the rest what was stored `before`."""
        stored = {
            question.key: self._kept(question) if question.kind is Kind.FIGURES else self._given(question, before)
            for question in self.questions
        }
        return {key: value for key, value in stored.items() if value not in (None, "", [])}

    def _given(self, question: Question, before: Mapping[str, Any]) -> Any:
        if question.key in self.cleaned_data:
            return _stored(self.cleaned_data[question.key])
        return before.get(question.key)

    def _kept(self, question: Question) -> list[Any]:
        """The tables cited so far, less those that were taken out."""
        out = self.cleaned_data.get(question.key) or []
        return [each for each in self.initial.get(question.key) or [] if each["id"] not in out]


def _stored(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _new_id() -> str:
    return secrets.token_hex(8)


class ItemForm(QuestionsForm):
    """One item of a list. It keeps its id for as long as it exists."""

    # An empty item has its id before anybody fills it in, so that saving it twice does not make two of it.
    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36, initial=_new_id)

    def clean_id(self) -> str:
        """The item's own id; a new one when none came."""
        return self.cleaned_data["id"] or _new_id()

    def has_changed(self) -> bool:
        """Whether anything but the hidden id was filled in."""
        return bool(set(self.changed_data) - {"id"}) or bool(self.initial)


class ItemFormSet(BaseFormSet):
    """The items of one question."""

    question: Question
    item_name: str

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self.can_delete and DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = f"Remove this {self.item_name.lower()}"

    def clean(self) -> None:
        """Every item has its own id, whatever was posted."""
        seen: set[str] = set()
        for form in self.kept():
            key = form.cleaned_data.get("id")
            if key is None or key in seen:
                form.cleaned_data["id"] = _new_id()
            seen.add(form.cleaned_data["id"])

    def kept(self) -> list[Any]:
        """The forms that hold something and are not to be removed."""
        return [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data")
            and not form.cleaned_data.get(DELETION_FIELD_NAME)
            and (form.errors or form.answers({}))
        ]

    def answers(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is to be stored: see `QuestionsForm.answers`. An earlier item goes only when its own form says so."""
        earlier = {item["id"]: item for item in before}
        posted = {form.cleaned_data.get("id") for form in self.forms if hasattr(form, "cleaned_data")}
        items = []
        for form in self.kept():
            key = form.cleaned_data["id"]
            before_it = earlier.get(key, {})
            if answers := form.answers(before_it):
                items.append({"id": key, **{name: before_it[name] for name in UNASKED if name in before_it}, **answers})
        return items + [item for key, item in earlier.items() if key not in posted]


def item_formset(question: Question) -> type[ItemFormSet]:
    """The formset class for a question of kind ITEMS."""
    made: Any = formset_factory(
        ItemForm,
        formset=ItemFormSet,
        extra=0,
        can_delete=True,
        max_num=ITEM_LIMIT,
        absolute_max=ITEM_LIMIT,
        validate_max=True,
    )
    made.question = question
    made.item_name = question.item_name
    return made


class PageForm(QuestionsForm):
    """One page of the wizard: its questions, and a formset for each list of items.

    `blank` names the list that gets one more empty item.
    """

    def __init__(self, *args: Any, page: Page, labels: Labels, blank: str = "", **kwargs: Any) -> None:
        super().__init__(*args, questions=page.questions, labels=labels, **kwargs)
        self.page = page
        self.itemsets: dict[str, ItemFormSet] = {}
        for question in page.questions:
            if question.kind is Kind.ITEMS:
                self.itemsets[question.key] = self._itemset(question, labels, blank)

    def _itemset(self, question: Question, labels: Labels, blank: str) -> ItemFormSet:
        stored = self.initial.get(question.key) or []
        formset = item_formset(question)(
            data=self.data if self.is_bound else None,
            initial=stored,
            prefix=f"{self.prefix}-{question.key}",
            form_kwargs={"questions": question.items, "labels": labels},
            error_messages={
                "missing_management_form": f"The list “{question.label}” did not arrive whole. Save the page again.",
                "too_many_forms": f"Give at most {ITEM_LIMIT} entries under “{question.label}”.",
            },
        )
        formset.extra = 1 if not stored or blank == question.key else 0
        return formset

    def is_valid(self) -> bool:
        """Whether every answer on the page has the right shape."""
        own = super().is_valid()
        return all([own, *(formset.is_valid() for formset in self.itemsets.values())])

    def answers(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What is to be stored: see `QuestionsForm.answers`."""
        stored = super().answers(before)
        for key, formset in self.itemsets.items():
            if items := formset.answers(before.get(key) or []):
                stored[key] = items
        return stored
