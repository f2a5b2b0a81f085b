"""Files of the library are what they say they are, and leave only as downloads."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.evidence import files
from assessments.models import AuditEvent, LibrarySource
from assessments.workflow.library import stamp
from tests import factories
from tests.app.writing import signed_in

MEGABYTE = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MAIN = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}


def office(kind, parts=(), method=zipfile.ZIP_DEFLATED):
    """A file as Office saves it, with more parts in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{MAIN[kind]}"/></Types>')
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


def changed(data, old, new, count=-1):
    assert old in data
    return data.replace(old, new, count)


def check(name, data, limit=MEGABYTE):
    return files.checked(name, io.BytesIO(data), limit)


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("report.pdf", PDF, "application/pdf"),
        ("REPORT.PDF", PDF, "application/pdf"),
        ("counts.csv", "Ward,Users\nÉtruria,12\n".encode(), "text/csv"),
        ("counts.csv", b"\xef\xbb\xbfWard,Users\r\nNorth,12\r\n", "text/csv"),
        ("counts.csv", "Ward,Cost\nNorth,£12 – “about”\n".encode("cp1252"), "text/csv"),
        ("notes.txt", b"What staff say.\tAnd more.\n", "text/plain"),
        ("counts.xlsx", office("xlsx", [("xl/workbook.xml", "<x/>")]), files.TYPES[".xlsx"].content_type),
        ("letter.docx", office("docx", [("word/document.xml", "<x/>")]), files.TYPES[".docx"].content_type),
        ("chart.png", PNG, "image/png"),
        ("photo.jpg", JPEG, "image/jpeg"),
        ("photo.jpeg", JPEG, "image/jpeg"),
        ("photo.jpeg", JPEG + b"what the telephone adds", "image/jpeg"),
    ],
)
def test_a_file_of_each_type_is_kept(name, data, content_type):
    fit = check(name, data)
    assert (fit.name, fit.content_type, fit.size) == (name, content_type, len(data))
    assert fit.sha256 == hashlib.sha256(data).hexdigest()


def bomb():
    return office("xlsx", [("xl/worksheets/sheet1.xml", b"0" * (25 * MEGABYTE))])


