"""Charts: what they say to whoever cannot see them, the table, the page around them, and that they can be read."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from assessments.duty.disclosure import Mark, Published
from assessments.reports.charts import drawing, lettering
from assessments.reports.charts.bars import BarChart, Group
from assessments.reports.charts.values import NO_FIGURE, TOO_FEW, WITHHELD
from tests.app.drawn import AREAS, LONG, SVG, bars, description, forest, page, picture, pyramid, texts, title
from tests.app.test_reports import HOSTILE

# What it says


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        (
            bars(("Asian", 9.9, 13.3, 6.6), ("White", 83.5, 77.0, 81.0), series=AREAS),
            (
                "The largest share for Stoke-on-Trent is “White”: 83.5%, against 81.0% for England. "
                "The largest difference from England is for “Asian”: 9.9% against 6.6%."
            ),
        ),
        (
            bars(("Asian", 10, 9), ("White", 60, 81), series=AREAS[::2]),
            (
                "The largest share for Stoke-on-Trent is “White”: 60.0%, against 81.0% for England. "
                "That is also the largest difference from England."
            ),
        ),
        (
            bars(("A", 10, 9), ("B", 60, 81), ("C", WITHHELD, 2), series=AREAS[::2]),
            (
                "The largest share that can be shown for Stoke-on-Trent is “B”: 60.0%, against 81.0% for England. "
                "That is also the largest difference from England that can be shown."
            ),
        ),
        (
            bars(("A", 30, 20), ("B", 30, 40), series=AREAS[::2]),
            (
                "The largest share for Stoke-on-Trent is 30.0%, and 2 groups have it. "
                "One of the largest differences from England is for “A”: 30.0% against 20.0%."
            ),
        ),
        (
            bars(("A", 30.04, 30.01), ("B", 40.04, 40.01), series=AREAS[::2]),
            (
                "The largest share for Stoke-on-Trent is “B”: 40.0%, against 40.0% for England. "
                "As they are written, no share differs from that for England."
            ),
        ),
        (bars(("A", 12.5)), "The share of “A” for Stoke-on-Trent is 12.5%."),
        (bars(("A", 0), ("B", 0)), "Every share that is shown for Stoke-on-Trent is 0%."),
        (bars(("A", WITHHELD), ("B", NO_FIGURE)), "No share for Stoke-on-Trent can be shown."),
        (
            pyramid(("Under 16", (20, 22), (20, 20)), ("16 and over", (28, 30), (29, 31))),
            (
                "The largest share for Stoke-on-Trent is “Female, 16 and over”: 30.0%, against 31.0% for England. "
                "The largest difference from England is for “Female, Under 16”: 22.0% against 20.0%."
            ),
        ),
        (
            forest(("Black", (4.12, 3.4, 4.98)), ("Asian", (1.3, 1.1, 1.6)), ("Chinese", (0.4, 0.2, 0.9))),
            (
                "Compared with “White”, the whole 95% interval of the rate ratio is above 1 for “Black” (4.12) and "
                "“Asian” (1.30), and below 1 for “Chinese” (0.40)."
            ),
        ),
        (
            forest(("Black", (4.12, 3.4, 4.98)), ("Mixed", (1, 0.5, 2)), measure="Odds ratio", level=99),
            (
                "Compared with “White”, the whole 99% interval of the odds ratio is above 1 for “Black” (4.12). "
                "For 1 group the 99% interval takes in 1, so the figures show no clear difference."
            ),
        ),
        (
            forest(*[(str(number), (2, 1.5, 3)) for number in range(4)]),
            "Compared with “White”, the whole 95% interval of the rate ratio is above 1 for 4 groups.",
        ),
        (
            forest(("A", (1.2, 1, 1.5)), ("B", (0.9, 0.8, 1))),
            "For every group shown the 95% interval takes in 1, so the figures show no clear difference.",
        ),
        (forest(("A", TOO_FEW)), "No ratio can be shown."),
    ],
)
def test_the_text_alternative_says_the_main_thing(chart, says):
    kind, _, rest = title(chart).partition(": ")
    assert kind in ("Bar chart", "Population pyramid", "Chart of ratios")
    assert rest == f"{chart.heading}. {says}"


def test_the_description_counts_what_is_not_shown_and_leads_to_the_table():
    fewer = Published(Mark.FEWER, "fewer than 5")
    chart = bars(("A", WITHHELD, fewer), ("B", NO_FIGURE, 3), series=AREAS[:2])
    assert description(chart) == (
        "2 figures are withheld, so that nobody can be picked out. 1 figure is marked “no figure”. "
        "The table below the chart has the same figures."
    )
    assert description(bars(("A", 3))) == "The table below the chart has the same figures."
    assert description(forest(("A", TOO_FEW), ("B", (1, 1, 1)))).startswith("1 figure is marked “too few to say”.")


def test_title_and_description_name_the_picture():
    svg = picture(bars(("A", 3)))
    assert svg.get("role") == "img"
    ids = [svg.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")]
    assert svg.get("aria-labelledby").split() == ids


# On the page


def cells(root):
    return [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]


def test_the_table_has_the_same_figures_and_the_whole_of_every_name():
    chart = bars(("Asian", 9.9, 9.6), (LONG, WITHHELD, 3), series=AREAS[::2])
    assert cells(page(chart)) == [
        ["Group", "Stoke-on-Trent", "England"],
        ["Asian", "9.9%", "9.6%"],
        [LONG.strip(), "withheld", "3.0%"],
    ]


def test_each_cell_has_its_column_with_it_for_a_narrow_screen():
    root = page(forest(("A", (2, 1.5, 3))))
    assert [each.get("data-label") for each in root.iter("td")] == ["Rate ratio, against White", "95% interval"]


def test_two_charts_of_a_page_share_no_id():
    charts = [bars(("A", 3)), forest(("A", WITHHELD)), pyramid(("A", (1, 1))), bars(*[(str(n), n) for n in range(60)])]
    root = page(*charts[:3], BarChart("other", "Other", charts[3].series, charts[3].groups))
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids)) > 8


def test_the_pages_policy_has_nothing_to_object_to():
    root = page(bars(("A", 30, WITHHELD, NO_FIGURE), series=AREAS), pyramid(("A", (1, 1))), forest(("A", (1, 0, 9))))
    tags = {each.tag for each in root.iter() if isinstance(each.tag, str)}
    assert not tags & {"style", f"{SVG}style", "script", f"{SVG}script", "img", f"{SVG}image", "a"}
    attributes = {(name, value) for each in root.iter() for name, value in each.attrib.items()}
    assert not [(name, value) for name, value in attributes if name == "style" or name.startswith("on")]
    assert not [value for _, value in attributes if "url(" in value or "//" in value.replace(SVG[1:-1], "")]


def test_nothing_that_somebody_types_is_obeyed():
    chart = BarChart("x", HOSTILE[2], HOSTILE[:2], tuple(Group(each, (3, 4)) for each in HOSTILE), HOSTILE[0])
    root = page(chart, forest(*[(each, WITHHELD) for each in HOSTILE]))
    assert not {each.tag for each in root.iter()} & {"script", f"{SVG}script", "img", "object", "b"}
    drawn = [each.text for each in root.iter(f"{SVG}text")]
    assert HOSTILE[0] in drawn
    assert HOSTILE[0] in "".join(root.itertext())


def test_a_chart_of_nothing_says_so():
    root = page(bars())
    assert "There are no figures to show." in "".join(root.itertext())
    assert list(root.iter(f"{SVG}svg")) == list(root.iter("table")) == []


def test_a_long_chart_is_cut_into_parts_each_with_its_axis_and_each_group_once():
    chart = bars(*[(f"Group {number:02}", number, 5, 6) for number in range(40)], series=AREAS)
    parts = [ElementTree.fromstring(each) for each in chart.figure.pictures]
    assert len(parts) > 2
    groups = [each.text for part in parts for each in part.iter(f"{SVG}text") if each.text.startswith("Group")]
    assert groups == [f"Group {number:02}" for number in range(40)]
    assert all("0%" in [each.text for each in part.iter(f"{SVG}text")] for part in parts)
    heights = [float(part.get("height")) for part in parts]
    assert max(heights) <= 650  # 127 mm on paper: half a page
    assert max(heights) < 1.5 * min(heights)
    titles = [part.findtext(f"{SVG}title") for part in parts]
    assert titles[0].startswith(f"Bar chart: Ethnic group. Part 1 of {len(parts)}. The largest share")
    assert titles[1] == f"Bar chart: Ethnic group. Part 2 of {len(parts)}. From “Group 04” to “Group 07”."


def test_the_same_figures_give_the_same_picture():
    one, other = (forest(("A", (2, 1.5, 3)), ("B", WITHHELD)).figure.pictures for _ in range(2))
    assert one == other


# Legible


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """By the formula of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_and_marks_stand_out_from_their_ground():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    for colour in (drawing.INK, drawing.QUIET):
        assert contrast(colour, drawing.PAPER) >= 4.5
    for mark, ground in (
        (drawing.SHADE, drawing.PAPER),
        (drawing.SHADE, drawing.TINT),
        (drawing.QUIET, drawing.PAPER),
    ):
        assert contrast(mark, ground) >= 3


