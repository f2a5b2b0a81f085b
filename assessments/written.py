"""Where people's own words stand in what is kept as JSON.

Each function gives the same value with `change` applied to every text that somebody wrote, and to nothing else: no key,
no id, no choice, no date, nothing that psed says itself. What a question of an older edition holds counts as written.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assessments.duty.questionnaire import TEXT_LIMIT, Questionnaire
from assessments.duty.questions import Kind, Question, Source

Change = Callable[[str], str]

CHOSEN = (Kind.CHOICE, Kind.CHOICES, Kind.PICK, Kind.FIGURES)
WORDED = (Kind.TEXT, Kind.PROSE, Kind.ITEMS, Kind.FIGURES)
"""Kinds whose answers read as somebody put them: a table that was cited may be of the council's own making."""
FACTS = ("title", "voided", "redacted")
DECISION = ("body", "report_reference", "report_link", "minute_reference", "differences", "weighed")
"""The facts, and what is said of the decision, that people put into words."""


def in_answers(form: Questionnaire, slug: str, answers: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """The answers of one page."""
    return _answers(_questions(form, slug), answers, change)


def in_typed(form: Questionnaire, slug: str, typed: Mapping[str, list[str]], change: Change) -> dict[str, list[str]]:
    """A page as it was posted. A box for a date or a number can hold anything."""
    questions = _questions(form, slug)
    return {
        name: values if _is_chosen(questions, name.removeprefix(f"{slug}-")) else [change(each) for each in values]
        for name, values in typed.items()
    }


def in_document(form: Questionnaire, document: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """A document, as its JSON has it, in whatever edition."""
    facts, changed = document["facts"], dict(document)
    changed["facts"] = facts | _all({key: facts[key] for key in FACTS if key in facts}, change)
    changed["sections"] = [_section(form, each, change) for each in document["sections"]]
    changed["answers"] = {slug: in_answers(form, slug, each, change) for slug, each in document["answers"].items()}
    if document.get("findings"):
        changed["findings"] = [_finding(each, change) for each in document["findings"]]
    if document.get("decision"):
        changed["decision"] = _decision(document["decision"], change)
    return changed


def _questions(form: Questionnaire, slug: str) -> tuple[Question, ...]:
    page = form.pages.get(slug)
    return page.questions if page else ()


def _by_key(questions: Iterable[Question]) -> dict[str, Question]:
    return {each.key: each for each in questions}


def _answers(questions: tuple[Question, ...], answers: Mapping[str, Any], change: Change) -> dict[str, Any]:
    asked = _by_key(questions)
    return {key: value if key == "id" else _answer(asked.get(key), value, change) for key, value in answers.items()}


def _answer(question: Question | None, value: Any, change: Change) -> Any:
    if question is None or question.kind in (Kind.PROSE, Kind.FIGURES):
        return _all(value, change)
    if question.kind is Kind.TEXT:  # what the register shows of it has room for no more
        return value and change(value)[:TEXT_LIMIT]
    if question.kind is Kind.ITEMS:
        return [_answers(question.items, item, change) for item in value or []]
    return value


def _is_chosen(questions: tuple[Question, ...], name: str) -> bool:
    """Whether a posted field is one that people choose in, or that the browser fills in by itself."""
    asked = _by_key(questions)
    if name in asked:
        return asked[name].kind in CHOSEN
    if re.fullmatch(r".+-(?:id|DELETE|[A-Z]+_FORMS)", name):
        return True
    lists = [each for each in questions if each.kind is Kind.ITEMS]
    found = ((each, re.fullmatch(rf"{re.escape(each.key)}-\d+-(.+)", name)) for each in lists)
    return any(match and _is_chosen(question.items, match[1]) for question, match in found)


def _section(form: Questionnaire, section: Mapping[str, Any], change: Change) -> dict[str, Any]:
    return {
        **section,
        "carried": [each | {"reason": change(each["reason"])} for each in section["carried"]],
        "pages": [
            page | {"rows": _rows(_questions(form, page["slug"]), page["rows"], change)} for page in section["pages"]
        ],
    }


def _rows(questions: tuple[Question, ...], rows: list[dict[str, Any]], change: Change) -> list[dict[str, Any]]:
    asked = _by_key(questions)
    return [_row(asked.get(row["key"]), row, change) for row in rows]


def _row(question: Question | None, row: dict[str, Any], change: Change) -> dict[str, Any]:
    """One answer in words. The names of sources, from which people choose, are their own words too."""
    if question and question.kind not in WORDED and question.source is not Source.EVIDENCE:
        return row
    inner = question.items if question else ()
    return {
        **row,
        "text": change(row["text"]),
        "entries": [change(each) for each in row["entries"]],
        "items": [item | {"rows": _rows(inner, item["rows"], change)} for item in row["items"]],
        **{key: _all(row[key], change) for key in ("figures",) if key in row},
    }


def _finding(finding: Mapping[str, Any], change: Change) -> dict[str, Any]:
    override = finding["override"]
    return {
        **finding,
        "message": change(finding["message"]),
        "override": override and override | {"reason": change(override["reason"])},
    }


def _decision(decision: Mapping[str, Any], change: Change) -> dict[str, Any]:
    return {
        **decision,
        **{key: change(decision[key]) for key in DECISION},
        "makers": [each | {"role": change(each["role"])} for each in decision["makers"]],
    }


def _all(value: Any, change: Change) -> Any:
    """Every text in a value, however deep; ids stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_all(each, change) for each in value]
    if isinstance(value, dict):
        return {key: each if key == "id" else _all(each, change) for key, each in value.items()}
    return value
