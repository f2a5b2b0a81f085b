"""Other duties: what the law of the nation asks besides section 149, where it asks anything."""

from collections.abc import Iterator

from assessments.duty import screening
from assessments.duty.act import Characteristic
from assessments.duty.questionnaire.asking import choice, date, prose
from assessments.duty.questionnaire.options import YES_NO, YES_NO_UNKNOWN
from assessments.duty.questions import Page, Section, When
from assessments.duty.rulesets import SECTION_1, Nation, RuleSet


def other_duties_section(local: tuple[Characteristic, ...], rules: RuleSet) -> Section | None:
    """The section, or None under rules that add no questions."""
    pages = tuple(_pages(local, rules))
    if not pages:
        return None
    return Section("other-duties", "Other duties", pages, words=(SECTION_1,) if rules.socio_economic else ())


def _pages(local: tuple[Characteristic, ...], rules: RuleSet) -> Iterator[Page]:
    if rules.socio_economic:
        yield _socio_economic(local, rules)
    if rules.nation is Nation.WALES:
        yield _wales_report(local, rules)
    if rules.nation is Nation.SCOTLAND:
        yield _scotland_results(local, rules)


def _socio_economic(local: tuple[Characteristic, ...], rules: RuleSet) -> Page:
    is_strategic = When("strategic", frozenset({"yes"}))
    return Page(
        "socio-economic",
        rules.socio_economic,
        (
            choice(
                "strategic",
                "Is this a decision of a strategic nature?",
                YES_NO,
                "One that sets priorities, plans or budgets for a large part of what the council does.",
                required=True,
            ),
            prose(
                "inequality",
                "Which inequalities of outcome come from socio-economic disadvantage here?",
                "For example: in health, school results, work, housing or safety. Say who is worse off, and how you "
                "know.",
                when=is_strategic,
                required=True,
                good="In the three most deprived wards 41% of five-year-olds reach a good level of development, "
                "against 68% in the city (early years profile, 2025). Parents there have the longest journeys to a "
                "family hub.",
                poor="The city has high levels of deprivation.",
            ),
            prose(
                "reduce",
                "How could the decision reduce them?",
                "Say what was added or changed for it, what else you looked at, and why that was not done.",
                when=is_strategic,
                required=True,
            ),
        ),
        intro=rules.socio_economic_rule,
        applies=screening.full_assessment(local),
    )


def _wales_report(local: tuple[Characteristic, ...], rules: RuleSet) -> Page:
    is_substantial = When("substantial", frozenset({"yes"}))
    return Page(
        "wales-report",
        "Report of a substantial impact",
        (
            choice(
                "substantial",
                "Is the impact, or the likely impact, substantial?",
                YES_NO_UNKNOWN,
                "On how well the council can meet the duty in section 149. Ask the equality team if you are not sure.",
                required=True,
            ),
            prose(
                "purpose",
                "What is the purpose of the proposal?",
                "Regulation 8(2)(a). One paragraph that a resident would understand.",
                when=is_substantial,
                required=True,
            ),
            prose(
                "steps",
                "Which steps were taken to assess it?",
                "Regulation 8(2)(b). A summary: who looked at what, who was involved, and when.",
                when=is_substantial,
                required=True,
            ),
            prose(
                "information",
                "Which information was taken into account?",
                "Regulation 8(2)(c). A summary of the evidence and of what people said.",
                when=is_substantial,
                required=True,
            ),
            prose(
                "results",
                "What are the results of the assessment?",
                "Regulation 8(2)(d). Say who gains and who loses, and how much.",
                when=is_substantial,
                required=True,
            ),
            prose(
                "decisions",
                "What was decided because of these results?",
                "Regulation 8(2)(e). If nothing has been decided yet, say who will decide, and when.",
                when=is_substantial,
                required=True,
            ),
        ),
        intro=_publication(rules),
        applies=screening.full_assessment(local),
    )


def _scotland_results(local: tuple[Characteristic, ...], rules: RuleSet) -> Page:
    return Page(
        "scotland-results",
        "Results of the assessment",
        (
            prose(
                "results_used",
                "How were the results taken into account in the proposal?",
                "Say what was added, changed or dropped because of them. If nothing was, say why.",
                required=True,
            ),
            date(
                "publish_by",
                "By when will the results be published?",
                "A reasonable time after the decision. For example, 30 9 2026",
                required=True,
            ),
        ),
        intro=_publication(rules),
        applies=screening.full_assessment(local),
    )


def _publication(rules: RuleSet) -> str:
    return f"{rules.publication} The regulations are the {rules.regulations}."
