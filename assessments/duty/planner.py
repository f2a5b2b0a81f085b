"""Counting back from the day of a decision: by when each step must be done, and what is late now.

Only what the law and the steps of an assessment need is counted. A council's own rules can ask for more: a report
handed in weeks before, a forward plan, call-in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assessments.duty.document import long_date
from assessments.duty.lifecycle import Status
from assessments.duty.rulesets import Nation

NOTICE_DAYS = {Nation.ENGLAND: 5, Nation.WALES: 3, Nation.SCOTLAND: 3}
"""For how many clear days before a meeting its papers must be open to the public.

England: Local Government Act 1972, section 100B(3) and (4)(a), as amended by SI 2002/715, article 3; for an executive,
SI 2012/2089, regulation 6(2). Wales: section 100BA(3) of the 1972 Act, inserted by the Local Government and Elections
(Wales) Act 2021, Schedule 4, paragraph 2; for an executive, SI 2001/2290 (W. 178), regulation 5, as amended by SI
2002/1385 (W. 135) (not re-read as amended in 2021). Scotland: Local Government (Scotland) Act 1973, section 50B (not
re-read; Schedule 7, paragraph 2 has the same three days for notice of a meeting).

A clear day is neither the day of publication nor that of the meeting, and is a working day: *R v Swansea City Council,
ex parte Elitestone Ltd* [1993] 46 EG 181, on the 1972 Act (read in a report of the case, not in the judgment). Whether
Scottish courts count so was not verified; counting so is never too late.
"""

HEAD_DAYS = 3
"""Working days for the head of service to read and send on. What comes below is our estimate too, not law."""

APPROVAL_DAYS = 2
"""Working days from the check to the approval."""

REPORT_DAYS = 2
"""Working days for the report's author, from the approval to the publication of the papers."""

WRITE_UP_DAYS = 5
"""Working days to write up what people said, from the end of a consultation to the submission."""

CONSULTATION = timedelta(weeks=6)
"""How long a consultation runs, when its dates are not known. No law sets a length for all."""

SOON_DAYS = 5
"""From this many working days before its latest day, a step is soon."""

EARLY_DAYS = 10
"""The same for a draft: writing takes longer than the steps after it."""

_COUNTED = timedelta(days=366)
"""Working days to a day further off are not counted: nobody plans by them."""

_DAY = timedelta(days=1)


class State(StrEnum):
    """A milestone's latest day, seen from today. Whether it was reached is not known here."""

    PAST = "past"
    SOON = "soon"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Milestone:
    """A step and the latest day for it. `days`: working days until then, None when it is past or over a year off."""

    slug: str
    label: str
    by: date
    state: State
    days: int | None


@dataclass(frozen=True)
class Alert:
    """What somebody should do now, in words. `is_late`: a latest day has gone by, or there is no time left."""

    text: str
    is_late: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Plan:
    """The way to one decision, seen from `today`. `milestones` are in order of time, the decision last.

    `check_starts_by`: the last day on which a check of `check_days` can begin and end before the papers go out.
    `consultation_closes`: None when it is not known, or there is no consultation.
    """

    milestones: tuple[Milestone, ...]
    today: date
    check_days: int
    check_starts_by: date
    consultation_closes: date | None
    decided_on_working_day: bool

    def milestone(self, slug: str) -> Milestone:
        """The milestone of that name; KeyError where there is none."""
        return {each.slug: each for each in self.milestones}[slug]

    @property
    def decision(self) -> Milestone:
        """The decision itself."""
        return self.milestones[-1]

    def due(self, status: Status) -> Milestone | None:
        """The step that comes next for an assessment that stands there; None where it needs no more steps."""
        return self.milestone(_TO_DO[status][0]) if status in _TO_DO else None

    def warning(self, status: Status) -> Alert | None:
        """The most pressing thing for an assessment that stands there; None when all is in time, or it is over."""
        if status not in _TO_DO and status is not Status.SUPPLIED:
            return None
        if self.decision.by < self.today:
            return self._after_the_day(status)
        if status is Status.SUPPLIED:
            return None
        if self.decision.by == self.today:
            return self._on_the_day(status)
        return self._late(status) or self._closes_late(status) or self._soon(status) or self._odd_day()

    def _after_the_day(self, status: Status) -> Alert:
        passed = f"The decision date, {_long(self.decision.by)}, has passed"
        if status in _APPROVED:
            return Alert(f"{passed}. Record what was decided. If the decision was put off, change the date.", True)
        return Alert(
            f"{passed}, and this assessment is not approved. If the decision was made, tell the equality lead today. "
            "If it was put off, change the date.",
            True,
        )

    def _on_the_day(self, status: Status) -> Alert:
        if status in _APPROVED:
            return Alert("The decision is today. Make sure that the people who decide have this assessment.", True)
        return Alert(
            "The decision is today, and this assessment is not approved. Ask for a later date. An assessment that is "
            "approved after the decision is marked “retrospective”.",
            True,
        )

    def _late(self, status: Status) -> Alert | None:
        slug, task = _TO_DO[status]
        step, papers = self.milestone(slug), self.milestone("papers")
        if step.state is not State.PAST:
            return None
        due = f"{task} today: it was due by {_long(step.by)}."
        check = f"The check takes {_working_days(self.check_days)}."
        if papers.state is State.PAST:
            coming = f"The decision is {self._when(self.decision)}, and its papers are already due."
        else:
            coming = f"The papers go out {self._when(papers)}."
        if status in _BEFORE_CHECK and self.check_starts_by < self.today:
            return Alert(f"{check} {coming} Ask for a later date, or tell the equality lead today.", True)
        if status in _BEFORE_CHECK:
            return Alert(f"{due} {check} {coming}", True)
        if papers.state is State.PAST:
            return Alert(f"{due} {coming} Ask for a later date, or tell the report’s author today.", True)
        return Alert(f"{due} {coming}", True)

    def _when(self, milestone: Milestone) -> str:
        if milestone.by == self.today:
            return "today"
        return f"in {_working_days(milestone.days)}" if milestone.days else f"on {_long(milestone.by)}"

    def _closes_late(self, status: Status) -> Alert | None:
        submit = self.milestone("submit")
        if status not in _WRITING or self.consultation_closes is None or self.consultation_closes < submit.by:
            return None
        return Alert(
            f"The consultation closes on {_long(self.consultation_closes)}. To be in time for the decision, this "
            f"assessment must be submitted by {_long(submit.by)}, with what people said. Ask for a later date.",
            True,
        )

    def _soon(self, status: Status) -> Alert | None:
        slug, task = _TO_DO[status]
        step = self.milestone(slug)
        if step.days is None or step.days > (EARLY_DAYS if status in _WRITING else SOON_DAYS):
            return None
        if not step.days:
            return Alert(f"{task} today, {_long(step.by)}.", False)
        return Alert(f"{task} by {_long(step.by)}: {_working_days(step.days)} from now.", False)

    def _odd_day(self) -> Alert | None:
        if self.decided_on_working_day:
            return None
        return Alert(f"The decision date, {_long(self.decision.by)}, is not a working day. Check the date.", False)


