"""What columns and values may mean: suggestions, which a person confirms or changes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.duty import act
from assessments.evidence.service_data.tally import Column

NOT_SAID = "Prefer not to say"
NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Category:
    """A group that values can be put in. `part_of` names the group that it is a part of; empty for a main one."""

    name: str
    part_of: str = ""


Categories = Sequence[Category]

USUAL: Mapping[str, Categories] = {
    act.AGE.slug: tuple(
        map(
            Category,
            (
                "Aged 15 years and under",
                "Aged 16 to 24 years",
                "Aged 25 to 34 years",
                "Aged 35 to 49 years",
                "Aged 50 to 64 years",
                "Aged 65 to 74 years",
                "Aged 75 to 84 years",
                "Aged 85 years and over",
            ),
        )
    ),
    act.SEX.slug: (Category("Female"), Category("Male")),
    act.DISABILITY.slug: (
        Category("Disabled under the Equality Act"),
        Category("Not disabled under the Equality Act"),
    ),
}
"""The groups for a council that has no population figures yet: as in Census 2021."""

_HEADINGS = {
    act.GENDER_REASSIGNMENT.slug: r"gender (reassign|identity)|\btrans(gender)?\b|same as (sex )?at birth",
    act.SEXUAL_ORIENTATION.slug: r"sexual|orientation|\blgb",
    act.AGE.slug: r"\bages?\b|\baged\b",
    act.DISABILITY.slug: r"disab|impairment|long term (illness|condition)|limiting",
    act.MARRIAGE_AND_CIVIL_PARTNERSHIP.slug: r"marital|marriage|married|civil partner|relationship status",
    act.PREGNANCY_AND_MATERNITY.slug: r"pregnan|maternity",
    act.RACE.slug: r"ethnic|\brace\b|nationality|country of birth",
    act.RELIGION_OR_BELIEF.slug: r"religio|belief|faith",
    act.SEX.slug: r"\bsex\b|\bgender\b",
    "carers": r"\bcarers?\b|caring|unpaid care",
}
"""From the most particular to the least: the first that fits counts."""

_NOT_SAID = re.compile(
    r"(prefer|rather|would rather|wish|choose|chose|does|did|do) not"
    r"( (to|wish to|want to))? (say|state|disclose|answer)"
    r"|not (stated|disclosed|answered|given|declared)|undisclosed|declined.*|refused.*|withheld|pnts|no answer"
)
_NOT_KNOWN = re.compile(
    r"|unknown|not known|n ?k|n ?a|none recorded|not recorded|not applicable|not collected|not asked|no data|missing"
    r"|null|nan|blank|dont know|don t know|to be confirmed|tbc|invalid"
)
_UNKNOWN_CODES = {"?", "-", "–", "-1", "-8", "-9", "999", "9999", "#n/a"}
_MORE_CODES = {"9", "99", "z"}
"""Unknown in most lists of codes. Not so of ages."""

# Codes A to S: NHS Data Dictionary, “Ethnic category”. Words: the headings of Census 2021.
_WORDS: Mapping[str, Mapping[str, str]] = {
    act.SEX.slug: {
        "f": "female",
        "woman": "female",
        "women": "female",
        "girl": "female",
        "girls": "female",
        "females": "female",
        "m": "male",
        "man": "male",
        "men": "male",
        "boy": "male",
        "boys": "male",
        "males": "male",
    },
    act.DISABILITY.slug: {
        "y": "disabled under the equality act",
        "yes": "disabled under the equality act",
        "disabled": "disabled under the equality act",
        "n": "not disabled under the equality act",
        "no": "not disabled under the equality act",
        "none": "not disabled under the equality act",
        "not disabled": "not disabled under the equality act",
        "non disabled": "not disabled under the equality act",
    },
    act.RACE.slug: {
        "a": "white english welsh scottish northern irish or british",
        "white british": "white english welsh scottish northern irish or british",
        "british": "white english welsh scottish northern irish or british",
        "b": "white irish",
        "irish": "white irish",
        "c": "white other white",
        "any other white": "white other white",
        "any other white background": "white other white",
        "d": "mixed or multiple ethnic groups white and black caribbean",
        "e": "mixed or multiple ethnic groups white and black african",
        "f": "mixed or multiple ethnic groups white and asian",
        "g": "mixed or multiple ethnic groups other mixed or multiple ethnic groups",
        "h": "asian asian british or asian welsh indian",
        "j": "asian asian british or asian welsh pakistani",
        "k": "asian asian british or asian welsh bangladeshi",
        "l": "asian asian british or asian welsh other asian",
        "m": "black black british black welsh caribbean or african caribbean",
        "n": "black black british black welsh caribbean or african african",
        "p": "black black british black welsh caribbean or african other black",
        "r": "asian asian british or asian welsh chinese",
        "s": "other ethnic group any other ethnic group",
        "asian": "asian asian british or asian welsh",
        "asian or asian british": "asian asian british or asian welsh",
        "black": "black black british black welsh caribbean or african",
        "black or black british": "black black british black welsh caribbean or african",
        "african": "black black british black welsh caribbean or african african",
        "caribbean": "black black british black welsh caribbean or african caribbean",
        "mixed": "mixed or multiple ethnic groups",
        "other": "other ethnic group",
        "gypsy or traveller": "white gypsy or irish traveller",
    },
    act.SEXUAL_ORIENTATION.slug: {
        "straight": "straight or heterosexual",
        "heterosexual": "straight or heterosexual",
        "gay": "gay or lesbian",
        "lesbian": "gay or lesbian",
        "homosexual": "gay or lesbian",
        "bi": "bisexual",
        "other": "all other sexual orientations",
    },
    act.RELIGION_OR_BELIEF.slug: {
        "none": "no religion",
        "atheist": "no religion",
        "islam": "muslim",
        "christianity": "christian",
        "hinduism": "hindu",
        "judaism": "jewish",
        "sikhism": "sikh",
        "buddhism": "buddhist",
        "other": "other religion",
    },
    act.MARRIAGE_AND_CIVIL_PARTNERSHIP.slug: {
        "single": "never married and never registered a civil partnership",
        "married": "married or in a registered civil partnership",
        "civil partnership": "married or in a registered civil partnership",
        "widowed": "widowed or surviving civil partnership partner",
        "divorced": "divorced or civil partnership dissolved",
    },
}

_BAND = re.compile(
    r"(?:aged?s? )?(?:(?P<under>under|below|less than|up to|<) ?(?P<limit>[0-9]{1,3})"
    r"|(?P<low>[0-9]{1,3}) ?(?P<open>\+|plus|years? and over|and over|or over|over|years? or over|and above)"
    r"|(?P<top>[0-9]{1,3}) years? and under"
    r"|(?P<first>[0-9]{1,3}) ?(?:-|–|to|_) ?(?P<last>[0-9]{1,3})"
    r"|(?P<one>[0-9]{1,3}))(?: ?(?:years?|yrs?)(?: old)?)?"
)
OLDEST = 200


def guess_characteristics(
    columns: Iterable[Column], known: Mapping[str, Categories], names: Mapping[str, str]
) -> dict[str, str]:
    """Which characteristic each column may be about: slugs by heading, each slug once.

    `known` are the categories of each characteristic, `names` what the characteristics are called, both by slug.
    """
    found: dict[str, str] = {}
    columns = list(columns)
    for guess in (_by_heading, _by_values):
        for column in columns:
            slug = "" if column.heading in found else guess(column, known, names)
            if slug in names and slug not in found.values():
                found[column.heading] = slug
    return found


def guess_value(value: str, slug: str, categories: Categories) -> str:
    """The category that a value may mean, NOT_SAID or NOT_KNOWN; empty where we have no idea."""
    words = _words(value)
    if value.lower() in _UNKNOWN_CODES or (slug != act.AGE.slug and words in _MORE_CODES):
        return NOT_KNOWN
    if slug == act.AGE.slug and (band := _ages(value)):
        return _narrowest(band, categories)
    by_words = {_words(each.name): each.name for each in categories}
    meant = _WORDS.get(slug, {}).get(words, words)
    if found := by_words.get(meant) or by_words.get(words):
        return NOT_SAID if _NOT_SAID.fullmatch(words) else found
    if _NOT_SAID.fullmatch(words):
        return NOT_SAID
    if _NOT_KNOWN.fullmatch(words):
        return NOT_KNOWN
    return _containing(words, by_words)


def is_not_answered(category: str) -> bool:
    """Whether a publisher’s category stands for those who did not answer."""
    return bool(_NOT_SAID.fullmatch(_words(category)))


def _by_heading(column: Column, known: Mapping[str, Categories], names: Mapping[str, str]) -> str:
    words = _words(column.heading)
    slug = next((slug for slug, pattern in _HEADINGS.items() if re.search(pattern, words)), "")
    return slug or next((slug for slug, name in names.items() if _words(name) in words), "")


def _by_values(column: Column, known: Mapping[str, Categories], names: Mapping[str, str]) -> str:
    said = [value for value in column.values or {} if value]
    for slug, categories in known.items():
        found = {guess_value(value, slug, categories) for value in said if slug != act.AGE.slug or "-" in value}
        groups = found - {"", NOT_SAID, NOT_KNOWN}
        if len(groups) >= 2 and "" not in found and len(groups) >= len(said) / 3:
            return slug
    return ""


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9+]+", " ", text.lower().replace("’", "'").replace("'", "")).split())


def _containing(words: str, by_words: Mapping[str, str]) -> str:
    """The one category whose name ends in these words; never a guess between two."""
    if len(words) < 4:
        return ""
    found = [name for each, name in by_words.items() if each.endswith(f" {words}")]
    return found[0] if len(found) == 1 else ""


def _ages(text: str) -> tuple[int, int] | None:
    """The first and the last year of an age or a band of ages."""
    found = _BAND.fullmatch(" ".join(text.lower().replace("years", "years ").split()).replace("aged ", ""))
    if found is None:
        return None
    part = {name: value for name, value in found.groupdict().items() if value}
    if "one" in part:
        return int(part["one"]), int(part["one"])
    if "limit" in part:
        return 0, int(part["limit"]) - (0 if part["under"] == "up to" else 1)
    if "low" in part:
        return int(part["low"]), OLDEST
    if "top" in part:
        return 0, int(part["top"])
    return int(part["first"]), int(part["last"])


def _narrowest(band: tuple[int, int], categories: Categories) -> str:
    """The smallest band that holds the whole of another."""
    bands = {each.name: found for each in categories if (found := _ages(each.name))}
    around = [
        (last - first, name) for name, (first, last) in bands.items() if first <= band[0] <= band[1] <= max(last, 0)
    ]
    return min(around)[1] if around else ""
