"""What differs between two texts, word by word.

Words that occur once in each text hold the two together, as in Bram Cohen’s patience diff. Its time grows little faster
than the texts do. difflib’s grows with the square of their length for some, and answers can be long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise, takewhile
from typing import Literal, NamedTuple

Op = Literal["same", "added", "removed"]
Pair = tuple[int, int]
"""Two places: in the old text and in the new."""
Chain = tuple[Pair, "Chain | None"]
"""Pairs linked from the last to the first."""
Piece = tuple[str, str]
"""A paragraph or a word, with the breaks or spaces before it: (gap, body)."""

CONTEXT = 8
"""Words left on each side of a change when an unchanged stretch is folded."""

_LINE = re.compile(r"(\n*)([^\n]+)")
_MARKS = r".,;:!?()\[\]“”\"‘’'…"
_WORD = re.compile(rf"(\s*)([{_MARKS}]+|[^\s{_MARKS}]+(?:[{_MARKS}]+[^\s{_MARKS}]+)*)")
_FEW = 4
"""Words in common that may be chance."""
_DEPTH = 8


@dataclass(frozen=True)
class Part:
    """A stretch of an answer, or one choice from a list.

    For text, "same" and "removed" parts make the old text, "same" and "added" parts the new, to the last space.
    """

    op: Op
    text: str


class Run(NamedTuple):
    """Pieces that two texts have in common: from where in each, and how many."""

    old: int
    new: int
    size: int


def compare_text(before: str, after: str) -> tuple[Part, ...]:
    """The two texts as one row of parts: paragraphs are compared first, then the words of those that differ."""
    return tuple(_merged(_compared(_LINE, before, after, _compared_words)))


def _compared_words(before: str, after: str) -> Iterator[Part]:
    return _compared(_WORD, before, after, _replaced, _telling)


def _compared(
    pattern: re.Pattern[str],
    before: str,
    after: str,
    within: Callable[[str, str], Iterable[Part]],
    choose: Callable[[list[Run]], list[Run]] = lambda runs: runs,
) -> Iterator[Part]:
    """The texts cut into pieces and compared; `within` tells apart what stands between the chosen runs."""
    old, new = _pieces(pattern, before), _pieces(pattern, after)
    old_at = new_at = 0
    for run in choose(_runs([body for _, body in old], [body for _, body in new])):
        yield from within(_joined(old[old_at : run.old]), _joined(new[new_at : run.new]))
        old_at, new_at = run.old + run.size, run.new + run.size
        for (was, body), (now, _) in zip(old[run.old : old_at], new[run.new : new_at], strict=True):
            yield from (Part("same", was),) if was == now else _replaced(was, now)
            yield Part("same", body)


def _pieces(pattern: re.Pattern[str], text: str) -> list[Piece]:
    """The pieces of a text; the last has no body, and holds the spaces at the end."""
    pieces: list[Piece] = pattern.findall(text)
    return [*pieces, (text[len(_joined(pieces)) :], "")]


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(chain.from_iterable(pieces))


def _replaced(old: str, new: str) -> tuple[Part, ...]:
    """One text in place of another; the spaces that both begin with stay."""
    start = old[: _alike(zip(old, new, strict=False))]
    gap = len(start) - len(start.lstrip())
    return Part("same", start[:gap]), Part("removed", old[gap:]), Part("added", new[gap:])


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    """The same parts without empty ones, with neighbours joined, and what was removed before what was added."""
    for _, run in groupby((part for part in parts if part.text), lambda part: part.op == "same"):
        together = list(run)
        ops: tuple[Op, ...] = ("same", "removed", "added")
        for op in ops:
            if text := "".join(part.text for part in together if part.op == op):
                yield Part(op, text)


def _runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The pieces in common as runs, in order."""
    runs: list[Run] = []
    for old_at, new_at in _common(old, new):
        if runs and (old_at, new_at) == (runs[-1].old + runs[-1].size, runs[-1].new + runs[-1].size):
            runs[-1] = runs[-1]._replace(size=runs[-1].size + 1)
        else:
            runs.append(Run(old_at, new_at, 1))
    return runs


def _common(old: Sequence[str], new: Sequence[str], depth: int = _DEPTH) -> list[Pair]:
    """Where both have the same piece, in order: at the ends, at anchors, and so on in the gaps between those.

    What occurs twice in a text can occur once in a gap. `depth` bounds how often that is tried.
    """
    start = _alike(zip(old, new, strict=False))
    end = _alike(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    found = [(at, at) for at in range(start)] + [(len(old) - at, len(new) - at) for at in range(end, 0, -1)]
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    anchors = _anchors(old, new) if depth else []
    found += [(start + old_at, start + new_at) for old_at, new_at in anchors]
    stops = [(-1, -1), *anchors, (len(old), len(new))]
    for (old_from, new_from), (old_to, new_to) in pairwise(stops) if anchors else ():
        between = _common(old[old_from + 1 : old_to], new[new_from + 1 : new_to], depth - 1)
        found += [(start + old_from + 1 + old_at, start + new_from + 1 + new_at) for old_at, new_at in between]
    return sorted(found)


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs are alike before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Where the pieces stand that occur once in each: the longest series of them in the same order in both."""
    old_once, new_once = _once(old), _once(new)
    chains: list[Chain] = []
    ends: list[int] = []
    for piece, old_at in old_once.items():
        if (new_at := new_once.get(piece)) is not None:
            length = bisect_left(ends, new_at)
            chains[length : length + 1] = [((old_at, new_at), chains[length - 1] if length else None)]
            ends[length : length + 1] = [new_at]
    link = chains[-1] if chains else None
    series: list[Pair] = []
    while link:
        pair, link = link
        series.append(pair)
    return series[::-1]


def _once(pieces: Sequence[str]) -> dict[str, int]:
    """The place of every piece that occurs once, in order."""
    counts = Counter(pieces)
    return {piece: at for at, piece in enumerate(pieces) if counts[piece] == 1}


def _telling(runs: list[Run]) -> list[Run]:
    """The runs that a reader would call the same text: not a few words by chance between longer changes."""
    runs = [Run(0, 0, 0), *runs]
    while True:
        inner = zip(runs, runs[1:], runs[2:], strict=False)
        kept = [run for before, run, after in inner if run.size > min(_gap(before, run), _gap(run, after), _FEW)]
        if len(kept) + 2 >= len(runs):
            return runs
        runs = [runs[0], *kept, runs[-1]]


def _gap(run: Run, after: Run) -> int:
    """How many pieces stand between two runs, in the text where they are more."""
    return max(after.old - run.old, after.new - run.new) - run.size


def folded(parts: Sequence[Part], context: int = CONTEXT) -> tuple[Part, ...]:
    """The parts with long unchanged stretches cut to `context` words beside each change, and an ellipsis."""
    last = len(parts) - 1
    return tuple(
        Part("same", _shortened(part.text, context if at else 0, context if at < last else 0))
        if part.op == "same"
        else part
        for at, part in enumerate(parts)
    )


def _shortened(text: str, head: int, tail: int) -> str:
    """The first and last words; the whole text when little would be saved."""
    *words, end = _pieces(_WORD, text)
    if len(words) <= head + tail + CONTEXT:
        return text
    first, last = _joined(words[:head]), _joined([*words[len(words) - tail :], end]).lstrip()
    return " ".join(filter(None, (first, "…", last)))
