"""Filters for figures that are cited."""

from django import template

from assessments.duty.cited import Cited
from assessments.reports import cited as reports
from assessments.reports.charts.figure import Figure

register = template.Library()


@register.filter
def charted(cited: Cited, place: str) -> Figure:
    """A table as a chart. `place` tells two charts of one page apart where they show the same."""
    return reports.figure(cited, f"{place}-{cited.id}")
