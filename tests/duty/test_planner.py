"""Counting back from the decision: the latest days, and what an assessment is warned of where it stands."""

from datetime import date, timedelta
from itertools import count, islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.duty import planner
from assessments.duty.lifecycle import Status
from assessments.duty.planner import NOTICE_DAYS, State
from assessments.duty.rulesets import Nation

DAY = timedelta(days=1)
DECISION = date(2027, 3, 18)
"""A Thursday, with no bank holiday in the ten weeks before."""
OPEN = [
    Status.DRAFT,
    Status.RETURNED,
    Status.WITH_HEAD,
    Status.WITH_LEAD,
    Status.PASSED,
    Status.APPROVED,
    Status.SCREENING,
]
OVER = sorted(set(Status) - {*OPEN, Status.SUPPLIED})

far_and_near = st.dates(date(1000, 1, 1), date(9999, 12, 31)) | st.dates(date(2026, 12, 1), date(2027, 6, 1))
some_holidays = st.sets(st.dates(date(2026, 9, 1), date(2027, 5, 1)), max_size=40)


class Calendar:
    """Monday to Friday without the days given, counted the plain way."""

    def __init__(self, holidays=()):
        self.holidays = holidays

    def works(self, day):
        return day.weekday() < 5 and day not in self.holidays

    def before(self, day, days):
        working = (day - DAY * back for back in count(1) if self.works(day - DAY * back))
        return next(islice(working, days - 1, None)) if days else day

    def between(self, start, end):
        return sum(self.works(start + DAY * after) for after in range(1, (end - start).days + 1))


def plan(decision=DECISION, today=date(2026, 11, 23), holidays=(), check_days=10, notice_days=5, **options):
    calendar = Calendar(holidays)
    counting = {"before": calendar.before, "between": calendar.between}
    return planner.plan(decision, today, check_days=check_days, notice_days=notice_days, **counting, **options)


def said(status, **options):
    """The words of the warning, if there is one."""
    return str(plan(**options).warning(status) or "")


def test_the_way_to_a_decision_in_england():
    assert [(each.slug, each.by.isoformat()) for each in plan().milestones] == [
        ("consult", "2026-12-28"),
        ("submit", "2027-02-15"),
        ("forward", "2027-02-18"),
        ("check", "2027-03-04"),
        ("supply", "2027-03-08"),
        ("papers", "2027-03-10"),
        ("decision", "2027-03-18"),
    ]


def test_five_clear_days_in_england_and_three_in_wales_and_scotland():
    papers = {nation: plan(notice_days=NOTICE_DAYS[nation]).milestone("papers").by for nation in Nation}
    assert papers == {
        Nation.ENGLAND: date(2027, 3, 10),
        Nation.WALES: date(2027, 3, 12),
        Nation.SCOTLAND: date(2027, 3, 12),
    }


def test_a_milestone_says_how_many_clear_days_the_papers_need():
    assert plan().milestone("papers").label == "Papers published, 5 clear working days before the decision"
    assert "1 clear working day before" in plan(notice_days=1).milestone("papers").label


def test_a_holiday_makes_every_step_before_it_earlier():
    with_holiday = plan(holidays={date(2027, 3, 9)})
    assert with_holiday.milestone("papers").by == plan().milestone("papers").by
    assert with_holiday.milestone("supply").by == date(2027, 3, 5)
    assert with_holiday.milestone("submit").by == date(2027, 2, 12)


@given(some_holidays, st.dates(date(2026, 12, 1), date(2027, 5, 1)), st.integers(0, 30), st.integers(0, 10))
def test_the_clear_days_are_clear_and_no_later_day_would_do(holidays, decision, check_days, notice_days):
    calendar = Calendar(holidays)
    papers = plan(decision, holidays=holidays, check_days=check_days, notice_days=notice_days).milestone("papers").by
    assert calendar.works(papers)
    assert calendar.between(papers, decision - DAY) == notice_days


@given(some_holidays, st.dates(date(2026, 12, 1), date(2027, 5, 1)), st.none() | st.just(date(2027, 1, 29)))
def test_every_step_before_the_decision_is_on_a_working_day(holidays, decision, closes):
    steps = plan(decision, holidays=holidays, consultation_closes=closes).milestones[:-1]
    assert all(Calendar(holidays).works(each.by) for each in steps)


