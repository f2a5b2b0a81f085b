"""Service-user data of a small place, or of a council that rounds: what is hidden then, and what is told."""

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Council, Dataset, Service
from tests.app.uploading import records, through, to_counted
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

COUNTS = "Sex,Count\nFemale,207\nMale,148\nIntersex,7\n"
REFUSED = {"outcome": "the application was refused"}


@pytest.fixture
def schools(council):
    return Service.objects.get(name="Schools")


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


def texts():
    (made,) = Dataset.objects.all()
    return {each["name"]: each["count"]["text"] for each in made.published["sex"]["lines"]}


def test_in_a_ward_or_a_smaller_place_larger_numbers_are_hidden_too(officer, schools):
    assert "fewer than 10" in to_counted(officer, schools, COUNTS, "counts", small_area="on").text
    answer = through(officer, schools, COUNTS, "counts", small_area="on")
    assert texts()["Intersex"] == "fewer than 10"
    assert Dataset.objects.get().threshold == 10
    assert "Numbers under 10" in answer.text


def test_elsewhere_they_are_shown(officer, schools):
    answer = through(officer, schools, COUNTS, "counts")
    assert texts()["Intersex"] == "7"
    assert "Numbers under 5, and under 10 of gender reassignment" in answer.text


def test_a_council_can_have_counts_rounded_and_the_page_says_so(officer, schools):
    Council.objects.update(rounding=5)
    answer = through(officer, schools, COUNTS, "counts")
    assert (texts()["Female"], texts()["Male"], texts()["Total"]) == ("205", "150", "360")
    assert "Numbers are rounded to the nearest 5" in answer.text


def test_a_council_cannot_round_so_that_small_numbers_would_look_like_none(council):
    council = Council.objects.get()
    council.small_number, council.rounding = 3, 10
    with pytest.raises(ValidationError, match="Choose 6 or less"):
        council.full_clean()
    council.small_number = 5
    council.full_clean()


def test_nearly_as_many_people_on_the_same_day_are_taken_for_the_same(officer, schools):
    day = {"dated_0": "31", "dated_1": "3", "dated_2": "2026"}
    through(officer, schools, records(400), **day)
    page = to_counted(officer, schools, records(396), **day).text
    assert "Yes: replace" in page
    assert 'value="no"' not in page
    assert 'value="no"' in to_counted(officer, schools, records(300), **day).text


def test_more_groups_than_can_be_protected_while_somebody_waits_are_refused_with_advice(officer, schools):
    rows = "".join(f"Tongue {number},90,{number % 7 + 6}\n" for number in range(70))
    page = to_counted(officer, schools, f"Race,Count,Refused\n{rows}", "counts", outcome="Refused", answers=REFUSED)
    assert "“Race” has more than 60 groups" in page.text
    assert not Dataset.objects.exists()
