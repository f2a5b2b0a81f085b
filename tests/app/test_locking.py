"""Two tabs, two officers, two assessments: the last save does not win, and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from assessments import audit, workflow
from assessments.models import Assessment, AuditEvent, Service, User
from tests import factories
from tests.app.writing import address, answers, post, proposal, signed_in, stored, version

NONSENSE = [
    "",
    "-1",
    "0",
    "2",
    "99999",
    "9" * 400,
    "abc",
    "1 OR 1=1",
    "1; DROP TABLE assessments_pageanswers",
    "1.0",
    "1e0",
    " 1",
    "+1",
    "١",
    "1\0",
    "None",
]


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


@pytest.fixture
def draft(people):
    made = factories.draft(people.officer)
    factories.save(people.officer, made, "decision", body="Cabinet")
    return made


# Two tabs, two officers


@pytest.mark.django_db
def test_the_second_of_two_tabs_does_not_win(officer, draft):
    post(officer, draft, "decision", started_from=1, body="Full Council")
    answer = post(officer, draft, "decision", started_from=1, body="Planning Committee")
    assert answer.status_code == 409
    assert answers(draft, "decision") == {"body": "Full Council"}
    assert version(draft, "decision") == 2


@pytest.mark.django_db
def test_the_conflict_page_shows_both_texts_and_saves_from_there(officer, people, draft):
    factories.save(people.officer, draft, "people", who="Old")
    draft.co_authors.add(people.colleague)
    colleague = signed_in(people.colleague)
    post(colleague, draft, "people", started_from=1, who="Theirs: 61 families")
    answer = post(officer, draft, "people", started_from=1, who="Mine: 140 pupils")
    assert answer.status_code == 409
    assert "Colleague saved this page while you were writing" in answer.text
    assert "Theirs: 61 families" in answer.text
    assert "Mine: 140 pupils" in answer.text
    assert '<input type="hidden" name="started_from" value="2">' in answer.text
    mended = post(officer, draft, "people", started_from=2, who="61 families, 140 pupils")
    assert mended.status_code == 302
    assert answers(draft, "people") == {"who": "61 families, 140 pupils"}


@pytest.mark.django_db
def test_the_conflict_page_shows_only_the_answers_that_differ(officer, people, draft):
    factories.save(people.officer, draft, "decision", round="Budget 2027")
    answer = post(officer, draft, "decision", started_from=1, body="Cabinet", round="Budget 2028")
    assert [row.key for row in answer.context["differing"]] == ["round"]


@pytest.mark.django_db
def test_a_conflict_keeps_what_does_not_fit(officer, draft):
    post(officer, draft, "decision", started_from=1, body="Full Council")
    answer = post(officer, draft, "decision", started_from=1, body="Cabinet", planned=("31", "2", "2026"))
    assert answer.status_code == 409
    assert 'value="31"' in answer.text
    assert stored(draft, "decision").typed is None


@pytest.mark.django_db
def test_items_of_both_are_shown_when_two_change_a_list(officer, people, draft):
    for page, given in factories.screening({"age": "yes"}).items():
        factories.save(people.officer, draft, page, **given)
    post(officer, draft, "sources", started_from=0, sources=[{"title": "Census 2021"}])
    answer = post(officer, draft, "sources", started_from=0, sources=[{"title": "School survey"}])
    assert answer.status_code == 409
    assert "Census 2021" in answer.text
    assert 'value="School survey"' in answer.text
    assert [each["title"] for each in answers(draft, "sources")["sources"]] == ["Census 2021"]


@pytest.mark.django_db
def test_the_same_text_twice_is_no_conflict(officer, draft):
    for _ in range(2):
        assert post(officer, draft, "decision", started_from=1, body="Full Council").status_code == 302
    assert version(draft, "decision") == 2


@pytest.mark.django_db
def test_the_same_text_of_two_officers_is_no_conflict(officer, people, draft):
    draft.co_authors.add(people.colleague)
    for client in (officer, signed_in(people.colleague)):
        assert post(client, draft, "decision", started_from=1, body="Full Council").status_code == 302
    assert version(draft, "decision") == 2


@pytest.mark.django_db
def test_two_pages_saved_at_once_by_two_officers_both_stay(officer, people, draft):
    draft.co_authors.add(people.colleague)
    colleague = signed_in(people.colleague)
    officer.get(address(draft, "people"))
    colleague.get(address(draft, "team"))
    assert post(officer, draft, "people", started_from=0, who="61 families").status_code == 302
    assert post(colleague, draft, "team", started_from=0, earlier="None", contributors=[{}]).status_code == 302
    assert answers(draft, "people") == {"who": "61 families"}
    assert answers(draft, "team") == {"earlier": "None"}


@pytest.mark.django_db
@pytest.mark.parametrize("started_from", NONSENSE)
def test_a_forged_version_is_a_conflict_and_changes_nothing(officer, draft, started_from):
    answer = post(officer, draft, "decision", started_from=started_from, body="Forged")
    assert answer.status_code == 409
    assert "Forged" in answer.text
    assert answers(draft, "decision") == {"body": "Cabinet"}
    assert version(draft, "decision") == 1


@pytest.mark.django_db
def test_a_missing_version_is_a_conflict(officer, draft):
    answer = officer.post(address(draft, "decision"), {"action": "save", "decision-body": "Forged"})
    assert answer.status_code == 409
    assert answers(draft, "decision") == {"body": "Cabinet"}


@pytest.mark.django_db
def test_a_forged_version_of_a_page_never_saved_is_a_conflict(officer, draft):
    answer = post(officer, draft, "people", started_from=7, who="61 families")
    assert answer.status_code == 409
    assert "61 families" in answer.text
    assert stored(draft, "people") is None
    assert post(officer, draft, "people", started_from=0, who="61 families").status_code == 302


@pytest.mark.django_db
def test_two_assessments_in_one_session_never_mix(officer, people):
    one, two = factories.draft(people.officer, "Close a school"), factories.draft(people.officer, "Open a park")
    officer.get(address(one, "proposal"))
    officer.get(address(two, "proposal"))
    post(officer, one, "proposal", **proposal(one, aims="Fewer empty places"))
    post(officer, two, "decision", body="Planning Committee")
    post(officer, two, "proposal", **proposal(two, aims="More trees"))
    post(officer, one, "decision", body="Cabinet")
    assert "Fewer empty places" in officer.get(address(one, "proposal")).text
    assert "More trees" in officer.get(address(two, "proposal")).text
    assert (answers(one, "decision"), answers(two, "decision")) == ({"body": "Cabinet"}, {"body": "Planning Committee"})


@pytest.mark.django_db
def test_a_page_posted_with_the_fields_of_another_page_does_not_take_them(officer, draft):
    officer.post(address(draft, "people"), {"action": "save", "started_from": "0", "decision-body": "Other"})
    assert answers(draft, "people") == {}
    assert answers(draft, "decision") == {"body": "Cabinet"}


@pytest.mark.django_db
def test_a_steps_name_in_the_form_does_not_redirect_the_save(officer, draft):
    """formtools would store the page under the name that the form gives."""
    prefix = f"wizard-{draft.reference}"
    officer.post(
        address(draft, "people"),
        {f"{prefix}-current_step": "decision", "wizard_goto_step": "proposal", "started_from": "0", "people-who": "Us"},
    )
    assert answers(draft, "people") == {"who": "Us"}
    assert answers(draft, "decision") == {"body": "Cabinet"}


# At the same moment, on a database that commits


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What each of `count` threads gave back, or the exception it ended with, all begun at the same moment."""
    barrier = Barrier(count)

    def one(number: int) -> Any:
        try:
            barrier.wait(timeout=10)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        running = [pool.submit(one, number) for number in range(count)]
    return [each.exception() or each.result() for each in running]


