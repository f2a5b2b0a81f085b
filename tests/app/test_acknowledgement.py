"""Personal links: those who decide read the whole assessment without an account, and say so."""

import html
import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client

from assessments import audit, clock, links, workflow
from assessments.duty import act
from assessments.duty.lifecycle import Status
from assessments.links import DeadLink, Why
from assessments.models import Assessment, AuditEvent, Council, DecisionMaker
from tests import factories
from tests.app.test_locking import at_once
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

ROLE, EMAIL = "Cabinet member for children", "member@test.example"


@pytest.fixture
def approved(people):
    return factories.in_status("approved", people)


@pytest.fixture
def maker(people, approved):
    return workflow.invite(people.officer, approved.reference, ROLE, EMAIL)


@pytest.fixture
def visitor():
    """Somebody without an account."""
    return Client()


def first_page(maker):
    return f"/acknowledge/{links.token(maker)}/"


def whole(maker):
    return f"{first_page(maker)}read/"


def trail(*verbs):
    return [event.verb for event in AuditEvent.objects.order_by("sequence") if event.verb in verbs]


def last_event():
    return AuditEvent.objects.order_by("sequence").last()


def changed(people, assessment):
    """Opened for change, so that the approval does not hold any more."""
    return factories.moved(people.officer, assessment, "reopen")


# The way through


def test_one_who_decides_opens_it_reads_it_and_says_so(maker, visitor):
    page = visitor.get(first_page(maker)).text
    for shown in (ROLE, maker.assessment.title, maker.assessment.reference, "Officer", "Open the assessment"):
        assert shown in page
    assert visitor.post(first_page(maker)).url == whole(maker)
    maker.refresh_from_db()
    assert maker.opened_at
    assert maker.acknowledged_at is None
    assert visitor.post(whole(maker), {"has_read": "on"}).url == whole(maker)
    maker.refresh_from_db()
    assert maker.acknowledged_at >= maker.opened_at
    page = visitor.get(whole(maker)).text
    assert "that you have read this assessment. Thank you." in page
    assert "<form" not in page.partition("<main")[2]


def test_both_are_in_the_trail_without_who_it_was(maker, visitor):
    visitor.post(first_page(maker))
    opened = last_event()
    visitor.post(whole(maker), {"has_read": "on"})
    acknowledged = last_event()
    assert (opened.verb, acknowledged.verb) == ("open", "acknowledge")
    for event in (opened, acknowledged):
        assert (event.actor, event.assessment) == (None, maker.assessment)
        assert json.loads(event.payload) == {
            "maker": maker.pk,
            "role": audit.digest(ROLE),
            "version": maker.version.number,
        }
        assert EMAIL not in event.payload
    assert audit.first_wrong() is None


def test_the_page_has_section_149_and_the_whole_assessment_as_it_was_approved(maker, visitor):
    visitor.post(first_page(maker))
    answer = visitor.get(whole(maker))
    words = html.unescape(answer.text)
    for provision in act.SECTION_149:
        assert provision.words in words
        assert all(part.words in words for part in provision.parts)
    assert answer.context["document"].digest == maker.version.digest
    for section in maker.version.document.sections:
        assert f'id="{section.slug}"' in answer.text
    assert maker.version.digest in answer.text


def test_the_frozen_version_is_shown_whatever_is_set_up_later(maker, visitor, council):
    council.name = "Another Council"
    council.save()
    visitor.post(first_page(maker))
    assert "how Test Council thought about its duty" in visitor.get(whole(maker)).text


def test_nothing_is_acknowledged_without_the_tick(maker, visitor):
    visitor.post(first_page(maker))
    answer = visitor.post(whole(maker))
    assert answer.status_code == 200
    assert "Tick “I have read this assessment” if you have." in answer.text
    maker.refresh_from_db()
    assert maker.acknowledged_at is None


def test_to_acknowledge_twice_is_to_acknowledge_once(maker, visitor):
    visitor.post(first_page(maker))
    for _ in range(2):
        assert visitor.post(whole(maker), {"has_read": "on"}).status_code == 302
    first = DecisionMaker.objects.get().acknowledged_at
    with clock.telling(clock.now() + timedelta(hours=1)):
        workflow.acknowledge(links.token(maker))
        workflow.open_link(links.token(maker))
    assert DecisionMaker.objects.get().acknowledged_at == first
    assert trail("open", "acknowledge") == ["open", "acknowledge"]


def test_what_was_never_opened_cannot_be_acknowledged(maker, visitor):
    assert visitor.get(whole(maker)).url == first_page(maker)
    assert visitor.post(whole(maker), {"has_read": "on"}).url == first_page(maker)
    with pytest.raises(workflow.Closed):
        workflow.acknowledge(links.token(maker))
    maker.refresh_from_db()
    assert maker.acknowledged_at is None


def test_it_shows_on_the_page_of_the_decision(people, maker, visitor):
    officer, page = signed_in(people.officer), f"/assessments/{maker.assessment.reference}/decision/"
    for done, tag in ((lambda: None, "Sent"), (lambda: visitor.post(first_page(maker)), "Opened")):
        done()
        assert f">{tag}</strong>" in officer.get(page).text
    visitor.post(whole(maker), {"has_read": "on"})
    assert ">Acknowledged</strong>" in officer.get(page).text


