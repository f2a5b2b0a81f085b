"""The decided cases and guidance that the questions rest on, as data that a lawyer can correct in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Authority:
    """A case, a statute or guidance: its short name, its citation, and what it asks a council to show."""

    slug: str
    name: str
    citation: str
    asks: str


_ALL = (
    Authority(
        "brown",
        "Brown",
        "R (Brown) v Secretary of State for Work and Pensions [2008] EWHC 3158 (Admin)",
        "The decision-maker knows of the duty, meets it before and at the time of the decision, in substance, "
        "with rigour and an open mind. The duty cannot be delegated and it continues.",
    ),
    Authority(
        "bracking",
        "Bracking",
        "R (Bracking) v Secretary of State for Work and Pensions [2013] EWCA Civ 1345",
        "The risk of harm, how far it reaches and how to remove it are assessed before the decision. "
        "What is not known is asked about.",
    ),
    Authority(
        "bridges",
        "Bridges",
        "R (Bridges) v Chief Constable of South Wales Police [2020] EWCA Civ 1058",
        "Reasonable steps are taken to find out about unknown effects, bias in software included. "
        "Neutral is not assumed to be neutral.",
    ),
    Authority(
        "hunt",
        "Hunt",
        "R (Hunt) v North Somerset Council [2013] EWCA Civ 1320",
        "Those who decide are given the full assessment, not a summary alone.",
    ),
    Authority(
        "hotak",
        "Hotak",
        "Hotak v Southwark London Borough Council [2015] UKSC 30",
        "There is a sharp focus on the particular characteristic and what it means in this case.",
    ),
    Authority(
        "hurley-and-moore",
        "Hurley and Moore",
        "R (Hurley and Moore) v Secretary of State for Business, Innovation and Skills [2012] EWHC 201 (Admin)",
        "There is enough information, and a proper grasp of it.",
    ),
    Authority(
        "kaur-and-shah",
        "Kaur and Shah",
        "R (Kaur and Shah) v Ealing London Borough Council [2008] EWHC 2062 (Admin)",
        "The assessment comes before the policy is settled. Equality of opportunity and good relations count "
        "in their own right.",
    ),
    Authority(
        "baker",
        "Baker",
        "R (Baker) v Secretary of State for Communities and Local Government [2008] EWCA Civ 141",
        "Regard is what is right in all the circumstances. Substance matters, not labels.",
    ),
    Authority(
        "lh-v-shropshire",
        "LH v Shropshire",
        "R (LH) v Shropshire Council [2014] EWCA Civ 404",
        "Consulting on a policy is one thing; finding out its effect on equality is another.",
    ),
    Authority(
        "hough",
        "Hough",
        "R (Hough) v Secretary of State for the Home Department [2022] EWHC 1635 (Admin)",
        "What is decided, its scope and dates, is what was assessed.",
    ),
    Authority(
        "sheakh",
        "Sheakh",
        "R (Sheakh) v Lambeth London Borough Council [2022] EWCA Civ 457",
        "A rolling assessment can be enough where it is planned.",
    ),
    Authority(
        "for-women-scotland",
        "For Women Scotland",
        "For Women Scotland Ltd v The Scottish Ministers [2025] UKSC 16",
        "Sex means biological sex in the Act. Gender reassignment is protected as a characteristic of its own.",
    ),
)

AUTHORITIES = {authority.slug: authority for authority in _ALL}
"""Authorities by slug."""
