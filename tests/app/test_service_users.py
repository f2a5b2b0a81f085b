"""Who uses a service, beside the area and one group beside another: on its page, and cited in an assessment."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from assessments import clock, workflow
from assessments.documents import Draft
from assessments.duty import act
from assessments.models import Area, Assessment, Dataset, PopulationTable
from assessments.reports.edition import to_pdf
from tests import factories
from tests.app.writing import address, answers, post, signed_in
from tests.evidence.published import line, published
from tests.pdf import verapdf
from tests.pdf.checks import assert_pdf_ua, text_of

pytestmark = pytest.mark.django_db

PAGE = "evidence-sex"
OUTCOME = "the application was refused"
SEXES = published(
    line("Female", 600, 90, of=900), line("Male", 300, 90, of=900), answered=(900, 180), total=(1000, 200)
)
WITHOUT_OUTCOME = {
    **SEXES,
    "lines": [{**each, "happened": None, "rate": None} for each in SEXES["lines"]],
}
HELD_BACK = published(
    line("Female", None, None, of=900), line("Male", None, None, of=900), answered=(900, 180), total=(1000, 200)
)


@pytest.fixture
def area(council):
    made = Area.objects.create(code="E06000021", name="Stoke-on-Trent", role=Area.Role.OWN)
    PopulationTable.objects.create(
        area=made,
        characteristic="sex",
        code="TS008",
        title="Sex",
        date=date(2021, 3, 21),
        base=2000,
        base_words="All usual residents",
        source="Made up for tests",
        figures=[
            {"category": "Female", "count": 1020, "part_of": ""},
            {"category": "Male", "count": 980, "part_of": ""},
        ],
        imported_at=clock.now(),
    )
    return made


@pytest.fixture
def draft(people):
    """A draft to which sex matters."""
    return factories.draft_about(people.officer, "sex")


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


def data(service, by=SEXES, **columns):
    """Data on a service, with made-up figures."""
    return Dataset.objects.create(
        **{
            "title": "Applications of 2026",
            "service": service,
            "dated": date(2026, 3, 31),
            "is_of_records": True,
            "rows_read": 1000,
            "threshold": 5,
            "threshold_sensitive": 10,
            "outcome": OUTCOME,
            "published": {"sex": by},
            "added_at": clock.now(),
            **columns,
        }
    )


@pytest.fixture
def applications(people, area):
    return data(people.officer.service, added_by=people.officer)


def page_of(client, dataset, **query):
    return client.get(reverse("dataset", args=[dataset.pk]), query).text


def keys(draft, user):
    return [each.cited.id for each in workflow.citable_users(act.SEX, draft.service, user)]


def cited(draft):
    return answers(draft, PAGE).get("figures", [])


# The page of the data


def test_the_page_sets_users_beside_the_area_with_ratios_and_says_whether_it_is_chance(officer, applications):
    page = page_of(officer, applications)
    assert "Beside the people who live in the area" in page
    assert "66.7% (600)" in page
    assert "51.0% (1,020)" in page
    assert "More than chance alone would explain: Female (1.3 times); Male (0.68 times)." in page
    assert "Share among users over share of the population" in page
    assert "does not show why there is a difference" in page


def test_it_sets_one_group_beside_everybody_else_or_beside_another(officer, applications):
    page = page_of(officer, applications)
    assert "One group beside the others" in page
    assert OUTCOME in page
    assert "15.0% (90 of 600)" in page
    assert "each group beside everybody else" in page
    page = page_of(officer, applications, **{"sex-groups": "Female"})
    assert "each group beside Female" in page
    assert "Male (2.0 times)" in page
    assert "<option selected>Female</option>" in page


def test_a_reference_that_is_no_group_is_passed_over(officer, applications):
    assert "each group beside everybody else" in page_of(officer, applications, **{"sex-groups": "<b>Nobody"})


def test_nothing_is_compared_that_rests_on_a_hidden_number(officer, people, area):
    page = page_of(officer, data(people.officer.service, HELD_BACK, added_by=people.officer))
    assert page.count("This cannot be compared: too many numbers are hidden") == 2
    assert "times)" not in page


def test_without_an_outcome_there_are_no_rates(officer, people, area):
    page = page_of(officer, data(people.officer.service, WITHOUT_OUTCOME, outcome="", added_by=people.officer))
    assert "Beside the people who live in the area" in page
    assert "One group beside the others" not in page


def test_without_population_figures_the_page_says_so(officer, people):
    page = page_of(officer, data(people.officer.service, WITHOUT_OUTCOME, outcome="", added_by=people.officer))
    assert "no population figures here" in page


# In the wizard


def test_the_evidence_page_offers_the_data_of_its_service_and_one_press_cites_it(officer, people, draft, applications):
    page = officer.get(address(draft, PAGE)).text
    assert "Who uses the service" in page
    beside_area, by_outcome = keys(draft, people.officer)
    post(officer, draft, PAGE, action=f"cite-{beside_area}")
    post(officer, draft, PAGE, action=f"cite-{by_outcome}")
    shares, rates = cited(draft)
    assert [each["text"] for each in shares["lines"][0]["figures"]] == ["66.7% (600)", "51.0% (1,020)"]
    assert rates["ratios"]["reference"] == "everybody else"
    assert {each["group"]: each["text"] for each in rates["ratios"]["rows"]}["Male"] == "2.0 (1.5 to 2.6)"
    listed = answers(draft, "sources")["sources"]
    assert {each["coverage"] for each in listed} == {"People who use Schools and said which group they are in"}
    titles = [each["title"] for each in listed]
    assert titles == ["Applications of 2026, by sex", f"Applications of 2026, by sex: {OUTCOME}"]


def test_what_was_cited_outlives_the_data(officer, people, draft, applications):
    post(officer, draft, PAGE, action=f"cite-{keys(draft, people.officer)[1]}")
    before = cited(draft)
    workflow.remove_dataset(people.officer, applications.pk)
    assert cited(draft) == before
    assert "15.0% (90 of 600)" in officer.get(address(draft, PAGE)).text


def test_an_officer_of_another_service_is_not_offered_the_data(people, draft, applications):
    workflow.share(people.officer, draft.reference, people.other_officer)
    client = signed_in(people.other_officer)
    key = keys(draft, people.officer)[0]
    assert "Who uses the service" not in client.get(address(draft, PAGE)).text
    post(client, draft, PAGE, action=f"cite-{key}")
    assert cited(draft) == []


def test_hidden_numbers_stay_hidden_when_they_are_cited(officer, people, draft, area):
    data(people.officer.service, HELD_BACK, added_by=people.officer)
    for key in keys(draft, people.officer):
        post(officer, draft, PAGE, action=f"cite-{key}")
    shares, rates = cited(draft)
    assert [each["figures"][0]["text"] for each in shares["lines"]] == ["withheld", "withheld"]
    assert [each["figures"][0]["text"] for each in rates["lines"]] == ["withheld of withheld"] * 2
    assert "ratios" not in shares
    assert "ratios" not in rates


def test_the_report_shows_the_charts_and_what_they_do_not_show(officer, people, draft, applications, tmp_path):
    for key in keys(draft, people.officer):
        post(officer, draft, PAGE, action=f"cite-{key}")
    pdf = to_pdf(Draft(Assessment.objects.get(pk=draft.pk)).document())
    text = text_of(pdf)
    assert "Male (2.0 times)" in text
    assert "What this does not show" in text
    assert_pdf_ua(pdf)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    assert list(verapdf.check([path]).values()) == [[]]


def test_the_answers_as_csv_have_the_ratios(officer, people, draft, applications):
    post(officer, draft, PAGE, action=f"cite-{keys(draft, people.officer)[1]}")
    table = officer.get(reverse("answers-csv", args=[draft.reference])).getvalue().decode("utf-8-sig")
    told = {each["Question"]: each["Answer"] for each in csv.DictReader(io.StringIO(table))}
    assert told["Female"] == "Rate among users 15.0% (90 of 600)"
    assert told["Male: Rate ratio, against everybody else"] == "2.0 (1.5 to 2.6)"
    assert "does not show why there is a difference" in told["What the comparisons do not show"]
