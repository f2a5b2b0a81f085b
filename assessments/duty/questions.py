"""What a question, a page and a section of the questionnaire are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from assessments.duty.act import Characteristic, Limb, Provision

Value = str | int | list[Any] | None
PageAnswers = Mapping[str, Any]
Answers = Mapping[str, PageAnswers]
"""Answers by page, then by question: text, whole numbers, ISO dates, lists of chosen values, lists of items."""


class Kind(Enum):
    """How a question is answered."""

    TEXT = "text"
    """One line."""
    PROSE = "prose"
    """Paragraphs and lists."""
    CHOICE = "choice"
    """One of the options."""
    CHOICES = "choices"
    """Any of the options."""
    PICK = "pick"
    """One from a long list: a drop-down."""
    DATE = "date"
    NUMBER = "number"
    """A whole number, zero or more."""
    ITEMS = "items"
    """Any number of items, each with the same few questions."""
    FIGURES = "figures"
    """Tables that were cited: see `duty.cited`. Nobody types them."""


class Source(Enum):
    """Where the options of a question come from, when the questionnaire does not list them itself."""

    SERVICES = "services"
    WARDS = "wards"
    CHARACTERISTICS = "characteristics"
    EVIDENCE = "evidence"
    """The sources named in the evidence section."""
    FINDINGS = "findings"
    """The cells of the matrix and the local characteristics that this assessment looks at."""


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class When:
    """A question matters only when the question `key` on the same page has one of `values` as its answer."""

    key: str
    values: frozenset[str]

    def holds(self, answers: PageAnswers) -> bool:
        """Whether the page's answers make the question matter."""
        answer = answers.get(self.key)
        chosen = answer if isinstance(answer, list) else [answer]
        return any(value in self.values for value in chosen)


@dataclass(frozen=True)
class Question:
    """One question.

    `key` is unique on its page; `required` means: needed before the assessment is submitted. `instead_of` names the
    question on the same page that this one explains the lack of: with an answer there, none is looked for here.
    """

    key: str
    kind: Kind
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    source: Source | None = None
    exclusive: frozenset[str] = frozenset()
    when: When | None = None
    instead_of: str = ""
    required: bool = False
    good: str = ""
    poor: str = ""
    items: tuple[Question, ...] = ()
    item_name: str = ""

    def matters(self, answers: PageAnswers) -> bool:
        """Whether the question has a place in the record, given the answers on its page."""
        if self.kind is Kind.FIGURES or (self.instead_of and is_answered(answers.get(self.instead_of))):
            return is_answered(answers.get(self.key))
        return self.when is None or self.when.holds(answers)

    def lacks(self, value: Value) -> bool:
        """Whether the answer, or one of its items, misses something required."""
        if not is_answered(value):
            return self.required
        items = value if self.kind is Kind.ITEMS and isinstance(value, list) else []
        return any(each.lacks(item.get(each.key)) for item in items for each in self.items)


@dataclass(frozen=True)
class Page:
    """One page of the wizard: a few questions, asked when `applies` to the answers so far."""

    slug: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    limb: Limb | None = None
    characteristic: Characteristic | None = None
    applies: Callable[[Answers], bool] = lambda answers: True

    @property
    def is_finding(self) -> bool:
        """Whether the page asks for an impact: a cell of the matrix, or a local characteristic."""
        return any(each.key == "impact" for each in self.questions)

    def question(self, key: str) -> Question:
        """The question of that key; KeyError where there is none."""
        for each in self.questions:
            if each.key == key:
                return each
        raise KeyError(key)

    def missing(self, answers: PageAnswers) -> tuple[Question, ...]:
        """The questions that matter and lack something required."""
        return tuple(each for each in self.questions if each.matters(answers) and each.lacks(answers.get(each.key)))


@dataclass(frozen=True)
class Section:
    """A part of the questionnaire. `words` are the Act's own, shown beside it; `authorities` are slugs."""

    slug: str
    title: str
    pages: tuple[Page, ...]
    words: tuple[Provision, ...] = ()
    authorities: tuple[str, ...] = ()
    limb: Limb | None = None


def is_answered(value: Value) -> bool:
    """Whether an answer says anything: zero does, blank text and an empty list do not."""
    return value is not None and value != [] and (not isinstance(value, str) or bool(value.strip()))
