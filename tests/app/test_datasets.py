"""Service-user data: from the file to what is saved, who may, and what never is."""

import io
import json

import pytest
from django.urls import reverse

from assessments import clock
from assessments.models import Area, AuditEvent, ColumnMapping, Dataset, PopulationTable, Service
from tests.app.uploading import ADD, filled, named, records, sent, through
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

SEXES = [("Female", 130_000, ""), ("Male", 128_375, "")]
AGES = [
    ("Aged 15 years and under", 52_000, ""),
    ("Aged 16 to 64 years", 162_000, ""),
    ("Aged 65 years and over", 44_000, ""),
]


@pytest.fixture
def population(council):
    area = Area.objects.create(code="E06000021", name="Testing", role=Area.Role.OWN)
    for slug, code, figures in (("sex", "TS008", SEXES), ("age", "TS007", AGES)):
        PopulationTable.objects.create(
            area=area,
            characteristic=slug,
            code=code,
            title=slug.title(),
            date="2021-03-21",
            base=sum(count for _, count, _ in figures),
            base_words="All usual residents",
            source="Made up for tests",
            figures=[{"category": name, "count": count, "part_of": part} for name, count, part in figures],
            imported_at=clock.now(),
        )
    return area


@pytest.fixture
def schools(council):
    return Service.objects.get(name="Schools")


def test_an_officer_uploads_records_and_only_protected_counts_are_saved(people, population, schools):
    answer = through(signed_in(people.officer), schools, records(), covers="All of 2025")
    made = Dataset.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("dataset", args=[made.pk])
    assert (made.title, made.rows_read, made.service, made.covers) == ("Members", 400, schools, "All of 2025")
    lines = {each["name"]: each["count"] for each in made.published["sex"]["lines"]}
    assert lines["X"] == {"mark": "fewer", "text": "fewer than 5", "number": None}
    assert sum(each["number"] is None for each in lines.values()) >= 2  # or the total would give it away
    assert lines["Total"]["number"] == 400
    assert "The file was not kept" in answer.content.decode()


def test_nothing_of_the_file_is_on_the_server_between_the_steps(people, population, schools, settings):
    client = signed_in(people.officer)
    client.post(ADD, filled(client.post(ADD, sent(schools, records()))))
    assert not Dataset.objects.exists()
    assert not ColumnMapping.objects.exists()
    assert "kept" not in client.session
    assert not list(settings.MEDIA_ROOT.rglob("*"))


def test_the_counts_in_the_page_are_for_one_person_and_cannot_be_changed(people, population, schools):
    page = filled(signed_in(people.officer).post(ADD, sent(schools, records())))
    other = signed_in(people.lead).post(ADD, page, follow=True)
    assert "Choose the file again" in other.content.decode()
    changed = signed_in(people.officer).post(ADD, {**page, "kept": "x" + page["kept"][1:]}, follow=True)
    assert "Choose the file again" in changed.content.decode()


def test_the_counts_in_the_page_are_good_for_an_hour(people, population, schools, monkeypatch):
    client = signed_in(people.officer)
    page = filled(client.post(ADD, sent(schools, records())))
    monkeypatch.setattr("assessments.views.datasets.AN_HOUR", -1)
    assert "Choose the file again" in client.post(ADD, page, follow=True).content.decode()


def test_columns_and_values_are_suggested_from_their_names(people, population, schools):
    client = signed_in(people.officer)
    columns = client.post(ADD, sent(schools, records()))
    assert "“Number”" in columns.content.decode()  # every row has another: no list of groups
    chosen = filled(columns)
    assert chosen[named(columns, "Sex")] == "sex"
    assert chosen[named(columns, "Age")] == "age"
    values = client.post(ADD, chosen)
    meant = filled(values)
    expected = {"F": "Female", "M": "Male", "X": "", "(empty)": "Not known", "30": "Aged 16 to 64 years"}
    assert {label: meant[named(values, label)] for label in expected} == expected


def test_what_was_chosen_is_suggested_for_the_next_file_but_rare_values_are_not_remembered(people, population, schools):
    client = signed_in(people.officer)
    columns = client.post(ADD, sent(schools, records()))
    values = client.post(ADD, {**filled(columns), named(columns, "Age"): ""})
    data = {**filled(values), named(values, "F"): "Male", named(values, "X"): "Female"}
    client.post(ADD, filled(client.post(ADD, data)))
    remembered = ColumnMapping.objects.get().mapping
    assert remembered["columns"] == {"Sex": "sex"}
    assert remembered["values"]["sex"] == {"": "Not known", "F": "Male", "M": "Male"}
    again = client.post(ADD, sent(schools, records(seed=2)))
    assert filled(again)[named(again, "Age")] == ""
    values = client.post(ADD, filled(again))
    assert filled(values)[named(values, "F")] == "Male"
    assert filled(values)[named(values, "X")] == ""


def test_users_are_set_beside_the_population_from_what_is_published(people, population, schools):
    answer = through(signed_in(people.officer), schools, records(2000).replace(",X,", ",F,"))
    text = answer.content.decode()
    assert "Beside the people who live in the area" in text
    assert "more than chance alone would explain" in text
    assert "What this does not show" in text
    assert "Made up for tests" in text


