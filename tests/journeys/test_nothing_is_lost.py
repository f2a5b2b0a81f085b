"""What somebody typed stays: after a lost connection, an expired sign-in, a colleague’s save, and without a script."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from assessments import workflow
from assessments.models import Assessment, PageAnswers, User
from tests import factories

pytestmark = pytest.mark.journey

AIMS = "What is the proposal meant to achieve?"


@pytest.fixture
def draft(committed_people):
    return factories.draft(committed_people.officer, "A new lunch club")


def open_proposal(visitor, draft):
    visitor.page.goto(f"/assessments/{draft.reference}/pages/proposal/")


def stored(draft, page="proposal"):
    return PageAnswers.objects.get(assessment=draft, page=page).answers


def test_typing_is_saved_by_itself(visit, draft):
    officer = visit("officer")
    open_proposal(officer, draft)
    officer.page.get_by_label(AIMS).fill("Older people eat together.")
    expect(officer.page.locator("[data-autosave-status]")).to_contain_text("Saved at", timeout=10_000)
    assert stored(draft)["aims"] == "Older people eat together."
    officer.page.get_by_label(AIMS).fill("Older people eat together twice a week.")
    officer.press("Save and continue")
    expect(officer.page.get_by_role("heading", name="The decision")).to_be_visible()
    assert stored(draft)["aims"] == "Older people eat together twice a week."


def test_saving_while_the_page_saves_itself_is_no_conflict(visit, draft):
    officer = visit("officer")
    open_proposal(officer, draft)
    box = officer.page.get_by_label(AIMS)
    slow = []

    def hold_back(route):
        slow.append(route)
        saved = route.fetch()
        box.fill("Typed while the page was being saved.")
        officer.page.get_by_role("button", name="Save and continue").click(no_wait_after=True)
        route.fulfill(response=saved)

    officer.page.route("**/pages/proposal/", hold_back, times=1)
    box.fill("Typed first.")
    expect(officer.page.get_by_role("heading", name="The decision")).to_be_visible(timeout=15_000)
    assert len(slow) == 1
    assert stored(draft)["aims"] == "Typed while the page was being saved."


def test_leaving_the_page_saves_what_was_typed(visit, draft):
    officer = visit("officer")
    open_proposal(officer, draft)
    officer.page.get_by_label(AIMS).fill("Typed a second before leaving.")
    officer.page.get_by_role("link", name="Back to the task list").click()
    expect(officer.page.get_by_role("heading", name="Check and submit")).to_be_visible()
    open_proposal(officer, draft)
    expect(officer.page.get_by_label(AIMS)).to_have_value("Typed a second before leaving.")


def test_leaving_while_the_page_saves_itself_keeps_the_last_word(visit, draft):
    officer = visit("officer")
    open_proposal(officer, draft)
    box = officer.page.get_by_label(AIMS)

    def hold_back(route):
        saved = route.fetch()
        box.fill("Typed first, and then more.")
        officer.page.get_by_role("link", name="Back to the task list").click(no_wait_after=True)
        route.fulfill(response=saved)

    officer.page.route("**/pages/proposal/", hold_back, times=1)
    box.fill("Typed first.")
    expect(officer.page.get_by_role("heading", name="Check and submit")).to_be_visible(timeout=15_000)
    assert stored(draft)["aims"] == "Typed first, and then more."


def test_the_browser_asks_before_it_leaves_text_that_could_not_be_saved(visit, draft):
    officer = visit("officer")
    open_proposal(officer, draft)
    officer.context.set_offline(True)
    officer.page.get_by_label(AIMS).fill("Typed on the train.")
    with officer.page.expect_event("dialog") as asked:
        officer.page.get_by_role("link", name="Back to the task list").click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(officer.page.locator("[data-autosave-status]")).to_contain_text("You seem to be offline")
    expect(officer.page.get_by_label(AIMS)).to_have_value("Typed on the train.")


def test_a_lost_connection_says_so_and_saves_when_it_is_back(visit, draft):
    officer = visit("officer")
    open_proposal(officer, draft)
    officer.context.set_offline(True)
    officer.page.get_by_label(AIMS).fill("Typed on the train.")
    status = officer.page.locator("[data-autosave-status]")
    expect(status).to_contain_text("You seem to be offline", timeout=10_000)
    officer.context.set_offline(False)
    expect(status).to_contain_text("Saved at", timeout=10_000)
    assert stored(draft)["aims"] == "Typed on the train."


@pytest.mark.parametrize("script", [True, False])
def test_an_expired_sign_in_keeps_what_was_typed(visit, draft, script):
    officer = visit("officer", java_script_enabled=script)
    open_proposal(officer, draft)
    Session.objects.all().delete()
    officer.page.get_by_label(AIMS).fill("Typed after lunch.")
    officer.press("Save and continue")
    officer.sign_in("officer@test.example", factories.PASSWORD)
    expect(officer.page.get_by_label(AIMS)).to_have_value("Typed after lunch.")
    expect(officer.page.get_by_role("main")).to_contain_text("is not saved yet")
    if script:
        officer.assert_usable()
    officer.press("Save and continue")
    assert stored(draft)["aims"] == "Typed after lunch."


def test_signing_in_again_in_another_tab_keeps_what_was_typed(visit, draft):
    officer = visit("officer", java_script_enabled=False)
    open_proposal(officer, draft)
    officer.page.get_by_label(AIMS).fill("Typed in the first tab.")
    first, second = officer.page, officer.context.new_page()
    officer.page = second
    second.goto("/")
    officer.page.get_by_role("button", name="Sign out").click()
    officer.sign_in("officer@test.example", factories.PASSWORD)
    officer.page = first
    officer.press("Save and continue")
    expect(first.get_by_label(AIMS)).to_have_value("Typed in the first tab.")
    officer.press("Save and continue")
    assert stored(draft)["aims"] == "Typed in the first tab."


def test_two_officers_on_one_page_see_both_texts(visit, draft):
    workflow.share(draft.created_by, draft.reference, User.objects.get(email="colleague@test.example"))
    first, second = visit("officer"), visit("colleague")
    open_proposal(first, draft)
    open_proposal(second, draft)
    first.page.get_by_label(AIMS).fill("What the first officer wrote.")
    first.press("Save and continue")
    second.page.get_by_label(AIMS).fill("What the second officer wrote.")
    second.press("Save and continue")
    main = second.page.get_by_role("main")
    expect(main).to_contain_text("saved this page while you were writing")
    expect(main).to_contain_text("What the first officer wrote.")
    expect(second.page.get_by_label(AIMS)).to_have_value("What the second officer wrote.")
    second.assert_usable()
    assert stored(draft)["aims"] == "What the first officer wrote."
    second.page.get_by_label(AIMS).fill("What both wrote.")
    second.press("Save my text")
    assert stored(draft)["aims"] == "What both wrote."


def test_two_tabs_with_two_assessments_do_not_mix(visit, draft):
    other = workflow.start(draft.created_by, "Another proposal", draft.service)
    officer = visit("officer")
    open_proposal(officer, draft)
    tab = officer.context.new_page()
    tab.goto(f"/assessments/{other.reference}/pages/proposal/")
    officer.page.get_by_label(AIMS).fill("Of the lunch club.")
    tab.get_by_label(AIMS).fill("Of the other.")
    officer.press("Save and continue")
    tab.get_by_role("button", name="Save and continue").click()
    expect(tab.get_by_role("heading", name="The decision")).to_be_visible()
    assert (stored(draft)["aims"], stored(other)["aims"]) == ("Of the lunch club.", "Of the other.")


def test_going_back_keeps_what_was_typed_even_when_it_does_not_fit(visit, draft):
    officer = visit("officer")
    officer.page.goto(f"/assessments/{draft.reference}/pages/decision/")
    planned = officer.page.get_by_role("group", name="When is the decision planned?")
    planned.get_by_label("Day").fill("31")
    planned.get_by_label("Month").fill("2")
    planned.get_by_label("Year").fill("2027")
    officer.press("Save and go back")
    expect(officer.page.get_by_role("heading", name="What is proposed")).to_be_visible()
    officer.page.goto(f"/assessments/{draft.reference}/pages/decision/")
    expect(planned.get_by_label("Day")).to_have_value("31")
    expect(officer.page.get_by_role("alert")).to_contain_text("must be a real date")
    officer.assert_usable()
    officer.page.goto(f"/assessments/{draft.reference}/")
    expect(officer.page.get_by_role("main")).to_contain_text("Needs mending")


def test_the_whole_wizard_works_by_keyboard(visit, draft):
    officer = visit("officer")
    page = officer.page
    open_proposal(officer, draft)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label(AIMS).focus()
    page.keyboard.type("Written by keyboard.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save and continue")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The decision")).to_be_visible()
    assert stored(draft)["aims"] == "Written by keyboard."


def test_enter_in_a_line_moves_on_and_does_not_add_or_go_back(visit, draft):
    officer = visit("officer")
    officer.page.goto(f"/assessments/{draft.reference}/pages/team/")
    officer.page.get_by_label("Role or post").fill("Catering manager")
    officer.page.get_by_label("Role or post").press("Enter")
    expect(officer.page.get_by_role("heading", name="Relevance to each protected characteristic")).to_be_visible()
    (contributor,) = stored(draft, "team")["contributors"]
    assert contributor["role"] == "Catering manager"
    assert Assessment.objects.get(pk=draft.pk).status == "draft"
