"""Excel workbooks of service-user data, and files that say they are."""

import io
import random
import zipfile
from datetime import datetime

import openpyxl
import pytest

from assessments.evidence import service_data
from assessments.evidence.service_data import Limits
from assessments.evidence.service_data.limits import MEGABYTE


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content


def refusal(content, is_of_records=True, limits=None):
    with pytest.raises(service_data.Unreadable) as refused:
        service_data.read(content, is_of_records, limits)
    return str(refused.value)


def rewritten(content, name, data=None, flags=0):
    """The archive with one part replaced or marked."""
    made = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, data if each == name and data is not None else old.read(each))
        if name not in old.namelist():
            new.writestr(name, data)
    return made


def test_records_are_counted():
    tally = service_data.read(workbook([["Sex", "Age"], ["F", 34], ["M", 34.0], [None, None], ["F", None]]), True)
    assert {each.heading: each.values for each in tally.columns} == {"Sex": {"F": 2, "M": 1}, "Age": {"": 1, "34": 2}}
    assert tally.rows == 3


def test_counts_are_added_up():
    tally = service_data.read(workbook([["Sex", "Count"], ["F", 34], ["M", 12]]), False)
    assert tally.column("Sex").values == {"F": 34, "M": 12}


def test_a_negative_count_has_its_row():
    assert refusal(workbook([["Sex", "Count"], ["F", 34], ["M", -1]]), False).startswith("Row 3, column “Count”")


def test_merged_headings_are_refused():
    book = openpyxl.Workbook()
    book.active.append(["Sex and age", None, "Faith"])
    book.active.append(["F", 3, "None"])
    book.active.merge_cells("A1:B1")
    assert "Column B has no heading. If cells are merged" in refusal(saved(book))


def test_a_formula_without_its_result_is_refused_with_row_and_column():
    content = workbook([["Sex", "Age"], ["F", 3], ["M", "=1+2"]])
    assert refusal(content).startswith("Row 3: Column B has a formula without its result")


def test_a_formula_with_its_result_is_read_as_that():
    content = workbook([["Sex", "Age"], ["F", "=1+2"]])
    with zipfile.ZipFile(content) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b"<v />", b"<v>3</v>").replace(b"<v></v>", b"<v>3</v>")
    tally = service_data.read(rewritten(content, "xl/worksheets/sheet1.xml", sheet), True)
    assert tally.column("Age").values == {"3": 1}


def test_dates_of_birth_are_refused():
    rows = [["Sex", "When"], *(["F", datetime(1940 + 9 * number, 3, 4)] for number in range(6))]  # noqa: DTZ001
    assert "a date of birth" in refusal(workbook(rows))


def test_a_personal_value_has_its_row():
    content = workbook([["Sex", "Other"], ["F", "none"], ["F", "someone@example.org"]])
    assert refusal(content).startswith("Row 3, column “Other”: This looks like an e-mail address")


def test_rows_above_the_headings_are_refused():
    content = workbook([[None], ["Sex", "Age"], ["F", 3]])
    assert "headings must stand in the first row" in refusal(content)


def test_a_file_that_grows_without_end_is_refused_before_it_is_unpacked():
    content = workbook([["Sex"], ["F"]])
    bomb = rewritten(content, "xl/worksheets/sheet1.xml", b"<row/>" * 4_000_000)
    assert "too large once it is unpacked" in refusal(bomb)
    assert "too large once it is unpacked" in refusal(content, limits=Limits(unpacked=1000))


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "docProps/core.xml"])
def test_a_part_that_is_read_whole_may_not_be_large(part):
    content = workbook([["Sex"], ["F"]])
    with zipfile.ZipFile(content) as archive:
        data = archive.read(part)
    filling = b"<!--" + random.Random(1).randbytes(5 * MEGABYTE).hex().encode() + b"-->"
    assert "too large once it is unpacked" in refusal(rewritten(content, part, data + filling))


def test_the_list_of_texts_may_be_larger_but_not_endless_whatever_it_is_called():
    content = workbook([["Sex"], ["F"]])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/worksheets/texts.xml" ContentType="{kind}"/></Types>'.encode()
    with zipfile.ZipFile(content) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", override)
    renamed = rewritten(content, "[Content_Types].xml", types)
    words = random.Random(1).randbytes(26 * MEGABYTE).hex().encode()
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%b</t></si></sst>'
    fits = rewritten(renamed, "xl/worksheets/texts.xml", texts % words[: 20 * MEGABYTE])
    assert service_data.read(fits, True).rows == 1
    assert "too large once it is unpacked" in refusal(rewritten(renamed, "xl/worksheets/texts.xml", texts % words))


def test_a_row_beyond_the_last_of_excel_is_refused():
    content = workbook([["Sex"], ["F"]])
    with zipfile.ZipFile(content) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'<row r="2"', b'<row r="1000000000000"')
    sheet = sheet.replace(b'r="A2"', b'r="A1000000000000"')
    assert "too large" in refusal(rewritten(content, "xl/worksheets/sheet1.xml", sheet))


def test_an_open_document_is_told_from_another_archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "OpenDocument" in refusal(content)


def test_a_sheet_with_too_many_cells_is_refused():
    content = workbook([["Sex", "Age"], *([["F", 3]] * 50)])
    assert "too large" in refusal(content, limits=Limits(cells=80))


def test_names_that_grow_without_end_are_refused():
    content = workbook([["Sex"], ["F"]])
    declared = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><worksheet/>'
    assert "damaged" in refusal(rewritten(content, "xl/worksheets/sheet1.xml", declared))


def test_a_protected_file_is_told_from_one_of_the_old_kind():
    ole = b"\xd0\xcf\x11\xe0" + b"\0" * 600
    assert "protected by a password" in refusal(io.BytesIO(ole + "EncryptedPackage".encode("utf-16-le")))
    assert ".xls" in refusal(io.BytesIO(ole))


def test_another_archive_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("data.csv", "Sex\nF\n")
    assert "ZIP archive" in refusal(content)


def test_half_a_workbook_is_refused():
    content = workbook([["Sex"], ["F"]]).getvalue()
    assert "damaged" in refusal(io.BytesIO(content[: len(content) // 2]))


def test_a_sheet_that_breaks_off_is_refused():
    content = workbook([["Sex", "Age"], *([["F", 3]] * 3000)])
    with zipfile.ZipFile(content) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert "damaged" in refusal(rewritten(content, "xl/worksheets/sheet1.xml", sheet[: len(sheet) // 2]))


def test_a_sheet_that_is_no_xml_is_refused():
    content = rewritten(workbook([["Sex"], ["F"]]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>")
    assert "damaged" in refusal(content)
