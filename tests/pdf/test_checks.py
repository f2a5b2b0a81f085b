"""The PDF checkers find what is wrong, and pass what is right."""

import shutil

import pytest
import weasyprint

from tests.pdf import verapdf
from tests.pdf.checks import Link, assert_pdf_ua, structure_of, text_of

GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>A report</title><style>
@page { size: A6; margin: 15mm; @top-left { content: "EIA-2026-0001" } }
</style></head><body>
<h1>Closing a school</h1>
<ol><li><a href="#impact">Impact</a></li><li>Law: <a href="https://www.legislation.gov.uk/">the Act</a></li></ol>
<p>The consultation ran for six weeks and many people came to it, so that this line is long enough to be broken.</p>
<h2 id="impact" style="break-before: page">Impact</h2>
<table><caption>Impact on each group</caption>
<thead><tr><th scope="col">Group</th><th scope="col">Impact</th></tr></thead>
<tbody><tr><th scope="row">Age</th><td>Negative</td></tr></tbody></table>
<svg width="20" height="20"><title>A red square</title><rect width="20" height="20" fill="red"/></svg>
<p>Hebrew: <bdi>שלום עולם</bdi>, then English.</p>
<p style="float: right">Last.</p>
</body></html>"""

NO_TITLE = GOOD.replace("<title>A report</title>", "")
NO_LANGUAGE = GOOD.replace(' lang="en-GB"', "")
SKIPPED_HEADING = GOOD.replace("h2", "h3")
RAGGED_TABLE = GOOD.replace("<td>Negative</td>", "")
OPACITY = GOOD.replace("float: right", "opacity: 0.5")
BROKEN = {
    "no title": NO_TITLE,
    "no language": NO_LANGUAGE,
    "skipped heading": SKIPPED_HEADING,
    "ragged table": RAGGED_TABLE,
}


def render(html, variant="pdf/ua-1"):
    return weasyprint.HTML(string=html).write_pdf(pdf_variant=variant)


@pytest.fixture(scope="module")
def good():
    return render(GOOD)


def test_a_good_pdf_passes_page_validation(good):
    assert_pdf_ua(good)


def test_a_path_serves_as_well_as_bytes(good, tmp_path):
    path = tmp_path / "good.pdf"
    path.write_bytes(good)
    assert_pdf_ua(path)
    assert text_of(str(path)) == text_of(good)


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        (NO_TITLE, "METADATA-TITLE"),
        (NO_LANGUAGE, "LANGUAGE-TAG"),
        (SKIPPED_HEADING, "HEADING-NESTING"),
        (RAGGED_TABLE, "TABLE-ROW-COLUMNSPAN"),
    ],
    ids=list(BROKEN),
)
def test_page_validation_names_the_broken_rule(html, rule):
    with pytest.raises(AssertionError, match=f"does not conform to PDF/UA-1:\n(?s:.*){rule}"):
        assert_pdf_ua(render(html))


def test_an_untagged_pdf_is_caught():
    untagged = render(GOOD, variant=None)
    with pytest.raises(AssertionError, match="TAGGED"):
        assert_pdf_ua(untagged)
    with pytest.raises(AssertionError, match="no tags"):
        structure_of(untagged)


def test_verapdf_passes_the_good_and_names_the_rules_of_the_broken(good, tmp_path):
    files = {"good": good, "untagged": render(GOOD, variant=None), "opacity": render(OPACITY)}
    files |= {name: render(html) for name, html in BROKEN.items()}
    paths = {name: tmp_path / f"{name}.pdf" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    results = verapdf.check(paths.values())
    found = {path.stem: {failure.rule for failure in failures} for path, failures in results.items()}
    assert found.pop("good") == set()
    assert {"6.2-1", "7.1-3"} <= found.pop("untagged")
    assert found == {
        "no title": {"7.1-9"},
        "no language": {"7.2-29"},
        "skipped heading": {"7.4.2-1"},
        "ragged table": {"7.2-43"},
        "opacity": {"7.1-3"},
    }


def test_verapdf_says_each_failed_rule_in_words(good):
    with pytest.raises(AssertionError, match=r"not conform to ua1:\n  7\.1-9 \(1 times\): The Metadata stream"):
        verapdf.assert_verapdf(render(NO_TITLE))


def test_verapdf_fails_on_what_is_no_pdf():
    with pytest.raises(AssertionError, match="did not run to its end"):
        verapdf.assert_verapdf(b"no PDF")


def test_without_java_the_check_fails_and_names_the_packages(good, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(AssertionError, match="apt-get install -y default-jdk-headless libjaxb-java"):
        verapdf.assert_verapdf(good)


def test_structure_has_title_language_pages_and_bookmarks(good):
    structure = structure_of(good)
    assert (structure.title, structure.language, structure.pages) == ("A report", "en-GB", 2)
    assert structure.bookmarks == [(1, "Closing a school", 1), (2, "Impact", 2)]


def test_structure_has_headings_lists_and_links(good):
    structure = structure_of(good)
    assert structure.headings == [(1, "Closing a school"), (2, "Impact")]
    assert structure.lists == [["Impact", "Law: the Act"]]
    assert structure.links == [Link("Impact", 2), Link("the Act", "https://www.legislation.gov.uk/")]


def test_structure_ties_a_cell_to_its_headers(good):
    [table] = structure_of(good).tables
    assert table.caption == "Impact on each group"
    assert [[cell.text for cell in row] for row in table.rows] == [["Group", "Impact"], ["Age", "Negative"]]
    assert table.rows[1][1].headers == ("Age", "Impact")


def test_structure_has_the_scope_of_headers_that_have_one():
    def add_scope(document, pdf):
        cells = [item for item in pdf.objects if isinstance(item, dict) and item.get("S") == "/TH"]
        for cell, scope in zip(cells, ["/Column", "/Column", "/Row"], strict=True):
            cell["A"]["Scope"] = scope

    pdf = weasyprint.HTML(string=GOOD).write_pdf(pdf_variant="pdf/ua-1", finisher=add_scope)
    [table] = structure_of(pdf).tables
    assert table.headers("Column") == ["Group", "Impact"]
    assert table.headers("Row") == ["Age"]


def test_structure_has_the_words_for_an_image(good):
    assert [figure.alternative for figure in structure_of(good).root.find("Figure")] == ["A red square"]


def test_text_is_in_reading_order_and_without_the_page_header(good):
    lines = text_of(good).splitlines()
    assert lines[0] == "Closing a school"
    assert "many people came to it, so that this line is long enough to be broken." in lines[3]
    assert lines[-2:] == ["Hebrew: שלום עולם, then English.", "Last."]
    assert "EIA-2026-0001" not in text_of(good)


def test_the_page_header_is_among_the_artefacts_of_each_page(good):
    assert structure_of(good).artefacts == ["EIA-2026-0001", "EIA-2026-0001"]
