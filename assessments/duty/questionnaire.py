"""The one list of questions. Forms, check page, report, exports and checks all read it.

`questionnaire(local)` gives the questions for a council with those locally adopted characteristics. What an
assessment was asked is pinned by VERSION and, once it is submitted, by the frozen document itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assessments.duty import act, screening
from assessments.duty.act import Characteristic, Limb
from assessments.duty.questions import (
    Answers,
    Kind,
    Option,
    Page,
    PageAnswers,
    Question,
    Section,
    Source,
    When,
    is_answered,
)

VERSION = "2026.1"

PROSE_LIMIT = 20_000
TEXT_LIMIT = 300
ITEM_LIMIT = 50
"""Characters in a long answer, characters in a line, items in a list: far over what a real assessment uses."""

POLICY_TYPES = (
    Option("policy", "Policy"),
    Option("strategy", "Strategy or plan"),
    Option("service-change", "Service change"),
    Option("budget-saving", "Budget saving"),
    Option("procurement", "Procurement or commissioning"),
    Option("restructure", "Staff restructure"),
    Option("event", "Event"),
    Option("funding", "Grant or funding"),
    Option("capital", "Capital scheme or building"),
)
CHANGES = (
    Option("new", "Something new"),
    Option("changed", "A change to something that exists"),
    Option("ending", "Something that will end or close"),
)
IMPACTS = (
    Option("positive", "Positive", "It helps some or all of these people."),
    Option("negative", "Negative", "It harms some or all of these people, or leaves them worse off than others."),
    Option("none", "No impact", "You looked, and have evidence that nothing changes for them."),
    Option("unknown", "Not known yet", "Say below what you will do to find out."),
)
SCALE = (
    Option("high", "High", "Lasting or serious harm, or many people, or people who have few other choices."),
    Option("medium", "Medium", "Real difficulty, which most people can get round with help."),
    Option("low", "Low", "A small inconvenience, or one that soon passes."),
)
RESIDUAL = (
    Option("none", "None: the harm is removed"),
    Option("low", "Low"),
    Option("medium", "Medium"),
    Option("high", "High"),
    Option("unknown", "Not known yet"),
)
OUTCOMES = (
    Option(
        "no-change",
        "No major change",
        "The proposal is sound, no unlawful discrimination is likely, and every chance to advance equality "
        "has been taken.",
    ),
    Option("adjust", "Adjust the proposal", "Change it to remove harm or to do more good."),
    Option(
        "continue",
        "Continue despite adverse impact",
        "There is harm that cannot be avoided, it is justified, and it is not unlawful discrimination.",
    ),
    Option("stop", "Stop and remove the proposal", "It would discriminate unlawfully, or the harm is too great."),
)
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
YES_NO_UNKNOWN = (*YES_NO, Option("unknown", "I don’t know"))
RISKS = (
    Option(
        "direct",
        "Direct discrimination",
        "Someone is treated worse because of the characteristic.",
    ),
    Option(
        "indirect",
        "Indirect discrimination",
        "One rule for everybody that puts these people at a disadvantage, without good reason.",
    ),
    Option("harassment", "Harassment", "Unwanted conduct that degrades people or makes a place hostile."),
    Option("victimisation", "Victimisation", "Someone is treated badly because they complained or helped to."),
)
ADJUSTMENTS_RISK = Option(
    "adjustments",
    "A reasonable adjustment that is not made",
    "Disabled people meet a barrier that the council could reasonably remove.",
)
NO_RISK = Option("none", "None of these")
RISK_UNKNOWN = Option("unknown", "Not known yet")

NEGATIVE = When("impact", frozenset({"negative"}))


def _prose(key: str, label: str, hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.PROSE, label, hint, **kwargs)  # type: ignore[arg-type]


def _text(key: str, label: str, hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.TEXT, label, hint, **kwargs)  # type: ignore[arg-type]


def _choice(key: str, label: str, options: tuple[Option, ...], hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.CHOICE, label, hint, options, **kwargs)  # type: ignore[arg-type]


def _choices(key: str, label: str, options: tuple[Option, ...], hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.CHOICES, label, hint, options, **kwargs)  # type: ignore[arg-type]


def _date(key: str, label: str, hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.DATE, label, hint, **kwargs)  # type: ignore[arg-type]


PROPOSAL = Section(
    "proposal",
    "The proposal",
    (
        Page(
            "proposal",
            "What is proposed",
            (
                _text(
                    "title",
                    "Title of the proposal",
                    "Say what will happen, so that a resident would understand it.",
                    required=True,
                    good="Closure of Hill Street library and a new mobile library service",
                    poor="LIB/24 transformation phase 2",
                ),
                Question(
                    "service",
                    Kind.PICK,
                    "Which service is responsible?",
                    "The service that will carry it out.",
                    source=Source.SERVICES,
                    required=True,
                ),
                _choice(
                    "type",
                    "What kind of proposal is it?",
                    POLICY_TYPES,
                    "Choose the one that fits best.",
                    required=True,
                ),
                _choice(
                    "change",
                    "Is it new, a change or an ending?",
                    CHANGES,
                    "Closing one of several sites is a change. Closing the last is an ending.",
                    required=True,
                ),
                _prose(
                    "what",
                    "What will change, and why?",
                    "Say what happens now, what would happen instead, and the reason. Give dates and amounts.",
                    required=True,
                    good="The day centre opens five days a week for up to 45 people. We propose four days and 34 "
                    "places from April 2026. Attendance has not been over 33 since 2023, and the service must "
                    "save £120,000.",
                    poor="We are modernising the offer to deliver efficiencies.",
                ),
                _prose(
                    "aims",
                    "What is the proposal meant to achieve?",
                    "Say what would be better, for whom, and how anyone could tell.",
                    required=True,
                ),
            ),
            intro="Start early. An assessment made after the proposal is settled comes too late to shape it.",
        ),
        Page(
            "decision",
            "The decision",
            (
                _text(
                    "body",
                    "Who will decide?",
                    "The committee, Cabinet, or the post of the officer who decides.",
                    required=True,
                ),
                _date("planned", "When is the decision planned?", "For example, 27 3 2026", required=True),
                _date(
                    "final",
                    "When will the proposal be in its final form?",
                    "The date the papers are settled.",
                ),
                _choice(
                    "key",
                    "Is it a key decision?",
                    YES_NO,
                    "Usually one that spends or saves a lot, or matters to people in two or more wards. The council’s "
                    "forward plan lists them.",
                ),
                _text(
                    "round",
                    "Which budget round or programme is it part of?",
                    "Leave empty if none. Proposals with the same name here are looked at together.",
                ),
                _text("budget_reference", "Budget or savings reference", "As in the budget papers."),
                Question("amount", Kind.NUMBER, "Amount in pounds", "The saving or spending a year, as a number."),
            ),
        ),
        Page(
            "people",
            "Who is affected",
            (
                _choices(
                    "groups",
                    "Who would notice the change?",
                    (
                        Option("users", "People who use the service"),
                        Option("public", "The public"),
                        Option("staff", "Council staff"),
                        Option("partners", "Partner organisations"),
                        Option("voluntary", "Voluntary and community groups"),
                    ),
                    "Choose all that apply.",
                    required=True,
                ),
                _prose(
                    "who",
                    "Who are they, and how many?",
                    "Count people where you can. Say where the number comes from, and what you do not know.",
                    required=True,
                    good="212 people came at least once in 2025 (attendance system, December 2025). 140 came every "
                    "week. 61 live in Tunstall ward.",
                    poor="All residents.",
                ),
                Question(
                    "number",
                    Kind.NUMBER,
                    "About how many people in all?",
                    "A whole number. Your best estimate.",
                ),
                Question(
                    "wards",
                    Kind.CHOICES,
                    "Which wards does it touch most?",
                    "Choose every ward that applies, or none if it touches the whole area alike.",
                    source=Source.WARDS,
                ),
            ),
        ),
        Page(
            "team",
            "How this assessment was made",
            (
                Question(
                    "contributors",
                    Kind.ITEMS,
                    "Who helped to write it?",
                    "Give roles, not names. Include people who know the service, and people who use it.",
                    item_name="Contributor",
                    items=(
                        _text("role", "Role or post", "For example: centre manager, parent governor.", required=True),
                        _text("organisation", "Team or organisation", "Leave empty if they came for themselves."),
                        _text("why", "What they brought to it", "For example: knows the building, has the figures."),
                    ),
                ),
                _text(
                    "earlier",
                    "Is there an earlier assessment?",
                    "Give its reference or title. Leave empty if there is none.",
                ),
                _prose(
                    "earlier_actions",
                    "What became of its actions?",
                    "If there was one: what was done, what not.",
                ),
                _choice(
                    "ai",
                    "Does the proposal use artificial intelligence or an algorithm?",
                    YES_NO_UNKNOWN,
                    "This includes scoring, matching, or sorting people, and software bought from a supplier.",
                    required=True,
                ),
                _prose(
                    "ai_bias",
                    "If it does, or might: what do you know about bias in it?",
                    "Say what it decides, who tested it for bias, how and when, and what you asked the supplier.",
                    when=When("ai", frozenset({"yes", "unknown"})),
                    required=True,
                ),
            ),
        ),
    ),
    authorities=("kaur-and-shah", "bridges"),
)


WHO_WOULD_FEEL_IT = "Say who would feel it and how, or how you know that nobody would."
WHAT_WOULD_CHANGE = "Say what would help or hinder it, or how you know that nothing would."


def _screening_pair(key: str, label: str, hint: str, why_label: str, why_hint: str) -> tuple[Question, Question]:
    return (
        _choice(key, label, YES_NO_UNKNOWN, hint, required=True),
        _prose(f"{key}_why", why_label, why_hint, required=True),
    )


def _relevance(local: tuple[Characteristic, ...]) -> Section:
    pages = [
        Page(
            screening.CHARACTERISTICS_PAGE,
            "Relevance to each protected characteristic",
            tuple(
                question
                for each in act.CHARACTERISTICS
                for question in _screening_pair(
                    each.slug,
                    f"{each.name}: could the proposal affect people differently?",
                    each.help_text,
                    f"{each.name}: why do you say so?",
                    WHO_WOULD_FEEL_IT,
                )
            ),
            intro="Answer for each one. If you are not sure, choose “I don’t know”: you will then look at it in full. "
            "A “No” needs a reason that would make sense to somebody who has that characteristic.",
        ),
    ]
    if local:
        pages.append(
            Page(
                screening.LOCAL_PAGE,
                "Relevance to locally adopted characteristics",
                tuple(
                    question
                    for each in local
                    for question in _screening_pair(
                        each.slug,
                        f"{each.name}: could the proposal affect people differently?",
                        each.help_text,
                        f"{each.name}: why do you say so?",
                        WHO_WOULD_FEEL_IT,
                    )
                ),
                intro="The council chose to look at these as well. They are locally adopted, not section 149.",
            )
        )
    pages.append(
        Page(
            screening.LIMBS_PAGE,
            "Relevance to each limb of the duty",
            tuple(
                question
                for limb in act.LIMBS
                for question in _screening_pair(
                    limb.slug,
                    f"Limb ({limb.letter}) {limb.name.lower()}: could the proposal help or hinder it?",
                    limb.provision.words,
                    f"Limb ({limb.letter}): why do you say so?",
                    WHAT_WOULD_CHANGE,
                )
            ),
        )
    )
    pages.append(
        Page(
            "screening-out",
            "Why a full assessment is not needed",
            (
                _prose(
                    "reasons",
                    "Why is a full assessment not needed?",
                    "Your answers were all “No”. Say in your own words why the proposal has no bearing on equality. "
                    "To assess it in full instead, change an answer to “I don’t know”.",
                    required=True,
                    good="The contract renews the same software for payroll at the same scope. Staff see the same "
                    "screens. The supplier’s accessibility report of March 2026 was checked by two staff who use "
                    "screen readers.",
                    poor="This is a back-office matter and applies to everyone equally.",
                ),
                _prose(
                    "evidence",
                    "What did you look at before you decided this?",
                    "Name the data, reports or people, with dates.",
                    required=True,
                ),
                _prose(
                    "revisit",
                    "What would make you look again?",
                    "The duty goes on after the decision.",
                    required=True,
                ),
            ),
            applies=lambda answers: screening.outcome(answers, local) is screening.Outcome.SCREENED_OUT,
        )
    )
    return Section(
        "relevance",
        "Relevance",
        tuple(pages),
        words=(act.GENERAL_DUTY, act.RELEVANT),
        authorities=("bridges", "baker", "for-women-scotland"),
    )


SOURCES_PAGE = "sources"
GAPS_PAGE = "gaps"
EVIDENCE_USED = Question(
    "evidence",
    Kind.CHOICES,
    "Which of your sources does this rest on?",
    "These are the sources that you listed in the evidence section.",
    source=Source.EVIDENCE,
)


def _evidence(local: tuple[Characteristic, ...]) -> Section:
    def about(characteristic: Characteristic) -> Page:
        return Page(
            f"evidence-{characteristic.slug}",
            f"Evidence: {characteristic.name.lower()}",
            (
                _prose(
                    "know",
                    "What do the facts and figures tell you?",
                    "Compare the people affected with people in the area. Give the figure, the place and the year.",
                    required=True,
                    good="38 of the 45 people who use the centre are over 50 (attendance system, January 2026). In "
                    "the city 36% of adults are over 50 (Census 2021, TS007). Older people are over-represented.",
                    poor="The service is used by people of all ages.",
                ),
                _prose(
                    "told",
                    "What do people tell you?",
                    "From consultation, complaints, staff, or groups that speak for them.",
                ),
                EVIDENCE_USED,
            ),
            characteristic=characteristic,
            applies=lambda answers: screening.is_relevant(answers, characteristic),
        )

    return Section(
        "evidence",
        "Evidence",
        (
            Page(
                SOURCES_PAGE,
                "Your sources",
                (
                    Question(
                        "sources",
                        Kind.ITEMS,
                        "What evidence do you have?",
                        "List each data set, report, consultation or piece of research once. You can then point to "
                        "it from any page.",
                        item_name="Source",
                        items=(
                            _text("title", "What is it called?", "The name on the report or data set.", required=True),
                            _text("publisher", "Who made it?", "For example: Office for National Statistics."),
                            _date("dated", "What date is it from?", "The date of the data, not of today."),
                            _text(
                                "coverage",
                                "Who and where does it cover?",
                                "For example: all pupils in the city, autumn 2025.",
                            ),
                            Question(
                                "characteristics",
                                Kind.CHOICES,
                                "Which characteristics does it tell you about?",
                                "Choose all that apply.",
                                source=Source.CHARACTERISTICS,
                            ),
                            _text("link", "Where can it be found?", "A web address or a file reference."),
                        ),
                    ),
                ),
                applies=screening.full_assessment(local),
            ),
            *(about(each) for each in (*act.CHARACTERISTICS, *local)),
            Page(
                GAPS_PAGE,
                "What you do not know",
                (
                    Question(
                        "gaps",
                        Kind.ITEMS,
                        "What do you not know?",
                        "A gap is not a failing: an undeclared gap is. For each, ask someone, plan to find out, or "
                        "say why it would be out of proportion.",
                        item_name="Gap",
                        items=(
                            Question(
                                "characteristics",
                                Kind.CHOICES,
                                "Which characteristics is the gap about?",
                                "Choose all that apply.",
                                source=Source.CHARACTERISTICS,
                            ),
                            _text(
                                "gap",
                                "What do you not know?",
                                "For example: how many of the users care for somebody.",
                                required=True,
                            ),
                            _choice(
                                "response",
                                "What will you do about it?",
                                (
                                    Option("enquiry", "I have asked, or will ask, before the decision"),
                                    Option("action", "We will find out after the decision, by a set date"),
                                    Option("reason", "Nothing: finding out would be out of proportion"),
                                ),
                                "Choose one, then give the details.",
                                required=True,
                            ),
                            _prose(
                                "detail",
                                "Whom will you ask, what will you do, or why not?",
                                "Name the team or the group. If you will do nothing, say what finding out would cost.",
                            ),
                            _date("due", "By when?", "For example, 30 9 2026"),
                        ),
                    ),
                ),
                applies=screening.full_assessment(local),
            ),
        ),
        authorities=("bracking", "hurley-and-moore", "bridges"),
    )


def _talks(key: str, label: str, hint: str, item_name: str) -> Question:
    return Question(
        key,
        Kind.ITEMS,
        label,
        hint,
        item_name=item_name,
        items=(
            _text("who", "Who was asked?", "Groups and roles, not names.", required=True),
            _date("opened", "When did it open?", "For example, 3 10 2026"),
            _date("closed", "When did it close?", "For example, 28 11 2026"),
            _text("how", "How were they asked?", "For example: survey in six languages, two evening meetings."),
            Question("responses", Kind.NUMBER, "How many answered?", "On paper, online and at meetings together."),
            _prose("said", "What did they say?", "Include what they said against the proposal."),
            _prose("changed", "What changed because of it?", "If nothing changed, say why."),
        ),
    )


def _engagement(local: tuple[Characteristic, ...]) -> Section:
    return Section(
        "engagement",
        "Engagement",
        (
            Page(
                "consultation",
                "Consultation on the proposal",
                (
                    _talks(
                        "consultations",
                        "Who was consulted on the proposal itself?",
                        "The public, users, staff or their unions, on whether and how to do it.",
                        "Consultation",
                    ),
                    _prose(
                        "none",
                        "If nobody was consulted, why not?",
                        "Leave empty if you listed one above.",
                        instead_of="consultations",
                    ),
                ),
                applies=screening.full_assessment(local),
            ),
            Page(
                "equality-engagement",
                "Engagement on equality",
                (
                    _talks(
                        "engagements",
                        "Who was asked what it would mean for equality?",
                        "People who share a characteristic, or groups that speak for them. This is a different "
                        "question from whether they like the proposal.",
                        "Engagement",
                    ),
                    _prose(
                        "none",
                        "If nobody was asked, why not?",
                        "Leave empty if you listed one above.",
                        instead_of="engagements",
                    ),
                ),
                applies=screening.full_assessment(local),
            ),
        ),
        authorities=("lh-v-shropshire", "bracking"),
    )


IMPACT = _choices(
    "impact",
    "What impact would the proposal have?",
    IMPACTS,
    "Choose both positive and negative if it helps some and harms others.",
    exclusive=frozenset({"none", "unknown"}),
    required=True,
)
REASONS = _prose(
    "reasons",
    "Why do you say so?",
    "Be specific to these people. Say what would happen to them, and how you know.",
    required=True,
    good="Most pupils will travel over a mile further. 14 of the 61 families have no car (school survey, October "
    "2025), and the route crosses the A50. Younger children will need an adult with them.",
    poor="There will be some impact on children but it will be managed.",
)
EXTENT = _prose("extent", "Who is affected, and how many?", "Which of these people, where, and about how many.")
HARM = (
    _choice(
        "severity",
        "How severe is the harm?",
        SCALE,
        "As it would be if you did nothing about it.",
        when=NEGATIVE,
        required=True,
    ),
    _prose(
        "mitigation",
        "What will you do to remove or lessen it?",
        "Or say why nothing more can be done. List the steps again under actions, with an owner and a date.",
        when=NEGATIVE,
        required=True,
        good="Before any place is cut, each person’s key worker will agree a new timetable with them and their carer. "
        "Transport is kept for anyone whose journey grows by over 20 minutes.",
        poor="We will monitor the situation.",
    ),
    _choice(
        "residual",
        "How much harm is left after that?",
        RESIDUAL,
        "As it would be once you have done what you say above.",
        when=NEGATIVE,
        required=True,
    ),
)


def _eliminate_questions(characteristic: Characteristic) -> tuple[Question, ...]:
    is_disability = characteristic == act.DISABILITY
    risks = _choices(
        "risks",
        "Could the proposal lead to any of these?",
        (*RISKS, *((ADJUSTMENTS_RISK,) if is_disability else ()), NO_RISK, RISK_UNKNOWN),
        "Choose all that could happen, even if it is unlikely. Ask the legal team when you choose one.",
        exclusive=frozenset({"none", "unknown"}),
        required=True,
    )
    adjustments = _prose(
        "reasonable_adjustments",
        "What reasonable adjustments will be made, and who will make them?",
        "For example: step-free rooms, easy-read letters, a quiet space, more time, a British Sign Language "
        "interpreter.",
        required=True,
    )
    return (risks, *((adjustments,) if is_disability else ()))


def _advance_questions(characteristic: Characteristic) -> tuple[Question, ...]:
    needs_hint = (
        "Say what steps take account of disabled people’s disabilities: section 149(4)."
        if characteristic == act.DISABILITY
        else "For example: times, places, language, food, clothing, privacy, safety, childcare."
    )
    return (
        _prose(
            "disadvantage",
            "Disadvantage: what holds these people back, and does the proposal lessen it or add to it?",
            "If this does not matter here, say why.",
            required=True,
        ),
        _prose(
            "needs",
            "Different needs: what do they need that others do not, and is it met?",
            needs_hint,
            required=True,
        ),
        _prose(
            "participation",
            "Participation: where do too few of them take part, and does the proposal change that?",
            "For example: in sport, on boards, in work, in consultations.",
            required=True,
        ),
    )


def _foster_questions(characteristic: Characteristic) -> tuple[Question, ...]:
    return (
        _prose(
            "prejudice",
            "Prejudice: could the proposal, or how it is told, feed or tackle prejudice?",
            "Think of myths that could spread about who gains and who pays. If this does not matter here, say why.",
            required=True,
        ),
        _prose(
            "understanding",
            "Understanding: would people meet and get to know each other more, or less?",
            "Think of who meets whom because of this service, and who would stop meeting.",
            required=True,
            good="The lunch club is where older white residents and newer Kurdish families sit together each Friday. "
            "If it moves to two sites they will no longer meet. We will run one joint lunch a month.",
            poor="The service is open to all communities.",
        ),
        _prose(
            "cohesion",
            "Cohesion: what does it mean for relations between groups and between neighbourhoods?",
            "New and established communities, younger and older people, one estate and the next.",
        ),
        _prose(
            "tension",
            "Tension: is there tension now, or something in this that could set it off?",
            "Say what communities feel, what the data show, and what could happen. Never name a person.",
        ),
    )


_LIMB_QUESTIONS = {
    act.ELIMINATE.slug: _eliminate_questions,
    act.ADVANCE.slug: _advance_questions,
    act.FOSTER.slug: _foster_questions,
}
_LIMB_AUTHORITIES = {
    act.ELIMINATE.slug: ("bracking", "hotak"),
    act.ADVANCE.slug: ("kaur-and-shah", "hotak"),
    act.FOSTER.slug: ("kaur-and-shah", "baker"),
}


def _limb(limb: Limb) -> Section:
    def page(characteristic: Characteristic) -> Page:
        return Page(
            cell_slug(limb, characteristic),
            f"{limb.name}: {characteristic.name.lower()}",
            (
                IMPACT,
                *_LIMB_QUESTIONS[limb.slug](characteristic),
                REASONS,
                EXTENT,
                EVIDENCE_USED,
                *HARM,
            ),
            limb=limb,
            characteristic=characteristic,
            applies=lambda answers: (
                screening.is_relevant(answers, characteristic) and screening.limb_is_open(answers, limb)
            ),
        )

    return Section(
        limb.slug,
        f"Limb ({limb.letter}): {limb.name.lower()}",
        tuple(page(each) for each, its_limb in act.MATRIX if its_limb == limb),
        words=(limb.provision, *limb.involves),
        authorities=_LIMB_AUTHORITIES[limb.slug],
        limb=limb,
    )


def cell_slug(limb: Limb, characteristic: Characteristic) -> str:
    """The page of one cell of the matrix."""
    return f"{limb.slug}-{characteristic.slug}"


def local_slug(characteristic: Characteristic) -> str:
    """The page of one locally adopted characteristic."""
    return f"local-{characteristic.slug}"


def _local_section(local: tuple[Characteristic, ...]) -> Section:
    def page(characteristic: Characteristic) -> Page:
        return Page(
            local_slug(characteristic),
            f"Local: {characteristic.name.lower()}",
            (IMPACT, REASONS, EXTENT, EVIDENCE_USED, *HARM),
            intro="Locally adopted, not section 149. The council looks at it because it chose to.",
            characteristic=characteristic,
            applies=lambda answers: screening.is_relevant(answers, characteristic),
        )

    return Section("local", "Locally adopted characteristics", tuple(page(each) for each in local))


def _after_limbs(local: tuple[Characteristic, ...]) -> tuple[Section, ...]:
    full = screening.full_assessment(local)
    return (
        Section(
            "together",
            "Intersections and cumulative impact",
            (
                Page(
                    "together",
                    "Intersections and cumulative impact",
                    (
                        _prose(
                            "intersections",
                            "Who is affected because of two or more characteristics together?",
                            "For example: older Asian women, disabled young men. If nobody, say how you know.",
                            required=True,
                            good="Mothers whose first language is not English used the drop-in most. They face the "
                            "travel, the cost and the online form together, which none of the single pages shows.",
                            poor="No intersectional impacts were identified.",
                        ),
                        _prose(
                            "cumulative",
                            "What else is happening to the same people?",
                            "Other cuts, closures or changes, by the council or others, lately or soon.",
                            required=True,
                        ),
                        _text(
                            "linked",
                            "References of linked proposals",
                            "For example: EIA-2026-0007, EIA-2026-0012",
                        ),
                    ),
                    applies=full,
                ),
            ),
            authorities=("hotak",),
        ),
        Section(
            "actions",
            "Actions",
            (
                Page(
                    "actions",
                    "What will be done",
                    (
                        Question(
                            "actions",
                            Kind.ITEMS,
                            "What will be done, by whom, by when?",
                            "Each action needs one owner and a real date. “On-going” is not a date: choose the day "
                            "when you will look whether it worked.",
                            item_name="Action",
                            items=(
                                _text("what", "What will be done?", "One step that can be finished.", required=True),
                                Question(
                                    "finding",
                                    Kind.CHOICES,
                                    "Which findings does it answer?",
                                    "Choose all that apply.",
                                    source=Source.FINDINGS,
                                ),
                                _text("owner", "Who owns it?", "A post, not a person’s name.", required=True),
                                _date("due", "By when?", "For example, 30 9 2026", required=True),
                                _text(
                                    "measure",
                                    "How will you know that it worked?",
                                    "For example: no journey takes over 40 minutes.",
                                ),
                            ),
                        ),
                        _prose(
                            "none",
                            "If there are no actions, why not?",
                            "Leave empty if you listed one above.",
                            instead_of="actions",
                        ),
                    ),
                    applies=full,
                ),
            ),
        ),
        Section(
            "outcome",
            "Outcome",
            (
                Page(
                    "outcome",
                    "What you recommend",
                    (
                        _choice(
                            "outcome",
                            "What is the outcome of the assessment?",
                            OUTCOMES,
                            "Choose what you recommend now.",
                            required=True,
                        ),
                        _prose(
                            "reasons",
                            "Why is this the right outcome?",
                            "Weigh the harm and the good that you found against what the proposal is for.",
                            required=True,
                        ),
                        _prose(
                            "aim",
                            "What legitimate aim justifies the harm?",
                            "Say what the council has to achieve. To save money is seldom enough by itself.",
                            when=When("outcome", frozenset({"continue"})),
                            required=True,
                        ),
                        _prose(
                            "alternatives",
                            "Which alternatives did you consider, and why would they not do?",
                            "Include doing nothing, doing less, and what people suggested.",
                            when=When("outcome", frozenset({"continue"})),
                            required=True,
                        ),
                        _prose(
                            "proportionality",
                            "Why is the harm in proportion to the aim?",
                            "Say why nothing less harmful would do, and what good outweighs the harm.",
                            when=When("outcome", frozenset({"continue"})),
                            required=True,
                        ),
                        _text(
                            "legal_review",
                            "Who gave legal advice, and when?",
                            "The post and the date, not the advice itself.",
                            when=When("outcome", frozenset({"continue"})),
                        ),
                        _prose(
                            "what_changed",
                            "What changed in the proposal because of this assessment?",
                            "If nothing did, say so.",
                        ),
                        _text(
                            "monitor",
                            "Who will watch what happens?",
                            "A post, not a person’s name.",
                            required=True,
                        ),
                        _prose(
                            "monitoring",
                            "What will they watch, and how?",
                            "Name the figures or the feedback, and how often they will look.",
                        ),
                        _date("review", "When will it be reviewed?", "For example, 1 4 2027", required=True),
                    ),
                    applies=full,
                ),
            ),
            authorities=("brown", "hunt", "hough", "sheakh"),
        ),
    )


@dataclass(frozen=True)
class Questionnaire:
    """All sections for a council with these locally adopted characteristics."""

    local: tuple[Characteristic, ...]
    sections: tuple[Section, ...]

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by its slug, in order, open or not."""
        return {page.slug: page for section in self.sections for page in section.pages}

    @property
    def characteristics(self) -> tuple[Characteristic, ...]:
        """The Act's nine and then the council's own."""
        return (*act.CHARACTERISTICS, *self.local)

    def open_pages(self, answers: Answers) -> dict[str, Page]:
        """The pages that these answers call for, by slug, in order."""
        return {slug: page for slug, page in self.pages.items() if page.applies(answers)}

    def section_of(self, page: Page) -> Section:
        """The section that a page stands in."""
        return next(section for section in self.sections if page in section.pages)

    def findings(self, answers: Answers) -> tuple[Page, ...]:
        """The open pages that each hold one finding: a cell of the matrix, or a local characteristic."""
        return tuple(page for page in self.open_pages(answers).values() if page.is_finding)

    def missing(self, answers: Answers) -> dict[str, tuple[Question, ...]]:
        """The open pages with required questions that have no answer yet, by slug."""
        found = {slug: page.missing(answers.get(slug, {})) for slug, page in self.open_pages(answers).items()}
        return {slug: questions for slug, questions in found.items() if questions}

    def written(self, answers: Answers) -> Iterator[str]:
        """What people wrote in their own words, on every page: not what they chose from lists."""
        for slug, page in self.pages.items():
            yield from _written(page.questions, answers.get(slug, {}))

    def is_started(self, page: Page, answers: Answers) -> bool:
        """Whether anything on the page has an answer."""
        return any(is_answered(value) for value in answers.get(page.slug, {}).values())


def _written(questions: tuple[Question, ...], answers: PageAnswers) -> Iterator[str]:
    for question in questions:
        value = answers.get(question.key)
        if question.kind in (Kind.TEXT, Kind.PROSE) and value:
            yield value
        elif question.kind is Kind.ITEMS:
            for item in value or []:
                yield from _written(question.items, item)


@lru_cache(maxsize=64)
def questionnaire(local: tuple[Characteristic, ...] = ()) -> Questionnaire:
    """The questionnaire for a council with these locally adopted characteristics."""
    sections = (
        PROPOSAL,
        _relevance(local),
        _evidence(local),
        _engagement(local),
        *(_limb(limb) for limb in act.LIMBS),
        *((_local_section(local),) if local else ()),
        *_after_limbs(local),
    )
    return Questionnaire(local, sections)
