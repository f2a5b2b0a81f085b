"""Excel workbooks: looked at before they are unpacked, and read row by row."""

import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

from assessments.evidence.service_data.headings import letters
from assessments.evidence.service_data.limits import MEGABYTE, Limits
from assessments.evidence.service_data.tally import clean
from assessments.evidence.unreadable import Unreadable

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
MOST_STRINGS = 50 * MEGABYTE
"""Of the list of texts, which is held in memory whole."""
MOST_OTHER = 8 * MEGABYTE
"""Of styles, names and the like, which take twenty times as much memory as they have bytes. Sheets are streamed."""
MOST_ROWS = 1_048_576
"""Excel's own. A row can call itself any number, and all before it would be read as empty."""
_TYPES = "[Content_Types].xml"
HIGHEST_RATIO = 300
"""Sheets shrink to a twentieth or so; what was made to burst shrinks to a thousandth."""
_DAMAGE = (BadZipFile, zlib.error, SyntaxError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError)
"""What reading a broken archive or broken XML can end in; xml's own ParseError is a SyntaxError."""
_LOCKED = "This file is protected by a password. Save a copy without a password, and upload that."
_OLD = "This is an Excel file of the old kind (.xls). Save it as an Excel workbook (.xlsx) or as CSV."
_OPEN_DOCUMENT = "This is an OpenDocument file. Save it as an Excel workbook (.xlsx) or as CSV."
_NO_WORKBOOK = "This is a ZIP archive and no Excel workbook. Unpack it, and upload the file in it."
_BROKEN = "This Excel file is damaged, or is something else. Open it in Excel and save it again."
_TOO_LARGE = "This Excel file is too large once it is unpacked. Save the sheet as CSV, and upload that instead."


def is_excel(start: bytes) -> bool:
    """Whether a file that begins so is one of Excel's, new or old."""
    return start.startswith((OLE, ZIP))


def rows(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first sheet that is not blank, with its number. Raises Unreadable."""
    formulas = _check(file, limits)
    book = _opened(file, True)
    texts = _opened(file, False) if formulas else None
    try:
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable("This workbook has no sheet that is shown.")
        written = texts[sheet.title] if texts else None
        yield from _rows(sheet, written, limits.cells)
    except _DAMAGE as error:
        raise Unreadable(_BROKEN) from error
    finally:
        book.close()
        if texts:
            texts.close()


def _rows(sheet: Any, written: Any, cells: int) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    plain = written.iter_rows(values_only=True) if _reset(written) else None
    read = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if plain is not None:
            _check_formulas(number, row, next(plain, ()))
        read += len(row)
        if read > cells or number > MOST_ROWS:
            raise Unreadable(_TOO_LARGE)
        values = [_text(cell) for cell in row]
        if any(values):
            yield number, values


def _reset(sheet: Any) -> bool:
    if sheet is None:
        return False
    sheet.reset_dimensions()
    return True


def _check_formulas(number: int, values: tuple[Any, ...], written: tuple[Any, ...]) -> None:
    for index, formula in enumerate(written):
        is_formula = isinstance(formula, str) and formula.startswith("=")
        if is_formula and (index >= len(values) or values[index] is None):
            raise Unreadable(
                f"Column {letters(index)} has a formula without its result. Copy the column, paste it as values, and "
                "save the file.",
                number,
            )


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.min.time() else cell.isoformat(" ")
    return clean(cell)


def _opened(file: BinaryIO, values: bool) -> Any:
    import openpyxl

    file.seek(0)
    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)
    except Exception as error:
        raise Unreadable(_BROKEN) from error


def _check(file: BinaryIO, limits: Limits) -> bool:
    """Look into the archive before anything is unpacked; whether a sheet has formulas."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(OLE):
        file.seek(0)
        raise Unreadable(_LOCKED if "EncryptedPackage".encode("utf-16-le") in file.read(MEGABYTE) else _OLD)
    try:
        with ZipFile(file) as archive:
            for each in archive.infolist():
                _check_member(each)
            if sum(each.file_size for each in archive.infolist()) > limits.unpacked:
                raise Unreadable(_TOO_LARGE)
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable(_OPEN_DOCUMENT if _is_open_document(archive) else _NO_WORKBOOK)
            has_formulas = _look_into(archive)
            _check_sizes(archive)
            return has_formulas
    except _DAMAGE as error:
        raise Unreadable(_BROKEN) from error


def _check_member(each: ZipInfo) -> None:
    if each.flag_bits & 1:
        raise Unreadable(_LOCKED)
    if each.file_size > MEGABYTE and each.file_size > HIGHEST_RATIO * max(each.compress_size, 1):
        raise Unreadable(_TOO_LARGE)
    if each.filename == _TYPES and each.file_size > MOST_OTHER:
        raise Unreadable(_TOO_LARGE)


def _check_sizes(archive: ZipFile) -> None:
    """Only sheets may be large: what else a workbook has is read whole."""
    types = _types(archive)
    for each in archive.infolist():
        kind = types.get(each.filename, "")
        most = MOST_STRINGS if kind.endswith("sharedStrings+xml") else MOST_OTHER
        if each.file_size > most and not kind.endswith("worksheet+xml"):
            raise Unreadable(_TOO_LARGE)


def _types(archive: ZipFile) -> Mapping[str, str]:
    """What each part is, by its name: a part can be called anything. `_look_into` has seen that no name is declared."""
    parts = ElementTree.fromstring(archive.read(_TYPES))  # noqa: S314
    return {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in parts}


def _is_open_document(archive: ZipFile) -> bool:
    return "mimetype" in archive.namelist() and b"opendocument" in archive.open("mimetype").read(100)


def _look_into(archive: ZipFile) -> bool:
    """No part may declare names of its own, which can grow without end; whether a sheet has formulas."""
    has_formulas = False
    for each in archive.infolist():
        if not each.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(each) as part:
            if b"<!DOCTYPE" in part.read(4096):
                raise Unreadable(_BROKEN)
        if each.filename.startswith("xl/worksheets/"):
            has_formulas = has_formulas or _has_formulas(archive, each)
    return has_formulas


def _has_formulas(archive: ZipFile, each: ZipInfo) -> bool:
    tail = b""
    with archive.open(each) as part:
        while piece := part.read(MEGABYTE):
            if re.search(rb"<f[ >/]", tail + piece):
                return True
            tail = piece[-2:]
    return False
