"""Charts: what the picture shows."""

import math
import re
from itertools import pairwise

import pytest

from assessments.duty.disclosure import Mark, Published
from assessments.reports.charts import axes, drawing
from assessments.reports.charts.bars import BarChart
from assessments.reports.charts.forest import Estimate
from assessments.reports.charts.values import NO_FIGURE, TOO_FEW, WITHHELD
from tests.app.drawn import AREAS, SVG, bars, boxes, forest, hatchings, page, picture, pyramid, squares, texts, words_at

# Bars


def test_a_larger_share_has_a_longer_bar_to_scale():
    svg = picture(bars(("A", 10), ("B", 40), ("C", 20), ("D", 0)))
    widths = [width for _, _, width, _ in boxes(svg, drawing.SHADE)]
    assert widths == pytest.approx([widths[0], 4 * widths[0], 2 * widths[0]], abs=0.02)


def test_each_bar_has_the_name_of_its_series_and_its_figure_beside_it():
    assert texts(bars(("Asian", 9.9, 13.3, 9.6), series=AREAS))[:7] == [
        "Asian",
        "Stoke-on-Trent",
        "9.9%",
        "West Midlands",
        "13.3%",
        "England",
        "9.6%",
    ]


def test_series_are_told_apart_by_lightness_and_stripes():
    svg = picture(bars(("A", 30, 30, 30), series=AREAS))
    rows = [boxes(svg, fill)[-1] for fill in (drawing.SHADE, drawing.TINT)]
    assert rows[0][1] < rows[1][1]
    stripes = [each for each in svg.iter(f"{SVG}path") if each.get("d").count("v") > 5]
    assert len(stripes) == 1


def test_a_withheld_share_is_hatched_over_the_whole_axis_and_has_no_bar():
    chart = bars(("A", 28), ("B", WITHHELD))
    (hatched,) = hatchings(picture(chart))
    assert float(hatched.get("width")) > boxes(picture(chart), drawing.SHADE)[0][2]
    assert "withheld" in texts(chart)


def test_a_number_behind_a_hidden_figure_is_never_drawn_or_used():
    chart = bars(("A", 30), ("B", Published(Mark.FEWER, "fewer than 5", 97.0)))
    assert len(hatchings(picture(chart))) == 1
    assert "fewer than 5" in texts(chart)
    assert "97" not in "".join(page(chart).itertext())
    assert texts(chart)[-1] == "30%"


@pytest.mark.parametrize("share", [TOO_FEW, NO_FIGURE])
def test_what_is_not_known_has_words_and_no_mark(share):
    chart = bars(("A", 30), ("B", share))
    assert share.text in texts(chart)
    assert len(boxes(picture(chart), drawing.SHADE)) == 1
    assert hatchings(picture(chart)) == []


def test_what_is_published_is_shown_in_its_own_words():
    assert "over 99.9%" in texts(bars(("A", Published(Mark.ROUNDED, "over 99.9%", 99.98))))


def test_numbers_are_written_as_people_read_them():
    shares = (0, 0.04, 0.05, 12.34, 100, 1234.5, 5e9)
    written = [row[1] for row in bars(*[(str(share), share) for share in shares]).figure.rows]
    assert written == ["0%", "under 0.1%", "0.1%", "12.3%", "100.0%", "1,234.5%", "over 999,999%"]


@pytest.mark.parametrize("share", [-1, math.nan, math.inf])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match="A share is a number from 0 up"):
        bars(("A", share))


def test_a_group_has_a_share_for_each_series():
    with pytest.raises(ValueError, match="'A' has 1 shares for 3 series"):
        bars(("A", 1), series=AREAS)


@pytest.mark.parametrize("key", ["", "Age", "a b", "1", 'x"', "a)"])
def test_a_key_can_be_part_of_an_id(key):
    with pytest.raises(ValueError, match="The key of a chart"):
        BarChart(key, "Heading", ("A",), ())


# The pyramid


def test_in_a_pyramid_the_oldest_are_on_top_men_left_and_women_right():
    svg = picture(pyramid(("0 to 15", (10, 9)), ("16 and over", (40, 41)), comparator=""))
    middle = drawing.WIDTH / 2
    left = [each for each in boxes(svg, drawing.SHADE) if each[0] < middle and each[3] == 20]
    right = [each for each in boxes(svg, drawing.SHADE) if each[0] > middle]
    assert [width for _, _, width, _ in left] == pytest.approx([4 * left[1][2], left[1][2]], abs=0.05)
    assert right[0][2] > left[0][2]
    assert right[1][2] < left[1][2]
    places = dict(words_at(svg))
    assert places["16 and over"][1] < places["0 to 15"][1]
    assert places["Male"][2] < middle < places["Female"][0]


def outlines(svg):
    return [each.get("d") for each in svg.iter(f"{SVG}path") if each.get("stroke-width") == "2.5"][1:]


def test_the_outline_stands_where_bars_of_that_length_would_end():
    svg = picture(pyramid(("Young", (20, 20), (20, 10)), ("Old", (30, 30), (30, 40))))
    left, right = outlines(svg)
    ends = [each for each in boxes(svg, drawing.SHADE) if each[3] == 20]
    assert re.findall(r"[MH]([\d.]+)", left) == [f"{x:g}" for x, *_ in ends[:2]]
    upper, lower = (float(x) for x in re.findall(r"[MH]([\d.]+)", right))
    assert upper > ends[2][0] + ends[2][2]
    assert lower < ends[3][0] + ends[3][2]


