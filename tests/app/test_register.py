"""The register: every assessment that a person may see, found, sorted, leafed through, taken away."""

import csv
import io

import pytest

from assessments import clock
from assessments.models import Assessment, Directorate, Service
from tests import factories
from tests.app.writing import post, proposal, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people):
    return signed_in(people.lead)


def made(people, title, status="draft", service="Schools", answers=None, **impacts):
    """An assessment with answers on pages and with impacts, as advance_age=["negative"]."""
    found = factories.draft(people.officer, title, service)
    relevant = {name.split("_", 1)[1].replace("_", "-"): "yes" for name in impacts}
    if relevant:
        for page, given in factories.screening(relevant).items():
            factories.save(people.officer, found, page, **given)
    for name, impact in impacts.items():
        factories.save(people.officer, found, name.replace("_", "-"), impact=impact)
    for page, given in (answers or {}).items():
        factories.save(people.officer, found, page, **given)
    Assessment.objects.filter(pk=found.pk).update(status=status)
    return found


def titles(client, query=None, path="/register/"):
    """The titles that the register shows for a query, in order, all pages of it."""
    found, page = [], 1
    while True:
        answer = client.get(path, {**(query or {}), "page": page})
        assert answer.status_code == 200
        rows = answer.context["page"]
        found += [each.title for each in rows]
        if not rows.has_next():
            assert len(found) == rows.paginator.count
            return found
        page += 1


def exported(client, query=None):
    """The rows of the CSV for a query, each a dict."""
    text = client.get("/register.csv", query or {}).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def several(people):
    made(people, "Close a school", "with-head", advance_age=["negative"], foster_sex=["positive"])
    made(people, "Open a school", "approved", advance_age=["positive"], foster_sex=["negative"])
    made(people, "Cut grass less", service="Parks", answers={"decision": {"planned": "2026-05-01"}})
    made(people, "Move the library", answers={"decision": {"planned": "2026-06-30"}}, eliminate_race=["negative"])
    made(people, "Name a square", "screened-out")
    Assessment.objects.filter(title="Close a school").update(outcome="adjust", decision_date="2026-06-01")
    Assessment.objects.filter(title="Open a school").update(outcome="no-change")


# Filters

FILTERS = {
    "nothing asked": ({}, "Close a school|Cut grass less|Move the library|Name a square|Open a school"),
    "one status": ({"status": "approved"}, "Open a school"),
    "two statuses": ({"status": ["approved", "screened-out"]}, "Name a square|Open a school"),
    "screened out": ({"status": "screened-out"}, "Name a square"),
    "a characteristic": ({"characteristic": "age"}, "Close a school|Open a school"),
    "an impact": ({"impact": "positive"}, "Close a school|Open a school"),
    "characteristic and impact together": ({"characteristic": "age", "impact": "negative"}, "Close a school"),
    "neither here nor there": ({"characteristic": "race", "impact": "positive"}, ""),
    "an outcome": ({"outcome": "adjust"}, "Close a school"),
    "decided from": (
        {"decided_from_0": "1", "decided_from_1": "6", "decided_from_2": "2026"},
        "Close a school|Move the library",
    ),
    "decided to": (
        {"decided_to_0": "1", "decided_to_1": "june", "decided_to_2": "2026"},
        "Close a school|Cut grass less",
    ),
    "decided between": (
        {f"decided_from_{n}": p for n, p in enumerate(("2", "5", "2026"))}
        | {f"decided_to_{n}": p for n, p in enumerate(("29", "6", "2026"))},
        "Close a school",
    ),
    "words": ({"q": "school"}, "Close a school|Open a school"),
    "words and a status": ({"q": "school", "status": "approved"}, "Open a school"),
    "words, status, characteristic and impact": (
        {"q": "school", "status": "with-head", "characteristic": "sex", "impact": "positive"},
        "Close a school",
    ),
}


@pytest.mark.parametrize(("query", "expected"), FILTERS.values(), ids=FILTERS)
def test_a_filter_finds_these_and_the_csv_has_the_same(lead, several, query, expected):
    found = titles(lead, {**query, "sort": "title"})
    assert "|".join(found) == expected
    assert [row["Title"] for row in exported(lead, {**query, "sort": "title"})] == found


def test_a_directorate_has_the_assessments_of_its_services(lead, several):
    city = Directorate.objects.get(name="City")
    assert titles(lead, {"directorate": city.pk}) == ["Cut grass less"]


def test_a_local_characteristic_can_be_asked_for(lead, people):
    made(people, "Respite care", local_carers=["negative"])
    assert titles(lead, {"characteristic": "carers", "impact": "negative"}) == ["Respite care"]
    assert "Carers" in lead.get("/register/").text


