"""The pages with which a passage is taken out: what they show first, and what they refuse."""

import re

import pytest

from assessments import workflow
from assessments.keeping import Ground
from assessments.models import AuditEvent, Version
from tests import factories
from tests.app import kept
from tests.app.redacting import MARK, NAME, about, decided_about, frozen_text, redact, submitted_about
from tests.app.writing import answers, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(people):
    """With the head of service: one version, in which the name stands."""
    return submitted_about(people)


def press(people, assessment, who="administrator", follow=False, **typed):
    data = {"passage": NAME, "ground": "personal", "note": "", **typed}
    return signed_in(getattr(people, who)).post(f"/assessments/{assessment.reference}/redact/", data, follow=follow)


def test_the_preview_says_where_it_stands_and_changes_nothing(people):
    made = decided_about(people)
    before = list(Version.objects.values()), AuditEvent.objects.count()
    text = press(people, made).text
    rows = dict(re.findall(r'__header">([^<]+)</th><td[^>]+numeric">(\d+)<', text))
    assert rows.keys() == {
        "Answers",
        "Comments, and the answers they were made on",
        "Reasons for moves and overrides",
        "The record of the decision",
        "What the register and the lists of actions show",
        "Version 1",
        "Version 2",
        "Version 3",
    }
    assert (rows["The record of the decision"], rows["Reasons for moves and overrides"]) == ("2", "4")
    assert "You cannot undo this." in text
    assert (list(Version.objects.values()), AuditEvent.objects.count()) == before


def test_a_passage_is_taken_out_after_a_second_look(people, frozen):
    page = press(people, frozen).text
    total = re.search(r'name="seen" value="(\d+)"', page)[1]
    answer = press(people, frozen, step="redact", seen=total)
    assert answer.url == f"/assessments/{frozen.reference}/keeping/"
    assert NAME not in frozen_text(frozen)
    news = signed_in(people.administrator).get(answer.url).text
    assert "Version 1</a> of" in news
    assert "changed 1 time since" in news


def test_what_changed_after_the_look_is_shown_first(people):
    made = factories.draft(people.officer)
    factories.save(people.officer, made, "people", who=about())
    factories.save(people.officer, made, "decision", body=NAME)
    answer = press(people, made, step="redact", seen="1")
    assert "somebody changed the assessment meanwhile" in answer.text
    assert answers(made, "decision")["body"] == NAME


def test_the_preview_warns_of_what_could_surprise(people):
    made = factories.draft(people.officer)
    factories.save(people.officer, made, "people", who="Ada asked. ADA asked again, and Adam and ada too.")
    copy = factories.draft(people.officer)
    factories.save(people.officer, copy, "people", who="Ada asked here too.")
    text = press(people, made, passage="Ada").text
    assert "These would lose a part: “Adam”." in text
    assert "These stay: “ADA”, “ada”." in text
    assert f'href="/assessments/{copy.reference}/redact/"' in text


def test_one_can_go_back_and_change_the_passage(people, frozen):
    text = press(people, frozen, step="change", note="A note").text
    assert f">\n{NAME}</textarea>" in text
    assert 'value="A note"' in text
    assert "There is a problem" not in text


BAD = {
    "nothing": ({"passage": " \n "}, "Enter the words that must be taken out"),
    "two letters": ({"passage": "ab"}, "The passage must be 3 characters or longer"),
    "signs": ({"passage": "----"}, "with a letter or a figure in it"),
    "no such passage": ({"passage": "Ulrike"}, "The passage stands nowhere in it. Copy it"),
    "other capitals": ({"passage": NAME.upper()}, f"It stands there as “{NAME}”"),
    "like a pattern": ({"passage": "Ulrika .*"}, "The passage stands nowhere in it"),
    "a broken pattern": ({"passage": "(Ulrika["}, "The passage stands nowhere in it"),
    "HTML": ({"passage": "<b>Ulrika</b>"}, "The passage stands nowhere in it"),
    "huge": ({"passage": "Ulrika " * 4000}, "must have 20000 characters or fewer"),
    "long": ({"passage": "Ulrika " * 2500}, "The passage stands nowhere in it"),
    "a nul": ({"passage": "Ulri\0ke"}, "The passage stands nowhere in it"),
    "no ground": ({"ground": ""}, "Choose a ground"),
    "an unknown ground": ({"ground": "whim"}, "Choose one of the grounds in the list"),
    "no reason": ({"ground": "other"}, "Say what the reason is"),
    "a long note": ({"note": "x" * 301}, "must have 300 characters or fewer"),
    "a telling note": ({"note": f"Named {NAME}"}, "Write the note without the words that are taken out"),
}


@pytest.mark.parametrize(("typed", "error"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("step", ["", "redact"])
def test_bad_input_gets_a_clear_error_and_does_nothing(people, frozen, typed, error, step):
    before = list(Version.objects.values()), AuditEvent.objects.count()
    answer = press(people, frozen, **typed, step=step, seen="2")
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert error in answer.text.replace("&lt;", "<")
    assert (list(Version.objects.values()), AuditEvent.objects.count()) == before


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 5000, "٣"])
def test_a_nonsense_number_of_places_seen_does_nothing(people, frozen, seen):
    answer = press(people, frozen, step="redact", seen=seen or "0")
    assert answer.status_code == 200
    assert NAME in frozen_text(frozen)


GOOD = {
    "HTML": "<script>alert('Ada')</script>",
    "emoji": "👩‍👩‍👧 and 🏳️‍🌈",
    "a pattern": r"a+b (c|d) [e] \\1 $",
    "quotation marks": 'She said “no” and "never"',
    "over several lines": "one line\nand another\n\n- an item",
    "other spacing": "one line and another - an item",
    "Welsh": "Llŷr ap Gwŷn",
    "right to left": "שלום לך",
}


@pytest.mark.parametrize("passage", GOOD.values(), ids=GOOD)
def test_any_text_can_be_taken_out(people, passage):
    made = factories.draft(people.officer)
    text = passage if "\n" in passage else passage.replace("one line and another - an", "one line\nand another\n\n- an")
    factories.save(people.officer, made, "people", who=f"Before {text} after")
    factories.moved(people.officer, made, "withdraw")
    answer = press(people, made, passage=passage.replace("\n", "\r\n"))
    assert "in 2 places" in answer.text or "of 2 places" in answer.text
    redact(people, made, passage)
    assert answers(made, "people")["who"] == f"Before {MARK} after"
    assert kept.where(text) == set()


@pytest.mark.parametrize("who", ["officer", "approver", "lead", "auditor"])
def test_only_administrators_take_something_out(people, frozen, who):
    assert press(people, frozen, who, step="redact", seen="2").status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.redact(getattr(people, who), frozen.reference, NAME, Ground.PERSONAL)
    assert NAME in frozen_text(frozen)


def test_under_a_legal_hold_nothing_is_taken_out(people, frozen):
    workflow.place_hold(people.lead, frozen.reference, "A claim")
    answer = press(people, frozen, follow=True)
    assert answer.redirect_chain == [(f"/assessments/{frozen.reference}/keeping/", 302)]
    assert "Lift the hold first" in answer.text
    with pytest.raises(workflow.Closed):
        redact(people, frozen)
