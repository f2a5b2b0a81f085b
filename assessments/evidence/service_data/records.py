"""One row a person: how often each value is in each column, chunk by chunk."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from assessments.evidence.service_data import personal
from assessments.evidence.service_data.outcome import check as check_outcomes
from assessments.evidence.service_data.tally import (
    BLANK,
    MOST_VALUES,
    Column,
    Outcome,
    Tally,
    clean,
    is_list_of_groups,
)
from assessments.evidence.unreadable import Unreadable


class Records:
    """Counts the values of each column. Raises Unreadable for a column that says who people are.

    `open_columns` are the indices of the columns that may be lists of groups, as far as has been seen. `outcome` is
    that of the column that says what happened, or None: it stays open, and each other is counted together with it.
    """

    def __init__(self, headings: Sequence[str], outcome: int | None = None) -> None:
        personal.check_headings(headings)
        self.outcome = outcome
        self._headings = tuple(headings)
        self._pairs: dict[int, Counter[tuple[str, str]]] = {index: Counter() for index in range(len(headings))}
        self._values: dict[int, Counter[str]] = {index: Counter() for index in range(len(headings))}
        self._rows = 0
        self._blank = 0

    @property
    def open_columns(self) -> list[int]:
        return list(self._values)

    def sample(self, columns: Sequence[Sequence[str]]) -> None:
        """Look at the first rows: whether columns say who people are, and which are no lists of groups."""
        for index, cells in enumerate(columns):
            first: dict[str, int] = {}
            for row, value in enumerate(cells, 2):
                first.setdefault(value, row)
            personal.check_values(self._headings[index], first)
            if index == self.outcome:
                check_outcomes(self._headings[index], first, is_whole=False)
            elif not is_list_of_groups(first, len(cells)):
                del self._values[index]

    def add(self, index: int, values: Iterable[object], times: Iterable[int], codes: Any = None) -> None:
        """Count so many of each value; `codes` say which value each row of the chunk has."""
        counted = self._values[index]
        new = []
        for place, (value, number) in enumerate(zip(values, times, strict=True)):
            text = clean(value)
            if text not in counted:
                new.append((text, place))
            counted[text] += int(number)
        self._check_new(index, new, codes)
        if index == self.outcome:
            check_outcomes(self._headings[index], counted, is_whole=False)
        elif len(counted) > MOST_VALUES + 1:
            del self._values[index]

    def add_pairs(self, index: int, pairs: Iterable[tuple[object, object, int]]) -> None:
        """Count so many of each value of a column that have a value of the outcome."""
        counted = self._pairs[index]
        for value, happened, number in pairs:
            counted[clean(value), clean(happened)] += number

    def end_chunk(self, rows: int, blank: int) -> None:
        """So many more rows, of which so many have nothing in any column."""
        self._rows += rows
        self._blank += blank

    def tally(self) -> Tally:
        """What it all came to. Raises Unreadable where nobody was counted."""
        has_others = len(self._values) < len(self._headings)
        rows, notes = self._rows, []
        if self._blank and not has_others:
            rows -= self._blank
            for index, counted in self._values.items():
                counted[BLANK] -= self._blank
                self._pairs[index][BLANK, BLANK] -= self._blank
            was = "row was" if self._blank == 1 else "rows were"
            notes.append(f"{self._blank:,} empty {was} left out.")
        elif self._blank:
            notes.append(f"{self._blank:,} rows say nothing in any column that can be counted. They count as people.")
        if rows <= 0:
            raise Unreadable("This file has headings and no rows.")
        happened = self._happened()
        others = [index for index in range(len(self._headings)) if index != self.outcome]
        columns = tuple(self._column(index, rows, happened) for index in others)
        return Tally(columns, rows, True, tuple(notes), happened)

    def _happened(self) -> Outcome | None:
        if self.outcome is None:
            return None
        counted = self._counted(self.outcome)
        check_outcomes(self._headings[self.outcome], counted, is_whole=True)
        return Outcome(self._headings[self.outcome], counted)

    def _column(self, index: int, rows: int, happened: Outcome | None) -> Column:
        counted = self._counted(index)
        if index not in self._values or not is_list_of_groups(counted, rows):
            return Column(self._headings[index], None)
        pairs, order = self._pairs[index], happened.values if happened else {}
        outcomes = {value: [pairs[value, each] for each in order] for value in counted if order}
        return Column(self._headings[index], counted, outcomes=outcomes)

    def _counted(self, index: int) -> dict[str, int]:
        return {value: number for value, number in sorted(self._values.get(index, {}).items()) if number}

    def _check_new(self, index: int, new: list[tuple[str, int]], codes: Any) -> None:
        if not new:
            return
        rows = {text: self._row_of(place, codes) for text, place in new}
        personal.check_values(self._headings[index], rows)

    def _row_of(self, place: int, codes: Any) -> int:
        if codes is None:
            return self._rows + 2
        found = (codes == place).nonzero()[0]
        return self._rows + 2 + (int(found[0]) if len(found) else 0)
