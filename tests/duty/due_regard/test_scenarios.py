"""Whole assessments modelled on decided cases: those that were lost are blocked, on the strength of that very case.

The facts are those of each judgment as far as an assessment can show them, in one or two lines; people are roles. What
else stands in the assessments is made up.
"""

from dataclasses import replace
from datetime import date

import pytest

from assessments.duty.decision import DecisionMaker, Supplied
from assessments.duty.due_regard import findings
from assessments.duty.finding import Level
from tests.duty.due_regard.cases import APPROVAL, DECISION, GOOD, approved, case, decided, item, relevant

NOBODY_READ_IT = tuple(replace(maker, opened="", acknowledged="") for maker in DECISION.makers)


def hunt():
    """A council cut its youth budget. A full assessment existed, and members had not been given it with the papers.

    They were expected to ask for it. The Court of Appeal found that they had no due regard, and gave no relief.
    """
    return decided(
        {
            "proposal": {
                "title": "Youth services: a third less",
                "what": "The youth service spends £1.2m a year. It would spend £800,000 and leave the rest to others.",
            }
        },
        supplied_how=Supplied.SUMMARY,
        makers=NOBODY_READ_IT,
    )


def rahman():
    """A cabinet ended the funding of three advice centres. There was an assessment, and no report referred to it.

    Nothing showed that each of those who decided knew of the duty.
    """
    return decided(
        {"proposal": {"title": "Advice centres: an end to funding until a new contract"}},
        report_reference="",
        supplied_version=0,
        supplied_digest="",
        supplied_on="",
        supplied_how="",
        carries_section_149=None,
        makers=NOBODY_READ_IT,
    )


def hough():
    """A minister let barracks house asylum seekers for years. The assessment was of a use that was to end in weeks."""
    return decided(
        {
            "proposal": {
                "title": "Barracks as housing until September",
                "what": "Up to 400 men would live in the barracks, on the edge of the town, until 21 September.",
            }
        },
        same_dates=False,
        differences="The use is allowed for another three and a half years.",
    )


def kaur_and_shah():
    """A council moved its grant for domestic violence to one provider for all women, and assessed it afterwards.

    It took support for women of minority ethnic groups by themselves to be at odds with cohesion.
    """
    return case(
        {
            **relevant("race", "sex"),
            "proposal": {"title": "One domestic violence service for all", "type": "funding"},
            "decision": {"final": "2026-04-01"},
            "eliminate-sex": {"impact": ["none"], "reasons": "All women in the borough can use the one provider."},
            "eliminate-race": {"impact": ["none"], "reasons": "All women in the borough can use it, of every group."},
            "advance-race": None,
            "foster-race": None,
        }
    )


def police_superintendents():
    """A minister chose to close pension schemes before he saw the assessment. His officials knew its likely content.

    It was shown to him when the choice was made. The court gave no relief: the outcome would have been the same.
    """
    return approved(
        {"proposal": {"title": "Closing of older pension schemes", "type": "policy"}},
        decision=replace(
            DECISION,
            decided_on="2026-09-21",
            supplied_on="2026-10-12",
            makers=(DecisionMaker("Chief minister for the budget", "2026-10-12", "2026-10-14", "2026-10-14T10:00:00"),),
        ),
        today=date(2026, 11, 1),
    )


def bracking():
    """A minister closed a fund on which disabled people lived at home. She was told little of how badly it would hit.

    What people had said in the consultation, and how many could lose their independence, did not reach her.
    """
    return case(
        {
            "proposal": {"title": "Closing the independent living fund", "change": "ending"},
            "advance-disability": {
                "extent": "",
                "severity": "",
                "mitigation": "We will monitor the situation.",
                "residual": "",
                "reasons": "There may be some effect on users of the fund, whose needs councils will meet.",
            },
            **item("consultation", "consultations", responses=2000, said="Some did not agree.", changed=""),
            "actions": None,
        }
    )


def bridges():
    """A police force tried live face recognition. It did not look into whether the software erred more by race or sex.

    The supplier kept its data secret, and the force took the software to be neutral.
    """
    none = {"impact": ["none"], "risks": ["none"], "evidence": []}
    return case(
        {
            **relevant("race", "sex"),
            "proposal": {"title": "Live face recognition in the town centre", "change": "new"},
            "team": {"ai": "yes", "ai_bias": "Not known."},
            "gaps": None,
            "eliminate-race": {**none, "reasons": "The software compares faces and knows nothing of race."},
            "eliminate-sex": {**none, "reasons": "A face on the watch list is matched whoever it belongs to."},
        }
    )


def dat():
    """A council halved its funding of short breaks for disabled children.

    The report told members to keep the most disadvantaged at the forefront of their mind. That formula stood in the
    place of section 149, though its text was in the papers.
    """
    return decided({"proposal": {"title": "Short breaks: half the funding"}}, carries_section_149=False)


LOST = {
    "Hunt": hunt,
    "Rahman": rahman,
    "Hough": hough,
    "Kaur and Shah": kaur_and_shah,
    "Police Superintendents": police_superintendents,
    "Bracking": bracking,
    "Bridges": bridges,
    "DAT": dat,
}


