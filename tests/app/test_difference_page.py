"""What differs between two versions, on screen: what is offered, what is shown, who may see it."""

from datetime import date, datetime
from itertools import pairwise

import pytest
import tinyhtml5
from django.urls import reverse
from django.utils import timezone

from assessments import clock, workflow
from assessments.duty.words import compare_text
from assessments.keeping import Ground
from assessments.models import Assessment
from assessments.templatetags.difference import marked
from tests import factories
from tests.app.test_queries import spent_on
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

OLD = "The library opens five days a week. " + "It stands in the high street. " * 20 + "We propose to close it."
NEW = OLD.replace("five", "six").replace("We propose to close it.", "We propose to <b>move</b> it & keep it open.")


def on(day):
    return clock.telling(datetime(2026, 3, day, 12, tzinfo=timezone.get_default_timezone()))


@pytest.fixture
def returned(people):
    """Handed in on 2 March, returned, and changed since: version 1 and a draft."""
    with on(2):
        made = factories.complete(people.officer, factories.draft(people.officer))
        factories.save(people.officer, made, "proposal", what=OLD)
        factories.save(people.officer, made, "people", groups=["users", "staff"])
        factories.moved(people.officer, made, "submit")
        factories.moved(people.approver, made, "return_by_head")
    factories.save(people.officer, made, "proposal", what=NEW)
    factories.save(people.officer, made, "people", groups=["users", "public"])
    factories.save(people.officer, made, "eliminate-age", impact=["negative"], severity="high", residual="low")
    return made


@pytest.fixture
def twice(people, returned):
    """Handed in again on 4 March: versions 1 and 2."""
    factories.complete(people.officer, returned, {"age": "yes", "sex": "yes"})
    with on(4):
        return factories.moved(people.officer, returned, "submit")


def address(assessment, **query):
    return reverse("compare", args=[assessment.reference], query=query)


def page(user, assessment, **query):
    answer = signed_in(user).get(address(assessment, **query))
    assert answer.status_code == 200
    (main,) = tinyhtml5.parse(answer.text, namespace_html_elements=False).iter("main")
    return main


def words(element):
    return " ".join("".join(element.itertext()).split())


def offered(main):
    """What each of the two lists offers, and what is chosen in it."""
    return {
        each.get("name"): [
            ("* " if option.get("selected") is not None else "") + words(option) for option in each.iter("option")
        ]
        for each in main.iter("select")
    }


def errors(main):
    """What is wrong, by the name of the list beside which it says so."""
    return {
        select.get("name"): words(error)
        for group in main.iter("div")
        if "govuk-form-group" in group.get("class", "").split()
        for select in group.iter("select")
        for error in group.iter("p")
    }


def told(main, tag):
    return [words(each) for each in main.iter(tag)]


def cell(main, label):
    """What stands beside a question."""
    return next(
        row.find("td") for row in main.iter("tr") if row.find("th") is not None and words(row.find("th")) == label
    )


# What is offered


def test_versions_are_offered_with_day_and_reason_and_the_draft_as_the_later(people, twice):
    assert offered(page(people.officer, twice)) == {
        "from": ["* Version 1 of 2 March 2026: With the head of service"],
        "to": ["* Version 2 of 4 March 2026: With the head of service"],
    }
    factories.moved(people.approver, twice, "return_by_head")
    assert offered(page(people.officer, twice)) == {
        "from": [
            "Version 1 of 2 March 2026: With the head of service",
            "* Version 2 of 4 March 2026: With the head of service",
        ],
        "to": ["Version 2 of 4 March 2026: With the head of service", "* The draft as it is now"],
    }


def test_what_the_address_asks_for_is_chosen(people, twice):
    factories.moved(people.approver, twice, "return_by_head")
    lists = offered(page(people.officer, twice, **{"from": 1, "to": 2}))
    assert [each for names in lists.values() for each in names if each.startswith("* ")] == [
        "* Version 1 of 2 March 2026: With the head of service",
        "* Version 2 of 4 March 2026: With the head of service",
    ]


@pytest.mark.parametrize(
    ("query", "beside"),
    [
        ({"from": "9"}, {"from": "Error: That is not one of the versions. Choose one from the list"}),
        ({"to": "draft"}, {"to": "Error: That is not one of the versions. Choose one from the list"}),
        (
            {"from": "' OR 1=1 --\0", "to": "<b>"},
            dict.fromkeys(("from", "to"), "Error: That is not one of the versions. Choose one from the list"),
        ),
        ({"from": ""}, {"from": "Error: Choose a version from the list"}),
    ],
)
def test_nonsense_in_the_address_is_told_beside_the_list(people, twice, query, beside):
    main = page(people.officer, twice, **query)
    assert errors(main) == beside
    assert "There is a problem" in words(main)
    assert not told(main, "ins")


