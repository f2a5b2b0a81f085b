"""The numbers behind the rules: thresholds, rounding, and what each mark tells a reader."""

from dataclasses import dataclass
from typing import Protocol

from assessments.duty.act import CHARACTERISTICS, GENDER_REASSIGNMENT, SEXUAL_ORIENTATION, Characteristic
from assessments.duty.disclosure.leeway import UNBOUNDED, Bounds

SENSITIVE = (GENDER_REASSIGNMENT, SEXUAL_ORIENTATION)
"""The characteristics for which the higher threshold holds."""

LOWEST_THRESHOLD = 3
"""“Fewer than 2” would say “1”."""


class Limits(Protocol):
    """A council's own thresholds."""

    @property
    def small_number(self) -> int:
        """Counts under it are hidden."""

    @property
    def small_number_sensitive(self) -> int:
        """The same for SENSITIVE characteristics and for single wards."""


def threshold_for(characteristic: Characteristic | None, is_ward: bool, limits: Limits) -> int:
    """Under which number counts are hidden; None stands for counts that are about no characteristic.

    The higher limit is never lower than the other, and neither is under LOWEST_THRESHOLD.
    """
    higher = limits.small_number_sensitive if is_ward or characteristic in SENSITIVE else 0
    return max(limits.small_number, higher, LOWEST_THRESHOLD)


def threshold_of(slug: str, is_ward: bool, limits: Limits) -> int:
    """The same by the slug of a characteristic, which may be a local one."""
    return threshold_for(next((each for each in CHARACTERISTICS if each.slug == slug), None), is_ward, limits)


@dataclass(frozen=True)
class Rules:
    """A threshold, and the multiple to which shown numbers are rounded, if any.

    Raises ValueError for a threshold under LOWEST_THRESHOLD, and for a rounding that would show people as 0.
    """

    threshold: int
    rounding: int | None

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD:
            raise ValueError(f"The threshold must be {LOWEST_THRESHOLD} or more.")
        if self.rounding is not None and not 2 <= self.rounding <= 2 * self.threshold:
            raise ValueError(f"With a threshold of {self.threshold}, round to a multiple of 2 to {2 * self.threshold}.")

    def is_small(self, number: int) -> bool:
        """Whether somebody could be recognised by the number."""
        return 0 < number < self.threshold

    @property
    def spare_values(self) -> int:
        """How many values besides the true one must stay possible for a small number.

        With the true one, they are more than half of those from 1 to under the threshold.
        """
        return (self.threshold - 1) // 2

    def rounded(self, number: int) -> int:
        """The nearest multiple, half up; the number itself without rounding."""
        base = self.rounding or 1
        return (number + base // 2) // base * base

    def while_shown(self, number: int) -> Bounds:
        """The numbers that would be shown in the same way."""
        if number == 0:
            return Bounds(0, 0)
        base = self.rounding or 1
        low = self.rounded(number) - base // 2
        return Bounds(max(low, self.threshold), low + base - 1)

    def while_hidden(self, number: int, like_none: bool) -> Bounds:
        """The numbers that would be hidden in the same way, where it is to look like a hidden zero or not."""
        if number < self.threshold:
            return Bounds(0 if like_none else min(number, 1), self.threshold - 1)
        return Bounds(self.threshold, UNBOUNDED)
