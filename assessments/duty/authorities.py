"""The statutes, cases and guidance that the questions and the due-regard checks rest on.

They are data, so that a lawyer can correct one line in one place. What was not read again in its source says so by its
wording: “is commonly read to ask”.
"""

from dataclasses import dataclass

from assessments.duty import act
from assessments.duty.act import Provision
from assessments.duty.rulesets import Nation


@dataclass(frozen=True)
class Authority:
    """A case, a statute or guidance: its short name, its citation, and what it asks a council to show.

    `nation` is the one whose own rule it is; None where it holds in all of them.
    """

    slug: str
    name: str
    citation: str
    asks: str
    nation: Nation | None = None


def _section_149(provision: Provision) -> Authority:
    """A subsection, which asks what its own words ask: no gloss stands in for them."""
    return Authority(
        "s" + provision.number.translate(str.maketrans("(", "-", ")")),
        f"Section {provision.number}",
        f"{act.ACT}, section {provision.number}",
        " ".join([provision.words, *(part.words for part in provision.parts)]),
    )


_CASES = (
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
    Authority(
        "chavda",
        "Chavda",
        "R (Chavda) v Harrow London Borough Council [2007] EWHC 3064 (Admin)",
        "The attention of those who decide is drawn to the duty itself.",
    ),
    Authority(
        "dat",
        "DAT",
        "R (DAT) v West Berkshire Council [2016] EWHC 1876 (Admin)",
        "Those who decide are pointed to the words of section 149. No formula stands in their place.",
    ),
    Authority(
        "rahman",
        "Rahman",
        "R (Rahman) v Birmingham City Council [2011] EWHC 944 (Admin)",
        "The papers refer to the assessment, so that each person who decides knows of the duty.",
    ),
    Authority(
        "police-superintendents",
        "Police Superintendents",
        "R (Police Superintendents’ Association) v HM Treasury [2021] EWHC 3389 (Admin)",
        "The person who decides has considered the assessment before deciding. That officials had is not enough.",
    ),
    Authority(
        "gunning",
        "Gunning",
        "R v Brent London Borough Council, ex parte Gunning (1985) 84 LGR 168",
        "It is commonly read to ask that a consultation comes early, gives reasons and time, and that what people said "
        "is taken into account before the decision.",
    ),
)

_STATUTES = (
    *(_section_149(provision) for provision in act.SECTION_149),
    Authority(
        "sections-15-and-19",
        "Sections 15 and 19",
        "Equality Act 2010, sections 15 and 19",
        "Treatment because of something that follows from a disability is discrimination unless it is a proportionate "
        "means of achieving a legitimate aim. So is a rule that puts a group at a disadvantage.",
    ),
    Authority(
        "schedule-18",
        "Schedule 18",
        "Equality Act 2010, Schedule 18",
        "The exceptions from the duty are few and narrow. Whoever relies on one names its paragraph and says why it "
        "holds here.",
    ),
    Authority(
        "england-regulations",
        "England, SI 2017/353",
        "Equality Act 2010 (Specific Duties and Public Authorities) Regulations 2017 (SI 2017/353)",
        "The council publishes equality information every year, and equality objectives at most every four years.",
        Nation.ENGLAND,
    ),
    Authority(
        "wales-regulations",
        "Wales, SI 2011/1064",
        "Equality Act 2010 (Statutory Duties) (Wales) Regulations 2011 (SI 2011/1064)",
        "The council reports every year and is commonly read to be asked to review its equality objectives at least "
        "every four years.",
        Nation.WALES,
    ),
    Authority(
        "wales-regulation-5",
        "Wales, regulation 5",
        "Equality Act 2010 (Statutory Duties) (Wales) Regulations 2011 (SI 2011/1064), regulation 5",
        "People who share a protected characteristic, and those who speak for them, are involved.",
        Nation.WALES,
    ),
    Authority(
        "wales-regulation-8",
        "Wales, regulation 8",
        "Equality Act 2010 (Statutory Duties) (Wales) Regulations 2011 (SI 2011/1064), regulation 8",
        "Proposed policies are assessed and monitored. Where the impact is substantial a report is published: purpose, "
        "summary of the steps taken, summary of the information, results, and the decisions taken on them.",
        Nation.WALES,
    ),
    Authority(
        "scotland-regulations",
        "Scotland, SSI 2012/162",
        "Equality Act 2010 (Specific Duties) (Scotland) Regulations 2012 (SSI 2012/162)",
        "The council is commonly read to be asked to report every two years on how equality is part of what it does, "
        "and to publish equality outcomes at least every four years.",
        Nation.SCOTLAND,
    ),
    Authority(
        "scotland-regulation-5",
        "Scotland, regulation 5",
        "Equality Act 2010 (Specific Duties) (Scotland) Regulations 2012 (SSI 2012/162), regulation 5",
        "Where it is necessary a policy is assessed against the three needs, evidence is considered, the results are "
        "taken into account and published within a reasonable period. To decide whether an assessment is needed is not "
        "to make one.",
        Nation.SCOTLAND,
    ),
    Authority(
        "uk-gdpr",
        "UK GDPR",
        "UK General Data Protection Regulation, with the Data Protection Act 2018",
        "What is published does not let anyone work out who a person is, least of all in what is most private.",
    ),
)
_GUIDANCE = (
    Authority(
        "ehrc",
        "EHRC guidance",
        "Equality and Human Rights Commission, guidance on the public sector equality duty and on assessing impact",
        "An assessment says what is proposed and whom it affects, and ends in one of four outcomes that follows from "
        "what was found.",
    ),
    Authority(
        "audit-wales",
        "Audit Wales 2022",
        "Audit Wales, Equality Impact Assessments: more than a Tick Box Exercise? (2022)",
        "What several proposals do together to the same people is looked at, not each by itself alone.",
    ),
)

AUTHORITIES = {authority.slug: authority for authority in (*_CASES, *_STATUTES, *_GUIDANCE)}
"""Authorities by slug."""
