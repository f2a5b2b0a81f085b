"""Service-user data that says what happened to people: asked for, remembered, protected, shown."""

import html
import re
from importlib import import_module

import pytest
from django.apps import apps

from assessments.models import AuditEvent, ColumnMapping, Council, Dataset, Service
from tests.app.uploading import ADD, decided, filled, named, sent, through, to_counted, to_values
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

BLANK = sum(line.endswith(",") for line in decided().splitlines())
REFUSED = {"happened": ["Refused"], "outcome": "the application was refused"}


@pytest.fixture
def schools(council):
    return Service.objects.get(name="Schools")


def shown(answer):
    return html.unescape(answer.content.decode())


def lines(made, slug="sex"):
    return {each["name"]: each for each in made.published[slug]["lines"]}


def test_rates_are_saved_for_each_group(people, schools):
    answer = through(signed_in(people.officer), schools, decided(), answers=REFUSED, outcome="decision")
    made = Dataset.objects.get()
    assert made.outcome == "the application was refused"
    found = lines(made)
    refused = [line for line in decided().splitlines() if line.endswith("Refused")]
    assert found["Total"]["happened"]["number"] == len(refused)
    assert found["Total"]["rate"]["number"] == pytest.approx(100 * len(refused) / 400, abs=0.05)
    women = [line for line in decided().splitlines() if ",F," in line]
    assert found["Female"]["count"]["number"] == len(women)
    assert found["Female"]["happened"]["number"] == len(set(women) & set(refused))
    assert {each["rate"] is not None for each in lines(made, "age").values()} == {True}
    assert "It happened" in shown(answer)


def test_the_last_step_shows_what_will_be_saved(people, schools):
    text = shown(to_counted(signed_in(people.officer), schools, decided(), answers=REFUSED, outcome="Decision"))
    assert "and to how many it happened: the application was refused" in text
    assert 'data-label="Rate"' in text
    assert f"In {BLANK} rows the file does not say what happened" in text


def test_without_such_a_column_nothing_of_it_is_asked_or_shown(people, schools):
    client = signed_in(people.officer)
    assert "Which values mean" not in shown(to_values(client, schools, decided()))
    answer = through(client, schools, decided())
    assert Dataset.objects.get().outcome == ""
    assert "It happened" not in shown(answer)


def test_a_heading_that_is_not_in_the_file_is_an_error_of_its_own_field(people, schools):
    answer = signed_in(people.officer).post(ADD, sent(schools, decided(), outcome="Outcome"))
    text = shown(answer)
    assert '<a href="#id_outcome">No column has the heading “Outcome”' in text
    assert "“Number”, “Sex”, “Age”, “Decision”" in text


def test_the_column_of_what_happened_is_not_offered_as_a_characteristic(people, schools):
    columns = signed_in(people.officer).post(ADD, sent(schools, decided(), outcome="Decision"))
    labels = re.findall(r"<label[^>]*>([^<]*)</label>", shown(columns))
    assert "Age" in labels
    assert "Decision" not in labels
    assert "The column “Decision” says what happened" in shown(columns)


def test_all_but_empty_cells_can_be_ticked_and_the_page_counts_those(people, schools):
    text = shown(to_values(signed_in(people.officer), schools, decided(), outcome="Decision"))
    boxes = re.findall(r'name="happened" type="checkbox" value="([^"]*)"', text)
    assert boxes == ["Granted", "Refused", "Withdrawn"]
    assert f"So do the {BLANK} in whose row this cell is empty" in text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"outcome": "it was refused"}, "Tick the values that mean that it happened"),
        ({"happened": ["Refused"], "outcome": ""}, "Enter what happened in a few words"),
        ({"happened": ["Refused"], "outcome": "x" * 101}, "must have 100 characters or fewer"),
        ({"happened": ["Other"], "outcome": "it was refused"}, "Tick only values in the list"),
    ],
)
def test_what_happened_has_to_be_said(people, schools, answers, said):
    text = shown(to_counted(signed_in(people.officer), schools, decided(), answers=answers, outcome="Decision"))
    assert "Step 3 of 4" in text
    assert said in text


