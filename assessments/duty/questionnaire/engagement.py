"""Engagement: who was asked about the proposal, and who was asked what it would mean for equality."""

from assessments.duty import screening
from assessments.duty.act import Characteristic
from assessments.duty.questionnaire.asking import date, prose, text
from assessments.duty.questions import Kind, Page, Question, Section
from assessments.duty.rulesets import RuleSet


def engagement_section(local: tuple[Characteristic, ...], rules: RuleSet) -> Section:
    """The section: two kinds of engagement, which are not the same thing (*LH v Shropshire*)."""
    return Section(
        "engagement",
        "Engagement",
        (_consultation(local, rules), _equality_engagement(local, rules)),
        authorities=("lh-v-shropshire", "bracking"),
    )


def _consultation(local: tuple[Characteristic, ...], rules: RuleSet) -> Page:
    return Page(
        "consultation",
        "Consultation on the proposal",
        (
            _talks(
                "consultations",
                "Who was consulted on the proposal itself?",
                "The public, users, staff or their unions, on whether and how to do it.",
                "Consultation",
            ),
            prose(
                "none",
                "If nobody was consulted, why not?",
                "Leave empty if you listed one above.",
                instead_of="consultations",
            ),
        ),
        intro=rules.engagement_rule,
        applies=screening.full_assessment(local),
    )


def _equality_engagement(local: tuple[Characteristic, ...], rules: RuleSet) -> Page:
    return Page(
        "equality-engagement",
        "Engagement on equality",
        (
            _talks(
                "engagements",
                "Who was asked what it would mean for equality?",
                "People who share a characteristic, or groups that speak for them. This is a different "
                "question from whether they like the proposal.",
                "Engagement",
            ),
            prose(
                "none",
                "If nobody was asked, why not?",
                "Leave empty if you listed one above.",
                instead_of="engagements",
            ),
        ),
        intro=rules.engagement_rule,
        applies=screening.full_assessment(local),
    )


def _talks(key: str, label: str, hint: str, item_name: str) -> Question:
    return Question(
        key,
        Kind.ITEMS,
        label,
        hint,
        item_name=item_name,
        items=(
            text("who", "Who was asked?", "Groups and roles, not names.", required=True),
            date("opened", "When did it open?", "For example, 3 10 2026"),
            date("closed", "When did it close?", "For example, 28 11 2026"),
            text("how", "How were they asked?", "For example: survey in six languages, two evening meetings."),
            Question("responses", Kind.NUMBER, "How many answered?", "On paper, online and at meetings together."),
            prose("said", "What did they say?", "Include what they said against the proposal."),
            prose("changed", "What changed because of it?", "If nothing changed, say why."),
        ),
    )
