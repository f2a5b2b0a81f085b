"""Checks 19 to 21, 33 and 34: the outcome and what follows it."""

from datetime import date

from tests.duty.due_regard.cases import approved, case, item
from tests.duty.due_regard.examples import fails, passes, warns
from tests.duty.due_regard.harm_examples import JUSTIFIED

HARMLESS = {"advance-disability": {"impact": ["positive"]}, "local-carers": {"impact": ["positive"]}}
KNOWN = {"advance-race": {"impact": ["positive"]}}
LATER = date(2027, 10, 2)


def outcome(changes=None, **answers):
    return case({**(changes or {}), "outcome": answers})


def risky(risk, slug="eliminate-race", answers=None, **its_outcome):
    return outcome({slug: {"impact": ["negative"], "risks": [risk], **(answers or {})}}, **its_outcome)


EXAMPLES = (
    fails(
        19,
        "it goes on without a word",
        lambda: outcome(outcome="continue"),
        "outcome",
        says="the legitimate aim, the alternatives",
    ),
    fails(
        19, "no lawyer was asked", lambda: outcome(**{**JUSTIFIED, "legal_review": ""}), "outcome", says="legal advice"
    ),
    fails(19, "nothing is in proportion", lambda: outcome(**{**JUSTIFIED, "proportionality": "None"}), "outcome"),
    passes(19, "it is justified", lambda: outcome(**JUSTIFIED)),
    passes(19, "it is adjusted", lambda: outcome(aim="", alternatives="")),
    fails(
        20,
        "nothing changes",
        lambda: risky("indirect", outcome="no-change"),
        "eliminate-race",
        says="indirect discrimination under “Race”",
    ),
    fails(20, "harassment goes on", lambda: risky("harassment", **JUSTIFIED), "eliminate-race", says="harassment"),
    fails(20, "direct discrimination goes on", lambda: risky("direct", **JUSTIFIED), "eliminate-race"),
    fails(
        20,
        "a rule goes on that no lawyer saw",
        lambda: risky("indirect", **{**JUSTIFIED, "legal_review": ""}),
        "eliminate-race",
    ),
    fails(
        20,
        "no adjustment is made",
        lambda: risky("adjustments", "eliminate-disability", {"reasonable_adjustments": "None"}, **JUSTIFIED),
        "eliminate-disability",
        says="a reasonable adjustment that is not made",
    ),
    passes(20, "adjustments are made", lambda: risky("adjustments", "eliminate-disability", **JUSTIFIED)),
    passes(20, "a rule that can be justified, with advice", lambda: risky("indirect", **JUSTIFIED)),
    passes(20, "it is adjusted", lambda: risky("harassment", outcome="adjust")),
    fails(
        21,
        "serious harm is left, and nothing changes",
        lambda: outcome({**KNOWN, "advance-disability": {"residual": "high"}}, outcome="no-change"),
        "outcome",
        says="harm under “Disability”, limb (b)",
    ),
    fails(
        21,
        "an unknown is yet to be asked about, and nothing changes",
        lambda: case({"outcome": {"outcome": "no-change"}, **item("gaps", "gaps", response="enquiry")}),
        "outcome",
        says="“Race”, limb (b) is not known yet",
    ),
    fails(21, "it goes on despite no harm", lambda: outcome({**HARMLESS, **KNOWN}, **JUSTIFIED), "outcome"),
    fails(
        21,
        "it is stopped for nothing",
        lambda: outcome({**HARMLESS, **KNOWN}, outcome="stop"),
        "outcome",
        says="stop the proposal, but no finding is negative",
    ),
    fails(
        21,
        "it is adjusted, and nothing was",
        lambda: outcome({"actions": None}, outcome="adjust", what_changed=""),
        "outcome",
        says="Say what changed",
    ),
    passes(21, "little harm is left", lambda: outcome(KNOWN, outcome="no-change")),
    passes(21, "what is unknown is planned to be watched", lambda: outcome(HARMLESS, outcome="no-change")),
    passes(21, "an action is an adjustment", lambda: outcome(what_changed="")),
    passes(
        21,
        "a risk alone can be a reason to stop",
        lambda: risky("direct", answers={"impact": ["none"]}, outcome="stop"),
    ),
    fails(33, "nobody watches", lambda: outcome(monitor=" "), "outcome", says="who will watch"),
    fails(33, "there is no day", lambda: outcome(review=None), "outcome", says="when it will be reviewed"),
    fails(33, "the day has passed in a draft", lambda: outcome(review="2026-10-04"), "outcome", says="has passed"),
    warns(33, "the review is overdue", lambda: approved(today=LATER), "outcome", says="due on 1 October 2027"),
    passes(33, "it is due today", lambda: approved(today=date(2027, 10, 1))),
    warns(
        34,
        "a saving by itself",
        lambda: case({"proposal": {"type": "budget-saving"}, "together": {"cumulative": "None identified."}}),
        "together",
        says="other savings, closures or changes",
    ),
    warns(34, "a round", lambda: case({"decision": {"round": "2027-28"}, "together": {"cumulative": ""}}), "together"),
    warns(34, "a link", lambda: case({"together": {"linked": "EIA-2026-0007", "cumulative": "N/A"}}), "together"),
    passes(34, "a saving among others", lambda: case({"proposal": {"type": "budget-saving"}})),
    passes(34, "no saving and no link", lambda: case({"together": {"cumulative": ""}})),
)
