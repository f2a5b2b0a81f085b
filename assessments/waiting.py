"""What waits for a person: for how long already, by when it must go on, and what is most urgent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments import clock, permissions, working_days
from assessments.duty.lifecycle import Status
from assessments.duty.planner import SOON_DAYS, Alert
from assessments.models import Assessment, Comment, Council, PageAnswers, User
from assessments.planning import consultation_closes, plan_for

TARGETED = (Status.WITH_LEAD, Status.SCREENING)
"""Where the council's target for a check holds: where an equality lead can move it on. It sets no other target."""


@dataclass(frozen=True)
class Wait:
    """One assessment that waits for its next move.

    `days`: working days since it came. `check_days`: the council's target for that, None where it has none. `due`: the
    last day to be within the target and in time for the decision, whichever is first. `left`: working days until then,
    None when that day is past, over a year off or not known.
    """

    assessment: Assessment
    days: int
    check_days: int | None
    due: date | None
    left: int | None
    decision: date | None
    alert: Alert | None
    remarks: int

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which it should have gone on is past."""
        return self.due is not None and self.due < clock.today()

    @property
    def is_late(self) -> bool:
        """Whether it is overdue, or there is no time left before the decision."""
        return self.is_overdue or (self.alert is not None and self.alert.is_late)

    @property
    def is_soon(self) -> bool:
        """Whether its last day is near."""
        return not self.is_late and self.left is not None and self.left <= SOON_DAYS

    @property
    def urgency(self) -> tuple[bool, date, date]:
        """Sorts the most urgent first: what is late, then what is due first, then what has waited longest."""
        return not self.is_late, self.due or self.decision or date.max, _since(self.assessment)


def count(user: User) -> int:
    """How many assessments wait for the person."""
    return permissions.waiting_for(user).count()


def waits(user: User) -> list[Wait]:
    """All that waits for the person, the most urgent first. Three queries at most."""
    found = _measured(permissions.waiting_for(user).defer("search_text", "local_characteristics"))
    return sorted(found, key=lambda each: (each.urgency, each.assessment.pk))


def wait_of(assessment: Assessment) -> Wait:
    """How one assessment stands to its next move, whoever's that is."""
    return _measured(Assessment.objects.filter(pk=assessment.pk))[0]


def _measured(assessments: QuerySet[Assessment]) -> list[Wait]:
    remarks = Comment.objects.filter(assessment=OuterRef("pk"), thread=None, resolved_at=None)
    counted = remarks.order_by().values("assessment").annotate(number=Count("pk")).values("number")
    rows = list(
        assessments.annotate(
            decision_day=Coalesce(F("decision__meets_on"), F("decision_date")),
            decided_day=F("decision__decided_on"),
            remark_count=Coalesce(Subquery(counted), 0),
        )
    )
    council, today, closes = Council.current(), clock.today(), _closes(rows)
    planned, elapsed = cache(plan_for), cache(working_days.working_days_between)

    def measured(row: Assessment) -> Wait:
        status, nation, since = row.state, row.rules.nation, min(_since(row), today)
        is_ahead = row.decision_day and not row.decided_day
        plan = planned(row.decision_day, nation, council.check_days, closes.get(row.pk)) if is_ahead else None
        step = plan.due(status) if plan else None
        days = [(step.by, step.days)] if step else []
        check_days = council.check_days if status in TARGETED else None
        if check_days is not None:
            target = working_days.add(since, check_days, nation)
            days.append((target, elapsed(today, target, nation) if target >= today else None))
        due, left = min(days, key=lambda each: each[0], default=(None, None))
        return Wait(
            assessment=row,
            days=elapsed(since, today, nation),
            check_days=check_days,
            due=due,
            left=left,
            decision=row.decision_day,
            alert=plan.warning(status) if plan else None,
            remarks=row.remark_count,
        )

    return [measured(each) for each in rows]


def _since(assessment: Assessment) -> date:
    return timezone.localdate(assessment.status_since)


def _closes(assessments: Iterable[Assessment]) -> dict[int, date | None]:
    """When the consultation on each closes, for those that can still say what came of it."""
    written = [each.pk for each in assessments if each.state.facts.is_editable]
    if not written:
        return {}
    pages = PageAnswers.objects.filter(assessment__in=written, page="consultation")
    return {key: consultation_closes(answers) for key, answers in pages.values_list("assessment_id", "answers")}
