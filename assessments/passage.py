"""A passage that must not be kept: found in a text, and taken out of it."""

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 20_000
SHORTEST = 3
"""Characters of a passage. Two letters stand in too many words."""

_DIGEST = r"\b[0-9a-f]{64}\b"
_MARK = r"\[?redacted on \d{1,2} \w+ \d{4}\]?"
"""What a redaction itself leaves behind. A later one must not cut it up, but may take a mark out with what is by it."""
_CUT = "…”"
"""How a due-regard check ends its quotation of a long answer."""


@dataclass
class Tally:
    """What a look through texts found: how often the passage stands there, and what could surprise.

    `spellings` are the same words in other capitals, which stay; `inside` are longer words that it is a part of.
    """

    count: int = 0
    spellings: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)


class Passage:
    """Some words as they stand in the record. However they are spaced or broken into lines, they are the same."""

    def __init__(self, text: str) -> None:
        words = text.split()
        self.text = " ".join(words)
        own = r"\s+".join(re.escape(word) for word in words)
        self._exact = re.compile(f"{_DIGEST}|({own})|{_MARK}")
        self._alike = re.compile(own, re.IGNORECASE)

    @property
    def is_fit(self) -> bool:
        """Whether it is long enough and has something to read in it: a letter, a figure or a picture."""
        return SHORTEST <= len(self.text) <= LONGEST and any(map(_is_read, self.text))

    def take_out(self, text: str, mark: str) -> str:
        """The text with the mark in place of the passage, also where a quotation of it was cut short."""
        left = self._exact.sub(lambda found: mark if found[1] else found[0], text)
        pieces = left.split(_CUT)
        return _CUT.join([*(self._without_start(piece, mark) for piece in pieces[:-1]), pieces[-1]])

    def stands_in(self, text: str) -> bool:
        """Whether anything would be taken out."""
        return self.take_out(text, "") != text

    def is_said_in(self, text: str) -> bool:
        """Whether a text of our own has these words, in whatever capitals, and not only as parts of others."""
        return any(_word_around(text, found) == found[0] for found in self._alike.finditer(text))

    def note(self, text: str, tally: Tally) -> str:
        """Add to the tally what stands in the text. Gives the text as it is."""
        for found in self._exact.finditer(text):
            if found[1]:
                tally.count += 1
                if (word := _word_around(text, found)) != found[0]:
                    tally.inside.add(word)
        tally.count += sum(self._start_at_end_of(piece) > 0 for piece in text.split(_CUT)[:-1])
        tally.spellings.update(found[0] for found in self._alike.finditer(text) if not self._exact.fullmatch(found[0]))
        return text

    def _without_start(self, text: str, mark: str) -> str:
        length = self._start_at_end_of(text)
        return text[: len(text) - length] + mark if length else text

    def _start_at_end_of(self, text: str) -> int:
        """How many characters of the passage's start the text ends with; 0 where too few to tell."""
        lengths = range(min(len(self.text) - 1, len(text)), SHORTEST - 1, -1)
        return next((length for length in lengths if text.endswith(self.text[:length])), 0)


def _is_read(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "So"


def _word_around(text: str, found: re.Match[str]) -> str:
    """What was found, with the letters that touch it on either side."""
    before = re.search(r"\w*$", text[max(0, found.start() - 40) : found.start()])
    after = re.match(r"\w*", text[found.end() : found.end() + 40])
    head = before[0] if before and re.match(r"\w", found[0]) else ""
    tail = after[0] if after and re.search(r"\w$", found[0]) else ""
    return f"{head}{found[0]}{tail}"