@pytest.fixture
def committed(transactional_db):
    factories.audit_head()
    factories.council()
    return factories.people()


def test_of_two_writers_on_one_page_one_wins_and_the_other_is_told(committed):
    draft = factories.draft(committed.officer)
    factories.save(committed.officer, draft, "decision", body="Cabinet")

    def write(number: int) -> str:
        user = User.objects.get(pk=committed.officer.pk)
        with workflow.editing(user, draft.reference) as edited:
            edited.save("decision", {"body": f"Writer {number}"}, None, 1)
        return f"Writer {number}"

    for _ in range(5):
        Assessment.objects.get(pk=draft.pk).pages.filter(page="decision").update(version=1, answers={"body": "Cabinet"})
        done = at_once(2, write)
        won = [each for each in done if isinstance(each, str)]
        lost = [each for each in done if isinstance(each, workflow.Conflict)]
        assert (len(won), len(lost)) == (1, 1), done
        assert answers(draft, "decision") == {"body": won[0]}
        assert version(draft, "decision") == 2
        assert lost[0].saved.answers == {"body": won[0]}
    assert audit.first_wrong() is None


def test_two_browsers_posting_at_once_get_one_save_and_one_conflict(committed):
    draft = factories.draft(committed.officer)
    clients = [signed_in(committed.officer) for _ in range(2)]
    done = at_once(2, lambda number: post(clients[number], draft, "decision", started_from=0, body=f"Tab {number}"))
    assert sorted(each.status_code for each in done) == [302, 409]
    assert audit.first_wrong() is None


