"""The column that says what happened to people: which one it is, and whether its values can be set apart."""

from collections.abc import Iterable, Sequence

from assessments.evidence.service_data.tally import LONGEST_VALUE, clean
from assessments.evidence.unreadable import Unreadable, shown

MOST_OUTCOMES = 20
"""A person says of each whether it happened. What has more values is no list of what can happen."""

_LISTED = 10


class WrongOutcome(Unreadable):
    """The column that is to say what happened is not in the file, or its values cannot be set apart."""


def place_of(headings: Sequence[str], wanted: str) -> int | None:
    """Where the wanted column stands, whatever its case and spaces; None where none is wanted. Raises WrongOutcome."""
    if not clean(wanted):
        return None
    found = next((index for index, each in enumerate(headings) if _bare(each) == _bare(wanted)), None)
    if found is None:
        raise WrongOutcome(
            f"No column has the heading “{shown(wanted)}”. The file has {_listed(headings)}. Enter one of them, and "
            "choose the file again."
        )
    return found


def check(heading: str, values: Iterable[str], is_whole: bool) -> None:
    """Raise WrongOutcome for values that cannot be set apart; `is_whole` where no more of them can come."""
    found = set(values)
    said = found - {""}
    if len(said) > MOST_OUTCOMES:
        raise WrongOutcome(
            f"This column has more than {MOST_OUTCOMES} values. Put a column in its place that has only a few, such as "
            "Yes and No.",
            column=heading,
        )
    if any(len(each) > LONGEST_VALUE for each in said):
        raise WrongOutcome(
            "This column has long texts. Put a column in its place that has only a few short values, such as Yes and "
            "No.",
            column=heading,
        )
    if is_whole and not said:
        raise WrongOutcome("This column is empty. Choose a column that says what happened.", column=heading)
    if is_whole and len(found) == 1:
        raise WrongOutcome(
            "This column says the same in every row, so there is nothing to compare. Upload a file that also has the "
            "people to whom it did not happen.",
            column=heading,
        )


def _bare(heading: str) -> str:
    return "".join(heading.split()).casefold()


def _listed(headings: Sequence[str]) -> str:
    names = ", ".join(f"“{shown(each)}”" for each in headings[:_LISTED])
    more = len(headings) - _LISTED
    return f"{names} and {more} more" if more > 0 else names
