"""What state an assessment is in, whose turn it is, and who may move it on.

The table here is the only list of states and moves. The diagram in docs/lifecycle.md is drawn from it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does with assessments."""

    OFFICER = "officer"
    APPROVER = "approver"
    EQUALITY_LEAD = "equality-lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.OFFICER: "Officer",
    Role.APPROVER: "Approver (head of service)",
    Role.EQUALITY_LEAD: "Equality lead",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}


class Status(StrEnum):
    """Where an assessment stands."""

    DRAFT = "draft"
    WITH_HEAD = "with-head"
    WITH_LEAD = "with-lead"
    RETURNED = "returned"
    PASSED = "passed"
    APPROVED = "approved"
    SCREENING = "screening"
    SCREENED_OUT = "screened-out"
    WITHDRAWN = "withdrawn"

    @property
    def facts(self) -> "StatusFacts":
        """Its label, whose turn it is, and what it allows."""
        return STATUSES[self]

    @property
    def label(self) -> str:
        """The status as readers see it."""
        return self.facts.label


@dataclass(frozen=True)
class StatusFacts:
    """A status in words: whose turn it is (`owner`, None when nobody's), whether answers can change."""

    label: str
    owner: Role | None
    colour: str
    is_editable: bool = False


STATUSES = {
    Status.DRAFT: StatusFacts("Draft", Role.OFFICER, "blue", is_editable=True),
    Status.WITH_HEAD: StatusFacts("With the head of service", Role.APPROVER, "yellow"),
    Status.WITH_LEAD: StatusFacts("With the equality lead", Role.EQUALITY_LEAD, "purple"),
    Status.RETURNED: StatusFacts("Returned to the officer", Role.OFFICER, "orange", is_editable=True),
    Status.PASSED: StatusFacts("Checked, waiting for approval", Role.APPROVER, "teal"),
    Status.APPROVED: StatusFacts("Approved", None, "green"),
    Status.SCREENING: StatusFacts("Screening out, waiting for approval", Role.APPROVER, "yellow"),
    Status.SCREENED_OUT: StatusFacts("Screened out", None, "grey"),
    Status.WITHDRAWN: StatusFacts("Withdrawn", None, "red"),
}


@dataclass(frozen=True)
class Transition:
    """One move: from where, to where, by whom.

    `by_author`: the people who write the assessment make it, and nobody else; every other move is for people who did
    not write it. `needs_reason` asks for words that the record keeps. `freezes` makes a numbered version.
    """

    name: str
    label: str
    sources: tuple[Status, ...]
    target: Status
    roles: tuple[Role, ...]
    by_author: bool = False
    needs_reason: bool = False
    freezes: bool = False


_WRITERS = (Role.OFFICER, Role.APPROVER, Role.EQUALITY_LEAD)

TRANSITIONS = (
    Transition(
        "submit",
        "Submit to the head of service",
        (Status.DRAFT, Status.RETURNED),
        Status.WITH_HEAD,
        _WRITERS,
        by_author=True,
        freezes=True,
    ),
    Transition(
        "screen_out",
        "Submit for screening out",
        (Status.DRAFT, Status.RETURNED),
        Status.SCREENING,
        _WRITERS,
        by_author=True,
        freezes=True,
    ),
    Transition("forward", "Send to the equality lead", (Status.WITH_HEAD,), Status.WITH_LEAD, (Role.APPROVER,)),
    Transition("pass_check", "Pass the check", (Status.WITH_LEAD,), Status.PASSED, (Role.EQUALITY_LEAD,)),
    Transition("approve", "Approve", (Status.PASSED,), Status.APPROVED, (Role.APPROVER,), freezes=True),
    Transition(
        "approve_screening",
        "Approve screening out",
        (Status.SCREENING,),
        Status.SCREENED_OUT,
        (Role.APPROVER, Role.EQUALITY_LEAD),
        freezes=True,
    ),
    Transition(
        "return_by_head",
        "Return to the officer",
        (Status.WITH_HEAD, Status.PASSED),
        Status.RETURNED,
        (Role.APPROVER,),
        needs_reason=True,
    ),
    Transition(
        "return_by_lead",
        "Return to the officer",
        (Status.WITH_LEAD,),
        Status.RETURNED,
        (Role.EQUALITY_LEAD,),
        needs_reason=True,
    ),
    Transition(
        "refuse_screening",
        "Return to the officer",
        (Status.SCREENING,),
        Status.RETURNED,
        (Role.APPROVER, Role.EQUALITY_LEAD),
        needs_reason=True,
    ),
    Transition(
        "withdraw",
        "Withdraw",
        (Status.DRAFT, Status.RETURNED, Status.WITH_HEAD, Status.WITH_LEAD, Status.PASSED, Status.SCREENING),
        Status.WITHDRAWN,
        _WRITERS,
        by_author=True,
        needs_reason=True,
        freezes=True,
    ),
)

_BY_NAME = {transition.name: transition for transition in TRANSITIONS}


def transition(name: str) -> Transition:
    """The move of that name; KeyError where there is none."""
    return _BY_NAME[name]


def transitions_from(status: Status) -> tuple[Transition, ...]:
    """The moves that a status allows, in the table's order."""
    return tuple(each for each in TRANSITIONS if status in each.sources)


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT.name}"]
    lines += [f"    {status.name}: {facts.label}" for status, facts in STATUSES.items()]
    lines += [
        f"    {source.name} --> {each.target.name}: {each.label} ({', '.join(role.label for role in each.roles)})"
        for each in TRANSITIONS
        for source in each.sources
    ]
    lines += [f"    {status.name} --> [*]" for status, facts in STATUSES.items() if facts.owner is None]
    return "\n".join(lines) + "\n"
