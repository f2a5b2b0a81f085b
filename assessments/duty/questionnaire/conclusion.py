"""What follows from the findings: seen together, the actions, the outcome."""

from assessments.duty import screening
from assessments.duty.act import Characteristic
from assessments.duty.questionnaire.asking import choice, date, prose, text
from assessments.duty.questionnaire.options import OUTCOMES
from assessments.duty.questions import Kind, Page, Question, Section, Source, When
from assessments.duty.rulesets import RuleSet


def together_section(local: tuple[Characteristic, ...], rules: RuleSet) -> Section:
    """The section that looks across the single findings."""
    return Section(
        "together", "Intersections and cumulative impact", (_together(local, rules),), authorities=("hotak",)
    )


def actions_section(local: tuple[Characteristic, ...]) -> Section:
    """The section of actions, each with one owner and a real date."""
    return Section("actions", "Actions", (_actions(local),))


def outcome_section(local: tuple[Characteristic, ...]) -> Section:
    """The section of the recommended outcome, and of what happens afterwards."""
    return Section("outcome", "Outcome", (_outcome(local),), authorities=("brown", "hunt", "hough", "sheakh"))


def _together(local: tuple[Characteristic, ...], rules: RuleSet) -> Page:
    return Page(
        "together",
        "Intersections and cumulative impact",
        (
            prose(
                "intersections",
                "Who is affected because of two or more characteristics together?",
                "For example: older Asian women, disabled young men. If nobody, say how you know.",
                required=True,
                good="Mothers whose first language is not English used the drop-in most. They face the "
                "travel, the cost and the online form together, which none of the single pages shows.",
                poor="No intersectional impacts were identified.",
            ),
            prose(
                "cumulative",
                "What else is happening to the same people?",
                "Other cuts, closures or changes, by the council or others, lately or soon.",
                required=True,
            ),
            text(
                "linked",
                "References of linked proposals",
                "For example: EIA-2026-0007, EIA-2026-0012",
            ),
            prose(
                "covenant",
                "Armed Forces Covenant: what would it mean for people who serve or served?",
                f"{rules.covenant} Their families count too. Leave empty if the proposal touches none of these "
                "functions.",
            ),
        ),
        applies=screening.full_assessment(local),
    )


def _actions(local: tuple[Characteristic, ...]) -> Page:
    return Page(
        "actions",
        "What will be done",
        (
            Question(
                "actions",
                Kind.ITEMS,
                "What will be done, by whom, by when?",
                "Each action needs one owner and a real date. “On-going” is not a date: choose the day "
                "when you will look whether it worked.",
                item_name="Action",
                items=(
                    text("what", "What will be done?", "One step that can be finished.", required=True),
                    Question(
                        "finding",
                        Kind.CHOICES,
                        "Which findings does it answer?",
                        "Choose all that apply.",
                        source=Source.FINDINGS,
                    ),
                    text("owner", "Who owns it?", "A post, not a person’s name.", required=True),
                    date("due", "By when?", "For example, 30 9 2026", required=True),
                    text(
                        "measure",
                        "How will you know that it worked?",
                        "For example: no journey takes over 40 minutes.",
                    ),
                ),
            ),
            prose(
                "none",
                "If there are no actions, why not?",
                "Leave empty if you listed one above.",
                instead_of="actions",
            ),
        ),
        applies=screening.full_assessment(local),
    )


def _outcome(local: tuple[Characteristic, ...]) -> Page:
    return Page(
        "outcome",
        "What you recommend",
        (
            choice(
                "outcome",
                "What is the outcome of the assessment?",
                OUTCOMES,
                "Choose what you recommend now.",
                required=True,
            ),
            prose(
                "reasons",
                "Why is this the right outcome?",
                "Weigh the harm and the good that you found against what the proposal is for.",
                required=True,
            ),
            prose(
                "aim",
                "What legitimate aim justifies the harm?",
                "Say what the council has to achieve. To save money is seldom enough by itself.",
                when=When("outcome", frozenset({"continue"})),
                required=True,
            ),
            prose(
                "alternatives",
                "Which alternatives did you consider, and why would they not do?",
                "Include doing nothing, doing less, and what people suggested.",
                when=When("outcome", frozenset({"continue"})),
                required=True,
            ),
            prose(
                "proportionality",
                "Why is the harm in proportion to the aim?",
                "Say why nothing less harmful would do, and what good outweighs the harm.",
                when=When("outcome", frozenset({"continue"})),
                required=True,
            ),
            text(
                "legal_review",
                "Who gave legal advice, and when?",
                "The post and the date, not the advice itself.",
                when=When("outcome", frozenset({"continue"})),
            ),
            prose(
                "what_changed",
                "What changed in the proposal because of this assessment?",
                "If nothing did, say so.",
            ),
            text(
                "monitor",
                "Who will watch what happens?",
                "A post, not a person’s name.",
                required=True,
            ),
            prose(
                "monitoring",
                "What will they watch, and how?",
                "Name the figures or the feedback, and how often they will look.",
            ),
            date("review", "When will it be reviewed?", "For example, 1 4 2027", required=True),
        ),
        applies=screening.full_assessment(local),
    )
