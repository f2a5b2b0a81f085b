"""How many queries each page makes, however much there is to show. A page that needs more says so here first."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Directorate, Service
from tests import factories
from tests.app.writing import address, post, signed_in, version

pytestmark = pytest.mark.django_db

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
"""The test's own transaction turns every inner one into savepoints: these are not counted."""


class Spent(CaptureQueriesContext):
    """The queries of a block, one a line."""

    def __init__(self):
        super().__init__(connection)

    @property
    def lines(self):
        return [each["sql"][:160] for each in self.captured_queries if not each["sql"].startswith(CONTROL)]


@pytest.fixture
def full(people):
    """A complete draft with a co-author, two relevant characteristics, several sources and actions."""
    made = factories.complete(people.officer, factories.draft(people.officer), {"age": "yes", "sex": "yes"})
    made.co_authors.add(people.colleague)
    return made


@pytest.fixture
def many(people):
    """Twenty-five drafts by several people, and some with the approver."""
    for number in range(25):
        made = factories.draft(people.officer, f"Proposal {number}")
        made.co_authors.add(people.colleague)
        for page, answers in factories.screening({"age": "yes"}).items():
            factories.save(people.officer, made, page, **answers)
        factories.save(people.officer, made, "eliminate-age", impact=["negative"], severity="low")
    for number in range(3):
        factories.in_status("with-head", people, f"Waiting {number}")


def spent_on(client, path, data=None):
    """The queries of a page, the session's and the user's among them, with nothing kept from a page before."""
    cache.clear()
    with Spent() as spent:
        answer = client.get(path, data)
        if answer.streaming:
            answer.getvalue()
    assert answer.status_code == 200
    return spent.lines


PAGES = {
    # address: queries for the one who started it, a co-author, the approver, the equality lead
    "/": (5, 5, 5, 5),
    "/start/": (4, 4, 4, 4),
    "/contacts/": (5, 5, 5, 5),
    "/register/": (8, 8, 8, 8),
    "/register.csv": (6, 6, 6, 6),
    "/assessments/{}/": (11, 12, 20, 19),
    "/assessments/{}/report/": (11, 11, 11, 11),
    "/assessments/{}/answers.csv": (10, 10, 10, 10),
    "/assessments/{}/check/": (11, 12, None, None),
    "/assessments/{}/pages/proposal/": (10, 11, None, None),
    "/assessments/{}/pages/people/": (10, 11, None, None),
    "/assessments/{}/pages/sources/": (9, 10, None, None),
    "/assessments/{}/pages/advance-age/": (11, 12, None, None),
    "/assessments/{}/pages/foster-age/": (12, 13, None, None),
    "/assessments/{}/pages/actions/": (9, 10, None, None),
}


def test_each_page_makes_this_many_queries(people, many, full):
    clients = [signed_in(each) for each in (people.officer, people.colleague, people.approver, people.lead)]
    counts = {
        path: tuple(
            None if number is None else len(spent_on(client, path.format(full.reference)))
            for client, number in zip(clients, expected, strict=True)
        )
        for path, expected in PAGES.items()
    }
    assert counts == PAGES


@pytest.mark.parametrize(("status", "expected"), [("with-head", (12, 16)), ("approved", (15, 16))])
def test_an_assessment_that_was_submitted_makes_this_many_queries(people, status, expected):
    path = factories.in_status(status, people).get_absolute_url()
    assert tuple(len(spent_on(signed_in(user), path)) for user in (people.officer, people.approver)) == expected


def test_a_filter_adds_no_query_to_the_register(people, many):
    city = Directorate.objects.get(name="City")
    dates = {"decided_from_0": "1", "decided_from_1": "1", "decided_from_2": "2020"}
    for query in (
        {"page": "2"},
        {"q": "proposal"},
        {"status": "draft", "characteristic": "age", "impact": "negative", "sort": "title"},
        {"directorate": city.pk, "outcome": "adjust", **dates},
    ):
        assert len(spent_on(signed_in(people.lead), "/register/", query)) <= 8, query


def test_twenty_rows_make_as_many_queries_as_one(people):
    def queries():
        return [
            len(spent_on(signed_in(who), path)) for who in (people.officer, people.lead) for path in ("/", "/register/")
        ]

    factories.draft(people.officer)
    few = queries()
    for number in range(25):
        factories.draft(people.officer, f"Proposal {number}").co_authors.add(people.lead)
    assert queries() == few


def steps(assessment):
    """Pages to save, each with the number of queries that it takes."""
    return [
        ("decision", {"body": "Full Council"}, 10),
        ("advance-age", {"impact": ["negative"], "reasons": "Fewer places.", "severity": "high"}, 12),
        ("proposal", {"title": "Another title", "service": str(assessment.service_id)}, 11),
        ("sources", {"sources": [{"title": "Census 2021"}, {"title": "Survey"}]}, 10),
        ("actions", {"actions": [{"what": "Ask"}, {"what": "Look"}, {"what": "Tell"}]}, 12),
    ]


@pytest.mark.parametrize("number", range(5))
def test_saving_a_step_takes_this_many_queries(people, full, number):
    """A co-author's, who takes one more than the officer who started it."""
    page, typed, expected = steps(full)[number]
    client = signed_in(people.colleague)
    started_from = version(full, page)
    with Spent() as spent:
        answer = post(client, full, page, started_from=started_from, **typed)
    assert answer.status_code == 302
    assert len(spent.lines) == expected, "\n".join(spent.lines)
    assert expected <= 12


def test_starting_takes_this_many_queries(people):
    service = Service.objects.get(name="Schools")
    client = signed_in(people.officer)
    with Spent() as spent:
        assert client.post("/start/", {"title": "Close a school", "service": service.pk}).status_code == 302
    assert len(spent.lines) == 17, "\n".join(spent.lines)


def test_opening_a_page_of_the_wizard_writes_nothing(people, full):
    lines = spent_on(signed_in(people.officer), address(full, "advance-age"))
    assert [line for line in lines if not line.startswith("SELECT")] == []
