"""Checks 6 to 11: characteristics and limbs."""

from tests.duty.due_regard.cases import ALL_RELEVANT, case, relevant
from tests.duty.due_regard.examples import fails, passes, warns


def cell(slug, **answers):
    return case({slug: answers})


EXAMPLES = (
    fails(6, "nothing is answered", lambda: case(base={}), "relevance", says="“Age”, “Disability”"),
    fails(
        6,
        "a “No” says nothing particular",
        lambda: case({"relevance": {"age_why": "No differential impact is expected."}}),
        "relevance",
        says="“Age”",
    ),
    fails(
        6,
        "a characteristic matters and nothing is said of it",
        lambda: case(relevant("sex")),
        "eliminate-sex",
        says="“Sex”",
    ),
    fails(
        6,
        "a characteristic matters under no limb",
        lambda: case({"relevance-limbs": {"eliminate": "no", "advance": "no", "foster": "no"}}),
        "relevance",
        says="No limb is open for “Disability” and “Race”",
    ),
    passes(6, "one limb is answered, the rest is for check 8", lambda: cell("foster-race", impact=[])),
    passes(
        6, "marriage is not one of the eight", lambda: case({"relevance": {"marriage-and-civil-partnership_why": ""}})
    ),
    warns(
        7,
        "it matters to a proposal that touches no staff",
        lambda: case({**relevant("marriage-and-civil-partnership"), "people": {"groups": ["users", "public"]}}),
        "relevance",
        says="limb (a) alone",
    ),
    passes(7, "it matters to staff", lambda: case(relevant("marriage-and-civil-partnership"))),
    passes(7, "it does not matter", lambda: case({"people": {"groups": ["users"]}})),
    fails(
        8,
        "good relations are left out",
        lambda: case({"foster-race": None, "foster-disability": {"reasons": ""}}),
        "foster-disability",
        "foster-race",
        says="“Disability”, limb (c)",
    ),
    fails(
        8,
        "a limb is closed without a reason",
        lambda: case({"relevance-limbs": {"foster": "no", "foster_why": "Not relevant"}}),
        "relevance-limbs",
        says="limb (c)",
    ),
    fails(8, "a limb is not screened", lambda: case({"relevance-limbs": {"advance": None}}), "relevance-limbs"),
    passes(
        8,
        "a limb is closed with a reason",
        lambda: case({"relevance-limbs": {"foster": "no"}, "foster-race": None, "foster-disability": None}),
    ),
    passes(8, "an impact that is not known yet is an answer", lambda: cell("foster-race", impact=["unknown"])),
    warns(
        9,
        "participation is left out",
        lambda: cell("advance-race", participation="", disadvantage="None"),
        "advance-race",
        says="disadvantage and participation under “Race”, limb (b)",
    ),
    passes(
        9, "it says why it does not matter", lambda: cell("advance-race", participation="Nobody takes part by race.")
    ),
    passes(9, "a page that is not begun is for check 8", lambda: case({"advance-race": None})),
    passes(9, "needs of disabled people are for check 10", lambda: cell("advance-disability", needs="")),
    warns(
        10,
        "needs of disabled people are left out",
        lambda: cell("advance-disability", needs="N/A"),
        "advance-disability",
        says="take account of disabled people’s disabilities",
    ),
    warns(
        10,
        "reasonable adjustments are left out",
        lambda: cell("eliminate-disability", reasonable_adjustments=""),
        "eliminate-disability",
    ),
    passes(
        10, "a note about ramps", lambda: cell("eliminate-disability", reasonable_adjustments="The ramp stays in use.")
    ),
    passes(10, "disability does not matter here", lambda: case({"relevance": {"disability": "no"}})),
    warns(
        11,
        "understanding is left out",
        lambda: cell("foster-race", understanding="The service is open to all communities."),
        "foster-race",
        says="understanding under “Race”, limb (c)",
    ),
    passes(
        11,
        "it says why it does not matter",
        lambda: cell("foster-race", understanding="Nobody meets anybody over a tyre."),
    ),
    fails(
        6,
        "all eight matter and two are answered",
        lambda: case(relevant(*ALL_RELEVANT)),
        *(f"eliminate-{slug}" for slug in ALL_RELEVANT if slug not in ("disability", "race")),
        says="“Age”",
    ),
)
