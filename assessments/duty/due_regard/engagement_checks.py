"""Who was asked about the proposal, who about equality, and what came of it."""

from collections.abc import Iterator

from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin, weight
from assessments.duty.due_regard.sentences import joined, listed, on, quoted
from assessments.duty.due_regard.sheet import Given, Sheet
from assessments.duty.finding import Level

LISTS = {"consultation": "consultations", "equality-engagement": "engagements"}
"""The two pages, which *LH v Shropshire* keeps apart, with the key of the list on each."""


def people_were_asked(case: Case) -> Iterator[Gap]:
    """Check 22. *Bracking*: the duty to ask. In Wales regulation 5 requires it, so a reason does not take its place."""
    asked = {"consultation": "about the proposal", "equality-engagement": "what it would mean for equality"}
    for slug, words in asked.items():
        sheet = case.sheets.get(slug)
        if not sheet or sheet.items(LISTS[slug]):
            continue
        if slug == "equality-engagement" and case.rules.engagement_is_required:
            yield Gap(
                f"Record who was asked {words}. {case.rules.engagement_rule}",
                slug,
            )
        elif is_thin(sheet.text("none")):
            yield Gap(f"Record who was asked {words}, or say why nobody was.", slug)


def what_people_said_is_answered(case: Case) -> Iterator[Gap]:
    """Check 23. A consultation is over, and what people said is answered, before the assessment is approved."""
    for sheet in _pages(case):
        talks = sheet.items(LISTS[sheet.slug])
        if sentences := [sentence for talk in talks if (sentence := _unfinished(talk, sheet, case))]:
            yield Gap(joined(sentences), sheet.slug)
        elif later := [talk for talk in talks if _is_yet_to_open(talk, case)]:
            names = listed([named(talk) for talk in later])
            yield Gap(f"Bring the assessment up to date when {names} has closed.", sheet.slug, Level.WARN)


def _pages(case: Case) -> Iterator[Sheet]:
    return (case.sheets[slug] for slug in LISTS if slug in case.sheets)


def _unfinished(talk: Given, sheet: Sheet, case: Case) -> str:
    """What is not finished or not answered, in a sentence."""
    closed = talk.day("closed")
    if _is_yet_to_open(talk, case):
        return ""
    if sheet.slug == "consultation" and not closed:
        return f"Give the date on which {named(talk)} closed."
    if closed and closed > case.judged_on:
        return f"{named(talk)} closes on {on(closed)}. Wait for it, and record what people say."
    if not weight(talk.text("said")):
        return f"Record what people said in {named(talk)}, and what changed because of it."
    if not weight(talk.text("changed")):
        return f"Say what changed because of {named(talk)}, or why nothing did."
    return ""


def _is_yet_to_open(talk: Given, case: Case) -> bool:
    opened = talk.day("opened")
    return opened is not None and opened > case.judged_on


def named(talk: Given) -> str:
    """What a consultation is called: who was asked."""
    return quoted(talk.text("who") or "a consultation without a name")
