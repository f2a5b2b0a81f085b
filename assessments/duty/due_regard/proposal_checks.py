"""What is proposed, when the assessment began, and what part a machine has in either."""

from collections.abc import Iterator

from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin
from assessments.duty.due_regard.sentences import joined, listed, on


def proposal_is_described(case: Case) -> Iterator[Gap]:
    """Check 1. The EHRC's first step: what is proposed, why, and who would notice."""
    proposal, people = case.sheets["proposal"], case.sheets["people"]
    texts = {"what": "what will change", "aims": "what it is meant to achieve"}
    if thin := [words for key, words in texts.items() if is_thin(proposal.text(key))]:
        yield Gap(f"Describe the proposal: say {listed(thin)}.", "proposal")
    missing = [] if people.chosen("groups") else ["which groups would notice the change"]
    if is_thin(people.text("who")):
        missing.append("who they are, with numbers")
    if missing:
        yield Gap(f"Describe the people affected: say {listed(missing)}.", "people")


def assessment_began_in_time(case: Case) -> Iterator[Gap]:
    """Check 2. *Kaur and Shah*: the assessment comes before the proposal is settled."""
    final = case.sheets["decision"].day("final")
    if final and final < case.started:
        yield Gap(
            f"The proposal was final on {on(final)}, before the assessment began on {on(case.started)}. Keep the "
            "proposal open until the assessment is approved, and change the date.",
            "decision",
        )


def machines_are_looked_into(case: Case) -> Iterator[Gap]:
    """Check 32. *Bridges*: bias in software is asked about. A person answers for what a machine wrote."""
    team = case.sheets["team"]
    missing = []
    if team.text("ai") in ("yes", "unknown") and is_thin(team.text("ai_bias")):
        missing.append(
            "Say what the software decides, who tested it for bias, how and when. If you do not know, ask the supplier."
        )
    if team.text("ai_drafted") == "yes" and is_thin(team.text("ai_drafted_check")):
        missing.append("Say which parts were drafted with artificial intelligence, with what, and who checked them.")
    if missing:
        yield Gap(joined(missing), "team")
