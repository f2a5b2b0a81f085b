"""Checks 12 to 14 and 16 to 18: evidence, gaps, harm."""

from datetime import date

from assessments.duty.due_regard import Limits
from tests.duty.due_regard.cases import APPROVAL, LIMITS, approved, case, item
from tests.duty.due_regard.examples import fails, passes, warns

JUSTIFIED = {
    "outcome": "continue",
    "aim": "A centre that the council can pay for in three years’ time.",
    "alternatives": "Closing it, or sharing it with the hospital: neither keeps the staff.",
    "proportionality": "One day goes, which on most weeks was half empty, and four stay.",
    "legal_review": "Senior lawyer, 12 September 2026",
}


def cell(slug, **answers):
    return case({slug: answers})


def gap(**answers):
    return case(item("gaps", "gaps", **answers))


def source(**answers):
    return case(item("sources", "sources", **answers))


EXAMPLES = (
    fails(
        12,
        "nothing is ticked",
        lambda: cell("foster-disability", evidence=[]),
        "foster-disability",
        says="no impact under “Disability”, limb (c)",
    ),
    fails(
        12,
        "what was ticked is not in the list any more",
        lambda: cell("foster-disability", evidence=["gone"]),
        "foster-disability",
    ),
    warns(
        12,
        "a local characteristic is no part of the duty",
        lambda: cell("local-carers", impact=["none"]),
        "local-carers",
        says="locally adopted, not section 149",
    ),
    passes(12, "a declared gap is enough", lambda: cell("foster-race", evidence=[])),
    passes(12, "help and harm are not “none”", lambda: cell("foster-disability", impact=["positive"], evidence=[])),
    warns(13, "no source is listed", lambda: case({"sources": None}), "sources", says="List the evidence"),
    warns(
        13,
        "a source has a name alone",
        lambda: source(publisher="", dated=None, coverage=""),
        "sources",
        says="Say of “Attendance system”: who made it, its date and whom it covers.",
    ),
    warns(13, "figures of four years ago", lambda: source(dated="2022-06-30"), "sources", says="is from 2022"),
    passes(13, "three years to the day", lambda: source(dated="2023-10-05")),
    passes(13, "the newest Census there is", lambda: source(title="Census 2021, TS021", dated="2021-03-21")),
    warns(
        13,
        "a Census before the last",
        lambda: source(title="Census 2011", dated="2011-03-27"),
        "sources",
        says="is from 2011",
    ),
    passes(
        13,
        "the council allows ten years",
        lambda: case(item("sources", "sources", dated="2021-03-21"), limits=Limits(10, 5, 10, LIMITS.information)),
    ),
    passes(
        13,
        "what was fresh at its approval stays so",
        lambda: approved(item("sources", "sources", dated="2023-10-02"), today=date(2029, 2, 1)),
    ),
    fails(
        14,
        "an enquiry without a day",
        lambda: gap(response="enquiry", due=None),
        "gaps",
        says="whom you ask about “Whether people from minority ethnic groups lose a day more…”",
    ),
    fails(14, "an enquiry of nobody", lambda: gap(response="enquiry", detail=""), "gaps", says="Say whom you ask"),
    passes(14, "an enquiry of somebody, by a day", lambda: gap(response="enquiry")),
    fails(14, "an action without a day", lambda: gap(due=""), "gaps", says="Give the date"),
    fails(14, "no reason why not", lambda: gap(response="reason", detail="N/A"), "gaps", says="out of proportion"),
    fails(14, "no response at all", lambda: gap(response=""), "gaps", says="Say what you will do about"),
    fails(14, "an unknown that nobody declared", lambda: case({"gaps": None}), "gaps", says="under “Race”"),
    passes(
        14, "a reason in proportion", lambda: gap(response="reason", detail="A survey of 41 people would cost £6,000.")
    ),
    passes(14, "nothing is unknown", lambda: case({"gaps": None, "advance-race": {"impact": ["none"]}})),
    fails(
        16,
        "nobody counted",
        lambda: cell("advance-disability", extent="Not known."),
        "advance-disability",
        says="Say how many people are affected under “Disability”, limb (b)",
    ),
    fails(
        16, "nobody weighed", lambda: cell("advance-disability", severity=""), "advance-disability", says="how severe"
    ),
    warns(16, "local harm is not weighed", lambda: cell("local-carers", severity=""), "local-carers"),
    passes(
        16,
        "it is not known, and how it will be",
        lambda: cell("advance-disability", extent="Not known; key workers count by May."),
    ),
    passes(
        16, "help needs no severity", lambda: cell("advance-disability", impact=["positive"], severity="", extent="")
    ),
    fails(
        17,
        "nothing is done about it",
        lambda: cell("advance-disability", mitigation="We will monitor the situation."),
        "advance-disability",
        says="remove or lessen",
    ),
    fails(
        17,
        "no action answers it",
        lambda: case(item("actions", "actions", finding=["local-carers"])),
        "advance-disability",
        says="an action with an owner and a date",
    ),
    fails(
        17,
        "the action has no owner",
        lambda: case(item("actions", "actions", owner="", finding=["advance-disability", "local-carers"])),
        "advance-disability",
        "local-carers",
    ),
    fails(
        17,
        "it goes on without a justification",
        lambda: case({"actions": None, "outcome": {**JUSTIFIED, "aim": "", "outcome": "continue"}}),
        "advance-disability",
        "local-carers",
    ),
    passes(17, "it is justified", lambda: case({"actions": None, "outcome": JUSTIFIED})),
    passes(17, "it is stopped", lambda: case({"actions": None, "outcome": {"outcome": "stop"}})),
    warns(
        18,
        "nobody says what is left",
        lambda: case({"advance-disability": {"residual": ""}, "local-carers": {"residual": "unknown"}}),
        "advance-disability",
        "local-carers",
        says="how much harm is left",
    ),
    passes(18, "nothing is left", lambda: cell("advance-disability", residual="none")),
    passes(14, "the gap is a local one, nothing else is unknown", lambda: gap(characteristics=["carers", "race"])),
    passes(13, "an approved one keeps its day", lambda: approved(approval=APPROVAL)),
)
