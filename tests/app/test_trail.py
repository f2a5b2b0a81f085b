"""The council's trail: what can be asked of it, leafing through it, and taking it away."""

import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
from django.utils.html import escape

from assessments import clock, trail, workflow
from assessments.models import AuditEvent, AuditHead
from tests import factories
from tests.app.test_history import append, events, last
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db


def trail_page(user, query=None):
    answer = signed_in(user).get("/trail/", query)
    assert answer.status_code == 200
    return answer


def test_the_trail_is_for_auditors_administrators_and_equality_leads(people):
    for who in (people.auditor, people.administrator, people.lead):
        assert signed_in(who).get("/trail/").status_code == 200
    for who in (people.officer, people.approver):
        assert signed_in(who).get("/trail/").status_code == 403
        assert signed_in(who).post("/trail/export/").status_code == 403
    assert not AuditEvent.objects.filter(verb="export-trail").exists()


def test_the_trail_has_the_events_of_all_with_what_the_chain_holds(people):
    factories.draft(people.officer, "Close a school")
    factories.draft(people.other_officer, "Close a park", "Parks")
    append("configure-add", people.administrator, None, model="service", key=3, fields=[])
    answer = trail_page(people.auditor)
    assert events(answer) == list(AuditEvent.objects.order_by("-sequence"))
    html = answer.content.decode()
    assert "Close a school" in html
    assert "Close a park" in html
    assert all(escape(each.payload) in html for each in AuditEvent.objects.all())


@pytest.fixture
def busy(people):
    """Two assessments with moves, a refusal, and a change in the set-up, on three days."""
    with clock.telling(datetime(2026, 5, 1, 9, 0, tzinfo=UTC)):
        one = factories.in_status("with-head", people)
    with clock.telling(datetime(2026, 5, 1, 22, 59, 59, 999999, tzinfo=UTC)):  # still that day in London
        append("configure-add", people.administrator, None, model="service", key=3, fields=[])
    with clock.telling(datetime(2026, 5, 1, 23, 0, tzinfo=UTC)):  # the next day there
        two = factories.draft(people.other_officer, "Close a park", "Parks")
        append("open", None, two, maker=0, version=1)
    with clock.telling(datetime(2026, 6, 1, 9, 0, tzinfo=UTC)), pytest.raises(workflow.NotAllowed):
        workflow.move(people.lead, one.reference, "forward")
    return one, two


def on(name, day, month, year):
    return {f"{name}_0": day, f"{name}_1": month, f"{name}_2": year}


