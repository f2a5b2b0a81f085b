"""E-mail at each hand-over: who hears of what, in which words, and that no mail server can stop a move."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments import clock, notices, permissions, tasks, workflow
from assessments.duty.lifecycle import TRANSITIONS, Status
from assessments.models import Assessment, Comment, Council, Service, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once(settings):
    """Tasks are done as soon as they are handed over."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def sent(at_once, django_capture_on_commit_callbacks):
    """Does something, and gives the messages that went out because of it, each to one address."""

    def sent_by(action):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action()
        assert all(len(each.to) == 1 and not each.cc and not each.bcc for each in mail.outbox)
        return list(mail.outbox)

    return sent_by


def name(message):
    return message.to[0].partition("@")[0]


def names(messages):
    """Who got a message; nobody gets two."""
    found = [name(each) for each in messages]
    assert len(set(found)) == len(found), "somebody got two messages"
    return set(found)


def told_to_act(messages):
    acting = {name(each) for each in messages if "WHAT TO DO" in each.body}
    idle = {name(each) for each in messages if "You do not need to do anything." in each.body}
    assert acting.isdisjoint(idle)
    assert acting | idle == names(messages)
    return acting


@pytest.fixture
def more(people):
    """A second approver of the directorate and a second lead, a lead who cannot sign in, a co-author."""
    people.second_approver = factories.person("approver", "second_approver", "Youth")
    people.second_lead = factories.person("equality-lead", "second_lead", None)
    gone = factories.person("equality-lead", "gone", None)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    return people


def shared(people, status):
    """An assessment in that status that the officer writes with a colleague."""
    made = factories.in_status(status, people)
    made.co_authors.add(people.colleague)
    return Assessment.objects.get(pk=made.pk)


HEARD = {
    # a move: from where, by whom, who must act then, who only hears of it
    "submit": ("returned", "officer", {"approver", "second_approver"}, set()),
    "forward": ("with-head", "approver", {"lead", "second_lead"}, set()),
    "return_by_head": ("with-head", "approver", {"officer", "colleague"}, set()),
    "pass_check": ("with-lead", "lead", {"approver", "second_approver"}, set()),
    "return_by_lead": ("with-lead", "lead", {"officer", "colleague"}, set()),
    "approve": ("passed", "approver", {"officer", "colleague"}, {"lead"}),
    "approve_screening": ("screening", "lead", set(), {"officer", "colleague"}),
    "refuse_screening": ("screening", "approver", {"officer", "colleague"}, set()),
    "begin_review": ("published", "officer", {"colleague"}, {"approver", "lead"}),
    "reopen": ("approved", "colleague", {"officer"}, {"approver", "lead"}),
    "withdraw": ("with-head", "officer", set(), {"colleague", "approver", "second_approver"}),
}


@pytest.mark.parametrize("move", HEARD)
def test_each_move_tells_those_whom_it_concerns(more, sent, move):
    status, who, acting, hearing = HEARD[move]
    made = shared(more, status)
    messages = sent(lambda: factories.moved(getattr(more, who), made, move, "Because."))
    assert names(messages) == acting | hearing
    assert told_to_act(messages) == acting


def test_a_first_submission_and_a_screening_tell_those_who_may_approve(more, sent):
    full = factories.complete(more.officer, factories.draft(more.officer))
    assert names(sent(lambda: factories.moved(more.officer, full, "submit", ""))) == {"approver", "second_approver"}
    screened = factories.screened_out(more.officer, factories.draft(more.officer))
    heard = sent(lambda: factories.moved(more.officer, screened, "screen_out", ""))
    assert told_to_act(heard) == {"approver", "second_approver", "lead", "second_lead"}


def test_what_follows_the_approval_tells_those_who_took_part(more, sent):
    made = shared(more, "approved")
    steps = [
        (lambda: factories.supplied(more, made), {"colleague"}, "was supplied to the decision"),
        (lambda: factories.decided(more, made), {"colleague"}, "has a decision"),
        (lambda: factories.published(more, made), set(), "is published"),
    ]
    for step, acting, subject in steps:
        messages = [each for each in sent(step) if name(each) != "chair"]  # who has a personal link
        assert names(messages) == {"colleague", "approver", "lead"}
        assert told_to_act(messages) == acting
        assert all(subject in each.subject for each in messages)
    factories.moved(more.officer, made, "begin_review")
    ended = sent(lambda: workflow.end_review(more.lead, made.reference, "Nothing has changed.", date(2030, 1, 1)))
    assert names(ended) == {"officer", "colleague", "approver"}


