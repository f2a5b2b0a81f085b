"""Who uses a service: from a file of records or of counts to how many people stand in each group.

`read` goes through the file once and keeps, for each column, how often each value is in it, and with which value of the
column that says what happened: never a row. `guess` says what the columns and values may mean, and `counted` turns what
a person made of that into groups. The groups hold true numbers. `protect_all` lets through what may be shown, and that
alone is ever stored.
docs/decisions/0028-service-data.md says why.
"""

from assessments.evidence.service_data.counting import Groups, counted
from assessments.evidence.service_data.guessing import (
    NOT_KNOWN,
    NOT_SAID,
    USUAL,
    Category,
    guess_characteristics,
    guess_value,
)
from assessments.evidence.service_data.limits import Limits
from assessments.evidence.service_data.outcome import WrongOutcome
from assessments.evidence.service_data.protecting import MOST_GROUPS, Happened, TooFew, protect_all, protected
from assessments.evidence.service_data.reading import read
from assessments.evidence.service_data.tally import BLANK, Column, Outcome, Tally
from assessments.evidence.unreadable import Unreadable

__all__ = [
    "BLANK",
    "MOST_GROUPS",
    "NOT_KNOWN",
    "NOT_SAID",
    "USUAL",
    "Category",
    "Column",
    "Groups",
    "Happened",
    "Limits",
    "Outcome",
    "Tally",
    "TooFew",
    "Unreadable",
    "WrongOutcome",
    "counted",
    "guess_characteristics",
    "guess_value",
    "protect_all",
    "protected",
    "read",
]