@given(some_holidays, far_and_near, far_and_near, st.integers(0, 60), st.integers(0, 10), st.none() | far_and_near)
def test_milestones_are_never_out_of_order(holidays, decision, today, check_days, notice_days, closes):
    options = {"check_days": check_days, "notice_days": notice_days, "consultation_closes": closes}
    milestones = plan(decision, today, holidays, **options).milestones
    assert all(earlier.by <= later.by for earlier, later in pairwise(milestones))
    assert [each.slug for each in milestones][-6:] == ["submit", "forward", "check", "supply", "papers", "decision"]
    assert milestones[-1].by == decision


@given(some_holidays, st.dates(date(2026, 12, 1), date(2027, 5, 1)), st.integers(0, 30))
def test_the_check_has_its_days_in_full(holidays, decision, check_days):
    found = plan(decision, holidays=holidays, check_days=check_days)
    assert Calendar(holidays).between(found.milestone("forward").by, found.milestone("check").by) == check_days


@given(far_and_near, far_and_near, st.integers(0, 60), st.none() | far_and_near, st.sampled_from(Status))
def test_whatever_the_dates_there_are_sensible_words_or_none(decision, today, check_days, closes, status):
    found = plan(decision, today, check_days=check_days, consultation_closes=closes)
    alert = found.warning(status)
    if alert is None:
        return
    assert alert.text.endswith(".")
    assert "None" not in alert.text
    assert " in 0 " not in alert.text
    assert ": 0 " not in alert.text
    assert "-" not in alert.text


@given(st.integers(0, 120), st.sampled_from(OPEN))
def test_it_is_late_from_the_day_after_the_latest_day_for_the_next_step_and_not_before(days, status):
    steps = {Status.DRAFT: "submit", Status.RETURNED: "submit", Status.WITH_HEAD: "forward", Status.WITH_LEAD: "check"}
    found = plan(today=DECISION - DAY * (days + 1))
    alert = found.warning(status)
    is_late = alert is not None and alert.is_late
    assert is_late == (found.milestone(steps.get(status, "supply")).state is State.PAST)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2027, 2, 5), State.AHEAD, 6),
        (date(2027, 2, 8), State.SOON, 5),
        (date(2027, 2, 15), State.SOON, 0),
        (date(2027, 2, 16), State.PAST, None),
        (date(2025, 11, 3), State.AHEAD, None),
    ],
)
def test_a_step_is_ahead_then_soon_then_past(today, state, days):
    submit = plan(today=today).milestone("submit")
    assert (submit.state, submit.days) == (state, days)


def test_a_draft_is_warned_two_weeks_before_its_latest_day():
    assert said(Status.DRAFT, today=date(2027, 1, 29)) == ""
    assert said(Status.DRAFT, today=date(2027, 2, 1)) == "Submit by 15 February 2027: 10 working days from now."
    assert said(Status.DRAFT, today=date(2027, 2, 12)) == "Submit by 15 February 2027: 1 working day from now."
    assert said(Status.DRAFT, today=date(2027, 2, 15)) == "Submit today, 15 February 2027."


def test_a_later_step_is_warned_one_week_before_its_latest_day():
    assert said(Status.WITH_LEAD, today=date(2027, 2, 24)) == ""
    assert (
        said(Status.WITH_LEAD, today=date(2027, 2, 25)) == "Finish the check by 4 March 2027: 5 working days from now."
    )


def test_no_time_for_the_check_means_a_later_date_or_the_equality_lead():
    assert said(Status.DRAFT, today=date(2027, 3, 12)) == (
        "The check takes 10 working days. The decision is in 4 working days, and its papers are already due. "
        "Ask for a later date, or tell the equality lead today."
    )
    assert said(Status.WITH_HEAD, today=date(2027, 3, 3)) == (
        "The check takes 10 working days. The papers go out in 5 working days. "
        "Ask for a later date, or tell the equality lead today."
    )


def test_while_the_check_can_still_be_done_a_late_step_is_to_be_done_today():
    assert said(Status.DRAFT, today=date(2027, 2, 24)) == (
        "Submit today: it was due by 15 February 2027. The check takes 10 working days. "
        "The papers go out in 10 working days."
    )
    assert said(Status.DRAFT, today=date(2027, 2, 25)).startswith("The check takes 10 working days. The papers go out")


