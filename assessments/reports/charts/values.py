"""What a chart is given: figures as they are published, and words where there is none.

Counts that are not protected never come here: `assessments.duty.disclosure` says what is shown of them.
"""

import math
import re
from collections.abc import Iterable

from assessments.duty.disclosure import Mark, Published
from assessments.reports.charts.lettering import shown

Value = float | Published
"""A number, to be written as GOV.UK does; or what is published, with its own words."""

WITHHELD = Published(Mark.WITHHELD, "withheld")
TOO_FEW = Published(Mark.NO_RATE, "too few to say")
NO_FIGURE = Published(Mark.NO_RATE, "no figure")

MOST = 999_999
"""Above this a number is written as “over 999,999”, and drawn at the end of its axis."""

_KEY = re.compile(r"[a-z][a-z0-9-]*")


def check_key(key: str) -> None:
    """Raise ValueError unless the key can be part of an id."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"The key of a chart is small letters, digits and hyphens, not {key!r}")


def check_shares(shares: Iterable[Value]) -> None:
    """Raise ValueError for a share that is no number, endless or below nothing."""
    for share in shares:
        number = number_of(share)
        if number is not None and not (math.isfinite(number) and number >= 0):
            raise ValueError(f"A share is a number from 0 up, not {number!r}")


def number_of(value: Value) -> float | None:
    """What there is to draw. A figure that is hidden has none, whatever stands behind it."""
    if isinstance(value, Published):
        return None if value.is_hidden else value.number
    return value


def numbers(values: Iterable[Value]) -> list[float]:
    """The numbers that there are to draw."""
    return [number for value in values if (number := number_of(value)) is not None]


def is_hidden(value: Value) -> bool:
    """Whether there is a figure that is not shown."""
    return isinstance(value, Published) and value.is_hidden


def as_text(share: Value) -> str:
    """A share as it is published; a number, which is in percent, with one decimal.

    What is more than nothing is never written as nothing.
    """
    if isinstance(share, Published):
        return shown(share.text)
    if share > MOST:
        return f"over {MOST:,}%"
    if 0 < share < 0.05:
        return "under 0.1%"
    return f"{share:,.1f}%" if share else "0%"


def times(ratio: float) -> str:
    """A ratio. What is not 1 is never written as 1, and what is not nothing never as nothing."""
    if ratio > MOST:
        return f"over {MOST:,}"
    if ratio == 0:
        return "0"
    if ratio < 0.005:
        return "under 0.01"
    text = f"{ratio:,.{2 if ratio < 10 else 1 if ratio < 100 else 0}f}"
    if text == "1.00" and ratio != 1:
        return "just over 1" if ratio > 1 else "just under 1"
    return text
