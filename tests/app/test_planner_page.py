"""The planner: by when each step must be done, counted back from the decision, and what is late."""

from datetime import UTC, date, datetime

import pytest

from assessments import clock, workflow
from assessments.documents import Draft
from assessments.models import Assessment
from assessments.views import planner
from tests import factories
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

# 24 March 2027 is a Wednesday. In England 26 and 29 March are bank holidays: Easter.
DECISION = date(2027, 3, 24)


def at(day, month, year=2027):
    """Noon of that day: when the page is looked at."""
    return clock.telling(datetime(year, month, day, 12, tzinfo=UTC))


def planned(people, status="draft", day=DECISION):
    """An assessment whose decision is on that day."""
    with at(4, 1):
        made = factories.in_status(status, people)
    Assessment.objects.filter(pk=made.pk).update(decision_date=day)
    return Assessment.objects.get(pk=made.pk)


def steps(assessment):
    """The plan as the page shows it: day and tag by step, in the words before the first comma."""
    shown = planner.context(Draft(assessment)).get("steps", [])
    return {each.label.partition(",")[0]: (each.by, each.tag) for each in shown}


def test_the_steps_are_counted_back_from_the_decision_with_the_days_of_the_check(people):
    made = planned(people)
    with at(11, 1):
        assert steps(made) == {
            "Consultation started": (date(2026, 12, 31), "Past"),
            "Submitted to the head of service": (date(2027, 2, 19), ""),
            "Sent to the equality lead": (date(2027, 2, 24), ""),
            "Passed by the equality lead": (date(2027, 3, 10), ""),
            "Approved": (date(2027, 3, 12), ""),
            "Papers published": (date(2027, 3, 16), ""),
            "Decision": (DECISION, ""),
        }


def test_a_council_that_takes_longer_to_check_starts_earlier(people, council):
    made = planned(people)
    council.check_days = 15
    council.save()
    with at(11, 1):
        assert steps(made)["Sent to the equality lead"] == (date(2027, 2, 17), "")
        page = signed_in(people.officer).get(f"/assessments/{made.reference}/decision/").text
    assert "15 of them are for the equality lead’s check" in page


def test_the_days_are_those_of_the_nation(people):
    made = planned(people)
    Assessment.objects.filter(pk=made.pk).update(rule_set="scotland")
    with at(11, 1):
        assert steps(Assessment.objects.get(pk=made.pk))["Papers published"] == (date(2027, 3, 18), "")


def test_it_warns_early_and_says_what_to_do(people):
    made = planned(people)
    officer, page = signed_in(people.officer), f"/assessments/{made.reference}/decision/"
    with at(11, 1):
        assert planner.context(Draft(made))["alert"] is None
    with at(12, 2):
        text = officer.get(page).text
        assert "Submit by 19 February 2027: 5 working days from now." in text
        assert "govuk-warning-text__icon" not in text
    with at(22, 2):
        text = officer.get(page).text
        assert "Submit today: it was due by 19 February 2027." in text
        assert "govuk-warning-text__icon" in text
        assert '<strong class="govuk-tag govuk-tag--red">Late</strong>' in text


def test_what_is_behind_is_done_and_only_what_we_know_of_is_late(people):
    made = planned(people, "with-lead")
    with at(19, 3):
        shown = steps(made)
    assert shown["Submitted to the head of service"][1] == "Done"
    assert shown["Sent to the equality lead"][1] == "Done"
    assert shown["Passed by the equality lead"][1] == "Late"
    assert shown["Papers published"][1] == "Past"
    assert shown["Decision"][1] == "Soon"


def test_a_screening_has_fewer_steps(people):
    made = planned(people, "screening")
    with at(11, 1):
        assert list(steps(made)) == ["Approved", "Papers published", "Decision"]


def test_a_decision_that_was_put_off_is_planned_anew(people):
    made = planned(people, "approved")
    with at(11, 1):
        workflow.record_decision(people.officer, made.reference, {"body": "Cabinet", "meets_on": date(2027, 4, 21)})
        assert steps(made)["Decision"] == (date(2027, 4, 21), "")


def test_nothing_is_planned_without_a_day_or_when_it_is_over(people):
    with at(11, 1):
        assert planner.context(Draft(planned(people, day=None))) == {}
        for status in ("withdrawn", "screened-out"):
            assert planner.context(Draft(planned(people, status))) == {}
    made = factories.in_status("decided", people)
    assert planner.context(Draft(made)) == {}
    assert (
        "In time for the decision" not in signed_in(people.officer).get(f"/assessments/{made.reference}/decision/").text
    )


def test_when_the_day_has_passed_the_page_asks_what_became_of_it(people):
    made = planned(people, "supplied", day=None)
    Assessment.objects.filter(pk=made.pk).update(decision_date=DECISION)
    made.decision.meets_on = DECISION
    made.decision.save()
    with at(25, 3):
        text = signed_in(people.officer).get(f"/assessments/{made.reference}/decision/").text
    assert "The decision date, 24 March 2027, has passed. Record what was decided." in text
