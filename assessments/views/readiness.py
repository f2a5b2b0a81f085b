"""What the due-regard checks find, laid out for the page that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assessments import permissions
from assessments.documents import Draft
from assessments.duty.due_regard import CHECKS, Check
from assessments.duty.finding import Finding, Level
from assessments.duty.lifecycle import Stage, transitions_from
from assessments.models import User

_CHECKS = {each.number: each for each in CHECKS}


@dataclass(frozen=True)
class Remark:
    """One finding with what the reader can do about it: go to its page, or set it aside."""

    finding: Finding
    title: str
    where: str
    may_override: bool


class Readiness:
    """How an assessment stands before its next stage, for one reader.

    A page that nobody has begun is not held against the draft: the task list says so already. `later` counts those.
    """

    def __init__(self, draft: Draft, reader: User) -> None:
        self.draft = draft
        self.reader = reader
        self.stage = next(
            (each.stage for each in transitions_from(draft.assessment.state) if each.stage), Stage.APPROVAL
        )

    @cached_property
    def shown(self) -> list[Finding]:
        """The findings on pages that somebody has begun, of this stage and those before it."""
        reached = list(Stage)[: list(Stage).index(self.stage) + 1]
        return [each for each in self.draft.begun if each.stage in reached]

    @property
    def later(self) -> int:
        """How many findings are about pages that nobody has begun and that can still be written."""
        if not self.draft.assessment.state.facts.is_editable:
            return 0
        return len(self.draft.findings) - len(self.draft.begun)

    @cached_property
    def blocks(self) -> list[Remark]:
        """What stops the next stage."""
        return self._remarks(each for each in self.shown if each.blocks and each.stage is self.stage)

    @cached_property
    def warnings(self) -> list[Remark]:
        """What is worth a look and stops nothing."""
        return self._remarks(each for each in self.shown if each.level is Level.WARN)

    @cached_property
    def overridden(self) -> list[Remark]:
        """What somebody set aside, with a reason."""
        return self._remarks(each for each in self.shown if each.override)

    def of_page(self, slug: str) -> list[Remark]:
        """The findings that one page mends."""
        return self._remarks(each for each in self.shown if each.page == slug)

    def of_section(self, slug: str) -> list[Remark]:
        """The findings that one section mends."""
        return self._remarks(each for each in self.shown if each.section == slug)

    @cached_property
    def _overridable(self) -> tuple[Check, ...]:
        """The checks that the reader may set aside now."""
        return permissions.overridable(self.reader, self.draft.assessment, CHECKS)

    def _remarks(self, findings: Iterable[Finding]) -> list[Remark]:
        return [self._remark(each) for each in findings]

    def _remark(self, finding: Finding) -> Remark:
        check, page = _CHECKS[finding.check], self.draft.questionnaire.pages.get(finding.page)
        may = finding.level is Level.BLOCK and check in self._overridable
        return Remark(finding, check.title, page.title if page else "", may)
