"""A long chart, cut into parts: one picture each, with its own axis. Each fits into half a printed page."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import TypeVar

from django.utils.safestring import SafeString

from assessments.reports.charts.drawing import Drawing
from assessments.reports.charts.lettering import brief

ROOM = 480
"""Units for the rows of one part, more or less. Key and axis come on top.

Less than half a printed page, so that a part that goes to the next page leaves little of this one empty.
"""

Row = TypeVar("Row")


def pictures(
    key: str,
    name: str,
    main_thing: str,
    description: str,
    rows: Sequence[Row],
    label: Callable[[Row], str],
    tall: Callable[[Row], float],
    draw: Callable[[Sequence[Row]], tuple[Drawing, float]],
) -> Iterator[SafeString]:
    """The pictures of a chart. `tall` is the height of a row, and `draw` makes a drawing of some rows and its height.

    The text alternative of the first says the main thing; that of each further one says which rows it has.
    """
    parts = list(_packed(rows, tall))
    for number, part in enumerate(parts, 1):
        which = f" Part {number} of {len(parts)}." if len(parts) > 1 else ""
        span = f"From “{brief(label(part[0]))}” to “{brief(label(part[-1]))}”."
        drawing, height = draw(part)
        title = f"{brief(name, 200)}.{which} {main_thing if number == 1 else span}"
        yield drawing.to_svg(f"{key}-{number}", title, description, height)


def _packed(rows: Sequence[Row], tall: Callable[[Row], float]) -> Iterator[list[Row]]:
    """As few parts as there is room for, all about as long: the last one is no leftover."""
    total = sum(map(tall, rows))
    share = total / max(1, ceil(total / ROOM))
    part: list[Row] = []
    used, end = 0.0, share
    for row in rows:
        if part and used + tall(row) / 2 > end:
            yield part
            part, end = [], end + share
        part.append(row)
        used += tall(row)
    if part:
        yield part
