"""Groups of users beside the population and beside each other: what is compared, what is not, and in what words."""

import pytest

from assessments.evidence.service_data import standing
from assessments.evidence.service_data.standing import BEYOND_CHANCE, CHANCE, EVERYBODY_ELSE, FEW, HIDDEN
from tests.evidence.published import line, published

REFUSED = published(
    line("Asian", 200, 60),
    line("Black", 100, 15),
    line("White", 700, 105),
    answered=(1000, 180),
    total=(1100, 200),
)


def by_name(found):
    return {each.name: each for each in found}


def test_each_group_is_compared_with_everybody_else():
    found = by_name(standing.rate_standings(REFUSED))
    assert list(found) == ["Asian", "Black", "White"]
    asian = found["Asian"].result
    assert (asian.group.pair, asian.reference.pair) == ((60, 200), (120, 800))
    assert asian.reference_name == EVERYBODY_ELSE
    assert found["Asian"].ratio.value == pytest.approx(2.0)
    assert found["Asian"].verdict == BEYOND_CHANCE
    assert found["Black"].verdict == CHANCE


def test_those_who_did_not_say_are_told_with_each_comparison():
    found = standing.rate_standings(REFUSED)
    assert all(each.result.undisclosed.pair == (100, 1100) for each in found)


def test_the_groups_can_be_compared_with_one_of_them():
    found = by_name(standing.rate_standings(REFUSED, "White"))
    assert list(found) == ["Asian", "Black"]
    assert found["Black"].result.reference.pair == (105, 700)
    assert found["Black"].ratio.value == pytest.approx(1.0)
    assert found["Asian"].result.chance.correction.tests == 2


def test_a_group_with_a_hidden_number_is_not_compared_nor_can_others_be_compared_with_it():
    data = published(
        line("Asian", 200, 60), line("Black", None), line("White", 700, None), answered=(960, 180), total=(960, 180)
    )
    found = by_name(standing.rate_standings(data))
    assert found["Black"].verdict == found["White"].verdict == HIDDEN
    assert found["Asian"].result.reference.pair == (120, 760)
    assert standing.references(data) == ["Asian"]


def test_nothing_is_compared_with_everybody_else_where_that_number_is_hidden():
    data = published(line("Asian", 200, 60), line("White", 700, 100), answered=(None,), total=(960, 180))
    assert {each.verdict for each in standing.rate_standings(data)} == {HIDDEN}
    assert by_name(standing.rate_standings(data, "White"))["Asian"].verdict == BEYOND_CHANCE


def test_groups_that_the_file_held_back_are_missing_from_everybody_else():
    data = published(
        line("Asian", 200, 60), line("White", 700, 100), answered=(900, 160), total=(900, 160), withheld=["Black"]
    )
    assert standing.rate_standings(data) == []
    assert len(standing.rate_standings(data, "White")) == 1


def test_nothing_is_compared_where_no_outcome_was_counted():
    data = published(line("Asian", 200), answered=(200,), total=(200,))
    for each in data["lines"]:
        each["happened"] = each["rate"] = None
    assert standing.rate_standings(data) == []
    assert standing.references(data) == []


def test_a_group_that_is_divided_is_compared_by_its_parts_and_as_a_whole_where_those_are_many():
    few = [line("Asian", 20, 6), *(line(f"Asian: {number}", 10, 3, part_of="Asian") for number in range(2))]
    data = published(*few, answered=(20, 6), total=(20, 6))
    assert [each.name for each in standing.rate_standings(data)] == ["Asian: 0", "Asian: 1"]
    many = [line("Asian", 110, 33), *(line(f"Asian: {number}", 10, 3, part_of="Asian") for number in range(11))]
    data = published(*many, line("White", 100, 30), answered=(210, 63), total=(210, 63))
    assert [each.name for each in standing.rate_standings(data)] == ["Asian", "White"]


def test_a_group_that_nobody_is_in_is_not_compared():
    data = published(
        line("Asian", 100, 30), line("White", 200, 30), line("Other", 0, 0), answered=(300, 60), total=(300, 60)
    )
    assert [each.name for each in standing.rate_standings(data)] == ["Asian", "White"]


def test_numbers_that_are_too_small_say_so():
    data = published(line("Asian", 6, 1), line("White", 60, 9), answered=(66, 10), total=(66, 10))
    assert by_name(standing.rate_standings(data))["Asian"].verdict == FEW


def test_the_verdicts_are_told_in_a_sentence_each_with_the_ratios():
    found = standing.rate_standings(REFUSED, "White")
    assert standing.shows(found) == (
        "More than chance alone would explain: Asian (2.0 times).",
        "Chance alone could explain it: Black (the same).",
        "What we say of chance allows for 2 comparisons made together, by Holm’s correction.",
    )
    limits = standing.does_not_show(found)
    assert any("does not show why there is a difference" in each for each in limits)
    assert any("100 of 1,100 records" in each for each in limits)
