"""What differs between two documents besides the answers: what the checks found, and the decision."""

from dataclasses import replace

from assessments.duty.decision import Decision
from assessments.duty.difference import compare
from assessments.duty.document import Document
from assessments.duty.finding import Finding, Level, Override
from assessments.duty.lifecycle import Stage
from tests.duty.samples import document, screening

ONE_CELL = screening({"age": "yes"}, {"foster": "yes"})


def found(*findings: Finding) -> Document:
    return replace(document(ONE_CELL), findings=findings)


THIN = Finding(1, Level.BLOCK, Stage.APPROVAL, "Describe the proposal.", "proposal", "proposal", "Brown")
HARM = Finding(16, Level.BLOCK, Stage.APPROVAL, "Say how many.", "foster", "foster-age", "Bracking")
DUTY = Finding(29, Level.WARN, Stage.DECISION, "Name the decision-makers.", "", "", "Hunt")


def findings_of(before: Document, after: Document) -> list[tuple]:
    return [(each.check, each.page, each.kind) for each in compare(before, after).findings]


def test_a_finding_that_is_gone_and_one_that_is_new_are_told_with_the_page_that_mends_them():
    before, after = found(THIN, HARM), found(HARM, DUTY)
    assert findings_of(before, after) == [(1, "What is proposed", "removed"), (29, "", "added")]
    gone, new = compare(before, after).findings
    assert (gone.before, gone.after, new.before, new.after) == (THIN, None, None, DUTY)
    assert compare(before, after).finding_counts == {"added": 1, "removed": 1, "changed": 0}
    assert not compare(before, after).is_empty
    assert compare(after, after).is_empty


def test_a_finding_that_asks_for_something_else_is_told_as_changed():
    less = replace(THIN, message="Say what will change.")
    assert findings_of(found(THIN), found(less)) == [(1, "What is proposed", "changed")]


def test_a_finding_that_was_overridden_is_told_as_changed():
    overridden = replace(THIN, override=Override("Equality lead", "2026-03-05", "Seen"))
    assert findings_of(found(THIN), found(overridden)) == [(1, "What is proposed", "changed")]


def test_of_several_findings_of_one_check_the_one_that_went_is_told():
    other = replace(DUTY, message="Say how it was weighed.")
    (gone,) = compare(found(DUTY, other), found(other)).findings
    assert gone.before == DUTY


def test_findings_in_another_order_or_with_another_citation_are_the_same():
    assert compare(found(THIN, HARM), found(HARM, replace(THIN, authority="Brown, principle 2"))).is_empty


# The decision


DECIDED = Decision(
    supplied_version=2, supplied_on="2026-03-05", supplied_digest="ab", decided="agreed", decided_on="2026-03-09"
)


def test_what_was_supplied_and_decided_are_facts():
    before, after = document(ONE_CELL), replace(document(ONE_CELL), decision=DECIDED)
    facts = {fact.label: (fact.before, fact.after) for fact in compare(before, after).facts}
    assert facts == {
        "Version supplied to the decision": ("", "Version 2, on 5 March 2026"),
        "Decision": ("", "Agreed as proposed, on 9 March 2026"),
    }
    assert compare(after, after).is_empty


def test_a_decision_without_its_day_is_told_too():
    half = replace(document(ONE_CELL), decision=replace(DECIDED, decided_on="", supplied_version=0))
    (fact,) = compare(document(ONE_CELL), half).facts
    assert fact.after == "Agreed as proposed"
