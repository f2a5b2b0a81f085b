"""The eight characteristics and the three limbs of section 149: each one looked at, in its own right."""

from collections.abc import Iterator, Mapping

from assessments.duty import act, screening
from assessments.duty.act import Limb
from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin
from assessments.duty.due_regard.screening_checks import give_reason, unreasoned_characteristics, unreasoned_limbs
from assessments.duty.due_regard.sentences import joined, listed
from assessments.duty.due_regard.sheet import Sheet


def characteristics_have_a_finding(case: Case) -> Iterator[Gap]:
    """Check 6. Each of the eight has a reasoned “No”, or a finding under some limb. Check 8 looks at each limb."""
    if case.is_screened_out:
        return
    relevance = case.sheets[screening.CHARACTERISTICS_PAGE]
    sentences = []
    if unanswered := [each.name for each in act.RELEVANT_CHARACTERISTICS if not relevance.text(each.slug)]:
        sentences.append(f"Say whether the proposal could matter under {_names(unanswered)}, and why.")
    if unreasoned := unreasoned_characteristics(relevance):
        sentences.append(give_reason(unreasoned))
    relevant = [each for each in act.RELEVANT_CHARACTERISTICS if screening.is_relevant(case.answers, each)]
    if without := [each.name for each in relevant if not case.cells_of(each)]:
        sentences.append(f"No limb is open for {_names(without)}: answer “I don’t know” to a limb that could matter.")
    if sentences:
        yield Gap(joined(sentences), relevance.slug)
    for characteristic in relevant:
        cells = case.cells_of(characteristic)
        if cells and not any(cell.is_answered for cell in cells):
            yield Gap(
                f"Say what the proposal means under “{characteristic.name}”, and why: no limb is answered yet.",
                cells[0].slug,
            )


def marriage_is_about_work(case: Case) -> Iterator[Gap]:
    """Check 7. Marriage and civil partnership stands under limb (a) alone, which in practice means at work.

    The questions leave no room for the other limbs. What can go wrong is that it is found relevant to a proposal that
    touches no staff.
    """
    groups = case.sheets["people"].chosen("groups")
    answer = screening.answer_for(case.answers, act.MARRIAGE_AND_CIVIL_PARTNERSHIP)
    if answer == "yes" and groups and "staff" not in groups:
        yield Gap(
            "Marriage and civil partnership counts under limb (a) alone, in practice at work. Answer “No” and say why, "
            "or add staff to the people affected.",
            screening.CHARACTERISTICS_PAGE,
        )


def limbs_are_addressed(case: Case) -> Iterator[Gap]:
    """Check 8. Limbs (b) and (c) count in their own right: *Kaur and Shah*."""
    if case.is_screened_out:
        return
    limbs = case.sheets[screening.LIMBS_PAGE]
    sentences = []
    if unanswered := [f"limb ({limb.letter})" for limb in act.LIMBS if not limbs.text(limb.slug)]:
        sentences.append(f"Say whether the proposal could matter under {listed(unanswered)}, and why.")
    if unreasoned := unreasoned_limbs(limbs):
        sentences.append(give_reason(unreasoned))
    if sentences:
        yield Gap(joined(sentences), limbs.slug)
    for characteristic in act.CHARACTERISTICS:
        cells = case.cells_of(characteristic)
        if any(cell.is_answered for cell in cells):
            for cell in cells:
                if not cell.is_answered:
                    yield Gap(f"Say what the impact is under {cell.name}, and why.", cell.slug)


_ADVANCE = {"disadvantage": "disadvantage", "needs": "different needs", "participation": "participation"}
_FOSTER = {"prejudice": "prejudice", "understanding": "understanding"}


def advancing_is_complete(case: Case) -> Iterator[Gap]:
    """Check 9. What section 149(3) names: disadvantages, needs, participation. Disabled people’s needs: check 10."""
    for cell in _answered(case, act.ADVANCE):
        disabled = cell.characteristic == act.DISABILITY.slug
        yield from _says_more(
            cell, {key: words for key, words in _ADVANCE.items() if not (disabled and key == "needs")}
        )


def disabilities_are_taken_into_account(case: Case) -> Iterator[Gap]:
    """Check 10. What section 149(4) names: steps to take account of disabled people’s disabilities."""
    for cell in case.cells_of(act.DISABILITY):
        key = {act.ADVANCE: "needs", act.ELIMINATE: "reasonable_adjustments"}.get(cell.page.limb or act.FOSTER)
        if key and cell.is_answered and is_thin(cell.text(key)):
            yield Gap(
                f"Say under {cell.name} which steps take account of disabled people’s disabilities, or why none is "
                "needed.",
                cell.slug,
            )


def fostering_is_complete(case: Case) -> Iterator[Gap]:
    """Check 11. What section 149(5) names: prejudice, understanding. To say why it does not matter here is enough."""
    for cell in _answered(case, act.FOSTER):
        yield from _says_more(cell, _FOSTER)


def _answered(case: Case, limb: Limb) -> Iterator[Sheet]:
    return (cell for cell in case.cells if cell.page.limb == limb and cell.is_answered)


def _says_more(cell: Sheet, fields: Mapping[str, str]) -> Iterator[Gap]:
    if thin := [words for key, words in fields.items() if is_thin(cell.text(key))]:
        yield Gap(f"Say more about {listed(thin)} under {cell.name}, or why it does not matter here.", cell.slug)


def _names(names: list[str]) -> str:
    return listed([f"“{name}”" for name in names])