FILTERS = {
    "moves": ({"group": "moves"}, {"submit"}),
    "what was refused": ({"group": "refused"}, {"refused"}),
    "setting up": ({"group": "council"}, {"configure-add"}),
    "the decision": ({"group": "decision"}, {"open"}),
    "one person": ({"person": "administrator"}, {"configure-add"}),
    "nobody who signs in": ({"person": "system"}, {"open"}),
    "one assessment": ({"reference": " eia-2026-0002 "}, {"start", "save", "open"}),
    "an assessment that does not exist": ({"reference": "EIA-1999-0001"}, set()),
    "from a day": (on("from_day", 2, 5, 2026), {"start", "save", "open", "refused"}),
    "to a day": (on("to_day", 1, 5, 2026), {"start", "save", "submit", "configure-add"}),
    "one day": (on("from_day", 2, 5, 2026) | on("to_day", 2, "May", 2026), {"start", "save", "open"}),
    "all together": (
        {"group": "writing", "reference": "EIA-2026-0002"} | on("to_day", 31, 12, 9999),
        {"start", "save"},
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_the_trail_is_filtered_by_what_who_which_and_when(people, busy, name):
    query, verbs = FILTERS[name]
    if query.get("person") == "administrator":
        query = {"person": people.administrator.pk}
    found = [each for each in every(people.auditor, query) if each.verb != "export-trail"]
    assert {each.verb for each in found} == verbs


NONSENSE = [
    {"group": "nonsense"},
    {"person": "x"},
    {"person": "999999999999999999999"},
    {"reference": "x" * 100},
    on("from_day", 31, 2, 2026),
    on("to_day", "x", "", ""),
]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_filter_has_its_error(people, busy, query):
    assert "There is a problem" in trail_page(people.auditor, query).content.decode()


@pytest.mark.parametrize(
    "query", [{"before": "x"}, {"after": "-1"}, {"before": "9" * 30}, {"after": ""}, {"before": "²"}]
)
def test_nonsense_in_the_place_shows_the_newest(people, busy, query):
    assert events(trail_page(people.auditor, query)) == events(trail_page(people.auditor))


def every(user, query=None):
    """All events that a query finds, page by page to the oldest; and the same on the way back."""
    answer = trail_page(user, query)
    found, newest = events(answer), events(answer)
    while (before := answer.context["leaf"].older) is not None:
        answer = trail_page(user, {**(query or {}), "before": before})
        found += events(answer)
    back = events(answer)
    while (after := answer.context["leaf"].newer) is not None:
        answer = trail_page(user, {**(query or {}), "after": after})
        back = events(answer) + back
    assert back == found
    assert events(answer)[: len(newest)] == newest[: len(events(answer))]
    return found


@pytest.mark.parametrize("number", [0, 1, 49, 50, 51, 99, 100, 101, 149, 150, 151])
def test_leafing_to_the_oldest_and_back_shows_every_event_once(people, number):
    for _ in range(number):
        append("export-trail", people.lead)
    is_all = trail_page(people.lead, {"group": "council"}).context["leaf"].older is None
    assert is_all == (number <= trail.PAGE_SIZE)
    assert every(people.lead, {"group": "council"}) == list(
        AuditEvent.objects.filter(verb="export-trail").order_by("-sequence")
    )


def test_a_place_beyond_the_end_leads_back(people):
    factories.draft(people.officer)
    answer = trail_page(people.lead, {"after": "999"})
    assert events(answer) == []
    assert "There are no events here." in answer.content.decode()
    assert events(trail_page(people.lead, {"before": answer.context["leaf"].older})) != []
    answer = trail_page(people.lead, {"before": "1"})
    assert events(answer) == []
    assert events(trail_page(people.lead, {"after": answer.context["leaf"].newer})) != []


def test_links_to_other_events_keep_what_is_filtered(people):
    for _ in range(120):
        append("export-trail", people.lead)
    html = trail_page(people.lead, {"group": "council", "before": last() - 55}).content.decode()
    assert re.search(r'href="\?group=council&amp;before=\d+"', html)
    assert re.search(r'href="\?group=council&amp;after=\d+"', html)


# The export


def test_the_trail_can_be_taken_away_and_checked_without_this_service(people, tmp_path):
    made = factories.in_status("with-head", people)
    answer = signed_in(people.auditor).post("/trail/export/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="audit-trail-{clock.today():%Y-%m-%d}.zip"'
    zipfile.ZipFile(io.BytesIO(answer.getvalue())).extractall(tmp_path)
    exported = [json.loads(line) for line in (tmp_path / "trail.jsonl").read_text().splitlines()]
    assert exported[-1]["verb"] == "export-trail"
    assert exported[-1]["actor"] == people.auditor.pk
    assert len(exported) == AuditEvent.objects.count()
    assert {each["assessment"] for each in exported} == {made.pk, None}
    checked = subprocess.run(
        [sys.executable, "verify.py", "--head", str(AuditHead.objects.get())], cwd=tmp_path, capture_output=True
    )
    assert checked.returncode == 0, checked.stderr


def test_an_export_is_asked_for_by_a_button_and_not_by_a_link(people):
    assert signed_in(people.auditor).get("/trail/export/").status_code == 405
    html = trail_page(people.auditor).content.decode()
    assert '<form method="post" action="/trail/export/">' in html
    assert signed_in(people.auditor, enforce_csrf_checks=True).post("/trail/export/").status_code == 403
