"""What happened, in words: the history of one assessment, the trail of the council, and its export."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from assessments import audit, clock, history, trail, workflow
from assessments.duty.document import long_date
from assessments.duty.due_regard import CHECKS
from assessments.duty.lifecycle import TRANSITIONS
from assessments.models import AuditEvent, AuditHead, DecisionRecord, Move
from tests import factories
from tests.app.test_queries import Spent
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

SOURCES = sorted((Path(settings.BASE_DIR) / "assessments").rglob("*.py"))


def page(user, assessment, query=None):
    return signed_in(user).get(f"/assessments/{assessment.reference}/history/", query)


def told(answer):
    """What the page says, from the last to the first."""
    assert answer.status_code == 200
    sentences = [line.sentence for line in answer.context["lines"]]
    html = " ".join(answer.content.decode().split())
    assert all(escape(each) in html for each in sentences)
    return sentences


def events(answer):
    return [each.event for line in answer.context["lines"] for each in line.told]


def since(number):
    """What has happened since the event of that number, from the first to the last."""
    return [
        line.sentence for line in history.lines(AuditEvent.objects.filter(sequence__gt=number).order_by("-sequence"))
    ][::-1]


def last():
    return AuditHead.objects.get().sequence


def append(verb, user=None, assessment=None, **payload):
    with transaction.atomic():
        return audit.append(verb, user, assessment, **payload)


def said(verb, assessment=None, user=None, **payload):
    """The sentence of one event."""
    [line] = history.lines([append(verb, user, assessment, **payload)])
    return line.sentence


# Every verb has words


def calls(name):
    """The calls of a function or method of that name in the code of the app."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == name:
                yield path.name, node


def appended():
    """The verbs that the code names where it appends, and where it names none."""
    named, elsewhere = set(), set()
    for path, call in calls("append"):
        if getattr(call.func, "value", None) is None or getattr(call.func.value, "id", "") != "audit":
            continue
        verb = call.args[0]
        if isinstance(verb, ast.Constant):
            named.add(verb.value)
        else:
            elsewhere.add((path, ast.unparse(verb)))
    return named, elsewhere


def test_every_verb_that_the_code_appends_has_words():
    named, elsewhere = appended()
    assert elsewhere == {("admin.py", "verb"), ("moves.py", "transition.name")}
    named |= {each.name for each in TRANSITIONS}
    named |= {call.args[0].value for _, call in calls("_audit")}
    assert named == history.VERBS.keys()


def test_everything_that_can_be_refused_has_words():
    tried = {
        each.args[2].value for name in ("refusals_kept", "_recording") for _, each in calls(name) if is_named(each)
    }
    tried |= {
        keyword.value.value
        for _, call in calls("append")
        for keyword in call.keywords
        if keyword.arg == "move" and isinstance(keyword.value, ast.Constant)
    }
    tried |= {each.name for each in TRANSITIONS}
    assert tried == history.ATTEMPTS.keys()


def is_named(call):
    return len(call.args) == 3 and isinstance(call.args[2], ast.Constant)


def test_every_group_of_the_filter_finds_something():
    assert {each.group for each in history.VERBS.values()} == history.GROUPS.keys()
    assert sorted(verb for group in history.GROUPS for verb in history.verbs_of(group)) == sorted(history.VERBS)


def test_every_detail_of_a_decision_has_words():
    fields = {each.name for each in DecisionRecord._meta.fields}
    assert fields - {"id", "assessment", "updated_at"} == history.DETAILS.keys()


def test_a_verb_of_another_release_speaks_for_itself(people):
    assert said("frobnicate", factories.draft(people.officer), people.officer, page="gone") == "“frobnicate”"


SUPPLIED = (
    "wrote down who decides, whether the report carries section 149, when they meet, the report, how it was supplied, "
    "when it was supplied, the version supplied"
)
DECIDED = (
    "wrote down what was decided, when it was decided, whether the dates are as assessed, whether the options are as "
    "assessed, whether the scope is as assessed, how the findings were weighed"
)