def test_the_negative_ones_are_named_in_the_row(lead, several):
    rows = {each.title: harmed for each, harmed in lead.get("/register/").context["rows"]}
    assert rows["Close a school"] == "Age"
    assert rows["Open a school"] == "Sex"
    assert rows["Name a square"] == ""


def test_an_impact_that_changes_changes_in_the_register(lead, people):
    found = made(people, "Close a school", advance_age=["negative"])
    factories.save(people.officer, found, "advance-age", impact=["positive"])
    assert titles(lead, {"impact": "negative"}) == []
    factories.save(people.officer, found, "relevance", age="no")
    assert titles(lead, {"characteristic": "age"}) == []


def test_a_limb_settled_at_screening_takes_its_impacts_out_of_the_register(lead, people):
    found = made(people, "Close a school", advance_age=["negative"], foster_age=["positive"])
    factories.save(people.officer, found, "relevance-limbs", advance="no")
    assert titles(lead, {"impact": "negative"}) == []
    assert titles(lead, {"impact": "positive"}) == ["Close a school"]


# Words


@pytest.fixture
def worded(people):
    made(
        people,
        "Closing the Bentilee children’s centre",
        answers={
            "people": {"who": "Families with prams walk further; 61 of them."},
            "together": {"linked": "EIA-2026-0099"},
        },
    )
    made(people, "Café culture & the A50/A500", answers={"proposal": {"title": "Café culture & the A50/A500"}})
    made(people, "Nothing of the kind")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bentilee", "Closing"),
        ("BENTILEE", "Closing"),
        ("closed", "Closing"),
        ("closes", "Closing"),
        ("child", ""),
        ("children", "Closing"),
        ("walking family", "Closing"),
        ("pram", "Closing"),
        ("61", "Closing"),
        ("prams cafe", ""),
        ("café", "Café"),
        ("a500", "Café"),
        ("A50/A500", "Café"),
        ("culture & the", "Café"),
        ("EIA-2026-0099", "Closing"),
        ('"children\'s centre"', "Closing"),
        ("children’s centre", "Closing"),
        ("centre -closing", "Closing"),
        ("closing or nothing", ""),
        ("NEAR closing", ""),
        ("bent*", ""),
        ('"', ""),
        ("'); DROP TABLE", ""),
        ("!!!", ""),
    ],
)
def test_words_are_found_in_titles_and_answers_in_any_form(lead, worded, words, expected):
    found = titles(lead, {"q": words})
    assert [title.split()[0] for title in found] == ([expected] if expected else [])


def test_a_reference_finds_its_assessment(lead, several):
    for each in Assessment.objects.all():
        assert titles(lead, {"q": each.reference}) == [each.title]
        assert titles(lead, {"q": each.reference.lower()}) == [each.title]


def test_a_title_that_changed_is_found_by_its_new_words_only(people):
    found = factories.draft(people.officer, "Close a school")
    officer = signed_in(people.officer)
    post(officer, found, "proposal", **proposal(found, title="Merge two nurseries"))
    assert titles(officer, {"q": "nursery"}) == ["Merge two nurseries"]
    assert titles(officer, {"q": "close"}) == []


def test_what_was_chosen_and_not_written_is_not_searched(lead, people):
    made(people, "Close a school", advance_age=["negative"])
    assert titles(lead, {"q": "negative"}) == []


# Order and pages

SORTED = {
    "": "C|B|A",
    "updated": "C|B|A",
    "reference": "C|B|A",
    "title": "A|B|C",
    "decision": "B|A|C",
    "decision-last": "A|B|C",
}


@pytest.mark.parametrize(("sort", "expected"), SORTED.items())
def test_the_register_can_be_sorted(lead, people, sort, expected):
    made(people, "A", answers={"decision": {"planned": "2026-06-30"}})
    made(people, "B", answers={"decision": {"planned": "2026-05-01"}})
    made(people, "C")
    assert "|".join(titles(lead, {"sort": sort} if sort else {})) == expected


def test_pages_have_twenty_rows_and_keep_the_filter(lead, people):
    for number in range(45):
        factories.draft(people.officer, f"School {number:02}")
    factories.draft(people.officer, "A park")
    first = lead.get("/register/", {"q": "school", "sort": "title"})
    assert "45 assessments found, page 1 of 3" in " ".join(first.text.split())
    assert "q=school&amp;sort=title&amp;page=2" in first.text
    assert titles(lead, {"q": "school", "sort": "title"}) == [f"School {number:02}" for number in range(45)]
    assert lead.get("/register/?q=school&sort=title&page=99").context["page"][0].title == "School 40"


def test_one_result_is_not_several(lead, people):
    factories.draft(people.officer, "A park")
    assert "1 assessment." in " ".join(lead.get("/register/").text.split())


