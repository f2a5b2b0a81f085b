"""How many of how many people: the one kind of figure that goes in, checked."""

from __future__ import annotations

from dataclasses import dataclass
from operator import index
from typing import Any, Literal

MOST = 100_000_000
"""More people than live in the United Kingdom. A larger count is a slip, and the exact tests are slow beyond it."""

Part = Literal["number", "out_of"]


class NotACount(ValueError):
    """What was given cannot be a count of people. The message says what to do; `part` says which figure is wrong."""

    def __init__(self, part: Part, message: str) -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True)
class Count:
    """`number` people out of `out_of`. None stands for a figure that is not known, or that its source left out.

    Raises NotACount for what is not a whole number, is negative or larger than MOST, or where the number is more than
    what it is out of.
    """

    number: int | None
    out_of: int | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", _whole("number", self.number))
        object.__setattr__(self, "out_of", _whole("out_of", self.out_of))
        if self.number is not None and self.out_of is not None and self.number > self.out_of:
            raise NotACount(
                "number",
                f"{self.number:,} is more than the {self.out_of:,} it is out of. Check that the two figures are the "
                "right way round, and that each person is counted once.",
            )

    @property
    def pair(self) -> tuple[int, int] | None:
        """Both figures, where both are known and there is somebody to be a share of."""
        return (self.number, self.out_of) if self.number is not None and self.out_of else None

    @property
    def share(self) -> float | None:
        """The number as a share of what it is out of, from 0 to 1."""
        return self.pair[0] / self.pair[1] if self.pair else None


def _whole(part: Part, value: Any) -> int | None:
    if value is None:
        return None
    try:
        whole = index(value)
    except TypeError:
        whole = -1
    if isinstance(value, bool) or whole < 0:
        raise NotACount(part, f"“{value}” is not a count of people. Give a whole number, 0 or more, such as 57.")
    if whole > MOST:
        raise NotACount(part, f"{whole:,} is more people than live in the United Kingdom. Check the figure.")
    return whole
