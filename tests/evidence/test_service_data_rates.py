"""What may be shown of how often it happened: right, and safe from somebody who works out the rest."""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.duty.disclosure import (
    TOTAL,
    Counts,
    Line,
    Mark,
    Place,
    ProtectedTable,
    Published,
    PublishedRate,
    Rate,
    Subtotal,
)
from assessments.evidence import service_data
from assessments.evidence.service_data import NOT_KNOWN, NOT_SAID, Groups, Happened
from tests.duty.attacker import Attacker
from tests.duty.test_disclosure_attack import given_away
from tests.evidence.test_service_data_outcome import csv

FIXED = (NOT_SAID, NOT_KNOWN)
ANSWERED = "All who answered"


def groups(**numbers):
    """Groups of so many people, to so many of whom it happened."""
    found = {name: numbers.get(name, (0, 0)) for name in (*numbers, *FIXED)}
    return Groups(
        {name: people for name, (people, _) in found.items()},
        {},
        happened={name: happened for name, (_, happened) in found.items()},
    )


def shown(threshold=5, unsaid=0, **characteristics):
    thresholds = dict.fromkeys(characteristics, threshold)
    return service_data.protect_all(characteristics, thresholds, Happened("they were refused", unsaid))


def lines(published):
    return {each["name"]: each for each in published["lines"]}


def has_rates(published):
    return all(each["happened"] and each["rate"] for each in published["lines"])


def test_a_rate_is_of_all_people_in_the_group():
    published = shown(sex=groups(F=(80, 20), M=(120, 60)))["sex"]
    found = lines(published)
    assert (found["F"]["count"]["number"], found["F"]["happened"]["number"]) == (80, 20)
    assert found["F"]["rate"]["text"] == "25.0%"
    assert found["F"]["share"]["text"] == "40.0%"
    assert (found[TOTAL]["happened"]["number"], found[TOTAL]["rate"]["text"]) == (80, "40.0%")
    assert found[ANSWERED]["rate"]["text"] == "40.0%"
    assert found[NOT_SAID]["rate"]["mark"] == "no-rate"


def test_without_an_outcome_there_is_neither_number_nor_rate():
    published = service_data.protect_all({"sex": Groups({"F": 80, "M": 20, **dict.fromkeys(FIXED, 0)}, {})}, {"sex": 5})
    assert all(each["happened"] is None and each["rate"] is None for each in published["sex"]["lines"])


def test_nobody_can_subtract_what_is_hidden_from_the_totals():
    """Three of 30 were refused: neither they, nor the same in one group beside them, may be shown."""
    found = lines(shown(race=groups(A=(30, 3), B=(170, 90), C=(60, 20)))["race"])
    assert found["A"]["happened"]["text"] == "fewer than 5"
    assert found["A"]["rate"]["number"] is None
    assert found["A"]["count"]["number"] == 30
    assert [found[name]["happened"]["number"] for name in "BC"] == [90, None]
    assert found[TOTAL]["happened"]["number"] == 113


def test_a_group_to_whom_it_never_happened_is_shown_with_0():
    found = lines(shown(sex=groups(F=(80, 0), M=(120, 60)))["sex"])
    assert (found["F"]["happened"]["number"], found["F"]["rate"]["number"]) == (0, 0)


@pytest.mark.parametrize(
    ("sex", "said"),
    [
        ({"F": (80, 2), "M": (120, 2)}, "so few people"),
        ({"F": (80, 78), "M": (120, 119)}, "so few people"),
        ({"F": (80, 0), "M": (120, 0)}, "It happened to nobody"),
        ({"F": (80, 80), "M": (120, 120)}, "It happened to everybody"),
    ],
)
def test_what_happened_to_few_or_none_or_all_is_left_out_in_words_and_people_stay(sex, said):
    published = shown(sex=groups(**sex))["sex"]
    plain = service_data.protected(
        Groups({name: people for name, (people, _) in sex.items()} | dict.fromkeys(FIXED, 0), {}), 5
    )
    assert published["lines"] == plain["lines"]
    assert not any(each["happened"] for each in published["lines"])
    note = published["notes"][-1]
    assert note.startswith("What happened: they were refused. ")
    assert said in note


