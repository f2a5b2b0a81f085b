"""The one list of questions. Forms, check page, report, exports and checks all read it.

`questionnaire(local, rules)` gives the questions for a council with those locally adopted characteristics, under its
nation's rules. What an assessment was asked is pinned by VERSION and, once it is submitted, by the frozen document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assessments.duty import act
from assessments.duty.act import Characteristic
from assessments.duty.questionnaire.conclusion import actions_section, outcome_section, together_section
from assessments.duty.questionnaire.engagement import engagement_section
from assessments.duty.questionnaire.evidence import (
    EVIDENCE_USED,
    FIGURES,
    GAPS_PAGE,
    LIBRARY,
    SOURCES_PAGE,
    evidence_section,
)
from assessments.duty.questionnaire.limbs import (
    EXTENT,
    HARM,
    IMPACT,
    NEGATIVE,
    REASONS,
    cell_slug,
    limb_section,
    local_section,
    local_slug,
)
from assessments.duty.questionnaire.options import (
    ADJUSTMENTS_RISK,
    CHANGES,
    EXCEPTIONS,
    IMPACTS,
    NO_RISK,
    OUTCOMES,
    POLICY_TYPES,
    RESIDUAL,
    RISK_UNKNOWN,
    RISKS,
    SCALE,
    YES_NO,
    YES_NO_UNKNOWN,
)
from assessments.duty.questionnaire.other_duties import other_duties_section
from assessments.duty.questionnaire.proposal import PROPOSAL
from assessments.duty.questionnaire.relevance import relevance_section
from assessments.duty.questions import Answers, Kind, Page, PageAnswers, Question, Section, is_answered
from assessments.duty.rulesets import RULE_SETS, RuleSet

__all__ = [
    "ADJUSTMENTS_RISK",
    "CHANGES",
    "EVIDENCE_USED",
    "EXCEPTIONS",
    "EXTENT",
    "FIGURES",
    "GAPS_PAGE",
    "HARM",
    "IMPACT",
    "IMPACTS",
    "ITEM_LIMIT",
    "LIBRARY",
    "NEGATIVE",
    "NO_RISK",
    "OUTCOMES",
    "POLICY_TYPES",
    "PROPOSAL",
    "PROSE_LIMIT",
    "REASONS",
    "RESIDUAL",
    "RISKS",
    "RISK_UNKNOWN",
    "SCALE",
    "SOURCES_PAGE",
    "TEXT_LIMIT",
    "VERSION",
    "YES_NO",
    "YES_NO_UNKNOWN",
    "Questionnaire",
    "cell_slug",
    "local_slug",
    "questionnaire",
]

VERSION = "2026.2"

PROSE_LIMIT = 20_000
TEXT_LIMIT = 300
ITEM_LIMIT = 50
"""Characters in a long answer, characters in a line, items in a list: far over what a real assessment uses."""


@dataclass(frozen=True)
class Questionnaire:
    """All sections for a council with these locally adopted characteristics."""

    local: tuple[Characteristic, ...]
    sections: tuple[Section, ...]

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by its slug, in order, open or not."""
        return {page.slug: page for section in self.sections for page in section.pages}

    @property
    def characteristics(self) -> tuple[Characteristic, ...]:
        """The Act's nine and then the council's own."""
        return (*act.CHARACTERISTICS, *self.local)

    def open_pages(self, answers: Answers) -> dict[str, Page]:
        """The pages that these answers call for, by slug, in order."""
        return {slug: page for slug, page in self.pages.items() if page.applies(answers)}

    def section_of(self, page: Page) -> Section:
        """The section that a page stands in."""
        return next(section for section in self.sections if page in section.pages)

    def findings(self, answers: Answers) -> tuple[Page, ...]:
        """The open pages that each hold one finding: a cell of the matrix, or a local characteristic."""
        return tuple(page for page in self.open_pages(answers).values() if page.is_finding)

    def missing(self, answers: Answers) -> dict[str, tuple[Question, ...]]:
        """The open pages with required questions that have no answer yet, by slug."""
        found = {slug: page.missing(answers.get(slug, {})) for slug, page in self.open_pages(answers).items()}
        return {slug: questions for slug, questions in found.items() if questions}

    def written(self, answers: Answers) -> Iterator[str]:
        """What people wrote in their own words, on every page: not what they chose from lists."""
        for slug, page in self.pages.items():
            yield from _written(page.questions, answers.get(slug, {}))

    def is_started(self, page: Page, answers: Answers) -> bool:
        """Whether anything on the page has an answer."""
        return any(is_answered(value) for value in answers.get(page.slug, {}).values())


def _written(questions: tuple[Question, ...], answers: PageAnswers) -> Iterator[str]:
    for question in questions:
        value = answers.get(question.key)
        if question.kind in (Kind.TEXT, Kind.PROSE) and value:
            yield value
        elif question.kind is Kind.ITEMS:
            for item in value or []:
                yield from _written(question.items, item)


@lru_cache(maxsize=64)
def questionnaire(local: tuple[Characteristic, ...] = (), rules: RuleSet = RULE_SETS["england"]) -> Questionnaire:
    """The questionnaire for a council with these locally adopted characteristics, under a nation's rules."""
    others = other_duties_section(local, rules)
    sections = (
        PROPOSAL,
        relevance_section(local, rules),
        evidence_section(local),
        engagement_section(local, rules),
        *(limb_section(limb) for limb in act.LIMBS),
        *((local_section(local),) if local else ()),
        together_section(local, rules),
        *((others,) if others else ()),
        actions_section(local),
        outcome_section(local),
    )
    return Questionnaire(local, sections)
