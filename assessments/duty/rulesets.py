"""England, Wales and Scotland: what each nation's law adds to section 149, as data that a lawyer can correct here.

The slug of a rule set is pinned in an assessment at its start. When regulations change, a new rule set comes beside the
old one, under a new slug, so that an earlier assessment stays under the rules that it was made under.

docs/decisions/0017-rule-sets.md says which provisions were read, and where.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from assessments.duty.act import Provision

SECTION_1 = Provision(
    "1(1)",
    "An authority to which this section applies must, when making decisions of a strategic nature about how to "
    "exercise its functions, have due regard to the desirability of exercising them in a way that is designed to "
    "reduce the inequalities of outcome which result from socio-economic disadvantage.",
)
"""The socio-economic duty: in force in Scotland since April 2018, in Wales since 31 March 2021, not in England."""


class Nation(StrEnum):
    """Where section 149 applies. Northern Ireland has section 75 of the Northern Ireland Act 1998 instead."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"

    @property
    def label(self) -> str:
        """The nation's name."""
        return self.value.capitalize()


@dataclass(frozen=True)
class RuleSet:
    """What one nation asks, in words that pages show.

    `regulations` is the citation, `publication` says what they want published, `covenant` names the duty of the Armed
    Forces Covenant, `assessing` says what they ask of an assessment. `socio_economic` names the duty of section 1, with
    its standing in `socio_economic_rule`; both are empty where it is not looked at. `engagement_rule` is empty where
    engagement is not required, `screening_caution` where a screening can stand in place of an assessment.

    `must_publish`: the regulations want what an assessment found published. Where there are `report_elements` they want
    it of a substantial impact alone, in a report with these elements: the keys of their questions.
    """

    slug: str
    nation: Nation
    label: str
    regulations: str
    assessing: str
    publication: str
    covenant: str
    engagement_rule: str = ""
    screening_caution: str = ""
    socio_economic: str = ""
    socio_economic_rule: str = ""
    is_voluntary: bool = False
    must_publish: bool = False
    report_elements: tuple[str, ...] = ()

    @property
    def engagement_is_required(self) -> bool:
        """Whether people have to be involved, so that a reason for not doing it is not enough."""
        return bool(self.engagement_rule)

    @property
    def screening_counts(self) -> bool:
        """Whether a screening can stand in place of an assessment."""
        return not self.screening_caution

    @property
    def asks(self) -> tuple[str, ...]:
        """All that it asks, a sentence or two each."""
        words = (
            self.assessing,
            self.engagement_rule,
            self.screening_caution,
            self.publication,
            self.socio_economic_rule,
            self.covenant,
        )
        return tuple(each for each in words if each)


def _covenant(section: str) -> str:
    return (
        "In some healthcare, education and housing functions the council has due regard to the Armed Forces Covenant: "
        f"Armed Forces Act 2006, section {section}."
    )


_ENGLAND = RuleSet(
    slug="england",
    nation=Nation.ENGLAND,
    label="England",
    regulations="Equality Act 2010 (Specific Duties and Public Authorities) Regulations 2017 (SI 2017/353)",
    assessing="No regulation asks for a written assessment of each proposal. Writing one is how the council can show "
    "that it had due regard before it decided.",
    publication="The council publishes equality information at least once a year, and equality objectives at least "
    "every four years: regulations 4 and 5. Nothing obliges it to publish each assessment. Many councils publish it "
    "with the report.",
    covenant=_covenant("343AA"),
)
_ENGLAND_VOLUNTARY = replace(
    _ENGLAND,
    slug="england-s1",
    label="England, with socio-economic disadvantage by choice",
    socio_economic="Socio-economic disadvantage, by the council’s own choice",
    socio_economic_rule="Section 1 of the Act is not in force in England. The council chose to look at "
    "socio-economic disadvantage all the same.",
    is_voluntary=True,
)
_WALES = RuleSet(
    slug="wales",
    nation=Nation.WALES,
    label="Wales",
    regulations="Equality Act 2010 (Statutory Duties) (Wales) Regulations 2011 (SI 2011/1064)",
    assessing="The council makes arrangements to assess the likely impact of what it proposes and of what it "
    "reviews, and to monitor the impact afterwards: regulation 8(1). It has due regard to relevant information that it "
    "holds: regulation 8(3).",
    publication="Where the impact is substantial, the council publishes a report: regulation 8(1). The report sets out "
    "the purpose, the steps, the information, the results and the decisions: regulation 8(2).",
    covenant=_covenant("343AB"),
    engagement_rule="In Wales engagement is required. When it assesses the impact, the council must involve people "
    "who represent those who share a protected characteristic: regulations 5 and 8(3).",
    socio_economic="Socio-economic duty (section 1 of the Act)",
    socio_economic_rule="Section 1 of the Act applies to decisions of a strategic nature in Wales. It has been in "
    "force there since 31 March 2021.",
    must_publish=True,
    report_elements=("purpose", "steps", "information", "results", "decisions"),
)
_SCOTLAND = RuleSet(
    slug="scotland",
    nation=Nation.SCOTLAND,
    label="Scotland",
    regulations="Equality Act 2010 (Specific Duties) (Scotland) Regulations 2012 (SSI 2012/162)",
    assessing="The council assesses a new or revised policy against the three needs of section 149(1), as far as "
    "that is necessary. It considers relevant evidence, takes account of the results, and reviews its policies: "
    "regulation 5.",
    publication="The council publishes, within a reasonable period, the results of its assessment of a policy that it "
    "decides to apply: regulation 5.",
    covenant=_covenant("343AC"),
    screening_caution="In Scotland, deciding whether an assessment is needed does not count as an assessment: "
    "regulation 5. Screening cannot stand in its place.",
    socio_economic="Fairer Scotland Duty (section 1 of the Act)",
    socio_economic_rule="The Fairer Scotland Duty is section 1 of the Act. It has applied to decisions of a strategic "
    "nature in Scotland since April 2018.",
    must_publish=True,
)

RULE_SETS = {each.slug: each for each in (_ENGLAND, _ENGLAND_VOLUNTARY, _WALES, _SCOTLAND)}
"""Rule sets by slug."""


def rule_set(nation: Nation, adopts_socio_economic_duty: bool = False) -> RuleSet:
    """The rules for a new assessment of a council in that nation, which may look at section 1 by its own choice."""
    if nation is Nation.ENGLAND and adopts_socio_economic_duty:
        return _ENGLAND_VOLUNTARY
    return RULE_SETS[nation.value]
