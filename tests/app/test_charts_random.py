"""Charts of whatever figures and names: nothing raises, nothing overlaps, everything is in its place."""

import math
import re
from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from assessments.duty.disclosure import Mark, Published
from assessments.reports.charts import drawing, lettering
from assessments.reports.charts.bars import BarChart, Group
from assessments.reports.charts.forest import Estimate, ForestPlot, Row
from assessments.reports.charts.pyramid import Band, Pyramid
from assessments.reports.charts.values import NO_FIGURE, TOO_FEW, WITHHELD
from tests.app.drawn import LONG, SVG, bars, boxes, forest, pictures, squares, words_at
from tests.app.test_reports import HOSTILE

NAMES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="Wil .-/", max_size=300),
    st.sampled_from([LONG, "W" * 400, "中文字符" * 30, "שלום עולם", *HOSTILE]),
)
SHARES = st.one_of(
    st.floats(0, 100),
    st.floats(0, allow_infinity=False, allow_nan=False),
    st.sampled_from([0, 100.0, 5e-324, WITHHELD, TOO_FEW, NO_FIGURE, Published(Mark.FEWER, "fewer than 10", 3.0)]),
)
POSITIVE = st.one_of(st.floats(0.2, 5), st.floats(0, allow_infinity=False, allow_nan=False))
ESTIMATES = st.one_of(
    st.tuples(POSITIVE, POSITIVE, st.one_of(POSITIVE, st.just(math.inf)))
    .map(sorted)
    .map(lambda three: Estimate(three[1], three[0], three[2])),
    st.sampled_from([WITHHELD, TOO_FEW, NO_FIGURE]),
)


@st.composite
def bar_charts(draw):
    series = tuple(draw(st.lists(NAMES, min_size=1, max_size=3)))
    groups = st.builds(Group, NAMES, st.tuples(*[SHARES] * len(series)))
    return BarChart("chart", draw(NAMES), series, tuple(draw(st.lists(groups, max_size=12))), draw(NAMES))


PAIRS = st.tuples(SHARES, SHARES)
CHARTS = st.one_of(
    bar_charts(),
    st.builds(
        Pyramid,
        st.just("chart"),
        NAMES,
        NAMES,
        st.lists(st.builds(Band, NAMES, PAIRS, PAIRS), max_size=45).map(tuple),
        NAMES,
        st.tuples(NAMES, NAMES),
    ),
    st.builds(
        ForestPlot,
        st.just("chart"),
        NAMES,
        NAMES,
        st.lists(st.builds(Row, NAMES, ESTIMATES), max_size=20).map(tuple),
        NAMES,
    ),
)


def corners(element):
    """The points that a shape reaches, and those of its text."""
    if element.tag == f"{SVG}rect":
        x, y, width, height = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
        return [(x, y), (x + width, y + height)]
    x = y = 0.0
    found = []
    for step, numbers in re.findall(r"([MLHVhvZ])([^MLHVhvZ]*)", element.get("d")):
        values = [float(each) for each in numbers.split()]
        match step:
            case "M" | "L":
                x, y = values
            case "H":
                (x,) = values
            case "V":
                (y,) = values
            case "h":
                x += values[0]
            case "v":
                y += values[0]
        found.append((x, y))
    return found


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(CHARTS)
def test_every_chart_is_a_valid_picture_with_everything_inside_and_no_text_on_other_text(chart):
    figure = chart.figure
    for each in figure.pictures:
        svg = ElementTree.fromstring(each)
        _, _, width, height = (float(number) for number in svg.get("viewBox").split())
        assert svg.findtext(f"{SVG}title")
        assert svg.findtext(f"{SVG}desc")
        for shape in svg.iter():
            if shape.tag in (f"{SVG}rect", f"{SVG}path"):
                assert all(-0.1 <= x <= width + 0.1 and -0.1 <= y <= height + 0.1 for x, y in corners(shape))
            numbers = [value for name, value in shape.attrib.items() if name in ("x", "y", "width", "height", "d")]
            assert not re.search("nan|inf|e", " ".join(numbers), re.IGNORECASE)
        places = words_at(svg)
        for words, (left, top, right, bottom) in places:
            assert -0.1 <= left <= right <= width + 0.1, words
            assert 0 <= top <= bottom <= height
        for (one, here), (other, there) in combinations(places, 2):
            assert not overlap(here, there), (one, other)
    assert all(len(row) == len(figure.columns) for row in figure.rows)


@given(CHARTS)
def test_no_text_lies_on_a_bar_or_a_mark(chart):
    for each in chart.figure.pictures:
        svg = ElementTree.fromstring(each)
        bars_there = boxes(svg, drawing.SHADE, drawing.TINT)
        for words, place in words_at(svg):
            for x, y, across, down in bars_there:
                assert not overlap(place, (x, y + 1, x + across, y + down - 1)), words


@given(st.lists(st.floats(0, 200), min_size=2, max_size=10))
def test_bars_are_as_long_as_their_shares_are_large(shares):
    parts = pictures(bars(*[(str(number), share) for number, share in enumerate(shares)]))
    lengths = [width for svg in parts for _, _, width, _ in boxes(svg, drawing.SHADE)]
    drawn = [share for share in shares if share]
    assert len(lengths) == len(drawn)
    for (share, length), (other, longer) in combinations(zip(drawn, lengths, strict=True), 2):
        assert (share <= other) <= (length <= longer)


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=10))
def test_marks_are_in_the_order_of_their_ratios(ratios):
    parts = pictures(forest(*[(str(number), (each, each, each)) for number, each in enumerate(ratios)]))
    places = [place for svg in parts for place in squares(svg)]
    assert len(places) == len(ratios)
    for (ratio, x), (other, further) in combinations(zip(ratios, places, strict=True), 2):
        assert (ratio <= other) <= (x <= further)


@given(st.text(max_size=400), st.floats(100, 460), st.integers(1, 3))
def test_lines_fit_and_lose_nothing_but_what_the_dots_stand_for(text, room, most):
    text = lettering.drawn(lettering.shown(text))
    lines = lettering.wrapped(text, room, most)
    assert 1 <= len(lines) <= most
    assert all(lettering.width(line) <= room for line in lines)
    squeezed = "".join(lines).replace(" ", "")
    assert text.replace(" ", "").startswith(squeezed.removesuffix("…"))
