"""One answer of a document, or a page of them: what somebody points at, and what it says as plain text."""

from dataclasses import dataclass

from assessments.duty.document import Document, DocumentPage, Row


@dataclass(frozen=True)
class Answer:
    """What is pointed at: the answer to one question, or with `row` None all answers of the page."""

    page: DocumentPage
    row: Row | None

    @property
    def text(self) -> str:
        """What it says, without markup; empty where nobody answered."""
        if self.row:
            return _text(self.row)
        return _with_labels(self.page.rows, "\n\n")


def answer(document: Document, page: str, key: str = "") -> Answer:
    """The answer on that page to the question of that key; KeyError where the document has none."""
    pages = {each.slug: each for section in document.sections for each in section.pages}
    found = pages[page]
    return Answer(found, {row.key: row for row in found.rows}[key] if key else None)


def _text(row: Row) -> str:
    if row.items:
        return "\n\n".join(f"{item.title}\n{_with_labels(item.rows, chr(10))}" for item in row.items)
    return row.text or "\n".join(row.entries)


def _with_labels(rows: tuple[Row, ...], gap: str) -> str:
    return gap.join(f"{row.label}\n{_text(row)}" for row in rows if row.is_answered)
