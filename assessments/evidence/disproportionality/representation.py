"""The share of a group among users beside its share of the population that they come from."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.evidence.disproportionality import chance as chances
from assessments.evidence.disproportionality import estimates, words
from assessments.evidence.disproportionality.chance import Chance
from assessments.evidence.disproportionality.counts import Count, NotACount
from assessments.evidence.disproportionality.estimates import Estimate


@dataclass(frozen=True)
class Representation:
    """What a group's place among users says. A figure that cannot be had is None.

    `users` counts those in the group out of the users who said, `population` those in it out of all people. `index` is
    the one share over the other: 1 where users are like the population. `expected` is how many users would be in the
    group then. `undisclosed` is how many users, out of all, did not say; `share_without` and `share_with` are the
    group's share of all users if none, or all, of those were in it.
    """

    name: str
    users: Count
    share: Estimate | None
    population: Count
    population_share: float | None
    index: Estimate | None
    expected: float | None
    chance: Chance | None
    undisclosed: Count | None = None
    share_without: float | None = None
    share_with: float | None = None

    @property
    def is_too_few(self) -> bool:
        """Whether the numbers are too small to say anything.

        They are where chance alone could explain the difference, and the true index could be less than half as well as
        more than double.
        """
        if self.index is None or self.chance is None or self.chance.is_exceeded_alone:
            return False
        return self.index.fits_half_and_double

    @property
    def shows(self) -> tuple[str, ...]:
        """What the figures show, in sentences."""
        return words.representation_shows(self)

    @property
    def does_not_show(self) -> tuple[str, ...]:
        """What a reader could take them to show, and they do not."""
        return words.representation_does_not_show(self)


def represent(
    users: Count, population: Count, *, name: str = "the group", undisclosed: Count | None = None
) -> Representation:
    """Compare the users who said with the population that they are a part of.

    Raises NotACount where the undisclosed are not what is left of all users.
    """
    without, with_all = _range(users, undisclosed)
    share = estimates.rate(users)
    is_mixed = population.pair is not None and population.number not in (0, population.out_of)
    return Representation(
        name=name,
        users=users,
        share=share,
        population=population,
        population_share=population.share,
        index=share.over(population.share) if share and is_mixed and population.share else None,
        expected=users.out_of * population.share if users.pair and is_mixed and population.share else None,
        chance=chances.of_one_share(users, population),
        undisclosed=undisclosed,
        share_without=without,
        share_with=with_all,
    )


def _range(users: Count, undisclosed: Count | None) -> tuple[float | None, float | None]:
    if undisclosed is None or undisclosed.pair is None or users.pair is None:
        return None, None
    (silent, everybody), (number, said) = undisclosed.pair, users.pair
    if silent + said != everybody:
        raise NotACount(
            "out_of",
            f"{everybody:,} users less the {silent:,} who did not say leave {everybody - silent:,}, and the group is "
            f"out of {said:,}. Count the group out of the users who said which group they are in.",
        )
    return number / everybody, (number + silent) / everybody
