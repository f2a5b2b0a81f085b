"""What differs between two documents: facts, answers word by word, cells of the matrix, and what the checks found.

`compare` looks at what a reader sees, never at how it is stored. It matches things by what outlasts their labels: a
page by its slug, a question by its key, an item by its id. What only moved, or is only asked in other words, is the
same. `summary` tells the officer in a few lines what changed in the proposal, the outcome and the findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Literal, TypeVar

from assessments.duty import act
from assessments.duty.decision import Decided
from assessments.duty.document import NOTHING, Cell, Document, DocumentPage, DocumentSection, Item, Row, long_date
from assessments.duty.finding import Finding
from assessments.duty.words import Op, Part, compare_text, folded

Change = Literal["added", "removed", "changed"]
T = TypeVar("T")


@dataclass(frozen=True)
class FactDifference:
    """A fact that changed. Either value is empty where there was nothing to say."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowDifference:
    """One answer that differs. `shape` is the row's kind: "text", "prose", "list" or "items".

    `parts` holds the words, or the choices of a list; `items` those items that differ.
    """

    key: str
    label: str
    shape: str
    kind: Change
    parts: tuple[Part, ...] = ()
    items: tuple[ItemDifference, ...] = ()

    @property
    def folded(self) -> tuple[Part, ...]:
        """The parts as a page shows them: long unchanged stretches of text are cut to their ends."""
        return self.parts if self.shape == "list" else folded(self.parts)


@dataclass(frozen=True)
class ItemDifference:
    """One item of a list that came, went or changed, with its rows that differ."""

    id: str
    title: str
    kind: Change
    rows: tuple[RowDifference, ...]


@dataclass(frozen=True)
class PageDifference:
    """A page that came or went, with what was answered there, or one whose answers changed."""

    slug: str
    title: str
    kind: Change
    rows: tuple[RowDifference, ...]


@dataclass(frozen=True)
class SectionDifference:
    """The pages of a section that differ."""

    slug: str
    title: str
    pages: tuple[PageDifference, ...]

    @property
    def answers(self) -> int:
        """How many answers differ. A list of items counts as one."""
        return sum(len(page.rows) for page in self.pages)


@dataclass(frozen=True)
class CellDifference:
    """A cell of the matrix that reads differently. `limb` is empty for a locally adopted characteristic."""

    characteristic: str
    limb: str
    before: Cell
    after: Cell

    @property
    def title(self) -> str:
        """The cell by name, as its page has it."""
        return f"{self.limb}: {self.characteristic.lower()}" if self.limb else self.characteristic


@dataclass(frozen=True)
class FindingDifference:
    """What a due-regard check found in one of the two alone, or found in other words, or was overridden since.

    `page` is the title of the page that mends it, empty where that is the decision record. `before` or `after` is None
    where it found nothing.
    """

    check: int
    page: str
    kind: Change
    before: Finding | None
    after: Finding | None


