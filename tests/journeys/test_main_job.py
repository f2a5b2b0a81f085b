"""The main job, end to end: an officer assesses a real proposal, and an auditor holds the PDF."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from assessments.models import Assessment
from tests.pdf.checks import assert_pdf_ua, structure_of, text_of
from tests.pdf.verapdf import assert_verapdf

pytestmark = pytest.mark.journey

TITLE = "Closure of a Church of England primary school"


@pytest.fixture
def answers(demo):
    """The answers of the real case, as an officer would give them in a browser: by page."""
    example = Assessment.objects.get(title=TITLE)
    return {each.page: each.answers for each in example.pages.all()}


def test_an_officer_assesses_a_school_closure_and_an_auditor_holds_the_pdf(visit, answers, tmp_path):
    officer = visit("officer")
    officer.press("Start an assessment")
    officer.page.get_by_label("What is the proposal called?").fill(TITLE)
    officer.page.get_by_label("Which service is responsible?").select_option(label="School Places and Admissions")
    officer.press("Start")
    reference = officer.page.url.split("/")[4]
    assert reference.startswith("EIA-")
    assessment = Assessment.objects.get(reference=reference)

    half_way = "evidence-race"
    seen = write_until(officer, assessment, answers, half_way)
    expect(officer.page.get_by_role("heading", name="Evidence: race")).to_be_visible()
    officer.fill(assessment.questionnaire.pages[half_way], answers[half_way])
    officer.press("Save and come back later")
    expect(officer.page.get_by_role("main")).to_contain_text("Your answers are saved")
    officer.assert_usable()

    elsewhere = visit("officer")
    elsewhere.page.get_by_role("row").filter(has_text=reference).get_by_role("link", name=TITLE).click()
    expect(elsewhere.page.get_by_role("main")).to_contain_text(reference)
    elsewhere.page.goto(f"/assessments/{reference}/pages/{half_way}/")
    first_words = answers[half_way]["know"].split("\n")[0]
    expect(elsewhere.page.get_by_label("What do the facts and figures tell you?")).to_have_value(
        answers[half_way]["know"]
    )
    seen |= write_until(elsewhere, assessment, answers, None)
    assert seen >= {"eliminate-age", "advance-disability", "foster-race", "actions", "outcome"}

    expect(elsewhere.page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(elsewhere.page.get_by_role("main")).to_contain_text(first_words)
    elsewhere.assert_usable()
    elsewhere.press("Submit to the head of service")
    elsewhere.assert_usable()
    elsewhere.press("Submit to the head of service")
    expect(elsewhere.page.get_by_role("main")).to_contain_text("With the head of service")

    lead = visit("lead")
    lead.page.get_by_role("link", name="Register", exact=True).click()
    lead.page.get_by_label("Words in the title or the answers").fill(reference)
    lead.press("Apply")
    expect(lead.page.get_by_role("status").first).to_contain_text("1 assessment found")
    lead.press(TITLE)
    expect(lead.page.get_by_role("heading", level=1)).to_have_text(TITLE)

    auditor = visit("auditor")
    auditor.page.goto(f"/assessments/{reference}/")
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    with auditor.page.expect_download() as download:
        auditor.press("Report as PDF")
    path = tmp_path / "report.pdf"
    download.value.save_as(path)
    assert download.value.suggested_filename == f"{reference}-v1.pdf"
    assert_pdf_ua(path)
    assert_verapdf(path)
    text = text_of(path)
    for words in (reference, TITLE, "eliminate discrimination, harassment, victimisation", "Impact at a glance"):
        assert words in text
    structure = structure_of(path)
    assert structure.title.startswith(reference)


def write_until(officer, assessment, answers, stop):
    """Save and continue from page to page, as the wizard leads, until the page `stop` or the check page."""
    seen = set()
    while "/pages/" in officer.page.url:
        slug = officer.page.url.split("/pages/")[1].split("/")[0]
        if slug == stop:
            break
        assert slug not in seen, f"{slug} came twice: something on it is not accepted"
        seen.add(slug)
        officer.sources = [item["id"] for item in answers["sources"]["sources"]]
        officer.fill(assessment.questionnaire.pages[slug], answers.get(slug, {}))
        officer.press("Save and continue")
    return seen
