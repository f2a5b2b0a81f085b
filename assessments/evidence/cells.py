"""What stands in a single cell."""

import re
from datetime import date, datetime

from assessments import clock
from assessments.evidence.unreadable import Unreadable, shown

COUNT = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3}")
HELD_BACK = ("*", "x", "c", "-", "–", "..", ":", "z", "[c]", "[x]", "[z]")
FIRST = date(1801, 3, 10)
"""The first Census of Great Britain."""
_DATES = ("%Y-%m-%d", "%d/%m/%Y")  # a spreadsheet turns the first into the second


def count(text: str, row: int, column: str) -> int:
    """A number of people or households: whole, not negative, with or without commas for thousands."""
    if COUNT.fullmatch(text):
        return int(text.replace(",", ""))
    raise Unreadable(_why_no_count(text), row, column)


def _why_no_count(text: str) -> str:
    if not text:
        return "There is no count. Write 0 if nobody was counted, or take the row or the column out."
    if text.casefold() in HELD_BACK:
        return (
            f"“{shown(text)}” stands in place of a count, perhaps because the figure was held back. "
            "Take the row or the column out, or ask the publisher for the figure."
        )
    if re.fullmatch(r"[-−][0-9,.]+", text):
        return f"“{shown(text)}” is below zero. A count cannot be."
    if re.fullmatch(r"[0-9,]*\.[0-9]+", text):
        return f"“{shown(text)}” is not a whole number. A count is: give counts, not percentages or rates."
    if re.fullmatch(r"[0-9,]{13,}", text):
        return f"“{shown(text)}” is more than we can keep. A comma or another divider may be missing."
    return f"“{shown(text)}” is not a count. Give a whole number, such as 1204 or 1,204."


def official_code(text: str, row: int, column: str) -> str:
    """The code that the Office for National Statistics gave an area."""
    if not re.fullmatch(r"[A-Z][0-9]{8}", text):
        raise Unreadable(
            f"“{shown(text)}” is no code of an area. It is a letter and eight figures, such as E06000021.", row, column
        )
    return text


def own_code(text: str, row: int, column: str) -> str:
    """An official code, or one that a council made for an area of its own."""
    if not re.fullmatch(r"[A-Za-z0-9-]{1,20}", text):
        raise Unreadable(
            f"“{shown(text)}” is no code of an area. Use up to 20 letters, figures and hyphens, such as E06000021.",
            row,
            column,
        )
    return text


def words(text: str, row: int, column: str, longest: int = 200) -> str:
    """Text that must be there, on one line."""
    line = " ".join(text.split())
    if not line:
        raise Unreadable("This cell is empty. Fill it in.", row, column)
    return optional_words(line, row, column, longest)


def optional_words(text: str, row: int, column: str, longest: int = 1000) -> str:
    """Text on one line, or none."""
    line = " ".join(text.split())
    if len(line) > longest:
        raise Unreadable(f"This cell has {len(line)} characters. There is room for {longest}.", row, column)
    if not line.isprintable():
        raise Unreadable("This cell has characters that cannot be shown. Type it again.", row, column)
    return line


def day(text: str, row: int, column: str) -> date:
    """A date, as 2021-03-21 or 21/03/2021, on which people can have been counted: none before FIRST or after today."""
    found = _day(text)
    if found is None:
        raise Unreadable(f"“{shown(text)}” is no date. Write it as 2021-03-21.", row, column)
    if found < FIRST:
        raise Unreadable(f"“{shown(text)}” is before the first Census. Check the year.", row, column)
    if found > clock.today():
        raise Unreadable(f"“{shown(text)}” is still to come. Give the day on which people were counted.", row, column)
    return found


def _day(text: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


def yes(text: str, row: int, column: str) -> bool:
    """Whether a mark is set: yes or no; empty is no."""
    if text.casefold() in ("yes", "true"):
        return True
    if text.casefold() in ("no", "false", ""):
        return False
    raise Unreadable(f"“{shown(text)}” is neither yes nor no.", row, column)
