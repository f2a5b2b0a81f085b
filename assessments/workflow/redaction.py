"""Redaction: one passage is taken out wherever it stands, and the record says that something was."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import F

from assessments import audit, clock, permissions, register, written
from assessments.documents import Draft
from assessments.duty.document import Document, canonical, from_json, long_date
from assessments.duty.questionnaire import Questionnaire
from assessments.keeping import Ground
from assessments.models import Assessment, DecisionRecord, PageAnswers, User, Version
from assessments.passage import Passage, Tally
from assessments.workflow.drafts import hold, words_to_search
from assessments.workflow.refusals import Closed, NotAllowed
from assessments.workflow.rewriting import drop_messages, drop_reports, forget_words, rewrite
from assessments.written import Change

TOO_MANY = 200
"""Places in the answers as they are now. What stands more often is no secret but a word of the subject."""
WORDS_SEARCHED = 20


class Unfit(Exception):
    """The passage cannot be taken out. Its text says why, and what to do."""


@dataclass(frozen=True)
class Places:
    """Where a passage stands: how often in each kind of place, and in which versions.

    `reports` is the number of PDFs on file that will go. `spellings` are the same words in other capitals, which stay;
    `inside` are longer words that would lose a part; `elsewhere` are other assessments that may hold it too.
    """

    counts: dict[str, int]
    versions: dict[int, int]
    reports: int
    spellings: tuple[str, ...]
    inside: tuple[str, ...]
    elsewhere: tuple[Assessment, ...]

    @property
    def total(self) -> int:
        """In how many places it stands."""
        return sum(self.counts.values()) + sum(self.versions.values())


def places(user: User, reference: str, passage: str) -> Places:
    """Where the passage stands now. Raises what `redact` raises."""
    assessment = permissions.visible_to(user).get(reference=reference)
    _check_open(user, assessment)
    return _places(user, assessment, _fit(assessment, passage))


def redact(user: User, reference: str, passage: str, ground: Ground, note: str = "", seen: int | None = None) -> Places:
    """Put a mark in place of the passage in everything that is kept of the assessment, for ever.

    `note` is printed with each version that changes. `seen` is the number of places that the person was shown. Raises
    Assessment.DoesNotExist, NotAllowed, Unfit, Closed (its content was destroyed, it is under a legal hold, or what was
    shown has changed).
    """
    with transaction.atomic():
        assessment = hold(user, reference)
        _check_open(user, assessment)
        sought = _fit(assessment, passage)
        found = _places(user, assessment, sought)
        if seen is not None and seen != found.total:
            raise Closed
        _redact(user, assessment, sought, ground, note)
    forget_words()
    return found


def _check_open(user: User, assessment: Assessment) -> None:
    if not permissions.may_dispose(user):
        raise NotAllowed
    if assessment.disposed_at or assessment.legal_hold:
        raise Closed


def _fit(assessment: Assessment, text: str) -> Passage:
    passage = Passage(text)
    if not passage.is_fit:
        raise Unfit("The passage must be 3 characters or longer, with a letter or a figure in it")
    if any(map(passage.is_said_in, _own_words(assessment.questionnaire))):
        raise Unfit("The questions themselves say that too. Give a longer passage, with the words beside it")
    return passage


def _own_words(form: Questionnaire) -> Iterator[str]:
    """What the questions say, and what can be chosen, as it is shown and as it is stored."""
    for page in form.pages.values():
        yield page.title
        for question in [*page.questions, *(inner for each in page.questions for inner in each.items)]:
            yield from (question.label, question.hint)
            yield from (text for option in question.options for text in (option.value, option.label))
    for each in form.characteristics:
        yield from (each.slug, each.name)


@dataclass(frozen=True)
class Column:
    """One column with words in it: what kind of place that is, and how its value looks with them changed."""

    place: str
    changed: Callable[[Change], Any]


@dataclass(frozen=True)
class Kept:
    """One row with words in it, and its columns by name."""

    row: models.Model
    columns: dict[str, Column]

    @property
    def name(self) -> str:
        """What the trail calls it."""
        if isinstance(self.row, PageAnswers):
            return f"page {self.row.page}"
        return f"{self.row._meta.model_name} {self.row.pk}"


SHOWN = "What the register and the lists of actions show"
ANSWERS = "Answers"
TYPED = "Typed answers that wait to be mended"
COMMENTS = "Comments, and the answers they were made on"
REASONS = "Reasons for moves and overrides"
DECISION = "The record of the decision"
ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "actions": (SHOWN, ("what", "owner", "measure")),
    "comments": (COMMENTS, ("said_on", "text")),
    "moves": (REASONS, ("reason",)),
    "overrides": (REASONS, ("reason",)),
    "decision_makers": (DECISION, ("role", "email")),
    "knowledge_gaps": (SHOWN, ("gap", "detail")),
}
"""The columns that hold people's words, by the name of the assessment's rows; its own and its pages' come besides."""
OWN = ("title", "decision_body", "budget_round", "published_link")


