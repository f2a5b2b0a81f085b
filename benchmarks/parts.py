"""`python -m benchmarks.parts REFERENCE`: makes a report in a fresh process and prints, as JSON, what took how long."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

PARTS = {
    "start": "start Django",
    "document": "read the document",
    "template": "fill in the template",
    "import": "import WeasyPrint",
    "styles": "parse HTML, match styles",
    "layout": "lay out the pages",
    "write": "write the PDF",
}
"""The parts by key, in their order."""


def main(reference: str) -> None:
    seconds: dict[str, float] = {}

    def timed(part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                seconds[part] = seconds.get(part, 0.0) + time.perf_counter() - started

        return wrapper

    timed("start", _start)()
    from django.template.loader import render_to_string

    from assessments.documents import current_document
    from assessments.models import Assessment
    from assessments.reports import edition

    document = timed("document", lambda: current_document(Assessment.objects.get(reference=reference)))()
    html = timed("template", render_to_string)("reports/print.html", edition.context(document))
    pdf = timed("import", _import)()
    weasyprint = pdf.weasyprint
    weasyprint.HTML.render = timed("render", weasyprint.HTML.render)
    weasyprint.document.get_all_computed_styles = timed("match", weasyprint.document.get_all_computed_styles)
    weasyprint.document.Document.write_pdf = timed("write", weasyprint.document.Document.write_pdf)
    timed("whole", pdf.from_html)(html, identifier=document.digest)
    seconds["layout"] = seconds["render"] - seconds["match"]
    seconds["styles"] = seconds["whole"] - seconds["layout"] - seconds["write"]
    print(json.dumps({part: seconds[part] for part in PARTS}))


def _start() -> None:
    import django

    django.setup()


def _import() -> Any:
    from assessments.reports import pdf

    return pdf


if __name__ == "__main__":
    main(sys.argv[1])
