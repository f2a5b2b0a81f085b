"""What is read and printed of documents: the impact report, and what differs between two of them.

Page and PDF are made of the same template parts.
"""

import hashlib
from typing import Any

from django.template.loader import render_to_string

from assessments.duty import act
from assessments.duty.difference import compare
from assessments.duty.document import NOTHING, Document

DIFFERENCE = "difference 1"
"""The edition of the PDF that shows what differs. A new number makes those on file anew."""


def context(document: Document) -> dict[str, Any]:
    """What the templates of a report are given."""
    return {"document": document, "facts": document.facts, "limbs": act.LIMBS, "nothing": NOTHING}


def to_pdf(document: Document) -> bytes:
    """The report as PDF/UA-1. The same document gives the same bytes."""
    from assessments.reports import pdf

    html = render_to_string("reports/print.html", context(document))
    return pdf.from_html(html, identifier=document.digest)


def difference_context(before: Document, after: Document) -> dict[str, Any]:
    """What the templates of a difference are given. There is none where the content of either was destroyed."""
    is_gone = bool(before.facts.disposed or after.facts.disposed)
    names = _names(before, after)
    return {
        "difference": None if is_gone else compare(before, after),
        "compared": list(zip(names, (before, after), strict=True)),
        "before_name": names[0],
        "after_name": names[1],
        "facts": after.facts,
        "nothing": NOTHING,
    }


def _names(before: Document, after: Document) -> tuple[str, ...]:
    """What to call the two: by their versions, and by their references where they are two assessments."""
    is_one = before.facts.reference == after.facts.reference
    named = [f"Version {each.facts.version}" if each.facts.version else "The draft now" for each in (before, after)]
    return tuple(
        name if is_one else f"{each.facts.reference}: {name[0].lower()}{name[1:]}"
        for name, each in zip(named, (before, after), strict=True)
    )


def difference_digest(before: Document, after: Document) -> str:
    """SHA-256 over the digests of both and the edition, in hexadecimal: by it a PDF is known."""
    return hashlib.sha256("\n".join((DIFFERENCE, before.digest, after.digest)).encode()).hexdigest()


def difference_to_pdf(before: Document, after: Document) -> bytes:
    """What differs between two versions, as PDF/UA-1. The same two give the same bytes."""
    from assessments.reports import pdf

    html = render_to_string("difference/print.html", difference_context(before, after))
    return pdf.from_html(html, identifier=difference_digest(before, after))
