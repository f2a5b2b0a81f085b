"""How the checks put their messages together: short, whatever the officer wrote."""

from collections.abc import Sequence
from datetime import date

from assessments.duty.document import long_date

MOST = 3
"""How many things a message names before it only counts the rest; it never counts just one."""
LONGEST = 60
"""Characters of an officer's own words in a message."""


def listed(things: Sequence[str]) -> str:
    """The things in a row: “a, b and c”, or “a, b, c and 2 more”."""
    named = things if len(things) <= MOST + 1 else [*things[:MOST], f"{len(things) - MOST} more"]
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)


def quoted(words: str) -> str:
    """An officer's own words in quotation marks, cut where they are long."""
    words = " ".join(words.split())
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + '…'}”"


def joined(sentences: Sequence[str]) -> str:
    """Sentences one after the other, the first few of many."""
    more = ["There is more to mend here."] if len(sentences) > MOST else []
    return " ".join([*sentences[:MOST], *more])


def on(day: date) -> str:
    """A day in words: 27 March 2026."""
    return long_date(day.isoformat())
