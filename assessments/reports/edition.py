"""The impact report of a document, as HTML and as PDF. Both come from the same template parts."""

from typing import Any

from django.template.loader import render_to_string

from assessments.duty import act
from assessments.duty.document import NOTHING, Document


def context(document: Document) -> dict[str, Any]:
    """What the templates of a report are given."""
    return {"document": document, "facts": document.facts, "limbs": act.LIMBS, "nothing": NOTHING}


def to_pdf(document: Document) -> bytes:
    """The report as PDF/UA-1. The same document gives the same bytes."""
    from assessments.reports import pdf

    html = render_to_string("reports/print.html", context(document))
    return pdf.from_html(html, identifier=document.digest)
