"""Answers and documents for tests of the duty: plain values, no database."""

from assessments.duty import act
from assessments.duty.act import Characteristic
from assessments.duty.cited import Cited, CitedArea, CitedLine, to_stored
from assessments.duty.document import Document, Facts, Step, build
from assessments.duty.questionnaire import questionnaire
from assessments.duty.questions import Kind, Page, Question, Source
from assessments.duty.rulesets import RULE_SETS

CARERS = Characteristic("carers", "Carers", definition="", help_text="People who care for others unpaid.")
FORMS = {slug: questionnaire((CARERS,), rules) for slug, rules in RULE_SETS.items()}
"""A questionnaire under each rule set, by its slug."""
FORM = FORMS["england"]
CHOICES = {Source.SERVICES: {"1": "Schools"}, Source.WARDS: {"1": "North", "2": "South"}}
FACTS = Facts(
    reference="EIA-2026-0001",
    title="Close a school",
    council="Test Council",
    council_address="1 Test Street",
    council_phone="01632 960000",
    council_email="equality@test.example",
    status="draft",
    status_label="Draft",
    version=0,
    rule_set="england",
    questionnaire_version="2026.1",
    directorate="Children",
    service="Schools",
    started="2026-03-05",
    frozen="",
    audit_head="",
    retention_years=6,
    small_number=5,
    small_number_sensitive=10,
    is_example=False,
)


def screening(relevant=None, limbs=None, local="no"):
    """Answers to the relevance pages: "no" for all but those given; each with a reason that names it."""
    relevant, limbs = relevant or {}, limbs or {}
    return {
        "relevance": _with_reasons({each.slug: relevant.get(each.slug, "no") for each in act.CHARACTERISTICS}),
        "relevance-local": _with_reasons({CARERS.slug: local}),
        "relevance-limbs": _with_reasons({each.slug: limbs.get(each.slug, "no") for each in act.LIMBS}),
    }


def _with_reasons(answers):
    return {**answers, **{f"{key}_why": f"Because of {key}." for key in answers}}


def everything():
    """Screening that opens every page but the one for screening out."""
    yes = dict.fromkeys([each.slug for each in (*act.CHARACTERISTICS, *act.LIMBS)], "yes")
    return screening(yes, yes, "yes")


CITED = Cited(
    "aa11",
    "age",
    "TS007",
    "Age by single year",
    (
        CitedArea(
            "Stoke-on-Trent",
            "2021-03-21",
            "21 March 2021",
            200,
            "All usual residents",
            "Office for National Statistics, Census 2021, table TS007",
        ),
        CitedArea(
            "England",
            "2021-03-21",
            "21 March 2021",
            1_000,
            "All usual residents",
            "Office for National Statistics, Census 2021, table TS007",
            is_approximate=True,
            is_in_development=True,
            note="Use with care.",
        ),
    ),
    (
        CitedLine("Aged under 16", "", (50, 200), ("25.0%", "20.0%")),
        CitedLine("Aged 4 and under", "Aged under 16", (20, None), ("10.0%", "")),
        CitedLine("Aged 5 to 15", "Aged under 16", (30, 120), ("15.0%", "12.0%")),
        CitedLine("Aged 16 and over", "", (150, 800), ("75.0%", "80.0%")),
    ),
    "2026-03-05",
    "5 March 2026",
)
"""A table as somebody cited it. Its numbers are made up."""

PARTICULAR = {"risks": ["none"], "opened": "2026-01-12", "closed": "2026-02-20", "review": "2028-03-06"}
"""Answers, by question, where a plausible one is not the first of its kind."""


def answer(question: Question) -> object:
    """A plausible answer of the right shape. Choices with a source have none that always holds: leave them out."""
    if question.key in PARTICULAR:
        return PARTICULAR[question.key]
    if question.kind is Kind.ITEMS:
        return [{"id": f"{question.key}-1", **{each.key: answer(each) for each in question.items if not each.source}}]
    return {
        Kind.TEXT: "A line about it",
        Kind.PROSE: "A paragraph about it.\n\n- one\n- two",
        Kind.CHOICE: question.options[0].value if question.options else None,
        Kind.CHOICES: [question.options[0].value] if question.options else [],
        Kind.DATE: "2027-03-05",
        Kind.NUMBER: 12,
        Kind.PICK: None,
        Kind.FIGURES: [to_stored(CITED)],
    }[question.kind]


def page_answers(page: Page) -> dict[str, object]:
    """An answer to every question on a page that needs no source, and that people answer in words."""
    return {each.key: answer(each) for each in page.questions if not each.source and each.kind is not Kind.FIGURES}


def document(answers, form=FORM, choices=CHOICES, facts=FACTS, steps=()) -> Document:
    return build(form, answers, choices, facts, steps)


def page_of(built: Document, slug: str):
    return next(page for section in built.sections for page in section.pages if page.slug == slug)


def row_of(built: Document, slug: str, key: str):
    return next(row for row in page_of(built, slug).rows if row.key == key)


def pages() -> list[Page]:
    """Every page under every rule set; a page that several have comes several times."""
    return [page for form in FORMS.values() for page in form.pages.values()]


def questions() -> list[tuple[Page, Question]]:
    """Every question under every rule set once, with its page, those inside lists of items included."""
    found = {(page.slug, each): page for page in pages() for own in page.questions for each in (own, *own.items)}
    return [(page, each) for (_, each), page in found.items()]


STEPS = (Step("With the head of service", "Officer", "2026-03-06"),)
ITEMS = [(page, question) for page, question in questions() if question.kind is Kind.ITEMS]
