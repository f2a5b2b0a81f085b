"""The one list of questions: whole, unambiguous, and in words that an officer understands."""

import re

import pytest

from assessments.duty import act
from assessments.duty.authorities import AUTHORITIES
from assessments.duty.due_regard import CHECKS
from assessments.duty.questionnaire import OUTCOMES, questionnaire
from assessments.duty.questions import Kind, Page, Question, Source, When, is_answered
from assessments.duty.rulesets import RULE_SETS
from tests.duty import samples

FORM = samples.FORM
QUESTIONS = samples.questions()
LONGEST_LABEL = 90
LONGEST_SENTENCE = 30
"""In words. GOV.UK asks for 25; a list of examples after “For example” may run over."""

CASE = re.compile(r"\[20\d\d\] (EWHC|EWCA Civ|UKSC) \d+|\(\d{4}\) \d+ LGR \d+")
"""How a decided case is cited."""

# The Act's own words, which stand as they are.
STATUTE = {limb.provision.words for limb in act.LIMBS}

JARGON = re.compile(
    r"""\b(
    ongoing | going\ forward | stakeholders? | service\ users? | end\ users? | utilis\w+ | leverag\w+ | robust\w* |
    holistic\w* | synerg\w+ | facilitat\w+ | empower\w* | co-?produc\w+ | co-?design\w* | signpost\w* | commenc\w+ |
    prior\ to | in\ order\ to | with\ regard\ to | in\ respect\ of | pursuant | herein | aforementioned | streamlin\w+ |
    transform\w* | best\ practice | hard\ to\ reach | deep\ dive | key\ (?!decision|worker)\w+ | drive\w*\ out |
    BAME | BME | ethnic\ minorities | wheelchair-bound | handicap\w* | the\ disabled | the\ elderly | able-bodied |
    gender(?!\ reassignment) | lifestyle\ choice | complian\w+ | lawful(?!ly) | EIA(?!-\d) | PSED | s149
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


def texts() -> list[str]:
    """Everything that an officer reads in the questionnaire and of the rule sets, poor examples left out."""
    found = [section.title for form in samples.FORMS.values() for section in form.sections]
    found += [text for rules in RULE_SETS.values() for text in (rules.label, *rules.asks)]
    found += [text for page in samples.pages() for text in (page.title, page.intro)]
    for _, question in QUESTIONS:
        found += [question.label, question.hint, question.good, question.item_name]
        found += [text for option in question.options for text in (option.label, option.hint)]
    return sorted({text for text in found if text} - STATUTE)


def names(pairs) -> list[str]:
    return [f"{page.slug}: {question.key}" for page, question in pairs]


def those(wrong) -> list[str]:
    """The questions of which `wrong` holds, by name."""
    return names((page, question) for page, question in QUESTIONS if wrong(question))


@pytest.fixture(params=samples.FORMS.values(), ids=samples.FORMS)
def form(request):
    """The questionnaire under each rule set in turn."""
    return request.param


def test_the_sections_are_those_of_the_duty_in_order(form):
    assert [section.slug for section in form.sections if section.slug != "other-duties"] == [
        "proposal",
        "relevance",
        "evidence",
        "engagement",
        "eliminate",
        "advance",
        "foster",
        "local",
        "together",
        "actions",
        "outcome",
    ]


def test_without_local_characteristics_there_is_no_section_for_them():
    assert "local" not in [section.slug for section in questionnaire().sections]


def test_every_page_has_a_slug_of_its_own_that_fits_an_address(form):
    slugs = [page.slug for section in form.sections for page in section.pages]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_no_section_and_page_share_an_anchor(form):
    anchors = [section.slug for section in form.sections]
    anchors += [f"{section.slug}-{page.slug}" for section in form.sections for page in section.pages]
    assert len(anchors) == len(set(anchors))


def test_no_two_questions_on_a_page_share_a_key_or_a_label():
    for page in samples.pages():
        for questions in (page.questions, *(each.items for each in page.questions if each.items)):
            assert len(questions) == len({each.key for each in questions}) == len({each.label for each in questions})


def test_no_question_in_a_list_is_called_id_for_each_item_has_one():
    assert all(each.key != "id" for _, question in samples.ITEMS for each in question.items)


def test_each_cell_of_the_matrix_has_its_page_and_no_other_page_claims_a_limb(form):
    cells = [(page.characteristic, page.limb) for page in form.pages.values() if page.limb]
    assert sorted(cells, key=str) == sorted(act.MATRIX, key=str)
    assert len(cells) == 25


def test_each_characteristic_has_an_evidence_page():
    assert {page.characteristic for page in samples.pages() if page.slug.startswith("evidence-")} == {
        *act.CHARACTERISTICS,
        samples.CARERS,
    }


FINDING = ["impact", "reasons", "extent", "evidence", "severity", "mitigation", "residual"]


@pytest.mark.parametrize(
    ("limb", "own"),
    [
        ("eliminate", ["risks"]),
        ("advance", ["disadvantage", "needs", "participation"]),
        ("foster", ["prejudice", "understanding", "cohesion", "tension"]),
    ],
)
def test_each_page_of_a_limb_asks_what_its_subsection_says_and_for_a_finding(limb, own):
    for page in samples.pages():
        if page.limb and page.limb.slug == limb:
            keys = [question.key for question in page.questions]
            assert [key for key in keys if key in own] == own
            assert [key for key in keys if key in FINDING] == FINDING


def test_the_risks_are_the_conduct_that_the_act_prohibits():
    values = [option.value for option in FORM.pages["eliminate-race"].question("risks").options]
    assert values == ["direct", "indirect", "harassment", "victimisation", "none", "unknown"]


def test_reasonable_adjustments_are_asked_about_for_disability_alone():
    asked = [page.slug for page in samples.pages() if any("adjustments" in each.key for each in page.questions)]
    assert set(asked) == {"eliminate-disability"}
    risks = FORM.pages["eliminate-disability"].question("risks").options
    assert "adjustments" in [option.value for option in risks]


def test_the_steps_of_section_149_4_are_asked_about_for_disability():
    assert "149(4)" in FORM.pages["advance-disability"].question("needs").hint


def test_the_four_outcomes_are_offered():
    assert [option.value for option in OUTCOMES] == ["no-change", "adjust", "continue", "stop"]


def test_an_outcome_that_goes_on_despite_harm_asks_for_aim_alternatives_and_proportion():
    outcome = FORM.pages["outcome"]
    asked = [each.key for each in outcome.questions if each.when and each.matters({"outcome": "continue"})]
    assert asked == ["aim", "alternatives", "proportionality", "legal_review"]
    assert not any(each.matters({"outcome": "adjust"}) for each in outcome.questions if each.when)


def test_each_section_of_a_limb_carries_its_words_of_the_act():
    for limb in act.LIMBS:
        section = next(each for each in FORM.sections if each.limb == limb)
        assert section.words == (limb.provision, *limb.involves)


def test_each_question_has_a_hint():
    assert those(lambda question: not question.hint.strip()) == []


def test_each_question_has_options_if_its_kind_chooses_and_from_one_place():
    choosing = (Kind.CHOICE, Kind.CHOICES, Kind.PICK)
    assert those(lambda question: bool(question.options) + bool(question.source) != (question.kind in choosing)) == []


def test_a_list_of_items_and_nothing_else_has_questions_of_its_own_and_a_name_for_an_item():
    assert those(lambda each: not bool(each.items) == bool(each.item_name) == (each.kind is Kind.ITEMS)) == []


def test_no_two_options_of_a_question_are_alike():
    def alike(question):
        values, labels = {each.value for each in question.options}, {each.label for each in question.options}
        return not len(question.options) == len(values) == len(labels)

    assert those(alike) == []


def test_an_answer_that_excludes_the_others_is_among_the_options():
    assert those(lambda question: not question.exclusive <= {option.value for option in question.options}) == []
    assert those(lambda question: question.exclusive and question.kind is not Kind.CHOICES) == []


def test_a_good_example_comes_with_a_poor_one():
    assert those(lambda question: bool(question.good) != bool(question.poor)) == []
    assert len({question.good for _, question in QUESTIONS}) > 8


def test_a_condition_points_to_values_of_an_earlier_question_on_the_same_page():
    conditional = [(page, each) for page in samples.pages() for each in page.questions if each.when]
    assert conditional
    for page, question in conditional:
        host = page.question(question.when.key)
        assert page.questions.index(host) < page.questions.index(question)
        assert question.when.values <= {option.value for option in host.options}


def test_a_reason_for_an_empty_list_points_to_an_earlier_list_on_the_same_page(form):
    reasons = [(page, each) for page in form.pages.values() for each in page.questions if each.instead_of]
    assert names(reasons) == ["consultation: none", "equality-engagement: none", "actions: none"]
    for page, question in reasons:
        host = page.question(question.instead_of)
        assert page.questions.index(host) < page.questions.index(question)
        assert host.kind is Kind.ITEMS


def test_no_question_inside_a_list_depends_on_another():
    assert not any(each.when or each.instead_of for _, question in samples.ITEMS for each in question.items)


def test_every_authority_is_in_the_list_and_every_one_in_the_list_is_shown():
    named = {slug for section in FORM.sections for slug in section.authorities}
    assert named <= set(AUTHORITIES)
    assert set(AUTHORITIES) == named | {slug for check in CHECKS for slug in check.authorities}


def test_each_authority_has_its_citation_and_says_what_it_asks_for():
    for slug, authority in AUTHORITIES.items():
        assert authority.slug == slug
        assert CASE.search(authority.citation) or " v " not in authority.citation
        assert authority.citation
        assert authority.asks.endswith(".")


def test_what_officers_read_has_no_jargon():
    assert {text: found for text in texts() if (found := JARGON.findall(text))} == {}


def test_the_list_of_jargon_finds_what_it_is_for():
    found = "Ongoing engagement with stakeholders, the elderly and key partners, by gender"
    assert [each.lower() for each in JARGON.findall(found)] == [
        "ongoing",
        "stakeholders",
        "the elderly",
        "key partners",
        "gender",
    ]


def test_what_officers_read_is_in_short_sentences():
    def longest(text):
        return max(len(sentence.split()) for sentence in re.split(r"[.?!:;] ", text))

    assert [text for text in texts() if longest(text) > LONGEST_SENTENCE] == []


def test_what_officers_read_has_curly_quotes_and_single_spaces():
    assert [text for text in texts() if re.search(r"['\"]|  |\s$", text)] == []


def test_a_label_fits_on_two_lines():
    assert those(lambda question: len(question.label) > LONGEST_LABEL) == []


def test_a_hint_ends_as_a_sentence_or_with_an_example():
    assert those(lambda each: not (each.hint in STATUTE or re.search(r"(\.|\d{4})$", each.hint))) == []


def test_nothing_promises_that_the_law_is_kept():
    assert [text for text in texts() if re.search(r"\b(complies|compliant|lawful)\b", text)] == []


def test_a_condition_holds_for_one_chosen_value_of_several():
    negative = When("impact", frozenset({"negative"}))
    assert negative.holds({"impact": ["positive", "negative"]})
    assert not negative.holds({"impact": ["positive"]})
    assert not negative.holds({})


def test_zero_is_an_answer_and_blank_space_is_none():
    assert [is_answered(value) for value in (0, "x", ["x"])] == [True, True, True]
    assert [is_answered(value) for value in (None, "", " \n", [])] == [False, False, False, False]


def test_only_required_questions_that_matter_are_missing():
    page = FORM.pages["foster-age"]
    assert "severity" not in [each.key for each in page.missing({"impact": ["none"]})]
    assert "severity" in [each.key for each in page.missing({"impact": ["negative"]})]
    assert "extent" not in [each.key for each in page.missing({})]


def test_a_list_misses_something_when_one_of_its_items_does():
    page = FORM.pages["actions"]
    whole = {"id": "1", "what": "Visit", "owner": "Head", "due": "2027-01-01"}
    assert page.missing({}) == ()
    assert page.missing({"actions": [whole]}) == ()
    assert [each.key for each in page.missing({"actions": [whole, {"id": "2", "what": "Ask"}]})] == ["actions"]


def test_a_reason_for_an_empty_list_matters_while_the_list_is_empty_or_the_reason_is_there():
    reason = FORM.pages["actions"].question("none")
    item = {"id": "1", "what": "Visit"}
    assert reason.matters({})
    assert not reason.matters({"actions": [item]})
    assert reason.matters({"actions": [item], "none": "There were none at first."})


def test_a_page_knows_its_questions_and_no_others():
    page = Page("page", "A page", (Question("one", Kind.TEXT, "One"),))
    assert page.question("one").label == "One"
    with pytest.raises(KeyError):
        page.question("two")


def test_what_is_missing_is_named_by_page_and_only_on_open_pages():
    missing = FORM.missing({"proposal": {"title": "A school"}})
    assert list(missing) == [
        "proposal",
        "decision",
        "people",
        "team",
        "relevance",
        "relevance-local",
        "relevance-limbs",
    ]
    assert "title" not in [each.key for each in missing["proposal"]]


def test_a_page_is_started_by_its_first_answer():
    page = FORM.pages["people"]
    assert not FORM.is_started(page, {"people": {"who": " "}})
    assert FORM.is_started(page, {"people": {"number": 0}})


def test_each_page_stands_in_one_section():
    assert FORM.section_of(FORM.pages["foster-race"]).slug == "foster"


def test_each_source_of_options_is_used():
    assert {question.source for _, question in QUESTIONS} == {None, *Source}