def test_an_assessment_that_is_replaced_tells_those_who_took_part_in_it(more, sent):
    earlier = shared(more, "approved")
    later = factories.successor(more.officer, earlier)
    for who, move in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check")):
        factories.moved(getattr(more, who), later, move)
    messages = sent(lambda: factories.moved(more.approver, later, "approve", ""))
    replaced = [each for each in messages if each.subject.startswith(earlier.reference)]
    assert names(replaced) == {"officer", "colleague", "lead"}
    assert names([each for each in messages if each not in replaced]) == {"officer", "lead"}
    assert all("was replaced" in each.subject for each in replaced)
    assert all(f"Replaced by {later.reference}." in each.body for each in replaced)


def test_the_ones_above_are_all_the_moves_there_are():
    told_above = {"screen_out", "supply", "decide", "publish", "end_review", "supersede"}
    assert {each.name for each in TRANSITIONS} == HEARD.keys() | told_above


def test_who_is_told_to_act_finds_it_in_the_inbox_and_nobody_else(more):
    """One who writes, one who wrote once, and one whose role changed, among the others."""
    made = shared(more, "draft")
    made.co_authors.add(more.second_lead)
    factories.save(more.second_lead, made, "proposal", aims="To save money.")
    made.co_authors.remove(more.second_lead)
    made.co_authors.add(more.second_approver)
    for status in Status:
        Assessment.objects.filter(pk=made.pk).update(status=status)
        made = Assessment.objects.get(pk=made.pk)
        turn = set(permissions.whose_turn(made, status))
        assert turn == {each for each in User.objects.filter(is_active=True) if made in permissions.waiting_for(each)}
        overseeing = User.objects.filter(role__in=permissions.WRITES, is_active=True)
        assert set(permissions.judges_of(made)) == {each for each in overseeing if permissions.may_judge(each, made)}
        assert set(permissions.writers_of(made)) == {each for each in overseeing if permissions.is_author(each, made)}


def test_one_who_cannot_sign_in_any_more_is_not_told(more, sent):
    made = shared(more, "with-head")
    User.objects.filter(pk=more.colleague.pk).update(is_active=False)
    assert names(sent(lambda: factories.moved(more.approver, made, "return_by_head"))) == {"officer"}


def test_an_auditor_who_was_asked_to_write_before_is_not_told(more, sent):
    made = shared(more, "with-head")
    User.objects.filter(pk=more.colleague.pk).update(role="auditor")
    assert names(sent(lambda: factories.moved(more.approver, made, "return_by_head"))) == {"officer"}


def test_a_move_that_is_refused_tells_nobody(more, sent):
    made = shared(more, "with-lead")

    def refused():
        with pytest.raises(workflow.NotAllowed):
            workflow.move(more.colleague, made.reference, "pass_check")

    assert sent(refused) == []


def test_the_past_that_a_demonstration_tells_is_told_to_nobody(more, sent):
    made = shared(more, "with-lead")

    def told():
        with clock.telling(timezone.now() - timedelta(days=100)):
            workflow.reply(more.officer, said(more, made).pk, "It will be mended.")
            factories.moved(more.lead, made, "return_by_lead", "Mend it.")

    assert sent(told) == []


# What the messages say


def message(messages, who):
    [found] = [each for each in messages if name(each) == who]
    return found


def test_a_message_says_what_happened_what_to_do_by_when_and_where(more, sent, settings):
    settings.SITE_URL = "https://eia.test.example"
    made = factories.in_status("with-head", more, "Close O’Brien & Sons’ <old> school")
    Council.objects.update(check_days=3)
    found = message(sent(lambda: factories.moved(more.approver, made, "forward", "")), "lead")
    assert found.subject == f"{made.reference} is waiting for your check: Close O’Brien & Sons’ <old> school"
    assert "Approver sent this equality impact assessment to you, to be checked." in found.body
    assert (
        f"Assessment: {made.reference}, Close O’Brien & Sons’ <old> school\nService: Schools, Children\n" in found.body
    )
    assert "Then pass the check, or return it with a reason." in found.body
    assert "The council’s target for a check is 3 working days.\nPlease do it by " in found.body
    assert f"\nOpen it: https://eia.test.example/assessments/{made.reference}/\n" in found.body
    assert "\nAll that waits for you: https://eia.test.example/waiting/\n" in found.body
    assert "Questions? Write to equality@test.example." in found.body
    assert "\n\n\n" not in found.body


