"""Who lives in the area and who uses the service, beside the questions of a wizard page about one characteristic."""

from dataclasses import dataclass

from assessments import workflow
from assessments.documents import Draft
from assessments.duty.cited import Cited
from assessments.duty.questionnaire import FIGURES
from assessments.duty.questions import Page
from assessments.evidence.census.catalogue import NO_TABLE
from assessments.models import User


@dataclass(frozen=True)
class Table:
    """A table as it would be cited today, and whether the assessment cites just this one."""

    cited: Cited
    is_cited: bool


@dataclass(frozen=True)
class Panel:
    """What the council knows of the people in its area, and of those who use the service.

    `why` says why there is no table of the area. `evidence` is the page where figures can be cited, where that is
    another and open; empty otherwise.
    """

    place: str
    tables: tuple[Table, ...]
    users: tuple[Table, ...]
    why: str
    may_cite: bool
    evidence: str


def panel(draft: Draft, page: Page, user: User) -> Panel | None:
    """The panel of a page; None where the page is about no characteristic, or there is nothing to say of it.

    Three queries where there is a characteristic; two more where there is data on who uses the service.
    """
    if page.characteristic is None:
        return None
    found = workflow.citable(page.characteristic)
    users = [each.cited for each in workflow.citable_users(page.characteristic, draft.assessment.service, user)]
    why = "" if found else NO_TABLE.get(page.characteristic.slug, "")
    if not (found or users or why):
        return None
    evidence = f"evidence-{page.characteristic.slug}"
    cited = {each["id"] for each in draft.answers.get(evidence, {}).get(FIGURES.key) or []}
    may_cite = FIGURES in page.questions
    return Panel(
        found[0].areas[0].name if found else "the area",
        tuple(Table(each, each.id in cited) for each in found),
        tuple(Table(each, each.id in cited) for each in users),
        why,
        may_cite,
        "" if may_cite or not (found or users) or evidence not in draft.open_pages else evidence,
    )
