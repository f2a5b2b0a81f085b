"""Each check finds what it looks for, and nothing else."""

import re
from collections import Counter

import pytest

from assessments.duty.due_regard import CHECKS, findings
from assessments.duty.finding import Level
from assessments.duty.rulesets import RULE_SETS
from tests.duty.due_regard import (
    decision_examples,
    engagement_examples,
    harm_examples,
    matrix_examples,
    outcome_examples,
    proposal_examples,
    publication_examples,
)
from tests.duty.due_regard.cases import SCREENED_OUT, approved, case, decided, found

EXAMPLES = (
    *proposal_examples.EXAMPLES,
    *matrix_examples.EXAMPLES,
    *harm_examples.EXAMPLES,
    *engagement_examples.EXAMPLES,
    *outcome_examples.EXAMPLES,
    *decision_examples.EXAMPLES,
    *publication_examples.EXAMPLES,
)
FAILING = [each for each in EXAMPLES if each.pages]
PASSING = [each for each in EXAMPLES if not each.pages]
NUMBERS = {check.number for check in CHECKS}

VERDICTS = re.compile(r"\b(?:complian\w*|(?:un)?lawful(?:ly)?|illegal\w*|legal(?! team| advice))\b", re.IGNORECASE)
LONGEST_MESSAGE = 420
LONGEST_SENTENCE = 30
"""In characters and in words. A message that quotes the officer, or names several things, needs the room."""


def messages():
    return sorted({each.message for example in FAILING for each in found(example.check, example.make())})


@pytest.mark.parametrize("example", FAILING, ids=str)
def test_a_check_finds_what_is_missing_and_names_the_page_that_mends_it(example):
    found_by_it = found(example.check, example.make())
    assert tuple(each.page for each in found_by_it) == example.pages
    assert example.says in found_by_it[0].message
    assert found_by_it[0].level is example.level


@pytest.mark.parametrize("example", PASSING, ids=str)
def test_a_check_has_nothing_to_say_where_it_is_answered(example):
    assert found(example.check, example.make()) == []


def test_every_check_has_an_example_of_both_kinds():
    assert {each.check for each in FAILING} == {each.check for each in PASSING} == NUMBERS


@pytest.mark.parametrize("rules", RULE_SETS)
def test_a_whole_assessment_has_no_finding(rules):
    assert findings(case(rules=rules)) == ()


def test_a_whole_assessment_has_no_finding_once_it_is_decided():
    assert findings(decided()) == ()


def test_a_reasoned_screening_out_has_no_finding_before_or_after_its_approval():
    assert findings(case(base=SCREENED_OUT)) == findings(approved(base=SCREENED_OUT)) == ()


def test_a_draft_is_not_blocked_for_what_comes_after_its_approval():
    assert {each.stage for each in findings(case(base={})) if each.level is Level.BLOCK} == {CHECKS[0].stage}


def test_a_check_gives_at_most_one_finding_a_page():
    for example in EXAMPLES:
        counted = Counter((each.check, each.page) for each in findings(example.make()))
        assert set(counted.values()) <= {1}, example


def test_a_finding_points_to_a_page_that_is_open_or_to_none():
    for example in EXAMPLES:
        its_case = example.make()
        for each in findings(its_case):
            assert each.page in {*its_case.sheets, ""}, example
            assert bool(each.section) == bool(each.page), example


def test_messages_and_titles_give_no_verdict_on_the_law():
    texts = [*messages(), *(check.title for check in CHECKS)]
    assert {text: said for text in texts if (said := VERDICTS.findall(text))} == {}


def test_messages_are_whole_sentences_that_are_soon_read():
    for message in messages():
        assert message[0].isupper() or message[0] == "“", message
        assert message.endswith("."), message
        assert len(message) <= LONGEST_MESSAGE, message
        assert "'" not in message, message
        for sentence in re.split(r"(?<=[.!?])\s", message):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_a_message_stays_short_whatever_the_officer_wrote():
    long = "A title that goes on " * 20
    sources = [{"id": str(number), "title": long} for number in range(50)]
    (finding,) = found(13, case({"sources": {"sources": sources}}))
    assert len(finding.message) <= LONGEST_MESSAGE
    assert finding.message.endswith("There is more to mend here.")
