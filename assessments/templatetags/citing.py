"""Filters for figures that are cited."""

from django import template

from assessments.duty.cited import Cited
from assessments.reports import cited as reports
from assessments.reports.charts.figure import Figure

register = template.Library()


@register.filter
def charted(cited: Cited, place: str) -> tuple[Figure, ...]:
    """A table as its charts. `place` tells two charts of one page apart where they show the same."""
    return reports.figures(cited, f"{place}-{cited.id}")
