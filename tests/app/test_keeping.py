"""How long an assessment is kept: the policy's life and the council's years, holds, and what can be asked for."""

import json
from datetime import UTC, date, datetime

import pytest

from assessments import audit, clock, keeping, permissions, workflow
from assessments.duty.lifecycle import Status
from assessments.models import Assessment, AuditEvent
from tests import factories
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

REASON = "A claim for judicial review of the closure."


def at(assessment, page="keeping"):
    return f"/assessments/{assessment.reference}/{page}/"


def last_event():
    event = AuditEvent.objects.order_by("sequence").last()
    return event.verb, json.loads(event.payload)


def say(client, assessment, ended=("", "", ""), years="", follow=False):
    data = {f"policy_ended_{number}": part for number, part in enumerate(ended)}
    return client.post(at(assessment), {**data, "retention_years": years}, follow=follow)


# The rule


def test_it_is_kept_for_the_life_of_the_policy_and_the_councils_years(people, council):
    made = factories.in_status("approved", people)
    assert keeping.kept_until(made, council) is None
    workflow.keep(people.officer, made.reference, date(2026, 3, 31), None)
    made.refresh_from_db()
    assert keeping.kept_until(made, council) == date(2032, 3, 31)
    council.retention_years = 12
    assert keeping.kept_until(made, council) == date(2038, 3, 31)


def test_an_assessment_can_have_a_number_of_years_of_its_own(people, council):
    made = factories.in_status("approved", people)
    workflow.keep(people.officer, made.reference, date(2026, 3, 31), 10)
    made.refresh_from_db()
    assert keeping.kept_until(made, council) == date(2036, 3, 31)


@pytest.mark.parametrize(
    ("ended", "years", "last"),
    [
        (date(2024, 2, 29), 6, date(2030, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 12, 31)),
        (date(2199, 1, 1), 32767, date(9999, 1, 1)),
    ],
)
def test_the_last_day_of_any_year(people, council, ended, years, last):
    made = factories.in_status("approved", people)
    made.policy_ended, made.retention_years = ended, years
    assert keeping.kept_until(made, council) == last


def test_a_withdrawn_one_counts_from_its_withdrawal_unless_a_day_is_given(people, council):
    with clock.telling(datetime(2026, 3, 5, 23, 30, tzinfo=UTC)):
        made = factories.in_status("withdrawn", people)
    assert keeping.kept_until(made, council) == date(2032, 3, 5)
    made.policy_ended = date(2027, 1, 1)
    assert keeping.kept_until(made, council) == date(2033, 1, 1)


@pytest.mark.parametrize("status", Status)
def test_what_people_are_working_on_has_no_last_day(people, council, status):
    made = factories.in_status(status, people)
    made.policy_ended = date(2010, 1, 1)
    is_over = status.facts.is_finished or status is Status.WITHDRAWN
    assert (keeping.kept_until(made, council) is not None) == is_over


# Saying so


def test_those_who_write_it_say_when_the_policy_ended(people):
    made, client = factories.in_status("approved", people), signed_in(people.officer)
    text = say(client, made, ("31", "3", "2026"), "7", follow=True).text
    made.refresh_from_db()
    assert (made.policy_ended, made.retention_years) == (date(2026, 3, 31), 7)
    assert "How long it is kept has been saved." in text
    assert "31 March 2026" in text
    assert "7 years, a rule of its own" in text
    assert "31 March 2033" in text
    assert last_event() == ("keep", {"policy_ended": "2026-03-31", "retention_years": 7})


def test_it_can_be_taken_back(people):
    made, client = factories.in_status("approved", people), signed_in(people.officer)
    say(client, made, ("31", "3", "2026"), "7")
    text = say(client, made, follow=True).text
    made.refresh_from_db()
    assert (made.policy_ended, made.retention_years) == (None, None)
    assert "Not while the policy goes on" in text
    assert "6 years, as the council’s rule says" in text


def test_saying_the_same_again_is_no_event(people):
    made, client = factories.in_status("approved", people), signed_in(people.officer)
    say(client, made, ("31", "3", "2026"))
    events = AuditEvent.objects.count()
    say(client, made, ("31", "3", "2026"))
    assert AuditEvent.objects.count() == events