def test_a_whole_life_in_words(people):
    made = factories.draft(people.officer)
    workflow.share(people.officer, made.reference, people.colleague)
    workflow.unshare(people.officer, made.reference, people.colleague)
    workflow.share(people.officer, made.reference, people.colleague)
    workflow.unshare(people.colleague, made.reference, people.colleague)
    assert since(0) == [
        "started it",
        "saved the page “What is proposed” (version 1)",
        "asked Colleague to write it too",
        "took Colleague off those who write it",
        "asked Colleague to write it too",
        "stopped writing it",
    ]
    factories.complete(people.officer, made)
    number = last()
    factories.moved(people.officer, made, "submit")
    factories.moved(people.approver, made, "forward")
    workflow.judge(people.lead, made.reference, {"proposal": "mend", "evidence": "better"})
    thread = workflow.comment(people.lead, made.reference, "proposal", "aims", "Whose aims?")
    workflow.reply(people.officer, thread.pk, "The council’s.")
    workflow.resolve(people.lead, thread.pk)
    workflow.unresolve(people.lead, thread.pk)
    with pytest.raises(workflow.NotAllowed):
        workflow.move(people.approver, made.reference, "pass_check")
    workflow.judge(people.lead, made.reference, {"proposal": "acceptable"})
    factories.moved(people.lead, made, "pass_check")
    factories.moved(people.approver, made, "approve")
    assert since(number) == [
        "submitted it to the head of service and so made version 1",
        "sent it to the equality lead",
        "gave a verdict on 2 sections",
        "commented on the page “What is proposed”",
        "replied to a comment",
        "marked a comment as resolved",
        "opened a resolved comment again",
        "tried “Pass the check”, which was refused: not allowed",
        "gave a verdict on 1 section",
        "passed the check",
        "approved it and so made version 2",
    ]
    number, next_review = last(), clock.today() + timedelta(days=400)
    factories.supplied(people, made)
    factories.decided(people, made)
    factories.published(people, made)
    factories.moved(people.lead, made, "begin_review")
    workflow.end_review(people.lead, made.reference, "It stands.", next_review)
    assert since(number) == [
        SUPPLIED,
        "recorded that it was supplied to the decision",
        "sent a personal link to “Chair of Cabinet” (version 2)",
        "noted that “Chair of Cabinet” opened it by the personal link (version 2)",
        "noted that “Chair of Cabinet” acknowledged that they read it (version 2)",
        DECIDED,
        "recorded the decision and so made version 3",
        "recorded that it was published",
        "wrote down when and where it was published",
        "began its review",
        "ended its review: it stands",
        f"set its next review for {long_date(next_review.isoformat())}",
    ]
    newest = told(page(people.lead, made))
    assert since(number)[::-1] == newest[: len(since(number))]


