"""Checks 35 to 37: what is published."""

from datetime import date

from assessments.duty.due_regard import Limits
from tests.duty.due_regard.cases import LIMITS, SCREENED_OUT, TODAY, approved, case, item, relevant
from tests.duty.due_regard.examples import fails, passes, warns

REPORT = {
    "substantial": "yes",
    "purpose": "To keep the centre open on fewer days.",
    "steps": "Officers and the self-advocacy group met in July and August 2026.",
    "information": "Attendance of a year, 41 support plans, 63 answers.",
    "results": "22 people lose a day, and most of the harm can be lessened.",
    "decisions": "Cabinet decides on 10 November 2026.",
}


def report(**answers):
    return case({"wales-report": {**REPORT, **answers}}, rules="wales")


def results(rules="scotland", **answers):
    return case({"scotland-results": answers}, rules=rules)


def known(text, slug="evidence-disability"):
    return case({slug: {"know": text}})


def published(link, rules):
    day = date(2026, 12, 1)
    return approved({"wales-report": REPORT}, rules=rules, published=day, published_link=link, today=day)


def council(information, objectives, rules="england"):
    return case(limits=Limits(information=information, objectives=objectives), rules=rules)


EXAMPLES = (
    fails(
        35,
        "an element of the Welsh report is missing",
        lambda: report(results="", decisions="TBC"),
        "wales-report",
        says="the results and the decisions",
    ),
    fails(
        35, "nobody says whether it is substantial", lambda: report(substantial="unknown"), "wales-report", says="ask"
    ),
    passes(35, "all five elements", report),
    passes(35, "the impact is not substantial", lambda: report(substantial="no", results="")),
    fails(
        35, "Scottish results were not used", lambda: results(results_used="None"), "scotland-results", says="account"
    ),
    fails(35, "Scottish results have no day", lambda: results(publish_by=None), "scotland-results", says="by when"),
    warns(
        35,
        "Scottish results are late",
        lambda: approved(rules="scotland", today=date(2027, 1, 1)),
        "",
        says="by 31 December 2026",
    ),
    passes(35, "Scottish results are due today", lambda: approved(rules="scotland", today=date(2026, 12, 31))),
    fails(35, "nobody can find it", lambda: published("", "wales"), "", says="web address"),
    passes(35, "everybody can find it", lambda: published("https://council.example/eia", "wales")),
    passes(35, "England obliges nobody to publish it", lambda: published("", "england")),
    passes(35, "screening out has no report", lambda: case(base=SCREENED_OUT, rules="wales")),
    fails(36, "so few are affected", lambda: case({"people": {"number": 4}}), "people", says="fewer than 5"),
    fails(
        36,
        "few are affected in one ward",
        lambda: case({"people": {"number": 9, "wards": ["1"]}}),
        "people",
        says="fewer than 10",
    ),
    fails(
        36,
        "so few answered",
        lambda: case(item("equality-engagement", "engagements", responses=3)),
        "equality-engagement",
        says="Leave it out",
    ),
    fails(
        36, "so few are counted", lambda: known("3 of the 45 users are blind."), "evidence-disability", says="“3 of the"
    ),
    fails(
        36,
        "a share gives it away",
        lambda: known("8% of the 45 users are blind."),
        "evidence-disability",
        says="“8% of",
    ),
    fails(
        36,
        "the limit is higher for what is most private",
        lambda: case(
            {**relevant("gender-reassignment"), "evidence-gender-reassignment": {"told": "7 trans people came."}}
        ),
        "evidence-gender-reassignment",
        says="fewer than 10",
    ),
    warns(
        36, "so few, in words", lambda: known("Two blind users need a guide."), "evidence-disability", says="“Two blind"
    ),
    passes(36, "a bound", lambda: known("Fewer than 5 people and at most three users are blind, of under 4 families.")),
    passes(36, "a rate", lambda: known("One user in ten is blind, and one in four people in the city is over 60.")),
    passes(36, "a label", lambda: known("Year 4 pupils and key stage 2 pupils visit for 2 hours, with 11 staff.")),
    passes(
        36, "as many as the limit", lambda: known("5 users, or 10% of the 50 users, are blind, and 0% of the 9 staff.")
    ),
    passes(
        36,
        "as many as the limit came and answered",
        lambda: case({"people": {"number": 5}, **item("consultation", "consultations", responses=5)}),
    ),
    passes(36, "nobody", lambda: case({"people": {"number": 0}, **item("consultation", "consultations", responses=0)})),
    passes(36, "enough in two wards", lambda: case({"people": {"number": 9, "wards": ["1", "2"]}})),
    warns(37, "nothing was ever published", lambda: council(None, None), "", says="information is due every year"),
    warns(37, "information is over a year old", lambda: council(date(2025, 10, 4), LIMITS.objectives), ""),
    warns(37, "objectives are over four years old", lambda: council(TODAY, date(2022, 10, 4)), "", says="four years"),
    passes(37, "a year to the day", lambda: council(date(2025, 10, 5), date(2022, 10, 5))),
    passes(37, "Scotland has two years", lambda: council(date(2024, 10, 5), LIMITS.objectives, "scotland")),
    passes(37, "what was fresh at the approval stays so", lambda: approved(today=date(2029, 1, 1))),
)
