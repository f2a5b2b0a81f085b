"""What the council does not know: every gap that an assessment declares, for those who may read it."""

import csv
import io
from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from assessments import clock, gaps, workflow
from assessments.models import Directorate, KnowledgeGap
from tests import factories
from tests.app.redacting import MARK, NAME, redact
from tests.app.test_queries import spent_on
from tests.app.writing import post, signed_in

pytestmark = pytest.mark.django_db

CARERS = "Carers (locally adopted, not section 149)"
TODAY = datetime(2026, 3, 5, 12, tzinfo=UTC)
GAPS = [
    {
        "id": "a",
        "characteristics": ["age", "carers"],
        "gap": "How many users care for somebody",
        "response": "enquiry",
        "detail": "Ask the **carers’ centre**.",
        "due": "2026-03-04",
    },
    {"id": "b", "characteristics": ["sex"], "gap": "Who uses it at night", "response": "action", "due": "2026-03-05"},
    {"id": "c", "characteristics": ["marriage-and-civil-partnership"], "gap": "Who is married", "response": "reason"},
    {"id": "d", "gap": "Who left last year", "response": "reason", "due": "2020-01-01"},
]


@pytest.fixture(autouse=True)
def _today():
    with clock.telling(TODAY):
        yield


def declare(user, items=GAPS, title="Close a school", service="Schools"):
    made = factories.draft(user, title, service)
    for slug, answers in factories.screening({"age": "yes"}).items():
        factories.save(user, made, slug, **answers)
    factories.save(user, made, "gaps", gaps=items)
    return made


def listed(client, query=None):
    answer = client.get("/evidence/gaps/", query)
    assert answer.status_code == 200
    return [gap.gap for gap, _, _ in answer.context["rows"]]


# From the wizard


def test_a_gap_that_is_saved_is_in_the_list_and_one_that_is_taken_out_is_not(people):
    officer = signed_in(people.officer)
    made = declare(people.officer, [])
    typed = [{"id": "x", "gap": "Who comes by bus", "characteristics": ["disability"], "response": "action"}]
    post(officer, made, "gaps", gaps=[typed[0] | {"due": ("1", "9", "2026")}])
    kept = KnowledgeGap.objects.get()
    assert (kept.key, kept.characteristics, kept.due) == ("x", ["disability"], date(2026, 9, 1))
    post(officer, made, "gaps", gaps=[typed[0] | {"gap": "Who comes on foot"}])
    assert listed(officer) == ["Who comes on foot"]
    assert KnowledgeGap.objects.get().pk == kept.pk
    post(officer, made, "gaps", gaps=[typed[0] | {"DELETE": "on"}])
    assert listed(officer) == []


def test_a_gap_that_says_little_is_listed_too(people):
    declare(people.officer, [{"id": "x", "characteristics": ["age"]}])
    text = signed_in(people.officer).get("/evidence/gaps/").text
    assert text.count("Not said") == 2  # what is not known, and what is done about it
    assert "No date" in text


# The list


def test_the_soonest_due_comes_first_and_what_is_overdue_is_said_in_words(people):
    made = declare(people.officer)
    answer = signed_in(people.officer).get("/evidence/gaps/")
    rows = [(gap.gap, characteristics, is_overdue) for gap, characteristics, is_overdue in answer.context["rows"]]
    assert rows == [
        ("Who left last year", [], False),
        ("How many users care for somebody", ["Age", CARERS], True),
        ("Who uses it at night", ["Sex"], False),
        ("Who is married", ["Marriage and civil partnership"], False),
    ]
    assert answer.text.count("Overdue</strong><br>4 Mar 2026") == answer.text.count("Overdue</strong>") == 1
    assert "Ask the <strong>carers’ centre</strong>." in answer.text
    assert f'href="{made.get_absolute_url()}"' in answer.text
    assert "Schools, Children" in answer.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"characteristic": "age"}, ["How many users care for somebody"]),
        ({"characteristic": "carers"}, ["How many users care for somebody"]),
        ({"characteristic": "marriage-and-civil-partnership"}, ["Who is married"]),
        ({"response": "action"}, ["Who uses it at night"]),
        ({"due": "overdue"}, ["How many users care for somebody"]),
        ({"due": "coming"}, ["Who uses it at night"]),
        ({"due": "none"}, ["Who is married"]),
        ({"due": "overdue", "characteristic": "sex"}, []),
    ],
)
def test_the_list_is_filtered(people, query, expected):
    declare(people.officer)
    assert listed(signed_in(people.officer), query) == expected


def test_gaps_that_nobody_does_anything_about_can_be_found(people):
    declare(people.officer, [*GAPS, {"id": "x", "gap": "Who stays away"}])
    client = signed_in(people.officer)
    assert "Who stays away" in listed(client, {"response": "none"})
    assert "Who uses it at night" not in listed(client, {"response": "none"})
    assert "Who stays away" not in listed(client, {"response": "action"})
    assert b"Who uses it at night" not in client.get("/evidence/gaps.csv", {"response": "none"}).getvalue()