SENTENCES = [
    ("start", {"copied_from": "EIA-2025-0003"}, "started it with the text of EIA-2025-0003"),
    ("save", {"page": "gone", "version": 4}, "saved the page “gone” (version 4)"),
    ("share", {"colleague": 0}, "asked a colleague to write it too"),
    ("comment", {"page": "proposal", "key": "aims"}, "commented on the page “What is proposed”"),
    ("override", {"check": 1, "page": ""}, "overrode check 1 (“{check}”)"),
    ("override", {"check": 999, "page": "proposal"}, "overrode check 999 on the page “What is proposed”"),
    ("lift_override", {"check": 999, "page": ""}, "let check 999 count again"),
    (
        "refused",
        {"move": "approve", "because": [21, 7, 7]},
        "tried “Approve”, which was refused: checks 7, 21 stood in the way",
    ),
    ("refused", {"move": "approve", "because": [7]}, "tried “Approve”, which was refused: check 7 stood in the way"),
    (
        "refused",
        {"move": "override", "because": "not allowed"},
        "tried “Override a check”, which was refused: not allowed",
    ),
    (
        "refused-link",
        {"maker": 0, "because": "expired"},
        "refused the personal link of one of those who decide: it has expired",
    ),
    ("uninvite", {"maker": 0, "version": 2}, "took back the personal link of one of those who decide (version 2)"),
    (
        "keep",
        {"policy_ended": "2026-03-05", "retention_years": 1},
        "set how long it is kept: the policy ended on 5 March 2026, and it is kept after that for 1 year",
    ),
    (
        "keep",
        {"policy_ended": None, "retention_years": None},
        "set how long it is kept: the policy goes on, and it is kept after that for as long as the council’s rule says",
    ),
    ("hold", {"reason": "0" * 64}, "put a legal hold on it"),
    ("lift-hold", {"reason": "0" * 64}, "lifted its legal hold"),
    ("redact", {"version": 2, "ground": "personal"}, "redacted version 2 (Personal data about somebody)"),
    ("redact", {"ground": "court-order", "rows": {}}, "redacted what is stored now (An order of a court or tribunal)"),
    ("dispose", {"version": 2}, "destroyed the content of version 2"),
    ("dispose", {}, "destroyed its content"),
    ("configure-add", {"model": "service", "key": 3, "fields": []}, "added in the set-up: service number 3"),
    (
        "configure-change",
        {"model": "council", "key": 1, "fields": ["Name", "Address"]},
        "changed in the set-up: council number 1: Name, Address",
    ),
    ("configure-delete", {"model": "gone", "key": 1, "fields": []}, "deleted in the set-up: gone number 1"),
    ("export-trail", {}, "took away an export of the audit trail"),
]


@pytest.mark.parametrize(("verb", "payload", "sentence"), SENTENCES)
def test_each_verb_says_what_it_was_about(people, verb, payload, sentence):
    title = next(each.title for each in CHECKS if each.number == 1)
    assert said(verb, factories.draft(people.officer), people.officer, **payload) == sentence.format(check=title)


# The history of one assessment


def test_a_line_says_when_who_and_what_with_number_and_hash(people):
    with clock.telling(datetime(2026, 7, 3, 15, 30, tzinfo=UTC)):
        made = factories.draft(people.officer, "<b>Close</b> a school")
    html = " ".join(page(people.colleague, made).content.decode().split())
    event = AuditEvent.objects.get(verb="start")
    assert "3 Jul 2026<br>4:30pm" in html
    assert "Officer (Officer)" in html
    assert f"<code>{event.hash}</code>" in html
    assert f"<code>{event.previous_hash}</code>" in html
    assert "&lt;b&gt;Close&lt;/b&gt; a school" in html
    assert event.payload not in html
    assert f"manage.py verify_audit --head {AuditHead.objects.get()}" in html


def test_whoever_sees_an_assessment_reads_its_history_and_nobody_else(people):
    made = factories.in_status("with-head", people)
    for who in (people.officer, people.colleague, people.approver, people.lead, people.auditor, people.administrator):
        assert page(who, made).status_code == 200
    for who in (people.other_officer, people.other_approver):
        assert page(who, made).status_code == 404


def test_the_history_has_the_events_of_its_own_assessment_alone(people):
    made = factories.draft(people.officer)
    factories.draft(people.officer, "Another")
    factories.save(people.officer, made, "decision", body="Cabinet")
    shown = [each.event for line in page(people.officer, made).context["lines"] for each in line.told]
    assert shown == list(AuditEvent.objects.filter(assessment=made).order_by("-sequence"))


def test_the_reason_of_a_move_is_for_those_who_write_or_check_it(people):
    made = factories.in_status("with-head", people)
    factories.moved(people.approver, made, "return_by_head", "Say **more** about <i>disabled</i> children.")
    for who in (people.officer, people.approver, people.lead, people.auditor):
        assert (
            "Say <strong>more</strong> about &lt;i&gt;disabled&lt;/i&gt; children." in page(who, made).content.decode()
        )
    assert "disabled" not in page(people.colleague, made).content.decode()


def test_a_reason_that_was_changed_since_is_not_shown_as_the_one_given(people):
    made = factories.in_status("with-head", people)
    factories.moved(people.approver, made, "return_by_head", "Say more about Jo.")
    Move.objects.filter(name="return_by_head").update(reason="Say more about [redacted].")
    html = page(people.officer, made).content.decode()
    assert "The reason given was redacted or destroyed since." in html
    assert "Say more about" not in html


