"""The three charts in a PDF: conformance, what is read out, what hostile names do."""

import io
import logging
import math
from collections import Counter

import pikepdf
import pytest
from django.template.loader import render_to_string

from assessments.reports import pdf
from assessments.reports.charts.bars import BarChart, Group
from assessments.reports.charts.forest import Estimate, ForestPlot, Row
from assessments.reports.charts.pyramid import Band, Pyramid
from assessments.reports.charts.values import NO_FIGURE, TOO_FEW, WITHHELD
from tests.app.test_reports import HOSTILE, LONG_WORD
from tests.pdf.checks import assert_pdf_ua, structure_of
from tests.pdf.verapdf import assert_verapdf

SERIES = ("Stoke-on-Trent", "West Midlands", "England")
BARS = BarChart(
    "race",
    "Ethnic group",
    SERIES,
    (Group("Asian", (9.9, 13.3, 9.6)), Group("White", (83.5, 77.0, 81.0)), Group("Roma", (WITHHELD, 0.1, NO_FIGURE))),
    "Source: Census 2021",
)
PYRAMID = Pyramid(
    "age",
    "Age and sex",
    "Stoke-on-Trent",
    (Band("Under 16", (10.1, 9.7), (9.8, 9.4)), Band("16 and over", (39.4, 40.8), (39, 41.8))),
    "England",
)
FOREST = ForestPlot(
    "stops",
    "Stop and search",
    "White",
    (
        Row("Black", Estimate(4.12, 3.4, 4.98)),
        Row("Other", Estimate(1.2, 0.001, math.inf)),
        Row("Roma", TOO_FEW),
        Row("Arab", WITHHELD),
    ),
)
LONG_ONE = BarChart("long", "Forty groups", SERIES, tuple(Group(f"Group {n}", (n, 2, 3)) for n in range(40)))


def printed(*charts):
    figures = "".join(render_to_string("charts/figure.html", {"figure": chart.figure}) for chart in charts)
    head = '<meta charset="utf-8"><title>Charts</title><link rel="stylesheet" href="report.css">'
    html = f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body><h1>Charts</h1>{figures}</body></html>'
    return pdf.from_html(html, identifier="charts")


@pytest.fixture(scope="module")
def made():
    return printed(BARS, PYRAMID, FOREST)


@pytest.fixture(scope="module")
def structure(made):
    return structure_of(made)


def test_it_conforms_to_pdf_ua(made):
    assert_pdf_ua(made)
    assert_verapdf(made)


def test_each_picture_is_one_figure_whose_alternative_says_the_main_thing(structure):
    figures = list(structure.root.find("Figure"))
    assert [figure.alternative for figure in figures] == [
        (
            "Bar chart: Ethnic group. The largest share that can be shown for Stoke-on-Trent is “White”: 83.5%, "
            "against 81.0% for England. That is also the largest difference from England that can be shown."
        ),
        (
            "Population pyramid: Age and sex. The largest share for Stoke-on-Trent is “Female, 16 and over”: 40.8%, "
            "against 41.8% for England. That is also the largest difference from England."
        ),
        (
            "Chart of ratios: Stop and search. Compared with “White”, the whole 95% interval of the rate ratio is "
            "above 1 for “Black” (4.12). For 1 group the 95% interval takes in 1, so the figures show no clear "
            "difference."
        ),
    ]
    assert all(len(figure.kids) == 1 and not list(figure.find("Span", "P")) for figure in figures)


def test_heading_picture_table_and_source_are_read_in_this_order(structure):
    chart = next(each for each in structure.root.find("NonStruct") if list(each.find("Figure")))
    assert [each.tag for each in chart.find("Caption", "Figure", "Table", "P")] == ["Caption", "Figure", "Table", "P"]
    assert chart.text.startswith("Ethnic group\n")
    assert chart.text.endswith("Source: Census 2021")
    assert "The figures as a table" not in structure.root.text


def test_each_figure_of_the_table_is_read_with_its_group_and_its_series(structure):
    cells = {cell.headers: cell.text for table in structure.tables for row in table.rows for cell in row}
    assert cells["White", "England"] == "81.0%"
    assert cells["Roma", "Stoke-on-Trent"] == "withheld"
    assert cells["16 and over", "Male, England"] == "39.0%"
    assert cells["Black", "95% interval"] == "3.40 to 4.98"
    assert cells["Other", "95% interval"] == "from under 0.01 up"


def test_the_picture_makes_no_transparency_group(made):
    with pikepdf.open(io.BytesIO(made)) as opened:
        dictionaries = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]
        assert not [each for each in dictionaries if "/Group" in each or each.get("/ca", 1) != 1]


def test_a_long_chart_is_several_figures_each_on_one_page():
    found = structure_of(printed(LONG_ONE))
    figures = list(found.root.find("Figure"))
    assert len(figures) == len(LONG_ONE.figure.pictures) > 2
    pages = [figure.page for figure in figures]
    assert pages == sorted(pages)
    assert max(Counter(pages).values()) == 2
    assert "Part 2 of" in figures[1].alternative


def test_hostile_names_break_nothing(caplog):
    names = [*HOSTILE, LONG_WORD, "中文字符" * 100, ""]
    charts = (
        BarChart("bars", HOSTILE[2], (LONG_WORD, HOSTILE[0]), tuple(Group(name, (3, WITHHELD)) for name in names)),
        Pyramid("age", LONG_WORD, HOSTILE[8], tuple(Band(name, (1, TOO_FEW), (2, 2)) for name in names), HOSTILE[9]),
        ForestPlot("stops", HOSTILE[5], HOSTILE[10], tuple(Row(name, Estimate(2, 1, 3)) for name in names)),
    )
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        made = printed(*charts)
    assert [each.getMessage() for each in caplog.records if each.name.startswith("weasyprint")] == []
    assert_pdf_ua(made)
    assert_verapdf(made)
    text = " ".join(structure_of(made).root.text.split())
    for shown in (HOSTILE[0], HOSTILE[1], HOSTILE[11]):
        assert " ".join(shown.split()) in text


def test_the_same_charts_give_the_same_bytes(made):
    assert printed(BARS, PYRAMID, FOREST) == made
