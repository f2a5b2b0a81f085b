"""The decision that an assessment was made for, as the record keeps it."""

from dataclasses import dataclass
from enum import StrEnum


class Supplied(StrEnum):
    """In which form the decision-makers were given the assessment (*Hunt*: the full one, not a summary)."""

    ATTACHED = "attached"
    LINKED = "linked"
    SUMMARY = "summary"

    @property
    def label(self) -> str:
        """The form in words."""
        return {
            Supplied.ATTACHED: "In full, attached to the report",
            Supplied.LINKED: "In full, by a link in the report that members were told to read",
            Supplied.SUMMARY: "As a summary only",
        }[self]


class Decided(StrEnum):
    """What was decided."""

    AGREED = "agreed"
    CHANGED = "changed"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The decision in words."""
        return {
            Decided.AGREED: "Agreed as proposed",
            Decided.CHANGED: "Agreed with changes",
            Decided.REFUSED: "Not agreed",
        }[self]


@dataclass(frozen=True)
class DecisionMaker:
    """One person who decides, by role. Moments are ISO text, empty until they happen."""

    role: str
    sent: str = ""
    opened: str = ""
    acknowledged: str = ""


@dataclass(frozen=True)
class Decision:
    """What is known of the decision; empty text and None where it is not known yet. Dates and moments are ISO text.

    `same_scope`, `same_dates` and `same_options`: whether what was decided is what was assessed (*Hough*).
    """

    body: str = ""
    meets_on: str = ""
    report_reference: str = ""
    report_link: str = ""
    supplied_version: int = 0
    supplied_digest: str = ""
    supplied_on: str = ""
    supplied_how: str = ""
    carries_section_149: bool | None = None
    decided_on: str = ""
    decided: str = ""
    minute_reference: str = ""
    same_scope: bool | None = None
    same_dates: bool | None = None
    same_options: bool | None = None
    differences: str = ""
    weighed: str = ""
    makers: tuple[DecisionMaker, ...] = ()
