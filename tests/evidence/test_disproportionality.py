"""Disproportionality: what goes in, what cannot be had, and what is said of it."""

import subprocess
import sys

import pytest

from assessments.evidence.disproportionality import Count, NotACount, compare, correct, represent

UNKNOWN = Count(None, None)


def told(result):
    return "\n".join(result.shows)


def warned(result):
    return "\n".join(result.does_not_show)


# What goes in


@pytest.mark.parametrize("value", [1.5, 2.0, "2", True, -1, float("nan"), float("inf")])
def test_what_is_no_whole_number_of_people_is_refused(value):
    with pytest.raises(NotACount, match=r"is not a count of people\. Give a whole number") as refused:
        Count(5, value)
    assert refused.value.part == "out_of"
    with pytest.raises(NotACount, match="is not a count of people") as refused:
        Count(value, 5)
    assert refused.value.part == "number"


def test_more_people_than_they_are_out_of_are_refused_with_what_to_do():
    with pytest.raises(NotACount, match=r"12 is more than the 10 it is out of\. Check that") as refused:
        Count(12, 10)
    assert refused.value.part == "number"


def test_more_people_than_live_in_the_country_are_refused():
    with pytest.raises(NotACount, match="100,000,001 is more people than live in the United Kingdom"):
        Count(1, 100_000_001)
    assert compare(Count(1, 100_000_000), Count(2, 100_000_000)).chance.p == pytest.approx(1)


def test_whole_numbers_of_other_libraries_are_taken():
    import numpy

    assert Count(numpy.int64(5), numpy.int32(9)) == Count(5, 9)
    assert type(Count(numpy.int64(5), 9).number) is int


def test_the_slow_libraries_are_not_loaded_before_they_are_called():
    asked = "import sys, assessments.evidence.disproportionality; print({'scipy', 'statsmodels'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "set()"


# Two groups


def test_a_comparison_says_what_it_shows_in_words():
    found = compare(Count(57, 5900), Count(1228, 184300), name="Black people", reference_name="White people")
    assert found.shows == (
        "Black people: 57 of 5,900, which is 0.97% (likely range 0.75% to 1.25%).",
        "White people: 1,228 of 184,300, which is 0.67% (likely range 0.63% to 0.70%).",
        (
            "The rate for Black people is 1.4 times the rate for White people. The true figure is likely to be between "
            "1.1 and 1.9 times as often."
        ),
        (
            "The rate for Black people is 0.30 percentage points higher. The true difference is likely to be between "
            "0.08 and 0.59 points higher."
        ),
        (
            "This is more than chance alone would explain. If the two rates were really the same, chance would bring a "
            "difference at least this large about 6 times in 1,000 (p = 0.006, score test of two rates)."
        ),
    )


def test_every_result_says_that_it_shows_no_cause():
    for result in (compare(Count(57, 5900), Count(1228, 184300)), represent(UNKNOWN, UNKNOWN)):
        assert "A difference is not a cause, and it is not discrimination by itself." in warned(result)


def test_a_range_that_includes_no_difference_says_so():
    found = compare(Count(30, 100), Count(33, 100))
    assert "between 0.60 and 1.37 times as often. That range includes 1, which is no difference." in told(found)
    assert "Chance alone could explain this." in told(found)
    assert "This does not show that there is no difference." in warned(found)
    assert "This does not show that there is no difference." not in warned(compare(Count(9, 100), Count(60, 100)))


def test_a_lower_rate_is_told_as_lower():
    found = told(compare(Count(20, 100), Count(60, 100)))
    assert "The rate for the group is 0.33 times the rate for the reference group." in found
    assert "is 40.0 percentage points lower." in found
    assert "The true difference is likely to be between 26.8 and 51.2 points lower." in found


def test_equal_rates_are_told_as_the_same():
    found = told(compare(Count(20, 100), Count(40, 200)))
    assert "The rate for the group is the same as the rate for the reference group." in found
    assert "The two rates are the same. The true difference is likely to be between" in found


def test_a_range_near_1_is_never_rounded_to_1():
    assert "between 1.03 and 1.10 times as often." in told(compare(Count(2650, 10_000), Count(24_950, 100_000)))


def test_nobody_in_the_group_gives_no_ratio_but_a_difference_and_a_test():
    found = compare(Count(0, 200), Count(30, 300))
    assert found.ratio is None
    assert found.difference.high < 0
    assert found.chance.is_exceeded
    assert "The count for the group is 0. So we do not say how many times as often" in told(found)
    assert "This is more than chance alone would explain." in told(found)


