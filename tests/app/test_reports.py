"""The report: what the PDF says and how it is built, for readers, screen readers and those who would break it."""

import dataclasses
import logging
import re
from itertools import pairwise

import pytest
import tinyhtml5
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessments import prose
from assessments.documents import current_document
from assessments.duty import act
from assessments.duty.document import NOTHING, Step
from assessments.duty.questions import Kind
from assessments.models import Assessment, Council, Directorate, LocalCharacteristic, Service
from assessments.reports.edition import to_pdf
from tests import factories
from tests.app import writing
from tests.duty import samples
from tests.pdf import verapdf
from tests.pdf.checks import Structure, assert_pdf_ua, structure_of

SUBMITTED = dataclasses.replace(
    samples.FACTS,
    status="with-head",
    status_label="With the head of service",
    version=2,
    frozen="2026-03-09",
    audit_head="17 " + "ab" * 32,
)
STEPS = (Step("With the head of service", "Officer", "2026-03-09"),)
FULL = samples.screening({"age": "yes", "race": "unknown"}, {"eliminate": "yes", "foster": "yes"}, "yes")


def answered(screening):
    """An answer to everything that this screening asks for."""
    pages = samples.FORM.open_pages(screening)
    return {**{slug: factories.page_answers(page) for slug, page in pages.items()}, **screening}


@pytest.fixture(scope="module")
def submitted() -> Structure:
    return structure_of(to_pdf(samples.document(answered(FULL), facts=SUBMITTED, steps=STEPS)))


@pytest.fixture(scope="module")
def draft() -> Structure:
    return structure_of(to_pdf(samples.document({})))


def table(structure, caption):
    return next(each for each in structure.tables if each.caption == caption)


def rows_of(structure):
    """The answers of a report by what they answer, from its tables of two columns; the first of each name."""
    rows = [row for each in structure.tables for row in each.rows if len(row) == 2]
    return {label.text: answer.text for label, answer in reversed(rows)}


