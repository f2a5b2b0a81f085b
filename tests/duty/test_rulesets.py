"""England, Wales and Scotland: what each adds, in words and in questions."""

import re

import pytest

from assessments.duty import act
from assessments.duty.questionnaire import questionnaire
from assessments.duty.questions import Kind, Source
from assessments.duty.rulesets import RULE_SETS, SECTION_1, Nation, rule_set
from tests.duty import samples

ENGLAND, BY_CHOICE, WALES, SCOTLAND = (RULE_SETS[slug] for slug in ("england", "england-s1", "wales", "scotland"))
FULL = samples.screening({"age": "yes"}, {"foster": "yes"})
ELEMENTS = ("purpose", "steps", "information", "results", "decisions")


@pytest.fixture(params=RULE_SETS.values(), ids=RULE_SETS)
def rules(request):
    """Each rule set in turn."""
    return request.param


def form_of(rules):
    return samples.FORMS[rules.slug]


def other_pages(rules):
    """The pages about other duties, by slug."""
    sections = [each for each in form_of(rules).sections if each.slug == "other-duties"]
    return {page.slug: page for section in sections for page in section.pages}


def asked(page, answers):
    """The keys of the questions that matter, given the answers on the page."""
    return [each.key for each in page.questions if each.matters(answers)]


def answered(form, screening):
    """An answer to every question that this screening asks for."""
    pages = {slug: samples.page_answers(page) for slug, page in form.open_pages(screening).items()}
    pages["proposal"]["service"] = "1"
    return {**pages, **screening}


# The rule sets


@pytest.mark.parametrize("nation", Nation)
def test_each_nation_has_rules_of_its_own(nation):
    assert rule_set(nation).nation is nation
    assert rule_set(nation).slug == nation.value
    assert rule_set(nation).label == nation.label


def test_only_england_chooses_to_look_at_socio_economic_disadvantage():
    assert rule_set(Nation.ENGLAND, adopts_socio_economic_duty=True) is BY_CHOICE
    assert [rule_set(nation, adopts_socio_economic_duty=True) for nation in (Nation.WALES, Nation.SCOTLAND)] == [
        WALES,
        SCOTLAND,
    ]
    assert [each for each in RULE_SETS.values() if each.is_voluntary] == [BY_CHOICE]


def test_a_slug_can_be_pinned_in_an_assessment():
    assert all(re.fullmatch(r"[a-z0-9-]{1,20}", slug) and slug == each.slug for slug, each in RULE_SETS.items())


def test_each_names_its_regulations():
    assert [re.search(r"\((S?SI \d{4}/\d+)\)", each.regulations)[1] for each in (ENGLAND, WALES, SCOTLAND)] == [
        "SI 2017/353",
        "SI 2011/1064",
        "SSI 2012/162",
    ]


def test_what_each_switches():
    facts = {
        slug: (each.engagement_is_required, each.screening_counts, each.must_publish, each.report_elements)
        for slug, each in RULE_SETS.items()
    }
    assert facts == {
        "england": (False, True, False, ()),
        "england-s1": (False, True, False, ()),
        "wales": (True, True, True, ELEMENTS),
        "scotland": (False, False, True, ()),
    }


def test_what_it_asks_is_told_once_in_whole_sentences(rules):
    assert len(rules.asks) == len(set(rules.asks)) >= 3
    assert all(each.endswith(".") for each in rules.asks)
    assert rules.publication in rules.asks
    assert rules.covenant in rules.asks


def test_to_adopt_the_duty_of_section_1_adds_one_thing_that_is_asked():
    assert set(BY_CHOICE.asks) - set(ENGLAND.asks) == {BY_CHOICE.socio_economic_rule}
    assert set(ENGLAND.asks) < set(BY_CHOICE.asks)


def test_in_england_it_says_that_section_1_is_not_in_force_and_that_the_council_chose_it():
    assert "not in force in England" in BY_CHOICE.socio_economic_rule
    assert "chose" in BY_CHOICE.socio_economic_rule
    assert ENGLAND.socio_economic == ENGLAND.socio_economic_rule == ""


# The questions


@pytest.mark.parametrize(
    ("slug", "pages"),
    [
        ("england", []),
        ("england-s1", ["socio-economic"]),
        ("wales", ["socio-economic", "wales-report"]),
        ("scotland", ["socio-economic", "scotland-results"]),
    ],
)
def test_each_rule_set_has_its_pages_and_no_other_nations(slug, pages):
    assert list(other_pages(RULE_SETS[slug])) == pages


def test_apart_from_other_duties_every_rule_set_asks_the_same_pages(rules):
    assert set(form_of(rules).pages) - set(other_pages(rules)) == set(samples.FORM.pages)


@pytest.mark.parametrize("rules", [BY_CHOICE, WALES, SCOTLAND], ids=lambda each: each.slug)
def test_other_duties_come_just_before_the_actions_with_the_words_of_section_1(rules):
    sections = form_of(rules).sections
    place = [each.slug for each in sections].index("other-duties")
    assert [each.slug for each in sections[place - 1 : place + 2]] == ["together", "other-duties", "actions"]
    assert sections[place].words == (SECTION_1,)


def test_other_duties_are_asked_about_only_in_a_full_assessment(rules):
    pages = set(other_pages(rules))
    assert not pages & set(form_of(rules).open_pages({}))
    assert not pages & set(form_of(rules).open_pages(samples.screening()))
    assert pages <= set(form_of(rules).open_pages(FULL))