def test_a_move_without_a_reason_shows_none(people):
    made = factories.complete(people.officer, factories.draft(people.officer))
    factories.moved(people.officer, made, "submit", "")
    assert "app-history__reason" not in page(people.officer, made).content.decode()
    Move.objects.all().delete()
    assert "app-history__reason" not in page(people.officer, made).content.decode()


# Saves that follow each other


def saves(people, *minutes, user=None, pages=("decision",)):
    """A draft on whose pages somebody saves at those minutes, in turn."""
    made, start = factories.draft(people.officer), timezone.now()
    made.co_authors.add(people.colleague)
    for number, minute in enumerate(minutes):
        with clock.telling(start + timedelta(minutes=minute)):
            writer = user[number] if user else people.officer
            factories.save(writer, made, pages[number % len(pages)], body=f"Body {number}", round=f"Round {number}")
    return made


def test_saves_of_one_page_that_follow_each_other_are_one_line_that_hides_none(people):
    made = saves(people, 1, 5, 14, 15)
    answer = page(people.officer, made)
    assert told(answer)[0] == "saved the page “The decision” 4 times (versions 1 to 4)"
    html = answer.content.decode()
    for event in AuditEvent.objects.filter(assessment=made):
        assert f"<code>{event.hash}</code>" in html
        assert event.verb != "save" or f"{event.sequence}: saved the page" in html or "proposal" in event.payload


def test_saves_far_apart_are_lines_of_their_own(people):
    assert told(page(people.officer, saves(people, 1, 12)))[:2] == [
        "saved the page “The decision” (version 2)",
        "saved the page “The decision” (version 1)",
    ]


def test_saves_by_two_people_are_lines_of_their_own(people):
    made = saves(people, 1, 2, user=[people.officer, people.colleague])
    saved = [line.newest.event.actor for line in page(people.officer, made).context["lines"]]
    assert saved == [people.colleague, people.officer, people.officer, people.officer]


def test_saves_of_two_pages_are_lines_of_their_own(people):
    made = saves(people, 1, 2, 3, pages=("decision", "outcome"))
    assert len(told(page(people.officer, made))) == 5


def test_saves_of_two_assessments_are_lines_of_their_own(people):
    one, two = factories.draft(people.officer), factories.draft(people.officer)
    for made in (one, two):
        factories.save(people.officer, made, "decision", body="Cabinet")
    assert len(signed_in(people.auditor).get("/trail/").context["lines"]) == 6


def test_the_history_of_one_assessment_has_pages_too(people):
    made = factories.complete(people.officer, factories.draft(people.officer))
    for number in range(60):
        append("export-trail", people.officer, made, number=number)
    first = page(people.officer, made)
    second = page(people.officer, made, {"before": first.context["leaf"].older})
    assert len(events(first)) == trail.PAGE_SIZE
    assert events(second)[0].sequence < events(first)[-1].sequence
    assert f'href="?before={first.context["leaf"].older}"' in first.content.decode()


# What it costs


def spent_on(user, path):
    cache.clear()
    client = signed_in(user)
    with Spent() as spent:
        assert client.get(path).status_code == 200
    return len(spent.lines)


def test_a_page_of_events_makes_few_queries_however_much_happened(people):
    made = factories.draft(people.officer)
    few = spent_on(people.lead, f"/assessments/{made.reference}/history/"), spent_on(people.lead, "/trail/")
    for number in range(4):
        other = factories.in_status("supplied", people, f"Proposal {number}")
        workflow.share(people.officer, made.reference, people.colleague)
        workflow.unshare(people.officer, made.reference, people.colleague)
    for _ in range(2):
        append("invite", people.officer, made, maker=other.decision_makers.get().pk, version=1)
        append("forward", people.officer, made, reason=audit.digest("A reason"))
    many = spent_on(people.lead, f"/assessments/{made.reference}/history/"), spent_on(people.lead, "/trail/")
    assert few == (6, 6)
    assert many == (9, 9)
