"""Is a group treated, served or counted differently, and is the difference more than chance alone would explain?

Two questions, and one function for each. `compare` sets the rate of one group beside the rate of another that shares
nobody with it. `represent` sets the share of a group among users beside its share of the population that they come
from. `correct` allows for many questions put at once. Each result is a frozen value that tells itself in plain English:
`shows` and `does_not_show`.

Nothing here gives an infinity or a NaN. Where a figure cannot be had, it is None, and `shows` says why in words.
docs/decisions/0023-statistics.md says which methods, and why those. scipy and statsmodels are slow to import, and are
imported where they are called.
"""

from assessments.evidence.disproportionality.chance import Chance, Correction, CorrectionMethod, correct
from assessments.evidence.disproportionality.comparison import Comparison, compare
from assessments.evidence.disproportionality.counts import Count, NotACount
from assessments.evidence.disproportionality.estimates import Estimate, rate
from assessments.evidence.disproportionality.representation import Representation, represent

__all__ = [
    "Chance",
    "Comparison",
    "Correction",
    "CorrectionMethod",
    "Count",
    "Estimate",
    "NotACount",
    "Representation",
    "compare",
    "correct",
    "rate",
    "represent",
]