def test_nobody_in_the_reference_group_gives_no_ratio_but_a_difference_and_a_test():
    found = compare(Count(30, 300), Count(0, 200))
    assert found.ratio is None
    assert found.below_four_fifths is None
    assert "The count for the reference group is 0. So nobody can say how many times as often" in told(found)
    assert found.difference.low > 0


def test_nobody_in_either_group_leaves_nothing_to_explain():
    found = compare(Count(0, 20), Count(0, 30))
    assert (found.ratio, found.chance) == (None, None)
    assert "It happened to nobody in either group, so there is no difference to explain." in told(found)
    assert "This does not show that there is no difference." in warned(found)


def test_everybody_in_both_groups_is_not_called_certain():
    found = compare(Count(3, 3), Count(4, 4))
    assert (found.ratio, found.chance) == (None, None)
    assert "It happened to everybody in both groups" in told(found)
    assert found.difference.low < -0.4
    assert found.difference.high > 0.4


@pytest.mark.parametrize(
    ("group", "why"),
    [
        (Count(0, 0), "The group has no rate: there are no people in it."),
        (Count(5, None), "The group has no rate: the number of people in it is not known, or its source left it out."),
        (
            Count(None, 5),
            "The group has no rate: the number of those it happened to is not known, or its source left it out.",
        ),
        (UNKNOWN, "The group has no rate: the number of people in it is not known, or its source left it out."),
    ],
)
def test_a_rate_that_cannot_be_had_is_explained_and_nothing_is_compared(group, why):
    found = compare(group, Count(6, 10))
    assert found.shows[0] == why
    assert found.shows[-1] == "So the two cannot be compared."
    assert (found.group_rate, found.ratio, found.difference, found.chance) == (None, None, None, None)
    assert found.reference_rate is not None


@pytest.mark.parametrize(
    ("group", "reference"),
    [
        (Count(1, 10), Count(2, 10)),  # from a twentieth to five times
        (Count(0, 20), Count(3, 40)),
        (Count(3, 40), Count(0, 20)),
    ],
)
def test_numbers_that_are_too_few_to_say_are_called_so(group, reference):
    found = compare(group, reference)
    assert found.is_too_few
    assert "These numbers are too few to say whether there is a difference." in found.shows
    assert "four fifths" not in told(found)


@pytest.mark.parametrize(
    ("group", "reference"),
    [
        (Count(30, 100), Count(33, 100)),
        (Count(3, 3300), Count(141, 77_300)),  # from a sixth to one and a half times
        (Count(141, 77_300), Count(3, 3300)),
        (Count(0, 200), Count(30, 300)),
        (Count(0, 20), Count(0, 30)),
        (UNKNOWN, Count(1, 10)),
    ],
)
def test_other_numbers_are_not_called_too_few(group, reference):
    assert not compare(group, reference).is_too_few


def test_the_four_fifths_rule_is_told_as_what_it_is():
    found = told(compare(Count(45, 100), Count(60, 100)))
    assert "less than four fifths of the rate for the reference group" in found
    assert "a rule of thumb in the United States" in found
    assert "That is not UK law, and it says nothing about chance." in found
    assert "four fifths" not in told(compare(Count(48, 100), Count(60, 100)))


@pytest.mark.parametrize(("number", "test"), [(4, "Fisher’s exact test"), (5, "score test of two rates")])
def test_fishers_test_is_for_when_fewer_than_five_are_expected_somewhere(number, test):
    assert compare(Count(number, 100), Count(number, 100)).chance.test == test


def test_those_who_did_not_say_are_counted_or_missed():
    group, reference = Count(45, 100), Count(60, 100)
    assert "12 of 212 records (5.7%) do not say" in warned(compare(group, reference, undisclosed=Count(12, 212)))
    assert "do not say" not in warned(compare(group, reference, undisclosed=Count(0, 200)))
    for missing in (None, UNKNOWN, Count(0, 0)):
        assert "We do not know how many people did not say" in warned(compare(group, reference, undisclosed=missing))


# Users and the population