def test_text_on_a_narrow_page_is_not_under_12_pixels_and_on_a_wide_one_not_larger_than_the_rest():
    css = (settings.BASE_DIR / "static" / "app.css").read_text()
    widest = 16 * float(re.search(r"\.app-chart__picture \{\s+max-width: ([\d.]+)rem", css)[1])
    assert widest == drawing.WIDTH
    assert round(lettering.SIZE * (320 - 2 * 15) / drawing.WIDTH) >= 12
    sizes = {each.get("font-size") for each in picture(bars(("A", 3))).iter()} - {None}
    assert sizes == {str(lettering.SIZE)}


def test_a_long_name_is_cut_at_a_blank_and_ends_with_dots():
    first, second, *_ = texts(bars((LONG, 3)))
    assert second.endswith("…")
    assert LONG.startswith(f"{first} {second[:-1]}")


def test_a_letter_and_its_marks_are_one_character_in_the_picture():
    assert texts(bars(("Cafe\u0301", 3)))[0] == "Caf\u00e9"


@pytest.mark.parametrize("name", ["مرحبا", "שלום", "বাংলা", "z\u0338"])
def test_a_name_that_cannot_be_set_letter_by_letter_is_left_to_the_table(name):
    chart = bars((name, 3))
    assert texts(chart)[0] == "(name in the table)"
    assert chart.figure.rows[0][0] == name
    assert f"“{name}”" in title(chart)
