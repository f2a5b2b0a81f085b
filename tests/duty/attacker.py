"""Somebody who reads what was published and works out the rest. It shares no code with what it attacks.

It knows the rules, the rows and columns, and what adds up to what. For each cell it keeps the whole numbers that are
still possible, narrows them by every sum and rate, and tries them out. It also gets hints that no reader has: about how
great each number is, within WINDOW, whether a withheld number is a small one, and where there are people at all.
"""

from fractions import Fraction
from functools import cached_property

from assessments.duty.disclosure import TOTAL, Mark, Place

WINDOW = 12


class Attacker:
    """`tables` are pairs of the counts (for their names, and for the hints) and of what was published of them.

    `also` are numbers that it has learned from elsewhere.
    """

    def __init__(self, *tables, also=()):
        self._truth = {}
        self._terms = {}
        self._facts = []
        self._wholes = {}
        for number, (counts, _) in enumerate(tables):
            self._number_cells(number, counts)
        known = {*also, *(place for counts, _ in tables for place in counts.known)}
        for place in known:
            self._between(place, self.truth(place), self.truth(place))
        shown = [(place, each, published) for _, published in tables for place, each in figures(published).items()]
        self.is_told_nothing = all(place in known or each.mark is Mark.WITHHELD for place, each, _ in shown)
        if self.is_told_nothing:
            return  # So there is nothing to hint at.
        for place, figure, published in shown:
            self._read(place, figure, published.threshold, published.rounding)
        for counts, published in tables:
            for place in {Place(row, column) for row in counts.lines for column in counts.all_columns}:
                if 0 < self.truth(place) < published.threshold and not any(place == each[0] for each in shown):
                    self._between(place, 1, None)
            if published.rounding is None:
                self._read_rates(counts, published)

    @property
    def places(self):
        """All places of all tables, totals included, shown or not."""
        return list(self._terms)

    def _number_cells(self, number, counts):
        reach = {}
        for row, line in zip(counts.rows, counts._cells, strict=True):
            for column, value in zip(counts.columns, line, strict=True):
                self._truth[number, row, column] = value
                reach[row, column] = [(number, row, column)]
        lines = {row: [row] for row in counts.rows}
        for each in counts.subtotals:
            lines[each.name] = [row for part in each.parts for row in lines[part]]
        lines[TOTAL] = list(counts.rows)
        columns = {**{column: [column] for column in counts.columns}, TOTAL: list(counts.columns)}
        for row in counts.rows:
            for column in counts.columns:
                wholes = [Place(line, column) for line, rows in lines.items() if row in rows and line != row]
                self._wholes[Place(row, column)] = [*wholes, Place(row, TOTAL)]
        for line, rows in lines.items():
            for column, parts in columns.items():
                cells = [(number, row, part) for row in rows for part in parts]
                twin = self._terms.setdefault(Place(line, column), cells)
                if twin is not cells:  # The same number in an earlier table.
                    self._facts.append(([(cell, 1) for cell in cells] + [(cell, -1) for cell in twin], 0, 0))

    def truth(self, place):
        return sum(self._truth[cell] for cell in self._terms[place])

    def _between(self, place, low, high):
        self._facts.append(([(cell, 1) for cell in self._terms[place]], low, high))

    def _read(self, place, figure, limit, rounding):
        if figure.mark is Mark.EXACT or figure.number == 0:
            self._between(place, figure.number, figure.number)
        elif figure.mark is Mark.ROUNDED:
            low = figure.number - rounding // 2
            self._between(place, max(limit, low), low + rounding - 1)
        elif figure.mark is Mark.FEWER:
            self._between(place, 1, limit - 1)
        elif self.truth(place) >= limit:
            self._between(place, limit, None)
        else:
            # Zeros are withheld only beside few people.
            can_be_more = self.truth(place) or any(
                self.truth(each) < limit for each in self._wholes.get(place, [place])
            )
            self._between(place, 0, limit - 1 if can_be_more else 0)

    def _read_rates(self, counts, published):
        for rate, shown in zip(counts.rates, published.rates, strict=True):
            if shown.figure.number is None:
                continue
            half = Fraction(1, 2 * 10**rate.decimals)
            value = Fraction(str(shown.figure.number))
            for bound, is_lowest in ((value - half, True), (value + half, False)):
                self._bound_rate(rate, bound, is_lowest)

    def _bound_rate(self, rate, bound, is_lowest):
        terms = dict.fromkeys(self._terms[rate.numerator], rate.per * bound.denominator)
        edge = 0
        if isinstance(rate.denominator, Place):
            for cell in self._terms[rate.denominator]:
                terms[cell] = terms.get(cell, 0) - bound.numerator
        else:
            edge = bound.numerator * rate.denominator
        self._facts.append((list(terms.items()), edge if is_lowest else None, None if is_lowest else edge))

    @cached_property
    def _domains(self):
        """The lowest and highest number for each cell, as far as the facts tell at once."""
        wide = {cell: (max(0, number - WINDOW), number + WINDOW) for cell, number in self._truth.items()}
        return _narrowed(self._facts, wide)

    def values(self, place, enough):
        """The values that a number can still have: all of them, or so many as are enough, nearest the truth first."""
        truth, cells = self.truth(place), [(cell, 1) for cell in self._terms[place]]
        found = []
        for value in sorted(range(max(0, truth - WINDOW), truth + WINDOW + 1), key=lambda value: abs(value - truth)):
            if len(found) < enough and self._has_solution([*self._facts, (cells, value, value)], self._domains):
                found.append(value)
        return found

    def is_sure_of(self, place):
        """Whether it has worked out the number."""
        return self.values(place, 2) == [self.truth(place)]

    def _has_solution(self, facts, domains):
        domains = _narrowed(facts, domains)
        if domains is None:
            return False
        open_cells = [cell for cell, (low, high) in domains.items() if low < high]
        if not open_cells:
            return True
        cell = min(open_cells, key=lambda cell: (domains[cell][1] - domains[cell][0], cell))
        low, high = domains[cell]
        nearest = sorted(range(low, high + 1), key=lambda value: abs(value - self._truth[cell]))
        return any(self._has_solution(facts, {**domains, cell: (value, value)}) for value in nearest)


def figures(published):
    """The published numbers by place, without those that are not to be shown."""
    return {
        Place(line.name, column): figure
        for line in published.lines
        for column, figure in zip(published.columns, line.figures, strict=True)
        if figure is not None
    }


def _narrowed(facts, domains):
    """The domains without what some fact rules out; None where nothing is left."""
    domains, before = dict(domains), None
    while domains != before:
        before = dict(domains)
        for terms, low, high in facts:
            if not _narrow(domains, terms, low, high):
                return None
    return domains


def _narrow(domains, terms, low, high):
    """Takes from the domains what one fact rules out; whether anything is left. Low and high bound the sum of terms."""
    edges = [sorted((factor * domains[cell][0], factor * domains[cell][1])) for cell, factor in terms]
    least, most = sum(edge[0] for edge in edges), sum(edge[1] for edge in edges)
    if (high is not None and least > high) or (low is not None and most < low):
        return False
    for (cell, factor), (lower, upper) in zip(terms, edges, strict=True):
        if factor == 0:
            continue
        # What the others leave for this cell, times its factor.
        ceiling = upper if high is None else min(upper, high - (least - lower))
        floor = lower if low is None else max(lower, low - (most - upper))
        if factor < 0:
            ceiling, floor, factor = -floor, -ceiling, -factor
        domains[cell] = -(-floor // factor), ceiling // factor
        if domains[cell][0] > domains[cell][1]:
            return False
    return True
