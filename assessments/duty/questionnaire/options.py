"""What can be chosen where the questionnaire lists the options itself."""

from assessments.duty.questions import Option

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
EXCEPTIONS = (
    Option(
        "children",
        "Paragraph 1: age, in education and services for pupils in schools, and in listed children’s homes",
        "Only age is taken out. Every other characteristic stays in.",
    ),
    Option(
        "immigration",
        "Paragraph 2: immigration and nationality functions",
        "Only limb (b) is taken out, and only for age, race (not colour), and religion or belief.",
    ),
    Option(
        "judicial", "Paragraph 3: judicial functions", "Of a court or tribunal, or of anyone who has such a function."
    ),
)
"""The exceptions of Schedule 18 that a council can meet. Paragraph 4 is for Parliament and the like."""
