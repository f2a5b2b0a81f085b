"""What the tests of charts make and look at: charts of a few figures, and the shapes in their pictures."""

from xml.etree import ElementTree

import tinyhtml5
from django.template.loader import render_to_string

from assessments.reports.charts import drawing, lettering
from assessments.reports.charts.bars import BarChart, Group
from assessments.reports.charts.forest import Estimate, ForestPlot, Row
from assessments.reports.charts.pyramid import Band, Pyramid

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Any other ethnic group, which has so long a name that nobody would ever read all of it at one go " * 4
AREAS = ("Stoke-on-Trent", "West Midlands", "England")


def bars(*groups, series=AREAS[:1]):
    return BarChart("race", "Ethnic group", series, tuple(Group(label, shares) for label, *shares in groups))


def pyramid(*bands, comparator="England"):
    return Pyramid("age", "Age and sex", "Stoke-on-Trent", tuple(Band(*band) for band in bands), comparator)


def forest(*rows, **options):
    rows = tuple(Row(label, Estimate(*each) if isinstance(each, tuple) else each) for label, each in rows)
    return ForestPlot("stops", "Stops", "White", rows, **options)


def pictures(chart):
    return [ElementTree.fromstring(each) for each in chart.figure.pictures]


def picture(chart):
    (only,) = pictures(chart)
    return only


def title(chart):
    return picture(chart).findtext(f"{SVG}title")


def description(chart):
    return picture(chart).findtext(f"{SVG}desc")


def texts(chart):
    return [each.text for each in picture(chart).iter(f"{SVG}text")]


def boxes(svg, *fills):
    """The rectangles of a fill, as (x, y, width, height)."""
    found = [each for each in svg.iter(f"{SVG}rect") if each.get("fill") in fills]
    return [tuple(float(each.get(name, 0)) for name in ("x", "y", "width", "height")) for each in found]


def hatchings(svg):
    return [each for each in svg.iter(f"{SVG}rect") if each.get("stroke") == drawing.QUIET]


def words_at(svg):
    """Each text with the place that it takes, as (left, top, right, bottom)."""
    places = []
    for each in svg.iter(f"{SVG}text"):
        x, baseline = float(each.get("x")), float(each.get("y"))
        right = x + lettering.width(each.text)
        places.append((each.text, (x, baseline - 14, right, baseline + 4)))
    return places


def squares(svg):
    """The middles of the marks, without that of the key."""
    return [x + width / 2 for x, _, width, height in boxes(svg, drawing.SHADE) if width == height == 14][1:]


def page(*charts):
    html = "".join(render_to_string("charts/figure.html", {"figure": chart.figure}) for chart in charts)
    return tinyhtml5.parse(f"<!DOCTYPE html>{html}", namespace_html_elements=False)
