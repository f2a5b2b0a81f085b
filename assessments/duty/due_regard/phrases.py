"""Words that say nothing, words that show a closed mind, and how to look for them."""

import re

from assessments.duty.act import Characteristic

FEWEST_WORDS = 4
"""An answer with fewer words than this, stock phrases not counted, says nothing particular."""
SAME = 0.85
"""Two answers that share so much of their words count as the same."""

_PEOPLE = (
    r"(?:everyone|everybody|all|all (?:\w+ )?(?:residents|staff|people|users|customers|groups|communities)|anyone)"
)
_IMPACT = r"(?:\w+ ){0,2}(?:impacts?|effects?|issues?|concerns?|implications?|differences?|barriers?)"
_FOUND = (
    r"(?: (?:is|are|was|were|ha(?:s|ve) been|will be))?(?: (?:identified|expected|anticipated|found|raised|foreseen))?"
)
_EQUALLY = r"(?:equally|the same|fairly|alike)"

STOCK = (
    "n a",
    "nil",
    "none",
    "nothing",
    "no",
    "unknown",
    "tbc",
    "tba",
    "as (?:above|before)",
    "same as above",
    "see above",
    "to be (?:confirmed|agreed|decided|worked out|advised)",
    "to follow",
    "not (?:applicable|known|relevant|begun|yet known|sure)",
    "not known yet",
    "does not apply",
    "no change",
    "neutral",
    f"(?:there (?:is|are|will be|would be|were) )?no {_IMPACT}{_FOUND}",
    f"(?:it |this |the \\w+ )?(?:appl(?:y|ies)|affects?) (?:equally )?(?:to )?{_PEOPLE}(?: {_EQUALLY})?",
    f"{_PEOPLE} (?:is|are|will be|would be) (?:treated|affected) {_EQUALLY}",
    f"(?:the \\w+ )?(?:is|are|will be) (?:open|available|accessible) to {_PEOPLE}",
    "(?:the \\w+ )?is used by people of all (?:ages|backgrounds|communities|faiths)",
    f"(?:we )?treat(?:s|ed)? (?:everyone|everybody|all \\w+) {_EQUALLY}",
    "regardless of (?:\\w+ )?(?:protected )?characteristics?",
    "(?:we )?will (?:continue to )?monitor(?: the situation| this)?",
    "(?:this )?is a back office matter",
    "(?:there will be )?some impact (?:on \\w+ )?(?:but )?(?:it )?(?:will be managed)?",
    _PEOPLE,
)
"""Stock phrases, as patterns over plain words in lower case. Add one when the equality lead keeps meeting it."""

_SETTLED = "(?:taken|made|agreed)"
_INQUIRY = "(?:the |this |any )?(?:consultation|assessment|engagement)"

CLOSED_MIND = (
    "(?:will|must|shall) (?:go ahead|happen|proceed|be implemented) (?:regardless|anyway|whatever|in any case)",
    f"(?:decision|outcome) (?:has|had) already been {_SETTLED}",
    f"(?:decision|outcome) (?:was|is|has been) already {_SETTLED}",
    "(?:has|have|was|is) already (?:been )?decided",
    f"regardless of (?:the )?(?:outcome|results?|findings) of {_INQUIRY}",
    f"whatever (?:people|residents|respondents|{_INQUIRY}) (?:say|says|said|may say)",
    "(?:is|was) (?:only |just |merely )?a (?:formality|foregone conclusion|paper exercise|tick box exercise)",
    "cannot (?:now )?be (?:changed|stopped|reversed) (?:whatever|regardless)",
    "to justify the decision",
)
"""Patterns over plain words in lower case that speak of a matter as settled."""

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_STOCK = re.compile(rf"\b(?:{'|'.join(sorted(STOCK, key=len, reverse=True))})\b")
_CLOSED_MIND = re.compile(rf"\b(?:{'|'.join(CLOSED_MIND)})\b")


def plain(text: str) -> str:
    """The words alone, in lower case, one space between them."""
    return " ".join(_WORD.findall(text.casefold()))


def weight(text: str) -> int:
    """How many words are left when stock phrases are taken out."""
    return len(_STOCK.sub(" ", plain(text)).split())


def is_thin(text: str) -> bool:
    """Whether a text is empty, or says nothing particular."""
    return weight(text) < FEWEST_WORDS


def has_stock_phrases_alone(text: str) -> bool:
    """Whether there is a text, and a stock phrase is most of what it says."""
    return bool(text) and is_thin(text) and _STOCK.search(plain(text)) is not None


def closed_mind(text: str) -> str:
    """The words that speak of the matter as settled; empty when there are none."""
    found = _CLOSED_MIND.search(plain(text))
    return found.group() if found else ""


def without_name(text: str, characteristic: Characteristic) -> str:
    """The plain words of a text without those of the characteristic's name, to compare it with another."""
    name = set(plain(characteristic.name).split())
    return " ".join(word for word in plain(text).split() if word not in name)


def are_alike(one: str, other: str) -> bool:
    """Whether two plain texts are equal, or nearly: in long ones a few words may differ."""
    if one == other:
        return bool(one)
    words, others = set(one.split()), set(other.split())
    shared = words & others
    return len(shared) >= 2 * FEWEST_WORDS and len(shared) >= SAME * len(words | others)
