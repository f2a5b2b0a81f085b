"""What time it is for the record.

The demonstration is told as it would have happened, over two years; everything else happens now.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The moment to record."""
    return _told.get() or timezone.now()


def today() -> date:
    """The day to record, in the council's time zone."""
    return timezone.localdate(now())


def is_told() -> bool:
    """Whether what is done now is told as done at another moment: nobody is waiting to hear of it."""
    return _told.get() is not None


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Record what is done inside as done at that moment."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