def test_writers_of_different_pages_at_once_all_win(committed):
    draft = factories.draft(committed.officer)
    pages = {"decision": {}, "people": {}, "team": {"contributors": [{}]}, "proposal": proposal(draft)}
    keys = {"decision": "body", "people": "who", "team": "earlier", "proposal": "aims"}

    def write(number: int) -> int:
        slug = list(pages)[number]
        typed = pages[slug] | {keys[slug]: f"Writer {number}"}
        return post(signed_in(committed.officer), draft, slug, **typed).status_code

    assert at_once(4, write) == [302] * 4
    assert [answers(draft, slug)[key] for slug, key in keys.items()] == [f"Writer {number}" for number in range(4)]
    draft.refresh_from_db()
    assert all(f"Writer {number}" in draft.search_text for number in range(4))
    assert audit.first_wrong() is None


def test_eight_who_start_at_once_get_eight_references(committed):
    service = Service.objects.get(name="Schools")

    def begin(number: int) -> str:
        return workflow.start(User.objects.get(pk=committed.officer.pk), f"Proposal {number}", service).reference

    references = at_once(8, begin)
    assert all(isinstance(each, str) for each in references), references
    assert len(set(references)) == 8
    assert sorted(Assessment.objects.values_list("number", flat=True)) == list(range(1, 9))
    assert AuditEvent.objects.filter(verb="start").count() == 8
    assert audit.first_wrong() is None


def test_of_two_who_make_the_same_move_at_once_one_makes_it(committed):
    waiting = factories.in_status("with-head", committed)
    second = factories.person("approver", "second_approver", "Youth")

    def forward(number: int) -> Assessment:
        user = User.objects.get(pk=(committed.approver, second)[number].pk)
        return workflow.move(user, waiting.reference, "forward")

    done = at_once(2, forward)
    assert sorted(type(each).__name__ for each in done) == ["Assessment", "Closed"]
    assert waiting.moves.filter(name="forward").count() == 1
    assert audit.first_wrong() is None


def test_a_save_and_a_submission_at_once_leave_a_version_that_says_what_was_saved(committed):
    draft = factories.complete(committed.officer, factories.draft(committed.officer))
    before = version(draft, "decision")
    given = answers(draft, "decision")

    def work(number: int) -> Any:
        user = User.objects.get(pk=committed.officer.pk)
        if number:
            return workflow.move(user, draft.reference, "submit")
        with workflow.editing(user, draft.reference) as edited:
            return edited.save("decision", {**given, "body": "At the last moment"}, None, before)

    saved, moved = at_once(2, work)
    assert isinstance(moved, Assessment)
    frozen = moved.versions.get().document.answers["decision"]["body"]
    assert frozen == answers(draft, "decision")["body"]
    assert isinstance(saved, workflow.Closed) == (frozen != "At the last moment")
    assert audit.first_wrong() is None
