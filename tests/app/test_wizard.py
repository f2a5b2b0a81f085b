"""The wizard: start, save, go on, go back, come back."""

import re

import pytest

from assessments import clock
from assessments.models import Assessment, PageAnswers, Service, Ward
from tests import factories
from tests.app.writing import address, answers, post, proposal, signed_in, stored, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


@pytest.fixture
def draft(people):
    return factories.draft(people.officer)


def start(client, title="Close a school"):
    return client.post("/start/", {"title": title, "service": Service.objects.get(name="Schools").pk})


def screened(people, draft, **relevant):
    for page, given in factories.screening(relevant or {"age": "yes"}).items():
        factories.save(people.officer, draft, page, **given)


# Starting


def test_starting_gives_a_permanent_reference_and_opens_the_first_page(officer):
    answer = start(officer)
    made = Assessment.objects.get()
    assert re.fullmatch(r"EIA-\d{4}-\d{4}", made.reference)
    assert made.reference == f"EIA-{clock.today().year}-0001"
    assert answer.url == address(made, "proposal")
    page = officer.get(answer.url)
    assert "Close a school" in page.text
    assert made.reference in page.text


def test_references_count_up(officer):
    start(officer, "One")
    start(officer, "Two")
    assert sorted(Assessment.objects.values_list("number", flat=True)) == [1, 2]


def test_the_reference_stays_when_the_title_and_service_change(officer, people, draft):
    youth = Service.objects.get(name="Youth")
    post(officer, draft, "proposal", title="Close two schools", service=str(youth.pk))
    changed = Assessment.objects.get()
    assert (changed.reference, changed.title, changed.service) == (draft.reference, "Close two schools", youth)


def test_starting_needs_a_title_and_a_service(officer):
    answer = officer.post("/start/", {})
    assert "Enter a title for the proposal" in answer.text
    assert "Choose the service that is responsible" in answer.text
    assert not Assessment.objects.exists()


def test_the_persons_own_service_is_chosen_beforehand(officer, people):
    assert f'<option value="{people.officer.service_id}" selected>' in officer.get("/start/").text


# Saving


def test_a_page_saves_what_is_there_and_leaves_the_rest(officer, draft):
    answer = post(officer, draft, "proposal", **proposal(draft, what="The school closes.", type="service-change"))
    assert answer.status_code == 302
    assert answers(draft, "proposal") == proposal(draft, what="The school closes.", type="service-change")


def test_an_empty_page_saves_too(officer, draft):
    assert post(officer, draft, "decision").status_code == 302
    assert stored(draft, "decision").answers == {}


def test_every_kind_of_answer_is_kept_and_shown_again(officer, draft):
    north, _ = Ward.objects.all()
    post(officer, draft, "decision", body="Cabinet", planned=("27", "march", "2026"), key="yes", amount="£1,250")
    post(officer, draft, "people", groups=["users", "staff"], who="61 families", wards=[str(north.pk)])
    assert answers(draft, "decision") == {"body": "Cabinet", "planned": "2026-03-27", "key": "yes", "amount": 1250}
    assert answers(draft, "people") == {"groups": ["users", "staff"], "who": "61 families", "wards": [str(north.pk)]}
    page = officer.get(address(draft, "decision")).text
    assert 'value="Cabinet"' in page
    assert 'name="decision-planned_2" type="text" inputmode="numeric" value="2026"' in page
    assert re.search(r'value="yes"\s+checked', page)


def test_continue_goes_to_the_next_open_page(officer, draft):
    assert post(officer, draft, "proposal", **proposal(draft)).url == address(draft, "decision")


def test_back_saves_and_goes_to_the_page_before(officer, draft):
    answer = post(officer, draft, "decision", action="back", body="Cabinet")
    assert answer.url == address(draft, "proposal")
    assert answers(draft, "decision") == {"body": "Cabinet"}


