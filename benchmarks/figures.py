"""What is measured, and how times are taken."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

Call = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One figure: less is better. `baseline` is what the other program took for the same, in the same run."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    at_most: float | None = None
    ratio_at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of the baseline."""
        return None if self.baseline is None else self.value / self.baseline

    @property
    def goal(self) -> str:
        """The goal in words, or nothing."""
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return "" if self.ratio_at_most is None else f"ratio at most {self.ratio_at_most:g}"

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.ratio is None or self.ratio_at_most is None:
            return None
        return self.ratio <= self.ratio_at_most

    def as_dict(self) -> dict[str, Any]:
        """As latest.json keeps it."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "baseline": None if self.baseline is None else round(self.baseline, 3),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "goal": self.goal or None,
            "met": self.met,
        }


def interleaved(calls: Mapping[str, Call], rounds: int, uncounted: int = 1) -> dict[str, list[float]]:
    """Seconds of each call, by its name.

    One call of each a round, in turns forwards and backwards, so that a machine that slows down slows all of them.
    The uncounted rounds come first: they fill the caches.
    """
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(uncounted + rounds):
        for name in calls if number % 2 else reversed(calls):
            started = time.perf_counter()
            calls[name]()
            seconds[name].append(time.perf_counter() - started)
    return {name: values[uncounted:] for name, values in seconds.items()}


def p95(values: list[float]) -> float:
    """What 95 in a hundred do not exceed."""
    return quantiles(values, n=20, method="inclusive")[-1]