def test_after_the_check_a_late_step_is_for_the_reports_author_once_the_papers_are_due():
    assert said(Status.PASSED, today=date(2027, 3, 10)) == (
        "Approve it and supply it to the report’s author today: it was due by 8 March 2027. The papers go out today."
    )
    assert said(Status.APPROVED, today=date(2027, 3, 17)) == (
        "Supply it to the report’s author today: it was due by 8 March 2027. The decision is in 1 working day, and its "
        "papers are already due. Ask for a later date, or tell the report’s author today."
    )


@pytest.mark.parametrize("status", [each for each in OPEN if each is not Status.APPROVED])
def test_on_the_day_of_the_decision_what_is_not_approved_is_too_late(status):
    assert said(status, today=DECISION).startswith("The decision is today, and this assessment is not approved.")


def test_on_the_day_of_the_decision_what_is_approved_must_reach_those_who_decide():
    assert "people who decide have this assessment" in said(Status.APPROVED, today=DECISION)
    assert said(Status.SUPPLIED, today=DECISION) == ""


def test_after_the_decision_date_it_asks_for_the_record_or_a_new_date():
    for status in (Status.APPROVED, Status.SUPPLIED):
        assert said(status, today=DECISION + DAY) == (
            "The decision date, 18 March 2027, has passed. Record what was decided. "
            "If the decision was put off, change the date."
        )
    assert "has passed, and this assessment is not approved" in said(Status.DRAFT, today=DECISION + DAY)


@pytest.mark.parametrize("status", OVER)
@pytest.mark.parametrize("today", [DECISION - 60 * DAY, DECISION - 4 * DAY, DECISION, DECISION + DAY])
def test_an_assessment_that_needs_no_further_step_is_not_warned(status, today):
    assert plan(today=today).warning(status) is None


def test_a_decision_on_a_day_that_is_not_worked_is_questioned():
    saturday, holiday = date(2027, 3, 20), date(2027, 3, 26)
    assert said(Status.DRAFT, decision=saturday) == (
        "The decision date, 20 March 2027, is not a working day. Check the date."
    )
    assert "26 March 2027, is not a working day" in said(Status.DRAFT, decision=holiday, holidays={holiday})


def test_the_eve_of_a_decision_on_a_saturday_names_the_day():
    words = said(Status.DRAFT, decision=date(2027, 3, 20), today=date(2027, 3, 19))
    assert "The decision is on 20 March 2027, and its papers are already due." in words


def test_a_decision_far_in_the_future_has_a_plan_and_no_warning():
    found = plan(decision=date(9999, 12, 31))
    assert {each.state for each in found.milestones} == {State.AHEAD}
    assert {each.days for each in found.milestones} == {None}
    assert found.warning(Status.DRAFT) is None


def test_a_consultation_does_not_start_on_a_holiday():
    assert plan(holidays={date(2026, 12, 28)}).milestone("consult").by == date(2026, 12, 25)


def test_a_consultation_that_has_a_date_must_close_in_time_to_write_it_up():
    consult = plan(consultation_closes=date(2027, 1, 29)).milestone("consult")
    assert (consult.label, consult.by) == (
        "Consultation closed, so that you can write up what people said",
        date(2027, 2, 8),
    )


def test_a_consultation_that_is_over_is_no_step_any_more():
    closes = date(2027, 1, 29)
    assert plan(today=closes, consultation_closes=closes).milestones[0].slug == "consult"
    assert plan(today=closes + DAY, consultation_closes=closes).milestones[0].slug == "submit"


def test_a_consultation_that_closes_too_late_asks_for_a_later_decision():
    late = {"consultation_closes": date(2027, 2, 15), "today": date(2027, 1, 5)}
    assert said(Status.DRAFT, **late) == (
        "The consultation closes on 15 February 2027. To be in time for the decision, this assessment must be "
        "submitted by 15 February 2027, with what people said. Ask for a later date."
    )
    assert said(Status.WITH_HEAD, **late) == ""
    assert said(Status.DRAFT, **late | {"consultation_closes": date(2027, 2, 12)}) == ""


@pytest.mark.parametrize("days", [{"check_days": -1}, {"notice_days": -1}])
def test_days_below_nought_are_refused(days):
    with pytest.raises(ValueError, match="less than 0 days"):
        plan(**days)