def test_back_from_the_first_page_goes_to_the_task_list(officer, draft):
    answer = post(officer, draft, "proposal", action="back", **proposal(draft, aims="A better school"))
    assert answer.url == draft.get_absolute_url()
    assert answers(draft, "proposal")["aims"] == "A better school"


def test_back_keeps_what_does_not_fit_and_does_not_complain(officer, draft):
    answer = post(officer, draft, "decision", action="back", planned=("31", "2", "2026"))
    assert answer.url == address(draft, "proposal")
    page = officer.get(address(draft, "decision")).text
    assert 'value="31"' in page
    assert "must be a real date" in page


def test_save_and_come_back_later_goes_to_the_task_list_and_says_so(officer, draft):
    answer = officer.post(
        address(draft, "decision"), {"action": "save", "started_from": "0", "decision-body": "Cabinet"}, follow=True
    )
    assert answer.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert "Your answers are saved" in answer.text
    assert answers(draft, "decision") == {"body": "Cabinet"}


def test_saving_for_later_with_a_wrong_date_keeps_what_was_typed_and_the_earlier_valid_answer(officer, draft):
    post(officer, draft, "decision", body="Cabinet", planned=("27", "3", "2026"))
    answer = officer.post(
        address(draft, "decision"),
        {
            "action": "save",
            "started_from": "1",
            "decision-body": "Full Council",
            "decision-planned_0": "30",
            "decision-planned_1": "2",
            "decision-planned_2": "2026",
        },
        follow=True,
    )
    assert "Some of it has to be mended" in answer.text
    assert "Needs mending" in answer.text
    assert answers(draft, "decision") == {"body": "Full Council", "planned": "2026-03-27"}
    page = officer.get(address(draft, "decision")).text
    assert 'name="decision-planned_0" type="text" inputmode="numeric" value="30"' in page
    assert 'value="Full Council"' in page


def test_continue_with_a_wrong_date_saves_and_says_what_to_do(officer, draft):
    answer = post(officer, draft, "decision", body="Cabinet", planned=("1", "13", "2026"))
    assert answer.status_code == 200
    assert "The date for “When is the decision planned?” must be a real date" in answer.text
    assert answers(draft, "decision") == {"body": "Cabinet"}
    assert stored(draft, "decision").typed["decision-planned_1"] == ["13"]


def test_mending_the_answer_clears_what_was_typed(officer, draft):
    post(officer, draft, "decision", planned=("1", "13", "2026"))
    assert post(officer, draft, "decision", planned=("1", "12", "2026")).status_code == 302
    assert (answers(draft, "decision"), stored(draft, "decision").typed) == ({"planned": "2026-12-01"}, None)


def test_saving_the_same_again_writes_nothing(officer, draft):
    post(officer, draft, "decision", body="Cabinet")
    post(officer, draft, "decision", body="Cabinet")
    assert version(draft, "decision") == 1
    assert draft.events.filter(verb="save", payload__contains='"page":"decision"').count() == 1


def test_opening_pages_writes_nothing(officer, people, draft):
    screened(people, draft)
    before = list(PageAnswers.objects.values_list("page", "version"))
    for page in ("proposal", "sources", "eliminate-age", "outcome"):
        assert officer.get(address(draft, page)).status_code == 200
    assert list(PageAnswers.objects.values_list("page", "version")) == before


# Which pages there are


@pytest.mark.parametrize("page", ["nonsense", "check", "wizard", "proposal-1", "local-pets"])
def test_an_unknown_step_is_not_found(officer, draft, page):
    assert officer.get(address(draft, page)).status_code == 404
    assert officer.post(address(draft, page), {"action": "save"}).status_code == 404


@pytest.mark.parametrize("page", ["eliminate-age", "evidence-age", "sources", "outcome", "screening-out"])
def test_a_closed_step_is_not_found(officer, draft, page):
    assert officer.get(address(draft, page)).status_code == 404
    assert officer.post(address(draft, page), {"action": "save", "started_from": "0"}).status_code == 404
    assert stored(draft, page) is None