def test_the_outline_breaks_off_where_there_is_no_figure():
    gap = (WITHHELD, 3)
    svg = picture(pyramid(("A", (1, 1), (2, 2)), ("B", (1, 1), gap), ("C", (1, 1), (2, 2))))
    left, right = outlines(svg)
    assert (left.count("M"), right.count("M")) == (2, 1)


def test_without_a_comparator_there_is_no_outline_and_no_column_for_it():
    chart = pyramid(("A", (1, 2), (3, 4)), comparator="")
    assert outlines(picture(chart)) == []
    assert chart.figure.columns == ("Age", "Male, Stoke-on-Trent", "Female, Stoke-on-Trent")
    assert chart.figure.rows == (("A", "1.0%", "2.0%"),)


def test_the_word_for_a_withheld_cell_does_not_lie_on_the_outline():
    svg = picture(pyramid(("A", (WITHHELD, 50), (10, 50))))
    place = dict(words_at(svg))["withheld"]
    outline_at = float(outlines(svg)[0][1:].split()[0])
    assert not place[0] - 2 < outline_at < place[2] + 2


# The forest plot


def arrows(svg):
    """Where the arrows point: -1 to the left, 1 to the right."""
    found = [each.get("d") for each in svg.iter(f"{SVG}path") if each.get("d").endswith("Z")]
    corners = [[float(x) for x in re.findall(r"[ML]([\d.]+)", each)] for each in found]
    return [1 if tip > side else -1 for side, tip, _ in corners]


def test_ratios_stand_on_a_logarithmic_axis():
    svg = picture(forest(*[(str(each), (each, each, each)) for each in (0.5, 1, 2, 4)]))
    steps = [after - before for before, after in pairwise(squares(svg))]
    assert steps[0] > 0
    assert steps == pytest.approx([steps[0]] * 3, abs=0.05)


def test_there_is_a_line_at_one_in_every_row():
    svg = picture(forest(("A", (1, 0.9, 1.1)), ("B", TOO_FEW), ("C", WITHHELD)))
    lines = [each.get("d") for each in svg.iter(f"{SVG}path") if each.get("stroke-width") == "2"][1:]
    assert [float(re.match(r"M([\d.]+)", each)[1]) for each in lines] == pytest.approx([squares(svg)[0]] * 3, abs=0.05)


def test_an_arrow_shows_that_an_interval_goes_on():
    assert arrows(picture(forest(("A", (1, 0.5, 2))))) == []
    assert arrows(picture(forest(("A", (1, 0.01, 2))))) == [-1]
    assert arrows(picture(forest(("A", (1, 0.5, math.inf))))) == [1]
    assert arrows(picture(forest(("A", (1, 0, 1000))))) == [-1, 1]


def test_a_ratio_beyond_every_axis_is_an_arrow_without_a_square():
    svg = picture(forest(("Huge", (5e7, 3e6, math.inf)), ("Tiny", (1e-9, 0, 1e-8))))
    assert squares(svg) == []
    assert arrows(svg) == [1, -1]


def test_too_few_to_say_has_no_mark_and_withheld_is_hatched():
    chart = forest(("A", (2, 1.5, 3)), ("B", TOO_FEW), ("C", WITHHELD))
    assert len(squares(picture(chart))) == 1
    assert len(hatchings(picture(chart))) == 1
    assert {"too few to say", "withheld"} <= set(texts(chart))


def test_ratios_are_written_with_two_decimals_unless_they_are_published_otherwise():
    chart = forest(
        ("A", (4.117, 3.4, 12.34)),
        ("B", (1.001, 0.999, 1234.5)),
        ("C", (0, 0, 0.001)),
        ("D", (2e6, 0.4, math.inf)),
        ("E", (4.117, 3.4, 4.98, ("4.1", "3.4", "5.0"))),
        ("F", TOO_FEW),
    )
    assert [row[1:] for row in chart.figure.rows] == [
        ("4.12", "3.40 to 12.3"),
        ("just over 1", "just under 1 to 1,234"),
        ("0", "0 to under 0.01"),
        ("over 999,999", "from 0.40 up"),
        ("4.1", "3.4 to 5.0"),
        ("too few to say", "too few to say"),
    ]


@pytest.mark.parametrize("three", [(1, 2, 3), (1, 0, 0.5), (-1, -2, 1), (math.nan, 0, 1), (math.inf, 1, math.inf)])
def test_a_ratio_outside_its_interval_is_refused(three):
    with pytest.raises(ValueError, match="Not a ratio within its interval"):
        Estimate(*three)


# Axes


@pytest.mark.parametrize(
    ("most", "words"),
    [
        (0, "0% 0.2% 0.4% 0.6% 0.8% 1%"),
        (3.9, "0% 1% 2% 3% 4%"),
        (83.5, "0% 25% 50% 75% 100%"),
        (250, "0% 100% 200% 300%"),
        (1e12, "0% 500,000% 1,000,000%"),
    ],
)
def test_an_axis_of_shares_has_few_round_marks_from_nothing_to_more_than_the_most(most, words):
    axis = axes.of_shares([most], 0, 440)
    assert " ".join(mark.words for mark in axis.marks) == words
    assert axis.at(most) <= 440


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ([], "0.5 1 2"),
        ([(0.2, 0.42, 0.88), (3.4, 4.12, 4.98)], "0.25 0.5 1 2 4"),
        ([(0.05, 1.2, 29), (3.4, 4.12, 4.98)], "0.25 1 4 16"),
        ([(0, 0, 1), (50, 1e6, 1e7)], "0.01 0.1 1 10 100"),
    ],
)
def test_an_axis_of_ratios_has_few_round_marks_with_one_among_them(ends, words):
    assert " ".join(mark.words for mark in axes.of_ratios(ends, 0, 440).marks) == words
