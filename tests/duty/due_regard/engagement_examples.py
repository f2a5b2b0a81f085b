"""Checks 15, 22, 23, 28 and 30: what people said, and how the officer wrote."""

from tests.duty.due_regard.cases import GOOD, approved, case, item, relevant
from tests.duty.due_regard.examples import fails, passes, warns

SEX_CELLS = {
    **relevant("sex"),
    "evidence-sex": {"know": "Of the 12 staff, 9 are women (payroll, May 2026)."},
    "eliminate-sex": {"impact": ["none"], "reasons": "Hours of women and of men change by the same share."},
}


def consultation(**answers):
    return case(item("consultation", "consultations", **answers))


def engagement(**answers):
    return case(item("equality-engagement", "engagements", **answers))


EXAMPLES = (
    warns(
        15,
        "race has the words of disability",
        lambda: case({"advance-race": {"needs": GOOD["advance-disability"]["needs"].replace("They", "They, ")}}),
        "advance-race",
        says="“Race” says the same as “Disability”",
    ),
    warns(
        15,
        "only the name was changed",
        lambda: case(
            {
                "foster-disability": {"reasons": "The plan has no bearing on how disability is seen in this city."},
                "foster-race": {"reasons": "The plan has no bearing on how race is seen in this city."},
            }
        ),
        "foster-race",
    ),
    warns(
        15,
        "one reason for several at screening",
        lambda: case({"relevance": {"sex_why": "The centre’s rota stays.", "age_why": "The centre’s rota stays!"}}),
        "relevance",
        says="“Sex” says the same as “Age”",
    ),
    warns(
        15,
        "a stock phrase",
        lambda: case({"eliminate-race": {"reasons": "This applies to everyone equally."}}),
        "eliminate-race",
        says="a stock phrase for a reason",
    ),
    passes(
        15,
        "a stock phrase within an explanation",
        lambda: case(
            {"eliminate-race": {"reasons": "No impact: places go by assessed need, and 14 complaints were read."}}
        ),
    ),
    passes(15, "the same people and the same help", lambda: case({"local-carers": {"extent": "22 of the 41 people."}})),
    passes(
        15,
        "one characteristic under two limbs",
        lambda: case({"foster-disability": {"reasons": GOOD["eliminate-disability"]["reasons"]}}),
    ),
    warns(22, "nobody was asked about the proposal", lambda: case({"consultation": None}), "consultation"),
    warns(
        22,
        "nobody was asked about equality",
        lambda: case({"equality-engagement": {"engagements": [], "none": "N/A"}}),
        "equality-engagement",
        says="what it would mean for equality",
    ),
    fails(
        22,
        "Wales takes no reason for it",
        lambda: case(
            {"equality-engagement": {"engagements": [], "none": "It is a small change to one form."}}, rules="wales"
        ),
        "equality-engagement",
        says="In Wales engagement is required",
    ),
    passes(
        22,
        "a reason is enough in England",
        lambda: case({"equality-engagement": {"engagements": [], "none": "It is a small change to one form."}}),
    ),
    passes(
        22,
        "a reason is enough for the consultation",
        lambda: case(
            {"consultation": {"consultations": [], "none": "Only the supplier of one form changes."}}, rules="wales"
        ),
    ),
    fails(
        23,
        "it is still open",
        lambda: consultation(closed="2026-10-31"),
        "consultation",
        says="closes on 31 October 2026",
    ),
    fails(
        23, "nobody says when it closed", lambda: consultation(closed=None), "consultation", says="the date on which"
    ),
    fails(23, "nobody says what was said", lambda: consultation(said="TBC"), "consultation", says="what people said"),
    fails(
        23,
        "nobody answers it",
        lambda: engagement(changed="No change."),
        "equality-engagement",
        says="what changed because of “The self-advocacy group”",
    ),
    warns(
        23,
        "another one is to come",
        lambda: consultation(opened="2026-11-15", closed="2026-12-20", said="", changed=""),
        "consultation",
        says="Bring the assessment up to date",
    ),
    fails(
        23,
        "it closed after the approval",
        lambda: approved(item("consultation", "consultations", closed="2026-10-02")),
        "consultation",
    ),
    passes(23, "it closed today", lambda: consultation(closed="2026-10-05")),
    passes(
        23, "nothing changed, and why", lambda: consultation(changed="Nothing: a fifth day would cost £90,000 a year.")
    ),
    passes(23, "talks about equality may have no end", lambda: engagement(closed=None, opened=None)),
    warns(
        28,
        "the matter is settled",
        lambda: case({"proposal": {"what": "The centre closes. This will go ahead regardless of objections."}}),
        "proposal",
        says="“will go ahead regardless” reads as if the matter were settled",
    ),
    warns(
        28,
        "the matter was settled, in an action",
        lambda: case({"outcome": {"reasons": "Cabinet’s decision has already been taken, so this only records it."}}),
        "outcome",
    ),
    warns(
        28,
        "many answered, and few words are left of it",
        lambda: consultation(said="Mixed views.", responses=327),
        "consultation",
        says="against the proposal",
    ),
    passes(
        28,
        "people feared that it was settled",
        lambda: consultation(said="Many felt that the decision has already been taken, and asked for more time."),
    ),
    passes(28, "few answered, in few words", lambda: consultation(said="All agreed.", responses=12)),
    warns(
        30,
        "gender stands for sex",
        lambda: case(
            {**SEX_CELLS, "eliminate-sex": {"impact": ["none"], "reasons": "Both genders work the same hours."}}
        ),
        "eliminate-sex",
        says="write “sex” or “gender reassignment”",
    ),
    warns(
        30,
        "one points to the other",
        lambda: case({"relevance": {"sex_why": "See gender reassignment."}}),
        "relevance",
        says="particular to “Sex”",
    ),
    passes(30, "the words of the Act", lambda: case(SEX_CELLS)),
    passes(
        30,
        "gender identity and the gender pay gap",
        lambda: case(
            {**SEX_CELLS, "evidence-sex": {"know": "The gender pay gap is 4%. Nobody asked about gender identity."}}
        ),
    ),
    passes(
        30,
        "people use their own words",
        lambda: case({**SEX_CELLS, "evidence-sex": {"know": "9 women, by payroll.", "told": "They spoke of gender."}}),
    ),
)
