"""Ages by sex as a population pyramid: on the area page, beside the questions, and cited in page and PDF."""

import io
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from assessments import datasets, population, workflow
from assessments.documents import Draft
from assessments.models import Area, Assessment, PopulationTable
from assessments.reports import cited as reports
from assessments.reports.edition import to_pdf
from tests import factories
from tests.app.drawn import SVG
from tests.app.population_files import by_sex
from tests.app.writing import address, answers, post, signed_in
from tests.pdf import verapdf
from tests.pdf.checks import assert_pdf_ua, text_of

pytestmark = pytest.mark.django_db

PAGE = "evidence-age"


def imported(user, text):
    return workflow.import_population(user, io.BytesIO(text.encode()))


@pytest.fixture
def figures(people):
    """Ages by sex Here, compared with There and Elsewhere."""
    imported(people.lead, by_sex())
    areas = {each.name: each for each in Area.objects.all()}
    workflow.choose_areas(people.lead, areas["Here"], [areas["There"], areas["Elsewhere"]])


@pytest.fixture
def draft(people):
    """A draft to which age matters."""
    return factories.draft_about(people.officer, "age")


def shown():
    """The figure of the only table about age, as a page shows it."""
    (panel,) = population.panels_for("age")
    return reports.figure(population.as_cited(panel), "area")


def drawing():
    (picture,) = shown().pictures
    return ElementTree.fromstring(picture)


def texts(svg):
    return [each.text for each in svg.iter(f"{SVG}text")]


def cite(user, draft):
    (table,) = population.panels_for("age")
    return post(signed_in(user), draft, PAGE, action=f"cite-{population.as_cited(table).id}")


def cited(draft):
    return answers(draft, PAGE).get("figures", [])


def test_bars_are_the_area_and_the_outline_is_the_first_that_it_is_compared_with(figures):
    svg = drawing()
    words = texts(svg)
    assert [each for each in words if each in ("Here", "There", "Elsewhere")] == ["Here", "There"]
    assert [each for each in words if "and over" in each or " to " in each or "Under" in each] == [
        "65 and over",
        "16 to 64",
        "Under 16",
    ]
    assert words.index("Male") < words.index("Female")
    outlines = [each for each in svg.iter(f"{SVG}path") if each.get("stroke-width") == "2.5"]
    assert len(outlines) == 3  # one in the key, one for each sex


def test_its_text_alternative_says_the_largest_share_and_the_largest_difference(figures):
    assert drawing().findtext(f"{SVG}title") == (
        "Population pyramid: Sex by single year of age (TS009): Here, There and Elsewhere. The largest share for Here "
        "is “Female, 16 to 64”: 32.0%, against 31.1% for There. That is also the largest difference from There."
    )


def test_its_table_has_every_category_with_share_and_count_of_each_area(figures):
    figure = shown()
    assert figure.columns == ("Group", "Here", "There", "Elsewhere")
    assert ("Female", "52.0% (520)", "51.9% (550)", "51.9% (550)") in figure.rows
    assert ("Male: Aged 65 years and over", "8.0% (80)", "8.5% (90)", "8.5% (90)") in figure.rows
    assert len(figure.rows) == 8


def test_under_it_stands_what_a_reader_should_know(figures):
    source = shown().source
    assert source.startswith("Census, 21 March 2021. Here, all usual residents: 1,000.")
    assert "Each bar is a share of everybody, of both sexes and all ages." in source
    assert "The outline is There. The figures of Elsewhere are in the table." in source
    assert "The bands are not equally wide" in source


def test_without_anybody_to_compare_with_there_is_no_outline(people, figures):
    workflow.choose_areas(people.lead, Area.objects.get(name="Here"), [])
    assert shown().columns == ("Group", "Here")
    assert "outline" not in shown().source
    assert "There" not in texts(drawing())


def test_a_band_that_the_other_area_lacks_leaves_a_gap_in_the_outline_alone(people):
    text = by_sex(areas=("E06000021,Here", "E92000001,There"))
    lacking = "".join(line for line in text.splitlines(keepends=True) if "There,TS009,age,Male: Aged 65" not in line)
    imported(people.lead, lacking)
    own, other = Area.objects.order_by("code")
    workflow.choose_areas(people.lead, own, [other])
    figure = shown()
    assert ("Male: Aged 65 years and over", "8.0% (80)", "no figure") in figure.rows
    assert "Population pyramid" in figure.pictures[0]


def test_ages_of_another_two_groups_are_drawn_as_bars(people):
    imported(people.lead, by_sex().replace("Female", "Disabled").replace("Male", "Other"))
    workflow.choose_areas(people.lead, Area.objects.get(name="Here"), [])
    assert "Bar chart" in shown().pictures[0]


def test_the_area_page_shows_it_under_age_as_context_and_age_is_no_gap(people, figures):
    html = signed_in(people.officer).get("/evidence/area/").content.decode()
    age = html[html.index('<section id="age"') :]
    age = age[: age.index("</section>")]
    assert "Population pyramid: Sex by single year of age (TS009)" in age
    assert "For context" in age
    assert "No table about age" not in html


def test_users_of_a_service_are_not_put_into_ages_by_sex(people, figures):
    assert "age" not in datasets.panels()


def test_it_is_cited_with_one_press_and_shown_in_answers_report_and_pdf(people, draft, figures, tmp_path):
    page = signed_in(people.officer).get(address(draft, PAGE)).text
    assert "Population pyramid: Sex by single year of age (TS009)" in page
    cite(people.officer, draft)
    (table,) = cited(draft)
    assert table["lines"][1]["category"] == "Female: Aged 15 years and under"
    for name in ("check", "report"):
        page = signed_in(people.officer).get(reverse(name, args=[draft.reference])).text
        assert page.count("Population pyramid: ") == 1
        assert "10.0% (100)" in page
    pdf = to_pdf(Draft(Assessment.objects.get(pk=draft.pk)).document())
    assert_pdf_ua(pdf)
    (path := tmp_path / "cited.pdf").write_bytes(pdf)
    assert list(verapdf.check([path]).values()) == [[]]
    words = " ".join(text_of(pdf).split())
    assert "Sex by single year of age (TS009)" in words
    assert "Male: Aged 15 years and under 10.0% (100)" in words


def test_next_years_file_leaves_a_cited_pyramid_as_it_was(people, draft, figures):
    cite(people.officer, draft)
    before = cited(draft)
    report = reverse("report", args=[draft.reference])
    drawn = pictures(signed_in(people.officer).get(report).text)
    imported(people.lead, by_sex(day="2025-03-23", boys=200))
    assert "18.2% (200)" in str(shown().rows)
    assert cited(draft) == before
    assert pictures(signed_in(people.officer).get(report).text) == drawn
    PopulationTable.objects.all().delete()
    assert pictures(signed_in(people.officer).get(report).text) == drawn
    assert len(drawn) == 1


def pictures(page):
    return re.findall(r"<svg.*?</svg>", page, re.DOTALL)
