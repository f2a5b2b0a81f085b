"""Filters for what assessments say."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from assessments import prose
from assessments.duty.decision import Decided, Supplied
from assessments.duty.document import NOTHING, Row, long_date
from assessments.duty.lifecycle import Status

register = template.Library()


@register.filter(name="prose")
def as_html(text: str) -> SafeString:
    """What somebody wrote at length, as safe HTML."""
    return prose.to_html(text)


@register.filter
def day(iso: str) -> str:
    """An ISO date as people write it, or nothing."""
    return long_date(iso) if iso else ""


@register.filter
def clock_time(moment: datetime) -> str:
    """A time of day in the style of GOV.UK: 5:30pm."""
    local = timezone.localtime(moment)
    return f"{local:%I:%M%p}".lower().removeprefix("0")


@register.filter
def status(value: str) -> Any:
    """Label and colour of a status."""
    return Status(value).facts


@register.filter
def moment(iso: str) -> str:
    """An ISO moment as people write it: 5 March 2026 at 5:30pm."""
    when = datetime.fromisoformat(iso)
    return f"{long_date(when.date().isoformat())} at {clock_time(when)}"


@register.filter
def supplied(value: str) -> str:
    """In which form an assessment was supplied."""
    return Supplied(value).label


@register.filter
def decided(value: str) -> str:
    """What was decided."""
    return Decided(value).label


@register.simple_tag
def nothing() -> str:
    """What stands where nobody answered."""
    return NOTHING


@register.filter
def is_long(row: Row) -> bool:
    """Whether an answer is so long that it may be split over two printed pages."""
    return len(row.text) > 800 or len(row.entries) > 20


@register.filter
def is_table(items: Any) -> bool:
    """Whether items have so little in each that they read best as rows of one table."""
    return all(row.kind != "prose" for item in items for row in item.rows) and len(items[0].rows) <= 6


@register.filter
def itemset(form: Any, key: str) -> Any:
    """The formset of a page's list of items."""
    return form.itemsets[key]
