"""Who uses a service: from a file of records or of counts to how many people stand in each group.

`read` goes through the file once and keeps, for each column, how often each value is in it: never a row. `guess` says
what the columns and values may mean, and `counted` turns what a person made of that into groups. The groups hold true
numbers. `protected` lets through what may be shown, and that alone is ever stored.
docs/decisions/0028-service-data.md says why.
"""

from assessments.evidence.service_data.counting import Groups, TooFew, counted, protected
from assessments.evidence.service_data.guessing import (
    NOT_KNOWN,
    NOT_SAID,
    USUAL,
    Category,
    guess_characteristics,
    guess_value,
)
from assessments.evidence.service_data.limits import Limits
from assessments.evidence.service_data.reading import read
from assessments.evidence.service_data.standing import Standing, standings
from assessments.evidence.service_data.tally import Column, Tally
from assessments.evidence.unreadable import Unreadable

__all__ = [
    "NOT_KNOWN",
    "NOT_SAID",
    "USUAL",
    "Category",
    "Column",
    "Groups",
    "Limits",
    "Standing",
    "Tally",
    "TooFew",
    "Unreadable",
    "counted",
    "guess_characteristics",
    "guess_value",
    "protected",
    "read",
    "standings",
]
