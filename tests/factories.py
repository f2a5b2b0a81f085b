"""Councils, people and assessments for tests, made through the same code as real ones."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

from assessments import clock, links, workflow
from assessments.documents import Draft
from assessments.duty import act
from assessments.models import (
    Assessment,
    AuditHead,
    Contact,
    Council,
    Directorate,
    LibrarySource,
    LocalCharacteristic,
    Service,
    User,
    Ward,
)
from tests.duty.samples import answer as answer
from tests.duty.samples import page_answers

PASSWORD = "a-password-for-tests"


def audit_head() -> None:
    """The row that a migration makes, again after the database was emptied."""
    AuditHead.objects.get_or_create(pk=1)


def council() -> Council:
    """A small council."""
    made = Council.objects.create(
        pk=1, name="Test Council", address="1 Test Street", email="equality@test.example", phone="01632 960000"
    )
    children = Directorate.objects.create(name="Children")
    city = Directorate.objects.create(name="City")
    Service.objects.create(name="Schools", directorate=children)
    Service.objects.create(name="Youth", directorate=children)
    Service.objects.create(name="Parks", directorate=city)
    Ward.objects.create(name="North")
    Ward.objects.create(name="South")
    LocalCharacteristic.objects.create(slug="carers", name="Carers", help_text="People who care for others unpaid.")
    Contact.objects.create(name="Cohesion team", kind=Contact.Kind.TEAM, is_for_good_relations=True)
    return made


def person(role: str, name: str, service: str | None) -> User:
    """A person with a role in a service."""
    return User.objects.create_user(
        f"{name}@test.example",
        PASSWORD,
        name=name.replace("_", " ").title(),
        role=role,
        service=Service.objects.get(name=service) if service else None,
    )


def people() -> SimpleNamespace:
    """One person a role, and an officer and an approver of another directorate."""
    return SimpleNamespace(
        officer=person("officer", "officer", "Schools"),
        colleague=person("officer", "colleague", "Schools"),
        other_officer=person("officer", "other_officer", "Parks"),
        approver=person("approver", "approver", "Schools"),
        other_approver=person("approver", "other_approver", "Parks"),
        lead=person("equality-lead", "lead", None),
        auditor=person("auditor", "auditor", None),
        administrator=person("administrator", "administrator", None),
    )


def draft(user: User, title: str = "Close a school", service: str = "Schools") -> Assessment:
    """A new draft."""
    return workflow.start(user, title, Service.objects.get(name=service))


def save(user: User, assessment: Assessment, page: str, **answers) -> None:
    """Answers on one page, over what stands there."""
    with workflow.editing(user, assessment.reference) as edited:
        saved = edited.pages.get(page)
        edited.save(page, {**(saved.answers if saved else {}), **answers}, None, saved.version if saved else 0)


def draft_about(user: User, *slugs: str) -> Assessment:
    """A new draft to which these characteristics matter."""
    made = draft(user)
    for page, given in screening(dict.fromkeys(slugs, "yes")).items():
        save(user, made, page, **given)
    return made


def screening(relevant: dict[str, str] | None = None, limbs: dict[str, str] | None = None) -> dict[str, dict]:
    """Answers to the relevance pages: "no" for all but those given."""
    relevant, limbs = relevant or {}, limbs or {}
    characteristics = {each.slug: relevant.get(each.slug, "no") for each in act.CHARACTERISTICS}
    return {
        "relevance": _with_reasons(characteristics),
        "relevance-local": _with_reasons({"carers": relevant.get("carers", "no")}),
        "relevance-limbs": _with_reasons({each.slug: limbs.get(each.slug, "yes") for each in act.LIMBS}),
    }


def _with_reasons(answers: dict[str, str]) -> dict[str, str]:
    return {**answers, **{f"{key}_why": f"Because of {key}. We asked people who know." for key in answers}}


def complete(user: User, assessment: Assessment, relevant: dict[str, str] | None = None) -> Assessment:
    """Every open page answered, ready to be submitted; age is relevant unless said otherwise."""
    for slug, answers in screening({"age": "yes"} if relevant is None else relevant).items():
        save(user, assessment, slug, **answers)
    with workflow.editing(user, assessment.reference) as edited:
        for slug, page in edited.open_pages.items():
            if slug.startswith("relevance"):
                continue
            saved = edited.pages.get(slug)
            answers = {**page_answers(page), **(saved.answers if saved else {})}
            if slug == "proposal":
                answers["title"] = assessment.title
            edited.save(slug, answers, None, saved.version if saved else 0)
    assessment.refresh_from_db()
    return assessment


def screened_out(user: User, assessment: Assessment) -> Assessment:
    """Every screening answer “no”, with reasons, ready to be submitted for screening out."""
    pages = screening({}, {each.slug: "no" for each in act.LIMBS})
    for slug, answers in pages.items():
        save(user, assessment, slug, **answers)
    with workflow.editing(user, assessment.reference) as edited:
        for slug, page in edited.open_pages.items():
            if slug.startswith("relevance"):
                continue
            saved = edited.pages.get(slug)
            edited.save(
                slug, {**page_answers(page), **(saved.answers if saved else {})}, None, saved.version if saved else 0
            )
    assessment.refresh_from_db()
    return assessment


def moved(user: User, assessment: Assessment, name: str, reason: str = "A reason") -> Assessment:
    """The assessment after one move."""
    return workflow.move(user, assessment.reference, name, reason)


def supplied(people: SimpleNamespace, assessment: Assessment) -> Assessment:
    """The approved version, recorded as given in full to those who decide, and read by one of them."""
    approved = assessment.versions.first()
    today = clock.today()
    details = {
        "body": "Cabinet",
        "meets_on": today,
        "report_reference": "Item 7, Future of the school",
        "supplied_on": today,
        "supplied_how": "attached",
        "carries_section_149": True,
    }
    workflow.supply(people.officer, assessment.reference, details, approved.digest)
    maker = workflow.invite(people.officer, assessment.reference, "Chair of Cabinet", "chair@test.example")
    workflow.open_link(links.token(maker))
    workflow.acknowledge(links.token(maker))
    return Assessment.objects.get(pk=assessment.pk)


def decided(people: SimpleNamespace, assessment: Assessment, **details) -> Assessment:
    """The decision recorded: today, as assessed, unless said otherwise."""
    record = {
        "decided_on": clock.today(),
        "decided": "agreed",
        "same_scope": True,
        "same_dates": True,
        "same_options": True,
        "weighed": "Members weighed the longer journeys against the savings, and agreed the bus.",
        **details,
    }
    workflow.record_decision(people.officer, assessment.reference, record)
    return moved(people.officer, assessment, "decide")


def overridden(user: User, assessment: Assessment) -> None:
    """Every block that stands in the way of the next stage, set aside by an equality lead."""
    blocks = [each for each in Draft(Assessment.objects.get(pk=assessment.pk)).findings if each.blocks]
    for each in blocks:
        workflow.override(user, assessment.reference, each.check, each.page, "Seen, and out of proportion here.")


def published(people: SimpleNamespace, assessment: Assessment) -> Assessment:
    """Recorded as published today, in full."""
    return workflow.publish(people.officer, assessment.reference, clock.today(), "https://council.example/eia", "")


def successor(user: User, assessment: Assessment) -> Assessment:
    """A new draft that replaces a finished assessment, each page looked at, ready to be submitted."""
    made = workflow.start_from(user, assessment.reference, replaces=True)
    actions = made.pages.get(page="actions").answers["actions"]
    save(user, made, "actions", actions=[{**each, "due": "2027-03-05"} for each in actions])
    return complete(user, made)


def in_status(status: str, people: SimpleNamespace, title: str = "Close a school") -> Assessment:
    """An assessment of the officer's, walked to a status by the people whose move it is."""
    assessment = draft(people.officer, title)
    if status == "draft":
        return assessment
    if status == "withdrawn":
        return moved(people.officer, assessment, "withdraw")
    if status in ("screening", "screened-out"):
        screened_out(people.officer, assessment)
        assessment = moved(people.officer, assessment, "screen_out")
        return assessment if status == "screening" else moved(people.approver, assessment, "approve_screening")
    complete(people.officer, assessment)
    for step in _way_to(status, people):
        assessment = step(assessment)
    return assessment


