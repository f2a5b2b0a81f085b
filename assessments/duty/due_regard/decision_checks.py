"""Who approved, what the decision-makers were given, and what they decided."""

from collections.abc import Iterator
from datetime import date

from assessments.duty.decision import Decided, Decision, DecisionMaker, Supplied
from assessments.duty.due_regard.case import Approval, Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin
from assessments.duty.due_regard.sentences import joined, listed, on
from assessments.duty.finding import Level
from assessments.duty.lifecycle import Role, Stage

APPROVERS = (Role.APPROVER, Role.EQUALITY_LEAD)
"""The roles that can approve an assessment or a screening out. Both are the council's own."""


def approval_came_first(case: Case) -> Iterator[Gap]:
    """Check 3. *Brown* and *Police Superintendents*: before the decision, not after it.

    While nothing is decided, it warns when the planned day has passed without an approval.
    """
    decided = _day(case.decision.decided_on) if case.decision else None
    if decided and not case.approval:
        yield Gap(
            f"It was decided on {on(decided)} without an approved assessment. Have it approved, and ask those who "
            "decided to look again. It stays marked as retrospective.",
            "",
        )
    elif decided and case.approval and case.approval.on > decided:
        yield Gap(
            f"It was decided on {on(decided)}, before the approval on {on(case.approval.on)}. Ask those who decided to "
            "look again. It stays marked as retrospective.",
            "",
        )
    planned = case.sheets["decision"].day("planned")
    if planned and planned < case.today and not (decided or case.approval):
        yield Gap(
            f"The decision was planned for {on(planned)}, and the assessment is not approved. Ask for the decision to "
            "wait, and change the date.",
            "decision",
            Level.WARN,
            Stage.APPROVAL,
        )


def full_assessment_was_supplied(case: Case) -> Iterator[Gap]:
    """Check 24. *Hunt*: the full assessment, in the version that was approved. *Rahman*: the report refers to it."""
    if not (decision := _due(case)):
        return
    sentences = []
    if not decision.report_reference.strip():
        sentences.append("Refer to the assessment in the decision report, and give the reference of the report.")
    supplied = _day(decision.supplied_on)
    if not (supplied and decision.supplied_version):
        sentences.append("Record which version was supplied with the report, and when.")
    elif case.approval and _is_another(decision, case.approval):
        sentences.append(f"What was supplied is not version {case.approval.version}, which was approved. Supply that.")
    if decision.supplied_how == Supplied.SUMMARY:
        sentences.append("Supply the assessment in full: a summary is not enough.")
    elif supplied and decision.supplied_how not in (Supplied.ATTACHED, Supplied.LINKED):
        sentences.append("Say whether it was supplied in full.")
    decided = _day(decision.decided_on)
    if supplied and decided and supplied > decided:
        sentences.append(f"It was supplied on {on(supplied)}, after the decision. Ask those who decided to look again.")
    if sentences:
        yield Gap(joined(sentences), "")


def decision_makers_read_it(case: Case) -> Iterator[Gap]:
    """Check 25. *Police Superintendents*: those who decide, not their officials, and before they decide.

    *Chavda* and *DAT*: the report carries the words of section 149, and no formula in their place.
    """
    if not (decision := _due(case)):
        return
    sentences = []
    if not decision.makers:
        sentences.append("Name those who decide, and send each of them the full assessment.")
    if waiting := [each.role for each in decision.makers if not _day(each.acknowledged)]:
        sentences.append(f"Ask for the acknowledgement of {listed(waiting)}.")
    if late := [each.role for each in decision.makers if _acknowledged_late(each, decision)]:
        sentences.append(f"{listed(late)} read it only after the decision. Ask those who decided to look again.")
    if decision.carries_section_149 is not True:
        sentences.append("Put the words of section 149 into the report, and nothing in their place.")
    if sentences:
        yield Gap(joined(sentences), "")


def findings_were_weighed(case: Case) -> Iterator[Gap]:
    """Check 26. *Bracking*: the record of the decision shows what weight the findings had."""
    decision = _due(case)
    if decision and decision.decided_on and is_thin(decision.weighed):
        yield Gap("Say how the findings were weighed, as the minute records it.", "")


def assessed_is_what_was_decided(case: Case) -> Iterator[Gap]:
    """Check 27. *Hough*: the scope, dates and options that were decided are those that were assessed."""
    decision = _due(case)
    if not decision or not decision.decided_on or decision.decided == Decided.REFUSED:
        return
    same = {"scope": decision.same_scope, "dates": decision.same_dates, "options": decision.same_options}
    if different := [name for name, is_same in same.items() if is_same is False]:
        yield Gap(
            f"What was decided differs from what was assessed: {listed(different)}. Assess what was decided, and ask "
            "those who decided to look again.",
            "",
        )
    elif unsaid := [name for name, is_same in same.items() if is_same is None]:
        yield Gap(f"Say whether what was decided is what was assessed: {listed(unsaid)}.", "")


def approver_is_somebody_else(case: Case) -> Iterator[Gap]:
    """Check 29. *Brown*: the duty cannot be delegated. A supplier has no such role, so cannot approve."""
    if case.approval and case.approval.is_author:
        yield Gap("The person who approved it also wrote it. Have somebody else approve it.", "")
    elif case.approval and case.approval.role not in APPROVERS:
        roles = " or ".join(role.label.lower() for role in APPROVERS)
        yield Gap(f"Have it approved by somebody whose role allows it: {roles}.", "")


def _due(case: Case) -> Decision | None:
    """The decision record, from the time when it matters: an approval, or something supplied or decided without one."""
    decision = case.decision or Decision()
    is_due = case.approval or decision.supplied_on or decision.decided_on
    return decision if is_due and not case.is_screened_out else None


def _is_another(decision: Decision, approval: Approval) -> bool:
    return (decision.supplied_version, decision.supplied_digest) != (approval.version, approval.digest)


def _acknowledged_late(maker: DecisionMaker, decision: Decision) -> bool:
    acknowledged, decided = _day(maker.acknowledged), _day(decision.decided_on)
    return bool(acknowledged and decided and acknowledged > decided)


def _day(moment: str) -> date | None:
    """The day of an ISO date or moment; None when it is empty."""
    return date.fromisoformat(moment[:10]) if moment else None
