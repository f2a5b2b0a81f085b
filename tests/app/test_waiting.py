"""The inbox: what waits for each person, for how long, what is late, and where the work starts."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from assessments import clock, waiting, workflow, working_days
from assessments.models import Assessment, Council, User
from tests import factories
from tests.app.test_queries import Spent
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

NATION = "england"


def rows(user, query=None):
    """The rows of the person's inbox."""
    answer = signed_in(user).get("/waiting/", query)
    assert answer.status_code == 200
    return answer.context.get("rows", [])


def text(user):
    """What the person's inbox says, as words."""
    html = signed_in(user).get("/waiting/").content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def waits(people, title, status="with-lead", came=0, decision=None):
    """A draft put where it waits: since so many working days, for a decision in so many days."""
    made = factories.draft(people.officer, title)
    since = working_days.before(clock.today(), came, NATION) if came else clock.today()
    moment = timezone.make_aware(timezone.datetime.combine(since, timezone.datetime.min.time()))
    Assessment.objects.filter(pk=made.pk).update(
        status=status,
        status_since=moment,
        decision_date=None if decision is None else clock.today() + timedelta(days=decision),
    )
    return Assessment.objects.get(pk=made.pk)


TASKS = {
    # status: whose turn it is, what to do, where it starts
    "with-head": ("approver", "Send to the equality lead", "move"),
    "with-lead": ("lead", "Check it", "review"),
    "returned": ("officer", "Mend it and submit it again", "assessment"),
    "passed": ("approver", "Approve", "move"),
    "approved": ("officer", "Record that it was supplied", "move"),
    "supplied": ("officer", "Record the decision", "decision"),
    "decided": ("officer", "Record that it was published", "move"),
    "under-review": ("officer", "Finish its review", "assessment"),
    "screening": ("approver", "Approve screening out", "move"),
}


@pytest.mark.parametrize("status", TASKS)
def test_what_waits_stands_in_the_inbox_of_whose_turn_it_is_with_the_next_thing_to_do(people, status):
    who, task, name = TASKS[status]
    made = factories.in_status(status, people)
    [row] = rows(getattr(people, who))
    assert (row.wait.assessment, row.task) == (made, task)
    assert row.url.startswith(
        reverse(name, args=[made.reference, "x"][: 2 if name == "move" else 1]).removesuffix("x/")
    )
    assert signed_in(getattr(people, who)).get(row.url).status_code in (200, 302)
    others = {"officer", "approver", "lead"} - {who, *({"lead"} if status == "screening" else ())}
    assert all(rows(getattr(people, each)) == [] for each in others)


def test_an_equality_lead_can_approve_a_screening_too(people):
    factories.in_status("screening", people)
    assert [each.task for each in rows(people.lead)] == ["Approve screening out"]


@pytest.mark.parametrize("status", ["draft", "published", "screened-out", "withdrawn"])
def test_what_is_nobodys_turn_waits_for_nobody(people, status):
    factories.in_status(status, people)
    for who in (people.officer, people.approver, people.lead, people.auditor, people.administrator):
        assert rows(who) == []
        assert waiting.count(who) == 0
        assert "Nothing waits for you." in text(who)


def test_what_was_destroyed_waits_for_nobody(people):
    made = factories.in_status("decided", people)
    Assessment.objects.filter(pk=made.pk).update(disposed_at=timezone.now())
    assert rows(people.officer) == []


def test_the_count_is_that_of_the_page(people):
    for number in range(3):
        waits(people, f"Proposal {number}")
    assert waiting.count(people.lead) == len(rows(people.lead)) == 3
    assert waiting.count(people.officer) == 0


def test_a_stranger_is_asked_to_sign_in(client, council):
    answer = client.get("/waiting/")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/waiting/")


# How long, and how long it may


def test_days_are_working_days_and_the_councils_target_is_for_checks(people):
    made = waits(people, "Close a school", came=4)
    [row] = rows(people.lead)
    assert (row.wait.days, row.wait.check_days) == (4, 10)
    assert row.wait.due == working_days.add(timezone.localdate(made.status_since), 10, NATION)
    said = text(people.lead)
    assert "4 working days since" in said
    assert "The council’s target for a check is 10 working days." in said
    waits(people, "Close a park", status="with-head", came=40)
    [row] = rows(people.approver)
    assert (row.wait.days, row.wait.check_days, row.wait.due) == (40, None, None)
    assert not row.wait.is_late
    assert "target" not in text(people.approver)


@pytest.mark.parametrize(
    ("came", "is_late", "is_soon"),
    [(0, False, False), (4, False, False), (5, False, True), (10, False, True), (11, True, False)],
)
def test_a_check_is_soon_and_then_late_by_the_councils_target(people, came, is_late, is_soon):
    Council.objects.update(check_days=10)
    waits(people, "Close a school", came=came)
    [row] = rows(people.lead)
    assert (row.wait.is_late, row.wait.is_soon) == (is_late, is_soon)


def test_late_is_said_in_words(people):
    waits(people, "Close a school", came=30)
    said = text(people.lead)
    assert "1 is late." in said
    assert " Late " in said
    waits(people, "Close a park")
    assert "2 assessments wait for you. 1 is late." in text(people.lead)


def test_a_decision_that_comes_too_soon_makes_it_late_within_the_target(people):
    waits(people, "Close a school", came=1, decision=3)
    [row] = rows(people.lead)
    assert row.wait.is_late
    assert "Ask for a later date" in text(people.lead)


