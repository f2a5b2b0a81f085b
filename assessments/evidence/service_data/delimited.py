"""CSV: what it is written in, its records counted in a stream by pandas, its rows one by one."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO, TextIOBase, TextIOWrapper
from itertools import count
from typing import Any, BinaryIO

from assessments.evidence.service_data.headings import TOO_WIDE, headings_of
from assessments.evidence.service_data.outcome import place_of
from assessments.evidence.service_data.records import Records
from assessments.evidence.service_data.tally import Tally, clean
from assessments.evidence.unreadable import Unreadable

DELIMITERS = ",;\t|"
HEAD = 64 * 1024
SAMPLE = 5_000
CHUNK = 100_000
ENCODINGS = ("utf-8", "cp1252")
_NOT_TEXT = "This is no text file, whatever its name says. Save the sheet as CSV or as an Excel workbook (.xlsx)."
_OTHER_KINDS = {
    b"%PDF": "This is a PDF, whatever its name says. Ask for the same table as a CSV or Excel file.",
    b"<": "This is a web page, whatever its name says. Open it in Excel, and save it as a workbook (.xlsx).",
}
LONGEST_LINE = 1024 * 1024
"""Bytes. A record with 200 columns seldom has 10,000."""
_NOT_READ = "This file is neither UTF-8 nor Windows text. Save it as “CSV UTF-8”."
_QUOTES = "A quotation mark is opened and not closed. Look at the quotation marks in the file."


@dataclass(frozen=True)
class Written:
    """How a file is written, and its headings."""

    encoding: str
    delimiter: str
    headings: tuple[str, ...]


def written(file: BinaryIO) -> Written:
    """How a CSV file is written. Raises Unreadable for what is no CSV file."""
    file.seek(0)
    head = file.read(HEAD)
    if not head.strip():
        raise Unreadable("This file is empty.")
    other = next((why for start, why in _OTHER_KINDS.items() if head.lstrip().startswith(start)), "")
    if other:
        raise Unreadable(other)
    _check_lines(file)
    encoding = "utf-16" if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else _encoding(file)
    if encoding != "utf-16" and b"\0" in head:
        raise Unreadable(_NOT_TEXT)
    text = head.removeprefix(BOM_UTF8).decode(encoding, "ignore")
    first = next(line for line in text.splitlines() if line.strip())
    bare = re.sub(r'"[^"]*"?', "", first)
    delimiter = max(DELIMITERS, key=bare.count)
    return Written(encoding, delimiter, tuple(headings_of(_first_row(StringIO(text), delimiter))))


def records(file: BinaryIO, outcome: str = "") -> Tally:
    """Every column's values, counted in a stream: one row a person. `outcome` heads the column of what happened."""
    found = written(file)
    counting = Records(found.headings, place_of(found.headings, outcome))
    width = len(found.headings)
    with _told():
        with _opened(file, found.encoding) as text:
            sample = _table(text, found, list(range(width + 1)), dtype="str", nrows=SAMPLE)
        _check_width(sample, width)
        counting.sample([[clean(cell) for cell in sample[index]] for index in range(width)])
        with _opened(file, found.encoding) as text:
            for chunk in _table(text, found, [*counting.open_columns, width], dtype="category", chunksize=CHUNK):
                _check_width(chunk, width)
                _add(chunk, counting)
    return counting.tally()


