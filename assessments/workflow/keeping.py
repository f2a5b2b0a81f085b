"""How long an assessment is kept, and the legal holds that stop anything from being destroyed."""

from datetime import date

from django.db import transaction

from assessments import audit, permissions
from assessments.models import Assessment, User
from assessments.workflow.drafts import hold
from assessments.workflow.refusals import Closed, NotAllowed, NotReady


@transaction.atomic
def keep(user: User, reference: str, policy_ended: date | None, retention_years: int | None) -> Assessment:
    """Say when the policy ended or ends, and for how many years after it this one is kept: None for the council's.

    Raises Assessment.DoesNotExist, Closed (its content was destroyed), NotAllowed.
    """
    assessment = hold(user, reference)
    if assessment.disposed_at:
        raise Closed
    if not permissions.may_keep(user, assessment):
        raise NotAllowed
    if (assessment.policy_ended, assessment.retention_years) == (policy_ended, retention_years):
        return assessment
    assessment.policy_ended, assessment.retention_years = policy_ended, retention_years
    assessment.save(update_fields=["policy_ended", "retention_years"])
    ended = policy_ended.isoformat() if policy_ended else None
    audit.append("keep", user, assessment, policy_ended=ended, retention_years=retention_years)
    return assessment


@transaction.atomic
def place_hold(user: User, reference: str, reason: str) -> Assessment:
    """Keep it whatever the retention rule says, because of a claim or an inquiry.

    Raises Assessment.DoesNotExist, NotAllowed, NotReady (without a reason), Closed (it is held, or was destroyed).
    """
    assessment = _held_for(user, reference)
    if not reason.strip():
        raise NotReady
    if assessment.legal_hold:
        raise Closed
    _set_hold(assessment, reason)
    audit.append("hold", user, assessment, reason=audit.digest(reason))
    return assessment


@transaction.atomic
def lift_hold(user: User, reference: str) -> Assessment:
    """Let the retention rule count again. Raises Assessment.DoesNotExist, NotAllowed, Closed (it is not held)."""
    assessment = _held_for(user, reference)
    if not assessment.legal_hold:
        raise Closed
    reason = audit.digest(assessment.legal_hold)
    _set_hold(assessment, "")
    audit.append("lift-hold", user, assessment, reason=reason)
    return assessment


def _held_for(user: User, reference: str) -> Assessment:
    assessment = hold(user, reference)
    if not permissions.may_hold(user):
        raise NotAllowed
    if assessment.disposed_at:
        raise Closed
    return assessment


def _set_hold(assessment: Assessment, reason: str) -> None:
    assessment.legal_hold = reason
    assessment.save(update_fields=["legal_hold"])
