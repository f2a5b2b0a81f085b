"""HTML into a tagged PDF (PDF/UA-1, ISO 14289-1). docs/decisions/0006-pdf.md says what that takes, and why.

Slow to import: whoever needs it imports it where it is used.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import weasyprint
from weasyprint.urls import URLFetcher

from assessments.reports.tags import complete_tags

# fontTools stamps the fonts it rewrites (those with colour emoji) with this time, else with the time of day.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

PRINT_FOLDER = Path(__file__).resolve().parent / "print"
_LONG_WORD = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^"'>])*>)|([^\s<&]{500})""")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class FolderFetcher(URLFetcher):
    """Gives WeasyPrint the files of one folder and nothing else: no network, no other file, no data: address."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False)
        self.folder = folder.resolve()

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(self.folder):
            raise ValueError(f"A report may not load {url[:200]}")
        return super().fetch(path.as_uri(), headers)


def from_html(html: str, identifier: str) -> bytes:
    """The PDF of `html`, which may load only what is in the folder print/.

    The same arguments and the same fonts give the same bytes. `identifier` becomes the file's /ID.
    Words are given break points every 500 characters: without them the time grows with the square of their length.
    A character that no installed font can show breaks PDF/UA-1 (7.21.8), so it is shown as U+FFFD instead.
    """
    html = _LONG_WORD.sub(lambda found: found[1] or f"{found[2]}<wbr>", html)
    pdf, unknown = _render(html, identifier)
    if unknown:
        pdf, _ = _render(html.translate(dict.fromkeys(unknown, _REPLACEMENT)), identifier)
    return pdf


def _render(html: str, identifier: str) -> tuple[bytes, set[int]]:
    source = weasyprint.HTML(string=html, base_url=f"{PRINT_FOLDER.as_uri()}/", url_fetcher=FolderFetcher(PRINT_FOLDER))
    document = source.render()
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode(), finisher=complete_tags)
    return pdf, {code for font in document.fonts.values() for code in font.missing}
