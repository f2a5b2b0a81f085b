"""Numbers as a councillor reads them: with as few decimals as tell them apart."""

from math import floor, log10

MOST_DECIMALS = 6


def percentages(*shares: float) -> tuple[str, ...]:
    """Shares from 0 to 1, the first of them the one that matters most. Only nobody is 0%, only everybody is 100%."""
    return tuple(f"{each}%" for each in _told([100 * share for share in shares], 1, (0, 100)))


def points(*differences: float) -> tuple[str, ...]:
    """The sizes of differences between shares, in percentage points."""
    return _told([abs(100 * each) for each in differences], 1, (0,))


def times(*ratios: float) -> tuple[str, ...]:
    """Ratios. None looks like 0 or 1 that is not."""
    return _told(list(ratios), 0, (0, 1))


def p_value(p: float) -> str:
    """A p value as statisticians write it."""
    return "p below 0.001" if p < 0.001 else f"p = {p:.3f}"


def how_often(p: float) -> str:
    """A p value as how often something happens."""
    if p < 0.001:
        return "less than once in 1,000 times"
    if p < 0.1:
        often = round(1000 * p)
        return "about once in 1,000 times" if often == 1 else f"about {often} times in 1,000"
    return f"about {round(100 * p)} times in 100" if p < 0.995 else "nearly every time"


def _told(values: list[float], least: int, landmarks: tuple[float, ...]) -> tuple[str, ...]:
    """The values with the same number of decimals each.

    It is the first number that leaves the first value two figures, that tells different values apart, and that makes
    none look like a landmark which it is not.
    """
    size = next((value for value in values if value), 1)
    decimals = min(max(least, 1 - floor(log10(size))), MOST_DECIMALS)
    while decimals < MOST_DECIMALS and not _is_clear(values, decimals, landmarks):
        decimals += 1
    return tuple(f"{value:,.0f}" if value in landmarks else f"{value:,.{decimals}f}" for value in values)


def _is_clear(values: list[float], decimals: int, landmarks: tuple[float, ...]) -> bool:
    rounded = [round(value, decimals) for value in values]
    return len(set(rounded)) == len(set(values)) and all(
        shown == value or shown not in landmarks for shown, value in zip(rounded, values, strict=True)
    )
