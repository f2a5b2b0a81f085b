"""Small tables of counts, and what a reader sees of them."""

from assessments.duty.disclosure import TOTAL, Counts, Place, Rate

FEWER, HIDDEN = "fewer than 5", "withheld"


def column(*numbers, **more):
    """One number for each of the groups A, B, C and so on."""
    return Counts(tuple("ABCDEFGH"[: len(numbers)]), ("people",), [[number] for number in numbers], **more)


def grid(*rows, **more):
    """Rows A, B, C and so on, with columns x, y, z."""
    return Counts(tuple("ABCDEFGH"[: len(rows)]), tuple("xyz"[: len(rows[0])]), rows, **more)


def shown(table):
    """What a reader sees, row by row."""
    return [[figure and str(figure) for figure in line.figures] for line in table.lines]


def in_one_column(table):
    return [row[0] for row in shown(table)]


def refusals(*rows, **more):
    """A grid in which column x has those who were refused, with the rate of each row."""
    rates = tuple(Rate(row, "refused", Place(row, "x"), Place(row, TOTAL)) for row in "ABCDEFGH"[: len(rows)])
    return grid(*rows, rates=rates, **more)
