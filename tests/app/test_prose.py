"""What people write at length: pasted from Word, in a little Markdown, shown as safe HTML."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from assessments import prose
from assessments.documents import current_document
from assessments.reports import edition
from tests import factories
from tests.app.writing import answers, post, proposal, signed_in

WORD_PASTES = {
    "bullets": ("•\tFirst\r\n•\tSecond", "- First\n- Second"),
    "middle dots": ("·\u00a0\u00a0First\n·  Second", "- First\n- Second"),
    "symbol font bullets": ("\uf0b7\tFirst\n\uf0a7\tSecond\n\uf0d8 Third", "- First\n- Second\n- Third"),
    "circles of the second level": ("•\tFirst\n\to\tUnder it", "- First\n\t- Under it"),
    "square bullets": ("▪ First\n§\tSecond", "- First\n- Second"),
    "numbers": ("1.\tFirst\n2)\tSecond", "1. First\n2. Second"),
    "spaces that do not break": ("£120,000\u00a0a\u202fyear", "£120,000 a year"),
    "soft hyphens": ("re\u00adason\u00adable", "reasonable"),
    "vertical tabs for line breaks": ("One line\u000bAnother", "One line\nAnother"),
    "form feeds and separators": ("One\x0cTwo\u2028Three\u2029Four\x85Five", "One\nTwo\nThree\nFour\nFive"),
    "carriage returns": ("One\r\nTwo\rThree", "One\nTwo\nThree"),
    "a byte order mark": ("\ufeffText", "Text"),
    "smart quotes and dashes stay": ("“It’s fair” – he said…", "“It’s fair” – he said…"),
    "many empty lines": ("One\n\n\n\n\nTwo", "One\n\nTwo"),
    "spaces at the end of lines": ("One  \nTwo\t \n", "One\nTwo"),
    "a sentence that starts with o": ("o what a day", "o what a day"),
    "a section sign that starts a line": ("§149 applies.\n§ 150 too.\n§\u00a0151", "§149 applies.\n§ 150 too.\n§ 151"),
    "a section sign of Word's own for a bullet": ("§\tOne", "- One"),
    "a bullet behind a hidden character": ("\x1f•\tOne", "- One"),
    "a year that starts a line": ("2026. A year", "2026. A year"),
    "marks that turn the text round": ("\u202eturned\u202c \u2066isolated\u2069", "turned isolated"),
    "joiners of scripts and emoji": ("👨‍👩‍👧 می‌خواهم", "👨‍👩‍👧 می‌خواهم"),
}


@pytest.mark.parametrize(("pasted", "kept"), WORD_PASTES.values(), ids=WORD_PASTES)
def test_text_pasted_from_word_arrives_clean(pasted, kept):
    assert prose.clean(pasted) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = prose.clean(text)
    assert prose.clean(once) == once


@given(st.text())
def test_nothing_that_a_database_or_an_xml_reader_refuses_is_kept(text):
    kept = prose.clean(text)
    assert not set(kept) & {*map(chr, range(9)), *"\x0b\x0c\r\x7f", *map(chr, range(14, 32))}


@given(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="•·▪◦●○§\uf0b7\uf0a7\uf0d8")))
def test_letters_numbers_and_signs_of_every_script_stay(text):
    assert prose.clean(text) == text


def test_a_line_has_no_line_breaks():
    assert prose.clean_line("  One\r\n\tTwo\u00a0 three\u000bfour ") == "One Two three four"


MARKDOWN = {
    "paragraphs": ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
    "line breaks": ("One\nTwo", "<p>One<br>\nTwo</p>\n"),
    "bullets": ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
    "numbers": ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"),
    "bold and emphasis": ("**so** *it* is", "<p><strong>so</strong> <em>it</em> is</p>\n"),
    "a heading stays text": ("# Not a heading", "<p># Not a heading</p>\n"),
    "a link stays text": ("[a](https://x.example)", "<p>[a](https://x.example)</p>\n"),
    "an image stays text": ("![a](file:///etc/passwd)", "<p>![a](file:///etc/passwd)</p>\n"),
    "code stays text": ("`rm`", "<p>`rm`</p>\n"),
    "a table stays text": ("| a |\n|---|", "<p>| a |<br>\n|---|</p>\n"),
    "a quotation stays text": ("> so", "<p>&gt; so</p>\n"),
    "html stays text": ("<b onclick=x>&amp;</b>", "<p>&lt;b onclick=x&gt;&amp;amp;&lt;/b&gt;</p>\n"),
    "a script stays text": ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
    "template syntax stays text": ("{{ x }}{% y %}", "<p>{{ x }}{% y %}</p>\n"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "html"), MARKDOWN.values(), ids=MARKDOWN)
def test_a_little_markdown_becomes_html_and_nothing_else_does(text, html):
    assert prose.to_html(text) == html


@given(st.text("<>&\"'=/*-_#`![]()123. \nabcscript"))
def test_only_the_tags_of_paragraphs_and_lists_come_out(text):
    html = prose.to_html(prose.clean(text))
    bare = html
    for tag in ("p", "ul", "ol", "li", "strong", "em"):
        bare = bare.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in bare.replace("<br>", "")


def test_deep_lists_and_many_stars_end():
    assert prose.to_html("- " * 2000 + "deep")
    assert prose.to_html("*" * 20_000)
    assert prose.to_html("**a" * 6_000)


PASTE = "People said:\r\n\r\n•\tthe bus is\u00a0late\r\n•\t<b>it’s</b> **full**\r\n\r\nWe\u00a0agree."
HTML = (
    "<p>People said:</p>\n<ul>\n<li>the bus is late</li>\n"
    "<li>&lt;b&gt;it’s&lt;/b&gt; <strong>full</strong></li>\n</ul>\n<p>We agree.</p>"
)


@pytest.mark.django_db
def test_a_paste_reads_the_same_on_every_page_and_in_the_pdf(people):
    draft = factories.draft(people.officer)
    officer = signed_in(people.officer)
    post(officer, draft, "proposal", **proposal(draft, what=PASTE))
    assert (
        answers(draft, "proposal")["what"] == "People said:\n\n- the bus is late\n- <b>it’s</b> **full**\n\nWe agree."
    )
    for path in ("check/", "report/"):
        assert HTML in officer.get(f"/assessments/{draft.reference}/{path}").text
    assert HTML in render_to_string("reports/print.html", edition.context(current_document(draft)))
