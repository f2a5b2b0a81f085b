"""What changed in an assessment so far, as a start for the officer's own words."""

from dataclasses import dataclass

from assessments.documents import Draft
from assessments.duty.difference import compare, summary
from assessments.models import Assessment, Version


@dataclass(frozen=True)
class Suggestion:
    """What changed, as a short list, and since when: a version or a reference."""

    text: str
    since: str


def suggested_change(draft: Draft) -> Suggestion | None:
    """What changed since its first version, or from the assessment that it replaces; None where nothing did."""
    version = _earlier(draft.assessment)
    before = version.document if version else None
    if before is None or before.facts.disposed:
        return None
    text = summary(compare(before, draft.document()))
    is_own = before.facts.reference == draft.assessment.reference
    since = f"version {before.facts.version}" if is_own else before.facts.reference
    return Suggestion(text, since) if text else None


def _earlier(assessment: Assessment) -> Version | None:
    first = assessment.versions.order_by("number").first()
    replaced = assessment.supersedes
    return first or (replaced.versions.first() if replaced else None)
