"""Section 149 of the Equality Act 2010 as data: its words, the limbs, the characteristics, the matrix.

The words are those of the Act as it stands (legislation.gov.uk, ukpga/2010/15/section/149, Crown copyright,
Open Government Licence v3.0). They are shown, never paraphrased: a gloss put in their place made a decision
unlawful in *DAT v West Berkshire* [2016] EWHC 1876 (Admin).
"""

from __future__ import annotations

from dataclasses import dataclass

ACT = "Equality Act 2010"


@dataclass(frozen=True)
class Provision:
    """One numbered part of section 149: `number` as cited, such as "149(3)(a)", and its words.

    A provision with `parts` is an opening phrase that the parts complete.
    """

    number: str
    words: str
    parts: tuple[Provision, ...] = ()


@dataclass(frozen=True)
class Limb:
    """One of the three needs in section 149(1), with the subsections that say what it involves."""

    slug: str
    letter: str
    name: str
    provision: Provision
    involves: tuple[Provision, ...]


@dataclass(frozen=True)
class Characteristic:
    """A group of people whose equality is assessed.

    `definition` is the section of the Act that defines it; it is empty for a characteristic that a council
    adopted of its own accord, which is not part of section 149 and is always labelled so.
    """

    slug: str
    name: str
    definition: str
    help_text: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the council adopted it, rather than Parliament."""
        return not self.definition

    @property
    def label(self) -> str:
        """The name as shown to readers, with the local mark where it is due."""
        return f"{self.name} ({LOCAL_MARK})" if self.is_local else self.name


LOCAL_MARK = "locally adopted, not section 149"

GENERAL_DUTY = Provision(
    "149(1)",
    "A public authority must, in the exercise of its functions, have due regard to the need to—",
    (
        Provision(
            "149(1)(a)",
            "eliminate discrimination, harassment, victimisation and any other conduct that is prohibited by "
            "or under this Act;",
        ),
        Provision(
            "149(1)(b)",
            "advance equality of opportunity between persons who share a relevant protected characteristic "
            "and persons who do not share it;",
        ),
        Provision(
            "149(1)(c)",
            "foster good relations between persons who share a relevant protected characteristic and persons "
            "who do not share it.",
        ),
    ),
)

ADVANCING = Provision(
    "149(3)",
    "Having due regard to the need to advance equality of opportunity between persons who share a relevant "
    "protected characteristic and persons who do not share it involves having due regard, in particular, to "
    "the need to—",
    (
        Provision(
            "149(3)(a)",
            "remove or minimise disadvantages suffered by persons who share a relevant protected "
            "characteristic that are connected to that characteristic;",
        ),
        Provision(
            "149(3)(b)",
            "take steps to meet the needs of persons who share a relevant protected characteristic that are "
            "different from the needs of persons who do not share it;",
        ),
        Provision(
            "149(3)(c)",
            "encourage persons who share a relevant protected characteristic to participate in public life or "
            "in any other activity in which participation by such persons is disproportionately low.",
        ),
    ),
)

DISABILITY_STEPS = Provision(
    "149(4)",
    "The steps involved in meeting the needs of disabled persons that are different from the needs of persons "
    "who are not disabled include, in particular, steps to take account of disabled persons' disabilities.",
)

FOSTERING = Provision(
    "149(5)",
    "Having due regard to the need to foster good relations between persons who share a relevant protected "
    "characteristic and persons who do not share it involves having due regard, in particular, to the need "
    "to—",
    (
        Provision("149(5)(a)", "tackle prejudice, and"),
        Provision("149(5)(b)", "promote understanding."),
    ),
)

MORE_FAVOURABLE = Provision(
    "149(6)",
    "Compliance with the duties in this section may involve treating some persons more favourably than "
    "others; but that is not to be taken as permitting conduct that would otherwise be prohibited by or under "
    "this Act.",
)

RELEVANT = Provision(
    "149(7)",
    "The relevant protected characteristics are—",
    tuple(
        Provision("149(7)", words)
        for words in (
            "age;",
            "disability;",
            "gender reassignment;",
            "pregnancy and maternity;",
            "race;",
            "religion or belief;",
            "sex;",
            "sexual orientation.",
        )
    ),
)

SECTION_149 = (GENERAL_DUTY, ADVANCING, DISABILITY_STEPS, FOSTERING, MORE_FAVOURABLE, RELEVANT)

ELIMINATE = Limb("eliminate", "a", "Eliminate discrimination", GENERAL_DUTY.parts[0], (MORE_FAVOURABLE,))
ADVANCE = Limb("advance", "b", "Advance equality of opportunity", GENERAL_DUTY.parts[1], (ADVANCING, DISABILITY_STEPS))
FOSTER = Limb("foster", "c", "Foster good relations", GENERAL_DUTY.parts[2], (FOSTERING,))
LIMBS = (ELIMINATE, ADVANCE, FOSTER)

AGE = Characteristic("age", "Age", "section 5", "People of a particular age, or of a range of ages.")
DISABILITY = Characteristic(
    "disability",
    "Disability",
    "section 6",
    "People with a physical or mental impairment that has a substantial and long-term effect on daily life.",
)
GENDER_REASSIGNMENT = Characteristic(
    "gender-reassignment",
    "Gender reassignment",
    "section 7",
    "People who propose to go through, are going through or have gone through a process to reassign their sex.",
)
PREGNANCY_AND_MATERNITY = Characteristic(
    "pregnancy-and-maternity",
    "Pregnancy and maternity",
    "sections 17 and 18",
    "People who are pregnant, have recently given birth or are breastfeeding.",
)
RACE = Characteristic("race", "Race", "section 9", "Colour, nationality, and ethnic or national origins.")
RELIGION_OR_BELIEF = Characteristic(
    "religion-or-belief",
    "Religion or belief",
    "section 10",
    "Any religion, any religious or philosophical belief, and having no religion or belief.",
)
SEX = Characteristic(
    "sex",
    "Sex",
    "section 11",
    "Women and girls, men and boys. Sex and gender reassignment are two characteristics: answer for each.",
)
SEXUAL_ORIENTATION = Characteristic(
    "sexual-orientation",
    "Sexual orientation",
    "section 12",
    "People attracted to their own sex, to the opposite sex, or to both.",
)
MARRIAGE_AND_CIVIL_PARTNERSHIP = Characteristic(
    "marriage-and-civil-partnership",
    "Marriage and civil partnership",
    "section 8",
    "People who are married or in a civil partnership. Only limb (a) applies, which in practice means at work.",
)

RELEVANT_CHARACTERISTICS = (
    AGE,
    DISABILITY,
    GENDER_REASSIGNMENT,
    PREGNANCY_AND_MATERNITY,
    RACE,
    RELIGION_OR_BELIEF,
    SEX,
    SEXUAL_ORIENTATION,
)
CHARACTERISTICS = (*RELEVANT_CHARACTERISTICS, MARRIAGE_AND_CIVIL_PARTNERSHIP)

MATRIX = (
    *((characteristic, limb) for characteristic in RELEVANT_CHARACTERISTICS for limb in LIMBS),
    (MARRIAGE_AND_CIVIL_PARTNERSHIP, ELIMINATE),
)
"""The 8 x 3 + 1 cells of the duty: section 149(1) and (7)."""


def limbs_of(characteristic: Characteristic) -> tuple[Limb, ...]:
    """The limbs under which the Act makes a characteristic relevant; none for a local one."""
    return tuple(limb for each, limb in MATRIX if each == characteristic)
