"""Adding service-user data in a browser: each step can be used by everybody."""

import pytest
from django.core.management import call_command

from assessments.models import Area, Dataset
from psed.settings import BASE_DIR

pytestmark = pytest.mark.journey

FILE = BASE_DIR / "fixtures" / "population" / "stoke-on-trent-census-2021.csv"


def records():
    lines = ["Number,Sex,Age,Ethnic group"]
    for number in range(300):
        sex, age, group = "FMF"[number % 3], 5 + number % 80, ("White British", "Pakistani", "", "Irish")[number % 4]
        lines.append(f"{number},{sex},{age},{group}")
    return "\n".join([*lines, "300,X,Prefer not to say,Z"]).encode()


def test_a_file_is_counted_and_saved(committed_people, visit):
    call_command("import_census", str(FILE), "--area", "E06000021")
    Area.objects.filter(code="E06000021").update(role=Area.Role.OWN)
    visitor = visit("officer")
    page = visitor.page
    page.goto("/evidence/service-data/add/")
    visitor.assert_usable()
    page.get_by_label("What is this data called?").fill("Members")
    page.get_by_label("One person").check()
    page.get_by_label("File").set_input_files({"name": "m.csv", "mimeType": "text/csv", "buffer": records()})
    visitor.press("Count it")
    visitor.assert_usable()
    visitor.press("Continue")
    visitor.assert_usable()
    page.get_by_label("X", exact=True).select_option("A group of its own: X")
    visitor.press("Continue")
    visitor.assert_usable()
    visitor.press("Save these counts")
    visitor.assert_usable()
    assert Dataset.objects.get().rows_read == 301
    page.goto("/evidence/service-data/")
    visitor.assert_usable()
