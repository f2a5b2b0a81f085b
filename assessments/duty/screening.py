"""What the relevance answers decide: a full assessment, of what, or a record that none is needed."""

from collections.abc import Callable
from enum import Enum

from assessments.duty import act
from assessments.duty.act import Characteristic, Limb
from assessments.duty.questions import Answers

CHARACTERISTICS_PAGE = "relevance"
LOCAL_PAGE = "relevance-local"
LIMBS_PAGE = "relevance-limbs"

OPEN = frozenset({"yes", "unknown"})
"""“I don’t know” means a full look: *Bridges*, neutral is not assumed to be neutral."""


class Outcome(Enum):
    """Where screening has led so far."""

    UNDECIDED = "undecided"
    FULL = "full"
    SCREENED_OUT = "screened-out"


def _answer(answers: Answers, page: str, key: str) -> str | None:
    value = answers.get(page, {}).get(key)
    return value if isinstance(value, str) else None


def answer_for(answers: Answers, characteristic: Characteristic) -> str | None:
    """What screening said of a characteristic: yes, no, unknown, or None when not yet answered."""
    page = LOCAL_PAGE if characteristic.is_local else CHARACTERISTICS_PAGE
    return _answer(answers, page, characteristic.slug)


def is_relevant(answers: Answers, characteristic: Characteristic) -> bool:
    """Whether a characteristic is looked at in full."""
    return answer_for(answers, characteristic) in OPEN


def limb_is_open(answers: Answers, limb: Limb) -> bool:
    """Whether a limb is looked at in full. Unanswered counts as open: only a reasoned “No” settles it."""
    return _answer(answers, LIMBS_PAGE, limb.slug) != "no"


def outcome(answers: Answers, local: tuple[Characteristic, ...]) -> Outcome:
    """Full as soon as one answer is yes or unknown; screened out only when every answer is no."""
    given = [answer_for(answers, each) for each in (*act.CHARACTERISTICS, *local)]
    given += [_answer(answers, LIMBS_PAGE, limb.slug) for limb in act.LIMBS]
    if any(each in OPEN for each in given):
        return Outcome.FULL
    if all(each == "no" for each in given):
        return Outcome.SCREENED_OUT
    return Outcome.UNDECIDED


def full_assessment(local: tuple[Characteristic, ...]) -> Callable[[Answers], bool]:
    """A page's `applies`: asked only in a full assessment."""
    return lambda answers: outcome(answers, local) is Outcome.FULL


def contradiction(answers: Answers, local: tuple[Characteristic, ...]) -> str | None:
    """What is at odds in the relevance answers, in words for the officer, or None.

    A limb that matters must matter to somebody, and a protected characteristic that matters must do so under some
    limb; otherwise no finding would be asked for.
    """
    if outcome(answers, local) is not Outcome.FULL:
        return None
    cells = [(each, limb) for each, limb in act.MATRIX if is_relevant(answers, each) and limb_is_open(answers, limb)]
    for limb in act.LIMBS:
        if _answer(answers, LIMBS_PAGE, limb.slug) in OPEN and limb not in [each for _, each in cells]:
            return (
                f"You said that limb ({limb.letter}) matters, but no protected characteristic does. Change at least "
                f"one characteristic to “Yes” or “I don’t know”, or limb ({limb.letter}) to “No”."
            )
    for characteristic in act.CHARACTERISTICS:
        if is_relevant(answers, characteristic) and characteristic not in [each for each, _ in cells]:
            return (
                f"You said that {characteristic.name.lower()} matters, but no limb of the duty that covers it does. "
                f"Change a limb to “Yes” or “I don’t know”, or {characteristic.name.lower()} to “No”."
            )
    return None
