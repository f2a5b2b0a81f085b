"""Personal links to an assessment, for the people who decide and have no account.

A link holds the key of one invitation, signed, so that nobody can make one up. Everything else about it, such as the
day on which it ends, is looked up when it is followed.
"""

from datetime import date, timedelta
from enum import Enum, auto

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from assessments import clock
from assessments.duty.lifecycle import Status
from assessments.models import Assessment, Council, DecisionMaker, Version

_signer = Signer(sep=".", salt="assessments.decision-maker")  # a full stop needs no escape in an address


class Why(Enum):
    """Why a link does not work."""

    ALTERED = auto()
    """It is not one of ours: mistyped, cut short or made up."""
    REPLACED = auto()
    """A new one was sent, or the invitation was taken back."""
    CHANGED = auto()
    """The version that it was sent for is not the approved one any more."""
    DECIDED = auto()
    """The decision was recorded."""
    ENDED = auto()
    """The assessment was withdrawn, superseded or destroyed."""
    EXPIRED = auto()


class DeadLink(Exception):
    """The link does not work. `maker` is None where nobody can tell whose it was."""

    def __init__(self, why: Why, maker: DecisionMaker | None = None) -> None:
        super().__init__(why.name)
        self.why, self.maker = why, maker


def token(maker: DecisionMaker) -> str:
    """What makes the address of the link personal."""
    return _signer.sign(maker.key)


def follow(token: str) -> DecisionMaker:
    """The invitation that a link belongs to. Raises DeadLink."""
    try:
        key = _signer.unsign(token)
    except BadSignature as altered:
        raise DeadLink(Why.ALTERED) from altered
    found = DecisionMaker.objects.select_related("assessment__service__directorate", "version", "sent_by")
    maker = found.filter(key=key).first()
    if maker is None:
        raise DeadLink(Why.REPLACED)
    if why := why_dead(maker, approved_version(maker.assessment), Council.current()):
        raise DeadLink(why, maker)
    return maker


def why_dead(maker: DecisionMaker, approved: Version | None, council: Council) -> Why | None:
    """Why the link of an invitation does not work now; None while it does. `approved`: the version that is, if any."""
    assessment = maker.assessment
    if assessment.disposed_at or assessment.state in (Status.WITHDRAWN, Status.SUPERSEDED):
        return Why.ENDED
    if assessment.state in (Status.DECIDED, Status.PUBLISHED, Status.UNDER_REVIEW):
        return Why.DECIDED
    if approved is None or approved.pk != maker.version_id:
        return Why.CHANGED
    return Why.EXPIRED if clock.today() > last_day(maker, council) else None


def last_day(maker: DecisionMaker, council: Council) -> date:
    """The last day on which the link of an invitation works."""
    return timezone.localdate(maker.sent_at) + timedelta(days=council.link_days)


def approved_version(assessment: Assessment) -> Version | None:
    """The version whose approval holds now, without its document."""
    if not assessment.approved_at:
        return None
    return assessment.versions.filter(reason="approve").defer("document_json").first()