def test_the_list_is_filtered_by_directorate(people):
    declare(people.officer, GAPS[:1])
    declare(people.other_officer, GAPS[1:2], "Close a park", "Parks")
    lead = signed_in(people.lead)
    assert len(listed(lead)) == 2
    assert listed(lead, {"directorate": Directorate.objects.get(name="City").pk}) == ["Who uses it at night"]


@pytest.mark.parametrize(
    "query", [{"characteristic": "x"}, {"response": "x"}, {"due": "x"}, {"directorate": "x"}, {"directorate": "99999"}]
)
def test_nonsense_in_the_address_gets_a_message(people, query):
    declare(people.officer)
    client = signed_in(people.officer)
    assert "There is a problem" in client.get("/evidence/gaps/", query).text
    assert client.get("/evidence/gaps.csv", query).status_code == 200


def test_an_empty_list_says_so(people):
    client = signed_in(people.officer)
    assert "No assessment that you may read declares a gap." in client.get("/evidence/gaps/").text
    assert "No gap matches." in client.get("/evidence/gaps/", {"due": "none"}).text


def test_each_reader_sees_the_gaps_of_what_they_may_read(people):
    declare(people.officer, GAPS[:1])
    seen = {who: len(listed(signed_in(getattr(people, who)))) for who in vars(people)}
    assert {who for who, number in seen.items() if number} == {
        "officer",
        "colleague",
        "approver",
        "lead",
        "auditor",
        "administrator",
    }


def test_what_is_no_longer_gone_by_is_not_listed(people):
    made = declare(people.officer)
    factories.moved(people.officer, made, "withdraw")
    assert listed(signed_in(people.lead)) == []


def test_a_successor_says_anew_what_is_not_known(people):
    earlier = factories.in_status("superseded", people)
    references = set(gaps.entries(people.lead).values_list("assessment__reference", flat=True))
    assert len(references) == 1
    assert earlier.reference not in references


def test_the_list_leaves_as_csv(people):
    declare(people.officer, [*GAPS[:2], {"id": "z", "gap": "=1+1", "characteristics": ["age"]}])
    answer = signed_in(people.officer).get("/evidence/gaps.csv", {"characteristic": "age"})
    assert answer["Content-Disposition"] == 'attachment; filename="gaps-2026-03-05.csv"'
    first, second = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    assert first == {
        "Reference": first["Reference"],
        "Assessment": "Close a school",
        "Directorate": "Children",
        "Service": "Schools",
        "Status": "Draft",
        "What is not known": "How many users care for somebody",
        "Characteristics": f"Age; {CARERS}",
        "What is done about it": "Asked, or to be asked, before the decision",
        "Details": "Ask the **carers’ centre**.",
        "Due": "2026-03-04",
        "Overdue": "Yes",
    }
    assert (second["What is not known"], second["Due"], second["Overdue"]) == ("'=1+1", "", "No")


def test_what_is_redacted_is_redacted_here_too(people):
    declare(people.officer, [GAPS[0] | {"gap": f"Whom {NAME} knows", "detail": f"Ask {NAME}."}])
    redact(people, KnowledgeGap.objects.get().assessment)
    kept = KnowledgeGap.objects.get()
    assert (kept.gap, kept.detail) == (f"Whom {MARK} knows", f"Ask {MARK}.")


def test_what_is_destroyed_is_gone_from_here_too(people):
    made = declare(people.officer)
    factories.moved(people.officer, made, "withdraw")
    with clock.telling(datetime(2060, 1, 1, tzinfo=UTC)):
        workflow.dispose(people.administrator, [made.reference], "The schedule")
    assert not KnowledgeGap.objects.exists()


def test_the_list_makes_as_many_queries_for_many_as_for_few(people):
    client = signed_in(people.officer)
    declare(people.officer, GAPS[:1])

    def spent():
        return [len(spent_on(client, path)) for path in ("/evidence/gaps/", "/evidence/gaps.csv")]

    few = spent()
    for number in range(12):
        declare(people.officer, GAPS, f"Proposal {number}")
    assert spent() == few == [7, 4]


def test_gaps_that_were_declared_before_there_was_a_list_are_in_it(people):
    made = declare(people.officer)
    before = list(KnowledgeGap.objects.order_by("key").values())
    KnowledgeGap.objects.all().delete()
    import_module("assessments.migrations.0005_evidence").gaps(apps, None)
    after = list(KnowledgeGap.objects.order_by("key").values())
    assert [each | {"id": 0} for each in after] == [each | {"id": 0} for each in before]
    assert set(KnowledgeGap.objects.values_list("assessment", flat=True)) == {made.pk}
