"""Disproportionality: what holds of every table of counts."""

import json
import math
from dataclasses import asdict, fields

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.evidence.disproportionality import Comparison, Count, Estimate, compare, correct, rate, represent
from assessments.evidence.disproportionality.counts import MOST
from assessments.evidence.disproportionality.figures import percentages, points, times

sizes = st.integers(1, 40) | st.integers(1, 5000) | st.integers(1, 1_000_000)


@st.composite
def counts(draw, sizes=sizes):
    out_of = draw(sizes)
    return Count(draw(st.integers(0, out_of) | st.sampled_from([0, out_of]) | st.integers(0, min(out_of, 9))), out_of)


known = counts()
huge = counts(st.integers(MOST // 2, MOST))
unknown = st.builds(Count, st.none() | st.integers(0, 9), st.none()) | st.builds(
    Count, st.none() | st.just(0), st.just(0) | st.integers(9, 99)
)
any_count = known | unknown
any_result = st.builds(compare, any_count, any_count, undisclosed=st.none() | any_count) | st.builds(
    represent, any_count, any_count
)


def estimates(result):
    found = [getattr(result, field.name) for field in fields(result)]
    return [each for each in found if isinstance(each, Estimate)]


def close(value, tolerance=1e-9):
    return pytest.approx(value, rel=tolerance, abs=1e-12)


@given(known | huge)
def test_a_rate_lies_in_its_range_and_its_range_in_the_possible(count):
    found = rate(count)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high


@given(any_result)
def test_every_figure_lies_in_its_range_and_is_finite(result):
    for each in estimates(result):
        assert -1 <= each.low <= each.value <= each.high < math.inf
    if result.chance:
        assert 0 <= result.chance.p <= 1


@given(st.lists(any_result, max_size=4), st.sampled_from(["holm", "benjamini-hochberg"]))
def test_nothing_that_anybody_is_shown_is_infinite_or_no_number(results, method):
    for each in correct(results, method):
        json.dumps(asdict(each), allow_nan=False)
        said = " ".join((*each.shows, *each.does_not_show))
        words = set(said.replace("%", " ").replace(",", " ").replace(".", " ").split())
        assert not words & {"nan", "inf", "-inf", "None"}
        assert all(line.endswith(".") and ".." not in line for line in (*each.shows, *each.does_not_show))


@given(known, known)
def test_swapping_the_groups_turns_everything_round(group, reference):
    one, other = compare(group, reference), compare(reference, group)
    assert (one.group_rate, one.reference_rate) == (other.reference_rate, other.group_rate)
    assert one.difference.value == close(-other.difference.value)
    assert one.difference.low == close(-other.difference.high)
    assert (one.ratio is None) == (other.ratio is None)
    if one.ratio:
        assert one.ratio.value == close(1 / other.ratio.value)
        assert one.ratio.low == close(1 / other.ratio.high)
    assert (one.chance is None) == (other.chance is None)
    if one.chance:
        assert one.chance.p == close(other.chance.p, 1e-6)


@given(known, known)
def test_counting_those_it_did_not_happen_to_turns_the_difference_round(group, reference):
    one = compare(group, reference)
    other = compare(*(Count(each.out_of - each.number, each.out_of) for each in (group, reference)))
    assert one.difference.low == close(-other.difference.high, 1e-6)
    assert one.group_rate.low == close(1 - other.group_rate.high, 1e-6)


@given(st.integers(1, 100_000), st.data())
def test_one_more_person_raises_the_rate_and_both_ends_of_its_range(out_of, data):
    number = data.draw(st.integers(0, out_of - 1))
    less, more = rate(Count(number, out_of)), rate(Count(number + 1, out_of))
    assert less.value < more.value
    assert less.low < more.low
    assert less.high < more.high or more.high == 1


@given(counts(st.integers(2, 5000)), counts(st.integers(2, 5000)), st.integers(2, 20))
def test_more_people_at_the_same_rates_narrow_every_range(group, reference, factor):
    few = compare(group, reference)
    many = compare(*(Count(each.number * factor, each.out_of * factor) for each in (group, reference)))
    for one, other in zip(estimates(few), estimates(many), strict=True):
        assert one.value == close(other.value)
        assert other.high - other.low < one.high - one.low


@given(known, counts(st.integers(2, 1_000_000)))
def test_the_score_test_of_a_share_agrees_with_its_range(users, population):
    found = represent(users, population)
    assume(found.chance and found.chance.z is not None and abs(found.chance.p - 0.05) > 1e-9)
    assert found.chance.is_exceeded == (not found.share.low <= found.population_share <= found.share.high)


@given(st.lists(st.tuples(known, known), min_size=2, max_size=6))
@settings(max_examples=25)  # Holm’s correction in statsmodels collects garbage each time
def test_corrections_only_raise_p_and_holms_the_more(pairs):
    results = [compare(*pair) for pair in pairs]
    assume(sum(each.chance is not None for each in results) > 1)
    for before, after in zip(results, correct(results), strict=True):
        if before.chance:
            found = after.chance.correction
            assert before.chance.p <= found.benjamini_hochberg + 1e-12 <= found.holm + 2e-12 <= 1 + 2e-12


@given(any_count, any_count)
def test_a_comparison_with_oneself_shows_no_difference(group, other):
    found = compare(group, group)
    assert isinstance(found, Comparison)
    if found.difference:
        assert found.difference.value == 0
        assert not found.chance or not found.chance.is_exceeded


@given(st.floats(0, 1), st.floats(0, 1))
def test_only_nobody_is_shown_as_0_and_only_everybody_as_100(share, other):
    for value, text in zip((share, other), percentages(share, other), strict=True):
        if abs(value) > 1e-8 and abs(1 - value) > 1e-8:
            assert float(text.rstrip("%")) not in (0, 100)
            assert float(text.rstrip("%")) == pytest.approx(100 * value, abs=0.051)


@given(st.floats(1e-4, 1e6), st.floats(1e-4, 1e6))
def test_no_ratio_is_shown_as_1_that_is_not(ratio, other):
    assume(all(abs(each - 1) > 1e-5 for each in (ratio, other)))
    for value, text in zip((ratio, other), times(ratio, other), strict=True):
        assert float(text.replace(",", "")) not in (0, 1)
        assert float(text.replace(",", "")) == pytest.approx(value, rel=0.5, abs=0.051)


def test_differences_are_shown_apart_and_without_a_sign():
    assert points(-0.003, 0.0030004, 0) == ("0.30000", "0.30004", "0")