def test_it_cannot_have_happened_to_everybody(people, schools):
    content = decided().replace(",\n", ",Granted\n")
    answers = {"happened": ["Granted", "Refused", "Withdrawn"], "outcome": "they wrote to us"}
    client = signed_in(people.officer)
    text = shown(to_counted(client, schools, content, answers=answers, outcome="Decision"))
    assert "Leave at least one value without a tick" in text
    text = shown(to_counted(client, schools, decided(), answers=answers, outcome="Decision"))
    assert "Step 4 of 4" in text  # The empty cells are those to whom it did not happen.


def test_the_answers_are_suggested_for_the_next_file_of_the_same_columns(people, schools):
    client = signed_in(people.officer)
    rare = decided() + "400,F,30,Struck off\n"
    answers = {"happened": ["Refused", "Struck off"], "outcome": "the application was refused."}
    through(client, schools, rare, answers=answers, outcome="Decision")
    kept = ColumnMapping.objects.get().mapping
    assert (kept["happened"], kept["outcome"]) == (["Refused"], "the application was refused")
    again = filled(to_values(client, schools, decided(seed=2), outcome="Decision"))
    assert (again["happened"], again["outcome"]) == (["Refused"], "the application was refused")


def test_counts_hold_to_how_many_it_happened(people, schools):
    content = "Sex,Age,Count,Refused\nF,30,120,36\nM,30,90,9\nM,70,60,*\nF,70,40,12\nAll,All,310,60\n"
    client = signed_in(people.officer)
    answers = {"outcome": "the application was refused"}
    text = shown(through(client, schools, content, "counts", answers=answers, outcome="Refused"))
    found = lines(Dataset.objects.get())
    assert (found["Female"]["count"]["number"], found["Female"]["happened"]["number"]) == (160, 48)
    assert "held back numbers of these groups" in text


def test_more_to_whom_it_happened_than_people_is_refused_with_row_and_column(people, schools):
    content = "Sex,Count,Refused\nF,120,36\nM,90,91\n"
    answer = signed_in(people.officer).post(ADD, sent(schools, content, "counts", outcome="Refused"))
    assert "Row 3, column “Refused”: 91 is more than the 90 people of this row" in shown(answer)


def test_what_happened_to_very_few_is_not_saved(people, schools):
    content = decided().replace(",Refused\n", ",Granted\n").replace(",Withdrawn\n", ",\n")
    content += "400,F,30,Refused\n401,M,30,Refused\n"
    through(signed_in(people.officer), schools, content, answers=REFUSED, outcome="Decision")
    made = Dataset.objects.get()
    assert made.outcome == ""
    assert not any(each["happened"] for each in lines(made).values())
    assert "It happened to so few people" in made.published["sex"]["notes"][-1]
    assert lines(made)["Total"]["count"]["number"] == 402


