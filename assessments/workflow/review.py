"""What those who check an assessment say of it: verdicts on sections, comments on answers, checks set aside."""

from collections.abc import Mapping

from django.db import transaction

from assessments import audit, clock, notices, permissions
from assessments.documents import Draft, current_document
from assessments.duty.answer import answer
from assessments.duty.due_regard import CHECKS
from assessments.models import Assessment, Comment, Override, User, Verdict
from assessments.workflow.drafts import hold
from assessments.workflow.moves import refusals_kept
from assessments.workflow.refusals import Closed, NotAllowed, NotReady


@transaction.atomic
def judge(user: User, reference: str, verdicts: Mapping[str, str], seen: int | None = None) -> None:
    """Say of each section, by its slug, what the equality lead thinks of it: a value of `Verdict.Value`.

    A section that is not named keeps the verdict it had; one that the assessment has no more loses it. `seen` is the
    content version that the person looked at. Raises Assessment.DoesNotExist, Closed (another state or another content
    by now), NotAllowed, ValueError (no such section or verdict).
    """
    assessment = _under_check(user, reference, seen)
    if not permissions.may_give_verdicts(user, assessment):
        raise NotAllowed
    sections = [each.slug for each in current_document(assessment).sections]
    if not (verdicts.keys() <= set(sections) and set(verdicts.values()) <= set(Verdict.Value.values)):
        raise ValueError(f"Not verdicts on this assessment: {dict(verdicts)}")
    now = clock.now()
    assessment.verdicts.exclude(section__in=sections).delete()
    Verdict.objects.bulk_create(
        [
            Verdict(assessment=assessment, section=section, value=value, by=user, at=now)
            for section, value in verdicts.items()
        ],
        update_conflicts=True,
        unique_fields=["assessment", "section"],
        update_fields=["value", "by", "at"],
    )
    audit.append("judge", user, assessment, verdicts=dict(verdicts))


@transaction.atomic
def comment(user: User, reference: str, page: str, key: str, text: str, seen: int | None = None) -> Comment:
    """Remark on one answer, or with an empty `key` on a whole page. The answer is kept with it as it is now.

    `seen` is the content version that the person looked at. Raises Assessment.DoesNotExist, Closed (another state or
    another content by now), NotAllowed, KeyError (the assessment has no such page or question).
    """
    assessment = _under_check(user, reference, seen)
    if not permissions.may_comment(user, assessment):
        raise NotAllowed
    document = current_document(assessment)
    said_on = answer(document, page, key).text
    made = Comment.objects.create(
        assessment=assessment,
        page=page,
        key=key,
        said_on=said_on,
        version=document.facts.version,
        text=text,
        by=user,
        at=clock.now(),
    )
    audit.append(
        "comment",
        user,
        assessment,
        comment=made.pk,
        page=page,
        key=key,
        version=made.version,
        said_on=audit.digest(said_on),
        text=audit.digest(text),
    )
    notices.remark(made)
    return made


@transaction.atomic
def reply(user: User, pk: int, text: str) -> Comment:
    """Answer a comment. Raises Comment.DoesNotExist, Assessment.DoesNotExist, Closed, NotAllowed."""
    remark = _discussed(user, pk)
    if not permissions.may_reply(user, remark.assessment):
        raise NotAllowed
    made = Comment.objects.create(assessment=remark.assessment, thread=remark, text=text, by=user, at=clock.now())
    audit.append("reply", user, remark.assessment, comment=pk, reply=made.pk, text=audit.digest(text))
    notices.remark(made)
    return made


@transaction.atomic
def resolve(user: User, pk: int) -> Comment:
    """Mark a comment as resolved; one that is already stays as it is. Raises what `reply` raises."""
    remark = _resolvable(user, pk)
    if remark.resolved_at is None:
        remark.resolved_by, remark.resolved_at = user, clock.now()
        remark.save()
        audit.append("resolve", user, remark.assessment, comment=pk)
    return remark


@transaction.atomic
def unresolve(user: User, pk: int) -> Comment:
    """Open a resolved comment again; one that is open stays as it is. Raises what `reply` raises."""
    remark = _resolvable(user, pk)
    if remark.resolved_at:
        remark.resolved_by = remark.resolved_at = None
        remark.save()
        audit.append("unresolve", user, remark.assessment, comment=pk)
    return remark


def override(user: User, reference: str, number: int, page: str, reason: str) -> Override:
    """Set one block of a due-regard check aside, with the reason that the report prints.

    `page` is the finding's, empty where the decision record mends it. Raises Assessment.DoesNotExist, KeyError (no
    such check), Closed (another state, or the check finds no block there that stands), NotAllowed, NotReady (no
    reason).
    """
    with refusals_kept(user, reference, "override"), transaction.atomic():
        assessment = _overridable(user, reference, number)
        standing = [(each.check, each.page) for each in Draft(assessment).findings if each.blocks]
        if (number, page) not in standing:
            raise Closed
        if not reason.strip():
            raise NotReady
        made, _ = Override.objects.update_or_create(
            assessment=assessment,
            number=number,
            page=page,
            defaults={"reason": reason, "by": user, "at": clock.now()},
        )
        audit.append("override", user, assessment, check=number, page=page, reason=audit.digest(reason))
    return made


def lift_override(user: User, reference: str, number: int, page: str) -> None:
    """Let a check count again; where it does already nothing happens. Raises what `override` raises."""
    with refusals_kept(user, reference, "lift_override"), transaction.atomic():
        assessment = _overridable(user, reference, number)
        lifted, _ = assessment.overrides.filter(number=number, page=page).delete()
        if lifted:
            audit.append("lift_override", user, assessment, check=number, page=page)


def _under_check(user: User, reference: str, seen: int | None) -> Assessment:
    assessment = hold(user, reference)
    if assessment.state not in permissions.UNDER_CHECK:
        raise Closed
    if seen is not None and seen != assessment.content_version:
        raise Closed
    return assessment


def _discussed(user: User, pk: int) -> Comment:
    """The comment, not a reply, with its assessment held."""
    reference = Comment.objects.values_list("assessment__reference", flat=True).get(pk=pk, thread=None)
    assessment = hold(user, reference)
    if not permissions.is_discussed(assessment):
        raise Closed
    return assessment.comments.get(pk=pk)


def _resolvable(user: User, pk: int) -> Comment:
    remark = _discussed(user, pk)
    if not permissions.may_resolve(user, remark):
        raise NotAllowed
    return remark


def _overridable(user: User, reference: str, number: int) -> Assessment:
    """The assessment, held, if the person may set that check aside there now."""
    checks = {each.number: each for each in CHECKS}
    assessment = hold(user, reference)
    if not permissions.is_before_stage(assessment):
        raise Closed
    if not permissions.may_override(user, assessment, checks[number]):
        raise NotAllowed
    return assessment