def test_the_highest_threshold_of_the_file_decides_for_all_of_it():
    both = {"sex": groups(F=(80, 3), M=(120, 4)), "sexual-orientation": groups(A=(100, 7), B=(100, 0))}
    found = service_data.protect_all(both, {"sex": 5, "sexual-orientation": 10}, Happened("x"))
    assert not any(line["happened"] for part in found.values() for line in part["lines"])
    found = service_data.protect_all(both, {"sex": 5, "sexual-orientation": 5}, Happened("x"))
    assert has_rates(found["sexual-orientation"])


def test_rates_are_left_out_where_none_could_be_shown_and_people_stay():
    published = shown(sex=groups(F=(6, 3), M=(6, 3)), age=groups(A=(12, 6)))
    assert not any(each["happened"] for each in published["sex"]["lines"])
    assert "all rates would have to be hidden" in published["sex"]["notes"][-1]
    assert lines(published["sex"])["F"]["count"]["number"] == 6


def test_parts_of_a_file_that_differ_by_a_few_people_do_not_both_have_rates():
    published = shown(sex=groups(F=(80, 20), M=(120, 60)), race=groups(A=(100, 40), B=(97, 38)))
    assert has_rates(published["sex"])
    assert not any(each["happened"] for each in published["race"]["lines"])
    assert "not quite the same" in published["race"]["notes"][-1]
    published = shown(sex=groups(F=(80, 20), M=(120, 60)), race=groups(A=(100, 40), B=(60, 20)))
    assert has_rates(published["race"])


@pytest.mark.parametrize(
    ("unsaid", "said"),
    [(0, None), (40, "In 40 rows"), (3, "In some rows"), (117, "In some rows"), (120, "In 120 rows")],
)
def test_rows_that_do_not_say_what_happened_are_told_of_without_giving_anybody_away(unsaid, said):
    notes = shown(unsaid=unsaid, sex=groups(F=(80, 20), M=(120, 60)))["sex"]["notes"]
    assert [note.split(" the file")[0] for note in notes] == ([said] if said else [])


def test_where_the_file_holds_back_all_groups_but_one_nothing_can_be_shown():
    with pytest.raises(service_data.TooFew):
        service_data.protected(Groups({"M": 50}, {}, ("F", *FIXED)), 5)


# Random files


decisions = st.sampled_from(["Refused", "Refused", "Granted", "Granted", "Granted", "Withdrawn", ""])
people = st.lists(st.tuples(st.sampled_from(["F", "M", "X", ""]), decisions), min_size=20, max_size=120)


def from_file(rows):
    """Groups as they come from a file of records: each value a group, an empty cell unknown."""
    tally = service_data.read(csv([["Sex", "Decision"], *rows]), True, outcome="Decision")
    column = tally.column("Sex")
    meaning = {value: value or NOT_KNOWN for value in column.values}
    return service_data.counted(column, meaning, (), tally.happened("Sex", ["Refused"]))


@settings(max_examples=100)
@given(people, st.sampled_from([3, 5, 10]))
def test_what_is_shown_is_what_is_in_the_file(rows, threshold):
    rows = [row for row in rows if any(row)]
    assume(len({decision for _, decision in rows}) > 1)
    published = shown(threshold, sex=from_file(rows))["sex"]
    said = [(sex or NOT_KNOWN, decision) for sex, decision in rows]
    every = Counter(sex for sex, _ in said)
    refused = Counter(sex for sex, decision in said if decision == "Refused")
    for counter in (every, refused):
        counter[TOTAL] = counter.total()
        counter[ANSWERED] = counter[TOTAL] - counter[NOT_KNOWN]
    for name, line in lines(published).items():
        assert line["count"]["number"] in (None, every[name])
        if line["happened"] and line["happened"]["number"] is not None:
            assert line["happened"]["number"] == refused[name]
        if line["rate"] and line["rate"]["number"] is not None:
            assert line["rate"]["number"] == pytest.approx(100 * refused[name] / every[name], abs=0.0501)


counts = st.lists(
    st.tuples(st.sampled_from(["F", "M", "X"]), st.sampled_from(["16-24", "25+"]), st.integers(0, 90), st.floats(0, 1)),
    min_size=1,
    max_size=12,
)


@given(counts)
def test_counts_are_added_up_by_each_column_as_by_hand(rows):
    rows = [(sex, age, number, round(number * part)) for sex, age, number, part in rows]
    tally = service_data.read(csv([["Sex", "Age", "Count", "Refused"], *rows]), False, outcome="Refused")
    for place, heading in enumerate(("Sex", "Age")):
        assert tally.column(heading).values == _by(rows, place, 2)
        assert tally.happened(heading, ["Refused"]) == _by(rows, place, 3)