def test_the_act_has_no_page_for_marriage_under_limbs_b_and_c(officer, people, draft):
    screened(people, draft, **{"marriage-and-civil-partnership": "yes"})
    found = {
        limb: officer.get(address(draft, f"{limb}-marriage-and-civil-partnership")).status_code
        for limb in ("eliminate", "advance", "foster")
    }
    assert found == {"eliminate": 200, "advance": 404, "foster": 404}


def test_screening_opens_and_closes_pages_and_keeps_their_answers(officer, people, draft):
    screened(people, draft, age="yes", sex="unknown")
    factories.save(people.officer, draft, "advance-sex", impact=["positive"], reasons="More women would come.")
    assert officer.get(address(draft, "advance-sex")).status_code == 200
    factories.save(people.officer, draft, "relevance", sex="no", sex_why="Looked again.")
    assert officer.get(address(draft, "advance-sex")).status_code == 404
    assert officer.get(address(draft, "advance-age")).status_code == 200
    assert not draft.impacts.filter(characteristic="sex").exists()
    factories.save(people.officer, draft, "relevance", sex="yes", sex_why="Again.")
    assert "More women would come." in officer.get(address(draft, "advance-sex")).text
    assert draft.impacts.filter(characteristic="sex", limb="advance", impact="positive").exists()


def test_a_limb_settled_at_screening_closes_its_pages(officer, people, draft):
    for page, given in factories.screening({"age": "yes"}, {"foster": "no"}).items():
        factories.save(people.officer, draft, page, **given)
    found = {limb: officer.get(address(draft, f"{limb}-age")).status_code for limb in ("eliminate", "foster")}
    assert found == {"eliminate": 200, "foster": 404}
    assert "Settled at screening" in officer.get(draft.get_absolute_url()).text


def test_all_noes_ask_for_reasons_and_nothing_else(officer, people, draft):
    for page, given in factories.screening({}, dict.fromkeys(("eliminate", "advance", "foster"), "no")).items():
        factories.save(people.officer, draft, page, **given)
    found = {page: officer.get(address(draft, page)).status_code for page in ("screening-out", "sources", "outcome")}
    assert found == {"screening-out": 200, "sources": 404, "outcome": 404}


def test_what_was_typed_on_a_page_that_closed_meanwhile_is_shown(officer, people, draft):
    screened(people, draft, age="yes", sex="yes")
    factories.save(people.officer, draft, "relevance", sex="no")
    answer = post(officer, draft, "advance-sex", reasons="Two hours of typing", impact=["positive"])
    assert answer.status_code == 404
    assert "Two hours of typing" in answer.text
    assert "no longer call for this page" in answer.text
    background = post(officer, draft, "advance-sex", action="autosave", reasons="Two hours of typing")
    assert (background.status_code, background.json()) == (409, {"state": "closed"})


def test_the_page_of_an_assessment_that_does_not_exist_is_not_found(officer, draft):
    assert officer.get("/assessments/EIA-1999-0001/pages/proposal/").status_code == 404


def test_a_draft_of_another_service_is_not_found(people, draft):
    stranger = signed_in(people.other_officer)
    assert stranger.get(address(draft, "proposal")).status_code == 404
    assert post(stranger, draft, "proposal", title="Mine now").status_code == 404
    assert answers(draft, "proposal")["title"] == "Close a school"


def test_a_colleague_of_the_service_reads_but_does_not_write(people, draft):
    colleague = signed_in(people.colleague)
    answer = post(colleague, draft, "proposal", title="Mine now", service=str(draft.service_id))
    assert answer.status_code == 403
    assert "you are not one of its writers" in answer.text
    assert "Mine now" in answer.text
    assert answers(draft, "proposal")["title"] == "Close a school"


