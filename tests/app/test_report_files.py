"""PDFs are made once, in the background, and kept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from assessments import clock, tasks
from assessments.documents import current_document
from assessments.models import ReportFile
from assessments.reports import files
from tests import factories
from tests.app import writing

State = ReportFile.State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def rendered(monkeypatch):
    """Reports of a few bytes (what is in a PDF is tested elsewhere), and the documents that were made into one."""
    made = []

    def to_pdf(document):
        made.append(document)
        return b"%PDF-1.7 of " + document.digest.encode()

    monkeypatch.setattr(tasks, "to_pdf", to_pdf)
    return made


@pytest.fixture
def assessment(people):
    return factories.draft(people.officer)


@pytest.fixture
def officer(people):
    return writing.signed_in(people.officer)


def address(assessment, name="report-pdf", *args):
    return reverse(name, args=[assessment.reference, *args])


def work():
    """What the worker process does until nothing is left to do."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False)


def waiting_tasks():
    return DBTaskResult.objects.ready().count()


def body_of(response):
    return b"".join(response.streaming_content)


def test_the_first_request_asks_for_the_report_and_says_that_it_is_being_made(officer, assessment, rendered):
    response = officer.get(address(assessment))
    assert response.status_code == 202
    assert "Making your PDF" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert (ReportFile.objects.get().state, waiting_tasks(), rendered) == (State.WAITING, 1, [])


def test_the_worker_makes_it_and_the_next_request_gives_the_file(officer, assessment):
    officer.get(address(assessment))
    work()
    response = officer.get(address(assessment))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == f'attachment; filename="{assessment.reference}-draft.pdf"'
    assert body_of(response) == b"%PDF-1.7 of " + current_document(assessment).digest.encode()
    assert ReportFile.objects.get().finished_at is not None


def test_asking_again_while_it_is_made_does_not_make_it_twice(officer, assessment, rendered):
    for _ in range(3):
        assert officer.get(address(assessment)).status_code == 202
    assert waiting_tasks() == 1
    work()
    assert len(rendered) == 1


def test_asking_again_when_it_is_there_does_not_make_it_again(officer, assessment, rendered):
    officer.get(address(assessment))
    work()
    for _ in range(2):
        officer.get(address(assessment)).close()
    assert (waiting_tasks(), len(rendered)) == (0, 1)


def test_a_changed_draft_gets_a_report_of_its_own_and_the_older_one_goes(officer, people, assessment):
    officer.get(address(assessment))
    work()
    older = ReportFile.objects.get()
    factories.save(people.officer, assessment, "proposal", title="Another title")
    assert officer.get(address(assessment)).status_code == 202
    work()
    newer = ReportFile.objects.get()
    assessment.refresh_from_db()
    assert newer.digest == current_document(assessment).digest != older.digest
    assert not older.file.storage.exists(older.file.name)
    assert newer.file.storage.exists(newer.file.name)


def test_the_files_of_versions_stay(officer, people):
    assessment = factories.in_status("returned", people)
    officer.get(address(assessment, "version-pdf", 1))
    work()
    officer.get(address(assessment))
    work()
    factories.save(people.officer, assessment, "proposal", title="Another title")
    officer.get(address(assessment))
    work()
    assert sorted(ReportFile.objects.values_list("version", "state")) == [(0, State.READY), (1, State.READY)]
    response = officer.get(address(assessment, "version-pdf", 1))
    assert response["Content-Disposition"] == f'attachment; filename="{assessment.reference}-v1.pdf"'
    assert body_of(response) == b"%PDF-1.7 of " + assessment.versions.get(number=1).digest.encode()


def test_a_submitted_assessment_gives_its_version_at_either_address(officer, people, rendered):
    assessment = factories.in_status("with-head", people)
    officer.get(address(assessment))
    work()
    assert body_of(officer.get(address(assessment))) == body_of(officer.get(address(assessment, "version-pdf", 1)))
    assert len(rendered) == 1


