"""Checks 3, 24 to 27 and 29: the approval and the decision."""

from dataclasses import replace
from datetime import date

from assessments.duty.decision import Decided, Decision, DecisionMaker, Supplied
from assessments.duty.lifecycle import Role
from tests.duty.due_regard.cases import APPROVAL, DECISION, SCREENED_OUT, approved, case, decided
from tests.duty.due_regard.examples import fails, passes, warns

WAITING = DecisionMaker("Cabinet member for finance", "2026-10-30T09:00:00")


def record(check, story, says="", **facts):
    """An example in which the record of the decision lacks something."""
    return fails(check, story, lambda: decided(**facts), "", says=says)


EXAMPLES = (
    fails(
        3,
        "it was decided and never approved",
        lambda: case(decision=DECISION, today=date(2026, 11, 20)),
        "",
        says="without an approved assessment",
    ),
    fails(
        3,
        "it was approved too late",
        lambda: approved(decision=DECISION, approval=replace(APPROVAL, on=date(2026, 11, 11))),
        "",
        says="retrospective",
    ),
    passes(
        3, "on the same day", lambda: approved(decision=DECISION, approval=replace(APPROVAL, on=date(2026, 11, 10)))
    ),
    passes(3, "a draft before its day", case),
    passes(3, "a record that was only begun", lambda: case(decision=Decision(body="Cabinet", meets_on="2026-11-10"))),
    record(24, "the report has no reference", "reference of the report", report_reference=" "),
    record(24, "nobody says when it was supplied", "which version was supplied", supplied_on=""),
    record(24, "another version was supplied", "not version 3", supplied_version=2),
    record(24, "another text was supplied", "not version 3", supplied_digest="4" * 64),
    record(24, "a summary was supplied", "a summary is not enough", supplied_how=Supplied.SUMMARY),
    record(24, "nobody says how it was supplied", "supplied in full", supplied_how=""),
    record(24, "it was supplied after the decision", "after the decision", supplied_on="2026-11-11"),
    fails(24, "it is approved and not yet supplied", approved, ""),
    passes(24, "a link that members were told to read", lambda: decided(supplied_how=Supplied.LINKED)),
    passes(24, "a draft has nothing to supply", lambda: case(decision=Decision(body="Cabinet"))),
    passes(24, "screening out ends without a decision", lambda: approved(base=SCREENED_OUT)),
    record(25, "nobody is named", "Name those who decide", makers=()),
    record(25, "one has not read it", "Cabinet member for finance", makers=(*DECISION.makers, WAITING)),
    record(
        25,
        "one read it after the decision",
        "only after the decision",
        makers=(replace(WAITING, acknowledged="2026-11-11T00:30:00+00:00"),),
    ),
    record(25, "a formula stands in place of the words", "the words of section 149", carries_section_149=False),
    record(25, "nobody looked for the words", "the words of section 149", carries_section_149=None),
    passes(25, "all read it before", decided),
    passes(25, "a draft has nobody to ask", case),
    warns(26, "the minute is silent", lambda: decided(weighed="As above"), "", says="weighed"),
    passes(26, "the minute says it", decided),
    passes(26, "nothing is decided yet", approved),
    record(27, "the dates differ", "dates", same_dates=False),
    record(27, "nobody compared", "scope, dates and options", same_scope=None, same_dates=None, same_options=None),
    passes(27, "it is the same", decided),
    passes(27, "nothing was agreed", lambda: decided(decided=Decided.REFUSED, same_scope=None)),
    passes(27, "nothing is decided yet", approved),
    fails(
        29,
        "the author approved it",
        lambda: approved(approval=replace(APPROVAL, is_author=True)),
        "",
        says="somebody else",
    ),
    fails(
        29, "an officer approved it", lambda: approved(approval=replace(APPROVAL, role=Role.OFFICER)), "", says="role"
    ),
    passes(
        29,
        "the equality lead approved a screening",
        lambda: approved(base=SCREENED_OUT, approval=replace(APPROVAL, role=Role.EQUALITY_LEAD)),
    ),
    passes(29, "nobody has approved a draft", case),
)