def test_the_reason_given_at_screening_is_shown_where_it_is_looked_at_in_full(officer, people, draft):
    screened(people, draft, age="yes", carers="yes")
    for page in ("evidence-age", "eliminate-age", "advance-age", "foster-age"):
        text = officer.get(address(draft, page)).text
        assert "You said at screening:" in text
        assert "Because of age." in text
    assert "Because of carers." in officer.get(address(draft, "local-carers")).text


def test_contacts_for_good_relations_stand_beside_limb_c_alone(officer, people, draft):
    screened(people, draft)
    assert "Cohesion team" in officer.get(address(draft, "foster-age")).text
    assert "Cohesion team" not in officer.get(address(draft, "advance-age")).text


def test_the_last_page_leads_to_the_check_page(officer, people, draft):
    factories.complete(people.officer, draft)
    page = officer.get(address(draft, "outcome"))
    form = page.context["form"]
    data = {f"outcome-{key}": value for key, value in form.initial.items() if key != "review"}
    data |= {"outcome-review_0": "5", "outcome-review_1": "3", "outcome-review_2": "2027"}
    answer = officer.post(address(draft, "outcome"), {"started_from": version(draft, "outcome"), **data})
    assert answer.url == f"/assessments/{draft.reference}/check/"


# Lists of items

SURVEY = {"title": "School survey", "publisher": "Schools", "dated": ("1", "10", "2025")}
CENSUS = {"title": "Census 2021", "characteristics": ["age", "sex"]}


@pytest.fixture
def full(people, draft):
    screened(people, draft)
    return draft


def sources(assessment):
    return answers(assessment, "sources").get("sources", [])


def form_items(client, assessment, page="sources", key="sources"):
    """The items as the page offers them, with their ids."""
    formset = client.get(address(assessment, page)).context["form"].itemsets[key]
    return [str(form["id"].value()) for form in formset]


def test_items_are_kept_in_order(officer, full):
    post(officer, full, "sources", sources=[SURVEY, CENSUS])
    assert [each["title"] for each in sources(full)] == ["School survey", "Census 2021"]
    assert sources(full)[0]["dated"] == "2025-10-01"
    assert sources(full)[1]["characteristics"] == ["age", "sex"]


def test_add_another_saves_and_offers_one_more(officer, full):
    answer = post(officer, full, "sources", action="add-sources", sources=[SURVEY])
    assert answer.url == f"{address(full, 'sources')}?add=sources#add"
    assert len(sources(full)) == 1
    page = officer.get(answer.url)
    assert "School survey" in page.text
    assert len(page.context["form"].itemsets["sources"].forms) == 2
    assert len(form_items(officer, full)) == 1


def test_an_item_keeps_its_id_while_it_changes(officer, full):
    post(officer, full, "sources", sources=[SURVEY, CENSUS])
    first, second = (each["id"] for each in sources(full))
    assert first != second
    post(officer, full, "sources", sources=[{**SURVEY, "id": first, "title": "Another"}, {**CENSUS, "id": second}])
    assert [(each["id"], each["title"]) for each in sources(full)] == [(first, "Another"), (second, "Census 2021")]


def test_an_empty_item_has_its_id_before_it_is_filled_in(officer, full):
    """So that saving in the background, and then by the button, does not make it twice another."""
    (offered,) = form_items(officer, full)
    post(officer, full, "sources", action="autosave", started_from=0, sources=[{"id": offered, "title": "Cens"}])
    post(officer, full, "sources", started_from=1, sources=[{"id": offered, "title": "Census 2021"}])
    assert sources(full) == [{"id": offered, "title": "Census 2021"}]


def test_the_same_page_sent_twice_is_saved_once(officer, full):
    (offered,) = form_items(officer, full)
    for _ in range(2):
        answer = post(officer, full, "sources", started_from=0, sources=[{**SURVEY, "id": offered}])
        assert answer.status_code == 302
    assert len(sources(full)) == 1
    assert version(full, "sources") == 1


