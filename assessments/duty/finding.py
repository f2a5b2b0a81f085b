"""What a due-regard check finds, and how a named person can override it."""

from dataclasses import dataclass
from enum import StrEnum

from assessments.duty.lifecycle import Stage


class Level(StrEnum):
    """How much a finding weighs. Blocking is the product's policy, not the law's."""

    BLOCK = "block"
    """Stops the stage until it is mended, or overridden by a named person with a reason."""
    WARN = "warn"


@dataclass(frozen=True)
class Override:
    """Who set a block aside, in which role, on which day (ISO), and why."""

    by: str
    on: str
    reason: str


@dataclass(frozen=True)
class Finding:
    """What one check found: something that is missing or at odds.

    `check` is its number in docs/checks.md; `stage` when it matters; `section` and `page` are the slugs of what mends
    it, both empty when the decision record does. `authority` is the case, statute or guidance, ready to be read.
    """

    check: int
    level: Level
    stage: Stage
    message: str
    section: str
    page: str
    authority: str
    override: Override | None = None

    @property
    def blocks(self) -> bool:
        """Whether it stops its stage: a block that nobody has overridden."""
        return self.level is Level.BLOCK and self.override is None
