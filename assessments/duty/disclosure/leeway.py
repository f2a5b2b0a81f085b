"""How far a hidden number can lie from the truth while all that is published stays as it is, and what it takes.

A reader knows what adds up to what. So a number can only be another one if others change with it. We look for such
changes by one, from the truth outwards: change one number, then repair each sum that no longer adds up by changing
another number in it, until all add up. Every table found so is one that a reader cannot rule out, which makes the
answer safe: where the search finds too little, more is hidden than need be, never less.

In a two-way table, where each number is part of at most two sums, this is the search for paths that widen a flow in a
network, and finds all there is: L. H. Cox, “Network models for complementary cell suppression”, Journal of the American
Statistical Association 90 (1995), 1453-1462 (not re-read).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

Moves = dict[int, int]
"""By how much figures differ from the truth, by their position."""

Cost = tuple[int, int, int]
"""What hiding loses: zeros, numbers (a total counts for as many as it adds up) and people. Compared in that order."""

FREE: Cost = (0, 0, 0)
UNBOUNDED = 10**12
SEARCH_LIMIT = 2_000
"""How many half-repaired tables one search looks at. Searches that find something look at some hundreds."""


class Bounds(NamedTuple):
    """The lowest and the highest value that a reader must reckon with."""

    low: int
    high: int

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int) and self.low <= value <= self.high


@dataclass(frozen=True)
class Figure:
    """One number: its true value, what a reader knows of it while it is shown and while it is hidden, and its cost.

    `hidden` is None for a number that cannot be hidden.
    """

    value: int
    shown: Bounds
    hidden: Bounds | None
    cost: Cost


class Change(NamedTuple):
    """A way to change figures so that all sums hold: steps of (figure, up or down by one), and what to hide for it."""

    cost: Cost
    steps: tuple[tuple[int, int], ...]
    hides: frozenset[int]


@dataclass
class Reach:
    """How many values besides the true one were `found` for a figure.

    `up` and `down`: how far all figures moved for the furthest of them. `uses`: the hidden figures that moved.
    """

    target: int
    found: int = 0
    up: Moves = field(default_factory=dict)
    down: Moves = field(default_factory=dict)
    uses: set[int] = field(default_factory=set)


class System:
    """Figures and what adds up to what. A sum is a list of (figure, sign), and its signed values come to nothing."""

    def __init__(self, figures: Iterable[Figure], sums: Iterable[tuple[tuple[int, int], ...]]) -> None:
        self.figures = tuple(figures)
        self._sums = tuple(sums)
        self._sums_with: list[list[tuple[int, int]]] = [[] for _ in self.figures]
        for position, terms in enumerate(self._sums):
            for figure, sign in terms:
                self._sums_with[figure].append((position, sign))

    def reach(self, target: int, wanted: int, hidden: set[int]) -> Reach:
        """The values that a figure could have, up to the wanted number of them, with these figures hidden."""
        reach = Reach(target)
        for moves, by in ((reach.up, 1), (reach.down, -1)):
            while reach.found < wanted and (change := self._cheapest(target, by, moves, hidden, may_hide=False)):
                reach.found += 1
                _apply(moves, change)
                reach.uses.update(figure for figure, _ in change.steps if figure in hidden)
        return reach

    def extension(self, reach: Reach, hidden: set[int]) -> Change | None:
        """The cheapest change that gives the figure one value more, and hides others for it; None where none does."""
        changes = (
            self._cheapest(reach.target, by, moves, hidden, may_hide=True)
            for moves, by in ((reach.up, 1), (reach.down, -1))
        )
        return min((change for change in changes if change), default=None, key=lambda change: change[:2])

    def _cheapest(self, target: int, by: int, moves: Moves, hidden: set[int], *, may_hide: bool) -> Change | None:
        """The cheapest change of one figure by one, from where others stand. Ties go to the first by position."""
        start = self._with_step(_Draft(), target, by, moves, hidden)
        queue = [start] if start and (may_hide or not start.hides) else []
        seen: set[frozenset[tuple[int, int]]] = set()
        while queue and len(seen) < SEARCH_LIMIT:
            draft = heappop(queue)
            if not draft.gaps:
                return Change(draft.cost, draft.steps, draft.hides)
            if (state := frozenset(draft.gaps)) in seen:
                continue
            seen.add(state)
            position, gap = draft.gaps[-1]
            for figure, sign in self._sums[position]:
                further = self._with_step(draft, figure, -1 if gap * sign > 0 else 1, moves, hidden)
                if further and (may_hide or not further.hides):
                    heappush(queue, further)
        return None

    def _with_step(self, draft: "_Draft", figure: int, by: int, moves: Moves, hidden: set[int]) -> "_Draft | None":
        """The draft with one figure more changed by one; None where the figure cannot have that value."""
        if (figure, -by) in draft.steps:
            return None
        each = self.figures[figure]
        value = each.value + moves.get(figure, 0) + by * (1 + draft.steps.count((figure, by)))
        cost, hides = draft.cost, draft.hides
        is_hidden = figure in hidden or figure in hides
        if is_hidden or value not in each.shown:
            if each.hidden is None or value not in each.hidden:
                return None
            if not is_hidden:
                cost = (cost[0] + each.cost[0], cost[1] + each.cost[1], cost[2] + each.cost[2])
                hides = hides | {figure}
        gaps = self._gaps_after(draft.gaps, figure, by)
        return _Draft(max(0, len(gaps) - 2), cost, (*draft.steps, (figure, by)), gaps, hides)

    def _gaps_after(self, gaps: tuple[tuple[int, int], ...], figure: int, by: int) -> tuple[tuple[int, int], ...]:
        """The sums that do not add up, and by how much. The newest come last."""
        found = dict(gaps)
        for position, sign in self._sums_with[figure]:
            gap = found.pop(position, 0) + sign * by
            if gap:
                found[position] = gap
        return tuple(found.items())


class _Draft(NamedTuple):
    """A change in the making; `gaps` are the sums that it does not add up yet. Drafts are tried in order.

    `spread`: how many more gaps there are than two, the most in a two-way table. Closing gaps one after the other is
    not always cheapest, but weighing all ways to close many together takes far too long.
    """

    spread: int = 0
    cost: Cost = FREE
    steps: tuple[tuple[int, int], ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    hides: frozenset[int] = frozenset()


def _apply(moves: Moves, change: Change) -> None:
    for figure, by in change.steps:
        moves[figure] = moves.get(figure, 0) + by
