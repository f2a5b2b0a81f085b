"""An assessment as one frozen value: what every page, report, export and check reads.

`build` turns answers into sections of labelled rows. It is the only code that walks the questions with the answers.
A submitted version keeps the document's canonical JSON, so that later wording cannot alter an earlier record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

from assessments.duty import act, screening
from assessments.duty.act import Characteristic, Limb
from assessments.duty.cited import Cited, from_stored
from assessments.duty.decision import Decision
from assessments.duty.finding import Finding
from assessments.duty.questionnaire import SOURCES_PAGE, Questionnaire, cell_slug, local_slug
from assessments.duty.questions import Answers, Kind, Page, Question, Section, Source, is_answered

_converter = make_converter()

NOTHING = "No information provided"

Choices = Mapping[Source, Mapping[str, str]]
"""The council's own lists (services, wards): labels by stored value."""


@dataclass(frozen=True)
class Facts:
    """What is true of an assessment besides its answers.

    Dates are ISO text; `version` is 0 for a draft. `audit_head` is the end of the audit trail when the version was
    frozen, as sequence and hash, so that a trail cut short later shows. Counts of people under `small_number`, or under
    `small_number_sensitive` for the most private characteristics and single wards, are not to be published.
    `is_retrospective`: approved after the decision. `voided` tells which approval does not hold any more, and why.
    `supersedes` and `carried_from` are references. `redacted` says what was taken out since; `disposed` is the day on
    which the content was destroyed.
    """

    reference: str
    title: str
    council: str
    council_address: str
    council_phone: str
    council_email: str
    status: str
    status_label: str
    version: int
    rule_set: str
    questionnaire_version: str
    directorate: str
    service: str
    started: str
    frozen: str
    audit_head: str
    retention_years: int
    small_number: int
    small_number_sensitive: int
    is_example: bool
    rule_set_label: str = ""
    is_retrospective: bool = False
    voided: str = ""
    supersedes: str = ""
    carried_from: str = ""
    redacted: tuple[str, ...] = ()
    disposed: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether the document shows work that has not been submitted."""
        return self.version == 0


@dataclass(frozen=True)
class Row:
    """One question with its answer in words.

    `kind` says which of the others holds the answer: "text" or "prose" (`text`), "list" (`entries`), "items" (`items`).
    The entries of a list that cites tables name them, and `figures` has them whole.
    """

    key: str
    label: str
    kind: str
    text: str = ""
    entries: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    figures: tuple[Cited, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether anybody answered."""
        return bool(self.text or self.entries or self.items)


@dataclass(frozen=True)
class Item:
    """One of several like things, such as an action: its rows in the order asked."""

    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class DocumentPage:
    """The answers of one page."""

    slug: str
    title: str
    rows: tuple[Row, ...]

    @property
    def plain_rows(self) -> tuple[Row, ...]:
        """The answers that are not lists of items."""
        return tuple(row for row in self.rows if row.kind != "items")

    @property
    def item_rows(self) -> tuple[Row, ...]:
        """The lists of items."""
        return tuple(row for row in self.rows if row.kind == "items")

    @property
    def figures(self) -> tuple[Cited, ...]:
        """The tables that the page cites."""
        return tuple(each for row in self.rows for each in row.figures)


@dataclass(frozen=True)
class Carried:
    """A finding that screening settled, with the reason given there."""

    subject: str
    reason: str


