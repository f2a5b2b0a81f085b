"""The outcome: that it follows from the findings, and that somebody goes on watching."""

from collections.abc import Iterator

from assessments.duty import act
from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.harm_checks import unjustified
from assessments.duty.due_regard.phrases import is_thin
from assessments.duty.due_regard.sentences import listed, on
from assessments.duty.due_regard.sheet import Sheet
from assessments.duty.finding import Level
from assessments.duty.questionnaire import ADJUSTMENTS_RISK, GAPS_PAGE, RISKS

_RISKS = {option.value: option.label.lower() for option in (*RISKS, ADJUSTMENTS_RISK)}
_SERIOUS = ("medium", "high")


def harm_that_stays_is_justified(case: Case) -> Iterator[Gap]:
    """Check 19. The EHRC’s third outcome; sections 15 and 19: a proportionate means of achieving a legitimate aim."""
    if case.outcome != "continue":
        return
    missing = unjustified(case)
    if not case.sheets["outcome"].text("legal_review"):
        missing.append("who gave legal advice and when")
    if missing:
        yield Gap(f"To continue despite harm, say {listed(missing)}.", "outcome")


def discrimination_is_ended(case: Case) -> Iterator[Gap]:
    """Check 20. No outcome lets prohibited conduct go on: section 149(1)(a) and (6).

    What the Act lets a council justify may end in “continue” once a lawyer has advised on it.
    """
    if case.outcome not in ("no-change", "continue"):
        return
    for cell in case.cells:
        if found := [each for each in cell.risks if not _may_stay(each, cell, case)]:
            risks = listed([_RISKS.get(each, each) for each in found])
            yield Gap(
                f"The proposal could lead to {risks} under {cell.name}. Ask the legal team, change it so that it does "
                "not, and recommend to adjust or to stop.",
                cell.slug,
            )


def _may_stay(risk: str, cell: Sheet, case: Case) -> bool:
    """Whether a risk may stand under “continue”, with legal advice.

    A rule that puts a group at a disadvantage can be justified (section 19), and so can different treatment because of
    age (section 13(2)). An adjustment is owed only where it is reasonable (section 20), so those that are made count.
    """
    if case.outcome != "continue" or not case.sheets["outcome"].text("legal_review"):
        return False
    if risk == ADJUSTMENTS_RISK.value:
        return not is_thin(cell.text("reasonable_adjustments"))
    return risk == "indirect" or (risk == "direct" and cell.characteristic == act.AGE.slug)


def outcome_follows(case: Case) -> Iterator[Gap]:
    """Check 21. The outcome is one that the findings allow: only what is plainly at odds is flagged."""
    contradiction = {"no-change": _not_unchanged, "continue": _nothing_against, "stop": _nothing_against}
    if case.outcome in contradiction and (message := contradiction[case.outcome](case)):
        yield Gap(message, "outcome")
    if case.outcome == "adjust" and not (case.sheets["outcome"].text("what_changed") or _has_actions(case)):
        yield Gap("You recommend to adjust the proposal. Say what changed in it, or list what will be done.", "outcome")


def _not_unchanged(case: Case) -> str:
    cells = [cell for cell in case.cells if not cell.is_local]
    if harmed := [cell.name for cell in cells if cell.is_negative and _harm_left(cell) in _SERIOUS]:
        return f"You found harm under {listed(harmed)}. Recommend another outcome than “No major change”."
    accepted = _gaps_left_open(case)
    if unknown := [cell.name for cell in cells if cell.is_unknown and cell.characteristic not in accepted]:
        return f"The impact under {listed(unknown)} is not known yet. Find out first, or recommend another outcome."
    return ""


def _nothing_against(case: Case) -> str:
    if any(cell.is_negative or cell.is_unknown or cell.risks for cell in case.cells):
        return ""
    name = {"continue": "continue despite harm", "stop": "stop the proposal"}[case.outcome]
    return f"You recommend to {name}, but no finding is negative. Look again at the findings or at the outcome."


def _harm_left(cell: Sheet) -> str:
    """How bad it is after what is done about it; as it was before, where that is not known."""
    residual = cell.text("residual")
    return cell.text("severity") if residual in ("", "unknown") else residual


def _gaps_left_open(case: Case) -> frozenset[str]:
    """The characteristics of which something is left to find out later, or for good. *Sheakh*: that can be planned."""
    gaps = case.sheets[GAPS_PAGE].items("gaps") if GAPS_PAGE in case.sheets else ()
    return frozenset(
        slug
        for each in gaps
        if each.text("response") in ("action", "reason")
        for slug in each.chosen("characteristics")
    )


def _has_actions(case: Case) -> bool:
    return "actions" in case.sheets and bool(case.sheets["actions"].items("actions"))


def somebody_goes_on_watching(case: Case) -> Iterator[Gap]:
    """Check 33. *Brown*: the duty continues. After the review date has passed, it warns that the review is overdue."""
    if "outcome" not in case.sheets:
        return
    outcome = case.sheets["outcome"]
    review = outcome.day("review")
    missing = [] if outcome.text("monitor") else ["who will watch what happens"]
    if not review:
        missing.append("when it will be reviewed")
    if missing:
        yield Gap(f"Say {listed(missing)}.", "outcome")
    elif review and review < case.today:
        if case.approval:
            yield Gap(f"The review was due on {on(review)}. Begin it.", "outcome", Level.WARN)
        else:
            yield Gap(f"The review date, {on(review)}, has passed. Give one that is still to come.", "outcome")


def other_changes_are_counted_in(case: Case) -> Iterator[Gap]:
    """Check 34. *Audit Wales*: what several proposals do together. Asked of linked and budget proposals."""
    together = case.sheets.get("together")
    if not together:
        return
    is_budget = case.sheets["proposal"].text("type") == "budget-saving" or case.sheets["decision"].text("round")
    if (is_budget or together.text("linked")) and is_thin(together.text("cumulative")):
        yield Gap(
            "Say what else is happening to the same people: other savings, closures or changes. If nothing is, say how "
            "you know.",
            "together",
        )