@dataclass(frozen=True)
class Difference:
    """All that differs between two documents."""

    facts: tuple[FactDifference, ...]
    sections: tuple[SectionDifference, ...]
    cells: tuple[CellDifference, ...]
    findings: tuple[FindingDifference, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two read alike."""
        return not (self.facts or self.sections or self.cells or self.findings)

    @property
    def pages(self) -> tuple[PageDifference, ...]:
        """The pages that differ, in order."""
        return tuple(page for section in self.sections for page in section.pages)

    @property
    def counts(self) -> dict[Change, int]:
        """How many answers were added, removed and changed. A list of items counts as one answer."""
        return _counted(row.kind for page in self.pages for row in page.rows)

    @property
    def finding_counts(self) -> dict[Change, int]:
        """How many findings are new (added), are gone (removed) or say something else."""
        return _counted(finding.kind for finding in self.findings)


def _counted(kinds: Iterable[Change]) -> dict[Change, int]:
    found = Counter(kinds)
    return {"added": found["added"], "removed": found["removed"], "changed": found["changed"]}


def compare(before: Document, after: Document) -> Difference:
    """What a reader of `after` finds different from `before`."""
    return Difference(
        tuple(_facts(before, after)),
        _sections(before, after),
        tuple(_cells(before, after)),
        tuple(_findings(before, after)),
    )


def _supplied(document: Document) -> str:
    decision = document.decision
    if decision is None or not decision.supplied_version:
        return ""
    return _dated(f"Version {decision.supplied_version}", decision.supplied_on)


def _decided(document: Document) -> str:
    decision = document.decision
    if decision is None or not decision.decided:
        return ""
    return _dated(Decided(decision.decided).label, decision.decided_on)


def _dated(words: str, day: str) -> str:
    return f"{words}, on {long_date(day)}" if day else words


_FACTS: tuple[tuple[str, str, Callable[[Document], str]], ...] = (
    ("title", "Title", lambda document: document.facts.title),
    ("service", "Service", lambda document: document.facts.service),
    ("status", "Status", lambda document: document.facts.status_label),
    ("kind", "Kind of record", lambda document: document.kind),
    ("outcome", "Outcome", lambda document: document.outcome),
    ("supplied", "Version supplied to the decision", _supplied),
    ("decided", "Decision", _decided),
)


def _facts(before: Document, after: Document) -> Iterator[FactDifference]:
    for key, label, value in _FACTS:
        if value(before) != value(after):
            yield FactDifference(key, label, value(before), value(after))


def _matched(
    before: Iterable[T], after: Iterable[T], key: Callable[[T], Hashable]
) -> Iterator[tuple[T, T | None, T | None]]:
    """Each thing, as it is last seen, with its old and its new self; what went stands behind what it stood behind."""
    old, new = _by_key(before, key), _by_key(after, key)
    order: list[Hashable | None] = [None, *new]
    for previous, each in pairwise([None, *old]):
        if each not in new:
            order.insert(order.index(previous) + 1, each)
    for each in order[1:]:
        last = new[each] if each in new else old[each]
        yield last, old.get(each), new.get(each)


def _by_key(things: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable | None, T]:
    """The things by key, and by how often the key came before, so that none is lost when two share one."""
    seen: Counter[Hashable] = Counter()
    found: dict[Hashable | None, T] = {}
    for each in things:
        seen[key(each)] += 1
        found[key(each), seen[key(each)]] = each
    return found


def _kind(had: object, has: object) -> Change:
    return "changed" if had and has else "added" if has else "removed"


def _sections(before: Document, after: Document) -> tuple[SectionDifference, ...]:
    """Pages are matched wherever they stand, so that one which moved to another section is the same page."""
    found: dict[str, SectionDifference] = {}
    for (section, page), old, new in _matched(_placed(before), _placed(after), lambda placed: placed[1].slug):
        rows = _rows(old[1].rows if old else (), new[1].rows if new else ())
        if rows or not (old and new):
            difference = PageDifference(page.slug, page.title, _kind(old, new), rows)
            so_far = found.get(section.slug, SectionDifference(section.slug, section.title, ()))
            found[section.slug] = replace(so_far, pages=(*so_far.pages, difference))
    return tuple(found.values())


def _placed(document: Document) -> Iterator[tuple[DocumentSection, DocumentPage]]:
    return ((section, page) for section in document.sections for page in section.pages)


def _rows(before: tuple[Row, ...], after: tuple[Row, ...]) -> tuple[RowDifference, ...]:
    found = (_row(*matched) for matched in _matched(before, after, lambda row: (row.key, _stored_as(row))))
    return tuple(each for each in found if each)


def _stored_as(row: Row) -> str:
    """A line and a long answer can be compared; an answer that became another kind of thing is another answer."""
    return "text" if row.kind == "prose" else row.kind


def _row(row: Row, old: Row | None, new: Row | None) -> RowDifference | None:
    """A question that was not asked and one that has no answer say the same: nothing."""
    blank = replace(row, text="", entries=(), items=())
    old, new = old or blank, new or blank
    items = _items(old.items, new.items)
    parts = _choices(old.entries, new.entries) if row.kind == "list" else compare_text(old.text, new.text)
    if not items and all(part.op == "same" for part in parts):
        return None
    return RowDifference(row.key, row.label, row.kind, _kind(old.is_answered, new.is_answered), parts, items)


def _items(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[ItemDifference, ...]:
    found = (
        ItemDifference(item.id, item.title, _kind(old, new), _rows(old.rows if old else (), new.rows if new else ()))
        for item, old, new in _matched(before, after, lambda item: item.id)
    )
    return tuple(each for each in found if each.rows or each.kind != "changed")


def _choices(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Part, ...]:
    kinds: dict[Change, Op] = {"changed": "same", "added": "added", "removed": "removed"}
    return tuple(
        Part(kinds[_kind(old is not None, new is not None)], entry)
        for entry, old, new in _matched(before, after, lambda entry: entry)
    )


_LIMBS = {limb.slug: limb.name for limb in act.LIMBS}


def _cells(before: Document, after: Document) -> Iterator[CellDifference]:
    for old_rows, new_rows in ((before.matrix, after.matrix), (before.local_matrix, after.local_matrix)):
        for row, old_row, new_row in _matched(old_rows, new_rows, lambda row: row.slug):
            cells = (old_row.cells if old_row else (), new_row.cells if new_row else ())
            for cell, old, new in _matched(*cells, lambda cell: cell.limb):
                old, new = old or _unasked(cell, before), new or _unasked(cell, after)
                if old.words != new.words:
                    yield CellDifference(row.label, _LIMBS.get(cell.limb, ""), old, new)


def _unasked(cell: Cell, document: Document) -> Cell:
    """The cell in a document that has no place for it: a screening that settled all, or an earlier list."""
    if cell.state == "outside":
        return cell
    return Cell(cell.limb, "", "settled" if document.is_screened_out else "open")


def _findings(before: Document, after: Document) -> Iterator[FindingDifference]:
    """Findings that say the same are the same; of the others, those of one check on one page are compared in order."""
    titles = {page.slug: page.title for document in (before, after) for _, page in _placed(document)}
    kept = {_told(each) for each in before.findings} & {_told(each) for each in after.findings}
    old, new = ([each for each in document.findings if _told(each) not in kept] for document in (before, after))
    for finding, was, now in _matched(old, new, lambda finding: (finding.check, finding.page)):
        yield FindingDifference(finding.check, titles.get(finding.page, ""), _kind(was, now), was, now)


def _told(finding: Finding) -> tuple[object, ...]:
    """What a reader is told of it. Its authority is cited in the words of the day."""
    return finding.check, finding.page, finding.level, finding.message, finding.override


# The summary

LINE_LENGTH = 200
LINES = 20
_PROPOSAL = frozenset({"proposal", "decision", "people"})
"""Pages that say what is proposed: not those on how it was assessed."""
_STEPS = frozenset({"mitigation", "reasonable_adjustments"})
"""Questions on the page of a finding whose answers become part of the proposal."""


def summary(difference: Difference) -> str:
    """What changed in the proposal, its outcome, the findings and the steps against harm: a list, one line a change.

    At most LINES lines of at most LINE_LENGTH characters; empty when nothing of the kind changed.
    """
    lines = [_cut(line) for line in _lines(difference)]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"- And {len(lines) - LINES + 1} more changes."]
    return "\n".join(lines)


def _lines(difference: Difference) -> Iterator[str]:
    for page in difference.pages:
        if page.slug in _PROPOSAL:
            yield from chain.from_iterable(_row_lines(row.label, row) for row in page.rows)
    for fact in difference.facts:
        if fact.key == "outcome":
            yield _line(fact.label, ("was", fact.before or NOTHING), ("now", fact.after or NOTHING))
    for cell in difference.cells:
        if "answered" in (cell.before.state, cell.after.state):
            yield _line(cell.title, ("was", cell.before.words), ("now", cell.after.words))
    for page in difference.pages:
        for row in page.rows:
            if row.key in _STEPS:
                yield from _row_lines(f"{page.title}. {row.label}", row)


def _row_lines(label: str, row: RowDifference) -> Iterator[str]:
    if row.shape == "items":
        counts = Counter(item.kind for item in row.items)
        yield f"- “{label}”: {', '.join(f'{count} {kind}' for kind, count in counts.items())}."
    elif row.shape == "list":
        for op in ("added", "removed"):
            if entries := _differing(row.parts, op):
                yield _line(label, (op, "; ".join(entries)))
    else:
        yield from _text_line(label, row)


def _text_line(label: str, row: RowDifference) -> Iterator[str]:
    added, removed = (" … ".join(_differing(row.parts, op)) for op in ("added", "removed"))
    was, now = ("".join(part.text for part in row.parts if part.op in ("same", op)) for op in ("removed", "added"))
    whole = _line(label, ("was", was), ("now", now))
    if row.kind == "added":
        yield _line(label, ("now", now))
    elif row.kind == "removed":
        yield _line(label, ("no longer", was))
    elif (added or removed) and len(whole) <= LINE_LENGTH:
        yield whole
    elif added:
        yield _line(label, ("rewritten, now with", added))
    elif removed:
        yield _line(label, ("shortened, without", removed))


def _differing(parts: Iterable[Part], op: str) -> list[str]:
    """What was added, or removed, as far as it holds words: not mere spaces and marks."""
    return [part.text for part in parts if part.op == op and any(letter.isalnum() for letter in part.text)]


def _line(label: str, *phrases: tuple[str, str]) -> str:
    """A line of the list, with what each phrase quotes."""
    told = (f"{words} “{' '.join(quote.split()).removesuffix('.')}”" for words, quote in phrases)
    return f"- “{label}”: {', '.join(told)}."


def _cut(line: str) -> str:
    """The line, or as many whole words as it may have; every line that can be too long ends in a quotation."""
    if len(line) <= LINE_LENGTH:
        return line
    start = line[: LINE_LENGTH - 3]
    words, _, word = start.rpartition(" ")
    return f"{start if '“' in word else words}…”."
