"""Evidence: the sources, what they say of each characteristic, and what is not known."""

from assessments.duty import act, screening
from assessments.duty.act import Characteristic
from assessments.duty.questionnaire.asking import choice, date, prose, text
from assessments.duty.questions import Kind, Option, Page, Question, Section, Source

SOURCES_PAGE = "sources"
GAPS_PAGE = "gaps"
LIBRARY = "library"
"""In a stored source, beside its id: the number under which the council's library has what it was copied from."""
EVIDENCE_USED = Question(
    "evidence",
    Kind.CHOICES,
    "Which of your sources does this rest on?",
    "These are the sources that you listed in the evidence section.",
    source=Source.EVIDENCE,
)
FIGURES = Question(
    "figures",
    Kind.FIGURES,
    "Figures that you cite",
    "They stay as they were on the day you cited them. Say in your own words what they show.",
)


def evidence_section(local: tuple[Characteristic, ...]) -> Section:
    """The section: a page of sources, one for each characteristic that is relevant, one of gaps."""
    return Section(
        "evidence",
        "Evidence",
        (_sources(local), *(_about(each) for each in (*act.CHARACTERISTICS, *local)), _gaps(local)),
        authorities=("bracking", "hurley-and-moore", "bridges"),
    )


def _sources(local: tuple[Characteristic, ...]) -> Page:
    return Page(
        SOURCES_PAGE,
        "Your sources",
        (
            Question(
                "sources",
                Kind.ITEMS,
                "What evidence do you have?",
                "List each data set, report, consultation or piece of research once. You can then point to "
                "it from any page.",
                item_name="Source",
                items=(
                    text("title", "What is it called?", "The name on the report or data set.", required=True),
                    text("publisher", "Who made it?", "For example: Office for National Statistics."),
                    date("dated", "What date is it from?", "The date of the data, not of today."),
                    text(
                        "coverage",
                        "Who and where does it cover?",
                        "For example: all pupils in the city, autumn 2025.",
                    ),
                    Question(
                        "characteristics",
                        Kind.CHOICES,
                        "Which characteristics does it tell you about?",
                        "Choose all that apply.",
                        source=Source.CHARACTERISTICS,
                    ),
                    text("link", "Where can it be found?", "A web address or a file reference."),
                ),
            ),
        ),
        applies=screening.full_assessment(local),
    )


def _about(characteristic: Characteristic) -> Page:
    return Page(
        f"evidence-{characteristic.slug}",
        f"Evidence: {characteristic.name.lower()}",
        (
            FIGURES,
            prose(
                "know",
                "What do the facts and figures tell you?",
                "Compare the people affected with people in the area. Give the figure, the place and the year.",
                required=True,
                good="38 of the 45 people who use the centre are over 50 (attendance system, January 2026). In "
                "the city 36% of adults are over 50 (Census 2021, TS007). Older people are over-represented.",
                poor="The service is used by people of all ages.",
            ),
            prose(
                "told",
                "What do people tell you?",
                "From consultation, complaints, staff, or groups that speak for them.",
            ),
            EVIDENCE_USED,
        ),
        characteristic=characteristic,
        applies=lambda answers: screening.is_relevant(answers, characteristic),
    )


def _gaps(local: tuple[Characteristic, ...]) -> Page:
    return Page(
        GAPS_PAGE,
        "What you do not know",
        (
            Question(
                "gaps",
                Kind.ITEMS,
                "What do you not know?",
                "A gap is not a failing: an undeclared gap is. For each, ask someone, plan to find out, or "
                "say why it would be out of proportion.",
                item_name="Gap",
                items=(
                    Question(
                        "characteristics",
                        Kind.CHOICES,
                        "Which characteristics is the gap about?",
                        "Choose all that apply.",
                        source=Source.CHARACTERISTICS,
                    ),
                    text(
                        "gap",
                        "What do you not know?",
                        "For example: how many of the users care for somebody.",
                        required=True,
                    ),
                    choice(
                        "response",
                        "What will you do about it?",
                        (
                            Option("enquiry", "I have asked, or will ask, before the decision"),
                            Option("action", "We will find out after the decision, by a set date"),
                            Option("reason", "Nothing: finding out would be out of proportion"),
                        ),
                        "Choose one, then give the details.",
                        required=True,
                    ),
                    prose(
                        "detail",
                        "Whom will you ask, what will you do, or why not?",
                        "Name the team or the group. If you will do nothing, say what finding out would cost.",
                    ),
                    date("due", "By when?", "For example, 30 9 2026"),
                ),
            ),
        ),
        applies=screening.full_assessment(local),
    )
