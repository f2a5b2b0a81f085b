"""The evidence library: found, filtered, added, changed, put out of use."""

import json
from datetime import UTC, date, datetime

import pytest

from assessments import clock, workflow
from assessments.models import AuditEvent, Council, LibrarySource
from assessments.workflow.library import stamp
from tests import factories
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

LIBRARY = "/evidence/library/"
TODAY = datetime(2026, 2, 28, 12, tzinfo=UTC)
TYPED = {
    "title": "Pupil census",
    "kind": "data",
    "publisher": "Schools service",
    "dated_0": "5",
    "dated_1": "10",
    "dated_2": "2025",
    "coverage": "All pupils",
    "characteristics": ["age", "carers"],
    "link": "https://schools.example/census",
}


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


def titles(client, query=None):
    answer = client.get(LIBRARY, query)
    assert answer.status_code == 200
    return [source.title for source, _, _ in answer.context["rows"]]


# Finding


@pytest.fixture
def filled(people):
    made = factories.source
    made(people.officer, "Census 2021", dated=date(2021, 3, 21))  # current for longer: there is no newer one
    made(people.officer, "Complaints about buses", kind="complaints", publisher="", characteristics=["sex", "carers"])
    made(people.officer, "What staff say", kind="staff", dated=None, characteristics=[], coverage="100% of the depots")
    made(people.officer, "Marriages", characteristics=["marriage-and-civil-partnership"], dated=date(2023, 2, 28))
    made(people.officer, "An old survey", dated=date(2023, 2, 27))
    workflow.use_source(people.officer, made(people.officer, "Withdrawn data").pk, is_active=False)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"An old survey", "Census 2021", "Complaints about buses", "Marriages", "What staff say"}),
        ({"q": "census"}, {"Census 2021"}),
        ({"q": "NATIONAL survey"}, {"An old survey"}),
        ({"q": "100%"}, {"What staff say"}),
        ({"q": "census buses"}, set()),
        ({"kind": "staff"}, {"What staff say"}),
        ({"characteristic": "age"}, {"An old survey", "Census 2021"}),
        ({"characteristic": "carers"}, {"Complaints about buses"}),
        ({"age": "old"}, {"An old survey", "What staff say"}),
        ({"age": "current"}, {"Census 2021", "Complaints about buses", "Marriages"}),
        ({"kind": "data", "characteristic": "age", "age": "old", "q": "office"}, {"An old survey"}),
        ({"retired": "yes", "q": "data"}, {"Withdrawn data"}),
    ],
)
def test_a_source_is_found(filled, officer, query, expected):
    with clock.telling(TODAY):
        assert set(titles(officer, query)) == expected


def test_the_library_says_how_much_it_has_about_each_characteristic(filled, officer):
    with clock.telling(TODAY):
        answer = officer.get(LIBRARY)
    found = {each.slug: (each.current, each.old) for each in answer.context["coverage"]}
    assert found["age"] == (1, 1)  # the Census and an old survey: what is out of use does not count
    assert found["sex"] == found["carers"] == (1, 0)
    assert found["race"] == (0, 0)
    assert "How much we have about each characteristic" in answer.text
    assert f'href="{LIBRARY}?characteristic=race"' in answer.text


def test_what_is_old_is_said_in_words(filled, officer):
    with clock.telling(TODAY):
        text = officer.get(LIBRARY).text
        assert text.count("Older than 3 years") == 1
        assert text.count("It has no date") == 1
        Council.objects.update(evidence_years=1)
        assert officer.get(LIBRARY).text.count("Older than 1 year<") == 2
    with clock.telling(datetime(2033, 3, 22, tzinfo=UTC)):
        assert officer.get(LIBRARY).text.count("Older than 12 years") == 1


def test_a_leap_day_has_a_day_before_it(filled, officer):
    with clock.telling(datetime(2028, 2, 29, 12, tzinfo=UTC)):
        assert titles(officer, {"age": "old", "q": "marriages"}) == ["Marriages"]


@pytest.mark.parametrize(
    "query", [{"kind": "nonsense"}, {"characteristic": "x"}, {"age": "x"}, {"retired": "x"}, {"q": "x" * 201}]
)
def test_nonsense_in_the_address_gets_a_message(filled, officer, query):
    answer = officer.get(LIBRARY, query)
    assert (answer.status_code, "There is a problem" in answer.text) == (200, True)


@pytest.mark.parametrize("page", ["x", "0", "99", "-1"])
def test_a_page_that_there_is_not_shows_one_that_there_is(filled, officer, page):
    assert officer.get(LIBRARY, {"page": page}).status_code == 200


def test_an_empty_library_says_so(officer):
    assert "The library is empty." in officer.get(LIBRARY).text
    assert "No source matches." in officer.get(LIBRARY, {"q": "x"}).text


# Adding and changing


