"""Moves through the lifecycle: each by the right person, from the right state, once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from assessments import audit, clock, notices, permissions
from assessments.documents import Draft
from assessments.duty import lifecycle, screening
from assessments.duty.lifecycle import Status, Transition
from assessments.models import Assessment, DecisionRecord, Move, User, Verdict, Version
from assessments.workflow.drafts import hold
from assessments.workflow.refusals import Blocked, Closed, NotAllowed, NotReady


def move(user: User, reference: str, name: str, reason: str = "", seen: int | None = None) -> Assessment:
    """Make one move of the lifecycle.

    `seen` is the content version that the person looked at, where it matters that it is still the one. Raises
    Assessment.DoesNotExist, Closed (another state or another content by now), NotAllowed, NotReady (something is
    missing), Blocked (due-regard checks stand in the way).
    """
    with refusals_kept(user, reference, name), transaction.atomic():
        return make(user, hold(user, reference), lifecycle.transition(name), reason, seen)


@contextmanager
def refusals_kept(user: User, reference: str, name: str) -> Iterator[None]:
    """Write into the trail that somebody tried what they may not do, or what the checks stop. Raises it again."""
    try:
        yield
    except (NotAllowed, Blocked) as refusal:
        with transaction.atomic():
            because = [each.check for each in refusal.findings] if isinstance(refusal, Blocked) else "not allowed"
            audit.append("refused", user, hold(user, reference), move=name, because=because)
        raise


def make(user: User, assessment: Assessment, transition: Transition, reason: str, seen: int | None) -> Assessment:
    """The move itself, on an assessment that is held, in the caller's transaction. Raises what `move` raises."""
    if assessment.state not in transition.sources:
        raise Closed
    if seen is not None and seen != assessment.content_version:
        raise Closed
    if not permissions.may_move(user, assessment, transition):
        raise NotAllowed
    _check_ready(Draft(assessment), transition)
    now = clock.now()
    if transition.submits:
        assessment.submitted_at = now
    if transition.approves:
        assessment.approved_at = now
    if transition.voids:
        assessment.approved_at = None
    if transition.name == "decide":
        _note_decision(assessment)
    _enter(user, assessment, transition, reason)
    if transition.approves and assessment.supersedes_id:
        _supersede(user, assessment)
    return assessment


def _check_ready(draft: Draft, transition: Transition) -> None:
    if check := _READY.get(transition.name):
        check(draft)
    if transition.stage and (blocks := draft.blocks(transition.stage)):
        raise Blocked(blocks)


def _check_full(draft: Draft) -> None:
    if draft.assessment.screening == screening.Outcome.SCREENED_OUT.value or not draft.is_ready:
        raise NotReady


def _check_screened_out(draft: Draft) -> None:
    if draft.assessment.screening != screening.Outcome.SCREENED_OUT.value or not draft.is_ready:
        raise NotReady


def _check_verdicts(draft: Draft) -> None:
    if draft.assessment.verdicts.filter(value=Verdict.Value.MEND).exists():
        raise NotReady


def _check_decision(draft: Draft) -> None:
    if draft.decision is None or not (draft.decision.decided_on and draft.decision.decided):
        raise NotReady


_READY: dict[str, Callable[[Draft], None]] = {
    "submit": _check_full,
    "screen_out": _check_screened_out,
    "pass_check": _check_verdicts,
    "approve_screening": _check_verdicts,
    "decide": _check_decision,
}
"""What must be there before a move, besides what the due-regard checks look at."""


def _note_decision(assessment: Assessment) -> None:
    """When it was decided, and whether that was before it was approved: *Brown*, principle 2."""
    assessment.decided_on = DecisionRecord.objects.get(assessment=assessment).decided_on
    if assessment.decided_on and assessment.approved_at:
        assessment.is_retrospective = assessment.decided_on < timezone.localdate(assessment.approved_at)


def _enter(user: User, assessment: Assessment, transition: Transition, reason: str) -> None:
    """Write the move down: in the assessment, among its moves, as a version where it freezes one, and in the trail."""
    now, before = clock.now(), assessment.status
    assessment.status = transition.target.value
    assessment.updated_at = assessment.status_since = now
    assessment.save()
    Move.objects.create(
        assessment=assessment,
        name=transition.name,
        before=before,
        after=assessment.status,
        by=user,
        at=now,
        reason=reason,
    )
    frozen = freeze(user, assessment, transition.name) if transition.freezes else None
    audit.append(
        transition.name,
        user,
        assessment,
        before=before,
        after=assessment.status,
        reason=audit.digest(reason),
        version=frozen.number if frozen else None,
        digest=frozen.digest if frozen else None,
    )
    notices.hand_over(assessment, transition, user, reason, Status(before))


def freeze(user: User, assessment: Assessment, reason: str) -> Version:
    """Keep the document as it is now, as the next numbered version."""
    number = assessment.versions.count() + 1
    document = Draft(assessment).document(version=number)
    return Version.objects.create(
        assessment=assessment,
        number=number,
        reason=reason,
        document_json=document.canonical_json(),
        digest=document.digest,
        created_by=user,
        created_at=clock.now(),
    )


def _supersede(user: User, successor: Assessment) -> None:
    """The assessment that this one replaces is superseded, if it still stands."""
    supersede = lifecycle.transition("supersede")
    earlier = Assessment.objects.select_for_update(of=("self",)).get(pk=successor.supersedes_id)
    if Status(earlier.status) in supersede.sources:
        _enter(user, earlier, supersede, f"Replaced by {successor.reference}.")
