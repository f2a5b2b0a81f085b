"""The list of checks: whole, the same as its documentation, and able to look at anything that is stored."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.duty.authorities import AUTHORITIES
from assessments.duty.cited import to_stored
from assessments.duty.decision import Decided, Decision, DecisionMaker, Supplied
from assessments.duty.due_regard import CHECKS, Case, findings, table
from assessments.duty.finding import Level, Override
from assessments.duty.lifecycle import Role, Stage
from assessments.duty.questionnaire import questionnaire
from assessments.duty.questions import Kind
from assessments.duty.rulesets import RULE_SETS, Nation
from tests.duty import samples
from tests.duty.due_regard.cases import (
    APPROVAL,
    CARERS,
    GOOD,
    LIMITS,
    SCREENED_OUT,
    TODAY,
    approved,
    case,
    decided,
    found,
    relevant,
)

DOCUMENTED = Path(__file__).resolve().parents[3] / "docs" / "checks.md"
OVERRIDE = Override(by="Equality lead", on="2026-10-02", reason="The ward has 9,000 people.")


def test_there_are_37_checks_in_order():
    assert [check.number for check in CHECKS] == list(range(1, 38))


def test_no_two_checks_share_a_title_or_a_function():
    assert len({check.title for check in CHECKS}) == len({check.look for check in CHECKS}) == len(CHECKS)


def test_titles_are_short_and_have_no_full_stop():
    assert [check.title for check in CHECKS if len(check.title) > 100 or check.title.endswith(".")] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.number))
def test_a_check_rests_on_authorities_that_are_in_the_list(check):
    assert check.authorities
    assert set(check.authorities) <= set(AUTHORITIES)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.number))
def test_the_docstring_of_a_check_gives_its_number(check):
    assert check.look.__doc__.startswith(f"Check {check.number}. ")


def test_every_authority_has_its_citation_and_says_what_it_asks():
    for slug, authority in AUTHORITIES.items():
        assert authority.slug == slug
        assert authority.name
        assert authority.citation
        assert authority.asks.endswith(".")


def test_the_levels_are_those_of_the_published_table():
    warning = {2, 7, 9, 10, 11, 13, 15, 18, 22, 26, 28, 30, 34, 37}
    assert {check.number for check in CHECKS if check.level is Level.WARN} == warning
    assert {check.number: check.weights for check in CHECKS if check.weights} == {22: {Nation.WALES: Level.BLOCK}}


def test_what_belongs_to_the_decision_is_judged_there():
    assert {check.number for check in CHECKS if check.stage is Stage.DECISION} == {3, 24, 25, 26, 27}
    assert {check.number for check in CHECKS if check.stage is Stage.PUBLICATION} == {35}


def test_nobody_can_override_that_an_author_approves():
    assert [check.number for check in CHECKS if not check.overridden_by] == [29]


def test_no_auditor_and_no_administrator_overrides_anything():
    assert not any({Role.AUDITOR, Role.ADMINISTRATOR} & set(check.overridden_by) for check in CHECKS)


def test_an_authority_of_another_nation_is_not_named():
    def authority(rules):
        return found(33, case({"outcome": {"monitor": ""}}, rules=rules))[0].authority

    assert authority("england") == "Brown"
    assert authority("wales") == "Brown; Wales, regulation 8"
    assert authority("scotland") == "Brown; Scotland, regulation 5"


def test_every_check_rests_on_something_in_each_nation_in_which_it_looks():
    for rules in RULE_SETS:
        for its_case in (case(base={}, rules=rules), decided(makers=(), weighed="", same_dates=False)):
            assert all(each.authority for each in findings(its_case))


def test_findings_come_in_the_order_of_the_checks():
    numbers = [each.check for each in findings(case(relevant("sex"), limits=LIMITS, base={**GOOD, "outcome": {}}))]
    assert len(numbers) > 1
    assert numbers == sorted(numbers)


def test_a_finding_that_is_overridden_stays_and_does_not_block():
    its_case = case({"people": {"number": 4}})
    (finding,) = findings(its_case, {(36, "people"): OVERRIDE})
    assert finding.override == OVERRIDE
    assert not finding.blocks
    assert finding.level is Level.BLOCK


def test_an_override_holds_for_its_check_and_its_page_alone():
    its_case = case({"people": {"number": 4}})
    for key in ((36, "consultation"), (35, "people"), (36, "")):
        (finding,) = findings(its_case, {key: OVERRIDE})
        assert finding.blocks


def test_the_documented_table_is_the_list():
    text = DOCUMENTED.read_text(encoding="utf-8")
    assert text.partition("<!-- table -->\n")[2].partition("<!-- end of table -->")[0] == table()


# Anything that can be stored


def value_of(question):
    options = st.sampled_from([option.value for option in question.options] or ["1", "age", "gone"]) | st.text(
        max_size=5
    )
    items = st.fixed_dictionaries({}, optional={"id": st.text(max_size=4), **values_of(question.items)})
    texts = st.sampled_from(["", " ", "N/A", "None", "3 people", "50% of 4 users", "already decided"]) | st.text(
        max_size=60
    )
    values = {
        Kind.TEXT: texts,
        Kind.PROSE: texts,
        Kind.CHOICE: options,
        Kind.PICK: options,
        Kind.CHOICES: st.lists(options, max_size=4),
        Kind.DATE: st.dates().map(date.isoformat) | st.just(""),
        Kind.NUMBER: st.integers(0, 9_999_999_999),
        Kind.FIGURES: st.just([to_stored(samples.CITED)]),
        Kind.ITEMS: st.lists(items, max_size=3),
    }[question.kind]
    return values | st.none()


def values_of(questions):
    return {each.key: value_of(each) for each in questions}


PAGES = {
    page.slug: st.fixed_dictionaries({}, optional=values_of(page.questions))
    for rules in RULE_SETS.values()
    for page in questionnaire((CARERS,), rules).pages.values()
}
MOMENTS = st.dates().map(date.isoformat) | st.just("")
DECISIONS = st.builds(
    Decision,
    report_reference=st.text(max_size=3),
    supplied_version=st.integers(0, 4),
    supplied_digest=st.sampled_from(["", APPROVAL.digest]),
    supplied_on=MOMENTS,
    supplied_how=st.sampled_from(["", "gone", *Supplied]),
    carries_section_149=st.none() | st.booleans(),
    decided_on=MOMENTS,
    decided=st.sampled_from(["", *Decided]),
    same_scope=st.none() | st.booleans(),
    weighed=st.text(max_size=20),
    makers=st.lists(st.builds(DecisionMaker, st.text(max_size=9), acknowledged=MOMENTS), max_size=3).map(tuple),
)


@st.composite
def cases(draw):
    rules = draw(st.sampled_from(list(RULE_SETS.values())))
    base = draw(st.sampled_from([{}, GOOD, SCREENED_OUT]))
    slugs = draw(st.lists(st.sampled_from(sorted(PAGES)), max_size=6, unique=True))
    return Case(
        questionnaire((CARERS,), rules),
        {**base, **{slug: draw(PAGES[slug]) for slug in slugs}},
        rules,
        LIMITS,
        date(2026, 5, 4),
        draw(st.dates(date(2010, 1, 1), date(2060, 1, 1))),
        draw(st.none() | st.just(APPROVAL)),
        draw(st.none() | DECISIONS),
        draw(st.none() | st.dates()),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_the_checks_can_look_at_anything_that_is_stored(its_case):
    for each in findings(its_case):
        assert each.message.endswith(".")
        assert each.authority
        assert each.page in {*its_case.sheets, ""}


@pytest.mark.parametrize("odd", [None, 7, [], ["yes"], {}, [{}], [None], [[1]], "2026-13-45", True])
def test_a_value_of_another_kind_counts_as_no_answer(odd):
    answers = {slug: {question.key: odd for question in page.questions} for slug, page in case().form.pages.items()}
    for base in (answers, {**GOOD, "advance-disability": answers["advance-disability"], "gaps": answers["gaps"]}):
        assert findings(case(base=base, today=TODAY))


def test_an_approved_assessment_is_judged_as_of_its_approval():
    assert findings(approved(today=date(2026, 10, 6))) == findings(approved(today=date(2027, 9, 1)))
