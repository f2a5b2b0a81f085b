"""The first row of a table."""

from collections import Counter
from collections.abc import Sequence

from assessments.evidence.service_data.tally import clean
from assessments.evidence.unreadable import Unreadable

MOST_COLUMNS = 200
LONGEST = 200
TOO_WIDE = (
    "This row has more cells than there are headings. Delete all that stands above the headings, separate merged "
    "cells, and in a CSV file put quotation marks around a cell that has a comma in it."
)
_APART = ":^~"


def headings_of(cells: Sequence[object]) -> list[str]:
    """The headings, without the empty cells behind the last. Raise Unreadable for what cannot be headings."""
    found = [clean(cell) if cell is not None else "" for cell in cells]
    while found and not found[-1]:
        found.pop()
    if not found:
        raise Unreadable("There are no headings. Put the name of each column in the first row.", 1)
    if "" in found:
        column = letters(found.index(""))
        raise Unreadable(
            f"Column {column} has no heading. If cells are merged, separate them, and give each column a heading of "
            "its own in the first row.",
            1,
        )
    _check(found)
    return found


def _check(found: list[str]) -> None:
    if len(found) > MOST_COLUMNS:
        raise Unreadable(f"There are {len(found)} columns. Keep only those that are to be counted.", 1)
    twice = [heading for heading, times in Counter(each.lower() for each in found).items() if times > 1]
    if twice:
        raise Unreadable("Two columns have this heading. Give each its own.", 1, twice[0])
    long = next((each for each in found if len(each) > LONGEST), "")
    if long:
        raise Unreadable("This heading is very long. Delete all that stands above the row of headings.", 1, long)
    if len(found) == 1 and any(each in found[0] for each in _APART):
        raise Unreadable(
            "We cannot tell the columns apart. Save the file as CSV, with commas between the columns.", 1, found[0]
        )


def fitted(row: list[str], number: int, width: int) -> list[str]:
    """The cells of a row, as many as there are headings. Raises Unreadable for one that has more."""
    if any(row[width:]):
        raise Unreadable(TOO_WIDE, number)
    return [*row[:width], *[""] * (width - len(row))]


def letters(index: int) -> str:
    """The letters of a column as a spreadsheet has them: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
