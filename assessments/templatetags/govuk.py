"""Filters that the components need beyond the template language."""

from django import template
from django.forms import BaseForm

from psed import rendering

register = template.Library()


@register.filter
def summary_errors(form):
    """The lines of the error summary of `form`, which need not be there."""
    return rendering.summary_errors(form) if isinstance(form, BaseForm) else []


@register.filter
def elided_pages(page):
    """The page numbers to offer: the first, the last, the neighbours, and None where some are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