def test_a_file_that_a_page_could_not_send_on_is_refused_in_words(people, schools, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 600
    text = shown(signed_in(people.officer).post(ADD, sent(schools, decided(), outcome="Decision")))
    assert "This file has too many columns and values" in text


def test_the_largest_file_of_groups_goes_through(people, schools):
    """Forty columns of 250 values beside an outcome of 20: the page can still send it on."""
    headings = ",".join([*(f"Column {number}" for number in range(40)), "Decision"])
    rows = [",".join([*([f"Group {row % 250}"] * 40), f"Reason {row % 20}"]) for row in range(2000)]
    columns = signed_in(people.officer).post(ADD, sent(schools, "\n".join([headings, *rows]), outcome="Decision"))
    assert len(filled(columns)["kept"]) < 2_500_000
    assert "Step 2 of 4" in shown(columns)


def test_a_column_that_is_not_counted_does_not_go_with_the_page(people, schools):
    client = signed_in(people.officer)
    columns = client.post(ADD, sent(schools, decided(), outcome="Decision"))
    whole = filled(columns)
    values = client.post(ADD, {**whole, named(columns, "Age"): ""})
    assert len(filled(values)["kept"]) < len(whole["kept"])


# The same people twice


def test_the_first_data_of_a_service_asks_nothing(people, schools):
    text = shown(to_counted(signed_in(people.officer), schools, decided()))
    assert "Does it cover the same people" not in text


def test_whether_the_same_people_are_there_already_must_be_said(people, schools):
    client = signed_in(people.officer)
    through(client, schools, decided(), title="Last year", dated_0="31", dated_1="3", dated_2="2025")
    counted = to_counted(client, schools, decided(500), dated_0="31", dated_1="3", dated_2="2026")
    assert "Yes: replace “Last year”" in shown(counted)
    assert "Up to 31 March 2025" in shown(counted)
    answer = client.post(ADD, filled(counted))
    assert "Choose whether it covers the same people" in shown(answer)
    assert Dataset.objects.count() == 1
    client.post(ADD, {**filled(answer), "replaces": "no"})
    assert Dataset.objects.count() == 2


def test_what_is_replaced_goes_with_its_entry_in_the_trail(people, schools):
    client = signed_in(people.officer)
    through(client, schools, decided(), title="Draft")
    old = Dataset.objects.get()
    through(client, schools, decided(500), title="Final", replaces=str(old.pk))
    assert [each.title for each in Dataset.objects.all()] == ["Final"]
    verbs = list(AuditEvent.objects.filter(verb__endswith="-dataset").values_list("verb", flat=True))
    assert sorted(verbs) == ["add-dataset", "add-dataset", "remove-dataset"]


@pytest.mark.parametrize("same_day", [True, False])
def test_the_same_day_and_number_of_people_can_only_be_replaced(people, schools, same_day):
    client = signed_in(people.officer)
    days = {"dated_0": "31", "dated_1": "3", "dated_2": "2026"}
    through(client, schools, decided(), title="Once", **days)
    counted = to_counted(client, schools, decided(seed=9), **(days if same_day else {}))
    assert ("The last day and the number of people are the same" in shown(counted)) == same_day
    answer = client.post(ADD, {**filled(counted), "replaces": "no"})
    assert ("Choose one of the answers in the list" in shown(answer)) == same_day
    assert Dataset.objects.count() == (1 if same_day else 2)


def test_only_data_of_the_same_service_can_be_replaced(people, schools):
    lead = signed_in(people.lead)
    through(lead, Service.objects.get(name="Parks"), decided(), title="Of parks")
    theirs = Dataset.objects.get()
    assert "Of parks" not in shown(to_counted(lead, schools, decided(500)))
    through(lead, schools, decided(500), title="Of schools")
    answer = through(lead, schools, decided(600), replaces=str(theirs.pk))
    assert "Choose one of the answers in the list" in shown(answer)
    assert Dataset.objects.filter(pk=theirs.pk).exists()


def test_saving_twice_saves_once(people, schools):
    client = signed_in(people.officer)
    last = filled(to_counted(client, schools, decided()))
    client.post(ADD, last)
    answer = client.post(ADD, last)
    assert "Choose whether it covers the same people" in shown(answer)
    assert Dataset.objects.count() == 1


# Thresholds


@pytest.mark.parametrize("field", ["small_number", "small_number_sensitive"])
def test_a_threshold_under_3_is_refused_in_plain_words(people, field):
    client = signed_in(people.administrator)
    where = "/setup/assessments/council/1/change/"
    form = client.get(where).context["adminform"].form
    data = {name: "" if value is None else value for name, value in form.initial.items() if value is not False}
    answer = client.post(where, data | {field: "2"})
    assert "Enter 3 or more. “Fewer than 2” would tell everybody that it is 1." in shown(answer)
    client.post(where, data | {field: "3"})
    assert getattr(Council.current(), field) == 3


def test_a_threshold_that_was_lower_is_raised(council):
    Council.objects.update(small_number=1, small_number_sensitive=12)
    import_module("assessments.migrations.0006_outcome").no_threshold_is_too_low(apps, None)
    current = Council.current()
    assert (current.small_number, current.small_number_sensitive) == (3, 12)