def test_all_that_is_asked_about_other_duties_is_required_and_has_its_kind():
    found = {slug: page for rules in RULE_SETS.values() for slug, page in other_pages(rules).items()}
    assert all(each.required for page in found.values() for each in page.questions)
    assert {slug: {each.key: each.kind for each in page.questions} for slug, page in found.items()} == {
        "socio-economic": {"strategic": Kind.CHOICE, "inequality": Kind.PROSE, "reduce": Kind.PROSE},
        "wales-report": {"substantial": Kind.CHOICE, **dict.fromkeys(ELEMENTS, Kind.PROSE)},
        "scotland-results": {"results_used": Kind.PROSE, "publish_by": Kind.DATE},
    }


@pytest.mark.parametrize("rules", [BY_CHOICE, WALES, SCOTLAND], ids=lambda each: each.slug)
def test_inequalities_of_outcome_are_asked_about_when_the_decision_is_strategic(rules):
    page = other_pages(rules)["socio-economic"]
    assert (page.title, page.intro) == (rules.socio_economic, rules.socio_economic_rule)
    assert asked(page, {"strategic": "yes"}) == ["strategic", "inequality", "reduce"]
    assert asked(page, {"strategic": "no"}) == asked(page, {}) == ["strategic"]


def test_the_five_elements_are_asked_for_when_the_impact_is_substantial():
    page = other_pages(WALES)["wales-report"]
    assert asked(page, {"substantial": "yes"}) == ["substantial", *WALES.report_elements]
    assert asked(page, {"substantial": "no"}) == asked(page, {"substantial": "unknown"}) == ["substantial"]
    assert [re.search(r"8\(2\)\((.)\)", page.question(key).hint)[1] for key in ELEMENTS] == list("abcde")


@pytest.mark.parametrize(("rules", "page"), [(WALES, "wales-report"), (SCOTLAND, "scotland-results")])
def test_the_page_about_publishing_says_what_is_to_be_published_under_which_regulations(rules, page):
    assert rules.publication in other_pages(rules)[page].intro
    assert rules.regulations in other_pages(rules)[page].intro


@pytest.mark.parametrize("page", ["consultation", "equality-engagement"])
def test_only_in_wales_the_pages_of_engagement_say_that_it_is_required(page):
    intros = {slug: form.pages[page].intro for slug, form in samples.FORMS.items()}
    assert "engagement is required" in intros.pop("wales")
    assert set(intros.values()) == {""}


@pytest.mark.parametrize("page", ["relevance", "screening-out"])
def test_only_in_scotland_screening_says_that_it_does_not_stand_in_for_an_assessment(page):
    said = {slug: "cannot stand in its place" in form.pages[page].intro for slug, form in samples.FORMS.items()}
    assert [slug for slug, is_said in said.items() if is_said] == ["scotland"]
    assert all(form.pages[page].intro == form.pages[page].intro.strip() for form in samples.FORMS.values())


def test_the_armed_forces_covenant_can_be_looked_at_everywhere_under_the_nations_own_section(rules):
    question = form_of(rules).pages["together"].question("covenant")
    section = {"england": "343AA", "wales": "343AB", "scotland": "343AC"}[rules.nation]
    assert f"section {section}." in question.hint
    assert (question.kind, question.required) == (Kind.PROSE, False)


def test_help_from_artificial_intelligence_is_declared_and_tells_who_checked_it(rules):
    page = form_of(rules).pages["team"]
    disclosure = page.question("ai_drafted_check")
    assert page.question("ai_drafted").required
    assert disclosure.required
    assert [disclosure.matters({"ai_drafted": answer}) for answer in ("yes", "no", None)] == [True, False, False]


def test_an_exception_can_be_named_with_its_paragraph_and_reason_and_nobody_has_to(rules):
    page = form_of(rules).pages["relevance-limbs"]
    question = page.questions[-1]
    assert (question.key, question.kind, question.required) == ("exceptions", Kind.ITEMS, False)
    assert {each.key: (each.kind, each.source, each.required) for each in question.items} == {
        "paragraph": (Kind.CHOICE, None, False),
        "characteristics": (Kind.CHOICES, Source.CHARACTERISTICS, False),
        "reason": (Kind.PROSE, None, False),
    }
    assert [each.label.split(":")[0] for each in question.items[0].options] == [f"Paragraph {n}" for n in (1, 2, 3)]


def test_screening_is_decided_by_its_answers_and_not_by_an_exception():
    screened = samples.screening()
    screened["relevance-limbs"]["exceptions"] = [{"id": "1", "paragraph": "children", "reason": "School meals"}]
    assert "screening-out" in samples.FORM.open_pages(screened)


# Totality


@pytest.mark.parametrize("screening", [FULL, samples.everything(), samples.screening()])
def test_an_answer_to_every_question_leaves_nothing_missing_and_is_in_the_document(rules, screening):
    form = form_of(rules)
    answers = answered(form, screening)
    assert form.missing(answers) == {}
    built = samples.document(answers, form)
    rows = {(page.slug, row.key): row for section in built.sections for page in section.pages for row in page.rows}
    for slug, page in form.open_pages(answers).items():
        for question in page.questions:
            if question.matters(answers[slug]) and answers[slug].get(question.key):
                assert rows[slug, question.key].is_answered


def test_before_the_first_answer_only_what_is_required_and_matters_is_missing(rules):
    for slug, questions in form_of(rules).missing(FULL).items():
        asked_first = [each for each in form_of(rules).pages[slug].questions if each.when is None]
        assert list(questions) == [each for each in asked_first if each.required]


def test_the_matrix_and_the_limbs_are_the_same_in_every_nation(rules):
    pages = [page for page in questionnaire((), rules).pages.values() if page.limb]
    assert {(page.characteristic, page.limb) for page in pages} == set(act.MATRIX)
