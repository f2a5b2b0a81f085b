"""A drawing, as SVG that may stand in any page.

How a shape looks stands in presentation attributes, so that it needs no style sheet: the Content-Security-Policy
forbids styles in the page, and WeasyPrint applies none from outside. ElementTree writes it, so all text is escaped.
"""

from enum import Enum, auto
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString, mark_safe

from assessments.reports.charts.lettering import LINE, SIZE, width

WIDTH = 460
"""Units across. At 320 pixels a page is 290 wide, and text of SIZE then 12 pixels high; app.css stops at 1 to 1."""

PAPER = "#ffffff"
INK = "#0b0c0c"
QUIET = "#505a5f"
"""Text that is not the main thing."""
SHADE = "#0f4c5c"
"""Fills and outlines of bars, and marks."""
TINT = "#9cc3cd"
"""A lighter fill, always with an outline of SHADE."""
GUIDE = "#cecece"
"""Lines that only help the eye. What they say stands in figures too."""

BASELINE = 16
"""From the top of a line of text to where its letters stand."""


class Look(Enum):
    """How bars of different series are told apart: by lightness, and by stripes."""

    SOLID = auto()
    STRIPED = auto()
    HOLLOW = auto()


class Drawing:
    """Shapes, painted in the order in which they come. Lengths are units, counted from the top left."""

    def __init__(self) -> None:
        self._shapes: list[Element] = []

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = INK, weight: float = 1) -> None:
        self.path(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}", stroke=colour, weight=weight)

    def path(self, steps: str, fill: str = "none", stroke: str = "none", weight: float = 1) -> None:
        """Any shape; `steps` is SVG's own path data."""
        self._add("path", {"d": steps, "fill": fill, **_stroke(stroke, weight)})

    def box(self, x: float, y: float, across: float, down: float, fill: str, stroke: str = "none") -> None:
        """A rectangle. Its outline is drawn inside it, so that its length is that of the figure."""
        inset = 0.0 if stroke == "none" else min(0.75, across / 2)
        self._add(
            "rect",
            {
                "x": _n(x + inset),
                "y": _n(y + inset),
                "width": _n(max(across - 2 * inset, 0)),
                "height": _n(down - 2 * inset),
                "fill": fill,
                **_stroke(stroke, 1.5),
            },
        )

    def bar(self, x: float, y: float, across: float, down: float, look: Look) -> None:
        """A bar from x to the right."""
        if look is Look.SOLID:
            self.box(x, y, across, down, SHADE)
            return
        self.box(x, y, across, down, TINT if look is Look.STRIPED else PAPER, SHADE)
        if look is Look.STRIPED and across > 8:
            stripes = "".join(f"M{_n(x + at)} {_n(y)}v{_n(down)}" for at in range(6, int(across) - 1, 6))
            self.path(stripes, stroke=SHADE, weight=1.5)

    def hatching(self, x: float, y: float, across: float, down: float) -> None:
        """The place of a figure that is withheld: it may be anywhere along it."""
        self.box(x, y, across, down, PAPER, QUIET)
        ends = ((min(at, across), max(0.0, at - down), at) for at in range(8, int(across + down), 8))
        strokes = "".join(
            f"M{_n(x + right)} {_n(y + at - right)}L{_n(x + left)} {_n(y + at - left)}" for right, left, at in ends
        )
        self.path(strokes, stroke=QUIET)

    def text(self, x: float, top: float, words: str, align: float = 0, colour: str = INK) -> None:
        """One line of text: it begins at x with `align` 0, ends there with 1, and has its middle there with 0.5.

        SVG's own text-anchor would do, but for each such text WeasyPrint makes a transparency group.
        """
        if words:
            at = {"x": _n(x - align * width(words)), "y": _n(top + BASELINE), "fill": colour}
            self._add("text", at).text = words

    def label(self, x: float, top: float, words: str, align: float = 0) -> None:
        """The same on a ground of its own, to be read across what lies below it."""
        across = width(words) + 4
        self.box(x - align * width(words) - 2, top + 2, across, LINE - 4, PAPER)
        self.text(x, top, words, align)

    def lines(self, x: float, top: float, lines: list[str], colour: str = INK) -> float:
        """Lines of text. Returns where the last of them ends."""
        for number, words in enumerate(lines):
            self.text(x, top + number * LINE, words, colour=colour)
        return top + len(lines) * LINE

    def centred(self, x: float, top: float, words: str) -> None:
        """One line of text around x, or as near as it keeps within the drawing."""
        half = width(words) / 2
        self.text(min(max(x, half), WIDTH - half), top, words, 0.5, QUIET)

    def to_svg(self, key: str, title: str, description: str, height: float) -> SafeString:
        """The picture. Title and description are what a screen reader says; a PDF has the title."""
        root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {_n(height)}",
                "width": str(WIDTH),
                "height": _n(height),
                "role": "img",
                "aria-labelledby": f"{key}-title {key}-description",
                "font-family": "Arial,sans-serif",
                "font-size": str(SIZE),
            },
        )
        SubElement(root, "title", {"id": f"{key}-title"}).text = title
        SubElement(root, "desc", {"id": f"{key}-description"}).text = description
        SubElement(root, "rect", {"width": str(WIDTH), "height": _n(height), "fill": PAPER})
        root.extend(self._shapes)
        return mark_safe(tostring(root, encoding="unicode"))  # noqa: S308 - ElementTree escapes all text

    def _add(self, tag: str, attributes: dict[str, str]) -> Element:
        shape = Element(tag, attributes)
        self._shapes.append(shape)
        return shape


def _n(number: float) -> str:
    """A number as SVG has it, to a hundredth of a unit."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _stroke(colour: str, weight: float) -> dict[str, str]:
    return {} if colour == "none" else {"stroke": colour, "stroke-width": _n(weight)}