@dataclass(frozen=True)
class DocumentSection:
    """One section: the Act's words where they belong, what screening settled, and the pages."""

    slug: str
    title: str
    words: tuple[act.Provision, ...]
    carried: tuple[Carried, ...]
    pages: tuple[DocumentPage, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix. `state`: "outside" the Act, "settled" by screening, "open" or "answered"."""

    limb: str
    page: str
    state: str
    impacts: tuple[str, ...] = ()
    severity: str = ""
    residual: str = ""

    @property
    def shade(self) -> str:
        """What a colour may say as well as the words: "negative-high", "negative", "positive" or "none"."""
        if "Negative" in self.impacts:
            return "negative-high" if self.severity == "High" else "negative"
        return "positive" if "Positive" in self.impacts else "none"

    @property
    def words(self) -> str:
        """The cell as a reader hears it. The harm comes last, so that how severe it is stands beside it."""
        if self.state == "outside":
            return "Not part of the duty"
        if self.state == "settled":
            return "Settled at screening"
        if self.state == "open":
            return NOTHING
        impacts = " and ".join(sorted(self.impacts, key=lambda impact: impact == "Negative")).capitalize()
        severity = f" ({self.severity.lower()})" if self.severity else ""
        residual = f"; after mitigation: {self.residual.partition(':')[0].lower()}" if self.residual else ""
        return f"{impacts}{severity}{residual}"


@dataclass(frozen=True)
class MatrixRow:
    """One characteristic: its relevance in words, and its cells in the order of the limbs."""

    slug: str
    label: str
    relevance: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Step:
    """One move through the lifecycle: what it led to, by which role, on which day (ISO)."""

    label: str
    by: str
    on: str


@dataclass(frozen=True)
class Document:
    """A whole assessment, ready to be read."""

    facts: Facts
    is_screened_out: bool
    outcome: str
    sections: tuple[DocumentSection, ...]
    matrix: tuple[MatrixRow, ...]
    local_matrix: tuple[MatrixRow, ...]
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    decision: Decision | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    text: str = field(default="", compare=False, repr=False)
    """The JSON that it was read from, which stays its spelling whatever later editions add; empty for a new one."""

    @property
    def kind(self) -> str:
        """What kind of record it is, in words. Only a full assessment has an outcome to give."""
        if self.is_screened_out:
            return "Screening: a full assessment is not needed"
        return "Full assessment" if self.section("outcome") else "Not yet screened"

    def section(self, slug: str) -> DocumentSection | None:
        """The section of that slug, or None where this assessment has none."""
        return next((each for each in self.sections if each.slug == slug), None)

    def canonical_json(self) -> str:
        """The one spelling of this document as JSON, on which its digest rests."""
        return self.text or canonical(_converter.unstructure(self))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()


_converter.register_unstructure_hook(Document, make_dict_unstructure_fn(Document, _converter, text=override(omit=True)))


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces and no escapes, so that equal values have equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Document:
    """The document that `canonical_json` wrote, now or in any earlier edition.

    So a field added to any of these classes needs a default; one that is gone is passed over.
    """
    value = json.loads(text)
    return replace(_converter.structure(value, Document), text=canonical(value))


def build(
    form: Questionnaire,
    answers: Answers,
    choices: Choices,
    facts: Facts,
    steps: tuple[Step, ...] = (),
    findings: tuple[Finding, ...] = (),
    decision: Decision | None = None,
) -> Document:
    """The document of these answers. Pages that the answers do not call for are left out."""
    reader = _Reader(form, answers, choices)
    open_pages = form.open_pages(answers)
    sections = tuple(
        section
        for section in (reader.section(each, open_pages) for each in form.sections)
        if section.pages or section.carried
    )
    is_screened_out = screening.outcome(answers, form.local) is screening.Outcome.SCREENED_OUT
    outcome = form.pages["outcome"].question("outcome")
    return Document(
        facts=facts,
        is_screened_out=is_screened_out,
        outcome="" if is_screened_out else reader.label(outcome, answers.get("outcome", {}).get("outcome")),
        sections=sections,
        matrix=() if is_screened_out else tuple(reader.matrix_row(each) for each in act.CHARACTERISTICS),
        local_matrix=() if is_screened_out else tuple(reader.local_row(each) for each in form.local),
        steps=steps,
        findings=findings,
        decision=decision,
        answers={slug: dict(answers[slug]) for slug in open_pages if answers.get(slug)},
    )


def labels_for(source: Source, form: Questionnaire, answers: Answers, choices: Choices) -> dict[str, str]:
    """What can be chosen from a source: labels by stored value, in order."""
    if source is Source.CHARACTERISTICS:
        return {each.slug: each.label for each in form.characteristics}
    if source is Source.EVIDENCE:
        items = answers.get(SOURCES_PAGE, {}).get("sources") or []
        return {item["id"]: item.get("title") or "Untitled source" for item in items}
    if source is Source.FINDINGS:
        return {page.slug: page.title for page in form.findings(answers)}
    return dict(choices.get(source, {}))


class _Reader:
    """Puts the answers of one assessment into words."""

    def __init__(self, form: Questionnaire, answers: Answers, choices: Choices) -> None:
        self.form = form
        self.answers = answers
        self.sources = {source: labels_for(source, form, answers, choices) for source in Source}

    def section(self, section: Section, open_pages: Mapping[str, Page]) -> DocumentSection:
        pages = tuple(self.page(page) for page in section.pages if page.slug in open_pages)
        carried = self.carried(section.limb) if section.limb else ()
        return DocumentSection(section.slug, section.title, section.words, carried, pages)

    def carried(self, limb: Limb) -> tuple[Carried, ...]:
        if screening.outcome(self.answers, self.form.local) is not screening.Outcome.FULL:
            return ()
        if not screening.limb_is_open(self.answers, limb):
            reason = self._reason(screening.LIMBS_PAGE, limb.slug)
            return (Carried(f"Limb ({limb.letter}), all characteristics", reason),)
        return tuple(
            Carried(each.name, self._reason(screening.CHARACTERISTICS_PAGE, each.slug))
            for each, its_limb in act.MATRIX
            if its_limb == limb and screening.answer_for(self.answers, each) == "no"
        )

    def _reason(self, page: str, key: str) -> str:
        return self.answers.get(page, {}).get(f"{key}_why") or NOTHING

    def page(self, page: Page) -> DocumentPage:
        answers = self.answers.get(page.slug, {})
        rows = tuple(
            self.row(question, answers.get(question.key)) for question in page.questions if question.matters(answers)
        )
        return DocumentPage(page.slug, page.title, rows)

    def row(self, question: Question, value: Any) -> Row:
        if question.kind is Kind.ITEMS:
            items = tuple(self.item(question, position, item) for position, item in enumerate(value or [], start=1))
            return Row(question.key, question.label, "items", items=items)
        if question.kind is Kind.CHOICES:
            entries = tuple(self.label(question, each) for each in value or [])
            return Row(question.key, question.label, "list", entries=entries)
        if question.kind is Kind.FIGURES:
            figures = tuple(from_stored(each) for each in value or [])
            return Row(
                question.key, question.label, "list", entries=tuple(each.citation for each in figures), figures=figures
            )
        kind = "prose" if question.kind is Kind.PROSE else "text"
        return Row(question.key, question.label, kind, text=self.words(question, value))

    def item(self, question: Question, position: int, item: Mapping[str, Any]) -> Item:
        rows = tuple(self.row(each, item.get(each.key)) for each in question.items)
        return Item(item["id"], f"{question.item_name} {position}", rows)

    def words(self, question: Question, value: Any) -> str:
        if not is_answered(value):
            return ""
        if question.kind in (Kind.CHOICE, Kind.PICK):
            return self.label(question, value)
        if question.kind is Kind.DATE:
            return long_date(value)
        if question.kind is Kind.NUMBER:
            return f"{value:,}"
        return str(value)

    def label(self, question: Question, value: Any) -> str:
        """What a stored choice reads as; a choice that is no longer offered says so, and is not lost."""
        if not is_answered(value):
            return ""
        labels = (
            self.sources[question.source]
            if question.source
            else {option.value: option.label for option in question.options}
        )
        return labels.get(value, f"{value} (no longer in the list)")

    def matrix_row(self, characteristic: Characteristic) -> MatrixRow:
        cells = tuple(self.cell(limb, characteristic) for limb in act.LIMBS)
        return MatrixRow(characteristic.slug, characteristic.label, self.relevance(characteristic), cells)

    def local_row(self, characteristic: Characteristic) -> MatrixRow:
        slug = local_slug(characteristic)
        cell = (
            self.finding("", slug)
            if screening.is_relevant(self.answers, characteristic)
            else Cell("", "", self._closed_state(characteristic))
        )
        return MatrixRow(characteristic.slug, characteristic.label, self.relevance(characteristic), (cell,))

    def relevance(self, characteristic: Characteristic) -> str:
        answer = screening.answer_for(self.answers, characteristic)
        return {"yes": "Relevant", "unknown": "Not known", "no": "Not relevant"}.get(answer or "", NOTHING)

    def _closed_state(self, characteristic: Characteristic) -> str:
        return "settled" if screening.answer_for(self.answers, characteristic) == "no" else "open"

    def cell(self, limb: Limb, characteristic: Characteristic) -> Cell:
        if limb not in act.limbs_of(characteristic):
            return Cell(limb.slug, "", "outside")
        if not screening.is_relevant(self.answers, characteristic):
            return Cell(limb.slug, "", self._closed_state(characteristic))
        if not screening.limb_is_open(self.answers, limb):
            return Cell(limb.slug, "", "settled")
        return self.finding(limb.slug, cell_slug(limb, characteristic))

    def finding(self, limb: str, slug: str) -> Cell:
        answers = self.answers.get(slug, {})
        page = self.form.pages[slug]
        impacts = tuple(self.label(page.question("impact"), each) for each in answers.get("impact") or [])
        if not impacts:
            return Cell(limb, slug, "open")
        severity, residual = (
            self.label(page.question(key), answers.get(key)) if page.question(key).matters(answers) else ""
            for key in ("severity", "residual")
        )
        return Cell(limb, slug, "answered", impacts, severity, residual)


def long_date(iso: str) -> str:
    """An ISO date as people write it: 5 March 2026."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
