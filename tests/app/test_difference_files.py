"""PDFs of what differs between two versions: made once in the background, kept, and gone when their words go."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from assessments import tasks, workflow
from assessments.keeping import Ground
from assessments.models import ReportFile
from assessments.reports import edition
from tests import factories
from tests.app.test_report_files import body_of, work
from tests.app.writing import signed_in
from tests.pdf.checks import structure_of

State = ReportFile.State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def twice(people):
    """Handed in, returned, changed and handed in again: versions 1 and 2."""
    assessment = factories.in_status("returned", people)
    factories.save(people.officer, assessment, "proposal", what="We would move the school to Hill Street.")
    return factories.moved(people.officer, assessment, "submit")


def waiting():
    """How many PDFs wait to be made."""
    return DBTaskResult.objects.ready().filter(task_path=tasks.make_report.module_path).count()


def address(assessment, name="compare-pdf", **query):
    return reverse(name, args=[assessment.reference], query=query or {"from": 1, "to": 2})


@pytest.fixture
def rendered(monkeypatch):
    """PDFs of a few bytes, and the pairs that were made into one."""
    pairs = []

    def to_pdf(before, after):
        pairs.append((before.facts.version, after.facts.version))
        return b"%PDF-1.7 of " + edition.difference_digest(before, after).encode()

    monkeypatch.setattr(tasks, "difference_to_pdf", to_pdf)
    return pairs


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


def test_the_first_request_asks_for_it_and_says_that_it_is_being_made(officer, twice, rendered):
    response = officer.get(address(twice))
    assert response.status_code == 202
    assert "Making your PDF" in response.text
    assert "no-store" in response["Cache-Control"]
    for link in (address(twice), address(twice, "compare")):
        assert f'href="{link}"'.replace("&", "&amp;") in response.text
    report = ReportFile.objects.get()
    assert (report.state, report.before, report.version, waiting(), rendered) == (State.WAITING, 1, 2, 1, [])
    assert report.document_json == ""


def test_the_worker_makes_it_once_and_the_next_requests_give_the_file(officer, twice, rendered):
    officer.get(address(twice))
    officer.get(address(twice))
    work()
    for _ in range(2):
        response = officer.get(address(twice))
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert f'filename="{twice.reference}-v1-v2.pdf"' in response["Content-Disposition"]
        before, after = (twice.versions.get(number=number).document for number in (1, 2))
        assert body_of(response) == b"%PDF-1.7 of " + edition.difference_digest(before, after).encode()
    assert rendered == [(1, 2)]


def test_it_stays_when_a_draft_gets_a_report(people, officer, twice, monkeypatch):
    monkeypatch.setattr(tasks, "to_pdf", lambda document: b"%PDF-1.7 of a draft")
    factories.moved(people.approver, twice, "return_by_head")
    officer.get(address(twice))
    for title in ("One title", "Another title"):
        officer.get(reverse("report-pdf", args=[twice.reference]))
        work()
        factories.save(people.officer, twice, "proposal", title=title)
    assert sorted(ReportFile.objects.values_list("before", "version")) == [(0, 0), (1, 2)]


def test_one_that_failed_says_so_and_is_made_when_asked_again(officer, twice, monkeypatch, rendered):
    def fail(before, after):
        raise MemoryError("too long")

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "difference_to_pdf", fail)
        officer.get(address(twice))
        work()
    text = officer.get(address(twice)).text
    again = address(twice, "compare-pdf-retry")
    assert "The PDF could not be made" in text
    assert f'action="{again}"'.replace("&", "&amp;") in text
    assert officer.get(again).status_code == 405
    assert officer.post(again)["Location"] == address(twice)
    work()
    assert body_of(officer.get(address(twice))).startswith(b"%PDF")


def test_trying_again_when_nothing_failed_changes_nothing(officer, twice):
    officer.get(address(twice))
    officer.post(address(twice, "compare-pdf-retry"))
    assert waiting() == 1


@pytest.mark.parametrize(
    "query",
    [
        {"from": 2, "to": 1},
        {"from": 1, "to": 1},
        {"from": 1, "to": 9},
        {"from": "x", "to": "draft"},
        {"from": 1},
        {"from": 1, "to": 2, "with": "EIA-2026-0001"},
    ],
)
def test_what_cannot_be_had_as_a_pdf_leads_to_the_page_that_says_why(officer, twice, query):
    for name, ask in (("compare-pdf", officer.get), ("compare-pdf-retry", officer.post)):
        response = ask(address(twice, name, **query), follow=True)
        assert response.redirect_chain[-1][0] == address(twice, "compare", **query)
    assert not ReportFile.objects.exists()


def test_one_version_alone_has_no_difference(people, officer):
    alone = factories.in_status("with-head", people)
    assert officer.get(address(alone)).status_code == 302
    assert not ReportFile.objects.exists()


def test_somebody_who_may_not_see_the_assessment_gets_no_difference_of_it(people, officer, twice):
    officer.get(address(twice))
    work()
    stranger = signed_in(people.other_officer)
    assert stranger.get(address(twice)).status_code == 404
    assert stranger.post(address(twice, "compare-pdf-retry")).status_code == 404


# When its versions lose their words


def redact(people, assessment):
    workflow.redact(people.administrator, assessment.reference, "Hill Street", Ground.PERSONAL)


def test_a_redaction_takes_it_away_and_the_next_one_is_another(people, officer, twice, settings, rendered):
    officer.get(address(twice))
    work()
    old = ReportFile.objects.get()
    redact(people, twice)
    assert not ReportFile.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))
    assert officer.get(address(twice)).status_code == 202
    assert ReportFile.objects.get().digest != old.digest


def test_the_end_of_the_content_takes_it_away(people, officer, settings, rendered):
    approved = factories.in_status("approved", people)
    officer.get(address(approved))
    work()
    assert len(list(settings.MEDIA_ROOT.rglob("*.pdf"))) == 1
    workflow.keep(people.administrator, approved.reference, date(2010, 3, 5), None)
    workflow.dispose(people.administrator, [approved.reference], "The retention rule")
    assert not ReportFile.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))


def test_a_redaction_while_it_is_made_leaves_no_file_and_no_record_of_it(people, officer, twice, settings, monkeypatch):
    def redacted_meanwhile(before, after):
        redact(people, twice)
        return b"%PDF-1.7 Hill Street"

    officer.get(address(twice))
    monkeypatch.setattr(tasks, "difference_to_pdf", redacted_meanwhile)
    tasks.make_report.call(ReportFile.objects.get().pk)
    assert not ReportFile.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))


def test_a_redaction_while_a_report_is_made_leaves_none_of_that_either(people, officer, twice, settings, monkeypatch):
    def redacted_meanwhile(document):
        redact(people, twice)
        return b"%PDF-1.7 Hill Street"

    officer.get(reverse("version-pdf", args=[twice.reference, 2]))
    monkeypatch.setattr(tasks, "to_pdf", redacted_meanwhile)
    tasks.make_report.call(ReportFile.objects.get().pk)
    assert not ReportFile.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))


def test_a_redacted_difference_does_not_hold_the_words(people, twice):
    redact(people, twice)
    before, after = (twice.versions.get(number=number).document for number in (1, 2))
    text = structure_of(edition.difference_to_pdf(before, after)).root.text
    assert "Hill Street" not in text
    assert "Something was redacted on" in text


# The command line


def test_the_command_writes_the_same_bytes_as_the_site_gives(people, twice, tmp_path):
    officer = signed_in(people.officer)
    officer.get(address(twice))
    work()
    target = tmp_path / "difference.pdf"
    call_command("report", twice.reference, difference=[1, 2], output=target)
    assert target.read_bytes() == body_of(officer.get(address(twice)))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["2", "1"], "Give the earlier version first: version 1 does not come after version 2"),
        (["1", "1"], "Give the earlier version first"),
        (["1", "7"], "has no version 7. It has 2"),
    ],
)
def test_the_command_says_what_is_wrong(twice, tmp_path, numbers, said):
    with pytest.raises(CommandError, match=said):
        call_command("report", twice.reference, "--difference", *numbers, "-o", str(tmp_path / "x.pdf"))


def test_the_command_takes_a_version_or_a_difference(twice, tmp_path):
    with pytest.raises(CommandError, match="not allowed with argument"):
        call_command("report", twice.reference, "--difference", "1", "2", "--version", "1", "-o", str(tmp_path / "x"))