def test_a_source_is_added(officer, people):
    answer = officer.post(f"{LIBRARY}add/", TYPED)
    added = LibrarySource.objects.get()
    assert answer.url == added.get_absolute_url() == f"{LIBRARY}{added.pk}/"
    text = officer.get(answer.url).text
    for said in ("Pupil census", "Schools service", "5 October 2025", "All pupils", "by Officer", TYPED["link"]):
        assert said in text
    assert "Age, Carers" in text
    event = AuditEvent.objects.get(verb="add-source")
    assert (event.actor, json.loads(event.payload)["source"]) == (people.officer, added.pk)
    assert "Pupil" not in event.payload


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": ""}, "Enter what the source is called"),
        ({"title": "x" * 301}, "300 characters or fewer"),
        ({"kind": ""}, "Choose what kind of evidence it is"),
        ({"kind": "gossip"}, "Choose one of the kinds in the list"),
        ({"dated_0": "31", "dated_1": "2"}, "The date of the source must be a real date"),
        ({"dated_2": "1066"}, "must be between 1800 and next year"),
        ({"dated_2": "2999"}, "must be between 1800 and next year"),
        ({"characteristics": ["height"]}, "Choose only characteristics in the list"),
        ({"link": "javascript:alert(1)"}, "Enter a web address that starts with https://"),
        ({"link": f"https://a.example/{'x' * 300}"}, "The web address must have 300 characters or fewer"),
        ({"title": " \0 "}, "Enter what the source is called"),
    ],
)
def test_bad_input_gets_a_message_and_nothing_is_stored(officer, wrong, message):
    answer = officer.post(f"{LIBRARY}add/", TYPED | wrong)
    assert answer.status_code == 200
    assert message in answer.text
    assert not LibrarySource.objects.exists()


def test_a_source_is_changed(officer, people):
    made = factories.source(people.lead, characteristics=["age", "carers"])
    address = f"{made.get_absolute_url()}change/"
    shown = officer.get(address)
    assert 'value="Census 2021"' in shown.text
    officer.post(address, TYPED | {"seen": shown.context["form"]["seen"].value()})
    made.refresh_from_db()
    assert (made.title, made.added_by) == ("Pupil census", people.lead)
    assert AuditEvent.objects.filter(verb="change-source").count() == 1


def test_saving_what_stands_there_changes_nothing(officer, people):
    made = factories.source(people.officer)
    same = {name: getattr(made, name) for name in workflow.library.COLUMNS}
    workflow.change_source(people.officer, made.pk, same)
    assert not AuditEvent.objects.filter(verb="change-source").exists()


def test_two_who_change_a_source_do_not_write_over_each_other(officer, people):
    made = factories.source(people.officer)
    seen = stamp(made)
    workflow.change_source(people.lead, made.pk, {"title": "Census of 2021"}, seen=seen)
    address = f"{made.get_absolute_url()}change/"
    answer = officer.post(address, TYPED | {"seen": seen})
    assert answer.status_code == 409
    assert "somebody changed this source while you were writing" in answer.text
    assert "Census of 2021" in answer.text
    assert 'value="Pupil census"' in answer.text
    again = officer.post(address, TYPED | {"seen": answer.context["form"]["seen"].value()})
    made.refresh_from_db()
    assert (again.status_code, made.title) == (302, "Pupil census")


@pytest.mark.parametrize("seen", ["", "nonsense", "a\0b"])
def test_a_change_that_does_not_say_what_it_was_made_to_is_shown_what_stands_there(officer, people, seen):
    made = factories.source(people.officer)
    answer = officer.post(f"{made.get_absolute_url()}change/", TYPED | {"seen": seen})
    assert answer.status_code in (200, 409)
    made.refresh_from_db()
    assert made.title == "Census 2021"


def test_a_source_is_put_out_of_use_and_back_and_never_deleted(officer, people):
    made = factories.source(people.officer)
    officer.post(f"{made.get_absolute_url()}use/", {"use": "no"})
    assert titles(officer) == []
    assert "This source is out of use." in officer.get(made.get_absolute_url()).text
    officer.post(f"{made.get_absolute_url()}use/", {"use": "no"})
    assert AuditEvent.objects.filter(verb="retire-source").count() == 1
    officer.post(f"{made.get_absolute_url()}use/", {"use": "yes"})
    assert titles(officer) == ["Census 2021"]
    assert AuditEvent.objects.filter(verb="use-source").count() == 1


@pytest.mark.parametrize("said", [{}, {"use": ""}, {"use": "maybe"}])
def test_a_source_stays_in_use_where_nobody_said_clearly_to_put_it_out(officer, people, said):
    made = factories.source(people.officer)
    assert officer.post(f"{made.get_absolute_url()}use/", said).status_code == 302
    assert titles(officer) == ["Census 2021"]
    assert not AuditEvent.objects.filter(verb="retire-source").exists()


WRITERS = ("officer", "other_officer", "approver", "lead")


@pytest.mark.parametrize("who", [*WRITERS, "auditor", "administrator"])
def test_officers_approvers_and_leads_write_the_library_and_everybody_reads_it(people, who):
    made, client = factories.source(people.colleague), signed_in(getattr(people, who))
    writes = who in WRITERS
    assert titles(client) == ["Census 2021"]
    shown = client.get(made.get_absolute_url())
    assert shown.status_code == 200
    assert ("Put it out of use" in shown.text) == ("Add a source" in client.get(LIBRARY).text) == writes
    gets = [client.get(f"{LIBRARY}add/"), client.get(f"{made.get_absolute_url()}change/")]
    assert {each.status_code for each in gets} == ({200} if writes else {403})
    posts = [
        client.post(f"{LIBRARY}add/", TYPED),
        client.post(f"{made.get_absolute_url()}change/", TYPED | {"seen": stamp(made)}),
        client.post(f"{made.get_absolute_url()}use/", {"use": "no"}),
    ]
    assert {each.status_code for each in posts} == ({302} if writes else {403})
    assert LibrarySource.objects.count() == (2 if writes else 1)
    if not writes:
        for refused in (
            lambda: workflow.add_source(getattr(people, who), {"title": "x", "kind": "data"}),
            lambda: workflow.change_source(getattr(people, who), made.pk, {"title": "x"}),
            lambda: workflow.use_source(getattr(people, who), made.pk, is_active=False),
        ):
            with pytest.raises(workflow.NotAllowed):
                refused()
