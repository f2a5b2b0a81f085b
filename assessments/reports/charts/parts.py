"""A long chart, cut into parts: one picture each, with its own axis. Each fits a printed page."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.utils.safestring import SafeString

from assessments.reports.charts.drawing import Drawing
from assessments.reports.charts.lettering import brief

ROOM = 860
"""Units for the rows of one part, one below the other. Key and axis come on top."""

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
    part: list[Row] = []
    used = 0.0
    for row in rows:
        if part and used + tall(row) > ROOM:
            yield part
            part, used = [], 0.0
        part.append(row)
        used += tall(row)
    if part:
        yield part