@pytest.mark.parametrize("number", ["2", "3"])
def test_the_second_has_to_be_the_later(people, twice, number):
    factories.moved(people.approver, twice, "return_by_head")
    factories.moved(people.officer, twice, "submit")
    main = page(people.officer, twice, **{"from": number, "to": "2"})
    assert list(errors(main)) == (["to"] if number == "2" else ["from"])


def test_one_version_alone_has_nothing_to_be_compared_with(people):
    main = page(people.officer, factories.in_status("with-head", people))
    assert "There is only one version so far" in words(main)
    assert offered(main) == {}


def test_a_first_draft_says_that_no_version_was_kept(people):
    assert "No version of this assessment has been kept yet." in words(
        page(people.officer, factories.draft(people.officer))
    )


# What is shown


def test_words_that_came_and_went_are_marked_and_told_in_words_too(people, returned):
    answer = cell(page(people.officer, returned), "What will change, and why? Changed")
    assert told(answer, "del") == ["five", "close it"]
    assert told(answer, "ins") == ["six", "<b>move</b> it & keep it open"]
    assert words(answer).startswith("The library opens [removed: five] [added: six] days a week.")
    hidden = {words(each) for each in answer.iter("span") if each.get("class") == "govuk-visually-hidden"}
    assert hidden == {"[removed:", "[added:", "]"}


def test_what_did_not_change_is_folded(people, returned):
    text = words(cell(page(people.officer, returned), "What will change, and why? Changed"))
    assert text.count("It stands in the high street.") < 5
    assert "…" in text


def test_choices_that_came_and_went_are_marked(people, returned):
    answer = cell(page(people.officer, returned), "Who would notice the change? Changed")
    assert [words(each) for each in answer.iter("li")] == [
        "People who use the service",
        "[removed: Council staff]",
        "[added: The public]",
    ]


def test_items_that_came_went_and_changed_are_told_one_by_one(people, returned):
    (action,) = returned.pages.get(page="actions").answers["actions"]
    factories.save(
        people.officer, returned, "actions", actions=[{**action, "what": "Visit"}, {"id": "b", "what": "Ask"}]
    )
    text = words(cell(page(people.officer, returned), "What will be done, by whom, by when? Changed"))
    assert text == (
        "Action 1: changedWhat will be done? [removed: A line about it] [added: Visit] "
        "Action 2: newWhat will be done? [added: Ask]"
    )


def test_facts_cells_and_findings_stand_side_by_side(people, twice):
    factories.moved(people.approver, twice, "forward")
    main = page(people.officer, twice)
    rows = {words(row[0]): [words(each) for each in row[1:]] for row in main.iter("tr")}
    assert rows["Finding"] == ["Version 1", "Version 2"]
    assert rows["Eliminate discrimination: age"] == ["Positive", "Negative (high); after mitigation: low"]
    assert rows["Eliminate discrimination: sex"] == ["Settled at screening", "Positive"]
    gone = {label: sides for label, sides in rows.items() if ": gone" in label}
    new = {label: sides for label, sides in rows.items() if ": new " in label}
    assert all(sides[1] == "Nothing found" != sides[0] for sides in gone.values())
    assert all(sides[0] == "Nothing found" != sides[1] for sides in new.values())
    assert new


def test_pages_that_came_say_so(people, twice):
    main = page(people.officer, twice)
    assert "Eliminate discrimination: sex This page is new." in words(main)


def test_what_differs_is_counted_at_the_top_with_links_to_it(people, returned):
    main = page(people.officer, returned)
    assert "Answers: 3 new, 0 taken out, 3 changed." in words(main)
    links = {each.get("href"): words(each) for each in main.iter("a") if each.get("href").startswith("#")}
    targets = {each.get("id") for each in main.iter()}
    assert links["#proposal"] == "The proposal: 2 answers"
    assert links["#matrix"] == "Impact at a glance: 1"
    assert {link.removeprefix("#") for link in links} <= targets


