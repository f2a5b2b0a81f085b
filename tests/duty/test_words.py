"""Word-level differences between two texts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.duty.words import Part, compare_text, folded


def marked(parts):
    """The parts as text: what was removed in [-…-], what was added in {+…+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[part.op].format(part.text) for part in parts)


def said(parts, op):
    return "".join(part.text for part in parts if part.op in ("same", op))


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("", "", ""),
        ("The same.", "The same.", "The same."),
        ("", "Something new.", "{+Something new.+}"),
        ("Something old.", "", "[-Something old.-]"),
        ("open five days", "open three days", "open [-five-]{+three+} days"),
        ("the big library", "the library", "the[- big-] library"),
        ("dogs bark", "big dogs bark", "{+big +}dogs bark"),
        ("four days and 34 places", "three days and 30 places", "[-four-]{+three+} days and [-34-]{+30+} places"),
        ("It closes", "It closes.", "It closes{+.+}"),
        ("It costs £1,200.", "It costs £1,300.", "It costs [-£1,200-]{+£1,300+}."),
        ("People’s views", "Peoples views", "[-People’s-]{+Peoples+} views"),
        ("Bus 9 and 12", "bus 9 and 12", "[-Bus-]{+bus+} 9 and 12"),
        ("One.\nTwo.", "One.\n\nTwo.", "One.\n{+\n+}Two."),
        ("two  spaces", "two spaces", "two [- -]spaces"),
        ("Ends here. ", "Ends here.", "Ends here.[- -]"),
    ],
)
def test_the_words_that_changed_are_told_apart_from_those_that_did_not(before, after, difference):
    assert marked(compare_text(before, after)) == difference


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("A one.\n\nC three.", "A one.\n\nB two.\n\nC three.", "A one.{+\n\nB two.+}\n\nC three."),
        ("A one.\n\nB two.", "A one.", "A one.[-\n\nB two.-]"),
        ("A one.\n\nB two.\n\nC three.", "A 1.\n\nB two.\n\nC 3.", "A [-one-]{+1+}.\n\nB two.\n\nC [-three-]{+3+}."),
    ],
)
def test_paragraphs_that_stay_hold_the_text_together(before, after, difference):
    assert marked(compare_text(before, after)) == difference


def test_a_short_paragraph_between_two_that_were_written_anew_stays():
    before = "Nobody has been asked about this yet.\n\nNone.\n\nThe hall would be let to whoever pays the most for it."
    after = "Everyone who came in May got a letter.\n\nNone.\n\nWork on a new roof starts when its grant has arrived."
    assert Part("same", ".\n\nNone.\n\n") in compare_text(before, after)


def test_a_word_in_common_by_chance_does_not_break_up_a_passage_that_was_written_anew():
    before = "Nobody has been asked about the plan so far."
    after = "Everyone who came to our drop-in got the letter in May."
    assert marked(compare_text(before, after)) == f"[-{before[:-1]}-]{{+{after[:-1]}+}}."


def test_words_that_occur_again_and_again_are_matched_between_those_that_occur_once():
    before = "On Monday the bus goes at ten and the bus at six. On Friday the bus goes at ten and the bus at six."
    after = "On Monday the bus goes at nine and the bus at six. On Friday the bus goes at ten and the bus at five."
    assert marked(compare_text(before, after)) == (
        "On Monday the bus goes at [-ten-]{+nine+} and the bus at six. "
        "On Friday the bus goes at ten and the bus at [-six-]{+five+}."
    )


def test_words_that_occur_again_within_what_occurs_again_are_matched_too():
    day = "{0} from ten {0} at noon {0} from ten {0}"
    before = f"{day.format('old')} in May {day.format('old')}"
    after = f"{day.format('new')} in May {day.format('new')}"
    expected = day.format("[-old-]{+new+}")
    assert marked(compare_text(before, after)) == f"{expected} in May {expected}"


def test_of_two_passages_that_changed_places_the_longer_stays():
    before = "First of all comes the school. Then the park."
    after = "Then the park. First of all comes the school."
    assert Part("same", "First of all comes the school") in compare_text(before, after)


WORDS = st.sampled_from(
    ["the", "bus", "goes", "ten", "six.", "“and”", "£1,200", "Bus", "e\u0301te\u0301", "دور", "👩‍👧"]
)
SPACES = st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", "\n- ", "\t", "\u00a0", ", "])
PASSAGES = st.lists(st.tuples(WORDS, SPACES), max_size=60).map(lambda pairs: "".join(w + s for w, s in pairs))
TEXTS = PASSAGES | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_the_parts_make_both_texts_to_the_last_space(before, after):
    parts = compare_text(before, after)
    assert said(parts, "removed") == before
    assert said(parts, "added") == after


@st.composite
def edited(draw):
    """A text, and the same with a stretch replaced."""
    text = draw(PASSAGES)
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text, text[:start] + draw(PASSAGES) + text[end:]


@given(edited())
def test_the_parts_make_both_texts_after_an_edit_too(texts):
    before, after = texts
    parts = compare_text(before, after)
    assert (said(parts, "removed"), said(parts, "added")) == (before, after)


@given(TEXTS, TEXTS)
def test_no_part_is_empty_and_no_two_neighbours_are_alike(before, after):
    ops = [part.op for part in compare_text(before, after)]
    assert all(part.text for part in compare_text(before, after))
    assert all(first != second for first, second in pairwise(ops))
    assert ("added", "removed") not in pairwise(ops)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert compare_text(text, text) == ((Part("same", text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ".join(map(chr, range(0x4E00, 0x7510))), " ".join(map(chr, range(0x7510, 0x4E00, -1)))),
        ("yes no " * 2857, "no yes " * 2857),
        ("a\n" * 10_000, "b\n" * 10_000),
        ("." * 20_000, ", " * 10_000),
        (" \n" * 10_000, "\n " * 10_000),
    ],
    ids=["turned round", "two words", "lines", "marks", "spaces"],
)
def test_the_longest_answers_of_the_oddest_kinds_are_compared_too(before, after):
    parts = compare_text(before, after)
    assert (said(parts, "removed"), said(parts, "added")) == (before, after)


# Folding


def test_a_long_unchanged_stretch_is_cut_to_the_words_beside_the_changes():
    numbers = " ".join(str(number) for number in range(100))
    parts = compare_text(f"{numbers} old {numbers} end", f"{numbers} new {numbers} fin")
    assert marked(folded(parts, context=3)) == "… 97 98 99 [-old-]{+new+} 0 1 2 … 97 98 99 [-end-]{+fin+}"


def test_the_end_of_a_text_is_cut_after_the_last_change():
    numbers = " ".join(str(number) for number in range(100))
    assert marked(folded(compare_text(f"old {numbers}", f"new {numbers}"), context=2)) == "[-old-]{+new+} 0 1 …"


def test_a_stretch_that_is_short_stays_whole():
    parts = compare_text("Close it in April and save £120,000 a year.", "Close it in May and save £120,000 in all.")
    assert folded(parts) == parts


def test_a_stretch_stays_whole_when_little_would_be_saved():
    numbers = " ".join(str(number) for number in range(20))
    parts = compare_text(f"old {numbers} end", f"new {numbers} fin")
    assert folded(parts, context=8) == parts
    assert folded(parts, context=2) != parts


@given(TEXTS, TEXTS)
def test_folding_never_touches_what_changed(before, after):
    parts = compare_text(before, after)
    assert [part for part in folded(parts, 1) if part.op != "same"] == [part for part in parts if part.op != "same"]
    assert [part.op for part in folded(parts, 1)] == [part.op for part in parts]
