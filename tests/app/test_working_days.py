"""Working days in England, Wales and Scotland, which have different bank holidays."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import working_days
from assessments.duty import planner
from assessments.duty.lifecycle import Status
from assessments.working_days import is_working_day, working_days_between

NATIONS = ("england", "wales", "scotland")
nations = st.sampled_from(NATIONS)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))

# https://www.gov.uk/bank-holidays
IN_2026 = {
    "england": ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    "wales": ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    "scotland": ["01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "08-03", "11-30", "12-25", "12-28"],
}


@pytest.mark.parametrize("nation", NATIONS)
def test_the_weekdays_of_2026_that_are_not_worked_are_the_bank_holidays(nation):
    year = [date(2026, 1, 1) + timedelta(days=each) for each in range(365)]
    weekdays = [day for day in year if day.weekday() < 5]
    assert [f"{day:%m-%d}" for day in weekdays if not is_working_day(day, nation)] == IN_2026[nation]


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("day", [date(2022, 9, 19), date(2023, 5, 8)], ids=["state funeral", "coronation"])
def test_a_bank_holiday_for_one_year_alone_counts(day, nation):
    assert not is_working_day(day, nation)


def test_a_weekend_is_not_worked():
    assert [is_working_day(date(2026, 11, day), "england") for day in (20, 21, 22, 23)] == [True, False, False, True]


def test_what_came_on_a_monday_has_waited_one_day_on_tuesday():
    monday = date(2026, 11, 23)
    assert working_days_between(monday, monday, "england") == 0
    assert working_days_between(monday, date(2026, 11, 24), "england") == 1


def test_a_weekend_adds_nothing_to_a_wait():
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert working_days_between(friday, date(2026, 11, 22), "england") == 0
    assert working_days_between(friday, monday, "england") == 1
    assert working_days_between(date(2026, 11, 21), monday, "england") == 1


def test_easter_makes_a_wait_shorter_in_england_than_in_scotland():
    maundy_thursday, wednesday = date(2026, 4, 2), date(2026, 4, 8)
    assert working_days_between(maundy_thursday, wednesday, "england") == 2
    assert working_days_between(maundy_thursday, wednesday, "scotland") == 3


def test_ten_working_days_over_new_year():
    assert working_days.add(date(2026, 12, 21), 10, "england") == date(2027, 1, 7)
    assert working_days.add(date(2026, 12, 21), 10, "scotland") == date(2027, 1, 8)
    assert working_days.before(date(2027, 1, 7), 10, "england") == date(2026, 12, 21)


@given(days, st.integers(1, 60), nations)
def test_what_has_so_many_days_is_due_when_it_has_waited_as_many(day, count, nation):
    due = working_days.add(day, count, nation)
    assert is_working_day(due, nation)
    assert working_days_between(day, due, nation) == count
    assert working_days_between(day, due - timedelta(days=1), nation) == count - 1


@given(days, st.integers(1, 60), nations)
def test_counting_back_and_on_again_from_a_working_day_ends_where_it_began(day, count, nation):
    working = working_days.add(day, 1, nation)
    assert working_days.add(working_days.before(working, count, nation), count, nation) == working


@given(days, nations)
def test_no_days_on_or_back_is_the_day_itself(day, nation):
    assert working_days.add(day, 0, nation) == working_days.before(day, 0, nation) == day


@pytest.mark.parametrize("year", [1000, 1871, 2101, 9999])
def test_a_year_without_a_list_of_bank_holidays_has_weekends_alone(year):
    found = [is_working_day(date(year, 1, 1) + timedelta(days=each), "england") for each in range(7)]
    assert found.count(True) == 5


@pytest.mark.parametrize("nation", ["northern-ireland", "England", ""])
def test_a_nation_that_is_not_covered_is_refused(nation):
    with pytest.raises(ValueError, match="is not a valid Nation"):
        is_working_day(date(2026, 11, 23), nation)


def test_a_wait_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="2026-11-22 is before 2026-11-23"):
        working_days_between(date(2026, 11, 23), date(2026, 11, 22), "england")


@pytest.mark.parametrize("count_days", [working_days.add, working_days.before])
def test_a_number_of_days_below_nought_is_refused(count_days):
    with pytest.raises(ValueError, match="-1 is no number of days"):
        count_days(date(2026, 11, 23), -1, "england")


def test_a_moment_is_refused_since_its_day_depends_on_the_time_zone():
    with pytest.raises(TypeError, match="a day, not a moment"):
        is_working_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "england")


@pytest.mark.parametrize(
    ("nation", "papers", "submit"),
    [
        ("england", "2027-04-02", "2027-03-08"),
        ("wales", "2027-04-06", "2027-03-10"),
        ("scotland", "2027-04-06", "2027-03-11"),
    ],
)
def test_a_plan_counts_with_the_bank_holidays_of_the_nation(nation, papers, submit):
    plan = planner.plan(
        date(2027, 4, 12),
        date(2027, 1, 4),
        check_days=10,
        notice_days=planner.NOTICE_DAYS[nation],
        before=partial(working_days.before, nation=nation),
        between=partial(working_days_between, nation=nation),
    )
    found = {each.slug: each.by.isoformat() for each in plan.milestones}
    assert (found["papers"], found["submit"]) == (papers, submit)
    assert plan.warning(Status.DRAFT) is None
