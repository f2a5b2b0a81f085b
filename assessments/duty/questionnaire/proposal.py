"""The proposal: what it is, who decides, who is affected, how the assessment was made."""

from assessments.duty.questionnaire.asking import choice, choices, date, prose, text
from assessments.duty.questionnaire.options import CHANGES, POLICY_TYPES, YES_NO, YES_NO_UNKNOWN
from assessments.duty.questions import Kind, Option, Page, Question, Section, Source, When

PROPOSAL = Section(
    "proposal",
    "The proposal",
    (
        Page(
            "proposal",
            "What is proposed",
            (
                text(
                    "title",
                    "Title of the proposal",
                    "Say what will happen, so that a resident would understand it.",
                    required=True,
                    good="Closure of Hill Street library and a new mobile library service",
                    poor="LIB/24 transformation phase 2",
                ),
                Question(
                    "service",
                    Kind.PICK,
                    "Which service is responsible?",
                    "The service that will carry it out.",
                    source=Source.SERVICES,
                    required=True,
                ),
                choice(
                    "type",
                    "What kind of proposal is it?",
                    POLICY_TYPES,
                    "Choose the one that fits best.",
                    required=True,
                ),
                choice(
                    "change",
                    "Is it new, a change or an ending?",
                    CHANGES,
                    "Closing one of several sites is a change. Closing the last is an ending.",
                    required=True,
                ),
                prose(
                    "what",
                    "What will change, and why?",
                    "Say what happens now, what would happen instead, and the reason. Give dates and amounts.",
                    required=True,
                    good="The day centre opens five days a week for up to 45 people. We propose four days and 34 "
                    "places from April 2026. Attendance has not been over 33 since 2023, and the service must "
                    "save £120,000.",
                    poor="We are modernising the offer to deliver efficiencies.",
                ),
                prose(
                    "aims",
                    "What is the proposal meant to achieve?",
                    "Say what would be better, for whom, and how anyone could tell.",
                    required=True,
                ),
            ),
            intro="Start early. An assessment made after the proposal is settled comes too late to shape it.",
        ),
        Page(
            "decision",
            "The decision",
            (
                text(
                    "body",
                    "Who will decide?",
                    "The committee, Cabinet, or the post of the officer who decides.",
                    required=True,
                ),
                date("planned", "When is the decision planned?", "For example, 27 3 2026", required=True),
                date(
                    "final",
                    "When will the proposal be in its final form?",
                    "The date the papers are settled.",
                ),
                choice(
                    "key",
                    "Is it a key decision?",
                    YES_NO,
                    "Usually one that spends or saves a lot, or matters to people in two or more wards. The council’s "
                    "forward plan lists them.",
                ),
                text(
                    "round",
                    "Which budget round or programme is it part of?",
                    "Leave empty if none. Proposals with the same name here are looked at together.",
                ),
                text("budget_reference", "Budget or savings reference", "As in the budget papers."),
                Question("amount", Kind.NUMBER, "Amount in pounds", "The saving or spending a year, as a number."),
            ),
        ),
        Page(
            "people",
            "Who is affected",
            (
                choices(
                    "groups",
                    "Who would notice the change?",
                    (
                        Option("users", "People who use the service"),
                        Option("public", "The public"),
                        Option("staff", "Council staff"),
                        Option("partners", "Partner organisations"),
                        Option("voluntary", "Voluntary and community groups"),
                    ),
                    "Choose all that apply.",
                    required=True,
                ),
                prose(
                    "who",
                    "Who are they, and how many?",
                    "Count people where you can. Say where the number comes from, and what you do not know.",
                    required=True,
                    good="212 people came at least once in 2025 (attendance system, December 2025). 140 came every "
                    "week. 61 live in Tunstall ward.",
                    poor="All residents.",
                ),
                Question(
                    "number",
                    Kind.NUMBER,
                    "About how many people in all?",
                    "A whole number. Your best estimate.",
                ),
                Question(
                    "wards",
                    Kind.CHOICES,
                    "Which wards does it touch most?",
                    "Choose every ward that applies, or none if it touches the whole area alike.",
                    source=Source.WARDS,
                ),
            ),
        ),
        Page(
            "team",
            "How this assessment was made",
            (
                Question(
                    "contributors",
                    Kind.ITEMS,
                    "Who helped to write it?",
                    "Give roles, not names. Include people who know the service, and people who use it.",
                    item_name="Contributor",
                    items=(
                        text("role", "Role or post", "For example: centre manager, parent governor.", required=True),
                        text("organisation", "Team or organisation", "Leave empty if they came for themselves."),
                        text("why", "What they brought to it", "For example: knows the building, has the figures."),
                    ),
                ),
                text(
                    "earlier",
                    "Is there an earlier assessment?",
                    "Give its reference or title. Leave empty if there is none.",
                ),
                prose(
                    "earlier_actions",
                    "What became of its actions?",
                    "If there was one: what was done, what not.",
                ),
                choice(
                    "ai",
                    "Does the proposal use artificial intelligence or an algorithm?",
                    YES_NO_UNKNOWN,
                    "This includes scoring, matching, or sorting people, and software bought from a supplier.",
                    required=True,
                ),
                prose(
                    "ai_bias",
                    "If it does, or might: what do you know about bias in it?",
                    "Say what it decides, who tested it for bias, how and when, and what you asked the supplier.",
                    when=When("ai", frozenset({"yes", "unknown"})),
                    required=True,
                ),
                choice(
                    "ai_drafted",
                    "Was any of this assessment drafted with artificial intelligence?",
                    YES_NO,
                    "For example: a chat tool, a writing assistant, or a summary of comments made by software. A "
                    "spelling check does not count.",
                    required=True,
                ),
                prose(
                    "ai_drafted_check",
                    "What was drafted, with which tool, and who checked it against the facts?",
                    "Give the post of the person who checked it, and say what they compared it with.",
                    when=When("ai_drafted", frozenset({"yes"})),
                    required=True,
                    good="The council’s chat tool drafted the summary of comments on the consultation page. The "
                    "service manager compared it with all 212 replies, corrected two figures and added a point that "
                    "it had left out.",
                    poor="Some wording was improved with software and has been checked.",
                ),
            ),
        ),
    ),
    authorities=("kaur-and-shah", "bridges"),
)
