"""The one list of checks, and the running of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from assessments.duty.authorities import AUTHORITIES
from assessments.duty.due_regard import (
    decision_checks,
    engagement_checks,
    evidence_checks,
    harm_checks,
    matrix_checks,
    outcome_checks,
    proposal_checks,
    publication_checks,
    screening_checks,
    wording_checks,
)
from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.finding import Finding, Level, Override
from assessments.duty.lifecycle import Role, Stage
from assessments.duty.rulesets import Nation


@dataclass(frozen=True)
class Check:
    """One check: its number, what it asks for, at which stage, with which weight, on whose authority.

    `weights` gives another weight in a nation. `overridden_by`: the roles that may set a block aside, with a reason;
    never somebody who wrote the assessment. Nobody where it is empty.
    """

    number: int
    title: str
    stage: Stage
    level: Level
    authorities: tuple[str, ...]
    look: Callable[[Case], Iterable[Gap]]
    weights: Mapping[Nation, Level] = field(default_factory=dict)
    overridden_by: tuple[Role, ...] = (Role.EQUALITY_LEAD,)

    @property
    def can_block(self) -> bool:
        """Whether it blocks under some rule set."""
        return Level.BLOCK in (self.level, *self.weights.values())


CHECKS: tuple[Check, ...] = (
    Check(
        1,
        "The proposal, its purpose and the people affected are described",
        Stage.APPROVAL,
        Level.BLOCK,
        ("ehrc", "wales-regulation-8"),
        proposal_checks.proposal_is_described,
    ),
    Check(
        2,
        "The assessment began before the proposal was final",
        Stage.APPROVAL,
        Level.WARN,
        ("kaur-and-shah",),
        proposal_checks.assessment_began_in_time,
    ),
    Check(
        3,
        "It is approved before the decision",
        Stage.DECISION,
        Level.BLOCK,
        ("brown", "police-superintendents"),
        decision_checks.approval_came_first,
    ),
    Check(
        4,
        "Screening out has reasons and evidence for each characteristic and limb",
        Stage.APPROVAL,
        Level.BLOCK,
        ("bridges",),
        screening_checks.screening_out_is_reasoned,
    ),
    Check(
        5,
        "Screening stands in place of an assessment only where it may",
        Stage.APPROVAL,
        Level.BLOCK,
        ("scotland-regulation-5",),
        screening_checks.screening_may_take_its_place,
    ),
    Check(
        6,
        "All eight characteristics have a reasoned finding",
        Stage.APPROVAL,
        Level.BLOCK,
        ("s149-7", "bracking"),
        matrix_checks.characteristics_have_a_finding,
    ),
    Check(
        7,
        "Marriage and civil partnership is looked at under limb (a) alone",
        Stage.APPROVAL,
        Level.WARN,
        ("s149-1", "s149-7"),
        matrix_checks.marriage_is_about_work,
    ),
    Check(
        8,
        "Each limb is answered for each relevant characteristic",
        Stage.APPROVAL,
        Level.BLOCK,
        ("s149-1", "kaur-and-shah"),
        matrix_checks.limbs_are_addressed,
    ),
    Check(
        9,
        "Limb (b) speaks of disadvantage, needs and participation",
        Stage.APPROVAL,
        Level.WARN,
        ("s149-3",),
        matrix_checks.advancing_is_complete,
    ),
    Check(
        10,
        "Steps to take account of disabilities are considered",
        Stage.APPROVAL,
        Level.WARN,
        ("s149-4",),
        matrix_checks.disabilities_are_taken_into_account,
    ),
    Check(
        11,
        "Limb (c) speaks of prejudice and understanding, or says why they do not matter here",
        Stage.APPROVAL,
        Level.WARN,
        ("s149-5",),
        matrix_checks.fostering_is_complete,
    ),
    Check(
        12,
        "“No impact” has evidence, or a declared gap",
        Stage.APPROVAL,
        Level.BLOCK,
        ("bridges",),
        evidence_checks.no_impact_has_evidence,
    ),
    Check(
        13,
        "Each source says who made it, from when it is and whom it covers, and is not out of date",
        Stage.APPROVAL,
        Level.WARN,
        ("hurley-and-moore",),
        evidence_checks.sources_are_dated,
    ),
    Check(
        14,
        "Each gap in the evidence has an enquiry, an action with a date, or a reason",
        Stage.APPROVAL,
        Level.BLOCK,
        ("bracking", "bridges"),
        evidence_checks.gaps_are_answered,
    ),
    Check(
        15,
        "No text is copied from one characteristic to another, or is a stock phrase",
        Stage.APPROVAL,
        Level.WARN,
        ("brown", "hotak"),
        wording_checks.texts_are_particular,
    ),
    Check(
        16,
        "Each negative impact says how severe it is, how many people it touches and who they are",
        Stage.APPROVAL,
        Level.BLOCK,
        ("bracking", "hotak"),
        harm_checks.harm_is_measured,
    ),
    Check(
        17,
        "Each negative impact has steps against it with an owner and a date, or is justified",
        Stage.APPROVAL,
        Level.BLOCK,
        ("bracking",),
        harm_checks.harm_is_answered,
    ),
    Check(
        18,
        "The harm that is left after those steps is recorded",
        Stage.APPROVAL,
        Level.WARN,
        ("bracking",),
        harm_checks.harm_that_is_left_is_known,
    ),
    Check(
        19,
        "To continue despite harm has an aim, alternatives, proportionality and legal advice",
        Stage.APPROVAL,
        Level.BLOCK,
        ("ehrc", "sections-15-and-19"),
        outcome_checks.harm_that_stays_is_justified,
    ),
    Check(
        20,
        "Possible prohibited conduct does not end in “No major change” or “Continue”",
        Stage.APPROVAL,
        Level.BLOCK,
        ("s149-1", "s149-6"),
        outcome_checks.discrimination_is_ended,
    ),
    Check(
        21,
        "The outcome agrees with the findings",
        Stage.APPROVAL,
        Level.BLOCK,
        ("ehrc",),
        outcome_checks.outcome_follows,
    ),
    Check(
        22,
        "People were asked about the proposal and about equality, or there is a reason why not",
        Stage.APPROVAL,
        Level.WARN,
        ("bracking", "wales-regulation-5"),
        engagement_checks.people_were_asked,
        {Nation.WALES: Level.BLOCK},
    ),
    Check(
        23,
        "Consultation closed before the approval, and what people said is answered",
        Stage.APPROVAL,
        Level.BLOCK,
        ("gunning", "lh-v-shropshire"),
        engagement_checks.what_people_said_is_answered,
    ),
    Check(
        24,
        "The approved version was supplied with the decision report, in full",
        Stage.DECISION,
        Level.BLOCK,
        ("hunt", "rahman"),
        decision_checks.full_assessment_was_supplied,
    ),
    Check(
        25,
        "Each decision-maker acknowledged reading it, and the report carries section 149",
        Stage.DECISION,
        Level.BLOCK,
        ("hunt", "chavda", "bracking", "dat", "police-superintendents"),
        decision_checks.decision_makers_read_it,
    ),
    Check(
        26,
        "The minute says how the findings were weighed",
        Stage.DECISION,
        Level.WARN,
        ("bracking",),
        decision_checks.findings_were_weighed,
    ),
    Check(
        27,
        "What was decided is what was assessed: scope, dates and options",
        Stage.DECISION,
        Level.BLOCK,
        ("hough",),
        decision_checks.assessed_is_what_was_decided,
    ),
    Check(
        28,
        "Nothing reads as settled beforehand, and what speaks against the proposal can be seen",
        Stage.APPROVAL,
        Level.WARN,
        ("brown", "bracking"),
        wording_checks.mind_is_open,
    ),
    Check(
        29,
        "Somebody of the council approved it who did not write it",
        Stage.APPROVAL,
        Level.BLOCK,
        ("brown",),
        decision_checks.approver_is_somebody_else,
        overridden_by=(),
    ),
    Check(
        30,
        "Sex and gender reassignment are kept apart",
        Stage.APPROVAL,
        Level.WARN,
        ("for-women-scotland",),
        wording_checks.sex_and_gender_reassignment_are_two,
    ),
    Check(
        31,
        "An exception names its paragraph of Schedule 18 and has a reason",
        Stage.APPROVAL,
        Level.BLOCK,
        ("schedule-18",),
        screening_checks.exceptions_are_named,
    ),
    Check(
        32,
        "Software in the proposal was looked at for bias, and a person checked what software wrote",
        Stage.APPROVAL,
        Level.BLOCK,
        ("bridges",),
        proposal_checks.machines_are_looked_into,
    ),
    Check(
        33,
        "Somebody watches what happens, and there is a day for the review",
        Stage.APPROVAL,
        Level.BLOCK,
        ("brown", "wales-regulation-8", "scotland-regulation-5"),
        outcome_checks.somebody_goes_on_watching,
    ),
    Check(
        34,
        "Linked and budget proposals are looked at together",
        Stage.APPROVAL,
        Level.WARN,
        ("audit-wales",),
        outcome_checks.other_changes_are_counted_in,
    ),
    Check(
        35,
        "It is published as the nation’s regulations ask",
        Stage.PUBLICATION,
        Level.BLOCK,
        ("wales-regulation-8", "scotland-regulation-5"),
        publication_checks.publication_follows_the_rules,
    ),
    Check(
        36,
        "No count or percentage is so small that somebody could be recognised",
        Stage.APPROVAL,
        Level.BLOCK,
        ("uk-gdpr",),
        publication_checks.small_numbers_are_hidden,
    ),
    Check(
        37,
        "The council’s own equality information and objectives are published in time",
        Stage.APPROVAL,
        Level.WARN,
        ("england-regulations", "wales-regulations", "scotland-regulations"),
        publication_checks.council_publishes_in_time,
    ),
)


def findings(case: Case, overrides: Mapping[tuple[int, str], Override] | None = None) -> tuple[Finding, ...]:
    """What the checks find in a case, in the order of their numbers. `overrides` by number of the check and page."""
    overrides = overrides or {}
    return tuple(
        replace(finding, override=overrides.get((finding.check, finding.page)))
        for check in CHECKS
        for finding in _found(case, check)
    )


def table() -> str:
    """The checks as a Markdown table, for docs/checks.md."""
    lines = ["| No. | What is asked | Weight | Before | Authority | Who may override |", "| --- |" + " --- |" * 5]
    lines += [
        f"| {check.number} | {check.title} | {_weight(check)} | {check.stage.value.capitalize()} | {_names(check)} "
        f"| {_overriders(check)} |"
        for check in CHECKS
    ]
    return "\n".join(lines) + "\n"


def _found(case: Case, check: Check) -> Iterator[Finding]:
    authority = _names(check, case.rules.nation)
    for gap in check.look(case):
        page = case.form.pages.get(gap.page)
        yield Finding(
            check.number,
            gap.level or check.weights.get(case.rules.nation, check.level),
            gap.stage or check.stage,
            gap.message,
            case.form.section_of(page).slug if page else "",
            gap.page,
            authority,
        )


def _names(check: Check, nation: Nation | None = None) -> str:
    """The authorities by name: all, or those that hold in a nation."""
    authorities = [AUTHORITIES[slug] for slug in check.authorities]
    return "; ".join(each.name for each in authorities if None in (nation, each.nation) or each.nation is nation)


def _weight(check: Check) -> str:
    verbs = {Level.BLOCK: "blocks", Level.WARN: "warns"}
    others = [f"{verbs[level]} in {nation.label}" for nation, level in check.weights.items()]
    return "; ".join([verbs[check.level].capitalize(), *others])


def _overriders(check: Check) -> str:
    if not check.can_block:
        return "Nothing to override"
    return ", ".join(role.label for role in check.overridden_by) or "Nobody"
