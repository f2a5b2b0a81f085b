"""The tables of the 2021 Census of England and Wales that tell of a characteristic, with their words and order.

Titles, headings and bases are those of the Office for National Statistics, as in the bulk files of Nomis. Which table
stands for which characteristic is our choice: docs/decisions/0025-population.md says why.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assessments.duty import act

CENSUS_DAY = date(2021, 3, 21)
PUBLISHER = "Office for National Statistics, Census 2021"

CARERS = "carers"
SOCIO_ECONOMIC = "socio-economic"
LOCAL = (CARERS, SOCIO_ECONOMIC)
"""Slugs of local characteristics that the Census tells of. A council need not have adopted them."""

NO_TABLE = {
    act.PREGNANCY_AND_MATERNITY.slug: (
        "The Census did not ask about pregnancy and maternity, so there is no table. "
        "Figures on births and from maternity services can stand in."
    )
}

RESIDENTS = "All usual residents"
AGED_3 = "All usual residents aged 3 years and over"
AGED_5 = "All usual residents aged 5 and over"
AGED_16 = "All usual residents aged 16 years and over"
HOUSEHOLDS = "All households"


@dataclass(frozen=True)
class Category:
    """A category of a table, and the one that it is part of; empty for a main category."""

    words: str
    part_of: str = ""


@dataclass(frozen=True)
class Known:
    """A table that we can read.

    `topic` is what each heading begins with, and the variable in a file of the ONS, unless that has its own name in
    `variable`. A table that counts by two things has both in it, divided by a semicolon. `caution` is for whoever
    reads the figures.
    """

    code: str
    title: str
    characteristic: str
    topic: str
    base_words: str
    categories: tuple[Category, ...]
    variable: str = ""
    is_context: bool = False
    is_in_development: bool = False
    caution: str = ""
    parts: Mapping[str, tuple[Category, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, tuple[Category, ...]] = {}
        for each in self.categories:
            found[each.part_of] = (*found.get(each.part_of, ()), each)
        object.__setattr__(self, "parts", found)


def same(words: str) -> str:
    """The form in which two headings are compared: case and spacing do not matter."""
    return re.sub(r"\s*:\s*", ": ", " ".join(words.split())).casefold()


def nested(*words: str, within: Mapping[str, Iterable[str]] | None = None) -> tuple[Category, ...]:
    """Categories in order. One whose words begin with those of another, and a colon, is part of it."""
    given = {part: whole for whole, parts in (within or {}).items() for part in parts}
    return tuple(Category(each, given.get(each) or _before_colon(each, words)) for each in words)


def _before_colon(words: str, others: Iterable[str]) -> str:
    return max((each for each in others if words.startswith(f"{each}: ")), key=len, default="")


_CHILD, _WORKING, _OLDER = "Aged 15 years and under", "Aged 16 to 64 years", "Aged 65 years and over"

AGE = Known(
    "TS007",
    "Age by single year",
    act.AGE.slug,
    "Age",
    RESIDENTS,
    (
        Category(_CHILD),
        Category("Aged 4 years and under", _CHILD),
        Category("Aged 5 to 15 years", _CHILD),
        Category(_WORKING),
        Category("Aged 16 to 24 years", _WORKING),
        Category("Aged 25 to 34 years", _WORKING),
        Category("Aged 35 to 49 years", _WORKING),
        Category("Aged 50 to 64 years", _WORKING),
        Category(_OLDER),
        Category("Aged 65 to 74 years", _OLDER),
        Category("Aged 75 to 84 years", _OLDER),
        Category("Aged 85 years and over", _OLDER),
    ),
)
"""Its categories are our bands: we add up what the file has."""

ALL_PERSONS = "All persons"
SEXES = ("Female", "Male")

AGE_AND_SEX = Known(
    "TS009",
    "Sex by single year of age",
    act.AGE.slug,
    "Sex; Age",
    RESIDENTS,
    nested(
        *(
            words
            for sex in SEXES
            for words in (sex, *(f"{sex}: {each.words}" for each in AGE.categories if each.words not in AGE.parts))
        )
    ),
    is_context=True,
)
"""Each sex in the finest of our bands. It tells more about age than AGE does, with other totals."""

DISABILITY = Known(
    "TS038",
    "Disability",
    act.DISABILITY.slug,
    "Disability",
    RESIDENTS,
    nested(
        "Disabled under the Equality Act",
        "Disabled under the Equality Act: Day-to-day activities limited a lot",
        "Disabled under the Equality Act: Day-to-day activities limited a little",
        "Not disabled under the Equality Act",
        "Not disabled under the Equality Act: Has long term physical or mental health condition but day-to-day "
        "activities are not limited",
        "Not disabled under the Equality Act: No long term physical or mental health conditions",
    ),
)

GENDER_IDENTITY = Known(
    "TS078",
    "Gender identity",
    act.GENDER_REASSIGNMENT.slug,
    "Gender identity",
    AGED_16,
    nested(
        "Gender identity the same as sex registered at birth",
        "Gender identity different from sex registered at birth but no specific identity given",
        "Trans woman",
        "Trans man",
        "All other gender identities",
        "Not answered",
    ),
    is_in_development=True,
    caution=(
        "These have been official statistics in development since 12 September 2024, when the Office for Statistics "
        "Regulation reported on them: use them with care. The question was voluntary. "
        "Gender identity is not the same as gender reassignment in the Act."
    ),
)
"""Office for Statistics Regulation, Review of statistics on gender identity based on data collected as part of the
2021 England and Wales Census: final report, 12 September 2024 (osr.statisticsauthority.gov.uk)."""

ETHNIC_GROUP = Known(
    "TS021",
    "Ethnic group",
    act.RACE.slug,
    "Ethnic group",
    RESIDENTS,
    nested(
        "Asian, Asian British or Asian Welsh",
        "Asian, Asian British or Asian Welsh: Bangladeshi",
        "Asian, Asian British or Asian Welsh: Chinese",
        "Asian, Asian British or Asian Welsh: Indian",
        "Asian, Asian British or Asian Welsh: Pakistani",
        "Asian, Asian British or Asian Welsh: Other Asian",
        "Black, Black British, Black Welsh, Caribbean or African",
        "Black, Black British, Black Welsh, Caribbean or African: African",
        "Black, Black British, Black Welsh, Caribbean or African: Caribbean",
        "Black, Black British, Black Welsh, Caribbean or African: Other Black",
        "Mixed or Multiple ethnic groups",
        "Mixed or Multiple ethnic groups: White and Asian",
        "Mixed or Multiple ethnic groups: White and Black African",
        "Mixed or Multiple ethnic groups: White and Black Caribbean",
        "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups",
        "White",
        "White: English, Welsh, Scottish, Northern Irish or British",
        "White: Irish",
        "White: Gypsy or Irish Traveller",
        "White: Roma",
        "White: Other White",
        "Other ethnic group",
        "Other ethnic group: Arab",
        "Other ethnic group: Any other ethnic group",
    ),
)

COUNTRY_OF_BIRTH = Known(
    "TS004",
    "Country of birth",
    act.RACE.slug,
    "Country of birth",
    RESIDENTS,
    nested(
        "Europe",
        "Europe: United Kingdom",
        "Europe: EU countries",
        "Europe: EU countries: European Union EU14",
        "Europe: EU countries: European Union EU8",
        "Europe: EU countries: European Union EU2",
        "Europe: EU countries: All other EU countries",
        "Europe: Non-EU countries",
        "Europe: Non-EU countries: All other non-EU countries",
        "Africa",
        "Middle East and Asia",
        "The Americas and the Caribbean",
        "Antarctica and Oceania (including Australasia) and Other",
        "British Overseas",
    ),
    is_context=True,
)

_NOT_ENGLISH = "Main language is not English (English or Welsh in Wales)"

PROFICIENCY_IN_ENGLISH = Known(
    "TS029",
    "Proficiency in English",
    act.RACE.slug,
    "Proficiency in English language",
    AGED_3,
    nested(
        "Main language is English (English or Welsh in Wales)",
        _NOT_ENGLISH,
        f"{_NOT_ENGLISH}: Can speak English very well",
        f"{_NOT_ENGLISH}: Can speak English well",
        f"{_NOT_ENGLISH}: Cannot speak English well",
        f"{_NOT_ENGLISH}: Cannot speak English",
    ),
    is_context=True,
)

RELIGION = Known(
    "TS030",
    "Religion",
    act.RELIGION_OR_BELIEF.slug,
    "Religion",
    RESIDENTS,
    nested(
        "No religion",
        "Christian",
        "Buddhist",
        "Hindu",
        "Jewish",
        "Muslim",
        "Sikh",
        "Other religion",
        "Not answered",
    ),
    caution="The question was voluntary. It did not ask about beliefs that are no religion.",
)

SEX = Known("TS008", "Sex", act.SEX.slug, "Sex", RESIDENTS, nested(*SEXES))

SEXUAL_ORIENTATION = Known(
    "TS077",
    "Sexual orientation",
    act.SEXUAL_ORIENTATION.slug,
    "Sexual orientation",
    AGED_16,
    nested(
        "Straight or Heterosexual",
        "Gay or Lesbian",
        "Bisexual",
        "All other sexual orientations",
        "Not answered",
    ),
    caution="The question was voluntary.",
)

_MARRIED = "Married or in a registered civil partnership"
_SEPARATED = "Separated, but still legally married or still legally in a civil partnership"
_DIVORCED = "Divorced or civil partnership dissolved"
_WIDOWED = "Widowed or surviving civil partnership partner"

LEGAL_PARTNERSHIP = Known(
    "TS002",
    "Legal partnership status",
    act.MARRIAGE_AND_CIVIL_PARTNERSHIP.slug,
    "Marital and civil partnership status",
    AGED_16,
    nested(
        "Never married and never registered a civil partnership",
        _MARRIED,
        f"{_MARRIED}: Married",
        f"{_MARRIED}: Married: Opposite sex",
        f"{_MARRIED}: Married: Same sex",
        f"{_MARRIED}: In a registered civil partnership",
        f"{_MARRIED}: In a registered civil partnership: Opposite sex",
        f"{_MARRIED}: In a registered civil partnership: Same sex",
        _SEPARATED,
        f"{_SEPARATED}: Separated, but still married",
        f"{_SEPARATED}: Separated, but still in a registered civil partnership",
        _DIVORCED,
        f"{_DIVORCED}: Divorced",
        f"{_DIVORCED}: Formerly in a civil partnership now legally dissolved",
        _WIDOWED,
        f"{_WIDOWED}: Widowed",
        f"{_WIDOWED}: Surviving partner from civil partnership",
    ),
)

_UP_TO_19, _UP_TO_49 = "Provides 19 hours or less unpaid care a week", "Provides 20 to 49 hours unpaid care a week"
_UP_TO_9, _10_TO_19 = "Provides 9 hours or less unpaid care a week", "Provides 10 to 19 hours unpaid care a week"
_20_TO_34, _35_TO_49 = "Provides 20 to 34 hours unpaid care a week", "Provides 35 to 49 hours unpaid care a week"

UNPAID_CARE = Known(
    "TS039",
    "Provision of unpaid care",
    CARERS,
    "Provision of unpaid care",
    AGED_5,
    nested(
        "Provides no unpaid care",
        _UP_TO_19,
        _UP_TO_9,
        _10_TO_19,
        _UP_TO_49,
        _20_TO_34,
        _35_TO_49,
        "Provides 50 or more hours unpaid care a week",
        within={_UP_TO_19: (_UP_TO_9, _10_TO_19), _UP_TO_49: (_20_TO_34, _35_TO_49)},
    ),
    variable="Unpaid care",
)

DEPRIVATION = Known(
    "TS011",
    "Households by deprivation dimensions",
    SOCIO_ECONOMIC,
    "Household deprivation",
    HOUSEHOLDS,
    nested(
        "Household is not deprived in any dimension",
        "Household is deprived in one dimension",
        "Household is deprived in two dimensions",
        "Household is deprived in three dimensions",
        "Household is deprived in four dimensions",
    ),
    caution="This table counts households, not people.",
)

KNOWN = (
    AGE,
    AGE_AND_SEX,
    DISABILITY,
    GENDER_IDENTITY,
    ETHNIC_GROUP,
    COUNTRY_OF_BIRTH,
    PROFICIENCY_IN_ENGLISH,
    RELIGION,
    SEX,
    SEXUAL_ORIENTATION,
    LEGAL_PARTNERSHIP,
    UNPAID_CARE,
    DEPRIVATION,
)
BY_CODE = {each.code: each for each in KNOWN}
BY_TOPIC = {same(each.topic): each for each in KNOWN}
BY_VARIABLE = {same(each.variable or each.topic): each for each in KNOWN}
IN_ORDER = (*(each.slug for each in act.CHARACTERISTICS), *LOCAL)

WHAT_WE_USE = "; ".join(f"{each.code} {each.title}" for each in KNOWN)
