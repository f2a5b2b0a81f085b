"""Population figures: taken in from a file whole or not at all, kept by the day, and read beside other areas."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from assessments import demonstration, population, workflow
from assessments.evidence.census import Unreadable
from assessments.management.commands import import_census
from assessments.models import Area, AuditEvent, PopulationTable
from tests.app.population_files import OWN, disability, of_many, religion
from tests.app.test_queries import spent_on
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db


def imported(user, text, **asked):
    return workflow.import_population(user, io.BytesIO(text.encode()), **asked)


def stored():
    return sorted(PopulationTable.objects.values_list("area__code", "code", "date", "base"))


@pytest.fixture
def stoke(people):
    """The figures of the demonstration: Stoke-on-Trent, compared with the West Midlands and England."""
    with demonstration.POPULATION.open("rb") as file:
        workflow.import_population(people.lead, file)
    areas = {each.name: each for each in Area.objects.all()}
    workflow.choose_areas(people.lead, areas["Stoke-on-Trent"], [areas["West Midlands"], areas["England"]])


# Import


def test_an_import_says_what_was_read_and_stored(people):
    done = imported(people.lead, religion())
    assert done.added == ("Here: TS030, 21 March 2021", "There: TS030, 21 March 2021")
    assert done.sentence == "The figures are stored. Tables: 2 added, 0 replaced, 0 unchanged."
    assert done.report.rows == 4
    assert stored() == [("E06000021", "TS030", date(2021, 3, 21), 100), ("E92000001", "TS030", date(2021, 3, 21), 1000)]


def test_the_same_file_again_changes_nothing_and_says_so(people):
    imported(people.lead, religion())
    before = list(PopulationTable.objects.values()), AuditEvent.objects.count()
    again = imported(people.administrator, religion())
    assert again.sentence == "Nothing was changed: these figures are all here already."
    assert len(again.unchanged) == 2
    assert (list(PopulationTable.objects.values()), AuditEvent.objects.count()) == before


def test_figures_of_another_day_stand_beside_the_older(people):
    imported(people.lead, religion())
    imported(people.lead, religion(day="2025-03-23", here=60))
    assert [row[2].year for row in stored() if row[0] == "E06000021"] == [2021, 2025]


def test_other_figures_for_the_same_day_replace_those_there(people):
    imported(people.lead, religion())
    done = imported(people.lead, religion(here=41))
    assert (done.added, done.replaced) == ((), ("Here: TS030, 21 March 2021",))
    here = PopulationTable.objects.get(area__code="E06000021")
    assert here.figures[0] == {"category": "No religion", "count": 41, "part_of": ""}
    assert here.imported_by == people.lead


def categories():
    return [each["category"] for each in PopulationTable.objects.get().figures]


def test_a_table_with_fewer_categories_does_not_replace_one_with_more_and_says_so(people):
    imported(people.lead, disability(is_fine=True))
    before = list(PopulationTable.objects.values()), AuditEvent.objects.count()
    done = imported(people.lead, disability(is_fine=False, disabled=21))
    assert done.finer == ("Here: TS038, 21 March 2021",)
    assert done.sentence == (
        "Nothing was changed. Tables: 0 added, 0 replaced, 0 unchanged, 1 not replaced by one with fewer categories."
    )
    assert (list(PopulationTable.objects.values()), AuditEvent.objects.count()) == before
    assert len(categories()) == 4


def test_a_table_with_more_categories_replaces_one_with_fewer(people):
    imported(people.lead, disability(is_fine=False))
    assert imported(people.lead, disability(is_fine=True)).replaced == ("Here: TS038, 21 March 2021",)
    assert len(categories()) == 4


def test_a_table_with_fewer_categories_stands_beside_one_of_another_day(people):
    imported(people.lead, disability(is_fine=True))
    done = imported(people.lead, disability(is_fine=False, day="2025-03-23"))
    assert (done.added, done.finer) == (("Here: TS038, 23 March 2025",), ())


def test_what_the_council_takes_out_of_a_table_of_its_own_is_gone(people):
    imported(people.lead, disability(is_fine=True, code=""))
    assert imported(people.lead, disability(is_fine=False, code="")).replaced == ("Here: disability, 21 March 2021",)
    assert len(categories()) == 2


def test_what_was_not_replaced_stands_in_the_report_of_page_and_command(people, tmp_path):
    imported(people.lead, disability(is_fine=True))
    html = upload(people.lead, disability(is_fine=False)).content.decode()
    assert "What was not replaced" in html
    assert "<li>Here: TS038, 21 March 2021</li>" in html
    (tmp_path / "file.csv").write_text(disability(is_fine=False))
    said = run(str(tmp_path / "file.csv"))
    assert "Not replaced, because the file has fewer categories: Here: TS038, 21 March 2021" in said
    assert "What was not replaced" not in upload(people.lead, disability(is_fine=True)).content.decode()


def test_only_the_areas_asked_for_are_kept(people):
    imported(people.lead, religion(), areas=["E92000001"])
    assert [row[0] for row in stored()] == ["E92000001"]


def test_how_a_file_was_put_together_marks_every_figure(people):
    imported(people.lead, religion(), approximate="Added up from wards.")
    assert all(each.is_approximate and "Added up from wards." in each.note for each in PopulationTable.objects.all())


def test_a_fault_in_the_last_row_keeps_the_whole_file_out(people):
    before = AuditEvent.objects.count()
    with pytest.raises(Unreadable, match=r"Row 5, column “count”: “-3” is below zero"):
        imported(people.lead, religion(last="-3"))
    assert (stored(), Area.objects.count(), AuditEvent.objects.count()) == ([], 0, before)


@pytest.mark.parametrize(
    ("slug", "count", "is_kept"),
    [("race", 4, False), ("race", 5, True), ("sexual-orientation", 9, False), ("sexual-orientation", 10, True)],
)
def test_a_count_so_small_that_somebody_could_be_recognised_is_not_kept(people, slug, count, is_kept):
    if is_kept:
        imported(people.lead, OWN.format(slug=slug, code="E06000021", count=count))
    else:
        with pytest.raises(Unreadable, match=rf"“Few” in Here, Our survey, is {count}\. So few people"):
            imported(people.lead, OWN.format(slug=slug, code="E06000021", count=count))
    assert len(stored()) == is_kept


@pytest.mark.parametrize("code", ["E05000021", "E01014000", "W00000001", "NORTH-3"])
def test_a_ward_and_every_other_small_area_has_the_higher_limit(people, code):
    with pytest.raises(Unreadable, match="counts under 10 are not kept"):
        imported(people.lead, OWN.format(slug="race", code=code, count=9))


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ([("Women", 600, ""), ("Men", 397, "")], "The rest of the base that is in no category"),
        (
            [("Women", 600, ""), ("Mothers", 597, "Women"), ("Men", 400, "")],
            "The rest of “Women” that is in none of its parts",
        ),
    ],
)
def test_what_is_left_of_a_whole_can_be_so_few_too(people, figures, what):
    head, row = "part of,", "{part},E06000021,Here,Our survey,sex,{name},{count},1000,All residents,2026-01-01,Us\n"
    text = head + OWN.splitlines()[0] + "\n" + "".join(row.format(name=n, count=c, part=p) for n, c, p in figures)
    with pytest.raises(Unreadable, match=rf"{what} in Here, Our survey, is 3\."):
        imported(people.lead, text)
    assert stored() == []


def test_a_file_of_ones_own_that_calls_itself_a_table_of_the_census_is_checked_too(people):
    text = OWN.replace("table title", "table").replace("Our survey", "TS021")
    with pytest.raises(Unreadable, match="is 4"):
        imported(people.lead, text.format(slug="race", code="E06000021", count=4))


def test_a_count_too_large_for_a_smaller_column_is_kept(people):
    imported(people.lead, OWN.format(slug="race", code="X", count=9_000_000_000).replace("1000", "9000000000"))
    assert PopulationTable.objects.get().base == 9_000_000_000


def test_more_areas_than_there_are_councils_have_to_be_chosen_from(people):
    with pytest.raises(Unreadable, match="501 areas, and we keep up to 500"):
        imported(people.lead, of_many(501))
    assert stored() == []


def test_an_import_is_in_the_trail(people):
    imported(people.lead, religion())
    event = AuditEvent.objects.get(verb="import-population")
    assert event.actor == people.lead
    assert '"added":2' in event.payload
    assert "religion" not in event.payload


def test_officers_import_nothing(people):
    with pytest.raises(workflow.NotAllowed):
        imported(people.officer, religion())
    with pytest.raises(workflow.NotAllowed):
        workflow.choose_areas(people.auditor, Area(), [])


# The command


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_census", *args, stdout=out, stderr=err)
    return out.getvalue()


def test_the_command_tells_how_far_it_has_come_in_a_large_file(council, tmp_path, monkeypatch):
    monkeypatch.setattr(import_census, "SECONDS_A_LINE", 0)
    (path := tmp_path / "large.csv").write_text(religion() + f"{' ' * 2_000}\n" * 2_500)
    said = run(str(path))
    assert "1 of 4 MB read" in said
    assert "The figures are stored" in said


def test_the_command_tells_file_by_file_what_became_of_it(council, tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(religion())
    second.write_text(religion(day="2025-03-23"))
    said = run(str(first), str(second), "--area", "E06000021")
    assert "1 of 2: first.csv" in said
    assert "2 of 2: second.csv" in said
    assert "“Christian” → religion-or-belief: “Christian”" in said
    assert "Added: Here: TS030, 23 March 2025" in said
    assert "Nothing was changed" in run(str(first), "--area", "E06000021")
    assert [row[0] for row in stored()] == ["E06000021", "E06000021"]


def test_the_command_keeps_the_good_files_and_names_the_bad(council, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(religion())
    bad.write_bytes(b"PK\x03\x04")
    err = io.StringIO()
    with pytest.raises(CommandError, match=r"Not imported: bad\.csv, none\.csv\."):
        call_command("import_census", str(bad), str(tmp_path / "none.csv"), str(good), stdout=io.StringIO(), stderr=err)
    assert "This is an Excel file" in err.getvalue()
    assert "No such file" in err.getvalue()
    assert len(stored()) == 2


@pytest.fixture
def file(council, tmp_path):
    (tmp_path / "file.csv").write_text(religion())
    return str(tmp_path / "file.csv")


def own():
    return list(Area.objects.filter(role=Area.Role.OWN).values_list("code", flat=True))


def test_the_one_area_asked_for_becomes_the_councils_own_where_there_is_none(file):
    said = run(file, "--area", "E06000021")
    assert "Here (E06000021) is the council’s own area from now on." in said
    assert "“Choose the areas”" in said
    assert own() == ["E06000021"]
    event = AuditEvent.objects.get(verb="choose-areas")
    assert (event.actor, event.payload) == (None, '{"compared":[],"own":"E06000021"}')
    assert [each.areas[0] for each in population.panels_for()] == ["Here"]


def test_an_area_that_was_chosen_before_stays_the_councils_own(people, file):
    run(file, "--area", "E06000021")
    said = run(file, "--area", "E92000001")
    assert "The council’s own area is still Here (E06000021). To change that, open" in said
    assert own() == ["E06000021"]
    assert "own area" not in run(file, "--area", "E06000021")
    assert AuditEvent.objects.filter(verb="choose-areas").count() == 1


def test_what_is_compared_with_stays_so_when_the_command_chooses_an_area(people, file):
    run(file)
    Area.objects.filter(code="E92000001").update(role=Area.Role.COMPARATOR, position=1)
    run(file, "--area", "E06000021")
    assert list(Area.objects.values_list("code", "role")) == [("E06000021", "own"), ("E92000001", "comparator")]
    assert AuditEvent.objects.get(verb="choose-areas").payload == '{"compared":["E92000001"],"own":"E06000021"}'


def test_of_several_areas_or_all_of_them_none_is_chosen(file):
    run(file)
    run(file, "--area", "E06000021", "--area", "E92000001")
    assert own() == []


def test_an_area_that_no_file_has_is_not_chosen(file):
    with pytest.raises(CommandError):
        run(file, "--area", "E06000999")
    assert own() == []


def test_the_system_stands_in_the_trail_for_the_command(council, tmp_path):
    (tmp_path / "file.csv").write_text(religion())
    run(str(tmp_path / "file.csv"))
    assert AuditEvent.objects.get(verb="import-population").actor is None


# The pages


def upload(user, content, **asked):
    file = SimpleUploadedFile("file.csv", content if isinstance(content, bytes) else content.encode())
    return signed_in(user).post("/evidence/area/import/", {"file": file, **asked})


def test_an_upload_shows_the_report(people):
    html = upload(people.administrator, religion(), areas="E06000021, E99999999").content.decode()
    assert "1 added, 0 replaced, 0 unchanged" in html
    assert "Area E99999999. It is not in this file." in html
    assert "Here: TS030, 21 March 2021" in html
    assert [row[0] for row in stored()] == ["E06000021"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file is empty"),
        (b"PK\x03\x04 an Excel file", "Save the sheet as “CSV UTF-8”"),
        (b"name,age\nAnn,3\n", "We do not know this layout"),
        (b"\xff\xfea\x00", "“Unicode text”"),
        (b"\x00\x01\x02", "Is the file a CSV file?"),
        (religion(last="*"), "Row 5, column “count”: “*” stands in place of a count"),
        (religion(last="1.5"), "is not a whole number"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_message_and_nothing_is_stored(people, content, message):
    answer = upload(people.lead, content)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.count(message) == 2  # in the summary, and beside the field
    assert "<title>Error:" in html
    assert (stored(), Area.objects.count()) == ([], 0)


def test_an_upload_without_a_file_or_with_nonsense_for_codes_says_what_to_do(people):
    html = signed_in(people.lead).post("/evidence/area/import/", {"areas": "Stoke!"}).content.decode()
    assert "Choose a file" in html
    assert "“Stoke!” is no code of an area" in html


def test_areas_are_chosen_by_a_lead_and_the_choice_is_in_the_trail(people):
    imported(people.lead, religion())
    client = signed_in(people.lead)
    chosen = {"own": "E06000021", "first": "E92000001", "second": ""}
    assert client.post("/evidence/area/choose/", chosen).url == "/evidence/area/"
    assert list(Area.objects.values_list("code", "role")) == [("E06000021", "own"), ("E92000001", "comparator")]
    assert AuditEvent.objects.get(verb="choose-areas").payload == '{"compared":["E92000001"],"own":"E06000021"}'
    client.post("/evidence/area/choose/", chosen)
    assert AuditEvent.objects.filter(verb="choose-areas").count() == 1
    client.post("/evidence/area/choose/", {"own": "E92000001"})
    assert list(Area.objects.values_list("code", "role")) == [("E92000001", "own"), ("E06000021", "other")]


def test_an_area_is_not_compared_with_itself(people):
    imported(people.lead, religion())
    answer = signed_in(people.lead).post("/evidence/area/choose/", {"own": "E06000021", "first": "E06000021"})
    assert "You chose this area above" in answer.content.decode()
    assert not Area.objects.filter(role="own").exists()
    own = Area.objects.get(code="E06000021")
    with pytest.raises(workflow.NotReady):
        workflow.choose_areas(people.lead, own, [own])


def test_an_area_is_compared_with_two_others_at_most(people):
    imported(people.lead, of_many(4))
    own, *others = Area.objects.all()
    with pytest.raises(workflow.NotReady):
        workflow.choose_areas(people.lead, own, others)
    workflow.choose_areas(people.lead, own, others[:2])
    assert Area.objects.exclude(role="other").count() == 3


def test_before_anything_is_imported_the_pages_say_what_to_do(people):
    assert "Import a file" in signed_in(people.lead).get("/evidence/area/").content.decode()
    assert "equality lead or an administrator" in signed_in(people.officer).get("/evidence/area/").content.decode()
    assert "Import figures</a> first" in signed_in(people.lead).get("/evidence/area/choose/").content.decode()
    assert population.panels_for("race") == []


def test_the_area_page_shows_each_characteristic_with_table_day_base_and_source(people, stoke):
    html = signed_in(people.officer).get("/evidence/area/").content.decode()
    assert "The people of Stoke-on-Trent, beside those of West Midlands and England." in html
    assert "Disability (TS038): Stoke-on-Trent, West Midlands and England" in html
    assert "Office for National Statistics, Census 2021, table TS038, 21 March 2021." in html
    assert "all usual residents: 258,368." in html
    assert "Official statistics in development" in html
    assert "Approximate: West Midlands and England" in html
    assert "There is no such table of the same people for West Midlands and England." in html
    assert "The Census did not ask about pregnancy and maternity" in html
    assert "54,607" in html
    assert "21.1%" in html


def test_older_figures_are_linked_and_shown_as_they_stood(people):
    imported(people.lead, religion())
    imported(people.lead, religion(day="2025-03-23", here=55), areas=["E06000021"])
    own, other = Area.objects.order_by("code")
    workflow.choose_areas(people.lead, own, [other])
    client = signed_in(people.officer)
    newest = client.get("/evidence/area/").content.decode()
    assert 'href="/evidence/area/?on=2021-03-21#religion-or-belief"' in newest
    assert "55.0%" in newest
    older = client.get("/evidence/area/?on=2021-03-21").content.decode()
    assert "40.0%" in older
    assert "55.0%" not in older
    assert "See the newest figures" in older
    assert "There are no figures from that day" in client.get("/evidence/area/?on=2001-01-01").content.decode()
    assert client.get("/evidence/area/?on=yesterday").status_code == 404


def test_the_hub_leads_to_the_area_and_is_in_the_navigation(people):
    html = signed_in(people.auditor).get("/").content.decode()
    assert 'href="/evidence/"' in html
    assert 'href="/evidence/area/"' in signed_in(people.auditor).get("/evidence/").content.decode()


def test_an_administrator_takes_a_wrong_table_out_and_the_trail_says_so(people):
    imported(people.lead, religion())
    wrong = PopulationTable.objects.get(area__code="E92000001")
    client = signed_in(people.administrator)
    assert client.get(f"/setup/assessments/populationtable/{wrong.pk}/change/").status_code == 200
    assert client.get("/setup/assessments/populationtable/add/").status_code == 403
    assert client.post(f"/setup/assessments/populationtable/{wrong.pk}/delete/", {"post": "yes"}).status_code == 302
    assert [row[0] for row in stored()] == ["E06000021"]
    assert AuditEvent.objects.get(verb="configure-delete").actor == people.administrator


def test_an_area_that_everybody_sees_is_not_deleted(people):
    imported(people.lead, religion())
    own, other = Area.objects.order_by("code")
    workflow.choose_areas(people.lead, own, [])
    client = signed_in(people.administrator)
    assert client.post(f"/setup/assessments/area/{own.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/setup/assessments/area/{other.pk}/delete/", {"post": "yes"}).status_code == 302
    assert [row[0] for row in stored()] == ["E06000021"]


# For those who cite


def test_figures_for_a_characteristic_are_the_newest_with_shares_of_each_area(people, stoke):
    panel = population.panels_for("race")[0]
    assert panel.areas == ("Stoke-on-Trent", "West Midlands", "England")
    assert panel.tables[0].code == "TS021"
    white = next(each for each in panel.lines if each.category == "White")
    assert white.shares[0].percent == "83.5%"
    assert population.panels_for("pregnancy-and-maternity") == []
    identity = population.as_cited(population.panels_for("gender-reassignment")[0])
    assert identity.areas[0].said.endswith("205,893. Approximate. Official statistics in development.")


def test_figures_that_were_taken_out_do_not_change_with_the_next_import(people):
    imported(people.lead, religion())
    workflow.choose_areas(people.lead, Area.objects.get(code="E06000021"), [])
    before = population.panels_for("religion-or-belief")[0]
    imported(people.lead, religion(day="2025-03-23", here=60))
    assert before.lines[0].shares[0].percent == "40.0%"
    assert population.panels_for("religion-or-belief")[0].lines[0].shares[0].percent == "60.0%"


def test_the_pages_take_this_many_queries(people, stoke):
    lead = signed_in(people.lead)
    assert len(spent_on(signed_in(people.officer), "/evidence/")) == 3
    assert len(spent_on(signed_in(people.officer), "/evidence/area/")) == 7
    assert len(spent_on(lead, "/evidence/area/choose/")) == 4
    assert len(spent_on(lead, "/evidence/area/import/")) == 3


def test_figures_for_a_characteristic_take_two_queries(stoke, django_assert_num_queries):
    with django_assert_num_queries(2):
        population.panels_for("race")


def test_an_import_takes_as_many_queries_however_many_areas(people, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        imported(people.lead, of_many(300))
    assert PopulationTable.objects.count() == 300
