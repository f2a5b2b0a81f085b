"""The evidence library: found, filtered, added, changed, put out of use, taken into an assessment."""

import json
from datetime import UTC, date, datetime

import pytest

from assessments import clock, workflow
from assessments.forms.questions import ITEM_LIMIT
from assessments.models import Assessment, AuditEvent, Council, LibrarySource
from assessments.workflow.library import stamp
from tests import factories
from tests.app.test_queries import Spent, spent_on
from tests.app.writing import answers, post, signed_in, stored, version

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


# Taking one into an assessment


@pytest.fixture
def draft(people):
    return factories.complete(people.officer, factories.draft(people.officer))


def choose(client, assessment, number=None, **query):
    address = f"/assessments/{assessment.reference}/sources/"
    return client.get(address, query) if number is None else client.post(address, {"source": number})


def test_a_source_is_copied_into_the_list_as_it_is_today(officer, people, draft):
    made = factories.source(people.lead, characteristics=["age", "carers"])
    before = answers(draft, "sources")["sources"]
    assert choose(officer, draft, made.pk).url == f"/assessments/{draft.reference}/pages/sources/"
    after = answers(draft, "sources")["sources"]
    assert after[:-1] == before
    assert after[-1] == {
        "id": after[-1]["id"],
        "library": made.pk,
        "title": "Census 2021",
        "publisher": "Office for National Statistics",
        "dated": made.dated.isoformat(),
        "coverage": "Everybody in the city",
        "characteristics": ["age", "carers"],
        "link": "https://statistics.example/census",
    }
    workflow.change_source(people.lead, made.pk, {"title": "Renamed"})
    assert answers(draft, "sources")["sources"] == after
    assert "Census 2021" in officer.get(f"/assessments/{draft.reference}/report/").text


def test_it_stays_the_librarys_however_often_the_page_is_saved(officer, people, draft):
    made = factories.source(people.lead)
    choose(officer, draft, made.pk)
    kept = answers(draft, "sources")["sources"]
    shown = [{"id": each["id"], "title": f"{each['title']} again"} for each in kept]
    post(officer, draft, "sources", action="save", sources=shown)
    assert [each.get("library") for each in answers(draft, "sources")["sources"]] == [
        each.get("library") for each in kept
    ]
    assert list(made.used_in.all()) == [draft]
    post(officer, draft, "sources", action="save", sources=[*shown[:-1], shown[-1] | {"DELETE": "on"}])
    assert not made.used_in.exists()


def test_nobody_can_post_a_number_of_the_library(officer, people, draft):
    made = factories.source(people.lead)
    forged = {"id": "forged", "title": "Mine", "library": made.pk}
    post(officer, draft, "sources", action="save", sources=[forged])
    assert "library" not in answers(draft, "sources")["sources"][0]
    assert not made.used_in.exists()


def test_going_to_the_library_saves_what_was_typed_first(officer, people, draft):
    typed = [{"id": "new", "title": "Half typed"}]
    assert "Save and choose from the library" in officer.get(f"/assessments/{draft.reference}/pages/sources/").text
    assert "choose from the library" not in officer.get(f"/assessments/{draft.reference}/pages/gaps/").text
    answer = post(officer, draft, "sources", action="library", sources=typed)
    assert answer.url == f"/assessments/{draft.reference}/sources/"
    assert "Half typed" in [each["title"] for each in answers(draft, "sources")["sources"]]
    assert "What you typed on the page “Your sources” is saved." in officer.get(answer.url).text


def test_what_has_to_be_mended_is_not_lost(officer, people, draft):
    made = factories.source(people.lead)
    wrong = [{"id": "new", "title": "Half typed", "dated": ("31", "2", "2026")}]
    answer = post(officer, draft, "sources", action="library", sources=wrong)
    assert "must be a real date" in answer.text
    typed = stored(draft, "sources").typed
    for answer in (choose(officer, draft), choose(officer, draft, made.pk)):
        assert answer.url == f"/assessments/{draft.reference}/pages/sources/"
    assert stored(draft, "sources").typed == typed
    assert "No source was taken. First mend what is marked" in officer.get(answer.url).text


def test_taking_it_twice_takes_it_once(officer, people, draft):
    made = factories.source(people.lead)
    choose(officer, draft, made.pk)
    saved = version(draft, "sources")
    choose(officer, draft, made.pk)
    assert version(draft, "sources") == saved
    text = choose(officer, draft).text
    assert ("In your list" in text, "Use this source" in text) == (True, False)


def test_a_full_list_takes_no_more(officer, people, draft):
    made = factories.source(people.lead)
    factories.save(
        people.officer, draft, "sources", sources=[{"id": f"{each}", "title": "x"} for each in range(ITEM_LIMIT)]
    )
    assert choose(officer, draft, made.pk).status_code == 302
    assert len(answers(draft, "sources")["sources"]) == ITEM_LIMIT


