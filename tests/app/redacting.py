"""Somebody takes out a name that stands nowhere else, on a day that is told."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from assessments import clock, workflow, written
from assessments.keeping import Ground
from assessments.models import Assessment
from tests import factories

NAME = "Ulrika Zwingliana"
DAY = datetime(2026, 3, 5, 12, tzinfo=UTC)
MARK = "[redacted on 5 March 2026]"


def about(name: str = NAME) -> str:
    """A paragraph with the name in it, and a list."""
    return f"We spoke to {name} of Hill Street.\n\n- one\n- two"


def redact(
    people: SimpleNamespace,
    assessment: Assessment,
    passage: str = NAME,
    ground: Ground = Ground.PERSONAL,
    note: str = "",
    **more: Any,
) -> Any:
    """The administrator takes the passage out."""
    with clock.telling(DAY):
        return workflow.redact(people.administrator, assessment.reference, passage, ground, note, **more)


def submitted_about(people: SimpleNamespace) -> Assessment:
    """With the head of service: one version, in which the name stands once."""
    made = factories.complete(people.officer, factories.draft(people.officer))
    factories.save(people.officer, made, "people", who=about())
    return factories.moved(people.officer, made, "submit")


def decided_about(people: SimpleNamespace, name: str = NAME) -> Assessment:
    """A decided assessment with the name in every answer, every remark, every reason, and so in every version."""
    made = factories.complete(people.officer, factories.draft(people.officer, f"A plan for {name}"))
    for page in made.pages.all():
        said = written.in_answers(
            made.questionnaire, page.page, page.answers, lambda text: f"{text[:200]} {name} there"
        )
        factories.save(people.officer, made, page.page, **said)
    made.overrides.create(number=1, page="people", reason="Out of proportion", by=people.lead, at=clock.now())
    moves = [("officer", "submit"), ("approver", "forward"), ("lead", "pass_check"), ("approver", "approve")]
    for who, move in moves:
        if move == "pass_check":
            workflow.comment(people.lead, made.reference, "people", "who", f"Why do you name {name}?")
        factories.moved(getattr(people, who), made, move, f"Because of {name}")
    factories.supplied(people, Assessment.objects.get(pk=made.pk))
    factories.decided(people, made, weighed=about(name), differences=f"None but for {name}")
    return Assessment.objects.get(pk=made.pk)


def frozen_text(assessment: Assessment) -> str:
    """Everything that its versions hold."""
    return "".join(each.document_json for each in assessment.versions.all())
