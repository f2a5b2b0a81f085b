"""Answers and documents for tests of the duty: plain values, no database."""

from assessments.duty import act
from assessments.duty.act import Characteristic
from assessments.duty.document import Document, Facts, Step, build
from assessments.duty.questionnaire import questionnaire
from assessments.duty.questions import Kind, Page, Question, Source

CARERS = Characteristic("carers", "Carers", definition="", help_text="People who care for others unpaid.")
FORM = questionnaire((CARERS,))
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


def document(answers, form=FORM, choices=CHOICES, facts=FACTS, steps=()) -> Document:
    return build(form, answers, choices, facts, steps)


def page_of(built: Document, slug: str):
    return next(page for section in built.sections for page in section.pages if page.slug == slug)


def row_of(built: Document, slug: str, key: str):
    return next(row for row in page_of(built, slug).rows if row.key == key)


def pages() -> list[Page]:
    return list(FORM.pages.values())


def questions() -> list[tuple[Page, Question]]:
    """Every question with its page, those inside lists of items included."""
    return [(page, each) for page in pages() for question in page.questions for each in (question, *question.items)]


STEPS = (Step("With the head of service", "Officer", "2026-03-06"),)
ITEMS = [(page, question) for page, question in questions() if question.kind is Kind.ITEMS]
