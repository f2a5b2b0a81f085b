"""What state an assessment is in, whose turn it is, and who may move it on.

The table here is the only list of states and moves. The diagram in docs/lifecycle.md is drawn from it.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


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
    SUPPLIED = "supplied"
    DECIDED = "decided"
    PUBLISHED = "published"
    UNDER_REVIEW = "under-review"
    SUPERSEDED = "superseded"
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
    """A status in words: whose turn it is (`owner`, None when nobody's), whether answers can change.

    `is_finished`: approved, so that the whole council may read and learn from it.
    """

    label: str
    owner: Role | None
    colour: str
    is_editable: bool = False
    is_finished: bool = False


STATUSES = {
    Status.DRAFT: StatusFacts("Draft", Role.OFFICER, "blue", is_editable=True),
    Status.WITH_HEAD: StatusFacts("With the head of service", Role.APPROVER, "yellow"),
    Status.WITH_LEAD: StatusFacts("With the equality lead", Role.EQUALITY_LEAD, "purple"),
    Status.RETURNED: StatusFacts("Returned to the officer", Role.OFFICER, "orange", is_editable=True),
    Status.PASSED: StatusFacts("Checked, waiting for approval", Role.APPROVER, "teal"),
    Status.APPROVED: StatusFacts("Approved", Role.OFFICER, "green", is_finished=True),
    Status.SUPPLIED: StatusFacts("Supplied to the decision", Role.OFFICER, "green", is_finished=True),
    Status.DECIDED: StatusFacts("Decided", Role.OFFICER, "green", is_finished=True),
    Status.PUBLISHED: StatusFacts("Published", None, "green", is_finished=True),
    Status.UNDER_REVIEW: StatusFacts("Under review", Role.OFFICER, "magenta", is_finished=True),
    Status.SUPERSEDED: StatusFacts("Superseded", None, "grey", is_finished=True),
    Status.SCREENING: StatusFacts("Screening out, waiting for approval", Role.APPROVER, "yellow"),
    Status.SCREENED_OUT: StatusFacts("Screened out", None, "grey", is_finished=True),
    Status.WITHDRAWN: StatusFacts("Withdrawn", None, "red"),
}


class Stage(StrEnum):
    """A point in the life at which due-regard checks must be clear, or overridden by name."""

    APPROVAL = "approval"
    DECISION = "decision"
    PUBLICATION = "publication"


class By(Enum):
    """Who makes a move, among the people whose role allows it."""

    AUTHORS = "authors"
    """The people who write the assessment, and nobody else."""
    OTHERS = "others"
    """People who did not write it: nobody checks or approves their own work (*Brown*, principle 4)."""
    EITHER = "either"
    """Those who write it, its approver and the equality lead."""
    SUCCESSOR = "successor"
    """Nobody: it happens by itself when the assessment that replaces this one is approved."""


@dataclass(frozen=True)
class Transition:
    """One move: from where, to where, by whom.

    `needs_reason` asks for words that the record keeps. `freezes` makes a numbered version. `stage` names the checks
    that must be clear first. `voids`: the approval that there was does not hold any more.
    """

    name: str
    label: str
    sources: tuple[Status, ...]
    target: Status
    roles: tuple[Role, ...]
    by: By = By.OTHERS
    needs_reason: bool = False
    freezes: bool = False
    stage: Stage | None = None
    voids: bool = False

    @property
    def approves(self) -> bool:
        """Whether an approval holds from then on."""
        return self.name in ("approve", "approve_screening")

    @property
    def submits(self) -> bool:
        """Whether the authors hand it in."""
        return self.name in ("submit", "screen_out")


_WRITERS = (Role.OFFICER, Role.APPROVER, Role.EQUALITY_LEAD)
_CHECKERS = (Role.APPROVER, Role.EQUALITY_LEAD)

TRANSITIONS = (
    Transition(
        "submit",
        "Submit to the head of service",
        (Status.DRAFT, Status.RETURNED),
        Status.WITH_HEAD,
        _WRITERS,
        by=By.AUTHORS,
        freezes=True,
    ),
    Transition(
        "screen_out",
        "Submit for screening out",
        (Status.DRAFT, Status.RETURNED),
        Status.SCREENING,
        _WRITERS,
        by=By.AUTHORS,
        freezes=True,
    ),
    Transition("forward", "Send to the equality lead", (Status.WITH_HEAD,), Status.WITH_LEAD, (Role.APPROVER,)),
    Transition(
        "pass_check",
        "Pass the check",
        (Status.WITH_LEAD,),
        Status.PASSED,
        (Role.EQUALITY_LEAD,),
        stage=Stage.APPROVAL,
    ),
    Transition(
        "approve",
        "Approve",
        (Status.PASSED,),
        Status.APPROVED,
        (Role.APPROVER,),
        freezes=True,
        stage=Stage.APPROVAL,
    ),
    Transition(
        "approve_screening",
        "Approve screening out",
        (Status.SCREENING,),
        Status.SCREENED_OUT,
        _CHECKERS,
        freezes=True,
        stage=Stage.APPROVAL,
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
        _CHECKERS,
        needs_reason=True,
    ),
    Transition(
        "supply",
        "Record that it was supplied",
        (Status.APPROVED,),
        Status.SUPPLIED,
        _WRITERS,
        by=By.EITHER,
    ),
    Transition(
        "decide",
        "Record the decision",
        (Status.APPROVED, Status.SUPPLIED),
        Status.DECIDED,
        _WRITERS,
        by=By.EITHER,
        freezes=True,
        stage=Stage.DECISION,
    ),
    Transition(
        "publish",
        "Record that it was published",
        (Status.DECIDED,),
        Status.PUBLISHED,
        _WRITERS,
        by=By.EITHER,
        stage=Stage.PUBLICATION,
    ),
    Transition(
        "begin_review",
        "Begin its review",
        (Status.PUBLISHED,),
        Status.UNDER_REVIEW,
        _WRITERS,
        by=By.EITHER,
    ),
    Transition(
        "end_review",
        "End the review: it stands",
        (Status.UNDER_REVIEW,),
        Status.PUBLISHED,
        _WRITERS,
        by=By.EITHER,
        needs_reason=True,
    ),
    Transition(
        "reopen",
        "Change it, which voids its approval",
        (Status.APPROVED, Status.SUPPLIED, Status.SCREENED_OUT),
        Status.RETURNED,
        _WRITERS,
        by=By.EITHER,
        needs_reason=True,
        voids=True,
    ),
    Transition(
        "supersede",
        "Replaced by a later assessment",
        (
            Status.APPROVED,
            Status.SUPPLIED,
            Status.DECIDED,
            Status.PUBLISHED,
            Status.UNDER_REVIEW,
            Status.SCREENED_OUT,
        ),
        Status.SUPERSEDED,
        (),
        by=By.SUCCESSOR,
    ),
    Transition(
        "withdraw",
        "Withdraw",
        (
            Status.DRAFT,
            Status.RETURNED,
            Status.WITH_HEAD,
            Status.WITH_LEAD,
            Status.PASSED,
            Status.SCREENING,
            Status.APPROVED,
            Status.SUPPLIED,
        ),
        Status.WITHDRAWN,
        _WRITERS,
        by=By.AUTHORS,
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
        f"    {source.name} --> {each.target.name}: {each.label} ({_movers(each)})"
        for each in TRANSITIONS
        for source in each.sources
    ]
    lines += [f"    {status.name} --> [*]" for status, facts in STATUSES.items() if facts.owner is None]
    return "\n".join(lines) + "\n"


def _movers(transition: Transition) -> str:
    return ", ".join(role.label for role in transition.roles) or "by itself"
