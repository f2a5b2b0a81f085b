"""Which numbers must be hidden, so that no small one can be worked out.

- A small number is hidden (FEWER). More numbers are hidden (WITHHELD) until more than half of the values from 1 to
  under the threshold stay possible for it, for a reader who knows all that is shown beside it.
- A zero is shown. But where a small sum falls on one part alone, all its people are known to be there: then that part
  and one of the zeros beside it are withheld, and look alike.
- Where a small sum is spread so thin that its parts could be worked out, all its parts are withheld, zeros too. No
  other zero is hidden: it would help against nobody who knows these rules.
- What is hidden loses least: no zeros if it can be helped, then few numbers, then small ones. At the end each is tried
  again, the greatest loss first, and is shown after all if that is safe.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from assessments.duty.disclosure.counts import Counts, Place, Sum, numbers_of, sums_of
from assessments.duty.disclosure.leeway import UNBOUNDED, Bounds, Figure, Reach, System
from assessments.duty.disclosure.published import Mark
from assessments.duty.disclosure.rules import Rules


def marks_of_hidden(tables: Sequence[Counts], rules: Rules) -> dict[Place, Mark]:
    """What stands in place of the numbers that cannot be shown: FEWER or WITHHELD. If need be, all are WITHHELD.

    Places of the same name are the same number in all tables. Raises ValueError where they differ.
    """
    view = _View(tables, rules)
    thin: frozenset[Sum] = frozenset()
    while isinstance(found := view.marks(thin), _Unmet):
        beside = view.small_sums.difference(thin)
        thinner = frozenset(each for each in beside if not found.places.isdisjoint((each[0], *each[1]))) or beside
        if not thinner:
            return view.all_withheld()
        thin |= thinner
    return found


class _Need(NamedTuple):
    """One of these figures must keep so many possible values besides the true one."""

    targets: tuple[int, ...]
    values: int


class _Unmet(NamedTuple):
    """The places for which too few values stay possible, whatever is hidden."""

    places: frozenset[Place]


class _View:
    """Several tables as their reader has them: numbers by place, and what adds up to what."""

    def __init__(self, tables: Sequence[Counts], rules: Rules) -> None:
        self._rules = rules
        self._numbers = _numbers(tables)
        # In order of their names: the order of the rows in a table must not decide what is hidden.
        self._places = sorted(self._numbers)
        self._position = {place: index for index, place in enumerate(self._places)}
        self._sums = sorted({(whole, tuple(sorted(parts))) for table in tables for whole, parts in sums_of(table)})
        self._known = frozenset(place for table in tables for place in table.known)
        self._public = self._known.union(*(_public(table) for table in tables))
        self._losses = _losses(tables)
        self.small_sums = frozenset(each for each in self._sums if rules.is_small(self._numbers[each[0]]))
        self._zeros_of_few = self._zeros_beside(part for _, parts in self.small_sums for part in parts)

    def marks(self, thin: frozenset[Sum]) -> dict[Place, Mark] | _Unmet:
        """The marks of the hidden places, with all parts of these small sums withheld."""
        spread = frozenset(part for _, parts in thin for part in parts)
        alike = spread.union(part for part, _ in self._lone_parts())
        system = System(
            (self._figure(place, place in alike) for place in self._places),
            (tuple((self._position[place], sign) for place, sign in _signed(each)) for each in self._sums),
        )
        small = self._places_of(self._rules.is_small)
        none = self._places_of(lambda number: number == 0) & spread
        needs = [
            *(_Need((self._position[place],), self._rules.spare_values) for place in sorted(small)),
            *(_Need(tuple(self._position[zero] for zero in zeros), 1) for _, zeros in self._lone_parts()),
            *(_Need((self._position[place],), 1) for place in sorted(none)),
        ]
        found = _enough(system, needs, frozenset(self._position[place] for place in (small | none) & self._public))
        if isinstance(found, _Need):
            return _Unmet(frozenset(self._places[target] for target in found.targets))
        fewer = self._places_of(self._rules.is_small, with_known=True)
        hidden = fewer.union(self._places[figure] for figure in found)
        return {place: Mark.FEWER if place in fewer - alike else Mark.WITHHELD for place in hidden}

    def all_withheld(self) -> dict[Place, Mark]:
        """The marks where nothing is safe: no number is shown that is not known anyway, and no word said about it."""
        known = {place: Mark.FEWER for place in self._known if self._rules.is_small(self._numbers[place])}
        return dict.fromkeys(set(self._places) - self._known, Mark.WITHHELD) | known

    def _figure(self, place: Place, like_none: bool) -> Figure:
        number = self._numbers[place]
        if place in self._known:
            return Figure(number, Bounds(number, number), None, (0, 0, 0))
        if place not in self._public:
            return Figure(number, Bounds(int(self._rules.is_small(number)), UNBOUNDED), None, (0, 0, 0))
        cost = (int(number == 0), self._losses[place], number)
        can_hide = number > 0 or place in self._zeros_of_few
        hidden = self._rules.while_hidden(number, like_none) if can_hide else None
        return Figure(number, self._rules.while_shown(number), hidden, cost)

    def _zeros_beside(self, places: Iterable[Place]) -> frozenset[Place]:
        """The zeros among these, with the zeros that they are part of or that are part of them."""
        found = {place for place in places if self._numbers[place] == 0}
        nothing = [{whole, *parts} for whole, parts in self._sums if self._numbers[whole] == 0]
        while more := [each for each in nothing if not found.isdisjoint(each) and not found.issuperset(each)]:
            found.update(*more)
        return frozenset(found)

    def _places_of(self, kind: Callable[[int], bool], *, with_known: bool = False) -> frozenset[Place]:
        """The places of the numbers of some kind, and whether to count those that everybody knows."""
        places = self._places if with_known else set(self._places) - self._known
        return frozenset(place for place in places if kind(self._numbers[place]))

    def _lone_parts(self) -> Iterator[tuple[Place, tuple[Place, ...]]]:
        """The parts that have all people of a small sum, with the zeros beside them that show it."""
        for _, parts in sorted(self.small_sums):
            lone, *others = (part for part in parts if self._numbers[part])
            zeros = tuple(part for part in parts if not self._numbers[part] and part not in self._known)
            if zeros and not others:
                yield lone, zeros


def _numbers(tables: Sequence[Counts]) -> dict[Place, int]:
    found: dict[Place, int] = {}
    for table in tables:
        for place, number in numbers_of(table).items():
            if found.setdefault(place, number) != number:
                raise ValueError(f"{place} is not the same number in all tables. Use another name for one of them.")
    return found


def _signed(sum_: Sum) -> Iterator[tuple[Place, int]]:
    """A sum as signed terms that come to nothing."""
    whole, parts = sum_
    yield whole, -1
    yield from ((part, 1) for part in parts)


def _public(table: Counts) -> Iterator[Place]:
    """The places that are shown, or from which a rate is worked out: a rate can be as good as its numbers."""
    for place in numbers_of(table):
        if table.shows(place):
            yield place
    for rate in table.rates:
        yield from rate.places


def _losses(tables: Sequence[Counts]) -> Counter[Place]:
    """How many numbers a reader loses with each: a total stands for all that it adds up, and rates go with it."""
    losses: Counter[Place] = Counter()
    for table in tables:
        weights: Counter[Place] = Counter({Place(row, column): 1 for row in table.rows for column in table.columns})
        for whole, parts in sums_of(table):
            weights[whole] = sum(weights[part] for part in parts)
        losses.update(weights)
        losses.update(place for rate in table.rates for place in rate.places)
    return losses


def _enough(system: System, needs: Sequence[_Need], first: frozenset[int]) -> frozenset[int] | _Need:
    """The figures to hide so that all needs are met, none without need; or a need that cannot be met."""
    hidden = set(first)
    met = []
    for need in needs:
        reach = _meet(system, need, hidden)
        if reach is None:
            return need
        met.append(reach)
    while (shown := _shown_after_all(system, needs, met, hidden, first)) is not None:
        hidden.remove(shown)
    return frozenset(hidden)


def _shown_after_all(
    system: System, needs: Sequence[_Need], met: list[Reach], hidden: set[int], first: frozenset[int]
) -> int | None:
    """The figure of the greatest loss that need not be hidden; `met` is brought up to date."""
    for figure in sorted(hidden - first, key=lambda figure: (system.figures[figure].cost, figure), reverse=True):
        fewer = hidden - {figure}
        again = [
            _met(system, need, fewer) if figure in reach.uses else reach for need, reach in zip(needs, met, strict=True)
        ]
        if all(again):
            met[:] = [reach for reach in again if reach]
            return figure
    return None


def _meet(system: System, need: _Need, hidden: set[int]) -> Reach | None:
    """Hides what one need takes, cheapest first."""
    while not (reach := _met(system, need, hidden)):
        reaches = [system.reach(target, need.values, hidden) for target in need.targets]
        changes = [change for reach in reaches if (change := system.extension(reach, hidden)) and change.hides]
        if not changes:
            return None
        hidden |= min(changes).hides
    return reach


def _met(system: System, need: _Need, hidden: set[int]) -> Reach | None:
    reaches = (system.reach(target, need.values, hidden) for target in need.targets)
    return next((reach for reach in reaches if reach.found >= need.values), None)