def _way_to(status: str, people: SimpleNamespace) -> list[Callable[[Assessment], Assessment]]:
    """What has to happen to a complete draft until it is in that status."""

    def by(who: str, name: str) -> Callable[[Assessment], Assessment]:
        return lambda assessment: moved(getattr(people, who), assessment, name)

    def replaced(assessment: Assessment) -> Assessment:
        later = successor(people.officer, assessment)
        for step in _way_to("approved", people):
            step(later)
        return Assessment.objects.get(pk=assessment.pk)

    way = [
        ("with-head", by("officer", "submit")),
        ("with-lead", by("approver", "forward")),
        ("passed", by("lead", "pass_check")),
        ("approved", by("approver", "approve")),
        ("supplied", partial(supplied, people)),
        ("decided", partial(decided, people)),
        ("published", partial(published, people)),
        ("under-review", by("officer", "begin_review")),
    ]
    if status == "returned":
        return [way[0][1], by("approver", "return_by_head")]
    if status == "superseded":
        return [*_way_to("approved", people), replaced]
    return [step for _, step in way[: [each for each, _ in way].index(status) + 1]]


def source(user: User, title: str = "Census 2021", **details) -> LibrarySource:
    """A source in the library: data of this year, about age, unless said otherwise."""
    said = {
        "title": title,
        "kind": "data",
        "publisher": "Office for National Statistics",
        "dated": clock.today().replace(month=1, day=1),
        "coverage": "Everybody in the city",
        "characteristics": ["age"],
        "link": "https://statistics.example/census",
    }
    return workflow.add_source(user, said | details)
