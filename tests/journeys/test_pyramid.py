"""The area page with a population pyramid can be used by everybody."""

import io

import pytest

from assessments import workflow
from assessments.models import User
from tests.app.population_files import by_sex

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("demo")]


def test_a_pyramid_is_usable_on_a_wide_and_on_a_narrow_page(visit):
    areas = ("E06000021,Stoke-on-Trent", "E12000005,West Midlands", "E92000001,England")
    lead = User.objects.get(email="lead@demo.example")
    workflow.import_population(lead, io.BytesIO(by_sex(areas=areas).encode()))
    visitor = visit("lead")
    visitor.page.goto("/evidence/area/#age")
    pyramid = visitor.page.locator("figure", has_text="Sex by single year of age (TS009)")
    assert pyramid.get_by_role("img").count() == 1
    pyramid.locator("summary").click()
    assert pyramid.get_by_role("rowheader", name="Female: Aged 15 years and under").is_visible()
    visitor.assert_usable()
