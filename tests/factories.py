"""Councils, people and assessments for tests, made through the same code as real ones."""

from types import SimpleNamespace

from assessments import workflow
from assessments.duty import act
from assessments.duty.questions import Kind, Page, Question
from assessments.models import (
    Assessment,
    AuditHead,
    Contact,
    Council,
    Directorate,
    LocalCharacteristic,
    Service,
    User,
    Ward,
)

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
    return {**answers, **{f"{key}_why": f"Because of {key}." for key in answers}}


def answer(question: Question) -> object:
    """A plausible answer of the right shape. Choices with a source have none that always holds: leave them out."""
    if question.kind is Kind.ITEMS:
        return [{"id": f"{question.key}-1", **{each.key: answer(each) for each in question.items if not each.source}}]
    return {
        Kind.TEXT: "A line about it",
        Kind.PROSE: "A paragraph about it.\n\n- one\n- two",
        Kind.CHOICE: question.options[0].value if question.options else None,
        Kind.CHOICES: [question.options[0].value] if question.options else [],
        Kind.DATE: "2027-03-05",
        Kind.NUMBER: 12,
        Kind.PICK: None,
    }[question.kind]


def page_answers(page: Page) -> dict[str, object]:
    """An answer to every question on a page that needs no source."""
    return {each.key: answer(each) for each in page.questions if not each.source}


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
    steps = {
        "with-head": [("officer", "submit")],
        "returned": [("officer", "submit"), ("approver", "return_by_head")],
        "with-lead": [("officer", "submit"), ("approver", "forward")],
        "passed": [("officer", "submit"), ("approver", "forward"), ("lead", "pass_check")],
        "approved": [("officer", "submit"), ("approver", "forward"), ("lead", "pass_check"), ("approver", "approve")],
    }
    for who, name in steps[status]:
        assessment = moved(getattr(people, who), assessment, name)
    return assessment