def test_what_is_due_is_what_comes_first_of_the_target_and_the_way_to_the_decision(people):
    made = waits(people, "Close a school", came=1, decision=200)
    target = working_days.add(timezone.localdate(made.status_since), 10, NATION)
    assert rows(people.lead)[0].wait.due == target
    soon = waits(people, "Close a park", status="passed", decision=60)
    wait = rows(people.approver)[0].wait
    assert (wait.assessment, wait.is_late) == (soon, False)
    assert clock.today() < wait.due < wait.decision


def test_the_day_in_the_decision_record_counts_before_the_planned_one(people):
    made = factories.in_status("approved", people)
    Assessment.objects.filter(pk=made.pk).update(decision_date=clock.today() + timedelta(days=300))
    meets_on = clock.today() + timedelta(days=100)
    workflow.record_decision(people.officer, made.reference, {"body": "Cabinet", "meets_on": meets_on})
    assert rows(people.officer)[0].wait.decision == meets_on


def test_a_decision_that_is_recorded_already_gives_no_warning(people):
    made = factories.in_status("supplied", people)
    yesterday = clock.today() - timedelta(days=1)
    workflow.record_decision(people.officer, made.reference, {"meets_on": yesterday})
    assert rows(people.officer)[0].wait.is_late
    workflow.record_decision(people.officer, made.reference, {"decided_on": yesterday, "decided": "agreed"})
    [row] = rows(people.officer)
    assert (row.wait.is_late, row.wait.decision) == (False, yesterday)


def consulting(people, closes, decision):
    """A returned assessment with a consultation that closes in so many days, for a decision in so many."""
    made = factories.complete(people.officer, factories.draft(people.officer))
    closed = (clock.today() + timedelta(days=closes)).isoformat()
    factories.save(people.officer, made, "consultation", consultations=[{"id": "1", "who": "All", "closed": closed}])
    planned = clock.today() + timedelta(days=decision)
    Assessment.objects.filter(pk=made.pk).update(status="returned", decision_date=planned)
    return made


def test_a_consultation_that_closes_too_late_is_said_to_those_who_mend(people):
    consulting(people, closes=55, decision=80)
    [row] = rows(people.officer)
    assert row.wait.is_late
    assert "The consultation closes on" in str(row.wait.alert)


@pytest.mark.parametrize("year", [1000, 9999])
def test_a_decision_in_another_age_does_no_harm(people, year):
    made = waits(people, "Close a school")
    Assessment.objects.filter(pk=made.pk).update(decision_date=f"{year}-12-31")
    assert rows(people.lead)[0].wait.assessment == made


def test_what_came_tomorrow_has_not_waited(people):
    made = waits(people, "Close a school")
    Assessment.objects.filter(pk=made.pk).update(status_since=timezone.now() + timedelta(days=2))
    assert "Less than a working day" in text(people.lead)


# Order


def test_the_most_urgent_stands_first(people):
    for title, came, decision in (
        ("Fresh", 0, None),
        ("Old, no decision", 8, None),
        ("Past the target", 15, None),
        ("Decision next week, not in time", 1, 7),
        ("Past the target for long", 60, None),
        ("Decision far off", 2, 300),
    ):
        waits(people, title, came=came, decision=decision)
    titles = [each.wait.assessment.title for each in rows(people.lead)]
    assert set(titles[:3]) == {"Past the target for long", "Past the target", "Decision next week, not in time"}
    assert titles.index("Past the target for long") < titles.index("Past the target")
    assert titles[3:] == ["Old, no decision", "Decision far off", "Fresh"]


def test_what_has_no_day_to_be_done_by_stands_in_the_order_in_which_it_came(people):
    for came in (3, 9, 5):
        waits(people, f"Proposal {came}", status="with-head", came=came)
    assert [each.wait.days for each in rows(people.approver)] == [9, 5, 3]


def test_what_cannot_be_in_time_stands_before_what_is_due_sooner(people):
    late = consulting(people, closes=55, decision=80)
    waits(people, "Due sooner, in time", status="returned", decision=70)
    first, second = rows(people.officer)
    assert (first.wait.assessment, first.wait.is_late, second.wait.is_late) == (late, True, False)
    assert second.wait.due < first.wait.due


def test_open_comments_are_counted(people):
    made = factories.in_status("with-lead", people)
    said = [workflow.comment(people.lead, made.reference, "proposal", "aims", f"And {n}?") for n in range(3)]
    workflow.reply(people.lead, said[0].pk, "More on that.")
    workflow.resolve(people.lead, said[1].pk)
    factories.moved(people.lead, made, "return_by_lead")
    [row] = rows(people.officer)
    assert row.wait.remarks == 2
    assert "2 open comments" in text(people.officer)


def test_a_long_inbox_has_pages_of_fifty(people):
    for number in range(53):
        waits(people, f"Proposal {number}", came=number % 20)
    assert len(rows(people.lead)) == 50
    assert len(rows(people.lead, {"page": 2})) == 3
    assert len(rows(people.lead, {"page": "nonsense"})) == 50
    first, second = rows(people.lead), rows(people.lead, {"page": 2})
    days = [each.wait.days for each in (*first, *second)]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("who", ["officer", "approver", "lead"])
def test_forty_rows_make_as_many_queries_as_one(people, who):
    status = {"officer": "returned", "approver": "with-head", "lead": "with-lead"}[who]
    user = User.objects.get(pk=getattr(people, who).pk)

    def queries():
        cache.clear()
        client = signed_in(user)
        with Spent() as spent:
            assert client.get("/waiting/").status_code == 200
        return len(spent.lines)

    waits(people, "Close a school", status, came=3, decision=40)
    few = queries()
    for number in range(40):
        waits(people, f"Proposal {number}", status, came=number, decision=number * 3)
    assert queries() == few <= 8
