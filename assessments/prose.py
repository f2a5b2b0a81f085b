"""What people write at length: cleaned as it comes in, and made into safe HTML as it goes out.

A small part of Markdown (paragraphs, lists, bold, emphasis), the same in page, HTML edition and PDF.
"""

import re
import unicodedata

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("zero", {"breaks": True}).enable(["list", "emphasis", "newline"])
_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em"}

# Word puts these before the items of a list when text is pasted into a plain box; some are signs of its own fonts.
_INDENT = r"^([ \t\u00a0\u2007\u202f]*)"
_OWN_BULLET = re.compile(_INDENT + "[\uf0b7\uf0a7\uf0d8]", re.MULTILINE)
_BULLET = re.compile(_INDENT + r"(?:[•·▪◦●○]|§(?=\t))[ \t\u00a0]*", re.MULTILINE)
_WORD_CIRCLE = re.compile(_INDENT + r"o[\t\u00a0]+", re.MULTILINE)
_NUMBERED = re.compile(_INDENT + r"(\d{1,3})[.)][\t\u00a0]+", re.MULTILINE)
_HIDDEN = str.maketrans({"\u00ad": None, "\ufeff": None, "\u000b": "\n"})
_SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " "})
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x0c\x85]")
_MANY_BLANK = re.compile(r"\n{3,}")
# Marks that re-order the text after them; unclosed, they would garble the rest of a report.
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text as typed or pasted, without what does not belong: control characters, Word's bullets, odd spaces.

    Letters of every script, emoji and joiners stay as they are.
    """
    text = _OVERRIDES.sub("", _NEWLINES.sub("\n", text).translate(_HIDDEN))
    text = "".join(each for each in _OWN_BULLET.sub(r"\1•", text) if _belongs(each))
    text = _BULLET.sub(r"\1- ", text)
    text = _WORD_CIRCLE.sub(r"\1- ", text)
    text = _NUMBERED.sub(r"\1\2. ", text)
    lines = (line.rstrip() for line in text.translate(_SPACES).split("\n"))
    return _MANY_BLANK.sub("\n\n", "\n".join(lines)).strip("\n")


def _belongs(character: str) -> bool:
    """Whether it is something to read: no control character, no half of a pair, no sign of a private font."""
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Co")


def clean_line(text: str) -> str:
    """The same for an answer of one line."""
    return " ".join(clean(text).split())


def to_html(text: str) -> SafeString:
    """The text as safe HTML: what looks like a tag or a template is shown, never obeyed."""
    html = _markdown.render(text)
    return mark_safe(nh3.clean(html, tags=_TAGS, attributes={}, link_rel=None))  # noqa: S308 - sanitised here