# A scanner, a browser, a search engine


def test_a_scanner_that_follows_the_link_opens_nothing(maker, visitor):
    events = AuditEvent.objects.count()
    for _ in range(2):
        assert visitor.get(first_page(maker)).status_code == 200
        assert visitor.head(first_page(maker)).status_code == 200
        visitor.get(whole(maker), follow=True)
    maker.refresh_from_db()
    assert (maker.opened_at, maker.acknowledged_at, maker.refused_at) == (None, None, None)
    assert AuditEvent.objects.count() == events


def test_a_form_from_another_site_is_refused(maker):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(first_page(maker)).status_code == 403
    page = strict.get(first_page(maker))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    assert strict.post(first_page(maker), {"csrfmiddlewaretoken": token}).status_code == 302


def test_the_pages_are_kept_nowhere_and_tell_no_other_site_the_link(maker, visitor):
    visitor.post(first_page(maker))
    for path in (first_page(maker), whole(maker), "/acknowledge/made-up/"):
        answer = visitor.get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert "sessionid" not in visitor.cookies


def test_other_methods_are_refused(maker, visitor):
    for path in (first_page(maker), whole(maker)):
        assert visitor.put(path).status_code == 405


# Links that do not work


def test_an_altered_link_is_not_found(maker, visitor):
    token = links.token(maker)
    events = AuditEvent.objects.count()
    altered = "x" if token[-1] != "x" else "y"
    for wrong in (token[:-1], token[:-1] + altered, token[1:], maker.key, "0", "é", "a.b.c", "%00", f"{token}x"):
        for path in (f"/acknowledge/{wrong}/", f"/acknowledge/{wrong}/read/"):
            answer = visitor.get(path)
            assert answer.status_code == 404, wrong
            assert "Open it from the e-mail again" in answer.text
            assert "equality@test.example" in answer.text
            assert maker.assessment.title not in answer.text
            assert visitor.post(path, {"has_read": "on"}).status_code == 404
    assert AuditEvent.objects.count() == events


def test_a_link_signed_for_another_purpose_or_elsewhere_is_not_found(maker, visitor, settings):
    foreign = [Signer(sep=".", salt="another").sign(maker.key), Signer(sep=".", key="elsewhere").sign(maker.key)]
    for token in foreign:
        assert visitor.get(f"/acknowledge/{token}/").status_code == 404


def test_a_link_works_for_the_days_that_the_council_set_and_no_longer(people, approved, visitor, council):
    council.link_days = 7
    council.save()
    sent = clock.now().replace(hour=12)
    with clock.telling(sent):
        maker = workflow.invite(people.officer, approved.reference, ROLE, EMAIL)
    with clock.telling(sent + timedelta(days=7)):
        assert visitor.get(first_page(maker)).status_code == 200
    with clock.telling(sent + timedelta(days=8)):
        answer = visitor.get(first_page(maker))
        assert answer.status_code == 410
        assert "This link has expired" in answer.text
        assert "equality@test.example" in answer.text
        assert visitor.post(first_page(maker)).status_code == 410
        with pytest.raises(DeadLink):
            workflow.open_link(links.token(maker))
    assert DecisionMaker.objects.get().opened_at is None


def test_an_expired_link_is_in_the_trail_once(people, approved, visitor):
    with clock.telling(clock.now() - timedelta(days=60)):
        maker = workflow.invite(people.officer, approved.reference, ROLE, EMAIL)
    for _ in range(3):
        visitor.get(first_page(maker))
        visitor.post(whole(maker), {"has_read": "on"})
    assert trail("refused-link") == ["refused-link"]
    payload = json.loads(AuditEvent.objects.get(verb="refused-link").payload)
    assert (payload["maker"], payload["because"]) == (maker.pk, "expired")
    page = signed_in(people.officer).get(f"/assessments/{approved.reference}/decision/").text
    assert "Link has expired" in page


def test_a_new_link_ends_the_old_one(people, maker, visitor):
    old = first_page(maker)
    visitor.post(old)
    again = workflow.send_again(people.officer, maker.assessment.reference, maker.pk)
    answer = visitor.get(old)
    assert answer.status_code == 410
    assert "Look for a newer e-mail from us" in answer.text
    assert maker.assessment.title not in answer.text
    assert visitor.get(first_page(again)).status_code == 200
    assert again.opened_at


def test_a_new_link_after_an_expired_one_works(people, approved, visitor):
    with clock.telling(clock.now() - timedelta(days=60)):
        maker = workflow.invite(people.officer, approved.reference, ROLE, EMAIL)
    visitor.get(first_page(maker))
    again = workflow.send_again(people.officer, approved.reference, maker.pk)
    assert again.refused_at is None
    assert visitor.get(first_page(again)).status_code == 200


def test_a_link_that_was_taken_back_does_not_work(people, maker, visitor):
    path = first_page(maker)
    workflow.uninvite(people.officer, maker.assessment.reference, maker.pk)
    assert visitor.get(path).status_code == 410


