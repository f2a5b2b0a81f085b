"""The rate of one group beside the rate of another."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.evidence.disproportionality import chance as chances
from assessments.evidence.disproportionality import estimates, words
from assessments.evidence.disproportionality.chance import Chance
from assessments.evidence.disproportionality.counts import Count
from assessments.evidence.disproportionality.estimates import Estimate


@dataclass(frozen=True)
class Comparison:
    """What two counts say about each other. A figure that cannot be had is None.

    Rates are from 0 to 1. `ratio` is the group's rate over the reference group's, `difference` the one less the other.
    `below_four_fifths` is the flag of a rule of thumb from the United States: see `words.four_fifths`.
    `undisclosed` is how many records, out of all, do not say which group the person is in.
    """

    name: str
    group: Count
    group_rate: Estimate | None
    reference_name: str
    reference: Count
    reference_rate: Estimate | None
    ratio: Estimate | None
    difference: Estimate | None
    chance: Chance | None
    below_four_fifths: bool | None
    undisclosed: Count | None = None

    @property
    def is_too_few(self) -> bool:
        """Whether the numbers are too small to say anything.

        They are where chance alone could explain the difference, and the true ratio could be less than half as well as
        more than double, or it happened to nobody in one of the groups.
        """
        if self.chance is None or self.chance.is_exceeded_alone:
            return False
        return self.ratio is None or self.ratio.fits_half_and_double

    @property
    def shows(self) -> tuple[str, ...]:
        """What the figures show, in sentences."""
        return words.comparison_shows(self)

    @property
    def does_not_show(self) -> tuple[str, ...]:
        """What a reader could take them to show, and they do not."""
        return words.comparison_does_not_show(self)


def compare(
    group: Count,
    reference: Count,
    *,
    name: str = "the group",
    reference_name: str = "the reference group",
    undisclosed: Count | None = None,
) -> Comparison:
    """Compare two groups that share nobody: a group inside the other is for `represent`."""
    return Comparison(
        name=name,
        group=group,
        group_rate=estimates.rate(group),
        reference_name=reference_name,
        reference=reference,
        reference_rate=estimates.rate(reference),
        ratio=estimates.ratio(group, reference),
        difference=estimates.difference(group, reference),
        chance=chances.of_two_rates(group, reference),
        below_four_fifths=_below_four_fifths(group, reference),
        undisclosed=undisclosed,
    )


def _below_four_fifths(group: Count, reference: Count) -> bool | None:
    """On whole numbers: a rate of exactly four fifths is not below it, which a division could get wrong."""
    if group.pair is None or reference.pair is None or not reference.number:
        return None
    (x1, n1), (x2, n2) = group.pair, reference.pair
    return 5 * x1 * n2 < 4 * x2 * n1
