"""Who may do what: the one place that answers.

`visible_to` goes into the query, so that what a person may not see does not exist for them (404). The `may_...`
functions then answer for a verb on an assessment that they see (403).
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from assessments.duty.due_regard import Check
from assessments.duty.lifecycle import By, Role, Status, Transition, transitions_from
from assessments.models import Assessment, AuditEvent, Comment, Dataset, Service, User

READS_ALL = (Role.EQUALITY_LEAD, Role.AUDITOR, Role.ADMINISTRATOR)
WRITES = (Role.OFFICER, Role.APPROVER, Role.EQUALITY_LEAD)
FINISHED = tuple(each for each in Status if each.facts.is_finished)
"""What the whole council may read: officers learn from finished work."""
READS_TRAIL = (Role.AUDITOR, Role.ADMINISTRATOR, Role.EQUALITY_LEAD)
UNDER_CHECK = (Status.WITH_HEAD, Status.WITH_LEAD, Status.PASSED, Status.SCREENING)


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
    """The assessments whose next move is the person's: to check and approve what others wrote, to carry on their own.

    A draft that was never submitted waits for nobody.
    """
    if user.role not in WRITES:
        return Assessment.objects.none()
    theirs = [each for each in Status if each.facts.owner is Role.OFFICER and each is not Status.DRAFT]
    turns = [
        each for each in Status if each.facts.owner == user.role and each not in theirs and each is not Status.DRAFT
    ]
    if user.role == Role.EQUALITY_LEAD:
        turns.append(Status.SCREENING)
    saves = AuditEvent.objects.filter(assessment=OuterRef("pk"), actor=user, verb="save")
    checks = ~_authored(user) & ~Exists(saves) & Q(status__in=turns)
    return visible_to(user).filter(checks | (_authored(user) & Q(status__in=theirs)), disposed_at=None)


def writers_of(assessment: Assessment) -> QuerySet[User]:
    """The people who write it and can sign in."""
    shared = Assessment.co_authors.through.objects.filter(assessment=assessment, user=OuterRef("pk"))
    wrote = Q(pk=assessment.created_by_id) | Exists(shared)
    return User.objects.filter(wrote, is_active=True, role__in=WRITES)


def judges_of(assessment: Assessment) -> QuerySet[User]:
    """The people who may check it in any state and can sign in: what `may_judge` says of each."""
    saves = AuditEvent.objects.filter(assessment=assessment, actor=OuterRef("pk"), verb="save")
    approves = Q(role=Role.APPROVER, service__directorate=assessment.service.directorate_id)
    oversees = User.objects.filter(approves | Q(role=Role.EQUALITY_LEAD), is_active=True)
    return oversees.exclude(pk__in=writers_of(assessment).values("pk")).exclude(Exists(saves))


def whose_turn(assessment: Assessment, status: Status) -> QuerySet[User]:
    """Those for whom it waits in that status: `waiting_for`, from the other side."""
    if status is Status.DRAFT or status.facts.owner is None:
        return User.objects.none()
    if status.facts.owner is Role.OFFICER:
        return writers_of(assessment)
    roles = [status.facts.owner, *([Role.EQUALITY_LEAD] if status is Status.SCREENING else [])]
    return judges_of(assessment).filter(role__in=roles)


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
    return assessment.state.facts.is_editable and (is_author(user, assessment) or _oversees(user, assessment))


def may_move(user: User, assessment: Assessment, transition: Transition) -> bool:
    """Whether the person may make this move now."""
    return assessment.state in transition.sources and is_mover(user, assessment, transition)


def is_mover(user: User, assessment: Assessment, transition: Transition) -> bool:
    """Whether the move is the person's, in its time. Nobody who wrote an assessment checks or approves it: *Brown*."""
    if user.role not in transition.roles or assessment.disposed_at:
        return False
    if transition.by is By.AUTHORS:
        return is_author(user, assessment)
    if transition.by is By.EITHER:
        return is_author(user, assessment) or _oversees(user, assessment)
    return may_judge(user, assessment)


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


def may_judge(user: User, assessment: Assessment) -> bool:
    """Whether the person may check it in any state: its approver or an equality lead, who did not write any of it."""
    return _oversees(user, assessment) and not is_author(user, assessment) and not _has_written(user, assessment)


def may_comment(user: User, assessment: Assessment) -> bool:
    """Whether the person may remark on its answers now: while it is with those who check it."""
    return assessment.state in UNDER_CHECK and may_judge(user, assessment)


def may_give_verdicts(user: User, assessment: Assessment) -> bool:
    """Whether the person may say of each section what they think of it: the equality lead, during the check."""
    is_checked = assessment.state in (Status.WITH_LEAD, Status.SCREENING)
    return is_checked and user.role == Role.EQUALITY_LEAD and may_comment(user, assessment)