def test_counts_are_added_up_and_what_the_file_withholds_stays_so(people, population, schools):
    content = "Sex,Age,Count\nF,16-64,120\nM,16-64,90\nM,65+,*\nF,65+,40\nAll,All,260\n"
    text = through(signed_in(people.officer), schools, content, "counts").content.decode()
    made = Dataset.objects.get()
    assert not made.is_of_records
    assert {each["name"]: each["count"]["number"] for each in made.published["sex"]["lines"]}["Female"] == 160
    assert made.published["sex"]["withheld"] == ["Male"]
    assert "held back numbers of these groups" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Full name,Sex\nA,F\n", "column “Full name”: This looks like a name"),
        ("Contact,Sex\nsomebody@test.example,F\n", "Row 2, column “Contact”: This looks like an e-mail address"),
        ("Sex,Sex\nF,M\n", "Two columns have this heading"),
        ("", "empty"),
    ],
)
def test_a_file_that_is_refused_says_where_and_what_to_do(people, schools, content, said):
    answer = signed_in(people.officer).post(ADD, sent(schools, content))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="add-dataset").exists()


def test_a_file_over_the_limit_is_refused_with_its_size(people, schools, settings):
    settings.SERVICE_DATA_LIMIT = 1024
    answer = signed_in(people.officer).post(ADD, sent(schools, records()))
    assert "Choose one of 1.0" in answer.content.decode()


def test_a_request_over_the_limit_is_refused_before_it_is_read(people, schools, settings):
    settings.LARGEST_UPLOAD = 1024
    answer = signed_in(people.officer).post(ADD, sent(schools, records()))
    assert answer.status_code == 413
    assert "choose a smaller file" in answer.content.decode()


def test_so_few_people_that_all_is_hidden_are_not_saved(people, population, schools):
    client = signed_in(people.officer)
    values = client.post(ADD, filled(client.post(ADD, sent(schools, "Sex\nF\nM\n"))))
    answer = client.post(ADD, filled(values), follow=True)
    assert "Nothing was saved" in answer.content.decode()
    assert not Dataset.objects.exists()


def test_one_characteristic_is_one_column(people, population, schools):
    client = signed_in(people.officer)
    columns = client.post(ADD, sent(schools, records()))
    answer = client.post(ADD, {**filled(columns), named(columns, "Age"): "sex"})
    assert "another column is about this" in answer.content.decode()
    answer = client.post(ADD, {**filled(columns), named(columns, "Age"): "", named(columns, "Sex"): ""})
    assert "Choose at least one column" in answer.content.decode()


def test_a_value_without_a_meaning_is_asked_for(people, population, schools):
    client = signed_in(people.officer)
    values = client.post(ADD, filled(client.post(ADD, sent(schools, records()))))
    assert "Choose what “X” means" in client.post(ADD, filled(values)).content.decode()


def test_who_may_add_for_which_service(people, population, schools):
    youth, parks = Service.objects.get(name="Youth"), Service.objects.get(name="Parks")
    allowed = {"officer": {schools}, "approver": {schools, youth}, "lead": {schools, youth, parks}}
    for who, services in allowed.items():
        client = signed_in(getattr(people, who))
        for service in (schools, youth, parks):
            answer = client.post(ADD, sent(service, records())).content.decode()
            assert ("Step 2 of 4" in answer) == (service in services), (who, service)
    for who in ("auditor", "administrator"):
        assert signed_in(getattr(people, who)).get(ADD).status_code == 403


def test_who_may_see_it_and_who_may_delete_it(people, population, schools):
    through(signed_in(people.officer), schools, records())
    where = reverse("dataset", args=[Dataset.objects.get().pk])
    seen = {"colleague": 200, "approver": 200, "lead": 200, "auditor": 200, "administrator": 200}
    seen |= {"other_officer": 404, "other_approver": 404}
    for who, code in seen.items():
        client = signed_in(getattr(people, who))
        assert client.get(where).status_code == code, who
        assert (where in client.get(reverse("datasets")).content.decode()) == (code == 200), who
    assert signed_in(people.auditor).post(where).status_code == 403
    assert signed_in(people.other_officer).post(where).status_code == 404
    signed_in(people.approver).post(where)
    assert not Dataset.objects.exists()
    assert AuditEvent.objects.filter(verb="remove-dataset").exists()


def test_the_trail_names_no_value_of_the_file(people, population, schools):
    through(signed_in(people.officer), schools, records())
    event = AuditEvent.objects.get(verb="add-dataset")
    assert json.loads(event.payload)["characteristics"] == ["age", "sex"]
    assert "Members" not in event.payload


def test_an_excel_workbook_is_counted_too(people, population, schools):
    import openpyxl

    book = openpyxl.Workbook()
    for line in records().splitlines():
        book.active.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    through(signed_in(people.officer), schools, content.getvalue(), name="members.xlsx")
    assert Dataset.objects.get().rows_read == 400


def test_query_counts(people, population, schools, django_assert_num_queries):
    client = signed_in(people.officer)
    through(client, schools, records())
    where = reverse("dataset", args=[Dataset.objects.get().pk])
    client.get(where)
    with django_assert_num_queries(7):
        client.get(where)
    with django_assert_num_queries(4):
        client.get(reverse("datasets"))


def test_without_population_figures_the_usual_groups_are_offered(people, schools):
    text = through(signed_in(people.officer), schools, records()).content.decode()
    shown = {each["name"]: each["count"]["number"] for each in Dataset.objects.get().published["age"]["lines"]}
    assert shown["Aged 75 to 84 years"] == 0
    assert shown["Aged 25 to 34 years"] > 50
    assert "There are no population figures here" in text
