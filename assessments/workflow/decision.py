"""The decision: what was supplied to it, who was asked to read it, what was decided and published."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from assessments import audit, clock, links, notices, permissions, written
from assessments.duty import lifecycle
from assessments.duty.lifecycle import Status
from assessments.links import DeadLink
from assessments.models import Assessment, Council, DecisionMaker, DecisionRecord, User, Version
from assessments.models.decision import new_key
from assessments.workflow.drafts import hold
from assessments.workflow.moves import make, refusals_kept
from assessments.workflow.refusals import Closed, Conflict, NotAllowed


def stamp(record: DecisionRecord | None) -> str:
    """Which state of the record somebody looks at; empty when there is none yet."""
    return record.updated_at.isoformat() if record else ""


def record_decision(user: User, reference: str, details: Mapping[str, Any], seen: str | None = None) -> DecisionRecord:
    """Write down what is known of the decision. `details` by field of DecisionRecord.

    `seen` is the stamp of the record that the person looked at. Raises Assessment.DoesNotExist, NotAllowed, Closed,
    Conflict (somebody else wrote meanwhile, and not the same).
    """
    with _recording(user, reference, "record-decision") as assessment:
        return _write(user, assessment, details, seen)


def supply(user: User, reference: str, details: Mapping[str, Any], version: str, seen: str | None = None) -> Assessment:
    """Write down that the approved version was given to those who decide, or correct what was written of that.

    `version` is the digest of the version that the person looked at. Raises what `record_decision` raises; Closed also
    when that version is not the approved one any more.
    """
    with _recording(user, reference, "supply") as assessment:
        approved = _approved(assessment)
        if approved.digest != version:
            raise Closed
        _write(user, assessment, {**details, "supplied_version": approved}, seen)
        if assessment.state is Status.APPROVED:
            make(user, assessment, lifecycle.transition("supply"), "", None)
        return assessment


def publish(user: User, reference: str, on: date, link: str, withheld: str) -> Assessment:
    """Write down when and where it was published. `withheld`: what was left out, and why. Raises what `move` raises."""
    with refusals_kept(user, reference, "publish"), transaction.atomic():
        assessment = hold(user, reference)
        assessment.published_on, assessment.published_link = on, link
        make(user, assessment, lifecycle.transition("publish"), withheld, None)
        audit.append("record-publication", user, assessment, on=on.isoformat(), link=audit.digest(link))
        return assessment


def end_review(user: User, reference: str, reason: str, next_review: date) -> Assessment:
    """Close the review: the assessment stands, until it is reviewed again. Raises what `move` raises."""
    with refusals_kept(user, reference, "end_review"), transaction.atomic():
        assessment = hold(user, reference)
        assessment.review_date = next_review
        make(user, assessment, lifecycle.transition("end_review"), reason, None)
        audit.append("record-review", user, assessment, next_review=next_review.isoformat())
        return assessment


def invite(user: User, reference: str, role: str, email: str) -> DecisionMaker:
    """Ask one of those who decide to read the approved version, and send them their personal link.

    Raises what `record_decision` raises; Conflict when somebody at that address was asked already.
    """
    with _recording(user, reference, "invite") as assessment:
        if assessment.decision_makers.filter(email__iexact=email).exists():
            raise Conflict(None)
        maker = DecisionMaker.objects.create(
            assessment=assessment,
            version=_approved(assessment),
            role=role,
            email=email,
            sent_at=clock.now(),
            sent_by=user,
        )
        audit.append("invite", user, assessment, **_named(maker), email=audit.digest(email))
        _send(maker)
        return maker


def send_again(user: User, reference: str, pk: int) -> DecisionMaker:
    """A new link for one who was asked before, to the version that is approved now. The old link ends.

    What they did with an earlier version does not count for this one. Raises DecisionMaker.DoesNotExist, Closed (they
    have acknowledged this version), and what `record_decision` raises.
    """
    with _recording(user, reference, "send-again") as assessment:
        maker, approved = assessment.decision_makers.get(pk=pk), _approved(assessment)
        if maker.version_id != approved.pk:
            maker.version, maker.opened_at, maker.acknowledged_at = approved, None, None
        if maker.acknowledged_at:
            raise Closed
        maker.key, maker.sent_at, maker.sent_by, maker.refused_at = new_key(), clock.now(), user, None
        maker.save()
        audit.append("send-again", user, assessment, **_named(maker))
        _send(maker)
        return maker


def uninvite(user: User, reference: str, pk: int) -> None:
    """Take an invitation back that was not opened, or that was for an earlier version.

    Raises DecisionMaker.DoesNotExist, Closed (it was opened), and what `record_decision` raises.
    """
    with _recording(user, reference, "uninvite") as assessment:
        maker = assessment.decision_makers.get(pk=pk)
        if maker.opened_at and maker.version_id == _approved(assessment).pk:
            raise Closed
        audit.append("uninvite", user, assessment, **_named(maker))
        maker.delete()


def follow_link(token: str) -> DecisionMaker:
    """The invitation behind a personal link, for its page to show. Following it is not opening it.

    Raises DeadLink; that a link of ours did not work any more is kept in the trail, once.
    """
    try:
        return links.follow(token)
    except DeadLink as dead:
        if dead.maker:
            _keep_refusal(dead)
        raise


def open_link(token: str) -> DecisionMaker:
    """Write down that the person opened the assessment, the first time. Raises DeadLink."""
    with _following(token) as maker:
        if maker.opened_at is None:
            maker.opened_at = clock.now()
            maker.save()
            audit.append("open", None, maker.assessment, **_named(maker))
        return maker


def acknowledge(token: str) -> DecisionMaker:
    """Write down that the person says that they have read it, once. Raises DeadLink, Closed (it was never opened)."""
    with _following(token) as maker:
        if maker.opened_at is None:
            raise Closed
        if maker.acknowledged_at is None:
            maker.acknowledged_at = clock.now()
            maker.save()
            audit.append("acknowledge", None, maker.assessment, **_named(maker))
        return maker


@contextmanager
def _recording(user: User, reference: str, name: str) -> Iterator[Assessment]:
    """The assessment, held for somebody who may write down its decision now."""
    with refusals_kept(user, reference, name), transaction.atomic():
        assessment = hold(user, reference)
        if not permissions.may_record_decision(user, assessment):
            is_too_late = assessment.state.facts.is_finished
            is_theirs = permissions.is_mover(user, assessment, lifecycle.transition("decide"))
            raise Closed if is_too_late and is_theirs else NotAllowed
        yield assessment


def _write(user: User, assessment: Assessment, details: Mapping[str, Any], seen: str | None) -> DecisionRecord:
    found = DecisionRecord.objects.filter(assessment=assessment).first()
    record = found or DecisionRecord(assessment=assessment)
    changed = {name: value for name, value in details.items() if getattr(record, name) != value}
    if found and not changed:
        return record
    if seen is not None and seen != stamp(found):
        raise Conflict(None)
    for name, value in changed.items():
        setattr(record, name, value)
    record.updated_at = clock.now()
    record.save()
    audit.append("record-decision", user, assessment, **{name: _spoken(name, each) for name, each in changed.items()})
    return record


def _spoken(name: str, value: Any) -> Any:
    """A detail as the trail holds it."""
    if isinstance(value, Version):
        return {"number": value.number, "digest": value.digest}
    if isinstance(value, date):
        return value.isoformat()
    return audit.digest(value) if name in written.DECISION else value


def _approved(assessment: Assessment) -> Version:
    version = links.approved_version(assessment)
    if version is None:
        raise Closed
    return version


def _send(maker: DecisionMaker) -> None:
    context = {
        "assessment": maker.assessment,
        "maker": maker,
        "record": DecisionRecord.objects.filter(assessment=maker.assessment).first(),
        "link": notices.address(reverse("acknowledge", args=[links.token(maker)])),
        "last_day": links.last_day(maker, Council.current()),
    }
    notices.send([maker.email], "decision_link", context)


def _named(maker: DecisionMaker) -> dict[str, Any]:
    return {"maker": maker.pk, "role": audit.digest(maker.role), "version": maker.version.number}


@contextmanager
def _following(token: str) -> Iterator[DecisionMaker]:
    """The invitation, held with its assessment: nobody changes or decides it meanwhile."""
    maker = follow_link(token)
    with transaction.atomic():
        Assessment.objects.select_for_update(of=("self",)).only("pk").get(pk=maker.assessment_id)
        yield links.follow(token)


def _keep_refusal(dead: DeadLink) -> None:
    maker = dead.maker
    with transaction.atomic():
        # In one statement, so that a link that is tried a thousand times fills no trail.
        is_first = DecisionMaker.objects.filter(pk=maker.pk, refused_at=None).update(refused_at=clock.now())
        if is_first:
            audit.append("refused-link", None, maker.assessment, **_named(maker), because=dead.why.name.lower())
