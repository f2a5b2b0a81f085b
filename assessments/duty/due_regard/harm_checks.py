"""Negative impacts: how bad, for whom, and what is done about them."""

from collections.abc import Iterator

from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin, weight
from assessments.duty.due_regard.sentences import listed
from assessments.duty.due_regard.sheet import Given, Sheet

JUSTIFICATION = {
    "aim": "the legitimate aim",
    "alternatives": "the alternatives that you considered",
    "proportionality": "why the harm is in proportion to the aim",
}
"""What has to be said of harm that stays, by the key of its answer under the outcome."""


def harm_is_measured(case: Case) -> Iterator[Gap]:
    """Check 16. *Bracking* and *Hotak*: how severe, how many, who."""
    for cell in _negative(case):
        missing = [] if cell.text("severity") else ["how severe the harm is"]
        if not weight(cell.text("extent")):
            missing.append("how many people are affected")
        if missing:
            yield Gap(
                f"Say {listed(missing)} under {cell.name}, or that you do not know and how you will find out.",
                cell.slug,
                cell.weight,
            )


def harm_is_answered(case: Case) -> Iterator[Gap]:
    """Check 17. *Bracking*: each harm has steps against it, owned and dated, or a justification.

    A proposal that is stopped does no harm.
    """
    if case.outcome == "stop" or (case.outcome == "continue" and not unjustified(case)):
        return
    for cell in _negative(case):
        if is_thin(cell.text("mitigation")):
            yield Gap(
                f"Say what you will do to remove or lessen the harm under {cell.name}, or recommend to continue and "
                "justify it.",
                cell.slug,
                cell.weight,
            )
        elif not any(_is_owned(action) for action in _actions(case) if cell.slug in action.chosen("finding")):
            yield Gap(
                f"Add an action with an owner and a date that answers the harm under {cell.name}.",
                cell.slug,
                cell.weight,
            )


def harm_that_is_left_is_known(case: Case) -> Iterator[Gap]:
    """Check 18. *Bracking*: those who decide know what harm is left."""
    for cell in _negative(case):
        if cell.text("residual") in ("", "unknown"):
            yield Gap(f"Say how much harm is left after what you will do, under {cell.name}.", cell.slug)


def unjustified(case: Case) -> list[str]:
    """What the justification of harm that stays lacks, in words."""
    outcome = case.sheets["outcome"]
    return [words for key, words in JUSTIFICATION.items() if is_thin(outcome.text(key))]


def _negative(case: Case) -> Iterator[Sheet]:
    return (cell for cell in case.cells if cell.is_negative)


def _actions(case: Case) -> tuple[Given, ...]:
    return case.sheets["actions"].items("actions") if "actions" in case.sheets else ()


def _is_owned(action: Given) -> bool:
    return bool(action.text("owner") and action.day("due"))
