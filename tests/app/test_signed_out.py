"""A sign-in that ends while somebody writes: what they typed waits for them."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.app.writing import BACKEND, address, answers, post, signed_in, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    return factories.draft(people.officer)


def typed(started_from=0, **fields):
    return {"action": "continue", "started_from": started_from, **fields}


def sign_in(client, user, goes_to="", **extra):
    return client.post(
        "/accounts/login/", {"username": user.email, "password": factories.PASSWORD, "next": goes_to, **extra}
    )


def token(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]


def end_session(client):
    client.session.flush()


def test_what_was_typed_is_held_shown_after_the_sign_in_and_then_saved(people, draft):
    client = signed_in(people.officer)
    where = address(draft, "decision")
    client.get(where)
    end_session(client)
    answer = client.post(where, typed(**{"decision-body": "Cabinet", "decision-round": "Budget 2027"}))
    assert answer.url == f"/accounts/login/?next={where}"
    assert answers(draft, "decision") == {}
    assert sign_in(client, people.officer, where).url == where
    page = client.get(where)
    assert 'value="Cabinet"' in page.text
    assert 'value="Budget 2027"' in page.text
    assert "What you typed is below and is not saved yet" in page.text
    assert answers(draft, "decision") == {}
    client.post(where, typed(page.context["started_from"], **{"decision-body": "Cabinet"}))
    assert answers(draft, "decision") == {"body": "Cabinet"}


def test_what_does_not_fit_is_held_too(people, draft):
    client, where = Client(), address(draft, "decision")
    client.post(where, typed(**{"decision-planned_0": "31", "decision-planned_1": "2", "decision-planned_2": "2026"}))
    sign_in(client, people.officer, where)
    page = client.get(where).text
    assert 'value="31"' in page
    assert "must be a real date" in page


def test_items_are_held_too(people, draft):
    for page, given in factories.screening({"age": "yes"}).items():
        factories.save(people.officer, draft, page, **given)
    client = Client()
    post(client, draft, "sources", sources=[{"id": "a1", "title": "Census 2021"}, {"title": "School survey"}])
    sign_in(client, people.officer)
    page = client.get(address(draft, "sources")).text
    assert 'value="Census 2021"' in page
    assert 'value="School survey"' in page


def test_it_is_shown_once(people, draft):
    client, where = Client(), address(draft, "decision")
    client.post(where, typed(**{"decision-body": "Cabinet"}))
    sign_in(client, people.officer, where)
    assert 'value="Cabinet"' in client.get(where).text
    assert 'value="Cabinet"' not in client.get(where).text


def test_two_pages_are_held_beside_each_other(people, draft):
    client = Client()
    client.post(address(draft, "decision"), typed(**{"decision-body": "Cabinet"}))
    client.post(address(draft, "people"), typed(**{"people-who": "61 families"}))
    sign_in(client, people.officer)
    assert "61 families" in client.get(address(draft, "people")).text
    assert 'value="Cabinet"' in client.get(address(draft, "decision")).text


def test_it_waits_until_its_own_page_is_opened(people, draft):
    other = factories.draft(people.officer, "Open a park")
    client = Client()
    client.post(address(draft, "decision"), typed(**{"decision-body": "Half a thought"}))
    sign_in(client, people.officer)
    for elsewhere in ("/", draft.get_absolute_url(), address(draft, "people"), address(other, "decision")):
        assert "Half a thought" not in client.get(elsewhere).text
    assert 'value="Half a thought"' in client.get(address(draft, "decision")).text


def test_a_save_by_somebody_else_meanwhile_is_a_conflict_and_not_lost(people, draft):
    draft.co_authors.add(people.colleague)
    client, where = Client(), address(draft, "decision")
    client.post(where, typed(**{"decision-body": "Cabinet"}))
    post(signed_in(people.colleague), draft, "decision", body="Full Council")
    sign_in(client, people.officer, where)
    page = client.get(where)
    assert 'name="started_from" value="0"' in page.text
    answer = client.post(where, typed(0, **{"decision-body": "Cabinet"}))
    assert answer.status_code == 409
    assert "Full Council" in answer.text
    assert 'value="Cabinet"' in answer.text


def test_a_changed_token_holds_what_was_typed(people, draft):
    """Signing in again in another tab gives the browser a new token: the first tab still has the old one."""
    client, where = signed_in(people.officer, enforce_csrf_checks=True), address(draft, "decision")
    old = token(client.get(where))
    answer = sign_in(client, people.officer, csrfmiddlewaretoken=token(client.get("/accounts/login/")))
    assert answer.status_code == 302
    refused = client.post(where, typed(csrfmiddlewaretoken=old, **{"decision-body": "Cabinet"}))
    assert refused.url == where
    assert answers(draft, "decision") == {}
    page = client.get(where)
    assert 'value="Cabinet"' in page.text
    saved = client.post(where, typed(csrfmiddlewaretoken=token(page), **{"decision-body": "Cabinet"}))
    assert saved.status_code == 302
    assert answers(draft, "decision") == {"body": "Cabinet"}


def test_an_ended_session_with_its_token_gone_holds_what_was_typed(people, draft):
    client, where = Client(enforce_csrf_checks=True), address(draft, "decision")
    assert client.post(where, typed(**{"decision-body": "Cabinet"})).url == where
    assert client.get(where).url == f"/accounts/login/?next={where}"
    sign_in(client, people.officer, where, csrfmiddlewaretoken=token(client.get("/accounts/login/")))
    assert 'value="Cabinet"' in client.get(where).text


def test_a_changed_token_while_saving_in_the_background_is_told_and_held_nowhere(people, draft):
    client = signed_in(people.officer, enforce_csrf_checks=True)
    answer = post(client, draft, "decision", action="autosave", body="Cabinet")
    assert (answer.status_code, answer.json()) == (401, {"state": "signed-out"})
    assert "held" not in client.session


def test_what_another_site_sends_is_refused_and_not_held(people, draft):
    client, where = signed_in(people.officer, enforce_csrf_checks=True), address(draft, "decision")
    answer = client.post(where, typed(**{"decision-body": "Planted"}), headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert "held" not in client.session
    assert "Planted" not in client.get(where).text


def test_only_pages_of_the_wizard_are_held(client, draft):
    """A password typed after the sign-in ran out must not wait in the database."""
    client.post("/accounts/password_change/", {"old_password": "secret-1", "new_password1": "secret-2"})
    client.post(f"/assessments/{draft.reference}/moves/submit/", {"reason": "x"})
    assert "held" not in client.session


def test_a_wrong_token_elsewhere_says_what_to_do(people):
    client = signed_in(people.officer, enforce_csrf_checks=True)
    answer = client.post("/start/", {"title": "A title"})
    assert answer.status_code == 403
    assert "This page was open for too long" in answer.text


def test_a_co_author_who_signs_in_instead_sees_it_and_can_save_it(people, draft):
    draft.co_authors.add(people.colleague)
    client, where = Client(), address(draft, "decision")
    client.post(where, typed(**{"decision-body": "Cabinet"}))
    sign_in(client, people.colleague, where)
    assert 'value="Cabinet"' in client.get(where).text
    client.post(where, typed(**{"decision-body": "Cabinet"}))
    assert answers(draft, "decision") == {"body": "Cabinet"}


def test_a_colleague_who_may_not_write_sees_it_to_copy(people, draft):
    client, where = Client(), address(draft, "decision")
    client.post(where, typed(**{"decision-body": "Cabinet"}))
    sign_in(client, people.colleague, where)
    page = client.get(where)
    assert page.status_code == 403
    assert "It was not saved. Copy what you want to keep." in page.text
    assert "Cabinet" in page.text


def test_a_stranger_who_signs_in_instead_sees_nothing_and_it_waits(people, draft):
    client, where = Client(), address(draft, "decision")
    client.post(where, typed(**{"decision-body": "Cabinet"}))
    sign_in(client, people.other_officer, where)
    page = client.get(where)
    assert page.status_code == 404
    assert "Cabinet" not in page.text
    draft.co_authors.add(people.other_officer)
    assert 'value="Cabinet"' in client.get(where).text


def test_an_assessment_submitted_meanwhile_shows_what_was_typed(people, draft):
    factories.complete(people.officer, draft)
    client, where = signed_in(people.officer), address(draft, "decision")
    factories.moved(people.officer, draft, "submit")
    for press in ("continue", "save", "back"):
        answer = client.post(
            where,
            {
                "action": press,
                "started_from": version(draft, "decision"),
                "decision-body": "Typed too late",
                "decision-planned_0": "31",
            },
        )
        assert answer.status_code == 403
        assert "With the head of service" in answer.text
        assert "Typed too late" in answer.text
        assert "When is the decision planned?" in answer.text
    assert answers(draft, "decision")["body"] == "A line about it"


def test_items_typed_too_late_are_shown_with_their_labels(people, draft):
    factories.complete(people.officer, draft)
    factories.moved(people.officer, draft, "submit")
    answer = post(
        signed_in(people.officer),
        draft,
        "sources",
        sources=[{"title": "Census 2021", "characteristics": ["age", "sex"]}],
    )
    assert "Source 1: What is it called?" in answer.text
    assert "Census 2021" in answer.text
    assert "age sex" in answer.text


def test_signed_out_and_submitted_meanwhile_shows_what_was_typed(people, draft):
    factories.complete(people.officer, draft)
    client, where = Client(), address(draft, "decision")
    client.post(where, typed(**{"decision-body": "Typed too late"}))
    factories.moved(people.officer, draft, "submit")
    sign_in(client, people.officer, where)
    page = client.get(where)
    assert page.status_code == 403
    assert "Typed too late" in page.text


def test_signed_out_and_no_longer_called_for_shows_what_was_typed(people, draft):
    factories.complete(people.officer, draft)
    client, where = Client(), address(draft, "advance-age")
    client.post(where, typed(**{"advance-age-reasons": "Typed too late"}))
    factories.save(people.officer, draft, "relevance", age="no")
    sign_in(client, people.officer, where)
    page = client.get(where)
    assert page.status_code == 404
    assert "Typed too late" in page.text
    assert "Typed too late" not in client.get(where).text


def test_a_person_who_is_switched_off_while_writing_is_asked_to_sign_in(people, draft):
    client = signed_in(people.officer)
    people.officer.is_active = False
    people.officer.save()
    answer = client.post(address(draft, "decision"), typed(**{"decision-body": "Cabinet"}))
    assert answer.url.startswith("/accounts/login/")
    assert sign_in(client, people.officer).status_code == 200
    assert answers(draft, "decision") == {}


def test_a_session_kept_by_the_standard_sign_in_is_the_standard_one(people):
    """`signed_in` in these tests and the sign-in page end in the same kind of session."""
    client = Client()
    sign_in(client, people.officer)
    assert client.session["_auth_user_backend"] == BACKEND


def test_a_comment_written_when_the_sign_in_had_run_out_is_shown_again_and_not_saved(people):
    made = factories.in_status("with-lead", people)
    path = f"/assessments/{made.reference}/review/comment/?page=people&key=who"
    client = Client()
    assert client.post(path, {"text": "How many of them are over 75?"}).status_code == 302
    client.force_login(people.lead, backend=BACKEND)
    page = client.get(path)
    assert "You were signed out while you were writing." in page.text
    assert "How many of them are over 75?" in page.text
    assert not made.comments.exists()
    assert "over 75" not in client.get(path).text
