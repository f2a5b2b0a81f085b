"""Relevance: the questions of screening, and why a full assessment is not needed where it is not."""

from assessments.duty import act, screening
from assessments.duty.act import Characteristic
from assessments.duty.questionnaire.asking import choice, prose
from assessments.duty.questionnaire.options import EXCEPTIONS, YES_NO_UNKNOWN
from assessments.duty.questions import Kind, Page, Question, Section, Source
from assessments.duty.rulesets import RuleSet

EXCEPTIONS_RELIED_ON = Question(
    "exceptions",
    Kind.ITEMS,
    "Do you rely on an exception in Schedule 18 to the Act?",
    "Most assessments do not: then leave this empty. Ask the legal team before you rely on one.",
    item_name="Exception",
    items=(
        choice("paragraph", "Which paragraph of Schedule 18 is it?", EXCEPTIONS, "Choose one."),
        Question(
            "characteristics",
            Kind.CHOICES,
            "Which characteristics does it take out of the duty?",
            "Choose all that apply. All the others stay in.",
            source=Source.CHARACTERISTICS,
        ),
        prose(
            "reason",
            "Why does it apply to this proposal?",
            "Say which function of the council it is about, and which part of the proposal it covers.",
        ),
    ),
)


def relevance_section(local: tuple[Characteristic, ...], rules: RuleSet) -> Section:
    """The section: a page for the Act’s characteristics, one for the council’s own, one for the limbs."""
    return Section(
        "relevance",
        "Relevance",
        (_characteristics(rules), *((_local(local),) if local else ()), _limbs(), _screening_out(local, rules)),
        words=(act.GENERAL_DUTY, act.RELEVANT),
        authorities=("bridges", "baker", "for-women-scotland"),
    )


def _characteristics(rules: RuleSet) -> Page:
    return Page(
        screening.CHARACTERISTICS_PAGE,
        "Relevance to each protected characteristic",
        tuple(question for each in act.CHARACTERISTICS for question in _about(each)),
        intro="Answer for each one. If you are not sure, choose “I don’t know”: you will then look at it in full. "
        "A “No” needs a reason that would make sense to somebody who has that characteristic. "
        f"{rules.screening_caution}".strip(),
    )


def _local(local: tuple[Characteristic, ...]) -> Page:
    return Page(
        screening.LOCAL_PAGE,
        "Relevance to locally adopted characteristics",
        tuple(question for each in local for question in _about(each)),
        intro="The council chose to look at these as well. They are locally adopted, not section 149.",
    )


def _limbs() -> Page:
    pairs = tuple(
        question
        for limb in act.LIMBS
        for question in _pair(
            limb.slug,
            f"Limb ({limb.letter}) {limb.name.lower()}: could the proposal help or hinder it?",
            limb.provision.words,
            f"Limb ({limb.letter}): why do you say so?",
            "Say what would help or hinder it, or how you know that nothing would.",
        )
    )
    return Page(screening.LIMBS_PAGE, "Relevance to each limb of the duty", (*pairs, EXCEPTIONS_RELIED_ON))


def _about(characteristic: Characteristic) -> tuple[Question, Question]:
    return _pair(
        characteristic.slug,
        f"{characteristic.name}: could the proposal affect people differently?",
        characteristic.help_text,
        f"{characteristic.name}: why do you say so?",
        "Say who would feel it and how, or how you know that nobody would.",
    )


def _pair(key: str, label: str, hint: str, why_label: str, why_hint: str) -> tuple[Question, Question]:
    return (
        choice(key, label, YES_NO_UNKNOWN, hint, required=True),
        prose(f"{key}_why", why_label, why_hint, required=True),
    )


def _screening_out(local: tuple[Characteristic, ...], rules: RuleSet) -> Page:
    return Page(
        "screening-out",
        "Why a full assessment is not needed",
        (
            prose(
                "reasons",
                "Why is a full assessment not needed?",
                "Your answers were all “No”. Say in your own words why the proposal has no bearing on equality. "
                "To assess it in full instead, change an answer to “I don’t know”.",
                required=True,
                good="The contract renews the same software for payroll at the same scope. Staff see the same "
                "screens. The supplier’s accessibility report of March 2026 was checked by two staff who use "
                "screen readers.",
                poor="This is a back-office matter and applies to everyone equally.",
            ),
            prose(
                "evidence",
                "What did you look at before you decided this?",
                "Name the data, reports or people, with dates.",
                required=True,
            ),
            prose(
                "revisit",
                "What would make you look again?",
                "The duty goes on after the decision.",
                required=True,
            ),
        ),
        intro=rules.screening_caution,
        applies=lambda answers: screening.outcome(answers, local) is screening.Outcome.SCREENED_OUT,
    )
