"""The cells of the matrix, limb by limb, and the locally adopted characteristics: one page for each finding."""

from assessments.duty import act, screening
from assessments.duty.act import Characteristic, Limb
from assessments.duty.questionnaire.asking import choice, choices, prose
from assessments.duty.questionnaire.evidence import EVIDENCE_USED
from assessments.duty.questionnaire.options import (
    ADJUSTMENTS_RISK,
    IMPACTS,
    NO_RISK,
    RESIDUAL,
    RISK_UNKNOWN,
    RISKS,
    SCALE,
)
from assessments.duty.questions import Page, Question, Section, When

NEGATIVE = When("impact", frozenset({"negative"}))

IMPACT = choices(
    "impact",
    "What impact would the proposal have?",
    IMPACTS,
    "Choose both positive and negative if it helps some and harms others.",
    exclusive=frozenset({"none", "unknown"}),
    required=True,
)
REASONS = prose(
    "reasons",
    "Why do you say so?",
    "Be specific to these people. Say what would happen to them, and how you know.",
    required=True,
    good="Most pupils will travel over a mile further. 14 of the 61 families have no car (school survey, October "
    "2025), and the route crosses the A50. Younger children will need an adult with them.",
    poor="There will be some impact on children but it will be managed.",
)
EXTENT = prose("extent", "Who is affected, and how many?", "Which of these people, where, and about how many.")
HARM = (
    choice(
        "severity",
        "How severe is the harm?",
        SCALE,
        "As it would be if you did nothing about it.",
        when=NEGATIVE,
        required=True,
    ),
    prose(
        "mitigation",
        "What will you do to remove or lessen it?",
        "Or say why nothing more can be done. List the steps again under actions, with an owner and a date.",
        when=NEGATIVE,
        required=True,
        good="Before any place is cut, each person’s key worker will agree a new timetable with them and their carer. "
        "Transport is kept for anyone whose journey grows by over 20 minutes.",
        poor="We will monitor the situation.",
    ),
    choice(
        "residual",
        "How much harm is left after that?",
        RESIDUAL,
        "As it would be once you have done what you say above.",
        when=NEGATIVE,
        required=True,
    ),
)


def _eliminate_questions(characteristic: Characteristic) -> tuple[Question, ...]:
    is_disability = characteristic == act.DISABILITY
    risks = choices(
        "risks",
        "Could the proposal lead to any of these?",
        (*RISKS, *((ADJUSTMENTS_RISK,) if is_disability else ()), NO_RISK, RISK_UNKNOWN),
        "Choose all that could happen, even if it is unlikely. Ask the legal team when you choose one.",
        exclusive=frozenset({"none", "unknown"}),
        required=True,
    )
    adjustments = prose(
        "reasonable_adjustments",
        "What reasonable adjustments will be made, and who will make them?",
        "For example: step-free rooms, easy-read letters, a quiet space, more time, a British Sign Language "
        "interpreter.",
        required=True,
    )
    return (risks, *((adjustments,) if is_disability else ()))


def _advance_questions(characteristic: Characteristic) -> tuple[Question, ...]:
    needs_hint = (
        "Say what steps take account of disabled people’s disabilities: section 149(4)."
        if characteristic == act.DISABILITY
        else "For example: times, places, language, food, clothing, privacy, safety, childcare."
    )
    return (
        prose(
            "disadvantage",
            "Disadvantage: what holds these people back, and does the proposal lessen it or add to it?",
            "If this does not matter here, say why.",
            required=True,
        ),
        prose(
            "needs",
            "Different needs: what do they need that others do not, and is it met?",
            needs_hint,
            required=True,
        ),
        prose(
            "participation",
            "Participation: where do too few of them take part, and does the proposal change that?",
            "For example: in sport, on boards, in work, in consultations.",
            required=True,
        ),
    )


def _foster_questions(characteristic: Characteristic) -> tuple[Question, ...]:
    return (
        prose(
            "prejudice",
            "Prejudice: could the proposal, or how it is told, feed or tackle prejudice?",
            "Think of myths that could spread about who gains and who pays. If this does not matter here, say why.",
            required=True,
        ),
        prose(
            "understanding",
            "Understanding: would people meet and get to know each other more, or less?",
            "Think of who meets whom because of this service, and who would stop meeting.",
            required=True,
            good="The lunch club is where older white residents and newer Kurdish families sit together each Friday. "
            "If it moves to two sites they will no longer meet. We will run one joint lunch a month.",
            poor="The service is open to all communities.",
        ),
        prose(
            "cohesion",
            "Cohesion: what does it mean for relations between groups and between neighbourhoods?",
            "New and established communities, younger and older people, one estate and the next.",
        ),
        prose(
            "tension",
            "Tension: is there tension now, or something in this that could set it off?",
            "Say what communities feel, what the data show, and what could happen. Never name a person.",
        ),
    )


_LIMB_QUESTIONS = {
    act.ELIMINATE.slug: _eliminate_questions,
    act.ADVANCE.slug: _advance_questions,
    act.FOSTER.slug: _foster_questions,
}
_LIMB_AUTHORITIES = {
    act.ELIMINATE.slug: ("bracking", "hotak"),
    act.ADVANCE.slug: ("kaur-and-shah", "hotak"),
    act.FOSTER.slug: ("kaur-and-shah", "baker"),
}


def limb_section(limb: Limb) -> Section:
    """The section of one limb: a page for each characteristic that the Act puts under it."""

    def page(characteristic: Characteristic) -> Page:
        return Page(
            cell_slug(limb, characteristic),
            f"{limb.name}: {characteristic.name.lower()}",
            (
                IMPACT,
                *_LIMB_QUESTIONS[limb.slug](characteristic),
                REASONS,
                EXTENT,
                EVIDENCE_USED,
                *HARM,
            ),
            limb=limb,
            characteristic=characteristic,
            applies=lambda answers: (
                screening.is_relevant(answers, characteristic) and screening.limb_is_open(answers, limb)
            ),
        )

    return Section(
        limb.slug,
        f"Limb ({limb.letter}): {limb.name.lower()}",
        tuple(page(each) for each, its_limb in act.MATRIX if its_limb == limb),
        words=(limb.provision, *limb.involves),
        authorities=_LIMB_AUTHORITIES[limb.slug],
        limb=limb,
    )


def cell_slug(limb: Limb, characteristic: Characteristic) -> str:
    """The page of one cell of the matrix."""
    return f"{limb.slug}-{characteristic.slug}"


def local_slug(characteristic: Characteristic) -> str:
    """The page of one locally adopted characteristic."""
    return f"local-{characteristic.slug}"


def local_section(local: tuple[Characteristic, ...]) -> Section:
    """The section of the council’s own characteristics, which stand under no limb."""

    def page(characteristic: Characteristic) -> Page:
        return Page(
            local_slug(characteristic),
            f"Local: {characteristic.name.lower()}",
            (IMPACT, REASONS, EXTENT, EVIDENCE_USED, *HARM),
            intro="Locally adopted, not section 149. The council looks at it because it chose to.",
            characteristic=characteristic,
            applies=lambda answers: screening.is_relevant(answers, characteristic),
        )

    return Section("local", "Locally adopted characteristics", tuple(page(each) for each in local))
