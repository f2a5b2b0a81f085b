"""Filters for what differs between two texts."""

from collections.abc import Iterable
from itertools import pairwise

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.duty.difference import RowDifference
from assessments.duty.words import Part

register = template.Library()

_TAGS = {"removed": "del", "added": "ins"}
_BLANKS = {True: "¶", False: "·"}
"""What stands for a line break, or for a mere space, that came or went by itself."""


@register.filter
def marked(parts: Iterable[Part]) -> SafeString:
    """The parts as HTML. What came or went is told by its tag, and in words for whoever hears it or copies it."""
    row = [Part("same", ""), *parts]
    return format_html_join("", "{}{}", ((_between(before, part), _marked(part)) for before, part in pairwise(row)))


@register.filter
def each_marked(parts: Iterable[Part]) -> list[SafeString]:
    """The choices of a list, each as HTML."""
    return [_marked(part) for part in parts]


def _between(before: Part, part: Part) -> str:
    """A blank between what went and what came in its place, where neither has one."""
    touch = before.op == "removed" and part.op == "added"
    return " " if touch and not (before.text[-1].isspace() or part.text[0].isspace()) else ""


def _marked(part: Part) -> SafeString:
    """One part. The blanks around it stay outside its marks."""
    if part.op == "same":
        return format_html("{}", part.text)
    body = part.text.strip()
    start = len(part.text) - len(part.text.lstrip()) if body else 0
    before, after = part.text[:start], part.text[start + len(body) :]
    if not body:
        body, after = _BLANKS["\n" in part.text], part.text if part.op == "added" else ""
    return format_html(
        '{}<span class="govuk-visually-hidden">[{}: </span><{tag}>{}</{tag}>'
        '<span class="govuk-visually-hidden">]</span>{}',
        before,
        part.op,
        body,
        after,
        tag=_TAGS[part.op],
    )


@register.filter
def is_long(row: RowDifference) -> bool:
    """Whether what differs is so long that it may be split over two printed pages."""
    return bool(row.items) or sum(len(part.text) for part in row.folded) > 800


@register.filter
def change(kind: str) -> str:
    """What became of an answer, in a word."""
    return {"added": "New", "removed": "Taken out", "changed": "Changed"}[kind]
