"""What the findings rest on, how old it is, and what is not known."""

from collections.abc import Iterator

from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin
from assessments.duty.due_regard.sentences import joined, listed, quoted
from assessments.duty.due_regard.sheet import Given
from assessments.duty.questionnaire import GAPS_PAGE, SOURCES_PAGE

CENSUS_YEARS = 12
"""A Census is taken every ten years and published over two: until then there are no newer figures to find."""
A_CENSUS = "census"
"""In the name of a source: it is one."""


def years_current(title: str, evidence_years: int) -> int:
    """For how many years a source of that name counts as current."""
    return max(evidence_years, CENSUS_YEARS) if A_CENSUS in title.lower() else evidence_years


def no_impact_has_evidence(case: Case) -> Iterator[Gap]:
    """Check 12. *Bridges*: neutral is not assumed to be neutral. A gap that is declared is enough."""
    sources = {each.text("id") for each in _items(case, SOURCES_PAGE, "sources")}
    for cell in case.cells:
        if cell.chosen("impact") != ("none",):
            continue
        is_linked = any(each in sources for each in cell.chosen("evidence"))
        if not is_linked and cell.characteristic not in _declared(case):
            yield Gap(
                f"You found no impact under {cell.name}. Tick the evidence that shows it, or list what you do not know "
                "and what you will do to find out.",
                cell.slug,
                cell.weight,
            )


def sources_are_dated(case: Case) -> Iterator[Gap]:
    """Check 13. *Hurley and Moore*: enough information, and a grasp of it. Old figures may do, if you say why."""
    if SOURCES_PAGE not in case.sheets:
        return
    sources = _items(case, SOURCES_PAGE, "sources")
    sentences = [sentence for each in sources if (sentence := _about_source(each, case))]
    if not sources:
        sentences = ["List the evidence that the findings rest on."]
    if sentences:
        yield Gap(joined(sentences), SOURCES_PAGE)


def gaps_are_answered(case: Case) -> Iterator[Gap]:
    """Check 14. *Bracking*: the duty to ask. What is not known has an enquiry, an action with a date, or a reason."""
    if GAPS_PAGE not in case.sheets:
        return
    sentences = [sentence for each in _items(case, GAPS_PAGE, "gaps") if (sentence := _about_gap(each))]
    unknown = dict.fromkeys(
        cell.page.characteristic.name
        for cell in case.cells
        if cell.page.characteristic and cell.is_unknown and cell.characteristic not in _declared(case)
        if not cell.is_local
    )
    if unknown:
        names = listed([f"“{name}”" for name in unknown])
        sentences.append(f"You do not know the impact under {names}. List it here, and say how you will find out.")
    if sentences:
        yield Gap(joined(sentences), GAPS_PAGE)


def _items(case: Case, slug: str, key: str) -> tuple[Given, ...]:
    return case.sheets[slug].items(key) if slug in case.sheets else ()


def _declared(case: Case) -> frozenset[str]:
    """The characteristics with a gap that says what is done about it. What the answer lacks is for check 14."""
    return frozenset(
        slug
        for each in _items(case, GAPS_PAGE, "gaps")
        if each.text("response")
        for slug in each.chosen("characteristics")
    )


def _about_source(source: Given, case: Case) -> str:
    title = quoted(source.text("title") or "a source without a name")
    dated = source.day("dated")
    missing = [] if source.text("publisher") else ["who made it"]
    if not dated:
        missing.append("its date")
    if not source.text("coverage"):
        missing.append("whom it covers")
    if missing:
        return f"Say of {title}: {listed(missing)}."
    if dated and dated < case.years_ago(years_current(title, case.limits.evidence_years)):
        return f"{title} is from {dated.year}: find newer figures, or say why these still hold."
    return ""


def _about_gap(gap: Given) -> str:
    name = quoted(gap.text("gap") or "a gap without a name")
    detail, due = gap.text("detail"), gap.day("due")
    match gap.text("response"):
        case "enquiry":
            return "" if detail and due else f"Say whom you ask about {name}, and by when."
        case "action":
            return "" if due else f"Give the date by which you will find out about {name}."
        case "reason":
            return f"Say why finding out about {name} would be out of proportion." if is_thin(detail) else ""
    return f"Say what you will do about {name}."
