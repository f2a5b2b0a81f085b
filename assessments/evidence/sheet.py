"""A file as rows of cells, in a stream: at no time is more than a line of it in memory."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from assessments.evidence.unreadable import Unreadable

MEGABYTE = 1024 * 1024
LARGEST = 100 * MEGABYTE
LONGEST_LINE = MEGABYTE // 4
"""Bytes. Table TS009, one of the widest, has a first line of about 15,000."""

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}

_EXCEL = (
    "This is an Excel file or a ZIP archive, whatever its name says. "
    "Save the sheet as “CSV UTF-8”, or unpack the archive."
)
_OTHER_KINDS = (
    (b"PK\x03\x04", _EXCEL),
    (b"\xd0\xcf\x11\xe0", _EXCEL),
    (b"%PDF", "This is a PDF, whatever its name says. Look for the same table as a CSV file."),
    (b"\x1f\x8b", "This file is compressed. Unpack it first."),
    (b"<", "This is a web page or XML, whatever its name says. Save the table as “CSV UTF-8”."),
    (BOM_UTF16_LE, "This file was saved as “Unicode text”. Save it as “CSV UTF-8”."),
    (BOM_UTF16_BE, "This file was saved as “Unicode text”. Save it as “CSV UTF-8”."),
)


class Sheet:
    """The rows of a CSV file that is open for reading bytes and can be wound back.

    Iterating gives each row that is not blank, without the headings, with its number. Every row has as many cells as
    there are headings, and no cell has space around it. `is_windows` says, once all is read, whether letters were
    found that are Windows-1252 and not UTF-8.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Raise Unreadable for what is too large, or no text at all."""
        self._file = file
        self.is_windows = False
        self.delimiter = ","
        self.headings: list[str] = []
        self._check_size()
        self._check_kind()

    def choices(self) -> Iterator[list[str]]:
        """The headings as each delimiter divides them. The sheet goes by the last that was looked at."""
        next(self._lines())  # what is wrong with the line itself is wrong with every delimiter
        for delimiter in DELIMITERS:
            self.delimiter = delimiter
            try:
                self.headings = _stripped(next(self._parsed()))
            except Unreadable:
                continue
            yield self.headings

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        rows = enumerate(self._parsed(), 1)
        next(rows)
        for number, row in rows:
            cells = _stripped(row)
            if not any(cells):
                continue
            if len(cells) != len(self.headings):
                raise Unreadable(
                    f"This row has {len(cells)} cells, and there are {len(self.headings)} headings. "
                    "The file may have been cut short, or a comma may stand in a cell without quotation marks.",
                    number,
                )
            yield number, cells

    def _check_size(self) -> None:
        size = self._file.seek(0, 2)
        if size > LARGEST:
            raise Unreadable(
                f"This file has {size // MEGABYTE} MB, and we read up to {LARGEST // MEGABYTE} MB. "
                "Choose the file for local authorities, not one for small areas, or take out the rows you do not need."
            )

    def _check_kind(self) -> None:
        self._file.seek(0)
        start = self._file.read(8)
        if not start:
            raise Unreadable("This file is empty.")
        for signature, message in _OTHER_KINDS:
            if start.removeprefix(BOM_UTF8).startswith(signature):
                raise Unreadable(message)

    def _parsed(self) -> Iterator[list[str]]:
        rows = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        for number in count(1):
            try:
                yield next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                raise Unreadable("This row is no proper CSV. Look at its quotation marks.", number) from error

    def _lines(self) -> Iterator[str]:
        self._file.seek(0)
        number = 0
        while line := self._file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise Unreadable("This row is too long to be one of a table. Is the file a CSV file?", number)
            if b"\0" in line:
                raise Unreadable("This row has characters that no text has. Is the file a CSV file?", number)
            yield self._decoded(line.removeprefix(BOM_UTF8) if number == 1 else line, number)

    def _decoded(self, line: bytes, number: int) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.is_windows = True
        try:
            return line.decode("cp1252")
        except UnicodeDecodeError as error:
            raise Unreadable("This row is neither UTF-8 nor Windows text. Save it as “CSV UTF-8”.", number) from error


def _stripped(row: list[str]) -> list[str]:
    return [cell.strip() for cell in row]
