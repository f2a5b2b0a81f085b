"""What screening may leave out, and on what grounds."""

from collections.abc import Iterator

from assessments.duty import act, screening
from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin
from assessments.duty.due_regard.sentences import joined, listed
from assessments.duty.due_regard.sheet import Sheet

_TAKES_OUT = {"children": (act.AGE,), "immigration": (act.AGE, act.RACE, act.RELIGION_OR_BELIEF)}
"""The characteristics that a paragraph of Schedule 18 reaches: 1(1) and 2(1). Other paragraphs name none."""


def screening_out_is_reasoned(case: Case) -> Iterator[Gap]:
    """Check 4. *Bridges*: neutral is not assumed to be neutral. Who approves it is for check 29."""
    if not case.is_screened_out:
        return
    relevance, limbs = case.sheets[screening.CHARACTERISTICS_PAGE], case.sheets[screening.LIMBS_PAGE]
    if unreasoned := unreasoned_characteristics(relevance):
        yield Gap(give_reason(unreasoned), relevance.slug)
    if unreasoned := unreasoned_limbs(limbs):
        yield Gap(give_reason(unreasoned), limbs.slug)
    texts = {
        "reasons": "why the proposal has no bearing on equality",
        "evidence": "what you looked at",
        "revisit": "what would make you look again",
    }
    out = case.sheets["screening-out"]
    if thin := [words for key, words in texts.items() if is_thin(out.text(key))]:
        yield Gap(f"Say {listed(thin)}.", out.slug)


def screening_may_take_its_place(case: Case) -> Iterator[Gap]:
    """Check 5. The rule set says whether a screening can stand in place of an assessment. In Scotland it cannot."""
    if case.is_screened_out and not case.rules.screening_counts:
        yield Gap(
            f"{case.rules.screening_caution} Change a “No” about relevance to “I don’t know”, and assess it in full.",
            "screening-out",
        )


def exceptions_are_named(case: Case) -> Iterator[Gap]:
    """Check 31. An exception of Schedule 18 is narrow: it is named, it has a reason, and it takes out no more."""
    sentences = []
    for number, exception in enumerate(case.sheets[screening.LIMBS_PAGE].items("exceptions"), start=1):
        paragraph, taken_out = exception.text("paragraph"), exception.chosen("characteristics")
        missing = [] if paragraph else ["its paragraph of Schedule 18"]
        if not taken_out:
            missing.append("its characteristics")
        if is_thin(exception.text("reason")):
            missing.append("the reason why it holds here")
        if missing:
            sentences.append(f"For exception {number}, give {listed(missing)}.")
        if too_many := set(taken_out) - {each.slug for each in _TAKES_OUT.get(paragraph, case.form.characteristics)}:
            names = listed([f"“{each.name}”" for each in case.form.characteristics if each.slug in too_many])
            sentences.append(f"Exception {number} does not reach {names or 'all that you ticked'}: take that out.")
    if sentences:
        yield Gap(joined(sentences), screening.LIMBS_PAGE)


def unreasoned_characteristics(relevance: Sheet) -> list[str]:
    """The names of the Act's eight characteristics with a “No” that has no particular reason."""
    return [
        each.name
        for each in act.RELEVANT_CHARACTERISTICS
        if relevance.text(each.slug) == "no" and is_thin(relevance.text(f"{each.slug}_why"))
    ]


def unreasoned_limbs(limbs: Sheet) -> list[str]:
    """The limbs with a “No” that has no particular reason."""
    return [
        f"limb ({limb.letter})"
        for limb in act.LIMBS
        if limbs.text(limb.slug) == "no" and is_thin(limbs.text(f"{limb.slug}_why"))
    ]


def give_reason(names: list[str]) -> str:
    """The message for a “No” without a reason."""
    quotes = listed([name if name.startswith("limb") else f"“{name}”" for name in names])
    return f"Say how you know that the proposal makes no difference under {quotes}, or answer “I don’t know”."
