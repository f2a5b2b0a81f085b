"""The way to a decision, in the working days of the assessment's nation."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from assessments import clock, working_days
from assessments.duty.planner import NOTICE_DAYS, Plan, plan
from assessments.duty.rulesets import Nation


def plan_for(day: date, nation: Nation, check_days: int, closes: date | None = None) -> Plan:
    """The plan for a decision on that day, seen from today.

    `check_days` is the council's target for a check, `closes` the last day of the consultation where that is known.
    """
    return plan(
        day,
        clock.today(),
        check_days=check_days,
        notice_days=NOTICE_DAYS[nation],
        before=partial(working_days.before, nation=nation),
        between=partial(working_days.working_days_between, nation=nation),
        consultation_closes=closes,
    )


def consultation_closes(answers: Mapping[str, Any]) -> date | None:
    """The last day of the last consultation that the answers on its page name."""
    days = [each["closed"] for each in answers.get("consultations") or [] if each.get("closed")]
    return date.fromisoformat(max(days)) if days else None