def test_representation_says_what_it_shows_in_words():
    found = represent(Count(340, 1020), Count(10_000, 40_000), name="Disabled people", undisclosed=Count(180, 1200))
    assert found.shows == (
        "Disabled people: 340 of 1,020 users, which is 33.3% (likely range 30.5% to 36.3%).",
        "In the population: 10,000 of 40,000, which is 25.0%.",
        (
            "So its share of the users is 1.3 times its share of the population, and likely to be between 1.2 and 1.5 "
            "times."
        ),
        "If users were like the population, the count for Disabled people would be about 255 of the 1,020.",
        (
            "This is more than chance alone would explain. If users were really like the population, chance would "
            "bring a difference at least this large less than once in 1,000 times (p below 0.001, score test of one "
            "share)."
        ),
    )
    assert "180 of 1,200 users (15.0%) do not say" in warned(found)
    assert "its share of all users would be 28.3%. If all of them were, it would be 43.3%." in warned(found)


def test_the_variance_is_the_populations_so_that_no_users_at_all_are_no_certainty():
    found = represent(Count(0, 12), Count(50, 100))
    assert found.chance.z == pytest.approx(-(12**0.5))
    assert found.index.value == 0
    assert "its share of the users is likely to be at most 0.48 times its share of the population." in told(found)


def test_an_index_of_one_is_told_as_the_same():
    found = told(represent(Count(250, 1000), Count(10_000, 40_000)))
    assert "So its share of the users is the same as its share of the population" in found
    assert "That range includes 1, which is no difference." in found


def test_few_users_are_too_few_to_say():
    found = represent(Count(1, 8), Count(20, 100))
    assert found.is_too_few
    assert "These numbers are too few to say whether there is a difference." in found.shows


@pytest.mark.parametrize(
    ("population", "why"),
    [
        (Count(0, 100), "The population’s figures count nobody for the group, so there is nothing to compare with."),
        (Count(9, 9), "The population’s figures count everybody for the group, so there is nothing to compare with."),
        (Count(0, 0), "There is no share to compare with: there are no people in the population."),
        (Count(9, None), "There is no share to compare with: the number of people in the population is not known, or"),
        (Count(None, 9), "There is no share to compare with: the number of them in the group is not known, or its"),
    ],
)
def test_a_population_that_gives_no_share_is_explained(population, why):
    found = represent(Count(2, 8), population)
    assert found.shows[-1].startswith(why)
    assert (found.index, found.expected, found.chance) == (None, None, None)
    assert not found.is_too_few


def test_users_who_are_not_known_are_explained():
    assert represent(Count(0, 0), Count(1, 2)).shows == (
        "The group has no share of the users: there are no users.",
        "So there is nothing to compare.",
    )


def test_undisclosed_users_must_be_those_left_over():
    with pytest.raises(
        NotACount, match="1,200 users less the 180 who did not say leave 1,020, and the group is out of"
    ):
        represent(Count(340, 1200), Count(1, 4), undisclosed=Count(180, 1200))


def test_more_users_than_people_are_doubted():
    assert "There are more users than people" in warned(represent(Count(50, 90), Count(40, 100)))
    assert "There are more users than people" not in warned(represent(Count(40, 90), Count(40, 100)))


# Many at once


def three():
    return [
        compare(Count(45, 100), Count(60, 100)),
        compare(Count(57, 5900), Count(1228, 184300)),
        represent(Count(340, 1020), Count(10_000, 40_000)),
    ]


def test_what_chance_alone_would_not_explain_in_one_it_may_explain_among_many():
    alone, many = three()[0], correct(three())[0]
    assert "This is more than chance alone would explain. If" in told(alone)
    assert correct([alone]) == [alone]
    many = correct([alone, alone, compare(Count(1, 10), Count(2, 10))])[0]
    assert "Chance alone could explain this, allowing for the 3 comparisons made together." in told(many)
    assert "(p = 0.034, score test of two rates). After Holm’s correction, which keeps the risk of even one" in told(
        many
    )
    assert "p = 0.101." in told(many)
    assert "Each likely range is for one comparison by itself." in warned(many)


def test_the_method_that_decides_is_named():
    found = told(correct(three(), "benjamini-hochberg")[0])
    assert "This is more than chance alone would explain, allowing for the 3 comparisons made together." in found
    assert "After the correction of Benjamini and Hochberg" in found


def test_results_without_a_test_are_left_out_of_the_number():
    nothing = compare(UNKNOWN, Count(1, 2))
    found = correct([nothing, *three(), nothing])
    assert found[0] == found[-1] == nothing
    assert [each.chance.correction.tests for each in found[1:-1]] == [3, 3, 3]
    assert correct([nothing, three()[0]]) == [nothing, three()[0]]
    assert correct([]) == []
