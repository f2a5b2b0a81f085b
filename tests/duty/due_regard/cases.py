"""A whole assessment that the checks have nothing to say against, and ways to spoil it. What it tells is made up."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date

from assessments.duty import act
from assessments.duty.act import Characteristic
from assessments.duty.decision import Decided, Decision, DecisionMaker, Supplied
from assessments.duty.due_regard import Approval, Case, Limits, findings
from assessments.duty.finding import Finding
from assessments.duty.lifecycle import Role
from assessments.duty.questionnaire import questionnaire
from assessments.duty.rulesets import RULE_SETS

CARERS = Characteristic("carers", "Carers", definition="", help_text="People who care for others unpaid.")
TODAY = date(2026, 10, 5)
LIMITS = Limits(information=date(2026, 1, 30), objectives=date(2024, 4, 1))
APPROVAL = Approval(version=3, digest="3" * 64, on=date(2026, 10, 1), role=Role.APPROVER)
DECISION = Decision(
    body="Cabinet",
    meets_on="2026-11-10",
    report_reference="Cabinet, 10 November 2026, item 7",
    supplied_version=3,
    supplied_digest="3" * 64,
    supplied_on="2026-10-30",
    supplied_how=Supplied.ATTACHED,
    carries_section_149=True,
    decided_on="2026-11-10",
    decided=Decided.AGREED,
    minute_reference="Minute 61",
    same_scope=True,
    same_dates=True,
    same_options=True,
    weighed="Members put the loss of a day against the places that stay, and asked for the six-month review.",
    makers=(
        DecisionMaker("Leader of the council", "2026-10-30T09:00:00", "2026-11-01", "2026-11-02T18:30:00+00:00"),
        DecisionMaker("Cabinet member for adults", "2026-10-30T09:00:00", "2026-11-03", "2026-11-03T08:10:00+00:00"),
    ),
)

_NO = {
    "age": "Places go by need at every age, and the ages of those who come match the city’s (attendance, June 2026).",
    "gender-reassignment": "Personal care is given by a worker of the person’s own choice, before and after.",
    "pregnancy-and-maternity": "Nobody who comes is pregnant. Staff on leave are asked at home and keep their rights.",
    "religion-or-belief": "Meals, prayer and festivals are in each person’s plan, which stays as it is.",
    "sex": "Women and men come in equal numbers on each of the five days (attendance, June 2026).",
    "sexual-orientation": "The friendship group meets on a Monday and goes on meeting on a Monday.",
    "marriage-and-civil-partnership": "No post ends, and terms for staff do not turn on whom they live with.",
}
_RELEVANCE = {
    **{key: value for slug, why in _NO.items() for key, value in ((slug, "no"), (f"{slug}_why", why))},
    "disability": "yes",
    "disability_why": "Everyone who uses the centre has a learning disability.",
    "race": "unknown",
    "race_why": "Too many records have no ethnic group to say who would lose a day.",
}
_LIMBS = {
    "eliminate": "yes",
    "eliminate_why": "A rule about days could leave out those who cannot change theirs.",
    "advance": "yes",
    "advance_why": "The centre is there to meet needs that other places do not.",
    "foster": "yes",
    "foster_why": "The centre’s café is where its users and their neighbours meet.",
}

GOOD = {
    "proposal": {
        "title": "Day centre: four days a week in place of five",
        "service": "1",
        "type": "service-change",
        "change": "changed",
        "what": "The day centre opens five days a week for up to 45 people. From April 2027 it would open four days.",
        "aims": "Keep the centre and its staff, and spend £90,000 a year less on days that are half empty.",
    },
    "decision": {"body": "Cabinet", "planned": "2026-11-10", "final": "2026-10-20", "key": "yes"},
    "people": {
        "groups": ["users", "staff"],
        "who": "41 adults with learning disabilities, their carers, and 12 staff (attendance system, June 2026).",
        "number": 41,
        "wards": ["1", "2"],
    },
    "team": {
        "contributors": [{"id": "c1", "role": "Centre manager"}],
        "ai": "no",
        "ai_drafted": "no",
    },
    "relevance": _RELEVANCE,
    "relevance-local": {
        "carers": "yes",
        "carers_why": "A day less at the centre is a day more of care at home.",
    },
    "relevance-limbs": _LIMBS,
    "sources": {
        "sources": [
            {
                "id": "attendance",
                "title": "Attendance system",
                "publisher": "Adult Social Care",
                "dated": "2026-06-30",
                "coverage": "All who came in the year to June 2026",
                "characteristics": ["disability", "race"],
            },
            {
                "id": "plans",
                "title": "Support plans",
                "publisher": "Adult Social Care",
                "dated": "2026-05-15",
                "coverage": "All 41 who come",
                "characteristics": ["disability"],
            },
        ]
    },
    "evidence-disability": {
        "know": "All 41 have a learning disability and 17 use a wheelchair (support plans, May 2026).",
        "evidence": ["plans"],
    },
    "evidence-race": {"know": "The ethnic group is blank in 19 of 41 records, so we draw no conclusion from the rest."},
    "evidence-carers": {"know": "33 of the 41 live with family. We know the age of most of those carers."},
    "gaps": {
        "gaps": [
            {
                "id": "g1",
                "characteristics": ["race"],
                "gap": "Whether people from minority ethnic groups lose a day more often",
                "response": "action",
                "detail": "The centre manager asks at each person’s next review and counts the answers.",
                "due": "2027-03-31",
            }
        ]
    },
    "consultation": {
        "consultations": [
            {
                "id": "k1",
                "who": "People who come to the centre, their families and staff",
                "opened": "2026-07-01",
                "closed": "2026-08-26",
                "how": "Easy-read survey and four meetings",
                "responses": 63,
                "said": "Most were against it. They feared a lonely day, and asked that it not be a Friday.",
                "changed": "The day that goes is Wednesday, not Friday, and the centre opens an hour longer.",
            }
        ]
    },
    "equality-engagement": {
        "engagements": [
            {
                "id": "e1",
                "who": "The self-advocacy group",
                "opened": "2026-07-08",
                "closed": "2026-07-08",
                "how": "An afternoon at the centre",
                "said": "A change of routine is hardest for autistic members, who need to see it coming.",
                "changed": "Each person gets a picture timetable and three trial weeks.",
            }
        ]
    },
    "eliminate-disability": {
        "impact": ["none"],
        "risks": ["none"],
        "reasonable_adjustments": "Picture timetables, a quiet room and step-free transport: the manager sees to it.",
        "reasons": "Nobody loses a place: on no day in the last year did more than 34 people come.",
        "evidence": ["attendance"],
    },
    "advance-disability": {
        "impact": ["negative"],
        "disadvantage": "Few other places take people with complex needs, so a day lost is seldom replaced.",
        "needs": "They need the same faces and the same week. Steps: trial weeks, and a key worker for each change.",
        "participation": "Members run the café on a Wednesday. It moves to a Thursday, so that nobody drops out.",
        "reasons": "For 22 people a day in the week goes, and autistic members feel a change of routine most.",
        "extent": "22 of the 41 people, who come on a Wednesday now.",
        "evidence": ["attendance", "plans"],
        "severity": "medium",
        "mitigation": "Each person’s key worker agrees a new week with them and their family before any day goes.",
        "residual": "low",
    },
    "foster-disability": {
        "impact": ["none"],
        "prejudice": "Stories of savings can make disabled people look like a cost. Our letters speak of their café.",
        "understanding": "Neighbours and members go on meeting in the café, which keeps its four best days.",
        "reasons": "The café stays open to the street, and the school’s visits move to a Thursday.",
        "evidence": ["attendance"],
    },
    "eliminate-race": {
        "impact": ["none"],
        "risks": ["none"],
        "reasons": "Days are shared out by need and by what families ask for, with an interpreter where one helps.",
    },
    "advance-race": {
        "impact": ["unknown"],
        "disadvantage": "Families who read little English may hear of it last. Letters go out in four languages.",
        "needs": "Food, prayer and language are in each plan. A shorter week could make it harder to keep to them.",
        "participation": "We think that few Pakistani families use the centre at all, and the review counts it.",
        "reasons": "Half the records say nothing, so nobody can tell yet who would lose a day.",
    },
    "foster-race": {
        "impact": ["none"],
        "prejudice": "Nothing in the papers, or in what 63 people wrote, sets one group of families against another.",
        "understanding": "Groups at the centre are mixed, and are put together by interest as they are now.",
        "reasons": "Who meets whom at the centre does not turn on it, the centre manager says.",
    },
    "local-carers": {
        "impact": ["negative"],
        "reasons": "A carer who works on a Wednesday has to find and pay for other help.",
        "extent": "About 18 families, from the survey.",
        "severity": "medium",
        "mitigation": "Carers choose first among the four days, and the centre stays open until five.",
        "residual": "low",
    },
    "together": {
        "intersections": "Autistic people in families who speak little English meet both barriers, and are seen first.",
        "cumulative": "Respite care was cut in May. 9 families are touched by both, and one worker is named for each.",
    },
    "socio-economic": {"strategic": "no"},
    "wales-report": {"substantial": "no"},
    "scotland-results": {
        "results_used": "The day that goes is Wednesday and not Friday because of what families told us.",
        "publish_by": "2026-12-31",
    },
    "actions": {
        "actions": [
            {
                "id": "a1",
                "what": "Agree a new week with each person",
                "finding": ["advance-disability", "local-carers"],
                "owner": "Day services manager",
                "due": "2027-02-28",
                "measure": "All 41 have a signed timetable",
            }
        ]
    },
    "outcome": {
        "outcome": "adjust",
        "reasons": "The place, the people and the support stay. What is lost is a day that was half empty.",
        "what_changed": "Wednesday goes in place of Friday, and the centre opens an hour longer on each day.",
        "monitor": "Head of learning disability services",
        "monitoring": "Attendance each month, and how many families have asked for other help.",
        "review": "2027-10-01",
    },
}

SCREENED_OUT = {
    "proposal": {
        **GOOD["proposal"],
        "title": "New tyres for the gritting lorries",
        "what": "The contract for lorry tyres ends in March. We would buy the same tyres from whoever is cheapest.",
        "aims": "Keep 14 lorries on the road in winter for no more than now.",
    },
    "decision": {"body": "Head of highways", "planned": "2026-11-10"},
    "people": {"groups": ["staff"], "who": "22 drivers and fitters at one depot (staff list, May 2026)."},
    "team": {"ai": "no", "ai_drafted": "no"},
    "relevance": {
        **_RELEVANCE,
        "disability": "no",
        "disability_why": "Drivers with an adapted cab keep it: tyres fit every lorry that we have.",
        "race": "no",
        "race_why": "Routes are set by how steep a road is, and do not change with the tyres.",
    },
    "relevance-local": {"carers": "no", "carers_why": "Shifts of drivers who care for somebody stay as they are."},
    "relevance-limbs": {
        "eliminate": "no",
        "eliminate_why": "Nobody is treated in another way because of a tyre.",
        "advance": "no",
        "advance_why": "No need of any group of drivers hangs on the make of the tyres.",
        "foster": "no",
        "foster_why": "Who meets whom at the depot stays the same.",
    },
    "screening-out": {
        "reasons": "The contract buys the same tyres for the same lorries. No road is gritted later or less often.",
        "evidence": "The specification of March 2026 and the route list of October 2025.",
        "revisit": "A proposal to change the routes, or a lorry with controls that some drivers could not use.",
    },
}


def changed(answers: Mapping, changes: Mapping) -> dict:
    """The answers with those of some pages changed; None takes one away, or a whole page."""
    made = deepcopy(dict(answers))
    for slug, page in changes.items():
        made[slug] = {} if page is None else {**made.get(slug, {}), **page}
        made[slug] = {key: value for key, value in made[slug].items() if value is not None}
    return made


def case(changes=None, *, base=GOOD, rules="england", today=TODAY, **facts) -> Case:
    """The good assessment, or the one that is screened out, with these changes: a draft, unless told otherwise."""
    its_rules = RULE_SETS[rules]
    plain = {"started": date(2026, 5, 4), "limits": LIMITS, "today": today}
    return Case(questionnaire((CARERS,), its_rules), changed(base, changes or {}), its_rules, **{**plain, **facts})


def approved(changes=None, *, approval=APPROVAL, **facts) -> Case:
    """The good assessment once it is approved."""
    return case(changes, approval=approval, **facts)


def decided(changes=None, **record) -> Case:
    """The good assessment once it is decided upon, with these changes in the record of the decision."""
    return approved(changes, decision=replace(DECISION, **record), today=date(2026, 11, 20))


def found(number: int, its_case: Case) -> list[Finding]:
    """What one check finds."""
    return [each for each in findings(its_case) if each.check == number]


def item(slug: str, key: str, **changes) -> dict:
    """The changes that alter the first item of a list on a page."""
    return {slug: {key: [changed({"item": GOOD[slug][key][0]}, {"item": changes})["item"], *GOOD[slug][key][1:]]}}


def relevant(*slugs: str) -> dict:
    """The answers to screening under which these characteristics matter."""
    return {"relevance": dict.fromkeys(slugs, "yes")}


ALL_RELEVANT = [each.slug for each in act.RELEVANT_CHARACTERISTICS]
