"""The end of an assessment: its content is destroyed, and what is left says that there was one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from assessments import audit, clock, keeping, permissions, written
from assessments.documents import Draft
from assessments.duty.document import Document, long_date
from assessments.models import Assessment, Council, DecisionRecord, User
from assessments.workflow.drafts import hold, words_to_search
from assessments.workflow.refusals import NotAllowed, NotReady
from assessments.workflow.rewriting import drop_messages, drop_reports, forget_words, rewrite


@dataclass(frozen=True)
class Disposal:
    """What became of one assessment that was to be destroyed: `refusal` says why it was not, empty when it was."""

    reference: str
    refusal: str = ""


def dispose(user: User, references: Iterable[str], reason: str) -> list[Disposal]:
    """Destroy the content of these assessments under the retention rule, each by itself: wholly, or not at all.

    Their titles, dates, moves without the reasons, and digests stay. Raises NotAllowed, NotReady (without a reason).
    """
    if not permissions.may_dispose(user):
        raise NotAllowed
    if not reason.strip():
        raise NotReady
    done = [_dispose_of(user, reference, reason) for reference in dict.fromkeys(references)]
    forget_words()
    return done


@transaction.atomic
def _dispose_of(user: User, reference: str, reason: str) -> Disposal:
    try:
        assessment = hold(user, reference)
    except Assessment.DoesNotExist:
        return Disposal(reference, "there is none of that reference")
    if refusal := _refusal(assessment):
        audit.append("refused", user, assessment, move="dispose", because=refusal)
        return Disposal(reference, refusal)
    _rewrite_versions(user, assessment, reason)
    _destroy_rows(assessment)
    drop_reports(assessment)
    drop_messages(assessment, if_any=bool)
    _strip(assessment)
    return Disposal(reference)


def _refusal(assessment: Assessment) -> str:
    if assessment.disposed_at:
        return "it was destroyed before"
    if assessment.legal_hold:
        return "it is under a legal hold"
    last = keeping.kept_until(assessment, Council.current())
    if last is None:
        return "nobody has said when its policy ended, or the work on it is not over"
    if clock.today() <= last:
        return f"it must be kept until {long_date(last.isoformat())}"
    return ""


def _rewrite_versions(user: User, assessment: Assessment, reason: str) -> None:
    """Leave a stub of each version, with an event that ties it to the one before."""
    digest = audit.digest(reason)
    versions = list(assessment.versions.order_by("number"))
    for version in versions:
        audit.append("dispose", user, assessment, **rewrite(version, _stub(version.document, reason)), reason=digest)
    if not versions:
        audit.append("dispose", user, assessment, reason=digest)


def _stub(document: Document, reason: str) -> Document:
    """What stays of a document: which assessment it was, when it was made and moved on, and that it was destroyed."""
    return replace(
        document,
        facts=replace(
            document.facts,
            voided="",
            redacted=(f"The authority given for destroying it: {reason}",),
            disposed=clock.today().isoformat(),
        ),
        outcome="",
        sections=(),
        matrix=(),
        local_matrix=(),
        findings=(),
        decision=None,
        answers={},
        text="",
    )


def _destroy_rows(assessment: Assessment) -> None:
    """Everything that somebody wrote or found. Who moved it on and when, and who decided when, stays."""
    written_rows = (assessment.pages, assessment.comments, assessment.verdicts)
    for rows in (*written_rows, assessment.impacts, assessment.actions, assessment.knowledge_gaps):
        rows.all().delete()
    assessment.library_sources.clear()
    assessment.overrides.update(reason="")
    assessment.moves.update(reason="")
    assessment.decision_makers.update(role="", email="")
    DecisionRecord.objects.filter(assessment=assessment).update(
        updated_at=clock.now(), **dict.fromkeys(written.DECISION, "")
    )


def _strip(assessment: Assessment) -> None:
    """The assessment's own row: its title and its dates stay, but not the day on which somebody would be reminded."""
    now = clock.now()
    assessment.decision_body = assessment.budget_round = assessment.published_link = ""
    assessment.review_date = None
    assessment.content_version += 1
    assessment.updated_at = assessment.disposed_at = now
    assessment.search_text = words_to_search(Draft(assessment))
    assessment.save()