def test_the_report_is_made_from_the_document_as_it_was_when_it_was_asked_for(officer, people, assessment, rendered):
    officer.get(address(assessment))
    asked_for = current_document(assessment)
    factories.save(people.officer, assessment, "proposal", title="Another title")
    work()
    assert rendered == [asked_for]


def test_a_report_that_a_lost_worker_left_is_given_to_another_after_three_minutes(officer, assessment):
    officer.get(address(assessment))
    DBTaskResult.objects.update(status="RUNNING")  # taken by a worker that was then killed
    officer.get(address(assessment))
    assert waiting_tasks() == 0

    with clock.telling(clock.now() + files.LOST_AFTER + timedelta(seconds=1)):
        assert officer.get(address(assessment)).status_code == 202
        assert officer.get(address(assessment)).status_code == 202
    assert waiting_tasks() == 1
    work()
    assert body_of(officer.get(address(assessment))).startswith(b"%PDF")


def test_a_task_that_runs_twice_does_its_work_once(officer, assessment, rendered):
    officer.get(address(assessment))
    report = ReportFile.objects.get()
    tasks.make_report.call(report.pk)
    tasks.make_report.call(report.pk)
    work()
    assert len(rendered) == 1
    assert ReportFile.objects.get().state == State.READY


def test_a_task_whose_report_is_gone_does_nothing(assessment, rendered):
    tasks.make_report.call(12345)
    assert rendered == []


@pytest.fixture
def failed(officer, assessment, monkeypatch):
    """A report that could not be made; what fails is mended afterwards."""

    def to_pdf(document):
        raise MemoryError("too long")

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "to_pdf", to_pdf)
        officer.get(address(assessment))
        work()
    return ReportFile.objects.get()


def test_a_report_that_fails_says_so_and_offers_to_try_again(officer, assessment, failed):
    assert failed.state == State.FAILED
    response = officer.get(address(assessment))
    page = response.content.decode()
    assert "The PDF could not be made" in page
    assert "Your answers are safe." in page
    assert f'action="{address(assessment, "report-pdf-retry")}"' in page
    assert waiting_tasks() == 0


def test_trying_again_makes_it(officer, assessment, failed):
    response = officer.post(address(assessment, "report-pdf-retry"))
    assert (response.status_code, response["Location"]) == (302, address(assessment))
    assert ReportFile.objects.get().state == State.WAITING
    work()
    assert body_of(officer.get(address(assessment))).startswith(b"%PDF")


def test_trying_again_when_nothing_failed_changes_nothing(officer, assessment):
    officer.get(address(assessment))
    officer.post(address(assessment, "report-pdf-retry"))
    assert waiting_tasks() == 1


def test_trying_again_needs_a_post(officer, assessment, failed):
    assert officer.get(address(assessment, "report-pdf-retry")).status_code == 405


def test_a_version_that_failed_can_be_tried_again_at_its_own_address(officer, people, monkeypatch):
    assessment = factories.in_status("with-head", people)
    officer.get(address(assessment, "version-pdf", 1))
    ReportFile.objects.update(state=State.FAILED)
    page = officer.get(address(assessment, "version-pdf", 1)).content.decode()
    assert f'action="{address(assessment, "version-pdf-retry", 1)}"' in page
    response = officer.post(address(assessment, "version-pdf-retry", 1))
    assert response["Location"] == address(assessment, "version-pdf", 1)


def test_a_version_that_does_not_exist_is_not_found(officer, assessment):
    assert officer.get(address(assessment, "version-pdf", 1)).status_code == 404
    assert not ReportFile.objects.exists()


def test_somebody_who_may_not_see_the_assessment_gets_no_report_of_it(people, assessment, officer):
    officer.get(address(assessment))
    work()
    stranger = writing.signed_in(people.other_officer)
    assert stranger.get(address(assessment)).status_code == 404
    assert stranger.post(address(assessment, "report-pdf-retry")).status_code == 404