def test_an_item_is_removed_by_its_own_box(officer, full):
    post(officer, full, "sources", sources=[SURVEY, CENSUS])
    first, second = (each["id"] for each in sources(full))
    post(officer, full, "sources", sources=[{**SURVEY, "id": first, "DELETE": "on"}, {**CENSUS, "id": second}])
    assert [each["id"] for each in sources(full)] == [second]


def test_items_can_change_places(officer, full):
    post(officer, full, "sources", sources=[SURVEY, CENSUS])
    first, second = (each["id"] for each in sources(full))
    post(officer, full, "sources", sources=[{**CENSUS, "id": second}, {**SURVEY, "id": first}])
    assert [each["id"] for each in sources(full)] == [second, first]


def test_empty_items_are_not_kept(officer, full):
    post(officer, full, "sources", sources=[SURVEY, {"title": "  "}, {}])
    assert len(sources(full)) == 1


def test_nought_is_an_answer(officer, full):
    post(officer, full, "consultation", consultations=[{"responses": "0"}])
    assert [each["responses"] for each in answers(full, "consultation")["consultations"]] == [0]


def test_an_item_that_does_not_fit_keeps_its_earlier_answer_and_what_was_typed(officer, full):
    post(officer, full, "sources", sources=[SURVEY])
    (item,) = sources(full)
    answer = post(officer, full, "sources", sources=[{**SURVEY, "id": item["id"], "dated": ("31", "9", "2025")}])
    assert "Source 1: The date for “What date is it from?” must be a real date" in answer.text
    assert sources(full) == [item]
    assert 'value="31"' in officer.get(address(full, "sources")).text


def test_add_another_says_first_what_does_not_fit(officer, full):
    answer = post(officer, full, "sources", action="add-sources", sources=[{"title": "Census", "dated": ("1", "", "")}])
    assert answer.status_code == 200
    assert "must include a month and year" in answer.text
    assert sources(full)[0]["title"] == "Census"


def test_actions_are_kept_as_rows_that_keep_their_identity(officer, full):
    action = {"what": "Ask families", "owner": "Head of Schools", "due": ("1", "9", "2027")}
    post(officer, full, "actions", actions=[action, {"what": "Look again"}])
    first, second = full.actions.all()
    assert (first.what, first.owner, str(first.due), first.position) == (
        "Ask families",
        "Head of Schools",
        "2027-09-01",
        1,
    )
    post(
        officer,
        full,
        "actions",
        actions=[{"id": second.key, "what": "Look again"}, {**action, "id": first.key, "DELETE": "on"}],
    )
    assert list(full.actions.values_list("pk", "key", "position")) == [(second.pk, second.key, 1)]


def test_findings_rest_on_sources_by_id(officer, full):
    post(officer, full, "sources", sources=[SURVEY])
    (item,) = sources(full)
    post(officer, full, "eliminate-age", impact=["none"], evidence=[item["id"]])
    assert answers(full, "eliminate-age")["evidence"] == [item["id"]]
    assert "School survey" in officer.get(f"/assessments/{full.reference}/report/").text


# Several writers


def test_a_co_author_writes_like_the_one_who_started(people, draft):
    officer, colleague = signed_in(people.officer), signed_in(people.other_officer)
    assert colleague.get(address(draft, "decision")).status_code == 404
    officer.post(f"/assessments/{draft.reference}/people/", {"email": people.other_officer.email.upper()})
    assert post(colleague, draft, "decision", body="Cabinet").status_code == 302
    assert stored(draft, "decision").saved_by == people.other_officer
    page = officer.get(address(draft, "decision")).text
    assert "Cabinet" in page
    assert "by Other Officer." in page


