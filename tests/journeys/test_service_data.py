"""Adding service-user data in a browser: each step can be used by everybody."""

import pytest
from django.core.management import call_command

from assessments.models import Area, Dataset
from psed.settings import BASE_DIR

pytestmark = pytest.mark.journey

FILE = BASE_DIR / "fixtures" / "population" / "stoke-on-trent-census-2021.csv"


def records():
    lines = ["Number,Sex,Age,Ethnic group,Decision"]
    for number in range(300):
        sex, age, group = "FMF"[number % 3], 5 + number % 80, ("White British", "Pakistani", "", "Irish")[number % 4]
        lines.append(f"{number},{sex},{age},{group},{('Refused', 'Granted', 'Granted', '')[number // 7 % 4]}")
    return "\n".join([*lines, "300,X,Prefer not to say,Z,Granted"]).encode()


def choose_file(visitor):
    visitor.page.get_by_label("What is this data called?").fill("Members")
    visitor.page.get_by_label("One person").check()
    visitor.page.get_by_label("Which column says what happened?").fill("decision")
    visitor.page.get_by_label("File").set_input_files({"name": "m.csv", "mimeType": "text/csv", "buffer": records()})
    visitor.press("Count it")
    visitor.assert_usable()


def test_a_file_is_counted_and_saved(committed_people, visit):
    call_command("import_census", str(FILE), "--area", "E06000021")
    Area.objects.filter(code="E06000021").update(role=Area.Role.OWN)
    visitor = visit("officer")
    page = visitor.page
    page.goto("/evidence/service-data/add/")
    visitor.assert_usable()
    choose_file(visitor)
    visitor.press("Continue")
    visitor.assert_usable()
    page.get_by_label("X", exact=True).select_option("A group of its own: X")
    page.get_by_label("Refused").check()
    page.get_by_label("What happened?").fill("the application was refused")
    visitor.press("Continue")
    visitor.assert_usable()
    visitor.press("Save these counts")
    visitor.assert_usable()
    made = Dataset.objects.get()
    assert (made.rows_read, made.outcome) == (301, "the application was refused")
    page.goto("/evidence/service-data/")
    visitor.assert_usable()


def test_the_same_people_are_saved_once(committed_people, visit):
    visitor = visit("officer")
    for _ in range(2):
        visitor.page.goto("/evidence/service-data/add/")
        choose_file(visitor)
        visitor.press("Continue")
        for select in visitor.page.locator("select").all():
            if not select.input_value():
                select.select_option(index=1)
        if not Dataset.objects.exists():  # The second time, these answers are suggested.
            visitor.page.get_by_label("Refused").check()
            visitor.page.get_by_label("What happened?").fill("the application was refused")
        visitor.press("Continue")
        visitor.assert_usable()
        if Dataset.objects.exists():
            visitor.page.get_by_label("Yes: replace “Members”").check()
        visitor.press("Save these counts")
    assert Dataset.objects.count() == 1
