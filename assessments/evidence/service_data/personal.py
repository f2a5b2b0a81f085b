"""Columns that say who somebody is. A file that has one is refused before anything is counted."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from assessments.evidence.unreadable import Unreadable

_PEOPLE = (
    "applicant|carer|child|claimant|client|contact|customer|member|parent|patient|person|pupil|resident|"
    "service user|staff|student|tenant|user"
)
HEADINGS = (
    (r"\b(fore|first|given|middle|sur|last|family|full|maiden|preferred) ?names?\b|^names?$", "a name"),
    (rf"\b({_PEOPLE})s? (full )?names?\b|\binitials\b", "a name"),
    (r"\bnhs\b", "an NHS number"),
    (r"\be ?mail\b", "an e-mail address"),
    (r"\bpost ?code\b(?! (area|district|sector))", "a postcode"),
    (r"\b(date of birth|birth ?date|birthday|born|d ?o ?b)\b", "a date of birth"),
    (r"\buprn\b|\baddress\b|\bstreet\b|\bhouse (name|number|no)\b", "an address"),
    (r"\b(tele)?phone\b|\bmobile\b|\btel\b", "a telephone number"),
    (r"\bnational insurance\b|\bnino\b|\bni (number|no)\b", "a National Insurance number"),
    (r"\b(passport|driving licence|sort code|bank account|upn|unique pupil number)\b", "a number that names somebody"),
)

_EMAIL = r"[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@]{1,63}"
_POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}"
_INSURANCE = r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]"
_PHONE = r"(\+44 ?(\(0\) ?)?|\(?0)(1[0-9]{2,4}|2[0-9]|3[0-9]{2}|7[0-9]{3})\)?[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}"
_TITLED = r"(mr|mrs|ms|miss|mx|dr)\.? [a-z][a-z'’-]+( [a-z'’-]+)*"
_STREET = r"[0-9]+[a-z]?,? ([a-z'’]+ )+(road|street|avenue|lane|close|drive|crescent|grove|terrace|way|court)\b.*"

CONTENT = (
    (_EMAIL, "an e-mail address"),
    (_POSTCODE, "a postcode"),
    (_INSURANCE, "a National Insurance number"),
    (_PHONE, "a telephone number"),
    (_TITLED, "a name"),
    (_STREET, "an address"),
)
_SHAPES = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (pattern, _) in enumerate(CONTENT)), re.IGNORECASE)
_INSIDE = re.compile(rf"(?<![\w.]){_EMAIL}", re.IGNORECASE)
_ADDRESS_END = re.compile(r" [A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}$", re.IGNORECASE)
SEARCHED = 1_000
"""Characters of a value, from its start and from its end."""
_NHS_WRITTEN = re.compile(r"[0-9]{3}([ -])[0-9]{3}\1[0-9]{4}")
_TEN_DIGITS = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")
_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%d/%m/%y", "%d-%b-%y")
LIFETIME = 5
"""Dates that are further apart than so many years are taken for dates of birth."""

_DELETE = "We count people and do not want to know who they are. Delete this column, and upload the file again."
_AGE = "Put the age in years, or an age band, in its place, and upload the file again."


def check_headings(headings: Iterable[str]) -> None:
    """Raise Unreadable for a heading that announces who people are."""
    for heading in headings:
        words = _words(heading)
        kind = next((kind for pattern, kind in HEADINGS if re.search(pattern, words)), "")
        if kind:
            raise Unreadable(_message(kind), 1, heading)


def check_values(heading: str, values: dict[str, int]) -> None:
    """Raise Unreadable where values of a column say who people are. `values` have the row each first stands in."""
    for value, row in values.items():
        if kind := _kind(value):
            raise Unreadable(_message(kind), row, heading)
    said = {value: row for value, row in values.items() if value}
    numbers = [value for value in said if _TEN_DIGITS.fullmatch(value)]
    if 2 * sum(map(_is_nhs_number, numbers)) > len(numbers):
        raise Unreadable(_message("an NHS number"), said[next(filter(_is_nhs_number, numbers))], heading)
    dates = [found for found in map(_as_date, said) if found]
    if 2 * len(dates) > len(said) and max(dates).year - min(dates).year > LIFETIME:
        raise Unreadable(_message("a date of birth"), next(iter(said.values())), heading)


def _message(kind: str) -> str:
    return f"This looks like {kind}. {_DELETE}" + (f" {_AGE}" if kind == "a date of birth" else "")


def _words(heading: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", apart.lower()).split())


def _kind(value: str) -> str:
    if len(value) < 5:
        return ""
    if found := _SHAPES.fullmatch(value):
        return CONTENT[int(found.lastgroup[1:])][1] if found.lastgroup else ""
    if _NHS_WRITTEN.fullmatch(value) and _is_nhs_number(value):
        return "an NHS number"
    if _ADDRESS_END.search(value[-SEARCHED:]):
        return "an address"
    return "an e-mail address" if "@" in value and _INSIDE.search(value[:SEARCHED]) else ""


def _is_nhs_number(value: str) -> bool:
    """Ten digits of which the last checks the others: NHS Data Dictionary, “NHS number”, modulus 11."""
    digits = [int(each) for each in value if each.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == (0 if check == 11 else check)


def _as_date(value: str) -> date | None:
    text = value.split(" 00:00")[0]
    if not 6 <= len(text) <= 20 or not text[0].isdigit():
        return None
    for style in _DATES:
        try:
            return datetime.strptime(text, style).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