def test_a_link_stops_when_the_assessment_is_changed_after_it_was_sent(people, maker, visitor):
    visitor.post(first_page(maker))
    made = changed(people, maker.assessment)
    for path in (first_page(maker), whole(maker)):
        answer = visitor.get(path)
        assert answer.status_code == 410
        assert "This assessment was changed after it was sent to you. You will get a new link." in answer.text
    assert visitor.post(whole(maker), {"has_read": "on"}).status_code == 410
    for who, name in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check"), ("approver", "approve")):
        made = factories.moved(getattr(people, who), made, name)
    assert visitor.get(first_page(maker)).status_code == 410
    assert DecisionMaker.objects.get().acknowledged_at is None
    page = signed_in(people.officer).get(f"/assessments/{made.reference}/decision/").text
    assert "Sent for an earlier version" in page


def test_a_version_that_changed_while_it_was_read_is_not_acknowledged(people, maker, monkeypatch):
    """The change comes after the link was followed, and before the acknowledgement holds the assessment."""
    workflow.open_link(links.token(maker))
    follow = workflow.follow_link

    def followed_and_then_changed(token):
        found = follow(token)
        changed(people, maker.assessment)
        return found

    monkeypatch.setattr("assessments.workflow.decision.follow_link", followed_and_then_changed)
    with pytest.raises(DeadLink) as dead:
        workflow.acknowledge(links.token(maker))
    assert dead.value.why is Why.CHANGED
    assert DecisionMaker.objects.get().acknowledged_at is None


def test_a_link_ends_with_the_decision(people, approved, visitor):
    made = factories.supplied(people, approved)
    maker = made.decision_makers.get()
    factories.decided(people, made)
    answer = visitor.get(first_page(maker))
    assert answer.status_code == 410
    assert "The decision has been recorded" in answer.text
    assert "that you had read it." in answer.text


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.SUPERSEDED])
def test_a_link_ends_with_the_assessment(maker, visitor, status):
    Assessment.objects.filter(pk=maker.assessment_id).update(status=status)
    answer = visitor.get(first_page(maker))
    assert answer.status_code == 410
    assert f"Its status is now: {status.label}." in answer.text


def test_whom_to_ask_is_the_one_who_sent_it_when_the_council_gives_no_address(people, maker, visitor, council):
    council.email = council.phone = ""
    council.save()
    changed(people, maker.assessment)
    answer = visitor.get(first_page(maker))
    assert f"mailto:{people.officer.email}" in answer.text


# At the same moment, on a database that commits


def test_pressed_many_times_at_once_it_is_recorded_once(transactional_db, council, people):
    made = factories.in_status("approved", people)
    token = links.token(workflow.invite(people.officer, made.reference, ROLE, EMAIL))
    assert all(isinstance(each, DecisionMaker) for each in at_once(4, lambda _: workflow.open_link(token)))
    assert all(isinstance(each, DecisionMaker) for each in at_once(4, lambda _: workflow.acknowledge(token)))
    assert trail("open", "acknowledge") == ["open", "acknowledge"]
    assert audit.first_wrong() is None


def test_an_acknowledgement_and_a_change_at_once_come_one_after_the_other(transactional_db, council, people):
    made = factories.in_status("approved", people)
    token = links.token(workflow.invite(people.officer, made.reference, ROLE, EMAIL))
    workflow.open_link(token)
    steps = [lambda: workflow.acknowledge(token), lambda: factories.moved(people.officer, made, "reopen")]
    read, _ = at_once(2, lambda number: steps[number]())
    order = trail("acknowledge", "reopen")
    assert order in (["acknowledge", "reopen"], ["reopen"])
    assert isinstance(read, DeadLink) == (order == ["reopen"])
    assert bool(DecisionMaker.objects.get().acknowledged_at) == ("acknowledge" in order)


# The e-mail


@pytest.fixture
def mailed(settings):
    """Background tasks run when they are asked for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_the_link_comes_by_mail_and_works(
    people, approved, visitor, settings, mailed, django_capture_on_commit_callbacks
):
    settings.SITE_URL = "https://eia.council.example"
    factories.supplied(people, approved)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(people.officer).post(
            f"/assessments/{approved.reference}/decision/invite/", {"role": ROLE, "email": EMAIL}
        )
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    assert message.subject.startswith(f"{approved.reference} is for you to read before you decide")
    last_day = links.last_day(DecisionMaker.objects.last(), Council.current())
    for said in (ROLE, "Decision: Cabinet", f"works until {last_day:%A} {last_day.day} {last_day:%B %Y}"):
        assert said in message.body
    (link,) = re.findall(r"https://eia\.council\.example/\S+", message.body)
    assert visitor.get(urlsplit(link).path).status_code == 200


def test_a_new_link_comes_by_mail_too(people, maker, visitor, mailed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        workflow.send_again(people.officer, maker.assessment.reference, maker.pk)
    (message,) = mail.outbox
    assert links.token(DecisionMaker.objects.get()) in message.body
    assert links.token(maker) not in message.body
