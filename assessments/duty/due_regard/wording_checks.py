"""What the words themselves give away: copied text, a closed mind, two characteristics made one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assessments.duty import act, screening
from assessments.duty.act import Characteristic
from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.engagement_checks import LISTS, named
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import (
    are_alike,
    closed_mind,
    has_stock_phrases_alone,
    is_thin,
    plain,
    without_name,
)
from assessments.duty.due_regard.sentences import joined, listed, quoted
from assessments.duty.due_regard.sheet import Given
from assessments.duty.questions import Kind, Question

MANY_ANSWERS = 20
"""From so many answers on, a few words cannot tell what people said."""

_PARTICULAR = frozenset({"why", "reasons", "disadvantage", "needs", "participation", "prejudice", "understanding"})
"""The answers that can only be particular. Who is affected, and what helps, may well be the same for several."""
_SAID_BY_OTHERS = frozenset({"said", "told"})

_GENDER = re.compile(
    r"(?<!acquired )\bgenders?\b(?! (?:reassign|identi|recogni|critical|dysphoria|affirming|expression))"
    r"(?! (?:pay|neutral|fluid|questioning|diverse|non))"
)
_POINTING = r"\b(?:see|same as|as (?:for|under|with|in)|covered (?:under|by|in)|combined with)\b.*\b"
_POINTS_TO_OTHER = {
    act.SEX: re.compile(_POINTING + r"gender reassignment\b"),
    act.GENDER_REASSIGNMENT: re.compile(_POINTING + r"sex\b"),
}
_SHORT = 12
"""Words up to which a text that points to another page says no more than that."""


class Text(NamedTuple):
    """What was written about one characteristic: on which page, under which key."""

    page: str
    key: str
    characteristic: Characteristic
    words: str


def texts_are_particular(case: Case) -> Iterator[Gap]:
    """Check 15. *Hotak*: a sharp focus on the particular people. *Brown*: substance, not a form filled in."""
    found: dict[str, list[str]] = {}
    earlier: dict[str, list[tuple[Characteristic, str]]] = {}
    for text in texts_about_characteristics(case):
        if text.key not in _PARTICULAR:
            continue
        words = without_name(text.words, text.characteristic)
        seen = earlier.setdefault(text.key, [])
        alike = (other for other, its_words in seen if other != text.characteristic and are_alike(words, its_words))
        if other := next(alike, None):
            found.setdefault(text.page, []).append(
                f"“{text.characteristic.name}” says the same as “{other.name}”. Say what is particular to these people."
            )
        elif text.key == "reasons" and has_stock_phrases_alone(text.words):
            found.setdefault(text.page, []).append(
                f"“{text.characteristic.name}” has a stock phrase for a reason. Say what would happen to these people."
            )
        seen.append((text.characteristic, words))
    yield from (Gap(joined(list(dict.fromkeys(sentences))), page) for page, sentences in found.items())


def mind_is_open(case: Case) -> Iterator[Gap]:
    """Check 28. *Brown*: an open mind. *Bracking*: what speaks against the proposal is as easy to see as the rest."""
    for slug, sheet in case.sheets.items():
        sentences = [
            f"{quoted(found)} reads as if the matter were settled. Say what is still open, or say it in other words."
            for text in _own_words(sheet.page.questions, sheet)
            if (found := closed_mind(text))
        ]
        if hushed := [named(talk) for talk in sheet.items(LISTS.get(slug, "")) if _is_hushed(talk)]:
            sentences.append(f"Many people answered in {listed(hushed)}. Say what they said against the proposal too.")
        if sentences:
            yield Gap(joined(sentences), slug)


def sex_and_gender_reassignment_are_two(case: Case) -> Iterator[Gap]:
    """Check 30. *For Women Scotland*: sex in the Act is biological sex, gender reassignment is protected by itself."""
    found: dict[str, list[str]] = {}
    for text in texts_about_characteristics(case):
        if text.characteristic not in _POINTS_TO_OTHER or text.key in _SAID_BY_OTHERS:
            continue
        words, name = plain(text.words), text.characteristic.name
        if _GENDER.search(words):
            found.setdefault(text.page, []).append(
                f"Under “{name}”, write “sex” or “gender reassignment” where you wrote “gender” alone."
            )
        elif len(words.split()) <= _SHORT and _POINTS_TO_OTHER[text.characteristic].search(words):
            found.setdefault(text.page, []).append(f"Say what is particular to “{name}”: it is separate in the Act.")
    yield from (Gap(joined(list(dict.fromkeys(sentences))), page) for page, sentences in found.items())


def texts_about_characteristics(case: Case) -> Iterator[Text]:
    """What is written about each characteristic: at screening, as evidence, as findings."""
    for slug in (screening.CHARACTERISTICS_PAGE, screening.LOCAL_PAGE):
        if sheet := case.sheets.get(slug):
            for each in case.form.characteristics:
                if words := sheet.text(f"{each.slug}_why"):
                    yield Text(slug, "why", each, words)
    for slug, sheet in case.sheets.items():
        if about := sheet.page.characteristic:
            for question in sheet.page.questions:
                words = sheet.text(question.key)
                if words and question.kind is Kind.PROSE:
                    yield Text(slug, question.key, about, words)


def _own_words(questions: tuple[Question, ...], given: Given) -> Iterator[str]:
    """What the officer wrote, without what others said."""
    for question in questions:
        if question.kind is Kind.ITEMS:
            for item in given.items(question.key):
                yield from _own_words(question.items, item)
        elif question.kind is Kind.PROSE and question.key not in _SAID_BY_OTHERS:
            yield given.text(question.key)


def _is_hushed(talk: Given) -> bool:
    return (talk.number("responses") or 0) >= MANY_ANSWERS and is_thin(talk.text("said"))
