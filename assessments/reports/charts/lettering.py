"""How wide text is, and how it is cut into lines, without a font at hand.

Widths are those of Arial, which Liberation Sans shares. A character that is not listed is taken to be wide: a line
may end early, but does not run into what stands beside it.
"""

import re
import unicodedata
from functools import lru_cache

from assessments import prose

SIZE = 19
"""The size of all text, in units of the drawing."""

LINE = 24
"""From one line of text to the next."""

_DRAWN = 300
"""Of a longer text only the beginning is looked at. The table has all of it."""

_WIDTHS = {
    character: thousandths
    for thousandths, characters in (
        (191, "'"),
        (222, "ijl‘’"),
        (260, "|"),
        (278, " !,./:;I[\\]ft"),
        (334, "(){}-`r“”"),
        (355, '"'),
        (389, "*"),
        (469, "^"),
        (500, "Jcksvxyz"),
        (556, "#$0123456789?L_abdeghnopqu£–±"),
        (584, "+<=>~×"),
        (611, "FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (889, "%"),
        (944, "W"),
        (1015, "@—…"),
    )
    for character in characters
}
IN_TABLE = "(name in the table)"
_VARIANTS = re.compile("[\ufe00-\ufe0f]")
_UNKNOWN = 1050
_SPARE = 1.02
"""For the fonts that stand in for Arial."""
_WIDE = 1300


@lru_cache(maxsize=2048)
def _thousandths(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    parts = unicodedata.normalize("NFKD", character)
    return _UNKNOWN if parts == character else sum(_thousandths(part) for part in parts)


def width(text: str) -> float:
    """How much room a text takes, in units of the drawing."""
    return sum(map(_thousandths, text)) * SIZE * _SPARE / 1000


def shown(text: str) -> str:
    """A name as people can read it: in one line, without characters that do not belong in text."""
    return prose.clean_line(text).translate({0xFFFE: None, 0xFFFF: None}).strip() or "(no name)"


def drawn(text: str) -> str:
    """The name as a picture has it.

    WeasyPrint sets the text of a picture letter by letter, from left to right. So letters and their marks become one
    character, and a name that can not be set so, such as one in Arabic or Bengali, is left to the table.
    """
    text = unicodedata.normalize("NFC", _VARIANTS.sub("", text))
    return IN_TABLE if any(_needs_shaping(character) for character in text) else text


def _needs_shaping(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or unicodedata.bidirectional(character) in ("R", "AL")


def brief(text: str, most: int = 80) -> str:
    """The text for a sentence that is read out: cut after so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def wrapped(text: str, room: float, most: int = 2) -> list[str]:
    """The text in lines that fit the room. What does not fit into `most` lines ends with “…”."""
    lines: list[str] = []
    rest = text[:_DRAWN]
    while rest and len(lines) < most - 1:
        cut = _break(rest, room)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, shortened(rest, room)] if rest else lines


def shortened(text: str, room: float) -> str:
    """The text, or as much of it as fits the room, with “…”."""
    if len(text) <= _DRAWN and width(text) <= room:
        return text
    return f"{text[: _fitting(text[:_DRAWN], room - width('…'))].rstrip()}…"


def _fitting(text: str, room: float) -> int:
    """How many characters fit, at least one. A letter and the marks on it stay together."""
    used, count = 0.0, 0
    for count, character in enumerate(text):  # noqa: B007 - how far it came is the answer
        used += width(character)
        if used > room:
            break
    else:
        return len(text)
    while count > 1 and (
        _thousandths(text[count]) == 0 or (_thousandths(text[count - 1]) == 0 and text[count - 1] == "\u200d")
    ):
        count -= 1
    return max(count, 1)


def _break(text: str, room: float) -> int:
    """Where to end the first line: at a blank, after a hyphen or stroke, or else within the word."""
    cut = _fitting(text, room)
    if cut == len(text) or text[cut] == " ":
        return cut
    return max(text.rfind(" ", 0, cut), text.rfind("-", 0, cut) + 1, text.rfind("/", 0, cut) + 1) or cut
