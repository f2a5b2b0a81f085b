"""Bad input: a clear message, a 404 or a 403, never an error of ours, and nothing saved is lost."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.duty.questionnaire import ITEM_LIMIT, PROSE_LIMIT, TEXT_LIMIT
from assessments.duty.questions import Kind
from assessments.workflow.drafts import SEARCHED
from tests import factories
from tests.app.writing import address, answers, items, post, proposal, signed_in, stored, version

pytestmark = pytest.mark.django_db

MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7|add:7 }} {% include 'base.html' %} {{{ a }}} ${7*7}"
)
RAW = ("<script>alert(1)", "<img src=x")


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


@pytest.fixture
def draft(people):
    made = factories.draft(people.officer)
    factories.save(people.officer, made, "decision", body="Cabinet", planned="2026-03-27", amount=5)
    return made


@pytest.fixture
def full(people, draft):
    for page, given_ in factories.screening({"age": "yes"}).items():
        factories.save(people.officer, draft, page, **given_)
    return draft


# Dates

WRONG_DATES = [
    ("31", "2", "2026"),
    ("29", "2", "2025"),
    ("0", "1", "2026"),
    ("32", "1", "2026"),
    ("1", "13", "2026"),
    ("1", "0", "2026"),
    ("1", "1", "26"),
    ("1", "1", "0000"),
    ("1", "1", "20266"),
    ("1", "1", "-2026"),
    ("1", "", "2026"),
    ("", "", "2026"),
    ("a", "b", "c"),
    ("1", "ja", "2026"),
    ("1", "Smarch", "2026"),
    ("1.5", "1", "2026"),
    ("1e1", "1", "2026"),
    ("٣", "٣", "٢٠٢٦"),
    ("½", "1", "2026"),
    ("9" * 5000, "9" * 5000, "9" * 5000),
    ("\0", "\0", "\0"),
    ("1\0", "1", "2026"),
    ("<b>", "{{ x }}", "' OR 1=1 --"),
    ("😀", "1", "2026"),
]


@pytest.mark.parametrize("date", WRONG_DATES, ids=lambda date: " ".join(date)[:20].replace("\0", "NUL"))
def test_a_wrong_date_gets_a_clear_message_and_keeps_the_earlier_one(officer, draft, date):
    answer = post(officer, draft, "decision", body="Cabinet", planned=date)
    assert answer.status_code == 200
    assert "The date for “When is the decision planned?” must" in answer.text
    assert answers(draft, "decision")["planned"] == "2026-03-27"
    assert officer.get(address(draft, "decision")).status_code == 200


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        (("1", "jan", "2026"), "2026-01-01"),
        (("01", "Sept.", "2026"), "2026-09-01"),
        ((" 27 ", "MARCH", " 2026"), "2026-03-27"),
        (("29", "2", "2028"), "2028-02-29"),
    ],
)
def test_a_date_written_another_way_is_understood(officer, draft, date, kept):
    assert post(officer, draft, "decision", body="Cabinet", planned=date).status_code == 302
    assert answers(draft, "decision")["planned"] == kept


# Numbers, choices


@pytest.mark.parametrize(
    "number", ["-1", "many", "1.5", "9" * 11, "9" * 5000, "1e3", "NaN", "\0", "5\0", "0x1F", "<1>"]
)
def test_a_wrong_number_gets_a_clear_message_and_keeps_the_earlier_one(officer, draft, number):
    answer = post(officer, draft, "decision", body="Cabinet", amount=number)
    assert answer.status_code == 200
    assert "“Amount in pounds” must be" in answer.text
    assert answers(draft, "decision")["amount"] == 5


@pytest.mark.parametrize("choice", ["maybe", "YES", "yes\0", "", "<script>", "99999999999999999999", "yes no"])
def test_an_unknown_choice_is_not_taken(officer, draft, choice):
    answer = post(officer, draft, "decision", body="Cabinet", key=choice)
    assert answers(draft, "decision").get("key") is None
    if choice:
        assert "“Is it a key decision?”: choose one of the answers in the list" in answer.text


@pytest.mark.parametrize("service", ["0", "-1", "999999", "9" * 30, "abc", "\0", "1 OR 1=1"])
def test_an_unknown_service_is_not_taken(officer, draft, service):
    post(officer, draft, "proposal", title=draft.title, service=service)
    draft.refresh_from_db()
    assert answers(draft, "proposal")["service"] == str(draft.service_id)
    assert officer.post("/start/", {"title": "A title", "service": service}).status_code == 200


def test_unknown_choices_among_known_ones_keep_the_earlier_answer(officer, draft):
    post(officer, draft, "people", groups=["users"])
    answer = post(officer, draft, "people", groups=["users", "nobody", "\0"], wards=["999999", "x"])
    assert "choose only answers in the list" in answer.text
    assert answers(draft, "people") == {"groups": ["users"]}


def test_an_answer_that_excludes_the_others_cannot_stand_beside_them(officer, full):
    answer = post(officer, full, "eliminate-age", impact=["none", "negative"])
    assert "choose “No impact” alone" in answer.text
    assert "impact" not in answers(full, "eliminate-age")


def test_two_values_for_one_box_take_one(officer, draft):
    data = {"started_from": "1", "action": "save", "decision-body": ["One", "Two"], "decision-key": ["yes", "no"]}
    assert officer.post(address(draft, "decision"), data).status_code == 302
    assert answers(draft, "decision") == {"body": "Two", "key": "no"}


# Long and strange text


def test_a_hundred_thousand_characters_are_kept_until_they_are_shortened(officer, draft):
    text = "Too much. " * 10_000
    answer = post(officer, draft, "people", who=text)
    assert answer.status_code == 200
    assert f"must be {PROSE_LIMIT:,} characters or fewer. You have 99999." in answer.text
    assert "who" not in answers(draft, "people")
    assert text.strip() in officer.get(address(draft, "people")).text
    for page in ("check", "report"):
        assert officer.get(f"/assessments/{draft.reference}/{page}/").status_code == 200


def test_a_hundred_thousand_characters_in_a_line_are_kept_until_they_are_shortened(officer, draft):
    answer = post(officer, draft, "decision", body="x" * 100_000)
    assert f"must be {TEXT_LIMIT} characters or fewer. You have 100000." in answer.text
    assert answers(draft, "decision")["body"] == "Cabinet"
    assert stored(draft, "decision").typed["decision-body"] == ["x" * 100_000]


def test_a_title_that_is_too_long_does_not_start_an_assessment(officer, draft):
    answer = officer.post("/start/", {"title": "x" * 301, "service": draft.service_id})
    assert "The title must be 300 characters or fewer" in answer.text


def test_every_box_filled_to_its_limit_is_saved(officer, full):
    """More words than PostgreSQL can index for one row."""
    prose = " ".join(f"w{number:x}" for number in range(5000))[:PROSE_LIMIT]
    consultations = [
        {"who": f"Group {number}", "said": f"{number} {prose}"[:PROSE_LIMIT], "changed": prose[::-1]}
        for number in range(ITEM_LIMIT)
    ]
    assert post(officer, full, "consultation", consultations=consultations).status_code == 302
    assert len(answers(full, "consultation")["consultations"]) == ITEM_LIMIT
    full.refresh_from_db()
    assert len(full.search_text) == SEARCHED


@pytest.mark.parametrize("signed_in_as", ["officer", None])
def test_more_than_can_be_taken_at_once_gets_its_own_page(people, draft, signed_in_as):
    client = signed_in(people.officer) if signed_in_as else Client()
    answer = post(client, draft, "people", who="x" * (10 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "That is too much to send at once" in answer.text
    assert stored(draft, "people") is None


def test_more_than_can_be_taken_with_the_token_checked_gets_its_own_page(people, draft):
    client = signed_in(people.officer, enforce_csrf_checks=True)
    assert post(client, draft, "people", who="x" * (10 * 1024 * 1024 + 1)).status_code == 413


def test_too_many_fields_get_a_clear_page(officer, draft):
    answer = officer.post(address(draft, "people"), {f"people-{number}": "" for number in range(6000)})
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.text


def test_a_damaged_body_gets_a_clear_page(officer, draft):
    answer = officer.post(address(draft, "people"), b"nonsense", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.text


def test_a_body_that_is_not_a_form_saves_nothing_and_loses_nothing(officer, draft):
    answer = officer.post(address(draft, "decision"), b'{"decision-body": 1}', content_type="application/json")
    assert answer.status_code == 409
    assert answers(draft, "decision")["body"] == "Cabinet"


def test_bytes_that_are_not_utf_8_are_taken_as_they_can_be(officer, draft):
    body = b"started_from=1&action=save&decision-body=caf%E9+%FF%FE+%ED%A0%80"
    answer = officer.post(address(draft, "decision"), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert answers(draft, "decision")["body"].startswith("caf")


def test_an_unknown_host_gets_a_clear_page(client, db):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nul\0l", "Null"),
        ("Bell\a and \x1b[31mescape\x7f", "Bell and [31mescape"),
        ("👩🏽‍🦽 uses 🚌", "👩🏽‍🦽 uses 🚌"),
        ("مدرسة قريبة", "مدرسة قريبة"),
        ("בית ספר", "בית ספר"),
        ("\u202eevil\u202c order", "evil order"),
        ("ਸਕੂਲ 学校 Ţ̈", "ਸਕੂਲ 学校 Ţ̈"),
        ("\ue000private\ufdd0", "private\ufdd0"),
        ("Zero\u200bwidth", "Zero\u200bwidth"),
    ],
)
def test_strange_characters_arrive_clean_and_are_shown(officer, draft, typed, kept):
    post(officer, draft, "proposal", **proposal(draft, title=typed, what=typed))
    found = answers(draft, "proposal")
    assert (found["title"], found["what"]) == (kept, kept)
    for page in (address(draft, "proposal"), f"/assessments/{draft.reference}/report/", "/register/"):
        assert kept in officer.get(page).text


def test_a_nul_beside_a_wrong_answer_is_kept_without_it(officer, draft):
    """What does not fit is kept as typed, and no database takes a NUL."""
    post(officer, draft, "decision", body="Nul\0l", planned=("\0x", "1", "2026"), **{"bo\0dy": "x"})
    assert 'value="x"' in officer.get(address(draft, "decision")).text


def test_a_nul_in_a_reason_or_an_address_is_harmless(officer, people, draft):
    officer.post(f"/assessments/{draft.reference}/moves/withdraw/", {"reason": "No\0 longer wanted"})
    assert draft.moves.get().reason == "No longer wanted"
    for path in (
        "/%00",
        "/assessments/%00/",
        "/assessments/EIA-2026-0001%00/",
        "/assessments/EIA-2026-0001/pages/%00/",
    ):
        assert officer.get(path).status_code == 404


# HTML and template syntax


def shown_as_text(text: str, where: str) -> None:
    for raw in RAW:
        assert raw not in text, where
    assert MARKUP in unescape(text), where


def test_markup_in_every_answer_is_shown_as_text_on_every_page(officer, people, full):
    texts = {Kind.TEXT: MARKUP, Kind.PROSE: MARKUP}
    for slug, page in full.questionnaire.open_pages({each.page: each.answers for each in full.pages.all()}).items():
        earlier = answers(full, slug)
        given_ = {each.key: texts[each.kind] for each in page.questions if each.kind in texts}
        for each in page.questions:
            if each.kind is Kind.ITEMS:
                given_[each.key] = [{"id": "i1", **{q.key: texts[q.kind] for q in each.items if q.kind in texts}}]
        factories.save(people.officer, full, slug, **{**earlier, **given_})
        shown_as_text(officer.get(address(full, slug)).text, slug)
    assert full.title != MARKUP
    full.refresh_from_db()
    assert full.title == MARKUP
    where = f"/assessments/{full.reference}/"
    for path in (
        "/",
        "/register/",
        where,
        f"{where}check/",
        f"{where}report/",
        f"{where}people/",
        f"{where}moves/withdraw/",
    ):
        shown_as_text(officer.get(path).text, path)
    for path in (where, f"{where}report/"):
        shown_as_text(signed_in(people.auditor).get(path).text, path)


def test_markup_is_shown_as_text_where_it_could_not_be_saved(officer, people, draft):
    shown_as_text(post(officer, draft, "decision", body=MARKUP, planned=("<b>", "", "")).text, "invalid")
    shown_as_text(post(officer, draft, "decision", started_from=0, body=MARKUP).text, "conflict")
    shown_as_text(post(signed_in(people.colleague), draft, "decision", body=MARKUP).text, "closed")
    factories.moved(people.officer, draft, "withdraw", reason=MARKUP)
    assert RAW[0] not in officer.get(draft.get_absolute_url()).text


def test_markup_in_a_reason_is_shown_as_text_to_the_officer(officer, people):
    waiting = factories.in_status("with-head", people)
    factories.moved(people.approver, waiting, "return_by_head", reason=MARKUP)
    shown_as_text(officer.get(waiting.get_absolute_url()).text, "returned")


def test_markup_in_the_address_is_shown_as_text(officer):
    answer = officer.get(
        "/register/", {"q": MARKUP, "status": MARKUP, "page": MARKUP, "sort": MARKUP, "decided_from_0": MARKUP}
    )
    shown_as_text(answer.text, "register")


# Lists of items


SOURCES = [
    {"id": "a1", "title": "Census 2021"},
    {"id": "b2", "title": "School survey"},
    {"id": "c3", "title": "Letters"},
]


@pytest.fixture
def listed(people, full):
    factories.save(people.officer, full, "sources", sources=SOURCES)
    return full


@pytest.mark.parametrize(
    ("total", "initial"),
    [
        *((total, "0") for total in ("0", "-1", "-5", "1", "1000000", "9" * 50, "abc", "", "1.5", "\0", None)),
        *(("3", initial) for initial in ("-1", "99", "abc", None)),
        ("-1", "99"),
        (None, None),
    ],
)
def test_a_forged_count_loses_no_item(officer, listed, total, initial):
    data: dict[str, Any] = {"action": "save", "started_from": "1", **items("sources-sources", SOURCES)}
    for name, value in (("TOTAL_FORMS", total), ("INITIAL_FORMS", initial)):
        del data[f"sources-sources-{name}"]
        if value is not None:
            data[f"sources-sources-{name}"] = value
    assert officer.post(address(listed, "sources"), data).status_code == 302
    assert answers(listed, "sources")["sources"] == SOURCES
    assert officer.get(address(listed, "sources")).status_code == 200


def test_a_list_that_did_not_arrive_whole_says_so(officer, listed):
    answer = post(officer, listed, "sources", **{"sources-0-title": "Forged"})
    assert answer.status_code == 200
    assert "did not arrive whole" in answer.text
    assert answers(listed, "sources")["sources"] == SOURCES


def test_part_of_a_list_changes_that_part_alone(officer, listed):
    post(officer, listed, "sources", sources=[{"id": "b2", "title": "Parents’ survey"}])
    assert {each["id"]: each["title"] for each in answers(listed, "sources")["sources"]} == {
        "a1": "Census 2021",
        "b2": "Parents’ survey",
        "c3": "Letters",
    }


def test_more_items_than_allowed_get_a_clear_message(officer, full):
    many = [{"title": f"Source {number}"} for number in range(ITEM_LIMIT + 10)]
    answer = post(officer, full, "sources", sources=many)
    assert f"Give at most {ITEM_LIMIT} entries" in answer.text
    assert len(answers(full, "sources")["sources"]) == ITEM_LIMIT


def test_items_with_the_same_id_are_told_apart(officer, full):
    post(officer, full, "sources", sources=[{"id": "a1", "title": "One"}, {"id": "a1", "title": "Two"}])
    kept = answers(full, "sources")["sources"]
    assert [each["title"] for each in kept] == ["One", "Two"]
    assert len({each["id"] for each in kept}) == 2


@pytest.mark.parametrize("key", ["x" * 5000, "<script>alert(1)</script>", "a\0b", "../../etc/passwd", "😀", "' OR 1=1"])
def test_a_forged_id_is_harmless(officer, full, key):
    action = {"id": key, "what": "Ask families", "owner": "Head of Schools", "due": ("1", "9", "2027")}
    post(officer, full, "actions", actions=[action])
    (kept,) = answers(full, "actions")["actions"]
    assert kept["what"] == "Ask families"
    assert full.actions.get().key == kept["id"]
    for page in (address(full, "actions"), f"/assessments/{full.reference}/check/"):
        assert RAW[0] not in officer.get(page).text


def test_an_item_of_another_assessment_cannot_be_taken_over(officer, people, full):
    other = factories.draft(people.officer, "Open a park")
    for page, given_ in factories.screening({"age": "yes"}).items():
        factories.save(people.officer, other, page, **given_)
    factories.save(people.officer, other, "actions", actions=[{"id": "a1", "what": "Plant trees"}])
    post(officer, full, "actions", actions=[{"id": "a1", "what": "Mine now"}])
    assert [each.what for each in other.actions.all()] == ["Plant trees"]


@pytest.mark.parametrize("add", ["", "nonsense", "sources" * 100, "\0", "<script>"])
def test_nonsense_for_the_list_to_add_to_is_harmless(officer, listed, add):
    answer = officer.get(address(listed, "sources"), {"add": add})
    assert answer.status_code == 200
    assert len(answer.context["form"].itemsets["sources"].forms) == len(SOURCES)
    pressed = post(officer, listed, "sources", action=f"add-{add}", sources=SOURCES)
    assert officer.get(pressed.url).status_code == 200


@pytest.mark.parametrize("action", ["", "nonsense", "delete", "add-", "\0", "<script>", "x" * 5000])
def test_an_unknown_button_saves_and_goes_on(officer, draft, action):
    answer = post(officer, draft, "people", action=action, who="61 families")
    assert answer.status_code == 302
    assert answers(draft, "people") == {"who": "61 families"}


# Addresses


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-1",
        "page=0",
        "page=999999",
        "page=" + "9" * 5000,
        "page=%00",
        "page=1&page=2",
        "q=%00",
        "q=" + "x" * 5000,
        "q=%22",
        "q=%27",
        "q=%22+OR+*+NEAR%28",
        "q=a+AND+b+OR+NOT+c",
        "q=title:school",
        "q=school*",
        "q=%5E-%2B%3A%7B%7D%28%29",
        "q=%21%26%7C%3C-%3E",
        "q=%F0%9F%98%80",
        "q=%E2%80%AE",
        "q=%5C",
        "q=%25_%25",
        "q=1;DROP TABLE assessments_assessment",
        "status=nonsense",
        "status=draft&status=%00",
        "directorate=abc",
        "directorate=0",
        "directorate=" + "9" * 40,
        "directorate=%00",
        "characteristic=nonsense&impact=nonsense",
        "outcome=%00",
        "sort=nonsense",
        "sort=%00",
        "decided_from_0=31&decided_from_1=2&decided_from_2=2026",
        "decided_from_0=1",
        "decided_to_0=%00&decided_to_1=x&decided_to_2=" + "9" * 5000,
        "decided_from=2026-01-01",
        "nonsense=1&%00=%00",
        "%FF=%FE",
    ],
    ids=lambda query: query[:30].replace("%", "_"),
)
def test_nonsense_in_the_address_of_the_register_is_harmless(officer, draft, query):
    page = officer.get(f"/register/?{query}")
    assert page.status_code == 200
    assert "Register of assessments" in page.text
    exported = officer.get(f"/register.csv?{query}")
    assert exported.status_code == 200
    assert exported.getvalue().count(b"\r\n") == 1 + page.context["page"].paginator.count


def test_nonsense_in_a_filter_says_what_to_do(officer, draft):
    page = officer.get("/register/?decided_from_0=31&decided_from_1=2&decided_from_2=2026&status=nonsense")
    assert "“Decision on or after” must be a real date" in page.text
    assert page.context["page"].paginator.count == 1


@pytest.mark.parametrize("name", ["nonsense", "delete", "submit2", "approve_everything", "SUBMIT"])
def test_a_forged_move_is_not_found(officer, draft, name):
    where = f"/assessments/{draft.reference}/moves/{name}/"
    assert officer.get(where).status_code == 404
    assert officer.post(where, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("number", [0, 1, 99, 10**30])
def test_a_version_that_does_not_exist_is_not_found(officer, draft, number):
    assert officer.get(f"/assessments/{draft.reference}/versions/{number}/").status_code == 404
    assert officer.get(f"/assessments/{draft.reference}/versions/{number}/report.pdf").status_code == 404


@pytest.mark.parametrize("pk", [0, 999999, 10**30])
def test_a_person_who_does_not_exist_is_not_found(officer, draft, pk):
    assert officer.post(f"/assessments/{draft.reference}/people/{pk}/remove/").status_code == 404


def test_another_services_draft_is_not_found_at_any_address(people, draft):
    stranger = signed_in(people.other_officer)
    for name in ("assessment", "check", "people", "report", "report-pdf", "answers-json", "answers-csv"):
        assert stranger.get(reverse(name, args=[draft.reference])).status_code == 404, name
    assert stranger.get(reverse("move", args=[draft.reference, "withdraw"])).status_code == 404
    assert stranger.post(reverse("move", args=[draft.reference, "withdraw"]), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/assessments/{}/people/1/remove/", 405),
        ("get", "/assessments/{}/report.pdf/retry/", 405),
        ("get", "/accounts/logout/", 405),
        ("post", "/", 405),
        ("post", "/register/", 405),
        ("post", "/register.csv", 405),
        ("post", "/contacts/", 405),
        ("post", "/privacy/", 405),
        ("post", "/healthz", 405),
        ("post", "/assessments/{}/", 405),
        ("post", "/assessments/{}/check/", 405),
        ("post", "/assessments/{}/report/", 405),
        ("post", "/assessments/{}/report.pdf", 405),
        ("post", "/assessments/{}/answers.json", 405),
        ("put", "/assessments/{}/pages/proposal/", 405),
        ("delete", "/assessments/{}/pages/proposal/", 405),
        ("delete", "/register/", 405),
    ],
)
def test_a_method_that_an_address_does_not_take_is_refused(officer, draft, method, path, status):
    assert getattr(officer, method)(path.format(draft.reference)).status_code == status


# Anything at all


FIELD = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=["Cc", "Cf", "Co", "Zs", "Sm"]), max_size=20),
    st.sampled_from(["", "yes", "no", "negative", "none", "2026", "31", "-1", "9" * 30, MARKUP, "- a\n- b", "=1+1"]),
)
KEYS = st.sampled_from(
    [
        *(
            f"actions-actions-{number}-{key}"
            for number in range(3)
            for key in ("what", "finding", "owner", "id", "DELETE")
        ),
        *(f"actions-actions-0-due_{part}" for part in range(3)),
        *(f"actions-actions-{name}" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")),
        "actions-none",
        "started_from",
        "action",
        "wizard_goto_step",
        *(f"eliminate-age-{key}" for key in ("impact", "risks", "reasons", "evidence", "severity", "residual")),
        *(f"decision-{key}" for key in ("body", "planned_0", "planned_1", "planned_2", "key", "amount")),
    ]
)


@given(page=st.sampled_from(["actions", "eliminate-age", "decision"]), data=st.dictionaries(KEYS, FIELD, max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_posted_the_page_answers_and_can_be_opened_again(officer, full, page, data):
    before, count = answers(full, page), version(full, page)
    answer = officer.post(address(full, page), {"started_from": str(count), **data})
    assert answer.status_code in (200, 302, 409)
    assert officer.get(address(full, page)).status_code == 200
    assert officer.get(f"/assessments/{full.reference}/check/").status_code == 200
    if answer.status_code == 409:
        assert answers(full, page) == before
    text = data.get("decision-body", "").strip()
    if page == "decision" and answer.status_code == 200 and text and text.isprintable():
        assert text in unescape(officer.get(address(full, page)).text)


@given(
    st.dictionaries(
        st.sampled_from(["q", "status", "directorate", "characteristic", "page", "sort"]), st.text(max_size=40)
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_the_register_answers(officer, draft, query):
    assert officer.get("/register/", query).status_code == 200