def may_reply(user: User, assessment: Assessment) -> bool:
    """Whether the person may answer a remark now: those who write it, and those who check it, until it is finished."""
    return is_discussed(assessment) and (is_author(user, assessment) or may_judge(user, assessment))


def is_discussed(assessment: Assessment) -> bool:
    """Whether remarks on it are still answered and settled: while it is written or checked."""
    return assessment.state in UNDER_CHECK or assessment.state.facts.is_editable


def may_resolve(user: User, comment: Comment) -> bool:
    """Whether the person may call a remark settled: whoever made it, and any equality lead who may check it."""
    if not may_reply(user, comment.assessment):
        return False
    return comment.by_id == user.pk or (user.role == Role.EQUALITY_LEAD and not is_author(user, comment.assessment))


def may_read_comments(user: User, assessment: Assessment) -> bool:
    """Whether the person may read the remarks: those who write or check it, and those who read all."""
    return user.role in READS_ALL or is_author(user, assessment) or _oversees(user, assessment)


def may_override(user: User, assessment: Assessment, check: Check) -> bool:
    """Whether the person may set this check aside now: a role that the check names, who did not write any of it."""
    return check in overridable(user, assessment, (check,))


def overridable(user: User, assessment: Assessment, checks: Iterable[Check]) -> tuple[Check, ...]:
    """Those of the checks that the person may set aside now: what `may_override` says of each, asked once."""
    theirs = tuple(each for each in checks if user.role in each.overridden_by)
    return theirs if theirs and is_before_stage(assessment) and may_judge(user, assessment) else ()


def is_before_stage(assessment: Assessment) -> bool:
    """Whether one of its next moves is a stage that the due-regard checks guard."""
    return not assessment.disposed_at and any(each.stage for each in transitions_from(assessment.state))


def may_record_decision(user: User, assessment: Assessment) -> bool:
    """Whether the person may write down the decision and invite those who take it."""
    is_due = any(each.name == "decide" for each in transitions_from(assessment.state))
    return is_due and not assessment.disposed_at and (is_author(user, assessment) or _oversees(user, assessment))


def may_succeed(user: User, assessment: Assessment) -> bool:
    """Whether the person may start a new assessment from this one."""
    return may_start(user) and assessment.state.facts.is_finished and not assessment.disposed_at


def may_keep(user: User, assessment: Assessment) -> bool:
    """Whether the person may say how long it is kept: those who write or oversee it, and administrators."""
    if assessment.disposed_at:
        return False
    return user.is_administrator or is_author(user, assessment) or _oversees(user, assessment)


def may_hold(user: User) -> bool:
    """Whether the person may put a legal hold on an assessment, or lift one."""
    return user.role == Role.EQUALITY_LEAD or user.is_administrator


def may_dispose(user: User) -> bool:
    """Whether the person confirms what is destroyed, and takes out what must not be kept."""
    return user.is_administrator


def may_read_trail(user: User) -> bool:
    """Whether the person may read the council's whole audit trail, and take it away."""
    return user.role in READS_TRAIL


def may_set_population(user: User) -> bool:
    """Whether the person may import population figures, and say which areas they are of. All who sign in read them."""
    return user.role == Role.EQUALITY_LEAD or user.is_administrator


def may_write_library(user: User) -> bool:
    """Whether the person may add a source to the evidence library, change one, or put one out of use."""
    return user.role in WRITES


def may_count(user: User) -> bool:
    """Whether the person may add data about the users of a service: see `services_counted`."""
    return user.role in WRITES


def services_counted(user: User) -> QuerySet[Service]:
    """The services whose users the person may count: an officer’s own, those of an approver’s directorate, or all."""
    if user.role == Role.EQUALITY_LEAD:
        return Service.in_use()
    if user.role == Role.APPROVER:
        return Service.in_use().filter(directorate__services=user.service_id)
    return Service.in_use().filter(pk=user.service_id) if user.role == Role.OFFICER else Service.objects.none()


def datasets_visible_to(user: User) -> QuerySet[Dataset]:
    """The data about users of services that a person may read."""
    if user.role in READS_ALL:
        return Dataset.objects.all()
    return Dataset.objects.filter(service__in=services_counted(user).values("pk"))


def _oversees(user: User, assessment: Assessment) -> bool:
    return user.role == Role.EQUALITY_LEAD or _approves_for(user, assessment)


def _approves_for(user: User, assessment: Assessment) -> bool:
    if user.role != Role.APPROVER or user.service is None:
        return False
    return user.service.directorate_id == assessment.service.directorate_id


def _has_written(user: User, assessment: Assessment) -> bool:
    return assessment.events.filter(actor=user, verb="save").exists()