def test_several_co_authors_can_be_added_and_removed(people, draft):
    officer = signed_in(people.officer)
    for each in (people.colleague, people.other_officer, people.lead):
        officer.post(f"/assessments/{draft.reference}/people/", {"email": each.email})
    assert set(draft.co_authors.all()) == {people.colleague, people.other_officer, people.lead}
    officer.post(f"/assessments/{draft.reference}/people/{people.other_officer.pk}/remove/")
    assert signed_in(people.other_officer).get(address(draft, "proposal")).status_code == 404
    assert signed_in(people.colleague).get(address(draft, "proposal")).status_code == 200


def test_somebody_without_an_account_or_who_does_not_write_cannot_be_added(people, draft):
    officer = signed_in(people.officer)
    for email, words in (
        ("nobody@test.example", "No account here has that address"),
        (people.auditor.email, "does not write assessments"),
        ("no address", "Enter an e-mail address in the right form"),
        ("a\0b@test.example", "Null characters are not allowed"),
        ("", "Enter your colleague’s e-mail address"),
    ):
        answer = officer.post(f"/assessments/{draft.reference}/people/", {"email": email})
        assert words in answer.text
    assert not draft.co_authors.exists()


# Saving in the background


def test_saving_in_the_background_answers_with_the_version_to_go_on_from(officer, draft):
    first = post(officer, draft, "decision", action="autosave", started_from=0, body="Cab")
    assert first.json()["state"] == "saved"
    assert first.json()["started_from"] == 1
    second = post(officer, draft, "decision", action="autosave", started_from=1, body="Cabinet")
    assert second.json()["started_from"] == 2
    assert re.fullmatch(r"\d{1,2}:\d\d ?[ap]m", second.json()["at"].replace("\u00a0", " "))
    assert answers(draft, "decision") == {"body": "Cabinet"}


def test_saving_in_the_background_keeps_what_does_not_fit_yet(officer, draft):
    answer = post(officer, draft, "decision", action="autosave", planned=("2", "", ""))
    assert answer.json()["state"] == "saved"
    assert 'value="2"' in officer.get(address(draft, "decision")).text


def test_saving_in_the_background_over_another_save_is_a_conflict(officer, draft):
    post(officer, draft, "decision", body="Cabinet")
    answer = post(officer, draft, "decision", action="autosave", started_from=0, body="Full Council")
    assert (answer.status_code, answer.json()) == (409, {"state": "conflict"})
    assert answers(draft, "decision") == {"body": "Cabinet"}


def test_saving_in_the_background_after_submission_says_closed(people):
    submitted = factories.in_status("with-head", people)
    answer = post(signed_in(people.officer), submitted, "decision", action="autosave", body="Late")
    assert (answer.status_code, answer.json()) == (409, {"state": "closed"})


def test_saving_in_the_background_when_signed_out_says_so(client, draft):
    answer = post(client, draft, "decision", action="autosave", body="Cabinet")
    assert (answer.status_code, answer.json()) == (401, {"state": "signed-out"})
    assert "held" not in client.session


# The task list


def test_the_task_list_says_how_far_each_page_is(officer, people, draft):
    screened(people, draft)
    post(officer, draft, "decision", body="Cabinet")
    post(officer, draft, "people", number="many")
    page = officer.get(draft.get_absolute_url())
    states = {task.slug: task.status for entry in page.context["sections"] for task in entry["tasks"]}
    assert states["relevance"] == "Completed"
    assert states["decision"] == "In progress"
    assert states["people"] == "Needs mending"
    assert states["outcome"] == "Not yet started"
    (row,) = page.context["matrix"]
    assert [cell.slug for cell in row["cells"]] == ["eliminate-age", "advance-age", "foster-age"]


def test_another_browser_shows_what_was_saved(people, draft):
    post(signed_in(people.officer), draft, "decision", body="Cabinet")
    assert 'value="Cabinet"' in signed_in(people.officer).get(address(draft, "decision")).text


def test_pages_are_never_kept_by_the_browser(officer, draft):
    assert "no-store" in officer.get(address(draft, "decision"))["Cache-Control"]