def _kept(assessment: Assessment) -> Iterator[Kept]:
    """Every row of the assessment with people's words in it, but the versions."""
    form = assessment.questionnaire
    yield Kept(assessment, _texts(assessment, SHOWN, OWN))
    for page in assessment.pages.order_by("pk"):
        yield Kept(page, _page(form, page))
    for name, (place, columns) in ROWS.items():
        for row in getattr(assessment, name).order_by("pk"):
            yield Kept(row, _texts(row, place, columns))
    for record in DecisionRecord.objects.filter(assessment=assessment):
        yield Kept(record, _texts(record, DECISION, written.DECISION))


def _texts(row: models.Model, place: str, names: tuple[str, ...]) -> dict[str, Column]:
    return {name: Column(place, lambda change, name=name: _fitting(row, name, change)) for name in names}


def _fitting(row: models.Model, name: str, change: Change) -> str:
    """The text with the change, no longer than its column. Of an address nothing stays that could be written to."""
    field, text = row._meta.get_field(name), getattr(row, name)
    changed = change(text)
    if isinstance(field, models.EmailField) and changed != text:
        return ""
    return changed[: field.max_length] if field.max_length else changed


def _page(form: Questionnaire, page: PageAnswers) -> dict[str, Column]:
    columns = {"answers": Column(ANSWERS, lambda change: written.in_answers(form, page.page, page.answers, change))}
    if page.typed:
        columns["typed"] = Column(TYPED, lambda change: written.in_typed(form, page.page, page.typed, change))
    return columns


def _places(user: User, assessment: Assessment, passage: Passage) -> Places:
    columns = [column for kept in _kept(assessment) for column in kept.columns.values()]
    found = [(column.place, _tally(passage, column.changed)) for column in columns]
    versions = {each.number: _in_version(assessment.questionnaire, each, passage) for each in assessment.versions.all()}
    tallies = [*(tally for _, tally in found), *versions.values()]
    spellings = sorted(set().union(*(each.spellings for each in tallies)))
    if not any(each.count for each in tallies):
        raise Unfit(_absent(spellings))
    counts: Counter[str] = Counter()
    for place, tally in found:
        counts[place] += tally.count
    if counts[ANSWERS] > TOO_MANY:
        raise Unfit(f"The passage stands in {counts[ANSWERS]} places of the answers. Give a longer one")
    return Places(
        counts={place: count for place, count in counts.items() if count},
        versions={number: versions[number].count for number in sorted(versions) if versions[number].count},
        reports=assessment.report_files.count(),
        spellings=tuple(spellings),
        inside=tuple(sorted(set().union(*(each.inside for each in tallies)))),
        elsewhere=_elsewhere(user, assessment, passage),
    )


def _tally(passage: Passage, changed: Callable[[Change], Any]) -> Tally:
    tally = Tally()
    changed(partial(passage.note, tally=tally))
    return tally


