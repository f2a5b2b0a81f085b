"""What was typed or chosen in a form, and not sent: the browser asks before it leaves."""

import pytest
from playwright.sync_api import expect

from assessments.duty.lifecycle import Status
from tests import factories

pytestmark = pytest.mark.journey


@pytest.fixture
def checked(committed_people):
    return factories.in_status(Status.WITH_LEAD, committed_people)


def test_the_browser_asks_before_verdicts_that_were_not_saved_are_left(visit, checked):
    lead = visit("lead")
    lead.page.goto(f"/assessments/{checked.reference}/review/")
    lead.page.locator('[name="engagement"][value="mend"]').check()
    asked = []
    lead.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    lead.page.get_by_role("link", name="Comment on this answer").first.click()
    assert asked == ["beforeunload"]
    expect(lead.page.locator('[name="engagement"][value="mend"]')).to_be_checked()
    lead.press("Save verdicts")
    expect(lead.page.get_by_role("main")).to_contain_text("Your verdicts are saved.")
    lead.page.get_by_role("link", name="Comment on this answer").first.click()
    expect(lead.page.get_by_label("Your comment")).to_be_visible()


def test_cancel_means_it(visit, committed_people):
    lead = visit("lead")
    lead.page.goto("/evidence/library/add/")
    lead.page.locator("#id_title").fill("A survey")
    lead.page.get_by_role("main").get_by_role("link", name="Cancel").click()
    expect(lead.page.get_by_role("heading", name="Evidence library", level=1)).to_be_visible()