def sheakh():
    """A council closed streets to through traffic by way of trial. It could not know all the effects beforehand.

    It assessed what it could, wrote down what it did not know, and planned to assess again while the trial ran.
    """
    trial = "The trial counts blue-badge journeys and asks disabled residents each month."
    return decided(
        {
            "proposal": {
                "title": "Quiet streets: a trial of 18 months",
                "change": "new",
                "what": "Seven streets close to through traffic for a trial. It can be changed or ended at any time.",
                "aims": "Fewer cars and safer walking and cycling, shown by counts before and during the trial.",
            },
            "people": {
                "groups": ["public"],
                "who": "About 8,000 residents, and all who drive through.",
                "number": 8000,
            },
            "gaps": {
                "gaps": [
                    {
                        "id": "g1",
                        "characteristics": ["disability", "race"],
                        "gap": "How much longer disabled residents sit in a car",
                        "response": "action",
                        "detail": trial,
                        "due": "2027-02-28",
                    },
                ]
            },
            "eliminate-disability": {"impact": ["unknown"], "risks": ["unknown"], "reasons": trial},
            "advance-disability": {
                "impact": ["unknown"],
                "reasons": "Streets get easier to cross, and some car journeys get longer. By how much is not known.",
            },
            "foster-disability": {
                "impact": ["unknown"],
                "reasons": "People quarrel over the closures already. The trial team hears both sides each month.",
            },
            "local-carers": {"impact": ["unknown"], "reasons": "Visits by car may take longer. Care firms keep a log."},
            "outcome": {
                "outcome": "no-change",
                "reasons": "A trial is how the effects can be known. It ends if the harm is found too great.",
                "monitoring": "Traffic, bus times, blue-badge journeys and complaints, each month of the trial.",
                "review": "2027-03-31",
            },
        }
    )


def baker():
    """An inspector refused Irish travellers a site, and wrote no assessment under that name.

    The reasons dealt with their needs, the shortage of sites and what refusal meant for them. Regard was had in
    substance, as was right in all the circumstances.
    """
    return decided(
        {
            "proposal": {
                "title": "Refusal of six caravans on one field",
                "type": "policy",
                "change": "new",
                "what": "The field is in the green belt. Permission for six caravans would be refused.",
                "aims": "Keep the green belt open, as the development plan has it.",
            },
            "people": {"groups": ["public"], "who": "Families of Irish travellers on the field.", "number": None},
            "relevance": {
                "disability": "no",
                "disability_why": "No one on the field has told us of a disability; we asked each family.",
                "race": "yes",
                "race_why": "All the families are Irish travellers, who share an ethnic origin.",
            },
            "relevance-local": {"carers": "no", "carers_why": "Nobody on the field cares for anyone elsewhere."},
            **dict.fromkeys(("eliminate-disability", "advance-disability", "foster-disability", "local-carers")),
            "gaps": {
                "gaps": [
                    {
                        "id": "g1",
                        "characteristics": ["race"],
                        "gap": "How many more pitches the district needs in ten years",
                        "response": "reason",
                        "detail": "The county counts pitches every five years; another would alter nothing here.",
                    }
                ]
            },
            "consultation": {
                "consultations": [],
                "none": "The law on planning appeals says who is heard, and they were.",
            },
            "equality-engagement": {"engagements": [], "none": "The families gave evidence themselves at the inquiry."},
            "advance-race": {
                "impact": ["negative"],
                "disadvantage": "There are few sites, so families who leave may have to live at the roadside.",
                "needs": "A settled base, for schools and doctors. Nothing shows another site that is free now.",
                "participation": "Children on the field go to school, and could not easily do so from the roadside.",
                "reasons": "Refusal takes away the only settled place that these families have found.",
                "extent": "Six families.",
                "severity": "high",
                "mitigation": "Four months more to leave, and the council helps each family to look for a place.",
                "residual": "medium",
            },
            "actions": item("actions", "actions", finding=["advance-race"])["actions"],
            "outcome": {
                "outcome": "continue",
                "reasons": "The families’ needs weigh much. In this place the harm to the green belt weighs more.",
                "aim": "Keep land between two towns open, which the development plan protects.",
                "alternatives": "Permission for three years, or fewer caravans: the field would be built on anyway.",
                "proportionality": "The families have four more months, and other land is open to them.",
                "legal_review": "Planning lawyer, 1 September 2026",
                "what_changed": "",
                "monitoring": "",
            },
        }
    )


WON = {"Sheakh": sheakh, "Baker": baker}


@pytest.mark.parametrize("name", LOST)
def test_what_lost_the_case_is_blocked_on_its_authority(name):
    blocks = [each for each in findings(LOST[name]()) if each.blocks]
    assert any(name in each.authority.split("; ") for each in blocks)


@pytest.mark.parametrize("name", LOST)
def test_the_same_assessment_without_what_lost_the_case_is_not_blocked(name):
    spoilt = LOST[name]()
    mended = replace(
        spoilt,
        answers={**GOOD, "proposal": spoilt.answers["proposal"]},
        approval=spoilt.approval and APPROVAL,
        decision=spoilt.decision and DECISION,
    )
    assert not any(each.blocks for each in findings(mended))


@pytest.mark.parametrize("name", WON)
def test_what_won_the_case_is_not_blocked(name):
    assert [each.message for each in findings(WON[name]()) if each.level is Level.BLOCK] == []


def test_a_decided_case_is_blocked_by_few_checks_and_for_its_own_reasons():
    blocking = {name: sorted({each.check for each in findings(make()) if each.blocks}) for name, make in LOST.items()}
    assert blocking == {
        "Hunt": [24, 25],
        "Rahman": [24, 25],
        "Hough": [27],
        "Kaur and Shah": [8, 12],
        "Police Superintendents": [3, 24, 25],
        "Bracking": [16, 17, 23],
        "Bridges": [8, 12, 14, 32],
        "DAT": [25],
    }
