"""Rates, ratios and differences, each with the range that is likely to hold the true figure.

The ranges are 95% confidence intervals.

- A rate: E. B. Wilson (1927), “Probable inference, the law of succession, and statistical inference”, Journal of the
  American Statistical Association 22, 209-212.
- A ratio of two rates: D. Katz, J. Baptista, S. P. Azen and M. C. Pike (1978), “Obtaining confidence intervals for the
  risk ratio in cohort studies”, Biometrics 34, 469-474.
- A difference of two rates: R. G. Newcombe (1998), “Interval estimation for the difference between independent
  proportions: comparison of eleven methods”, Statistics in Medicine 17, 873-890. Method 10, the hybrid score interval.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.evidence.disproportionality.counts import Count

ALPHA = 0.05
"""What is left outside an interval, and the largest p value that we call more than chance."""


@dataclass(frozen=True)
class Estimate:
    """A figure, and the ends of the range that is likely to hold the true one: low <= value <= high."""

    value: float
    low: float
    high: float

    @property
    def fits_half_and_double(self) -> bool:
        """Whether a ratio could be less than half or more than double: the figures cannot tell one from the other."""
        return self.low < 0.5 and self.high > 2

    def over(self, divisor: float) -> Estimate:
        """The same, as a multiple of a figure that is known exactly."""
        return Estimate(self.value / divisor, self.low / divisor, self.high / divisor)


def rate(count: Count) -> Estimate | None:
    """The rate, from 0 to 1, with Wilson's interval. None where it is out of nobody, or a figure is not known."""
    from statsmodels.stats.proportion import proportion_confint

    if count.pair is None:
        return None
    low, high = proportion_confint(*count.pair, alpha=ALPHA, method="wilson")
    return _estimate(count.pair[0] / count.pair[1], low, high)


def ratio(group: Count, reference: Count) -> Estimate | None:
    """The group's rate over the reference group's, with Katz's interval.

    None where the method has no answer: a figure is not known, a rate is out of nobody or is nought, or both are the
    whole. The logarithm of nought has no range, and where everybody is counted the method would claim to be certain.
    """
    from scipy.stats.contingency import relative_risk

    if group.pair is None or reference.pair is None:
        return None
    if not group.number or not reference.number or group.share == reference.share == 1:
        return None
    found = relative_risk(*group.pair, *reference.pair)
    low, high = found.confidence_interval(1 - ALPHA)
    return _estimate(found.relative_risk, low, high)


def difference(group: Count, reference: Count) -> Estimate | None:
    """The group's rate less the reference group's, from -1 to 1, with Newcombe's interval.

    None where a figure is not known or a rate is out of nobody. Nought needs no exception.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    if group.pair is None or reference.pair is None:
        return None
    low, high = confint_proportions_2indep(*group.pair, *reference.pair, method="newcomb", compare="diff", alpha=ALPHA)
    return _estimate(group.pair[0] / group.pair[1] - reference.pair[0] / reference.pair[1], low, high)


def _estimate(value: float, low: float, high: float) -> Estimate:
    """With plain floats, and with the ends where rounding has put them the wrong side of the value set right."""
    return Estimate(float(value), float(min(low, value)), float(max(high, value)))