def test_the_list_of_what_can_be_taken_can_be_searched(officer, people, draft):
    factories.source(people.lead)
    workflow.use_source(people.lead, factories.source(people.lead, "Census 1921").pk, is_active=False)
    shown = choose(officer, draft, q="census").context["rows"]
    assert [source.title for source, _, _ in shown] == ["Census 2021"]
    assert choose(officer, draft, characteristic="sex").context["rows"] == []
    assert "There is a problem" in choose(officer, draft, characteristic="x").text


def test_what_is_out_of_use_or_not_there_cannot_be_taken(officer, people, draft):
    made = factories.source(people.lead)
    workflow.use_source(people.lead, made.pk, is_active=False)
    for number in (made.pk, 999, 0, "x", "", "²", "9" * 30):
        assert choose(officer, draft, number).status_code == 404, number


def test_only_those_who_write_the_assessment_take_a_source_into_it(people, draft):
    made = factories.source(people.lead)
    expected = {"colleague": 403, "approver": 403, "lead": 403, "auditor": 403, "other_officer": 404}
    for who, code in expected.items():
        client = signed_in(getattr(people, who))
        assert {choose(client, draft).status_code, choose(client, draft, made.pk).status_code} == {code}
    factories.moved(people.officer, draft, "submit")
    client = signed_in(people.officer)
    assert {choose(client, draft).status_code, choose(client, draft, made.pk).status_code} == {403}
    assert not made.used_in.exists()


def test_a_draft_that_is_not_asked_for_sources_takes_none(officer, people):
    made, screened = (
        factories.source(people.lead),
        factories.screened_out(people.officer, factories.draft(people.officer)),
    )
    assert {choose(officer, screened).status_code, choose(officer, screened, made.pk).status_code} == {403}


def test_a_characteristic_that_the_assessment_does_not_know_is_left_out(officer, people, draft):
    made = factories.source(people.lead, characteristics=["age", "of-another-time"])
    choose(officer, draft, made.pk)
    assert answers(draft, "sources")["sources"][-1]["characteristics"] == ["age"]


# Where it is used


def test_the_used_in_list_has_only_what_the_reader_may_see(people, draft):
    made = factories.source(people.lead)
    choose(signed_in(people.officer), draft, made.pk)
    seen = {
        who: draft.reference in signed_in(getattr(people, who)).get(made.get_absolute_url()).text
        for who in ("officer", "colleague", "lead", "auditor", "other_officer", "other_approver")
    }
    assert seen == {
        "officer": True,
        "colleague": True,
        "lead": True,
        "auditor": True,
        "other_officer": False,
        "other_approver": False,
    }


def test_a_successor_uses_what_it_was_made_from_used(people):
    draft = factories.complete(people.officer, factories.draft(people.officer))
    made = factories.source(people.lead)
    workflow.take_source(people.officer, draft.reference, made.pk)
    for who, move in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check"), ("approver", "approve")):
        factories.moved(getattr(people, who), draft, move)
    later = workflow.start_from(people.officer, draft.reference, replaces=True)
    assert set(made.used_in.all()) == {draft, later}


def test_what_was_destroyed_uses_nothing(people, draft):
    made = factories.source(people.lead)
    workflow.take_source(people.officer, draft.reference, made.pk)
    factories.moved(people.officer, draft, "withdraw")
    with clock.telling(datetime(2060, 1, 1, tzinfo=UTC)):
        [done] = workflow.dispose(people.administrator, [draft.reference], "The schedule")
    assert (done.refusal, made.used_in.count()) == ("", 0)
    assert Assessment.objects.get().knowledge_gaps.count() == 0


# Queries


def test_each_page_makes_this_many_queries(people, draft):
    for number in range(25):
        factories.source(people.officer, f"Source {number}", characteristics=["age", "carers"])
    made = factories.source(people.officer)
    for _ in range(3):
        other = factories.complete(people.officer, factories.draft(people.officer))
        workflow.take_source(people.officer, other.reference, made.pk)
    addresses = (
        LIBRARY,
        f"{LIBRARY}?q=source&characteristic=age&age=current",
        made.get_absolute_url(),
        f"{made.get_absolute_url()}change/",
        f"/assessments/{draft.reference}/sources/",
    )
    officer = signed_in(people.officer)
    assert [len(spent_on(officer, each)) for each in addresses] == [7, 7, 8, 5, 9]
    with Spent() as spent:
        choose(officer, draft, made.pk)
    assert len(spent.lines) <= 16, "\n".join(spent.lines)
