"""Checks 1, 2, 4, 5, 31 and 32: the proposal, screening, and software."""

from datetime import date

from tests.duty.due_regard.cases import SCREENED_OUT, case
from tests.duty.due_regard.examples import fails, passes, warns


def out(changes=None, **facts):
    return case(changes, base=SCREENED_OUT, **facts)


def exception(**answers):
    whole = {
        "id": "x1",
        "paragraph": "children",
        "characteristics": ["age"],
        "reason": "The proposal is about which lessons pupils of a school are offered.",
    }
    return case({"relevance-limbs": {"exceptions": [{**whole, **answers}]}})


EXAMPLES = (
    fails(1, "nothing is written", lambda: case(base={}), "proposal", "people", says="what will change"),
    fails(1, "the aims are left out", lambda: case({"proposal": {"aims": " "}}), "proposal", says="meant to achieve"),
    fails(
        1, "everyone is affected", lambda: case({"people": {"who": "All residents."}}), "people", says="with numbers"
    ),
    fails(1, "no group is ticked", lambda: case({"people": {"groups": []}}), "people", says="which groups"),
    fails(1, "it is screened out", lambda: out({"proposal": {"what": "As above."}}), "proposal"),
    passes(1, "a few plain words", lambda: case({"people": {"who": "About 212 regular library visitors."}})),
    warns(
        2,
        "the proposal was final before anybody asked",
        lambda: case({"decision": {"final": "2026-05-03"}}),
        "decision",
        says="final on 3 May 2026, before the assessment began on 4 May 2026",
    ),
    passes(2, "both on one day", lambda: case({"decision": {"final": "2026-05-04"}})),
    passes(2, "nobody knows yet when it is final", lambda: case({"decision": {"final": None}})),
    fails(
        4,
        "a “No” has a stock phrase for a reason",
        lambda: out({"relevance": {"sex_why": "Applies to everyone equally.", "race_why": "N/A"}}),
        "relevance",
        says="“Race” and “Sex”",
    ),
    fails(
        4, "a limb has no reason", lambda: out({"relevance-limbs": {"foster_why": ""}}), "relevance-limbs", says="(c)"
    ),
    fails(4, "nobody looked at anything", lambda: out({"screening-out": {"evidence": "None"}}), "screening-out"),
    fails(
        4, "nothing says when to look again", lambda: out({"screening-out": None}), "screening-out", says="look again"
    ),
    passes(4, "all reasons are given", out),
    passes(4, "it is assessed in full", lambda: case({"relevance": {"sex_why": "N/A"}})),
    fails(5, "Scotland", lambda: out(rules="scotland"), "screening-out", says="In Scotland"),
    passes(5, "Wales", lambda: out(rules="wales")),
    passes(5, "a full assessment in Scotland", lambda: case(rules="scotland")),
    fails(31, "no paragraph", lambda: exception(paragraph=""), "relevance-limbs", says="its paragraph of Schedule 18"),
    fails(31, "no reason", lambda: exception(reason="Not applicable"), "relevance-limbs", says="reason why it holds"),
    fails(31, "no characteristic", lambda: exception(characteristics=[]), "relevance-limbs", says="characteristics"),
    fails(
        31,
        "it takes out more than the paragraph does",
        lambda: exception(characteristics=["age", "race"]),
        "relevance-limbs",
        says="does not reach “Race”",
    ),
    passes(31, "a whole exception", exception),
    passes(31, "judicial functions name no characteristic", lambda: exception(paragraph="judicial")),
    passes(31, "an item that was never filled in", lambda: case({"relevance-limbs": {"exceptions": [{"id": "x1"}]}})),
    fails(
        32,
        "software sorts people and nobody asked about bias",
        lambda: case({"team": {"ai": "yes", "ai_bias": "No issues identified."}}),
        "team",
        says="who tested it for bias",
    ),
    fails(32, "nobody knows whether software sorts people", lambda: case({"team": {"ai": "unknown"}}), "team"),
    fails(
        32,
        "a tool wrote it and nobody checked",
        lambda: case({"team": {"ai_drafted": "yes", "ai_drafted_check": "Yes"}}),
        "team",
        says="who checked them",
    ),
    passes(
        32,
        "bias was tested, text was checked",
        lambda: case(
            {
                "team": {
                    "ai": "yes",
                    "ai_bias": "It ranks repairs. We compared 900 reports by age with the supplier in May 2026.",
                    "ai_drafted": "yes",
                    "ai_drafted_check": "A chat tool summed up comments; the centre manager read all 63 against it.",
                }
            }
        ),
    ),
    passes(32, "no software, and an old answer about bias", lambda: case({"team": {"ai": "no", "ai_bias": "None"}})),
    warns(
        3,
        "the planned day has passed",
        lambda: case(today=date(2026, 11, 11), changes={"outcome": {"review": "2027-10-01"}}),
        "decision",
        says="planned for 10 November 2026",
    ),
)
