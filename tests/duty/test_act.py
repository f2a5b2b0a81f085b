"""The Act as data: its words, its limbs, its characteristics, the matrix."""

import pytest

from assessments.duty import act
from assessments.duty.act import Characteristic, limbs_of

# Written out once more, so that a slip of the pen on either side shows. A line here is broken where it is long; an
# empty line ends a subsection.
ENACTED = """
A public authority must, in the exercise of its functions, have due regard to the need to—
eliminate discrimination, harassment, victimisation and any other conduct that is prohibited by or under
this Act;
advance equality of opportunity between persons who share a relevant protected characteristic and persons who do
not share it;
foster good relations between persons who share a relevant protected characteristic and persons who do not share
it.

Having due regard to the need to advance equality of opportunity between persons who share a relevant protected
characteristic and persons who do not share it involves having due regard, in particular, to the need to—
remove or minimise disadvantages suffered by persons who share a relevant protected characteristic that are
connected to that characteristic;
take steps to meet the needs of persons who share a relevant protected characteristic that are different from the
needs of persons who do not share it;
encourage persons who share a relevant protected characteristic to participate in public life or in any other
activity in which participation by such persons is disproportionately low.

The steps involved in meeting the needs of disabled persons that are different from the needs of persons who are
not disabled include, in particular, steps to take account of disabled persons' disabilities.

Having due regard to the need to foster good relations between persons who share a relevant protected characteristic
and persons who do not share it involves having due regard, in particular, to the need to—
tackle prejudice, and
promote understanding.

Compliance with the duties in this section may involve treating some persons more favourably than others; but that
is not to be taken as permitting conduct that would otherwise be prohibited by or under this Act.

The relevant protected characteristics are—
age;
disability;
gender reassignment;
pregnancy and maternity;
race;
religion or belief;
sex;
sexual orientation.
"""
SUBSECTIONS = dict(zip((1, 3, 4, 5, 6, 7), ENACTED.strip().split("\n\n"), strict=True))


@pytest.mark.parametrize("provision", act.SECTION_149, ids=lambda provision: provision.number)
def test_the_words_are_those_of_the_act(provision):
    words = " ".join([provision.words, *(part.words for part in provision.parts)])
    number = int(provision.number.removeprefix("149(").removesuffix(")"))
    assert words == SUBSECTIONS[number].replace("\n", " ")


def test_each_provision_is_cited_by_its_own_number():
    assert [each.number for each in act.SECTION_149] == [
        "149(1)",
        "149(3)",
        "149(4)",
        "149(5)",
        "149(6)",
        "149(7)",
    ]
    for provision in (act.GENERAL_DUTY, act.ADVANCING, act.FOSTERING):
        letters = "abc"[: len(provision.parts)]
        assert [part.number for part in provision.parts] == [f"{provision.number}({letter})" for letter in letters]


def test_each_limb_stands_beside_its_own_words():
    assert [(limb.letter, limb.provision.number) for limb in act.LIMBS] == [
        ("a", "149(1)(a)"),
        ("b", "149(1)(b)"),
        ("c", "149(1)(c)"),
    ]
    assert act.ADVANCE.involves == (act.ADVANCING, act.DISABILITY_STEPS)
    assert act.FOSTER.involves == (act.FOSTERING,)
    assert act.ELIMINATE.involves == (act.MORE_FAVOURABLE,)


def test_the_relevant_characteristics_are_the_eight_of_subsection_7_in_its_order():
    named = [line.rstrip(";.") for line in SUBSECTIONS[7].splitlines()[1:]]
    assert [each.name.lower() for each in act.RELEVANT_CHARACTERISTICS] == named


def test_the_matrix_has_eight_times_three_cells_and_one():
    assert len(act.MATRIX) == len(set(act.MATRIX)) == 8 * 3 + 1
    for characteristic in act.RELEVANT_CHARACTERISTICS:
        assert limbs_of(characteristic) == act.LIMBS


def test_marriage_and_civil_partnership_stands_under_limb_a_alone():
    assert limbs_of(act.MARRIAGE_AND_CIVIL_PARTNERSHIP) == (act.ELIMINATE,)
    assert act.MARRIAGE_AND_CIVIL_PARTNERSHIP not in act.RELEVANT_CHARACTERISTICS


def test_sex_and_gender_reassignment_are_two_characteristics_and_none_is_called_gender():
    assert act.SEX != act.GENDER_REASSIGNMENT
    assert (act.SEX.definition, act.GENDER_REASSIGNMENT.definition) == ("section 11", "section 7")
    assert "gender" not in {each.name.lower() for each in act.CHARACTERISTICS}


def test_each_characteristic_names_the_section_that_defines_it():
    assert {each.slug: each.definition for each in act.CHARACTERISTICS} == {
        "age": "section 5",
        "disability": "section 6",
        "gender-reassignment": "section 7",
        "marriage-and-civil-partnership": "section 8",
        "race": "section 9",
        "religion-or-belief": "section 10",
        "sex": "section 11",
        "sexual-orientation": "section 12",
        "pregnancy-and-maternity": "sections 17 and 18",
    }
    assert not any(each.is_local for each in act.CHARACTERISTICS)


def test_a_local_characteristic_is_labelled_so_and_stands_under_no_limb():
    carers = Characteristic("carers", "Carers", definition="")
    assert carers.is_local
    assert carers.label == "Carers (locally adopted, not section 149)"
    assert limbs_of(carers) == ()


def test_a_characteristic_of_the_act_has_no_such_label():
    assert act.RACE.label == "Race"
