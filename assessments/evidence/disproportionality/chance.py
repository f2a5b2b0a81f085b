"""How often chance alone would bring a difference at least as large, and what many questions at once do to that.

- Two rates: the score test, which is Pearson's chi-squared test without a correction for continuity. Where any of the
  four numbers to be expected is below SMALL: Fisher's exact test.
- A share beside a population's: the score test, with the variance that the population's share implies. Where either
  number to be expected is below SMALL: the exact binomial test.
- Many at once: S. Holm (1979), “A simple sequentially rejective multiple test procedure”, Scandinavian Journal of
  Statistics 6, 65-70. Y. Benjamini and Y. Hochberg (1995), “Controlling the false discovery rate: a practical and
  powerful approach to multiple testing”, Journal of the Royal Statistical Society B 57, 289-300.

The rule for small numbers is W. G. Cochran's (1954), “Some methods for strengthening the common chi-squared tests”,
Biometrics 10, 417-451, in the form that R warns by: every expected number at least 5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from assessments.evidence.disproportionality.counts import Count
from assessments.evidence.disproportionality.estimates import ALPHA

if TYPE_CHECKING:
    from assessments.evidence.disproportionality.comparison import Comparison
    from assessments.evidence.disproportionality.representation import Representation

    Result = TypeVar("Result", Comparison, Representation, Comparison | Representation)

SMALL = 5

CorrectionMethod = Literal["holm", "benjamini-hochberg"]


@dataclass(frozen=True)
class Correction:
    """The p value allowed for `tests` questions put together, by both methods. `method` is the one that decides."""

    tests: int
    holm: float
    benjamini_hochberg: float
    method: CorrectionMethod

    @property
    def p(self) -> float:
        return self.holm if self.method == "holm" else self.benjamini_hochberg


@dataclass(frozen=True)
class Chance:
    """How often chance alone would bring a difference at least this large, if there were none: `p`, from 0 to 1.

    `z` is the difference in standard errors where the test has one. A p value too small for the machine is 0.
    """

    test: str
    p: float
    z: float | None = None
    correction: Correction | None = None

    @property
    def deciding_p(self) -> float:
        """The p value, corrected where more than one question was put."""
        return self.correction.p if self.correction else self.p

    @property
    def is_exceeded(self) -> bool:
        """Whether the difference is more than chance alone would explain."""
        return self.deciding_p <= ALPHA

    @property
    def is_exceeded_alone(self) -> bool:
        """The same, if this were the only question put."""
        return self.p <= ALPHA


def of_two_rates(group: Count, reference: Count) -> Chance | None:
    """The test of two rates from groups that share nobody.

    None where a figure is not known, a group is empty, or it happened to nobody or to everybody in both.
    """
    from scipy.stats import fisher_exact
    from statsmodels.stats.proportion import proportions_ztest

    if group.pair is None or reference.pair is None:
        return None
    (x1, n1), (x2, n2) = group.pair, reference.pair
    if x1 + x2 in (0, n1 + n2):
        return None
    if min(x1 + x2, n1 + n2 - x1 - x2) * min(n1, n2) < SMALL * (n1 + n2):
        return Chance("Fisher’s exact test", _p(fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue))
    z, p = proportions_ztest([x1, x2], [n1, n2])
    return Chance("score test of two rates", _p(p), float(z))


def of_one_share(users: Count, population: Count) -> Chance | None:
    """The test of the share of a group among users, against its share of the population.

    The population's share counts as known, so nobody is compared with themselves though users are a part of it.
    `prop_var` is that share: the variance is the one that would hold if users were like the population. Without it,
    statsmodels takes the variance from the users themselves: none at all where no user, or every user, is in the group.
    With it, the test and Wilson's interval always agree.

    None where a figure is not known, there are no users, or nobody or everybody in the population is in the group.
    """
    from scipy.stats import binomtest
    from statsmodels.stats.proportion import proportions_ztest

    if users.pair is None or population.pair is None or population.number in (0, population.out_of):
        return None
    (number, out_of), (in_group, people) = users.pair, population.pair
    share = in_group / people
    if out_of * min(in_group, people - in_group) < SMALL * people:
        return Chance("exact binomial test", _p(binomtest(number, out_of, share).pvalue))
    z, p = proportions_ztest(number, out_of, value=share, prop_var=share)
    return Chance("score test of one share", _p(p), float(z))


def correct(results: Iterable[Result], method: CorrectionMethod = "holm") -> list[Result]:
    """The results with their p values allowed for their number, in the same order; `method` decides on chance.

    Results that have no p value are not counted. A single one needs no correction, and is left as it is.
    """
    from statsmodels.stats.multitest import multipletests

    found = list(results)
    tested = [each.chance for each in found if each.chance]
    if len(tested) < 2:
        return found
    holm, discovery = (
        [_p(each) for each in multipletests([chance.p for chance in tested], alpha=ALPHA, method=name)[1]]
        for name in ("holm", "fdr_bh")
    )
    corrected = iter(
        replace(chance, correction=Correction(len(tested), *pair, method))
        for chance, pair in zip(tested, zip(holm, discovery, strict=True), strict=True)
    )
    return [replace(each, chance=next(corrected)) if each.chance else each for each in found]


def _p(value: float) -> float:
    """A plain float that rounding has not taken out of its range."""
    return min(max(float(value), 0.0), 1.0)