def _by(rows, place, number):
    return {value: sum(row[number] for row in rows if row[place] == value) for value in {row[place] for row in rows}}


few = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 20))
cells = st.lists(st.tuples(few, few), min_size=2, max_size=5)


def as_attacked(given, published, prefix=""):
    """The true table, and what is stored of it as a reader has it: the rest is shown where it can be subtracted."""
    rows = {f"{prefix}{name}": (given.happened[name], given.numbers[name]) for name in given.numbers}
    answered = tuple(f"{prefix}{name}" for name in given.numbers if name not in FIXED)
    stored = {each["name"] if each["name"] == TOTAL else prefix + each["name"]: each for each in published["lines"]}
    rates, found = [], []
    for name, line in stored.items():
        base = TOTAL if name in (TOTAL, *(prefix + each for each in FIXED)) else prefix + ANSWERED
        if line["share"]:
            rates.append(Rate(name, "Share", Place(name, TOTAL), Place(base, TOTAL)))
            found.append(PublishedRate(name, "Share", figure(line["share"])))
        rates.append(Rate(name, "Rate", Place(name, "yes"), Place(name, TOTAL)))
        found.append(PublishedRate(name, "Rate", figure(line["rate"])))
    counts = Counts(
        tuple(rows),
        ("yes", "no"),
        [[happened, number - happened] for happened, number in rows.values()],
        subtotals=(Subtotal(prefix + ANSWERED, answered),),
        rates=tuple(rates),
        known=frozenset(Place(TOTAL, column) for column in ("yes", "no", TOTAL)),
    )
    truth = Attacker((counts, ProtectedTable((), (), (), 5, None))).truth
    table = tuple(
        Line(name, (figure(each["happened"]), rest(each, truth(Place(name, "no"))), figure(each["count"])))
        for name, each in stored.items()
    )
    return counts, ProtectedTable(("yes", "no", TOTAL), table, tuple(found), published["threshold"], None)


def figure(stored):
    return Published(Mark(stored["mark"]), stored["text"], stored["number"])


def rest(line, truth):
    """Those to whom it did not happen: shown where they can be subtracted, and else hinted at, unless there are none.

    The attacker would take the hint for what the rules say of a zero, and they say it only of zeros in the table.
    """
    if line["happened"]["number"] is not None and line["count"]["number"] is not None:
        return Published(Mark.EXACT, str(truth), truth)
    return Published(Mark.WITHHELD, "withheld") if truth else None


def random_groups(given):
    return groups(**{f"G{number}": (yes + no, yes) for number, (yes, no) in enumerate(given)})


@settings(max_examples=150)
@given(cells, st.sampled_from([3, 5, 8]))
def test_nobody_can_work_out_to_how_many_of_a_group_it_happened(given_cells, threshold):
    given_groups = random_groups(given_cells)
    assume(given_groups.total >= threshold)
    published = shown(threshold, a=given_groups)["a"]
    assume(has_rates(published))
    counts, table = as_attacked(given_groups, published)
    attacker = Attacker((counts, table))
    assert set(given_away(attacker, [table], attacker.places)) <= counts.known
    for name, number in given_groups.numbers.items():
        if 0 < number < threshold:
            both = [attacker.values(Place(name, column), 2) for column in ("yes", "no")]
            assert all(map(any, both)), f"Whether it happened to all of {name} is known"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), min_size=20, max_size=60))
def test_nor_from_two_characteristics_of_the_same_people(persons):
    """Each is protected by itself; the reader has both, and knows that the totals are the same."""
    parts = {
        slug: random_groups(
            [
                tuple(
                    sum(each[which] == group and each[2] is happened for each in persons) for happened in (True, False)
                )
                for group in range(3)
            ]
        )
        for which, slug in enumerate("ab")
    }
    published = shown(5, **parts)
    assume(all(has_rates(each) for each in published.values()))
    tables = [as_attacked(parts[slug], published[slug], prefix=slug) for slug in parts]
    attacker = Attacker(*tables)
    assert set(given_away(attacker, [table for _, table in tables], attacker.places)) <= tables[0][0].known
