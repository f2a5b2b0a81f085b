"""Many questions in one CSV file: a row for each, all of the same kind."""

import re
from collections.abc import Mapping
from typing import BinaryIO

from assessments.evidence.cells import HELD_BACK, count, optional_words
from assessments.evidence.disproportionality.comparison import Comparison, compare
from assessments.evidence.disproportionality.counts import Count, NotACount
from assessments.evidence.disproportionality.representation import Representation, represent
from assessments.evidence.sheet import Sheet
from assessments.evidence.unreadable import Unreadable

COLUMNS = {
    "group": "a name for the group, if you like",
    "group_number": "how many people in the group it happened to; beside a population, how many users are in the group",
    "group_out_of": "how many people are in the group; beside a population, how many users said",
    "reference": "a name for the reference group, if you like",
    "reference_number": "how many people in the reference group it happened to",
    "reference_out_of": "how many people are in the reference group, none of them in the group",
    "population_number": "in place of the reference group: how many people in the population are in the group",
    "population_out_of": "how many people are in the population",
    "undisclosed_number": "if you know it: how many records do not say which group the person is in",
    "undisclosed_out_of": "how many records there are",
}
"""What the headings stand for. Others are passed over."""

MOST_ROWS = 10_000
MOST_SHOWN = 20
LONGEST_NAME = 100


def read(file: BinaryIO) -> list[Comparison | Representation]:
    """The result of each row of a CSV file that is open for reading bytes, not yet corrected for their number.

    A figure that is left empty, or that its source held back, is not known. Raises Unreadable with every row that is
    wrong, up to MOST_SHOWN, and then gives no result at all.
    """
    sheet = Sheet(file)
    places = _places(sheet)
    found: list[Comparison | Representation] = []
    wrong: list[str] = []
    for number, cells in sheet:
        if len(found) + len(wrong) == MOST_ROWS:
            raise Unreadable(f"There are more than {MOST_ROWS:,} rows. Divide the file.", number)
        try:
            found.append(_result(number, {name: cells[place] for name, place in places.items()}))
        except Unreadable as error:
            wrong.append(str(error))
    if wrong:
        more = [f"And {len(wrong) - MOST_SHOWN:,} more rows."] if len(wrong) > MOST_SHOWN else []
        raise Unreadable("\n".join([*wrong[:MOST_SHOWN], *more]))
    if not found:
        raise Unreadable("There are no rows under the headings.")
    return found


def _places(sheet: Sheet) -> Mapping[str, int]:
    for headings in sheet.choices():
        names = [re.sub(r"[\s_-]+", "_", each).casefold() for each in headings]
        if "group_number" in names:
            _check(names)
            return {name: place for place, name in enumerate(names) if name in COLUMNS}
    raise Unreadable(
        "There is no column “group_number”. The headings must stand in the first row, with commas between them: delete "
        f"all that stands above them. The columns may be: {', '.join(COLUMNS)}.",
        1,
    )


def _check(names: list[str]) -> None:
    kinds = [kind for kind in ("reference", "population") if f"{kind}_number" in names]
    if len(kinds) != 1:
        raise Unreadable(
            "Give each row something to compare with: the columns “reference_number” and “reference_out_of”, or "
            "“population_number” and “population_out_of”, and not both.",
            1,
        )
    for name in COLUMNS:
        if names.count(name) > 1:
            raise Unreadable("Two columns have this heading. Take one out.", 1, name)
        pair = name.replace("_number", "_out_of")
        if name in names and pair not in names:
            raise Unreadable(f"There is no column “{pair}” beside this one.", 1, name)


def _result(number: int, row: Mapping[str, str]) -> Comparison | Representation:
    group = _count(number, row, "group")
    undisclosed = _count(number, row, "undisclosed") if "undisclosed_number" in row else None
    name = _name(number, row, "group")
    if "population_number" in row:
        population = _count(number, row, "population")
        try:
            return represent(group, population, name=name, undisclosed=undisclosed)
        except NotACount as error:
            raise Unreadable(str(error), number, f"undisclosed_{error.part}") from error
    reference = _count(number, row, "reference")
    reference_name = _name(number, row, "reference")
    return compare(group, reference, name=name, reference_name=reference_name, undisclosed=undisclosed)


def _name(number: int, row: Mapping[str, str], kind: str) -> str:
    fallback = "the group" if kind == "group" else "the reference group"
    return optional_words(row.get(kind, ""), number, kind, LONGEST_NAME) or f"{fallback} in row {number}"


def _count(number: int, row: Mapping[str, str], kind: str) -> Count:
    figures = (_figure(row[name], number, name) for name in (f"{kind}_number", f"{kind}_out_of"))
    try:
        return Count(*figures)
    except NotACount as error:
        raise Unreadable(str(error), number, f"{kind}_{error.part}") from error


def _figure(text: str, number: int, column: str) -> int | None:
    return None if not text or text.casefold() in HELD_BACK else count(text, number, column)
