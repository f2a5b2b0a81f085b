"""Files that people add to the library: what they are is read from their content, not from their name."""

import codecs
import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

CHUNK = 1 << 16
ENTRIES = 10_000
UNPACKED = 20
"""How many times the size limit an Office file may take up when it is unpacked."""
LIST_OF_CONTENTS = 1 << 20
"""Bytes. Office programs write a few thousand."""
NAME_LIMIT = 150

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
_JPEG = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_PDF_END = b"%%EOF"
_PDF_TAIL = 1024
"""How far from its end a PDF may have its last mark: PDF 1.7 reference, appendix H, note 18."""
_ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_RUNS = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex|oleobject|\.(?:docm|xlsm|xlsb|exe|dll|js|vbs)$", re.IGNORECASE
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_SHEET = f"{_OFFICE}spreadsheetml.sheet"
_TEXT = f"{_OFFICE}wordprocessingml.document"

_EMPTY = "The file is empty. Choose another, or save it again first"


class Unfit(Exception):
    """The file cannot be kept. Its text says why, and what to do."""


@dataclass(frozen=True)
class Fit:
    """A file that can be kept. `sha256` is of its bytes, in hexadecimal; `size` counts them."""

    name: str
    suffix: str
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Type:
    """One kind of file: how it is served, and what checks that the content is of that kind."""

    content_type: str
    check: Callable[[IO[bytes], int], None]
    is_zip: bool = False


def checked(name: str, file: IO[bytes], limit: int) -> Fit:
    """What the file is, once it has passed every check. `limit` is the most bytes that it may have. Raises Unfit."""
    name = safe_name(name)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in TYPES:
        raise Unfit(f"“{name}” is not a file that can be kept here. Save it as {ALLOWED}, then choose it again")
    size = file.seek(0, 2)
    if size > limit:
        raise Unfit(f"The file has {_megabytes(size)} MB. It must have {_megabytes(limit)} MB or fewer")
    if not size:
        raise Unfit(_EMPTY)
    kind = TYPES[suffix]
    file.seek(0)
    kind.check(file, limit)
    if not kind.is_zip and zipfile.is_zipfile(file):
        raise Unfit("The file holds a ZIP archive as well. Open it, save it again, then choose what you saved")
    file.seek(0)
    return Fit(name, suffix, kind.content_type, size, hashlib.file_digest(file, "sha256").hexdigest())