def understated():
    """A part that unpacks to more than it says that it has."""
    data = office("xlsx", [("xl/a.xml", b"0" * 100_000)])
    return changed(data, (100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def locked():
    """A ZIP whose parts are marked as encrypted."""
    held = bytearray(office("xlsx", [("xl/a.xml", b"x")]))
    start = 0
    while (start := held.find(b"PK\x01\x02", start)) >= 0:
        held[start + 8] |= 1
        start += 4
    return bytes(held)


def swollen():
    """A list of contents that is all right, and far too long to be read."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", MAIN["xlsx"] + " " * 2 * files.LIST_OF_CONTENTS)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("page.html", b"<script>", "not a file that can be kept here. Save it as PDF, CSV"),
        ("nothing", PDF, "not a file that can be kept here"),
        ("tool.exe", b"MZ", "not a file that can be kept here"),
        ("report.pdf", b"", "The file is empty"),
        ("report.pdf", b"MZ\x90\0", "named as a PDF, but holds a program"),
        ("report.pdf", b"<html>", "named as a PDF, but holds something else"),
        ("report.pdf", changed(PDF, b"/Root", b"/Encrypt 5 0 R /Root"), "The PDF is encrypted"),
        ("report.pdf", PDF + b" " * files.CHUNK + b"trailer << /Encrypt<< %%EOF", "The PDF is encrypted"),
        (
            "report.pdf",
            changed(b"%PDF-1.7 /Encrypt 5 0 R %%EOF", b"7 ", b"7" + b" " * (files.CHUNK - 15)),
            "The PDF is encrypted",
        ),
        ("report.pdf", b"%PDF-1.7 <script>", "not a PDF, or is damaged"),
        ("report.pdf", PDF + b"<script>" * 200, "not a PDF, or is damaged"),
        ("report.pdf", PDF + office("docx"), "The file holds a ZIP archive as well"),
        ("counts.csv", office("xlsx"), "named as a text file, but holds a ZIP file"),
        ("counts.csv", b"Ward,Users\nNorth,\0\n", "Line 2 of the file is not text"),
        ("counts.csv", "Ward\nNorth\n".encode("utf-16"), "Line 1 of the file is not text. Save it as text in UTF-8"),
        ("notes.txt", b"a\x81b", "characters that cannot be read"),
        ("notes.txt", b" \r\n\n\t", "The file is empty"),
        ("chart.png", changed(PNG, b"IHDR", b"<h1>"), "not a PNG picture, or is damaged"),
        ("chart.png", PNG[:-1], "not a PNG picture, or is damaged"),
        ("chart.png", PNG + b"<script>", "not a PNG picture, or is damaged"),
        ("photo.jpg", JPEG[:-1], "not a JPEG picture, or is damaged"),
        ("photo.jpg", JPEG + office("docx"), "The file holds a ZIP archive as well"),
        ("chart.png", JPEG, "named as a PNG picture, but holds a JPEG picture"),
        ("photo.jpg", PDF, "named as a JPEG picture, but holds a PDF"),
        ("counts.xlsx", office("docx"), "named as an Excel workbook (.xlsx), but holds something else"),
        ("letter.docx", office("xlsx"), "named as a Word document (.docx), but holds something else"),
        ("counts.xlsx", office("xlsm"), "holds something else"),
        ("counts.xlsx", office("xlsx", [("xl/vbaProject.bin", b"x")]), "holds macros"),
        ("counts.xlsx", office("xlsx", [("XL/MacroSheets/sheet1.xml", b"x")]), "holds macros"),
        ("letter.docx", office("docx", [("word/embeddings/oleObject1.bin", b"x")]), "other parts that can run"),
        ("letter.docx", office("docx", [("word/embeddings/budget.xlsm", b"x")]), "other parts that can run"),
        ("counts.xlsx", OLE, "in an old format, or holds something else"),
        ("counts.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("counts.xlsx", locked(), "locked with a password"),
        ("counts.xlsx", bomb(), "unpacks to far more than it should"),
        ("counts.xlsx", understated(), "damaged"),
        ("counts.xlsx", swollen(), "damaged"),
        ("counts.xlsx", office("xlsx") + b"<script>", "damaged"),
        ("counts.xlsx", office("xlsx")[:-30], "damaged"),
        ("counts.xlsx", b"PK\x03\x04" + b"x" * 50, "damaged"),
        ("counts.xlsx", office("xlsx", method=zipfile.ZIP_LZMA), "packed in a way"),
        ("report.pdf", PDF + b" " * MEGABYTE, "The file has 1 MB. It must have 1 MB or fewer"),
    ],
)
def test_what_a_file_is_not_is_said_in_words(name, data, message):
    with pytest.raises(files.Unfit) as unfit:
        check(name, data)
    assert message in str(unfit.value)


def test_many_parts_are_a_bomb_too():
    with pytest.raises(files.Unfit, match="unpacks to far more"):
        check("counts.xlsx", office("xlsx", [(f"xl/{number}", b"") for number in range(files.ENTRIES)]))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\windows\\counts.csv", "counts.csv"),
        ("../../etc/counts.csv", "counts.csv"),
        ('a"b\r\nX-Header: 1.csv', "a_b__X-Header_ 1.csv"),
        ("Größe.csv", "Größe.csv"),
        ("a\u202egpj.csv", "a_gpj.csv"),
        (f"{'x' * 500}.csv", f"{'x' * 146}.csv"),
    ],
)
def test_a_name_is_made_safe(given, kept):
    assert files.safe_name(given) == kept
    assert len(kept) <= files.NAME_LIMIT


# On the site


def upload(client, name, data, **typed):
    said = {"title": "A report", "kind": "research", **typed}
    return client.post("/evidence/library/add/", {**said, "file": SimpleUploadedFile(name, data)})


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


@pytest.mark.django_db
def test_a_file_is_kept_outside_the_web_root_and_given_only_as_a_download(officer, settings, client):
    assert upload(officer, "Our “report”.pdf", PDF).status_code == 302
    kept = LibrarySource.objects.get()
    [path] = [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()]
    assert path.name == f"{kept.sha256}.pdf"
    assert not settings.MEDIA_ROOT.is_relative_to(settings.STATIC_ROOT)
    address = f"/evidence/library/{kept.pk}/file/"
    answer = officer.get(address)
    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Our%20")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert client.get(address).status_code == 302
    assert officer.get(f"/media/{kept.file.name}").status_code == 404
    page = officer.get(kept.get_absolute_url()).text
    assert hashlib.sha256(PDF).hexdigest() in page
    assert "Our “report”.pdf" in page


@pytest.mark.django_db
def test_a_file_that_is_refused_leaves_nothing_behind(officer, settings):
    answer = upload(officer, "report.pdf", b"<html>")
    assert answer.status_code == 200
    assert "named as a PDF, but holds something else" in answer.text
    assert 'value="A report"' in answer.text
    assert not LibrarySource.objects.exists()
    assert not AuditEvent.objects.filter(verb="add-source").exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


@pytest.mark.django_db
def test_the_limit_is_a_setting(officer, settings):
    settings.LIBRARY_FILE_MB = 3
    assert "at most 3 MB" in officer.get("/evidence/library/add/").text
    largest = changed(PDF, b"trailer", b" " * (3 * MEGABYTE - len(PDF)) + b"trailer")
    assert upload(officer, "report.pdf", largest).status_code == 302
    assert "It must have 3 MB or fewer" in upload(officer, "report.pdf", PDF + b" " * 4 * MEGABYTE).text


@pytest.mark.django_db
def test_the_same_file_twice_says_so(officer, people, settings):
    upload(officer, "report.pdf", PDF, title="The first report")
    answer = upload(signed_in(people.lead), "copy.pdf", PDF, title="Another")
    assert "This file is in the library already: see “The first report”." in answer.text
    assert LibrarySource.objects.count() == 1
    first = LibrarySource.objects.get()
    officer.post(f"/evidence/library/{first.pk}/use/", {"use": "no"})
    assert "“The first report”, which is out of use." in upload(officer, "copy.pdf", PDF).text
    second = factories.source(people.officer)
    typed = {"title": "Census", "kind": "data", "seen": stamp(second)}
    answer = officer.post(f"/evidence/library/{second.pk}/change/", {**typed, "file": SimpleUploadedFile("a.pdf", PDF)})
    assert "This file is in the library already" in answer.text
    assert len(list(settings.MEDIA_ROOT.rglob("*.pdf"))) == 1


@pytest.mark.django_db
def test_a_file_stays_when_a_second_one_is_posted_for_it(officer):
    upload(officer, "report.pdf", PDF)
    kept = LibrarySource.objects.get()
    address = f"/evidence/library/{kept.pk}/change/"
    assert 'type="file"' not in officer.get(address).text
    typed = {"title": "New name", "kind": "data", "seen": stamp(kept)}
    officer.post(address, {**typed, "file": SimpleUploadedFile("b.csv", b"a,b")})
    kept.refresh_from_db()
    assert (kept.title, kept.file_name) == ("New name", "report.pdf")


@pytest.mark.django_db
def test_a_file_that_is_lost_is_not_found(officer):
    upload(officer, "report.pdf", PDF)
    kept = LibrarySource.objects.get()
    kept.file.storage.delete(kept.file.name)
    assert officer.get(f"/evidence/library/{kept.pk}/file/").status_code == 404


@pytest.mark.django_db
def test_nothing_is_stored_when_the_trail_cannot_be_written(people, officer, settings, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("The trail is full")

    monkeypatch.setattr("assessments.workflow.library.audit.append", fail)
    with pytest.raises(RuntimeError, match="full"):
        upload(officer, "report.pdf", PDF)
    assert not LibrarySource.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))
