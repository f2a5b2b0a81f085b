"""What those who check an assessment want mended, for the pages of those who write it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from assessments.documents import Draft
from assessments.duty.questions import Page
from assessments.models import Assessment, Comment, Verdict


@dataclass(frozen=True)
class SectionToMend:
    """A section with what the equality lead thinks of it."""

    title: str
    verdict: Verdict
    url: str
    """Its first open page; empty when screening settled all of it."""


@dataclass(frozen=True)
class OpenComment:
    """A comment that nobody has resolved."""

    comment: Comment
    title: str
    url: str
    """The page that it is on; empty when the answers do not call for that any more."""


def open_comments(assessment: Assessment, page: str | None = None) -> QuerySet[Comment]:
    """The comments that nobody has resolved, on the whole assessment or on one page, with who made them."""
    found = assessment.comments.filter(thread=None, resolved_at=None).select_related("by").defer("said_on")
    return found if page is None else found.filter(page=page)


def to_mend(draft: Draft) -> dict[str, Any]:
    """What `review/_to_mend.html` shows: sections judged less than acceptable, and open comments. Two queries."""
    assessment, form, open_pages = draft.assessment, draft.questionnaire, draft.open_pages

    def url(pages: Iterable[Page]) -> str:
        slug = next((each.slug for each in pages if each.slug in open_pages), "")
        return reverse("page", args=[assessment.reference, slug]) if slug else ""

    verdicts = {each.section: each for each in assessment.verdicts.exclude(value=Verdict.Value.ACCEPTABLE)}
    sections = [
        SectionToMend(each.title, verdicts[each.slug], url(each.pages))
        for each in form.sections
        if each.slug in verdicts
    ]
    commented = [(each, form.pages.get(each.page)) for each in open_comments(assessment)]
    comments = [
        OpenComment(comment, page.title, url([page])) if page else OpenComment(comment, "", "")
        for comment, page in commented
    ]
    return {
        "assessment": assessment,
        "sections_to_mend": sorted(sections, key=lambda each: each.verdict.value != Verdict.Value.MEND),
        "comments_to_mend": comments,
        "to_mend_count": len(sections) + len(comments),
    }


def suggested_reason(assessment: Assessment) -> str:
    """The sections to be mended, as the start of the reason for a return; empty when there are none."""
    titles = {each.slug: each.title for each in assessment.questionnaire.sections}
    verdicts = {each.section: each.value for each in assessment.verdicts.all()}
    paragraphs = []
    for value in (Verdict.Value.MEND, Verdict.Value.BETTER):
        judged = [f"- {title}" for slug, title in titles.items() if verdicts.get(slug) == value]
        if judged:
            paragraphs.append("\n".join([f"{value.label}:", "", *judged]))
    return "\n\n".join(paragraphs)