def test_the_council_has_a_target_for_checks_alone(more, sent):
    made = factories.in_status("with-lead", more)
    found = message(sent(lambda: factories.moved(more.lead, made, "pass_check", "")), "approver")
    assert "target" not in found.body


def test_a_message_names_the_day_of_the_decision_and_warns_when_time_is_short(more, sent):
    made = factories.in_status("with-head", more)
    Assessment.objects.filter(pk=made.pk).update(decision_date=clock.today() + timedelta(days=2))
    found = message(sent(lambda: factories.moved(more.approver, made, "forward", "")), "lead")
    assert "The decision is planned for " in found.body
    assert "Ask for a later date" in found.body


def test_the_reason_for_a_return_is_in_the_message_as_it_was_given(more, sent):
    reason = "Say more about <b>disabled</b> children & their parents’ work:\n\n- the bus\n- the school"
    made = factories.in_status("with-head", more)
    found = message(sent(lambda: factories.moved(more.approver, made, "return_by_head", reason)), "officer")
    assert found.subject == f"{made.reference} was returned to you: Close a school"
    for line in reason.splitlines():
        assert f"    {line}\n" in found.body or not line


def test_nothing_else_that_is_written_in_an_assessment_is_in_a_message(more, sent):
    made = factories.draft(more.officer)
    factories.complete(more.officer, made)
    factories.save(more.officer, made, "proposal", aims="The ferret farm must go.")
    for who, move in (("officer", "submit"), ("approver", "forward"), ("lead", "return_by_lead")):
        messages = sent(lambda who=who, move=move: factories.moved(getattr(more, who), made, move))
        assert messages
        assert not any("ferret" in f"{each.subject}{each.body}" for each in messages)


@pytest.mark.parametrize("title", ["Close\r\nBcc: all@test.example\r\n\r\nHello", "Close\u2028\x85\x0b it", "\n"])
def test_a_title_cannot_add_a_header(more, sent, title):
    made = factories.in_status("with-head", more)
    Assessment.objects.filter(pk=made.pk).update(title=title)
    found = message(sent(lambda: factories.moved(more.approver, made, "forward", "")), "lead")
    assert found.subject.startswith(f"{made.reference} is waiting for your check:")
    assert len(found.subject.splitlines()) == 1
    assert f"\nAssessment: {made.reference}, {' '.join(title.split())}\nService: " in found.body
    assert found.message()["Bcc"] is None
    assert found.recipients() == [more.lead.email]


def test_a_long_title_is_shortened_in_the_subject_alone(more, sent):
    title = " ".join(["Rearrange"] * 30)
    made = factories.in_status("with-head", more, title)
    found = message(sent(lambda: factories.moved(more.approver, made, "forward", "")), "lead")
    assert len(found.subject) < 130
    assert found.subject.endswith("Rearrange …")
    assert title in found.body


def test_a_decision_that_came_first_is_said_so(more, sent):
    made = factories.in_status("supplied", more)
    before = clock.today() - timedelta(days=3)
    with pytest.raises(workflow.Blocked):
        factories.decided(more, made, decided_on=before)
    factories.overridden(more.lead, made)
    messages = sent(lambda: factories.moved(more.officer, made, "decide", ""))
    assert "is marked “retrospective”" in message(messages, "lead").body


def test_one_who_decides_gets_the_personal_link(more, sent):
    made = factories.in_status("approved", more)
    [found] = sent(lambda: workflow.invite(more.officer, made.reference, "Chair of Cabinet", "chair@test.example"))
    maker = made.decision_makers.get()
    assert found.to == ["chair@test.example"]
    assert found.subject == f"{made.reference} is for you to read before you decide: Close a school"
    assert "as: Chair of Cabinet. Officer asks you." in found.body
    assert f"Open it: http://127.0.0.1:8000/acknowledge/{maker.key}." in found.body
    assert "/waiting/" not in found.body


# Comments and replies


def said(people, assessment, text="Which children?"):
    return workflow.comment(people.lead, assessment.reference, "proposal", "aims", text)