def safe_name(name: str) -> str:
    """The name without folders and without characters that cannot be seen or that a file system refuses."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(each if each.isprintable() and each not in '<>:"|?*' else "_" for each in name).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[: NAME_LIMIT - len(dot + suffix)]}{dot}{suffix}"[-NAME_LIMIT:]


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _start(file: IO[bytes]) -> bytes:
    start = file.read(1024)
    file.seek(0)
    return start


def _end(file: IO[bytes], size: int) -> bytes:
    file.seek(max(0, file.seek(0, 2) - size))
    end = file.read()
    file.seek(0)
    return end


def _check_start(label: str, signature: bytes, file: IO[bytes]) -> None:
    if not _start(file).startswith(signature):
        raise Unfit(_other(label, file))


def _damaged(label: str) -> Unfit:
    return Unfit(f"The file is not {label}, or is damaged. Open it, save it again, then choose it")


def _png(file: IO[bytes], limit: int) -> None:
    _check_start("a PNG picture", _PNG, file)
    if _start(file)[12:16] != b"IHDR" or _end(file, len(_PNG_END)) != _PNG_END:
        raise _damaged("a PNG picture")


def _jpeg(file: IO[bytes], limit: int) -> None:
    """Telephones write more behind the picture, so its end can stand anywhere."""
    _check_start("a JPEG picture", _JPEG, file)
    if _JPEG_END not in file.read():
        raise _damaged("a JPEG picture")


def _other(label: str, file: IO[bytes]) -> str:
    found = next((name for mark, name in _SIGNATURES if _start(file).startswith(mark)), "something else")
    return f"The file is named as {label}, but holds {found}. Save it as {label}, then choose it again"


def _pdf(file: IO[bytes], limit: int) -> None:
    _check_start("a PDF", b"%PDF-", file)
    if _PDF_END not in _end(file, _PDF_TAIL):
        raise _damaged("a PDF")
    end = b""
    for chunk in _chunks(file):
        if _ENCRYPTED_PDF.search(end + chunk):
            raise Unfit("The PDF is encrypted. Save it without a password and without restrictions")
        end = chunk[-64:]


def _text(file: IO[bytes], limit: int) -> None:
    if any(_start(file).startswith(mark) for mark, _ in _SIGNATURES):
        raise Unfit(_other("a text file", file))
    if not any(line.strip() for line in file):
        raise Unfit(_EMPTY)
    file.seek(0)
    for number, line in enumerate(file, start=1):
        if _CONTROL.search(line):
            raise Unfit(f"Line {number} of the file is not text. Save it as text in UTF-8")
    if not (_decodes(file, "utf-8") or _decodes(file, "cp1252")):
        raise Unfit("The file has characters that cannot be read. Save it as text in UTF-8")


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(file):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _office(label: str, content_type: str) -> Callable[[IO[bytes], int], None]:
    """A check of a file that Office programs save: a ZIP with the right parts in it, and nothing that runs."""

    def check(file: IO[bytes], limit: int) -> None:
        start = _start(file)
        if start.startswith(_OLE):
            raise Unfit(_old_or_locked(label, file))
        if not start.startswith(b"PK\x03\x04"):
            raise Unfit(_other(label, file))
        try:
            with zipfile.ZipFile(file) as archive:
                _unpack(label, archive, limit)
                types = _list_of_contents(archive)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError) as broken:
            raise _damaged(label) from broken
        if not _end(file, _ZIP_END_SIZE).startswith(_ZIP_END):
            raise _damaged(label)
        if f"{content_type}.main+xml" not in types:
            raise Unfit(f"The file is named as {label}, but holds something else. Save it as {label}")

    return check


def _old_or_locked(label: str, file: IO[bytes]) -> str:
    if _LOCKED in file.read():
        return "The file is locked with a password. Save it without one, then choose it again"
    return f"The file is in an old format, or holds something else. Save it again as {label}"


def _unpack(label: str, archive: zipfile.ZipFile, limit: int) -> None:
    """Read every part as far as it says that it goes, so that a part that says too little is found out."""
    parts = archive.infolist()
    if any(each.flag_bits & 1 for each in parts):
        raise Unfit("The file is locked with a password. Save it without one, then choose it again")
    if len(parts) > ENTRIES or sum(each.file_size for each in parts) > UNPACKED * limit:
        raise Unfit("The file unpacks to far more than it should. Split it, or give a link to it")
    if any(_RUNS.search(each.filename) for each in parts):
        raise Unfit(f"The file holds macros or other parts that can run. Save it again as {label} without them")
    if any(each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for each in parts):
        raise Unfit(f"The file is packed in a way that {label} is not. Open it, save it again, then choose it")
    if archive.testzip():
        raise zipfile.BadZipFile


def _list_of_contents(archive: zipfile.ZipFile) -> str:
    with archive.open("[Content_Types].xml") as part:
        found = part.read(LIST_OF_CONTENTS + 1)
    if len(found) > LIST_OF_CONTENTS:
        raise zipfile.BadZipFile
    return found.decode("utf-8", "replace")


TYPES = {
    ".pdf": Type("application/pdf", _pdf),
    ".csv": Type("text/csv", _text),
    ".xlsx": Type(_SHEET, _office("an Excel workbook (.xlsx)", _SHEET), is_zip=True),
    ".docx": Type(_TEXT, _office("a Word document (.docx)", _TEXT), is_zip=True),
    ".png": Type("image/png", _png),
    ".jpg": Type("image/jpeg", _jpeg),
    ".jpeg": Type("image/jpeg", _jpeg),
    ".txt": Type("text/plain", _text),
}
"""What can be kept, by the end of its name."""

ALLOWED = "PDF, CSV, Excel (.xlsx), Word (.docx), PNG, JPEG or text (.txt)"

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP file, as Word and Excel save them"),
    (_OLE, "an old or locked Office file"),
    (_PNG, "a PNG picture"),
    (_JPEG, "a JPEG picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