BAD = {
    "no such day": ({"ended": ("31", "2", "2026")}, "must be a real date"),
    "half a date": ({"ended": ("31", "", "2026")}, "must include a month"),
    "long ago": ({"ended": ("1", "1", "1066")}, "must be between 1900 and 2199"),
    "far away": ({"ended": ("1", "1", "9999")}, "must be between 1900 and 2199"),
    "no number": ({"years": "six"}, "The years must be a whole number, such as 6"),
    "none": ({"years": "0"}, "The years must be 1 or more"),
    "too many": ({"years": "101"}, "The years must be 100 or fewer"),
    "huge": ({"years": "9" * 5000}, "The years must be"),
    "less than none": ({"years": "-1"}, "The years must be 1 or more"),
}


@pytest.mark.parametrize(("typed", "error"), BAD.values(), ids=BAD)
def test_bad_input_gets_a_clear_error_and_does_nothing(people, typed, error):
    made, client = factories.in_status("approved", people), signed_in(people.officer)
    answer = say(client, made, **typed)
    assert (answer.status_code, "There is a problem" in answer.text) == (200, True)
    assert error in answer.text
    made.refresh_from_db()
    assert (made.policy_ended, made.retention_years) == (None, None)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 302),
        ("approver", 302),
        ("lead", 302),
        ("administrator", 302),
        ("colleague", 403),
        ("other_officer", 403),
        ("other_approver", 403),
        ("auditor", 403),
    ],
)
def test_who_says_how_long_it_is_kept(people, who, status):
    made = factories.in_status("approved", people)
    client = signed_in(getattr(people, who))
    text = client.get(at(made)).text
    assert ("Change how long it is kept" in text) == (status == 302)
    assert say(client, made, ("31", "3", "2026")).status_code == status


def test_what_a_person_may_not_see_does_not_exist_for_them(people):
    made = factories.draft(people.officer)
    client = signed_in(people.other_officer)
    for page in ("keeping", "hold", "redact"):
        assert client.get(at(made, page)).status_code == 404
        assert client.post(at(made, page)).status_code == 404


# Holds


def test_a_hold_is_placed_and_lifted(people):
    made, client = factories.in_status("approved", people), signed_in(people.lead)
    text = client.post(at(made, "hold"), {"reason": REASON}, follow=True).text
    assert "It is under a legal hold now." in text
    assert REASON in text
    made.refresh_from_db()
    assert made.legal_hold == REASON
    assert last_event() == ("hold", {"reason": audit.digest(REASON)})
    assert REASON in client.get(at(made, "hold")).text
    text = client.post(at(made, "hold"), {"lift": "1"}, follow=True).text
    assert "The legal hold is lifted." in text
    made.refresh_from_db()
    assert made.legal_hold == ""
    assert last_event() == ("lift-hold", {"reason": audit.digest(REASON)})
    assert audit.first_wrong() is None


@pytest.mark.parametrize("reason", ["", " \n", "\0"])
def test_a_hold_needs_a_reason(people, reason):
    made = factories.in_status("approved", people)
    answer = signed_in(people.lead).post(at(made, "hold"), {"reason": reason})
    assert "Say why it must be kept" in answer.text
    with pytest.raises(workflow.NotReady):
        workflow.place_hold(people.lead, made.reference, " ")
    made.refresh_from_db()
    assert made.legal_hold == ""


def test_two_who_change_a_hold_do_not_undo_each_other(people):
    made = factories.in_status("approved", people)
    workflow.place_hold(people.lead, made.reference, REASON)
    events = AuditEvent.objects.count()
    text = signed_in(people.lead).post(at(made, "hold"), {"reason": "Another"}, follow=True).text
    assert "Nothing was done: somebody changed the hold meanwhile." in text
    workflow.lift_hold(people.lead, made.reference)
    text = signed_in(people.administrator).post(at(made, "hold"), {"lift": "1"}, follow=True).text
    assert "Nothing was done" in text
    assert AuditEvent.objects.count() == events + 1


@pytest.mark.parametrize("who", ["officer", "approver", "auditor"])
def test_others_place_no_hold(people, who):
    made, client = factories.in_status("approved", people), signed_in(getattr(people, who))
    assert client.get(at(made, "hold")).status_code == 403
    assert client.post(at(made, "hold"), {"reason": REASON}).status_code == 403
    workflow.place_hold(people.lead, made.reference, REASON)
    assert client.post(at(made, "hold"), {"lift": "1"}).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.lift_hold(getattr(people, who), made.reference)


def test_why_it_is_held_is_for_those_who_work_on_it(people):
    made = factories.in_status("approved", people)
    workflow.place_hold(people.lead, made.reference, REASON)
    seen = {who: signed_in(getattr(people, who)).get(at(made)).text for who in ("officer", "auditor", "other_officer")}
    assert {who: REASON in text for who, text in seen.items()} == {
        "officer": True,
        "auditor": True,
        "other_officer": False,
    }
    assert all("nothing of it may be destroyed" in text for text in seen.values())