def test_the_headings_skip_no_level(people, twice):
    levels = [int(each.tag[1]) for each in page(people.officer, twice).iter() if str(each.tag) in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_two_that_say_the_same_say_so(people):
    made = factories.in_status("returned", people)
    factories.moved(people.officer, made, "submit")
    main = page(people.officer, made)
    assert "Nothing differs. The two say the same." in words(main)
    assert told(main, "ins") == told(main, "del") == []


def test_a_redaction_is_told(people, twice):
    workflow.redact(people.administrator, twice.reference, "The library", Ground.OTHER, "Asked for")
    main = page(people.officer, twice)
    assert words(main).count("Something was redacted on") == 2
    assert "The library" not in words(main)


def test_content_that_was_destroyed_is_not_called_the_same(people):
    made = factories.in_status("approved", people)
    destroy(people, made)
    main = page(people.officer, made)
    assert "The content of this assessment was destroyed on" in words(main)
    assert "Nothing differs" not in words(main)
    assert "Download this as PDF" not in words(main)


def destroy(people, assessment):
    workflow.keep(people.administrator, assessment.reference, date(2010, 3, 5), None)
    workflow.dispose(people.administrator, [assessment.reference], "The retention rule")
    assert Assessment.objects.get(pk=assessment.pk).disposed_at


# The assessment that it replaces, or took its text from


@pytest.fixture
def earlier(people):
    return factories.in_status("approved", people)


def test_a_successor_is_compared_with_what_it_replaces(people, earlier):
    later = workflow.start_from(people.officer, earlier.reference, replaces=True)
    factories.save(people.officer, later, "proposal", aims="Save money")
    main = page(people.officer, later)
    (link,) = (each for each in main.iter("a") if "with=" in each.get("href"))
    assert words(link) == f"Compare with {earlier.reference}, which this one replaces"
    main = page(people.officer, later, **{"with": earlier.reference})
    today = f"{clock.today():%-d %B %Y}"
    assert offered(main) == {
        "from": [f"Version 1 of {today}: With the head of service", f"* Version 2 of {today}: Approved"],
        "to": ["* The draft as it is now"],
    }
    assert "Save money" in told(main, "ins")
    assert f"{earlier.reference}: version 2" in words(main)
    assert f"{later.reference}: the draft now" in words(main)
    assert "Download this as PDF" not in words(main)


def test_a_copy_is_compared_with_where_its_text_came_from(people, earlier):
    later = workflow.start_from(people.officer, earlier.reference, replaces=False)
    main = page(people.officer, later, **{"with": earlier.reference, "from": 1})
    assert offered(main)["from"][0].startswith("* Version 1")
    assert f"Compare the versions of {later.reference}" in words(main)
    assert "from which its text was taken" in words(page(people.officer, later))


def test_no_other_assessment_can_be_asked_for(people, earlier, returned):
    for reference in (earlier.reference, "EIA-1999-0001", "'"):
        main = page(people.officer, returned, **{"with": reference})
        assert "There is no such assessment to compare with." in words(main)
        assert earlier.title not in words(main).replace(returned.title, "")
        assert "* The draft as it is now" in offered(main)["to"]


def test_an_earlier_assessment_that_the_reader_may_not_see_does_not_exist(people, earlier):
    later = workflow.start_from(people.officer, earlier.reference, replaces=True)
    later.co_authors.add(people.other_officer)
    assert f"Compare with {earlier.reference}" in words(page(people.other_officer, later))
    workflow.move(people.officer, earlier.reference, "reopen", "To mend it")
    main = page(people.other_officer, later, **{"with": earlier.reference})
    assert "There is no such assessment to compare with." in words(main)
    assert earlier.reference not in words(main)


def test_an_earlier_assessment_whose_content_was_destroyed_is_not_compared(people, earlier):
    later = workflow.start_from(people.officer, earlier.reference, replaces=True)
    destroy(people, earlier)
    main = page(people.officer, later, **{"with": earlier.reference})
    assert "The content of the earlier assessment was destroyed" in words(main)
    assert told(main, "ins") == []


# Who may see it


def test_whoever_sees_the_assessment_sees_what_changed_in_it(people, returned):
    client = {name: signed_in(user) for name, user in vars(people).items()}
    found = {name: each.get(address(returned)).status_code for name, each in client.items()}
    assert {name for name, status in found.items() if status == 404} == {"other_officer", "other_approver"}
    assert set(found.values()) == {200, 404}


def test_it_is_kept_by_no_cache_and_takes_no_post(people, returned):
    client = signed_in(people.officer)
    assert "no-store" in client.get(address(returned))["Cache-Control"]
    assert client.post(address(returned)).status_code == 405


def test_the_page_makes_this_many_queries(people, returned, twice):
    client, query = signed_in(people.approver), {"from": 1, "to": 2}
    assert len(spent_on(client, address(twice), query)) == 7
    factories.moved(people.approver, twice, "return_by_head")
    assert len(spent_on(client, address(twice))) == 13
    assert len(spent_on(client, address(twice), query)) == 7


# How a change is marked


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Save money", "Save some money", "Save [added: some] money"),
        ("Save some money", "Save money", "Save [removed: some] money"),
        ("One.", "One!", "One[removed: .] [added: !]"),
        ("One.\n\nTwo.", "One. Two.", "One.[removed: ¶][added: ·] Two."),
        ("", "<i>", "[added: <i>]"),
        ("One. ", "One.", "One.[removed: ·]"),
    ],
)
def test_blanks_stay_outside_the_marks_and_those_that_changed_are_shown(before, after, shown):
    root = tinyhtml5.parse(f"<div>{marked(compare_text(before, after))}</div>", namespace_html_elements=False)
    assert words(root) == shown
