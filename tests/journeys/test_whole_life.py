"""From the check to the review: the lead's remarks, the members' own reading, the decision, the record of it all."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from assessments import clock
from assessments.models import Assessment

pytestmark = pytest.mark.journey

CHECKED = "A new contract for breaks for carers of older people"
WITH_LEAD = "A new stop smoking service"


def work():
    """What the worker would do: mail and reports."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


def fill_date(visitor, name, day):
    for part, value in enumerate((day.day, day.month, day.year)):
        visitor.page.locator(f'[name="{name}_{part}"]').fill(str(value))


def test_an_assessment_is_decided_by_people_who_read_it(visit, demo):
    made = Assessment.objects.get(title=CHECKED)
    base, main = f"/assessments/{made.reference}", "main"
    approver = visit("approver.adults")
    approver.page.goto("/waiting/")
    expect(approver.page.get_by_role(main)).to_contain_text(CHECKED)
    approver.page.goto(f"{base}/moves/approve/")
    approver.press("Approve")
    expect(approver.page.get_by_role(main)).to_contain_text("is now: Approved")

    officer = visit("officer.adults")
    officer.page.goto(f"{base}/")
    officer.press("Record that it was supplied")
    today = clock.today()
    officer.page.get_by_label("Who decides?").fill("Cabinet")
    fill_date(officer, "meets_on", today)
    fill_date(officer, "supplied_on", today)
    officer.page.get_by_label("In full, attached to the report").check()
    officer.page.get_by_label("Reference of the report").fill("Item 8")
    officer.page.locator('[name="carries_section_149"]').first.check()
    officer.assert_usable()
    officer.press("Save")
    officer.page.goto(f"{base}/decision/")
    officer.press("Invite a decision-maker")
    officer.page.get_by_label("What is their role in the decision?").fill("Leader of the Council")
    officer.page.get_by_label("Their e-mail address").fill("leader@council.example")
    officer.assert_usable()
    officer.press("Send the link")

    work()
    message = next(each for each in mail.outbox if each.to == ["leader@council.example"])
    link = re.search(r"https?://[^/]+(/acknowledge/\S+)", message.body)[1]
    member = visit()
    member.page.goto(link)
    member.assert_usable()
    assert made.decision_makers.get().opened_at is None
    member.press("Open the assessment")
    expect(member.page.get_by_role(main)).to_contain_text("A public authority must, in the exercise of its functions")
    expect(member.page.get_by_role(main)).to_contain_text("Limb (c): foster good relations")
    member.assert_usable()
    member.press("Confirm")
    member.assert_usable()
    member.page.get_by_label("I have read this assessment").check()
    member.press("Confirm")
    expect(member.page.get_by_role(main)).to_contain_text("Thank you")
    assert made.decision_makers.get().acknowledged_at

    officer.page.goto(f"{base}/decision/")
    officer.assert_usable()
    officer.press("Record the decision")
    officer.page.get_by_label("Agreed as proposed").check()
    fill_date(officer, "decided_on", today)
    for name in ("same_scope", "same_dates", "same_options"):
        officer.page.locator(f'[name="{name}"]').first.check()
    officer.page.get_by_label("How were the findings weighed?").fill("Members set the longer breaks against the cost.")
    officer.page.get_by_label("Reference of the minute").fill("Cabinet, item 8")
    officer.assert_usable()
    officer.press("Save and continue")
    officer.assert_usable()
    officer.press("Record the decision")
    expect(officer.page.get_by_role(main)).to_contain_text("is now: Decided")
    officer.page.goto(f"{base}/decision/publish/")
    fill_date(officer, "published_on", today)
    officer.page.get_by_label("Where can people read it?").fill("https://council.example/breaks")
    officer.assert_usable()
    officer.press("Record that it was published")
    officer.page.goto(f"{base}/moves/begin_review/")
    officer.press("Begin its review")
    officer.page.goto(f"{base}/decision/end-review/")
    officer.page.get_by_label("Why does it stand as it is?").fill("What was predicted is what happened.")
    fill_date(officer, "next_review", today + timedelta(days=365))
    officer.assert_usable()
    officer.press("End the review")
    made.refresh_from_db()
    assert made.status == "published"
    assert not made.is_retrospective

    auditor = visit("auditor")
    auditor.page.goto(f"{base}/history/")
    expect(auditor.page.get_by_role(main)).to_contain_text("acknowledged")
    auditor.assert_usable()
    call_command("verify_audit", verbosity=0)


def test_the_lead_says_what_to_mend_and_the_officer_mends_it(visit, demo):
    made = Assessment.objects.get(title=WITH_LEAD)
    base = f"/assessments/{made.reference}"
    lead = visit("lead")
    lead.page.goto(f"{base}/review/")
    lead.assert_usable()
    lead.page.get_by_role("link", name=re.compile("^Comment on this answer")).nth(3).click()
    lead.page.get_by_label("Your comment").fill("How many of them are on a low income?")
    lead.assert_usable()
    lead.page.get_by_role("main").get_by_role("button").first.click()
    expect(lead.page.get_by_role("main")).to_contain_text("Your comment is saved.")
    lead.page.locator('[name="engagement"][value="mend"]').check()
    lead.press("Save verdicts")
    lead.page.goto(f"{base}/moves/return_by_lead/")
    expect(lead.page.get_by_label("Reason")).to_have_value(re.compile("Must be mended:\n\n- Engagement"))
    lead.press("Return to the officer")

    writer = visit(made.created_by.email.partition("@")[0])
    writer.page.goto(f"{base}/")
    expect(writer.page.get_by_role("main")).to_contain_text("What you were asked to mend (2)")
    writer.assert_usable()
    writer.page.get_by_role("link", name=re.compile("^Read and reply")).first.click()
    expect(writer.page.get_by_role("main")).to_contain_text("How many of them are on a low income?")
    writer.page.get_by_label("Your reply").fill("About 400 of 1,900: the figure is in the sources now.")
    writer.assert_usable()
    writer.page.get_by_role("main").get_by_role("button").first.click()
    expect(writer.page.get_by_role("main")).to_contain_text("About 400 of 1,900")
    lead.page.goto(f"{base}/review/")
    lead.assert_usable()