def test_nobody_is_led_to_take_something_out_of_what_is_held(people):
    made, client = factories.in_status("approved", people), signed_in(people.administrator)
    link = f'href="{at(made, "redact")}"'
    assert link in client.get(at(made)).text
    workflow.place_hold(people.lead, made.reference, REASON)
    assert link not in client.get(at(made)).text


# What can be asked for


@pytest.mark.parametrize("status", Status)
def test_the_page_works_in_every_state_and_leads_to_all_that_can_be_given(people, status):
    made = factories.in_status(status, people)
    text = signed_in(people.administrator).get(at(made)).text
    for page in ("report/", "report.pdf", "answers.csv", "answers.json"):
        assert f'href="/assessments/{made.reference}/{page}"' in text
    for number in made.versions.values_list("number", flat=True):
        assert f'href="/assessments/{made.reference}/versions/{number}/report.pdf"' in text
    assert "section 77 of the Freedom of Information Act 2000" in text


def test_an_officer_of_another_service_gets_no_link_to_the_comments(people):
    made = factories.in_status("approved", people)
    link = f'href="/assessments/{made.reference}/review/"'
    assert link not in signed_in(people.other_officer).get(at(made)).text
    assert link in signed_in(people.officer).get(at(made)).text


def test_the_page_asks_the_database_little(people, django_assert_max_num_queries):
    made, client = factories.in_status("approved", people), signed_in(people.officer)
    client.get(at(made))
    with django_assert_max_num_queries(12):
        client.get(at(made))


# The list of those past their day


def ended(people, day, status="approved", years=None):
    made = factories.in_status(status, people)
    return workflow.keep(people.administrator, made.reference, day, years)


def past(people, today, **more):
    with clock.telling(datetime.combine(today, datetime.min.time(), UTC)):
        return [(each.reference, day) for each, day in keeping.past_their_day(people.administrator, **more)]


def test_the_list_has_those_past_their_day_the_earliest_first(people):
    late, early = ended(people, date(2020, 5, 1)), ended(people, date(2020, 3, 5))
    own, going_on = ended(people, date(2021, 3, 5), years=1), ended(people, None)
    draft = ended(people, date(2010, 1, 1), "draft")
    withdrawn = factories.in_status("withdrawn", people)
    Assessment.objects.filter(pk=withdrawn.pk).update(status_since=datetime(2019, 12, 31, tzinfo=UTC))
    assert past(people, date(2026, 3, 6)) == [
        (own.reference, date(2022, 3, 5)),
        (withdrawn.reference, date(2025, 12, 31)),
        (early.reference, date(2026, 3, 5)),
    ]
    assert late.reference in dict(past(people, date(2026, 5, 2)))
    assert not {going_on.reference, draft.reference} & dict(past(people, date(2099, 1, 1))).keys()


def test_it_is_kept_on_its_last_day(people):
    ended(people, date(2020, 3, 5))
    assert past(people, date(2026, 3, 5)) == []
    assert len(past(people, date(2026, 3, 6))) == 1


def test_those_under_a_hold_stand_apart(people):
    made = ended(people, date(2010, 3, 5))
    workflow.place_hold(people.lead, made.reference, REASON)
    today = date(2026, 3, 6)
    assert (past(people, today), len(past(people, today, is_held=True))) == ([], 1)


def test_the_rule_and_the_list_agree_on_every_day(people, council):
    """The list leaves most out in the database, by year; the rule says which day."""
    made = [ended(people, date(2020, month, 28), years=years) for month in (2, 12) for years in (None, 1, 5)]
    for today in (date(year, month, 28) for year in (2021, 2025, 2026) for month in (2, 3, 12)):
        expected = {each.reference for each in made if keeping.kept_until(each, council) < today}
        assert dict(past(people, today)).keys() == expected, today


def test_a_person_is_told_only_of_what_they_see(people):
    ended(people, date(2010, 3, 5))
    withdrawn = factories.in_status("withdrawn", people)
    Assessment.objects.filter(pk=withdrawn.pk).update(status_since=datetime(2010, 1, 1, tzinfo=UTC))
    assert len(keeping.past_their_day(people.administrator)) == 2
    assert len(keeping.past_their_day(people.other_officer)) == 1
    assert not permissions.may_dispose(people.other_officer)
