"""Somebody who checks: where their pages are, what they say, what the trail has of it."""

import json
from types import SimpleNamespace
from typing import Any

from assessments import workflow
from assessments.models import Assessment, AuditEvent, Comment
from tests import factories

SAID = "Who are the pupils that cannot walk to the other school?"
REPLIED = "We have asked the schools, and add the numbers."


def at(assessment: Assessment, rest: str) -> str:
    """An address below that of the assessment."""
    return f"/assessments/{assessment.reference}/{rest}"


def comment_at(assessment: Assessment, page: str = "proposal", key: str = "aims") -> str:
    """Where an answer is commented on."""
    return at(assessment, f"review/comment/?page={page}&key={key}")


def commented(
    people: SimpleNamespace, assessment: Assessment, text: str = SAID, page: str = "proposal", key: str = "aims"
) -> Comment:
    """A comment of the equality lead's."""
    return workflow.comment(people.lead, assessment.reference, page, key, text)


def back_and_again(people: SimpleNamespace, assessment: Assessment, **answers: Any) -> Assessment:
    """Returned, changed on its first page, and with the equality lead once more."""
    factories.moved(people.lead, assessment, "return_by_lead")
    factories.save(people.officer, assessment, "proposal", **answers)
    factories.moved(people.officer, assessment, "submit")
    return factories.moved(people.approver, assessment, "forward")


def last_event() -> tuple[AuditEvent, dict[str, Any]]:
    """The end of the trail, with its payload."""
    event = AuditEvent.objects.order_by("sequence").last()
    return event, json.loads(event.payload)