def _in_version(form: Questionnaire, version: Version, passage: Passage) -> Tally:
    """What a version holds. An answer stands there twice, as it is read and as it was stored, and counts once."""
    document = json.loads(version.document_json)
    read, stored = (
        document | {"answers": {}},
        document | {"sections": [], "facts": {}, "findings": [], "decision": None},
    )
    tallies = [_tally(passage, partial(written.in_document, form, each)) for each in (read, stored)]
    return max(tallies, key=lambda tally: tally.count)


def _absent(spellings: list[str]) -> str:
    if spellings:
        other = " or ".join(f"“{each}”" for each in spellings[:3])
        return f"The passage stands nowhere in it with these capitals. It stands there as {other}"
    return "The passage stands nowhere in it. Copy it from the page where you read it"


def _elsewhere(user: User, assessment: Assessment, passage: Passage) -> tuple[Assessment, ...]:
    """Other assessments with all of its words in their answers, such as one that took over the text."""
    words = " ".join(register.words(passage.text)[:WORDS_SEARCHED])
    others = permissions.visible_to(user).exclude(pk=assessment.pk)
    return tuple(register.search(others, words).order_by("-pk")[:WORDS_SEARCHED])


def _redact(user: User, assessment: Assessment, passage: Passage, ground: Ground, note: str) -> None:
    day = long_date(clock.today().isoformat())

    def change(text: str) -> str:
        return passage.take_out(text, f"[redacted on {day}]")

    rows = {kept.name: digest for kept in _kept(assessment) if (digest := _write(user, kept, change))}
    for version in assessment.versions.order_by("number"):
        document = _redacted(assessment.questionnaire, version, change, _sentence(day, ground, note))
        if document:
            audit.append("redact", user, assessment, **rewrite(version, document), ground=ground.value)
    drop_reports(assessment)
    drop_messages(assessment, if_any=passage.stands_in)
    assessment.search_text = words_to_search(Draft(assessment))
    assessment.content_version += 1
    assessment.updated_at = clock.now()
    assessment.save()
    if rows:
        digest = audit.digest(note) if note else None
        audit.append("redact", user, assessment, ground=ground.value, note=digest, rows=rows)


def _write(user: User, kept: Kept, change: Change) -> str:
    """Change one row. Gives the digest of what stands there now, empty where nothing changed.

    A page counts it as a save, and a decision record as a change, so that whoever has one open is shown what happened
    and does not write over it.
    """
    values = {name: column.changed(change) for name, column in kept.columns.items()}
    changed: dict[str, Any] = {name: value for name, value in values.items() if value != getattr(kept.row, name)}
    if not changed:
        return ""
    for name, value in changed.items():
        setattr(kept.row, name, value)
    if isinstance(kept.row, PageAnswers):
        changed |= {"version": F("version") + 1, "saved_by": user, "saved_at": clock.now()}
    if isinstance(kept.row, DecisionRecord):
        changed["updated_at"] = clock.now()
    type(kept.row)._default_manager.filter(pk=kept.row.pk).update(**changed)
    return audit.digest(values["answers"] if isinstance(kept.row, PageAnswers) else values)


def _redacted(form: Questionnaire, version: Version, change: Change, sentence: str) -> Document | None:
    """The version's document without the passage, and with a sentence that says so; None where it has none."""
    before = json.loads(version.document_json)
    after = written.in_document(form, before, change)
    if canonical(after) == canonical(before):
        return None
    said = f"{sentence} The digest of the version before: {version.document.digest}."
    after["facts"]["redacted"] = [*after["facts"].get("redacted", ()), said]
    return from_json(canonical(after))


def _sentence(day: str, ground: Ground, note: str) -> str:
    more = f" {note.rstrip('.')}." if note else ""
    return f"Something was redacted on {day}: {ground.label[0].lower()}{ground.label[1:]}.{more}"
