"""Every page can be used by everybody: WCAG 2.2 AA by axe, and at 320 pixels, for each role that sees it."""

import pytest
from django.core.management import call_command

from assessments import workflow
from assessments.models import Assessment, Service, User

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("demo")]

TITLE = "Closure of a Church of England primary school"
PUBLIC = ("accounts/login", "accounts/password_reset", "accessibility", "privacy", "cookies")
SIGNED_IN = ("", "start", "contacts", "register", "register/?q=school&status=approved", "register/?decided_from_0=x")
EVIDENCE = (
    "evidence",
    "evidence/area",
    "evidence/area/?on=2021-03-21",
    "evidence/library",
    "evidence/gaps",
    "evidence/service-data",
)
OF_AN_ASSESSMENT = ("", "report", "versions/1", "decision", "history", "keeping", "compare", "review")


def look_at(visitor, paths):
    for path in paths:
        visitor.page.goto(f"/{path}/" if path and "?" not in path else f"/{path}")
        visitor.assert_usable()


def test_the_public_pages_and_what_is_refused(visit):
    visitor = visit()
    look_at(visitor, PUBLIC)
    visitor.page.goto("/accounts/login/")
    visitor.page.get_by_role("button", name="Sign in").click()
    visitor.assert_usable()
    auditor = visit("auditor")
    for refused in ("/start/", "/assessments/EIA-1999-0001/"):
        auditor.page.goto(refused)
        auditor.assert_usable()
    auditor.trouble.clear()  # the browser remarks on the status 403 and 404 that are meant


def test_what_each_role_sees(visit):
    finished = Assessment.objects.get(title=TITLE)
    for who in ("officer", "approver", "lead", "auditor", "admin"):
        visitor = visit(who)
        writes = who in ("officer", "approver", "lead")
        look_at(visitor, [each for each in SIGNED_IN if writes or each != "start"])
        if writes:
            look_at(visitor, ["waiting", "evidence/library/add", "evidence/service-data/add"])
        if who in ("lead", "auditor", "admin"):
            look_at(visitor, ["trail"])
    look_at(visitor, ["accounts/password_change", "disposal"])
    look_at(visitor, [*EVIDENCE, "evidence/area/import", "evidence/area/choose"])
    look_at(visitor, [f"assessments/{finished.reference}/{path}".rstrip("/") for path in OF_AN_ASSESSMENT])
    look_at(visitor, [f"assessments/{finished.reference}/{path}" for path in ("hold", "redact")])


def test_what_follows_an_approval(visit):
    approved = Assessment.objects.filter(status="approved").first()
    retrospective = Assessment.objects.get(is_retrospective=True)
    writer = visit(approved.created_by.email.partition("@")[0])
    steps = ("", "again", "moves/reopen", "decision", "decision/supply", "decision/record", "decision/invite")
    look_at(writer, [f"assessments/{approved.reference}/{path}".rstrip("/") for path in steps])
    look_at(writer, [f"assessments/{retrospective.reference}/{path}" for path in ("decision", "report")])


def test_every_page_of_the_wizard(visit):
    officer = User.objects.get(email="officer@demo.example")
    example = Assessment.objects.get(title=TITLE)
    draft = workflow.start(officer, TITLE, Service.objects.get(name="School Places and Admissions"))
    with workflow.editing(officer, draft.reference) as edited:
        for page in example.pages.all():
            saved = edited.pages.get(page.page)
            edited.save(page.page, page.answers, None, saved.version if saved else 0)
    visitor = visit("officer")
    slugs = list(draft.questionnaire.open_pages({each.page: each.answers for each in draft.pages.all()}))
    assert len(slugs) > 30
    base = f"assessments/{draft.reference}"
    look_at(visitor, [f"{base}/pages/{slug}" for slug in slugs])
    look_at(
        visitor,
        [base, f"{base}/sources", f"{base}/check", f"{base}/people", f"{base}/moves/submit", f"{base}/moves/withdraw"],
    )


def test_the_moves_of_the_others_and_the_wait_for_a_pdf(visit):
    waiting = Assessment.objects.filter(status="with-lead").first()
    lead = visit("lead")
    look_at(lead, [f"assessments/{waiting.reference}", f"assessments/{waiting.reference}/moves/return_by_lead"])
    lead.press("Return to the officer")
    lead.assert_usable()
    lead.page.goto(f"/assessments/{waiting.reference}/report.pdf")
    lead.assert_usable()
    with lead.page.expect_download(timeout=30_000) as download:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    assert download.value.suggested_filename == f"{waiting.reference}-v{waiting.versions.count()}.pdf"
