"""Small numbers: what of a table of counts can be shown without giving away who somebody is.

`Counts` holds the true numbers and cannot be shown. `protect` turns it into a `ProtectedTable`, which can: every page,
chart, PDF and export takes its numbers from there. The rules and their sources: docs/decisions/0024-small-numbers.md.
"""

from assessments.duty.disclosure.counts import TOTAL, Counts, Place, Rate, Subtotal
from assessments.duty.disclosure.protection import protect, protect_together
from assessments.duty.disclosure.published import Line, Mark, ProtectedTable, Published, PublishedRate
from assessments.duty.disclosure.rules import LOWEST_THRESHOLD, SENSITIVE, Limits, threshold_for, threshold_of

__all__ = [
    "LOWEST_THRESHOLD",
    "SENSITIVE",
    "TOTAL",
    "Counts",
    "Limits",
    "Line",
    "Mark",
    "Place",
    "ProtectedTable",
    "Published",
    "PublishedRate",
    "Rate",
    "Subtotal",
    "protect",
    "protect_together",
    "threshold_for",
    "threshold_of",
]
