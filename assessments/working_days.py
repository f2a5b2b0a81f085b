"""The days that a council works: Monday to Friday, without the bank holidays of its nation.

Days are counted as deadlines are: not the day from which, but the day to which. What came on a Monday has waited one
working day on Tuesday, and is due on `add(monday, 10, nation)` where ten are allowed.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

from assessments.duty.rulesets import Nation

_SUBDIVISIONS = {Nation.ENGLAND: "ENG", Nation.WALES: "WLS", Nation.SCOTLAND: "SCT"}

_DAY = timedelta(days=1)


def is_working_day(day: date, nation: str) -> bool:
    """Whether a council in that nation works on that day.

    Raises ValueError for a nation that is none of ours, TypeError for a moment: what day that is depends on a time
    zone.
    """
    if isinstance(day, datetime):
        raise TypeError("Ask about a day, not a moment")
    return day not in _bank_holidays(nation, day.year) and day.weekday() < 5


def working_days_between(start: date, end: date, nation: str) -> int:
    """How many full working days something has waited on `end` that came on `start`: the working days after `start`,
    up to and including `end`.

    Looks at each day in turn: for waits and plans, not for centuries. Raises ValueError when `end` is before `start`.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    return sum(is_working_day(start + _DAY * after, nation) for after in range(1, (end - start).days + 1))


def add(day: date, count: int, nation: str) -> date:
    """The working day that is `count` working days after `day`; `day` itself for 0. Raises ValueError below 0."""
    return _step(day, count, nation, _DAY)


def before(day: date, count: int, nation: str) -> date:
    """The working day that is `count` working days before `day`; `day` itself for 0. Raises ValueError below 0."""
    return _step(day, count, nation, -_DAY)


def _step(day: date, count: int, nation: str, towards: timedelta) -> date:
    if count < 0:
        raise ValueError(f"{count} is no number of days to count")
    while count > 0:
        day += towards
        count -= is_working_day(day, nation)
    return day


@lru_cache(maxsize=256)
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    """Those of one year. The library lists them from 1872 to 2100; beyond, only weekends are not worked."""
    import holidays  # 0.3 seconds and 17 MiB, for those who need it

    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[Nation(nation)], years=year))
