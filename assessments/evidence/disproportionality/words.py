"""What the results show and do not show, in plain English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assessments.evidence.disproportionality.counts import Count
from assessments.evidence.disproportionality.estimates import Estimate
from assessments.evidence.disproportionality.figures import how_often, p_value, percentages, points, times

if TYPE_CHECKING:
    from assessments.evidence.disproportionality.chance import Chance
    from assessments.evidence.disproportionality.comparison import Comparison
    from assessments.evidence.disproportionality.representation import Representation

NOT_A_CAUSE = (
    "This does not show why there is a difference, if there is one. A difference is not a cause, and it is not "
    "discrimination by itself. Age, need, where people live and how they were counted can all play a part."
)
NOT_ALIKE = "This does not show that there is no difference. A real one can hide where numbers are small."
NOT_WIDENED = "Each likely range is for one comparison by itself. It makes no allowance for the others."
NOT_THE_SILENT = "We do not know how many people did not say which group they are in. They could change the result."
NOT_OF_TODAY = (
    "This takes the population’s figures as exact and up to date. Users may differ from the population for good "
    "reasons, such as age or need."
)
METHODS = (
    "Likely ranges are 95% confidence intervals: of a rate or a share by Wilson (1927), of a ratio of rates by Katz "
    "and others (1978), of a difference by Newcombe (1998)."
)
TOO_FEW = "These numbers are too few to say whether there is a difference."


def comparison_shows(found: Comparison) -> tuple[str, ...]:
    return (
        _rate(found.name, found.group, found.group_rate),
        _rate(found.reference_name, found.reference, found.reference_rate),
        *_ratio(found),
        *_difference(found),
        *_chance(found.chance, found.is_too_few, "the two rates were really the same"),
        *_four_fifths(found),
    )


def comparison_does_not_show(found: Comparison) -> tuple[str, ...]:
    return (NOT_A_CAUSE, *_undisclosed(found.undisclosed, "records"), *_limits(found.chance))


def representation_shows(found: Representation) -> tuple[str, ...]:
    return (
        _share(found),
        *_index(found),
        *_chance(found.chance, found.is_too_few, "users were really like the population"),
    )


def representation_does_not_show(found: Representation) -> tuple[str, ...]:
    return (
        NOT_A_CAUSE,
        NOT_OF_TODAY,
        *_outnumbered(found),
        *_undisclosed(found.undisclosed, "users"),
        *_all_or_none(found),
        *_limits(found.chance),
    )


# One sentence for each figure


def _rate(name: str, count: Count, rate: Estimate | None) -> str:
    if rate is None:
        return f"{_start(name)} has no rate: {_why_none(count, 'people in it', 'of those it happened to')}."
    return f"{_start(name)}: {_of(count)}, which is {_with_range(rate)}."


def _share(found: Representation) -> str:
    if found.share is None:
        return f"{_start(found.name)} has no share of the users: {_why_none(found.users, 'users', 'of users in it')}."
    return f"{_start(found.name)}: {_of(found.users)} users, which is {_with_range(found.share)}."


def _why_none(count: Count, everybody: str, counted: str) -> str:
    if count.out_of == 0:
        return f"there are no {everybody}"
    what = f"of {everybody}" if count.out_of is None else counted
    return f"the number {what} is not known, or its source left it out"


def _ratio(found: Comparison) -> Iterator[str]:
    group, reference = found.group, found.reference
    if found.ratio:
        value, low, high = times(found.ratio.value, found.ratio.low, found.ratio.high)
        yield (
            f"The rate for {found.name} is {_multiple(value)} the rate for {found.reference_name}. The true figure is "
            f"likely to be between {low} and {high} times as often.{_with_one(found.ratio)}"
        )
    elif group.pair is None or reference.pair is None:
        yield "So the two cannot be compared."
    elif group.number == reference.number == 0:
        yield "It happened to nobody in either group, so there is no difference to explain."
    elif group.number == 0:
        yield (
            f"The count for {found.name} is 0. So we do not say how many times as often it happens: that cannot be "
            "told from none. Look at the difference."
        )
    elif reference.number == 0:
        yield (
            f"The count for {found.reference_name} is 0. So nobody can say how many times as often it happens to "
            f"{found.name}. Look at the difference."
        )
    else:
        yield "It happened to everybody in both groups, so there is no difference to explain."


def _difference(found: Comparison) -> Iterator[str]:
    if found.difference is None:
        return
    shown = found.difference
    value, low, high = points(shown.value, shown.low, shown.high)
    if shown.value == 0:
        start = "The two rates are the same."
    else:
        start = f"The rate for {found.name} is {value} percentage points {_direction(shown.value)}."
    if shown.low >= 0:
        ends = f"between {low} and {high} points higher"
    elif shown.high <= 0:
        ends = f"between {high} and {low} points lower"
    else:
        ends = f"between {low} points lower and {high} points higher"
    yield f"{start} The true difference is likely to be {ends}."


def _four_fifths(found: Comparison) -> Iterator[str]:
    """The flag of section 4D of the Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4D."""
    if found.below_four_fifths and not found.is_too_few:
        yield (
            f"The rate for {found.name} is less than four fifths of the rate for {found.reference_name}. Where it is "
            "the rate of something that people want, such as being hired, a rule of thumb in the United States would "
            "look into it. That is not UK law, and it says nothing about chance."
        )


def _index(found: Representation) -> Iterator[str]:
    population = found.population
    if found.index and found.population_share is not None and found.expected is not None:
        value, low, high = times(found.index.value, found.index.low, found.index.high)
        yield f"In the population: {_of(population)}, which is {percentages(found.population_share)[0]}."
        if found.index.value:
            yield (
                f"So its share of the users is {_multiple(value)} its share of the population, and likely to be "
                f"between {low} and {high} times.{_with_one(found.index)}"
            )
        else:
            yield f"So its share of the users is likely to be at most {high} times its share of the population."
        yield (
            f"If users were like the population, the count for {found.name} would be about {found.expected:,.0f} of "
            f"the {found.users.out_of:,}."
        )
    elif population.pair is None:
        why = _why_none(population, "people in the population", "of them in the group")
        yield f"There is no share to compare with: {why}."
    elif found.share is None:
        yield "So there is nothing to compare."
    else:
        everybody = "everybody" if population.number else "nobody"
        yield f"The population’s figures count {everybody} for {found.name}, so there is nothing to compare with."


def _chance(chance: Chance | None, is_too_few: bool, alike: str) -> Iterator[str]:
    if chance is None:
        return
    if is_too_few:
        yield TOO_FEW
    told = f"If {alike}, chance would bring a difference at least this large {how_often(chance.p)}"
    allowing, method = "", ""
    if chance.correction:
        allowing = f", allowing for the {chance.correction.tests:,} comparisons made together"
        method = f" After {_CORRECTIONS[chance.correction.method]}: {p_value(chance.correction.p)}."
    if chance.is_exceeded:
        verdict = f"This is more than chance alone would explain{allowing}."
    else:
        verdict = f"Chance alone could explain this{allowing}."
    yield f"{verdict} {told} ({p_value(chance.p)}, {chance.test}).{method}"


_CORRECTIONS = {
    "holm": "Holm’s correction, which keeps the risk of even one false alarm among them to 5 in 100",
    "benjamini-hochberg": (
        "the correction of Benjamini and Hochberg, which lets about 5 in 100 of those that stand out be false alarms"
    ),
}


# What they do not show


def _limits(chance: Chance | None) -> Iterator[str]:
    if chance is None or not chance.is_exceeded:
        yield NOT_ALIKE
    if chance and chance.correction:
        yield NOT_WIDENED


def _undisclosed(undisclosed: Count | None, records: str) -> Iterator[str]:
    if undisclosed is None or undisclosed.share is None:
        yield NOT_THE_SILENT
    elif undisclosed.number:
        yield (
            f"{_of(undisclosed)} {records} ({percentages(undisclosed.share)[0]}) do not say which group the person is "
            "in. If those people differ from the others, the true figures are higher or lower."
        )


def _all_or_none(found: Representation) -> Iterator[str]:
    if found.share_without is not None and found.share_with is not None and found.share_without < found.share_with:
        without, with_all = percentages(found.share_without, found.share_with)
        yield (
            f"If none of those were in the group, its share of all users would be {without}. If all of them were, it "
            f"would be {with_all}."
        )


def _outnumbered(found: Representation) -> Iterator[str]:
    users, population = found.users, found.population
    pairs = ((users.number, population.number), (users.out_of, population.out_of))
    if any(used is not None and lived is not None and used > lived for used, lived in pairs):
        yield (
            "There are more users than people in the population’s figures. Those may be out of date, or for another "
            "area, or users may be counted more than once. Find out before you use this."
        )


# Pieces of sentences


def _start(name: str) -> str:
    return name[:1].upper() + name[1:]


def _of(count: Count) -> str:
    return f"{count.number:,} of {count.out_of:,}"


def _with_range(rate: Estimate) -> str:
    value, low, high = percentages(rate.value, rate.low, rate.high)
    return f"{value} (likely range {low} to {high})"


def _multiple(ratio: str) -> str:
    return "the same as" if ratio == "1" else f"{ratio} times"


def _with_one(ratio: Estimate) -> str:
    return " That range includes 1, which is no difference." if ratio.low <= 1 <= ratio.high else ""


def _direction(difference: float) -> str:
    return "higher" if difference > 0 else "lower"