def test_no_result_says_what_to_do(lead):
    assert "No assessment matches. Take a filter away, or use fewer words." in lead.get("/register/?q=nothing").text


# Who sees what


def test_drafts_of_other_services_are_neither_shown_nor_counted_nor_exported(people, several):
    officer = signed_in(people.other_officer)
    seen = ["Cut grass less", "Name a square", "Open a school"]
    page = officer.get("/register/")
    assert page.context["page"].paginator.count == 3
    assert titles(officer, {"sort": "title"}) == seen
    assert [row["Title"] for row in exported(officer, {"sort": "title"})] == seen
    for query in ({"q": "library"}, {"characteristic": "race"}, {"status": "draft"}, {"q": "EIA-2026-0004"}):
        assert "Move the library" not in titles(officer, query)


def test_an_approver_sees_their_whole_directorate(people, several):
    factories.draft(people.officer, "A youth club", "Youth")
    assert "A youth club" in titles(signed_in(people.approver))
    assert "Cut grass less" not in titles(signed_in(people.approver))
    assert "A youth club" not in titles(signed_in(people.other_approver))


@pytest.mark.parametrize("who", ["lead", "auditor", "administrator"])
def test_some_see_everything(people, several, who):
    assert len(titles(signed_in(getattr(people, who)))) == 5


def test_what_is_shared_is_seen_once(people):
    found = factories.draft(people.officer)
    found.co_authors.add(people.colleague, people.other_officer)
    assert titles(signed_in(people.other_officer)) == ["Close a school"]
    assert titles(signed_in(people.officer)) == ["Close a school"]


# The CSV


def test_the_csv_has_these_columns(lead, people):
    found = factories.in_status("approved", people)
    (row,) = exported(lead)
    assert list(row)[:10] == [
        "Reference",
        "Version",
        "Title",
        "Made-up example",
        "Type",
        "New, changed or ending",
        "Directorate",
        "Service",
        "Screening",
        "Status",
    ]
    assert row["Reference"] == found.reference
    assert (row["Version"], row["Status"], row["Directorate"], row["Service"]) == (
        "2",
        "Approved",
        "Children",
        "Schools",
    )
    assert row["Impact: Age"] == "Positive"
    assert row["Impact: Sex"] == ""
    assert row["Decision date"] == "2027-03-05"
    assert (row["Actions"], row["Actions past their date"]) == ("1", "0")
    assert row["Submitted"] == clock.today().isoformat()


def test_the_csv_is_a_file_with_the_day_in_its_name(lead, people):
    answer = lead.get("/register.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="register-{clock.today()}.csv"'
    assert answer.getvalue().startswith("\ufeff".encode())


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "=cmd|' /C calc'!A0"]
)
def test_a_cell_that_looks_like_a_formula_is_neutral(lead, people, start):
    found = factories.draft(people.officer, start)
    factories.save(people.officer, found, "decision", body=start, round=start)
    (row,) = exported(lead)
    assert {row[name] for name in ("Title", "Decision body", "Budget round")} == {f"'{start}"}
    answers = lead.get(f"/assessments/{found.reference}/answers.csv").getvalue().decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(answers)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert f"'{start}" in cells


def test_a_tab_or_a_return_before_a_formula_is_neutral():
    from assessments.exports import harmless

    assert [harmless(each) for each in ("\t=1", "\r=1", "a=1", "", 5, None)] == ["'\t=1", "'\r=1", "a=1", "", 5, None]


def test_commas_quotes_and_lines_survive_the_csv(lead, people):
    factories.draft(people.officer, 'Close “A”, "B", and C; مدرسة 👩🏽‍🦽')
    assert exported(lead)[0]["Title"] == 'Close “A”, "B", and C; مدرسة 👩🏽‍🦽'


def test_the_csv_of_a_thousand_rows_comes_as_a_stream(lead, people):
    service, now = Service.objects.get(name="Schools"), clock.now()
    Assessment.objects.bulk_create(
        Assessment(
            reference=f"EIA-2020-{number:04}",
            year=2020,
            number=number,
            title=f"Proposal {number}",
            service=service,
            rule_set="england",
            questionnaire_version="2026.1",
            created_by=people.officer,
            created_at=now,
            updated_at=now,
            status_since=now,
        )
        for number in range(1, 1001)
    )
    answer = lead.get("/register.csv?sort=reference")
    assert answer.streaming
    lines = iter(answer.streaming_content)
    assert next(lines) == "\ufeff".encode()
    assert next(lines).startswith(b"Reference,")
    assert next(lines).startswith(b"EIA-2020-1000,")
    assert sum(1 for _ in lines) == 999
