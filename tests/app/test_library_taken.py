"""Sources of the library in assessments: taken into the list, and where they are used."""

from datetime import UTC, datetime

import pytest

from assessments import clock, workflow
from assessments.forms.questions import ITEM_LIMIT
from assessments.models import Assessment
from tests import factories
from tests.app.test_queries import Spent, spent_on
from tests.app.writing import answers, post, signed_in, stored, version

pytestmark = pytest.mark.django_db

LIBRARY = "/evidence/library/"


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


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
    assert [len(spent_on(officer, each)) for each in addresses] == [8, 8, 8, 5, 9]
    with Spent() as spent:
        choose(officer, draft, made.pk)
    assert len(spent.lines) <= 16, "\n".join(spent.lines)
