"""Who may do what: the one place that answers.

`visible_to` goes into the query, so that what a person may not see does not exist for them (404). The `may_...`
functions then answer for a verb on an assessment that they see (403).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from assessments.duty.lifecycle import Role, Status, Transition, transitions_from
from assessments.models import Assessment, AuditEvent, Service, User

READS_ALL = (Role.EQUALITY_LEAD, Role.AUDITOR, Role.ADMINISTRATOR)
WRITES = (Role.OFFICER, Role.APPROVER, Role.EQUALITY_LEAD)
FINISHED = (Status.APPROVED, Status.SCREENED_OUT)
"""What the whole council may read: officers learn from finished work."""


def visible_to(user: User) -> QuerySet[Assessment]:
    """The assessments that a person may read."""
    # What is searched is long, and never shown.
    everything = Assessment.objects.select_related("service__directorate").defer("search_text")
    if user.role in READS_ALL:
        return everything
    return everything.filter(Q(status__in=FINISHED) | _authored(user) | _of_their_service(user))


def written_by(user: User) -> QuerySet[Assessment]:
    """The assessments whose answers a person may change now."""
    if user.role not in WRITES:
        return Assessment.objects.none()
    editable = [status for status in Status if status.facts.is_editable]
    return visible_to(user).filter(_authored(user), status__in=editable)


def waiting_for(user: User) -> QuerySet[Assessment]:
    """The assessments that a person's role checks or approves next, less those that they wrote."""
    turns = [status for status in Status if status.facts.owner == user.role and not status.facts.is_editable]
    saves = AuditEvent.objects.filter(assessment=OuterRef("pk"), actor=user, verb="save")
    return visible_to(user).filter(~_authored(user), ~Exists(saves), status__in=turns)


def _authored(user: User) -> Q:
    shared = Assessment.co_authors.through.objects.filter(assessment=OuterRef("pk"), user=user)
    return Q(created_by=user) | Exists(shared)


def _of_their_service(user: User) -> Q:
    if user.role == Role.APPROVER:
        return Q(service__directorate__in=Service.objects.filter(pk=user.service_id).values("directorate"))
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
    """Whether the person may make this move now."""
    return assessment.state in transition.sources and is_mover(user, assessment, transition)


def is_mover(user: User, assessment: Assessment, transition: Transition) -> bool:
    """Whether the move is the person's, in its time. Nobody who wrote an assessment checks or approves it: *Brown*."""
    if user.role not in transition.roles:
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
    if assessment.created_by_id == user.pk:
        return True
    prefetch_related_objects([assessment], "co_authors")  # read once, however often it is asked
    return user in assessment.co_authors.all()


def _approves_for(user: User, assessment: Assessment) -> bool:
    if user.role != Role.APPROVER or user.service is None:
        return False
    return user.service.directorate_id == assessment.service.directorate_id


def _has_written(user: User, assessment: Assessment) -> bool:
    return assessment.events.filter(actor=user, verb="save").exists()
