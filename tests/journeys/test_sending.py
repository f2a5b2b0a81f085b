"""While a file is on its way and being read, the page says so."""

import pytest
from playwright.sync_api import expect

from tests.app.population_files import religion

pytestmark = pytest.mark.journey


def test_the_page_says_that_a_file_is_being_sent_and_read(visit, committed_people, tmp_path):
    (path := tmp_path / "religion.csv").write_text(religion())
    lead = visit("lead")
    lead.page.goto("/evidence/area/import/")
    status = lead.page.locator("[data-sending]")
    expect(status).to_be_empty()
    lead.page.get_by_label("File", exact=True).set_input_files(path)
    # No content is no new page: the old one stays, as it does while a server is slow.
    lead.page.route("**/evidence/area/import/", lambda route: route.fulfill(status=204), times=1)
    lead.page.get_by_role("button", name="Import").click(no_wait_after=True)
    expect(status).to_contain_text("Keep this page open")
    lead.assert_usable()
    lead.page.reload()
    expect(status).to_be_empty()
