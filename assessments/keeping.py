"""How long an assessment is kept, which may be destroyed, and on what grounds something is taken out of one.

An assessment is kept for the policy's life and the council's years after it: docs/keeping.md.
"""

from datetime import date
from enum import StrEnum

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from assessments import clock, permissions
from assessments.duty.lifecycle import Status
from assessments.models import Assessment, Council, User

OVER = (*permissions.FINISHED, Status.WITHDRAWN)
"""The states in which the work on an assessment is over."""


class Ground(StrEnum):
    """Why something is taken out of the record."""

    PERSONAL = "personal"
    CONFIDENTIAL = "confidential"
    COURT = "court-order"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The ground in words."""
        return {
            Ground.PERSONAL: "Personal data about somebody",
            Ground.CONFIDENTIAL: "Confidential information",
            Ground.COURT: "An order of a court or tribunal",
            Ground.OTHER: "Another reason",
        }[self]


def counted_from(assessment: Assessment) -> date | None:
    """The day from which its years count: the end of the policy; failing that, of a withdrawn one, the withdrawal."""
    if assessment.policy_ended is None and assessment.state is Status.WITHDRAWN:
        return timezone.localdate(assessment.status_since)
    return assessment.policy_ended


def kept_until(assessment: Assessment, council: Council) -> date | None:
    """The last day on which it must be kept; None while that is not known or the work on it is not over."""
    began = counted_from(assessment)
    if began is None or assessment.state not in OVER:
        return None
    year = min(began.year + assessment.years_kept(council), date.max.year)
    try:
        return began.replace(year=year)
    except ValueError:  # the 29th of February, in a year that has none
        return date(year, 3, 1)


def past_their_day(user: User, is_held: bool = False) -> list[tuple[Assessment, date]]:
    """The assessments that the rule keeps no longer, with their last day, the earliest first: those free, or held."""
    council, today = Council.current(), clock.today()
    candidates = _candidates(user, council, today)
    candidates = candidates.exclude(legal_hold="") if is_held else candidates.filter(legal_hold="")
    days = ((each, kept_until(each, council)) for each in candidates)
    return sorted(((each, day) for each, day in days if day and day < today), key=lambda pair: (pair[1], pair[0].pk))


def _candidates(user: User, council: Council, today: date) -> QuerySet[Assessment]:
    """Those whose last year has come. Which days a year has is for `kept_until` to say."""
    first_year = Coalesce(ExtractYear("policy_ended"), ExtractYear("status_since"))
    years = Coalesce(F("retention_years"), Value(council.retention_years))
    return (
        permissions.visible_to(user)
        .filter(Q(policy_ended__isnull=False) | Q(status=Status.WITHDRAWN), status__in=OVER, disposed_at=None)
        .annotate(last_year=first_year + years)
        .filter(last_year__lte=today.year)
    )


def destroyed(user: User) -> QuerySet[Assessment]:
    """The assessments whose content was destroyed, the last first."""
    return permissions.visible_to(user).filter(disposed_at__isnull=False).order_by("-disposed_at", "-pk")
