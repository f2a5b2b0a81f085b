"""What leaves as a file for other programs: CSV and JSON."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from assessments.duty.cited import Cited
from assessments.duty.document import NOTHING, Document, Row

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written, for csv.writer to write to."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Rows as CSV text, a line at a time, with the mark by which spreadsheets know UTF-8."""
    writer: Any = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([harmless(each) for each in row])


def harmless(value: Any) -> Any:
    """The value as a spreadsheet shows it and never runs it: text that starts like a formula gets an apostrophe."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def answer_rows(document: Document) -> Iterator[list[str]]:
    """An assessment as a table: one row an answer, every question that was asked."""
    yield ["Reference", "Section", "Page", "Item", "Question", "Answer"]
    for section in document.sections:
        for page in section.pages:
            for row in page.rows:
                for item, question, answer in _answers(row):
                    yield [document.facts.reference, section.title, page.title, item, question, answer]


def _answers(row: Row) -> Iterator[tuple[str, str, str]]:
    if not row.items:
        yield "", row.label, row.text or "; ".join(row.entries) or NOTHING
    for cited in row.figures:
        yield from ((cited.name, label, text) for label, text in _figures(cited))
    for item in row.items:
        for each in item.rows:
            yield item.title, each.label, each.text or "; ".join(each.entries) or NOTHING


def _figures(cited: Cited) -> Iterator[tuple[str, str]]:
    """What was cited: its groups, and where they are compared, the ratios with what they show and do not show."""
    for line in cited.lines:
        yield line.label, "; ".join(f"{area.name} {cell}" for area, cell in zip(cited.areas, line.cells, strict=True))
    if cited.ratios is None:
        return
    for each in cited.ratios.rows:
        yield f"{each.group}: {cited.ratios.measure}, against {cited.ratios.reference}", each.text
    yield "What the comparisons show", " ".join(cited.ratios.shows)
    yield "What the comparisons do not show", " ".join(cited.ratios.does_not_show)