def _add(chunk: Any, counting: Records) -> None:
    for index in counting.open_columns:
        codes = chunk[index].cat
        counting.add(index, codes.categories, _times(codes.codes, len(codes.categories)), codes.codes.to_numpy())
    if counting.outcome is not None:
        for index in counting.open_columns:
            if index != counting.outcome:
                counting.add_pairs(index, _pairs(chunk[index].cat, chunk[counting.outcome].cat))
    counting.end_chunk(len(chunk), _blank_rows(chunk, counting))


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with its number, the headings first."""
    found = written(file)
    with _opened(file, found.encoding) as text:
        yield from _rows(csv.reader(text, delimiter=found.delimiter, strict=True))


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number in count(1):
        try:
            row = [clean(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("This row is no proper CSV. Look at its quotation marks.", number) from error
        if any(row):
            yield number, row


def _check_lines(file: BinaryIO) -> None:
    """Raise Unreadable for a line so long that it would fill the memory."""
    file.seek(0)
    number, length = 1, 0
    while piece := file.read(LONGEST_LINE):  # a line that begins and ends in one piece is no longer than that
        end = piece.find(b"\n")
        length += len(piece) if end < 0 else end
        if length > LONGEST_LINE:
            raise Unreadable("This line is too long to be a row of a table. Look at its quotation marks.", number)
        if end >= 0:
            number += piece.count(b"\n")
            length = len(piece) - piece.rfind(b"\n") - 1


def _encoding(file: BinaryIO) -> str:
    """UTF-8 where the whole file is that, else Windows."""
    for encoding in ENCODINGS:
        with _opened(file, encoding) as text:
            try:
                while text.read(HEAD):
                    pass
            except UnicodeDecodeError:
                continue
            return encoding
    raise Unreadable(_NOT_READ)


class _Headed(TextIOBase):
    """The rows of a file under headings of our own: one more than there are, to catch what stands in no column."""

    def __init__(self, text: TextIOWrapper, found: Written) -> None:
        _first_row(text, found.delimiter)
        self._text = text
        self._headings = found.delimiter.join(map(str, range(len(found.headings) + 1))) + "\n"

    def read(self, size: int | None = -1) -> str:
        headings, self._headings = self._headings, ""
        return headings or self._text.read(size)

    def readable(self) -> bool:
        return True


@contextmanager
def _opened(file: BinaryIO, encoding: str) -> Iterator[TextIOWrapper]:
    """The file as text from its start; it stays open for others."""
    file.seek(0)
    text = TextIOWrapper(file, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _first_row(text: TextIOBase, delimiter: str) -> list[str]:
    """The first row that is not blank, which can run over several lines."""
    reader = csv.reader(iter(text.readline, ""), delimiter=delimiter)
    return next((row for row in reader if any(cell.strip() for cell in row)), [])


def _table(text: TextIOWrapper, found: Written, columns: list[int], **options: Any) -> Any:
    import pandas as pd

    names = list(range(len(found.headings) + 1))
    return pd.read_csv(
        _Headed(text, found),
        header=0,
        names=names,
        usecols=columns,
        index_col=False,
        sep=found.delimiter,
        na_filter=False,
        **options,
    )


@contextmanager
def _told() -> Iterator[None]:
    """What pandas cannot read, in our words."""
    from pandas.errors import EmptyDataError, ParserError

    try:
        yield
    except EmptyDataError as error:
        raise Unreadable("This file has headings and no rows.") from error
    except UnicodeDecodeError as error:
        raise Unreadable(_NOT_READ) from error
    except csv.Error as error:
        raise Unreadable(_QUOTES) from error
    except ParserError as error:
        line = re.search(r"line (\d+)", str(error))
        raise (Unreadable(TOO_WIDE, int(line[1])) if line else Unreadable(_QUOTES)) from error


def _check_width(table: Any, width: int) -> None:
    """The column behind the last heading is there to catch what stands in no column."""
    over = table[width]
    full = [value for value in over.dropna().unique() if clean(value)]
    if full:
        raise Unreadable(TOO_WIDE, int(over.isin(full).idxmax()) + 2)


def _times(codes: Any, categories: int) -> Any:
    import numpy as np

    return np.bincount(codes[codes >= 0], minlength=categories)


def _pairs(groups: Any, happened: Any) -> Iterator[tuple[object, object, int]]:
    """How often each value of a column stands with each value of the outcome, of those that stand together at all."""
    import numpy as np

    values, outcomes = list(groups.categories), list(happened.categories)
    both = groups.codes.to_numpy().astype("int32") * len(outcomes) + happened.codes.to_numpy()
    times = np.bincount(both)
    for place in times.nonzero()[0].tolist():
        yield values[place // len(outcomes)], outcomes[place % len(outcomes)], int(times[place])


def _blank_rows(chunk: Any, counting: Records) -> int:
    """How many rows of a chunk have nothing in any column that is counted."""
    import numpy as np

    blank = np.ones(len(chunk), dtype=bool)
    for index in counting.open_columns:
        codes = chunk[index].cat
        empty = [code for code, value in enumerate(codes.categories) if not clean(value)]
        if not empty:
            return 0
        blank &= np.isin(codes.codes, [*empty, -1])
    return int(blank.sum())
