"""What an example of a check is: a case, and what the check finds in it."""

from collections.abc import Callable
from dataclasses import dataclass

from assessments.duty.due_regard import Case
from assessments.duty.finding import Level


@dataclass(frozen=True)
class Example:
    """A case in which a check finds a gap on each of `pages`, or none. `says` and `level` are those of the first."""

    check: int
    story: str
    make: Callable[[], Case]
    pages: tuple[str, ...] = ()
    says: str = ""
    level: Level | None = None

    def __str__(self) -> str:
        return f"{self.check}: {self.story}"


def fails(
    check: int,
    story: str,
    make: Callable[[], Case],
    *pages: str,
    says: str = "",
    level: Level = Level.BLOCK,
) -> Example:
    """A case in which the check finds a gap, on those pages."""
    return Example(check, story, make, pages, says, level)


def warns(check: int, story: str, make: Callable[[], Case], *pages: str, says: str = "") -> Example:
    """The same, where the gap only warns."""
    return fails(check, story, make, *pages, says=says, level=Level.WARN)


def passes(check: int, story: str, make: Callable[[], Case]) -> Example:
    """A case in which the check finds nothing."""
    return Example(check, story, make)