def page_at(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return tinyhtml5.parse(response.content.decode(), namespace_html_elements=False)


# Drafts and versions


def test_a_draft_says_so_in_words_at_the_foot_and_across_each_page(draft):
    assert "This is a draft. It can still change, and nobody has approved it." in draft.root.text
    for artefacts in draft.artefacts:
        assert {"DRAFT", "Draft", "EIA-2026-0001"} <= set(artefacts.splitlines())


def test_a_submitted_report_says_nothing_of_a_draft(submitted):
    assert not re.search(r"\bdraft\b", submitted.root.text.lower())  # “drafted” is in a question
    assert not any("draft" in artefacts.lower() for artefacts in submitted.artefacts)


def test_each_page_of_a_version_carries_reference_version_council_status_and_page_number(submitted):
    for number, artefacts in enumerate(submitted.artefacts, start=1):
        assert artefacts.splitlines() == [
            "EIA-2026-0001, version 2",
            "Test Council",
            "With the head of service, 9 March 2026",
            f"Page {number} of {submitted.pages}",
        ]


def test_a_withdrawn_report_says_that_no_decision_can_rest_on_it():
    facts = dataclasses.replace(SUBMITTED, status="withdrawn", status_label="Withdrawn")
    text = structure_of(to_pdf(samples.document({}, facts=facts))).root.text
    assert "This assessment was withdrawn. It was not approved, and no decision can rest on it." in text


def test_a_made_up_report_says_so(draft):
    facts = dataclasses.replace(samples.FACTS, is_example=True)
    assert "This assessment is made up" in structure_of(to_pdf(samples.document({}, facts=facts))).root.text
    assert "made up" not in draft.root.text


def test_the_cover_gives_the_facts_that_a_reader_looks_for_first(submitted):
    facts = {row[0].text: row[1].text for row in table(submitted, "Key facts").rows}
    assert facts == {
        "This version": "Version 2 of 9 March 2026: With the head of service",
        "Kind of record": "Full assessment",
        "Directorate and service": "Children, Schools",
        "Decision": "A line about it, planned for 5 March 2027",
        "Outcome": "No major change",
        "Started": "5 March 2026",
        "With the head of service": "9 March 2026, by: Officer",
    }


def test_the_report_says_what_it_was_made_from(submitted):
    sources = rows_of(submitted)
    digest = samples.document(answered(FULL), facts=SUBMITTED, steps=STEPS).digest
    assert sources["Assessment"] == "EIA-2026-0001, version 2 of 9 March 2026"
    assert sources["Questions and rules"] == "Edition 2026.1, rules for England"
    assert sources["SHA-256 of this version"].replace(" ", "") == digest
    assert sources["End of the audit trail when it was kept"].replace(" ", "") == SUBMITTED.audit_head.replace(" ", "")


def test_what_nobody_answered_says_so(draft, submitted):
    assert draft.root.text.count(NOTHING) > 50
    assert "What will change, and why?\nNo information provided" in draft.root.text
    wards = [each.text for each in table(submitted, "").rows[0]]
    assert wards == ["Title of the proposal", "A line about it"]
    assert "Which wards does it touch most?\nNo information provided" in submitted.root.text


def test_options_that_nobody_chose_are_not_printed(submitted):
    assert "Policy" in submitted.root.text
    for label in ("Procurement or commissioning", "Stop and remove the proposal", "Victimisation"):
        assert label not in submitted.root.text


# How it is built


def test_title_language_and_bookmarks_are_there(submitted):
    assert (submitted.title, submitted.language) == ("EIA-2026-0001: Close a school", "en-GB")
    assert [each[:2] for each in submitted.bookmarks] == [each for each in submitted.headings if each[0] < 4]


def test_headings_begin_at_one_and_skip_no_level(submitted):
    assert_in_order([level for level, _ in submitted.headings])
    assert [text for level, text in submitted.headings if level == 2] == [
        "Contents",
        "Impact at a glance",
        "Due-regard checks",
        *(section.title for section in samples.document(answered(FULL)).sections),
        "About this report",
    ]


def assert_in_order(levels):
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_entry_of_the_contents_leads_to_its_heading(submitted):
    entries = {each.text.rpartition(" ")[0]: each.target for each in submitted.links if " " in each.text}
    sections = [each for each in samples.document(answered(FULL)).sections if len(each.pages) > 1]
    inner = {page.title for section in sections for page in section.pages}
    listed = [text for level, text, _ in submitted.bookmarks if level == 2 or text in inner]
    assert entries == {text: page for _, text, page in submitted.bookmarks if text in listed and text != "Contents"}
    assert all(each.text.endswith(str(each.target)) for each in submitted.links)


def test_the_matrix_is_a_table_whose_cells_are_read_with_their_headers(submitted):
    matrix = table(submitted, "Impact on each characteristic under each limb of the duty")
    limbs = [f"({limb.letter}) {limb.name}" for limb in act.LIMBS]
    assert matrix.headers("Column") == ["Characteristic", *limbs]
    assert matrix.headers("Row") == [each.name for each in act.CHARACTERISTICS]
    cells = {cell.headers: cell.text for row in matrix.rows[1:] for cell in row[1:]}
    assert cells["Age", limbs[0]] == "Positive"
    assert cells["Age", limbs[1]] == "Settled at screening"
    assert cells["Marriage and civil partnership", limbs[2]] == "Not part of the duty"


def test_local_characteristics_have_a_matrix_of_their_own_and_their_label(submitted):
    matrix = table(submitted, "Locally adopted characteristics, not section 149")
    assert matrix.headers("Row") == ["Carers (locally adopted, not section 149)"]


def test_the_actions_are_a_table_whose_cells_are_read_with_their_headers(submitted):
    actions = table(submitted, "What will be done, by whom, by when?")
    labels = [each.label for each in samples.FORM.pages["actions"].question("actions").items]
    assert actions.headers("Column") == labels
    assert actions.headers("Row") == ["A line about it"]
    due = next(cell for cell in actions.rows[1] if cell.headers[-1:] == ("By when?",))
    assert (due.text, due.headers) == ("5 March 2027", ("A line about it", "By when?"))


def test_every_header_cell_has_its_scope(submitted):
    headers = [cell for each in submitted.tables for row in each.rows for cell in row if cell.tag == "TH"]
    assert headers
    assert {cell.scope for cell in headers} == {"Column", "Row"}


def test_long_answers_keep_their_paragraphs_and_lists(submitted):
    assert ["one", "two"] in submitted.lists


def test_the_words_of_the_act_are_in_the_report(submitted):
    text = submitted.root.text.replace("\n", " ")
    for provision in act.SECTION_149:
        assert provision.words in text
        assert all(part.words in text for part in provision.parts)


# The HTML edition


def test_the_html_edition_has_its_headings_in_order_and_every_link_within_it_leads_somewhere(people):
    assessment = factories.in_status("with-head", people)
    root = page_at(writing.signed_in(people.auditor), "report", assessment.reference)
    (main,) = root.iter("main")
    assert_in_order([int(each.tag[1]) for each in main.iter() if str(each.tag) in ("h1", "h2", "h3", "h4")])
    targets = [each.get("id") for each in root.iter() if each.get("id")]
    links = [each.get("href").removeprefix("#") for each in root.iter("a") if each.get("href", "").startswith("#")]
    assert len(links) > 20
    assert set(links) <= set(targets)
    assert len(targets) == len(set(targets))


def test_the_html_edition_has_header_cells_with_scopes(people):
    assessment = factories.in_status("with-head", people)
    root = page_at(writing.signed_in(people.auditor), "report", assessment.reference)
    assert {each.get("scope") for each in root.iter("th")} == {"col", "row"}
    captions = ["".join(each.itertext()) for each in root.iter("caption")]
    assert "Impact on each characteristic under each limb of the duty" in captions
    assert len(captions) == len(list(root.iter("table")))


def test_a_draft_in_html_says_so_and_a_version_does_not(people):
    assessment = factories.in_status("returned", people)
    officer = writing.signed_in(people.officer)
    draft = "".join(page_at(officer, "report", assessment.reference).itertext())
    version = "".join(page_at(officer, "version", assessment.reference, 1).itertext())
    assert "This is a draft." in draft
    assert "This is a draft." not in version
    assert "Version 1 of " in version


# A version stays as it was


def test_the_report_of_a_version_outlives_every_change_of_wording_and_of_names(people, monkeypatch):
    assessment = factories.in_status("approved", people)
    auditor = writing.signed_in(people.auditor)
    before = report_words(auditor, assessment)
    frozen = current_document(assessment)

    Council.objects.update(name="Renamed Council", address="2 New Street", phone="", email="", nation="wales")
    Service.objects.filter(name="Schools").update(name="Renamed service")
    Directorate.objects.filter(name="Children").update(name="Renamed directorate")
    LocalCharacteristic.objects.update(name="Renamed characteristic")
    monkeypatch.setattr(Assessment, "questionnaire", property(lambda self: pytest.fail("a version needs no questions")))

    assert report_words(auditor, assessment) == before
    assert current_document(Assessment.objects.get(pk=assessment.pk)) == frozen
    assert "Test Council" in before
    assert "Renamed" not in before


def report_words(client, assessment):
    root = page_at(client, "version", assessment.reference, 2)
    (main,) = root.iter("main")
    return " ".join(" ".join(main.itertext()).split())


# What somebody may type


HOSTILE = (
    "<script>alert('owned')</script>",
    "{{ settings.SECRET_KEY }}{% load static %}{% include 'base.html' %}",
    '<img src="file:///etc/passwd"><img src=x onerror=alert(1)>',
    '<object data="http://127.0.0.1:9/x"></object> http://127.0.0.1:9/page',
    "<a href='#nowhere'>here</a> [there](#nowhere) ![picture](http://127.0.0.1:9/p.png)",
    "</td></tr></table></body></html>",
    "# Heading\n\n> quoted\n\n```\ncode\n```\n\n1. one\n   - two\n\n| a | b |\n|---|---|",
    "\u202egnp.exe\u2066 overridden",
    "שלום עולם and مرحبا بالعالم",
    "Family 👩\u200d👩\u200d👧\u200d👦 flag 🏴󠁧󠁢󠁥󠁮󠁧󠁿 thumbs 👍🏽",
    "Zalgo z̸̢͎̎a̵̙͝l̷̰̈g̶̱̓o̶̠͌ \u0007\u0000 \ue000 e\u0301",
    "&lt;b&gt; &amp;nbsp; &#60; \\ ' \" ` $ % ~",
)
LONG = ("word and another " * 1_200)[:20_000]
LONG_WORD = "x" * 5_000


def hostile(question, number):
    """Something nasty where a question takes text; a plausible answer where it does not."""
    if question.kind in (Kind.TEXT, Kind.PROSE):
        return prose.clean(HOSTILE[number % len(HOSTILE)])
    answer = factories.answer(question)
    if question.kind is Kind.ITEMS:
        asked = [each for each in question.items if not each.source]
        return [{**answer[0], **{each.key: hostile(each, number + place) for place, each in enumerate(asked)}}]
    return answer


@pytest.fixture
def attacked():
    """A document with something nasty in every box, and far too much in some."""
    screening = samples.screening({"age": "yes"}, {"foster": "yes"})
    answers = answered(screening)
    numbers = iter(range(10_000))
    for slug, page in samples.FORM.open_pages(screening).items():
        for question in page.questions:
            if not question.options and not question.source:
                answers[slug] = {**answers[slug], question.key: hostile(question, next(numbers))}
    answers["proposal"] |= {"what": LONG, "aims": LONG_WORD}
    answers["outcome"] |= {"reasons": "\n".join(["- item"] * 200)}
    facts = dataclasses.replace(samples.FACTS, title=f"{HOSTILE[0]} {{{{ 7|add:7 }}}} {LONG_WORD[:300]}")
    return samples.document(answers, facts=facts)


def test_nothing_that_somebody_types_is_obeyed_lost_or_harmful_to_the_pdf(attacked, tmp_path, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = to_pdf(attacked)
    assert [each.getMessage() for each in caplog.records if each.name.startswith("weasyprint")] == []

    assert_pdf_ua(pdf)
    path = tmp_path / "attacked.pdf"
    path.write_bytes(pdf)
    assert verapdf.check([path]) == {path: []}

    structure = structure_of(pdf)
    text = " ".join(structure.root.text.split())
    for shown in (
        "<script>alert('owned')</script>",
        "{{ settings.SECRET_KEY }}{% load static %}{% include 'base.html' %}",
        '<img src="file:///etc/passwd">',
        "<a href='#nowhere'>here</a> [there](#nowhere)",
        "</td></tr></table></body></html>",
        "&lt;b&gt; &amp;nbsp;",
        "gnp.exe",
    ):
        assert shown in text
    assert text.count("word and another") == LONG.count("word and another")
    assert text.replace(" ", "").count("x" * 5_000) == 1
    assert "root:" not in text
    assert [each for each in structure.links if not isinstance(each.target, int)] == []
    assert_in_order([level for level, _ in structure.headings])
    assert sum(items.count("item") for items in structure.lists) == 200


def test_nothing_that_somebody_types_becomes_markup_in_the_html_edition(people):
    assessment = factories.draft(people.officer, prose.clean_line(" ".join(HOSTILE))[:300])
    typed = [prose.clean(each) for each in HOSTILE]
    factories.save(people.officer, assessment, "proposal", what="\n\n".join(typed), aims=LONG_WORD)
    factories.save(people.officer, assessment, "decision", body=typed[0], round=typed[1])
    root = page_at(writing.signed_in(people.officer), "report", assessment.reference)
    (main,) = root.iter("main")
    assert {str(each.tag) for each in main.iter()} & {"script", "img", "object", "iframe", "code", "blockquote"} == (
        {"blockquote"}  # the Act's
    )
    assert {each.get("href")[0] for each in main.iter("a")} == {"#", "/"}
    text = "".join(main.itertext())
    for each in (HOSTILE[0], HOSTILE[1], HOSTILE[5], LONG_WORD):
        assert each in text
    assert_in_order([int(each.tag[1]) for each in main.iter() if str(each.tag) in ("h1", "h2", "h3", "h4")])


def test_a_character_that_no_font_has_is_shown_as_one_that_is_missing():
    facts = dataclasses.replace(samples.FACTS, title="Before \ue000 after")
    pdf = to_pdf(samples.document({}, facts=facts))
    assert_pdf_ua(pdf)
    assert "Before \N{REPLACEMENT CHARACTER} after" in structure_of(pdf).root.text


# The command line


@pytest.fixture
def screened(people):
    """A short report on file: screened out and approved."""
    return factories.in_status("screened-out", people)


@pytest.mark.django_db(transaction=True)
def test_the_command_writes_the_same_bytes_as_the_site_gives(screened, people, tmp_path):
    auditor = writing.signed_in(people.auditor)
    address = reverse("report-pdf", args=[screened.reference])
    assert auditor.get(address).status_code == 202
    call_command("db_worker", batch=True, interval=0, startup_delay=False)
    downloaded = b"".join(auditor.get(address).streaming_content)
    target = tmp_path / "report.pdf"
    call_command("report", screened.reference, output=target)
    assert target.read_bytes() == downloaded
    assert downloaded.startswith(b"%PDF-1.7")


def test_the_command_writes_an_earlier_version(screened, tmp_path, capsys):
    target = tmp_path / "first.pdf"
    call_command("report", screened.reference, f"--output={target}", "--version=1")
    assert structure_of(target).artefacts[0].splitlines()[0] == f"{screened.reference}, version 1"
    assert f"Wrote {target}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["EIA-1999-0001"], "There is no assessment EIA-1999-0001. A reference looks like EIA-2026-0001."),
        (["{reference}", "--version=3"], "{reference} has no version 3. It has 2."),
    ],
)
def test_the_command_says_what_it_cannot_find(screened, tmp_path, arguments, message):
    arguments = [each.format(reference=screened.reference) for each in arguments]
    with pytest.raises(CommandError) as refused:
        call_command("report", *arguments, output=tmp_path / "report.pdf")
    assert str(refused.value) == message.format(reference=screened.reference)
    assert not (tmp_path / "report.pdf").exists()


def test_the_command_says_when_it_cannot_write(people, tmp_path):
    assessment = factories.draft(people.officer)
    with pytest.raises(CommandError, match=r"could not be written to .*missing.*: No such file or directory\."):
        call_command("report", assessment.reference, output=tmp_path / "missing" / "report.pdf")
