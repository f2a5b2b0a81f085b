"""From a file to its tally."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import BinaryIO

from assessments.evidence.service_data import counts, delimited, workbook
from assessments.evidence.service_data.headings import fitted, headings_of
from assessments.evidence.service_data.limits import Limits
from assessments.evidence.service_data.outcome import place_of
from assessments.evidence.service_data.records import Records
from assessments.evidence.service_data.tally import Tally
from assessments.evidence.unreadable import Unreadable

Rows = Iterator[tuple[int, list[str]]]
CHUNK = 10_000


def read(file: BinaryIO, is_of_records: bool, limits: Limits | None = None, outcome: str = "") -> Tally:
    """Count a CSV file or an Excel workbook that is open for reading bytes: one row a person, or a count a row.

    `outcome` is the heading of the column that says what happened, if there is one. In a file of counts it holds to
    how many people of the row it happened. WrongOutcome, which is Unreadable, says what is wrong with it.

    The file is known by its content, not its name. Nothing but values and how often they occur outlives the call.
    Raises Unreadable, with row and column, for what cannot be read, and for columns that say who people are.
    """
    file.seek(0)
    is_excel = workbook.is_excel(file.read(8))
    if is_of_records and not is_excel:
        return delimited.records(file, outcome)
    with closing(workbook.rows(file, limits or Limits()) if is_excel else delimited.rows(file)) as rows:
        return _records(rows, outcome) if is_of_records else counts.tally(rows, outcome)


def _records(rows: Rows, outcome: str) -> Tally:
    """Records that come row by row."""
    number, first = next(rows, (1, []))
    headings = headings_of(first)
    if number != 1:
        raise Unreadable("The headings must stand in the first row. Delete the rows above them.", number)
    counting = Records(headings, place_of(headings, outcome))
    is_first = True
    while chunk := list(islice(rows, CHUNK)):
        columns = list(zip(*(fitted(row, number, len(headings)) for number, row in chunk), strict=True))
        if is_first:
            counting.sample(columns)
            is_first = False
        for index in counting.open_columns:
            values = Counter(columns[index])
            counting.add(index, values.keys(), values.values())
        _add_pairs(counting, columns)
        counting.end_chunk(len(chunk), 0)
    return counting.tally()


def _add_pairs(counting: Records, columns: list[tuple[str, ...]]) -> None:
    if counting.outcome is None:
        return
    happened = columns[counting.outcome]
    for index in counting.open_columns:
        if index != counting.outcome:
            pairs = Counter(zip(columns[index], happened, strict=True))
            counting.add_pairs(index, ((value, outcome, number) for (value, outcome), number in pairs.items()))
