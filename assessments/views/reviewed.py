"""An assessment with all that was said of it, laid out for the page that shows it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.forms.boundfield import BoundField

from assessments.duty.document import Document, DocumentPage, DocumentSection, Row
from assessments.forms.review import VerdictsForm
from assessments.models import Assessment, Comment, Verdict
from assessments.views.readiness import Readiness, Remark


@dataclass(frozen=True)
class Thread:
    """A comment and the replies to it."""

    comment: Comment
    replies: list[Comment]


@dataclass(frozen=True)
class ReviewedPage:
    """A page, what was said of the whole of it, and each answer with what was said of that."""

    page: DocumentPage
    threads: list[Thread]
    rows: list[tuple[Row, list[Thread]]]


@dataclass(frozen=True)
class ReviewedSection:
    """A section as its readers see it: `field` asks for a verdict those who may give one."""

    section: DocumentSection
    pages: list[ReviewedPage]
    remarks: list[Remark]
    verdict: Verdict | None
    field: BoundField | None


class Reviewed:
    """A document with verdicts, threads and findings at their places; what has no place there any more comes last."""

    def __init__(
        self, document: Document, readiness: Readiness, verdicts: Mapping[str, Verdict], form: VerdictsForm | None
    ) -> None:
        self._readiness = readiness
        self._verdicts = verdicts
        self._form = form
        self._threads = _threads(readiness.draft.assessment)
        self.open_count = sum(each.comment.resolved_at is None for said in self._threads.values() for each in said)
        self.sections = [self._section(each) for each in document.sections]
        self.other_threads = [each for said in self._threads.values() for each in said]
        self.other_remarks = readiness.of_section("")

    def _section(self, section: DocumentSection) -> ReviewedSection:
        form = self._form
        return ReviewedSection(
            section,
            [self._page(each) for each in section.pages],
            self._readiness.of_section(section.slug),
            self._verdicts.get(section.slug),
            form[section.slug] if form and section.slug in form.fields else None,
        )

    def _page(self, page: DocumentPage) -> ReviewedPage:
        rows = [(row, self._taken(page.slug, row.key)) for row in page.rows]
        return ReviewedPage(page, self._taken(page.slug, ""), rows)

    def _taken(self, page: str, key: str) -> list[Thread]:
        """The threads of one place, which leave those that still look for theirs."""
        return self._threads.pop((page, key), [])


def _threads(assessment: Assessment) -> dict[tuple[str, str], list[Thread]]:
    """All that was said of an assessment, by page and question, in one query."""
    said = list(assessment.comments.select_related("by", "resolved_by").defer("said_on"))
    replies, threads = defaultdict(list), defaultdict(list)
    for each in said:
        if each.thread_id:
            replies[each.thread_id].append(each)
    for each in said:
        if not each.thread_id:
            threads[each.page, each.key].append(Thread(each, replies[each.pk]))
    return threads
