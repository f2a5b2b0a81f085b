"""What is published, what must not be, and how fresh the council's own publications are."""

from collections.abc import Iterator
from datetime import date

from assessments.duty.disclosure import threshold_for
from assessments.duty.due_regard.case import Case
from assessments.duty.due_regard.engagement_checks import LISTS
from assessments.duty.due_regard.gap import Gap
from assessments.duty.due_regard.phrases import is_thin
from assessments.duty.due_regard.sentences import joined, listed, on, quoted
from assessments.duty.due_regard.small_numbers import small_counts
from assessments.duty.due_regard.wording_checks import texts_about_characteristics
from assessments.duty.finding import Level
from assessments.duty.lifecycle import Stage
from assessments.duty.rulesets import Nation

ELEMENTS = {
    "purpose": "its purpose",
    "steps": "a summary of the steps taken",
    "information": "a summary of the information",
    "results": "the results",
    "decisions": "the decisions taken on them",
}
"""What a Welsh report of a substantial impact holds, in words."""
INFORMATION_YEARS = {Nation.ENGLAND: 1, Nation.WALES: 1, Nation.SCOTLAND: 2}
OBJECTIVES_YEARS = 4


def publication_follows_the_rules(case: Case) -> Iterator[Gap]:
    """Check 35. Wales, regulation 8(2): five elements. Scotland, regulation 5: results used and published in time."""
    if case.is_screened_out or not case.rules.must_publish:
        return
    yield from _welsh_report(case)
    yield from _scottish_results(case)
    if case.published and not case.published_link:
        yield Gap("Give the web address at which the assessment was published.", "", stage=Stage.PUBLICATION)


def _welsh_report(case: Case) -> Iterator[Gap]:
    report = case.sheets.get("wales-report")
    if not report:
        return
    if report.text("substantial") not in ("yes", "no"):
        yield Gap(
            "Say whether the impact is, or is likely to be, substantial. If you do not know, ask the equality team.",
            report.slug,
            stage=Stage.APPROVAL,
        )
    elif report.text("substantial") == "yes":
        missing = [ELEMENTS[key] for key in case.rules.report_elements if is_thin(report.text(key))]
        if missing:
            yield Gap(
                f"The impact is substantial, so a report is published. Write {listed(missing)}.",
                report.slug,
                stage=Stage.APPROVAL,
            )


def _scottish_results(case: Case) -> Iterator[Gap]:
    results = case.sheets.get("scotland-results")
    if not results:
        return
    publish_by = results.day("publish_by")
    missing = ["how the results were taken into account"] if is_thin(results.text("results_used")) else []
    if not publish_by:
        missing.append("by when they will be published")
    if missing:
        yield Gap(f"Say {listed(missing)}.", results.slug, stage=Stage.APPROVAL)
    elif publish_by and publish_by < case.today and case.approval and not case.published:
        yield Gap(f"The results were to be published by {on(publish_by)}. Publish them.", "", Level.WARN)


def small_numbers_are_hidden(case: Case) -> Iterator[Gap]:
    """Check 36. UK GDPR: nobody can be recognised in a count, or in a percentage from which a count follows.

    It looks before the approval: what is approved is what gets published. The higher limit holds for a single ward and
    for what is most private. Numbers in words warn only: “two people could share a name” counts nobody.
    """
    limits = case.limits
    people = case.sheets["people"]
    limit = threshold_for(None, len(people.chosen("wards")) == 1, limits)
    if 0 < (people.number("number") or 0) < limit:
        yield _leave_out("the number of people", limit, "people")
    for slug, key in LISTS.items():
        talks = case.sheets[slug].items(key) if slug in case.sheets else ()
        if any(0 < (talk.number("responses") or 0) < limits.small_number for talk in talks):
            yield _leave_out("the number who answered", limits.small_number, slug)
    found: dict[str, dict[str, bool]] = {}
    for text in texts_about_characteristics(case):
        limit = threshold_for(text.characteristic, False, limits)
        for count in small_counts(text.words, limit):
            sentence = f"Somebody could be recognised by {quoted(count.text)}. Write “fewer than {limit}” instead."
            found.setdefault(text.page, {})[sentence] = count.is_in_figures
    for slug, sentences in found.items():
        yield Gap(joined(list(sentences)), slug, None if any(sentences.values()) else Level.WARN)


def _leave_out(what: str, limit: int, slug: str) -> Gap:
    return Gap(
        f"Somebody could be recognised by {what}. Leave it out, and write “fewer than {limit}” in the text.", slug
    )


def council_publishes_in_time(case: Case) -> Iterator[Gap]:
    """Check 37. What the council itself publishes is fresh: equality information, and its objectives.

    Objectives are due every four years in each nation. Information is due every year in England (SI 2017/353) and
    Wales, every two years in Scotland.
    """
    years = INFORMATION_YEARS[case.rules.nation]
    sentences = []
    if _is_older(case.limits.information, case.years_ago(years)):
        every = "year" if years == 1 else "two years"
        sentences.append(
            f"The council’s equality information is due every {every}. Ask the equality team to publish it."
        )
    if _is_older(case.limits.objectives, case.years_ago(OBJECTIVES_YEARS)):
        sentences.append(
            "The council’s equality objectives are due every four years. Ask the equality team about them."
        )
    if sentences:
        yield Gap(joined(sentences), "")


def _is_older(published: date | None, oldest: date) -> bool:
    return published is None or published < oldest