def test_a_comment_tells_those_who_write_it_once_an_hour(more, sent):
    made = shared(more, "with-lead")
    found = sent(lambda: said(more, made, "What about the ferrets?"))
    assert names(found) == {"officer", "colleague"}
    assert all("has a new comment" in each.subject for each in found)
    assert all(f"/assessments/{made.reference}/review/" in each.body for each in found)
    assert not any("ferrets" in each.body for each in found)
    assert sent(lambda: said(more, made)) == []
    assert names(sent(lambda: workflow.comment(more.second_lead, made.reference, "proposal", "", "And?")))
    Comment.objects.update(at=timezone.now() - notices.QUIET - timedelta(minutes=1))
    assert names(sent(lambda: said(more, made))) == {"officer", "colleague"}


def test_a_reply_tells_the_others_in_the_thread_and_those_who_write_it(more, sent):
    made = shared(more, "with-lead")
    thread = said(more, made)
    found = sent(lambda: workflow.reply(more.officer, thread.pk, "Those of the school."))
    assert names(found) == {"lead", "colleague"}
    assert all("has a new reply" in each.subject for each in found)
    assert all(reverse("thread", args=[made.reference, thread.pk]) in each.body for each in found)
    assert names(sent(lambda: workflow.reply(more.approver, thread.pk, "I see."))) == {"lead", "officer", "colleague"}
    assert names(sent(lambda: workflow.reply(more.lead, thread.pk, "Thank you."))) == {
        "approver",
        "officer",
        "colleague",
    }


def test_one_who_has_left_the_directorate_hears_no_more_of_its_threads(more, sent):
    made = shared(more, "with-lead")
    thread = said(more, made)
    workflow.reply(more.approver, thread.pk, "I see.")
    User.objects.filter(pk=more.approver.pk).update(service=Service.objects.get(name="Parks"))
    assert names(sent(lambda: workflow.reply(more.lead, thread.pk, "Well?"))) == {"officer", "colleague"}


# Mail that does not go out


def test_a_mistake_in_a_notice_does_not_stop_a_move(more, sent, monkeypatch, caplog):
    made = shared(more, "with-head")

    def broken(*args):
        raise ValueError("a broken template")

    monkeypatch.setattr(notices, "render_to_string", broken)
    assert sent(lambda: factories.moved(more.approver, made, "forward", "")) == []
    assert Assessment.objects.get(pk=made.pk).state is Status.WITH_LEAD
    assert "a broken template" in caplog.text


class NoServer:
    """A mail server that takes nothing."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("nobody there")


def work():
    call_command("db_worker", batch=True, interval=0, startup_delay=False)


def due_now():
    """The time until the next try has passed."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(seconds=1))


def messages_on_file():
    return DBTaskResult.objects.filter(task_path=tasks.send_mail.module_path)


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "tests.app.test_notices.NoServer"


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_stops_nothing_and_is_tried_again(people, settings, no_server):
    made = factories.in_status("with-head", people)
    messages_on_file().delete()
    factories.moved(people.approver, made, "forward", "")
    assert Assessment.objects.get(pk=made.pk).state is Status.WITH_LEAD
    work()
    [later] = messages_on_file().filter(status="READY")
    wait = later.run_after - timezone.now()
    assert timedelta(minutes=4) < wait <= timedelta(minutes=5)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox.clear()
    work()
    assert mail.outbox == []
    due_now()
    work()
    assert [each.to for each in mail.outbox] == [[people.lead.email]]
    assert not messages_on_file().filter(status="READY").exists()


@pytest.mark.django_db(transaction=True)
def test_after_five_tries_a_message_is_left_as_failed(people, no_server):
    tasks.send_mail.enqueue("lead@test.example", "Subject", "Body")
    for _ in range(len(tasks.RETRIES) + 1):
        due_now()
        work()
    [failed] = messages_on_file()
    assert failed.status == "FAILED"
    assert failed.args_kwargs["args"][:2] == ["lead@test.example", "Subject"]


@pytest.mark.django_db(transaction=True)
def test_a_message_that_was_sent_is_not_kept(people):
    for number in range(3):
        tasks.send_mail.enqueue("lead@test.example", f"Subject {number}", "A reason that somebody gave")
        work()
    assert [each.args_kwargs["args"][1] for each in messages_on_file()] == ["Subject 2"]


@pytest.mark.django_db(transaction=True)
def test_a_report_that_somebody_waits_for_is_made_before_mail_is_sent(people):
    tasks.send_mail.enqueue("lead@test.example", "Subject", "Body")
    tasks.make_report.enqueue(0)
    assert DBTaskResult.objects.ready().first().task_path == tasks.make_report.module_path


def test_mail_has_a_time_limit(settings):
    assert 0 < settings.EMAIL_TIMEOUT <= 60
