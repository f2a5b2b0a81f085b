"""Who may do what: the one place that answers.

`visible_to` goes into the query, so that what a person may not see does not exist for them (404). The `may_...`
functions then answer for a verb on an assessment that they see (403).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.duty.lifecycle import Role, Status, Transition, transitions_from
from assessments.models import Assessment, User

READS_ALL = (Role.EQUALITY_LEAD, Role.AUDITOR, Role.ADMINISTRATOR)
WRITES = (Role.OFFICER, Role.APPROVER, Role.EQUALITY_LEAD)
FINISHED = (Status.APPROVED, Status.SCREENED_OUT)
"""What the whole council may read: officers learn from finished work."""


def visible_to(user: User) -> QuerySet[Assessment]:
    """The assessments that a person may read."""
    everything = Assessment.objects.select_related("service__directorate")
    if user.role in READS_ALL:
        return everything
    shared = Assessment.co_authors.through.objects.filter(assessment=OuterRef("pk"), user=user)
    mine = Q(created_by=user) | Exists(shared)
    return everything.filter(Q(status__in=FINISHED) | mine | _of_their_service(user))


def _of_their_service(user: User) -> Q:
    if user.service is None:
        return Q(pk__in=[])
    if user.role == Role.APPROVER:
        return Q(service__directorate=user.service.directorate_id)
    return Q(service=user.service_id)


def may_start(user: User) -> bool:
    """Whether the person may start an assessment."""
    return user.role in WRITES


def may_configure(user: User) -> bool:
    """Whether the person may set up the council and its people."""
    return user.is_administrator


def may_edit(user: User, assessment: Assessment) -> bool:
    """Whether the person may change its answers now."""
    return assessment.state.facts.is_editable and is_author(user, assessment)


def may_share(user: User, assessment: Assessment) -> bool:
    """Whether the person may say who writes it: an author, its approver (when one leaves), the equality lead."""
    if not assessment.state.facts.is_editable:
        return False
    return user.role == Role.EQUALITY_LEAD or _approves_for(user, assessment) or is_author(user, assessment)


def may_move(user: User, assessment: Assessment, transition: Transition) -> bool:
    """Whether the person may make this move. Nobody who wrote an assessment checks or approves it: *Brown*."""
    if assessment.state not in transition.sources or user.role not in transition.roles:
        return False
    if transition.by_author:
        return is_author(user, assessment)
    if user.role == Role.APPROVER and not _approves_for(user, assessment):
        return False
    return not is_author(user, assessment) and not _has_written(user, assessment)


def moves_for(user: User, assessment: Assessment) -> tuple[Transition, ...]:
    """The moves that the person may make now."""
    return tuple(each for each in transitions_from(assessment.state) if may_move(user, assessment, each))


def is_author(user: User, assessment: Assessment) -> bool:
    """Whether the person started it or was asked to write with others."""
    if user.role not in WRITES:
        return False
    return assessment.created_by_id == user.pk or assessment.co_authors.filter(pk=user.pk).exists()


def _approves_for(user: User, assessment: Assessment) -> bool:
    if user.role != Role.APPROVER or user.service is None:
        return False
    return user.service.directorate_id == assessment.service.directorate_id


def _has_written(user: User, assessment: Assessment) -> bool:
    return assessment.pages.filter(saved_by=user).exists()