_TO_DO = {
    Status.DRAFT: ("submit", "Submit"),
    Status.RETURNED: ("submit", "Submit again"),
    Status.WITH_HEAD: ("forward", "Send it to the equality lead"),
    Status.WITH_LEAD: ("check", "Finish the check"),
    Status.PASSED: ("supply", "Approve it and supply it to the report’s author"),
    Status.APPROVED: ("supply", "Supply it to the report’s author"),
    Status.SCREENING: ("supply", "Approve or return the screening"),
}
"""The milestone that is next from each status, and what is to be done for it."""

_WRITING = (Status.DRAFT, Status.RETURNED)
_BEFORE_CHECK = (*_WRITING, Status.WITH_HEAD)
_APPROVED = (Status.APPROVED, Status.SUPPLIED)


def plan(
    decision: date,
    today: date,
    *,
    check_days: int,
    notice_days: int,
    before: Callable[[date, int], date],
    between: Callable[[date, date], int],
    consultation_closes: date | None = None,
) -> Plan:
    """The plan for a decision on that day.

    `check_days` is the council's target for a check and `notice_days` how long the papers are public (`NOTICE_DAYS`),
    both in working days. `before(day, n)` is the nth working day before a day, the day itself for 0; `between(start,
    end)` counts the working days after the one and up to the other. Raises ValueError for days below 0.
    """
    if check_days < 0 or notice_days < 0:
        raise ValueError("No step takes less than 0 days")
    papers = before(decision, notice_days + 1)
    supply = before(papers, REPORT_DAYS)
    check = before(supply, APPROVAL_DAYS)
    forward = before(check, check_days)
    submit = before(forward, HEAD_DAYS)
    closed = before(submit, WRITE_UP_DAYS)
    steps = [
        *_consultation(closed, today, consultation_closes, before),
        ("submit", "Submitted to the head of service", submit),
        ("forward", "Sent to the equality lead", forward),
        ("check", "Passed by the equality lead", check),
        ("supply", "Approved, and supplied to the report’s author", supply),
        ("papers", f"Papers published, {_working_days(notice_days, 'clear ')} before the decision", papers),
        ("decision", "Decision", decision),
    ]
    return Plan(
        milestones=tuple(_milestone(slug, label, by, today, between) for slug, label, by in steps),
        today=today,
        check_days=check_days,
        check_starts_by=before(papers, check_days),
        consultation_closes=consultation_closes,
        decided_on_working_day=between(decision - _DAY, decision) == 1,
    )


def _consultation(
    closed: date, today: date, closes: date | None, before: Callable[[date, int], date]
) -> list[tuple[str, str, date]]:
    """The step for a consultation that must be over on `closed`; none when it is over already."""
    if closes is None:
        started = before(closed - CONSULTATION + _DAY, 1)
        return [("consult", "Consultation started, if there is one, so that it closes before you submit", started)]
    if closes < today:
        return []
    return [("consult", "Consultation closed, so that you can write up what people said", closed)]


def _milestone(slug: str, label: str, by: date, today: date, between: Callable[[date, date], int]) -> Milestone:
    if by < today:
        return Milestone(slug, label, by, State.PAST, None)
    days = between(today, by) if by - today <= _COUNTED else None
    is_soon = days is not None and days <= SOON_DAYS
    return Milestone(slug, label, by, State.SOON if is_soon else State.AHEAD, days)


def _working_days(count: int, kind: str = "") -> str:
    return f"{count} {kind}working {'day' if count == 1 else 'days'}"


def _long(day: date) -> str:
    return long_date(day.isoformat())
