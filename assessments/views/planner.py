"""The planner: by when each step must be done to be in time for the decision, and what is late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.documents import Draft
from assessments.duty.lifecycle import Status
from assessments.duty.planner import Milestone, State
from assessments.planning import consultation_closes, plan_for

_DONE_BY = {
    "submit": (Status.WITH_HEAD, Status.WITH_LEAD, Status.PASSED, Status.APPROVED, Status.SUPPLIED),
    "forward": (Status.WITH_LEAD, Status.PASSED, Status.APPROVED, Status.SUPPLIED),
    "check": (Status.PASSED, Status.APPROVED, Status.SUPPLIED),
    "supply": (Status.SUPPLIED,),
}
"""The steps that are taken here, and the states in which each is behind. Nobody can tell of the others."""

_OF_SCREENING = ("supply", "papers", "decision")
"""The steps of an assessment that is being screened out: nobody forwards or checks it."""

_PLANNED = (Status.DRAFT, Status.RETURNED, Status.SCREENING, *_DONE_BY["submit"])


@dataclass(frozen=True)
class Step:
    """One step of the plan as the page shows it. `tag` and `colour` are empty where there is nothing to say."""

    label: str
    by: date
    tag: str = ""
    colour: str = ""


def context(draft: Draft) -> dict[str, Any]:
    """What decision/_planner.html is given: the steps, the next one, the most pressing thing.

    Empty without a day to plan for, and once it is decided.
    """
    assessment = draft.assessment
    day = decision_day(draft)
    is_decided = draft.decision and draft.decision.decided_on
    if day is None or is_decided or assessment.state not in _PLANNED:
        return {}
    closes = consultation_closes(draft.answers.get("consultation", {}))
    planned = plan_for(day, assessment.rules.nation, draft.council.check_days, closes)
    milestones = planned.milestones
    if assessment.state is Status.SCREENING:
        milestones = tuple(each for each in milestones if each.slug in _OF_SCREENING)
    steps = [_step(each, assessment.state) for each in milestones]
    return {
        "steps": steps,
        "next_step": next((each for each in steps if each.tag not in ("Done", "Past")), None),
        "alert": planned.warning(assessment.state),
        "check_days": planned.check_days,
    }


def decision_day(draft: Draft) -> date | None:
    """The day on which it is to be decided: as the record has it, or else as the assessment has it."""
    recorded = draft.decision.meets_on if draft.decision else ""
    return date.fromisoformat(recorded) if recorded else draft.assessment.decision_date


def _step(milestone: Milestone, status: Status) -> Step:
    behind = _DONE_BY.get(milestone.slug)
    if behind and status in behind:
        return Step(milestone.label, milestone.by, "Done", "green")
    if milestone.state is State.PAST:
        return Step(milestone.label, milestone.by, *(("Late", "red") if behind else ("Past", "grey")))
    if milestone.state is State.SOON:
        return Step(milestone.label, milestone.by, "Soon", "yellow")
    return Step(milestone.label, milestone.by)
