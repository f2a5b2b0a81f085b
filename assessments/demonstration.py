"""The demonstration council, told as it would have happened. `manage.py demo` loads it.

fixtures/demonstration/README.md says how the files are written. All that happens to an assessment goes through
`workflow`, in the order of the dates, so that every record has the trail that a real one would have.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from assessments import clock, datasets, links, permissions, prose, workflow
from assessments.duty import lifecycle
from assessments.duty.questionnaire import Questionnaire
from assessments.duty.questions import Kind, Question, Source, is_answered
from assessments.evidence import service_data
from assessments.models import (
    Area,
    Assessment,
    Contact,
    Council,
    DecisionMaker,
    Directorate,
    LibrarySource,
    LocalCharacteristic,
    Service,
    User,
    Ward,
)
from assessments.workflow.datasets import About, Meaning

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demonstration"
POPULATION = Path(settings.BASE_DIR) / "fixtures" / "population" / "stoke-on-trent-census-2021.csv"
PASSWORD = "demonstration-2026"  # noqa: S105 - for everybody to know: `load` refuses to run beside real data
BETWEEN_PAGES = timedelta(minutes=4)

_WRAPPED = re.compile(r"(?<!\n)\n(?!\n|- |\d+\. ) *")


class RealData(Exception):
    """The database holds something that is not for demonstration."""


def is_loaded() -> bool:
    """Whether the demonstration council is there. Raises RealData beside anything that is not for demonstration."""
    are_examples = set(Council.objects.values_list("is_example", flat=True))
    if False in are_examples:
        raise RealData("a council that is not marked as a demonstration")
    if Assessment.objects.filter(is_example=False).exists():
        raise RealData("assessments that are not marked as made up")
    if not are_examples and User.objects.exists():
        raise RealData("accounts, but no council")
    return bool(are_examples)


@transaction.atomic
def load(tell: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Load everything, or nothing if any of it fails. `tell` hears how many steps of how many are done."""
    if is_loaded():
        return
    _load_council(_read("council.json"))
    people = _load_people(_read("people.json"))
    files = sorted((FOLDER / "assessments").glob("*.toml"))
    stories: dict[str, _Story] = {}
    for path in files:
        stories[path.stem] = _Story(tomllib.loads(path.read_text(encoding="utf-8")), people, stories)
    told = [step for story in stories.values() for step in story.steps]
    lead = next(each for each in people.values() if each.role == lifecycle.Role.EQUALITY_LEAD)
    counted = [_Step(_moment(each["at"]), partial(_count, people, each)) for each in _read("service-data.json")]
    found = [_Step(_moment(each["at"]), partial(_add_source, lead, each)) for each in _read("library.json")]
    steps = sorted([*counted, *found, *told], key=lambda step: step.at)
    with clock.telling(steps[0].at):
        _load_population(lead)
    for done, step in enumerate(steps, start=1):
        with clock.telling(step.at):
            step.take()
        tell(done, len(steps))


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _load_council(data: dict[str, Any]) -> None:
    Council.objects.create(pk=1, is_example=True, **data["council"])
    for name, services in data["directorates"].items():
        directorate = Directorate.objects.create(name=name)
        Service.objects.bulk_create(Service(name=each, directorate=directorate) for each in services)
    Ward.objects.bulk_create(Ward(name=name) for name in data["wards"])
    Contact.objects.bulk_create(Contact(**each) for each in data["contacts"])
    LocalCharacteristic.objects.bulk_create(
        LocalCharacteristic(position=position, **each)
        for position, each in enumerate(data["local_characteristics"], start=1)
    )


def _load_people(data: list[dict[str, Any]]) -> dict[str, User]:
    """The accounts by the part of their address before the @, in the order of the file."""
    services = {each.name: each for each in Service.objects.all()}
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    for each in data:
        service = services[each["service"]] if each["service"] else None
        User.objects.create(**{**each, "service": service, "password": password})
    return {each.email.partition("@")[0]: each for each in User.objects.order_by("pk")}


def _load_population(lead: User) -> None:
    """The council's area, compared with the others in the file."""
    with POPULATION.open("rb") as file:
        workflow.import_population(lead, file)
    own, *others = Area.objects.order_by("pk")
    workflow.choose_areas(lead, own, others)


def _moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def _count(people: dict[str, User], data: dict[str, Any]) -> None:
    """Count a file of people who use a service, with its columns and values taken for what they are guessed to be."""
    with (FOLDER / "service-data" / data["file"]).open("rb") as file:
        tally = service_data.read(file, is_of_records=False, outcome=data["column"])
    columns = service_data.guess_characteristics(tally.listed, datasets.categories(), datasets.names())
    values = datasets.suggested(tally, columns, {})
    meaning = Meaning(columns, values, tuple(tally.outcome.values) if tally.outcome else (), data["outcome"])
    about = About(data["title"], data["covers"], date.fromisoformat(data["dated"]), data["file"])
    workflow.add_dataset(people[data["by"]], Service.objects.get(name=data["service"]), about, tally, meaning)


def _add_source(lead: User, data: dict[str, Any]) -> None:
    """A source for any assessment. Some of them are old by now."""
    dated = data["dated"] and date.fromisoformat(data["dated"])
    workflow.add_source(lead, {name: each for name, each in data.items() if name != "at"} | {"dated": dated})


@dataclass(frozen=True)
class _Step:
    """One thing that happened to an assessment, and when."""

    at: datetime
    take: Callable[[], object]


class _Story:
    """One assessment of the demonstration: what its file says, and what has happened of it so far."""

    def __init__(self, data: dict[str, Any], people: dict[str, User], others: dict[str, "_Story"]) -> None:
        self.data = data
        self.people = people
        self.others = others
        self.author = people[data["author"]]
        self.reference = ""
        self.saved: set[str] = set()

    @property
    def steps(self) -> Iterator[_Step]:
        """Everything that happened, in the order of the file."""
        yield _Step(timezone.make_aware(self.data["started"]), self.start)
        for event in self.data.get("story", []):
            yield _Step(timezone.make_aware(event["at"]), partial(self.happen, event))
            for reader in event.get("readers", []):
                for moment, step in (("opened", workflow.open_link), ("acknowledged", workflow.acknowledge)):
                    if moment in reader:
                        yield _Step(timezone.make_aware(reader[moment]), partial(self.read, reader["email"], step))

    def start(self) -> None:
        """The author starts it, from nothing or from the one that it replaces."""
        if earlier := self.data.get("replaces"):
            assessment = workflow.start_from(self.author, self.others[earlier].reference, replaces=True)
        else:
            service = Service.objects.get(name=self.data["service"])
            assessment = workflow.start(self.author, self.data["title"], service, is_example=True)
        self.reference = assessment.reference
        self.form = assessment.questionnaire

    def happen(self, event: dict[str, Any]) -> None:
        """One event: what it says, in the order of these lines."""
        user = self.people[event["by"]] if "by" in event else self.author
        if "shares" in event:
            workflow.share(user, self.reference, self.people[event["shares"]])
        if {"saves", "changes", "looks_over"} & event.keys():
            self.save(user, event)
        for title in event.get("takes", []):
            workflow.take_source(user, self.reference, LibrarySource.objects.get(title=title).pk)
        for slug in event.get("cites", []):
            self.cite(user, slug)
        for each in event.get("comments", []):
            workflow.comment(user, self.reference, each["page"], each.get("key", ""), _unwrapped(each["text"]))
        if "verdicts" in event:
            workflow.judge(user, self.reference, event["verdicts"])
        self.tell_decision(user, event)
        for each in event.get("overrides", []):
            workflow.override(user, self.reference, each["check"], each.get("page", ""), _unwrapped(each["reason"]))
        if "moves" in event:
            reason = _unwrapped(event.get("reason", ""))
            workflow.move(self.mover(event["moves"]), self.reference, event["moves"], reason)

    def tell_decision(self, user: User, event: dict[str, Any]) -> None:
        """What was supplied, who read it, what was decided, where it was published, how it was reviewed."""
        if "supplies" in event:
            approved = Assessment.objects.get(reference=self.reference).versions.filter(reason="approve").first()
            workflow.supply(user, self.reference, event["supplies"], approved.digest)
        for each in event.get("readers", []):
            workflow.invite(user, self.reference, each["role"], each["email"])
        if "decides" in event:
            given = event["decides"]
            words = {key: _unwrapped(each) for key, each in given.items() if isinstance(each, str)}
            workflow.record_decision(user, self.reference, given | words)
        if "publishes" in event:
            given = event["publishes"]
            workflow.publish(user, self.reference, given["on"], given["link"], _unwrapped(given.get("withheld", "")))
        if "reviews" in event:
            given = event["reviews"]
            workflow.end_review(user, self.reference, _unwrapped(given["reason"]), given["next"])

    def read(self, email: str, step: Callable[[str], object]) -> None:
        """Somebody who decides follows their personal link."""
        maker = DecisionMaker.objects.get(assessment__reference=self.reference, email=email)
        step(links.token(maker))

    def save(self, user: User, event: dict[str, Any]) -> None:
        """Write pages: those named, or all that are left; then what changed on pages written before."""
        named = event.get("saves", [])
        slugs = [slug for slug in self.pages if slug not in self.saved] if named == "rest" else named
        if event.get("looks_over"):
            self.look_over(user)
        pages = {slug: self.pages[slug] for slug in slugs}
        for slug, changed in _pages(event.get("changes", {}), self.form).items():
            self.pages[slug] = pages[slug] = {**self.pages.get(slug, {}), **changed}
        self.saved.update(pages)
        with workflow.editing(user, self.reference) as draft:
            for position, (slug, raw) in enumerate(pages.items()):
                version = draft.pages[slug].version if slug in draft.pages else 0
                with clock.telling(clock.now() + position * BETWEEN_PAGES):
                    draft.save(slug, self.answers(slug, raw), started_from=version)

    def cite(self, user: User, slug: str) -> None:
        """Cite on a page the newest figures of the area, and what is known of those who use the service."""
        with workflow.editing(user, self.reference) as draft:
            characteristic = self.form.pages[slug].characteristic
            users = workflow.citable_users(characteristic, draft.assessment.service, user)
            for table in (*workflow.citable(characteristic)[:1], *(each.cited for each in users)):
                workflow.cite(draft, slug, table.id)

    def look_over(self, user: User) -> None:
        """Save again each page that was carried over, as it is."""
        with workflow.editing(user, self.reference) as draft:
            for slug in draft.open_pages:
                if (page := draft.pages.get(slug)) and page.carried_from:
                    draft.save(slug, page.answers, started_from=page.version)

    def mover(self, name: str) -> User:
        """Who makes a move: the author, or the first of the others who may."""
        transition = lifecycle.transition(name)
        if transition.by in (lifecycle.By.AUTHORS, lifecycle.By.EITHER):
            return self.author
        assessment = Assessment.objects.get(reference=self.reference)
        return next(each for each in self.people.values() if permissions.may_move(each, assessment, transition))

    @cached_property
    def pages(self) -> dict[str, dict[str, Any]]:
        """What the file says on each page, in the order of the questionnaire."""
        return _pages(self.data, self.form)

    def answers(self, slug: str, raw: dict[str, Any]) -> dict[str, Any]:
        """The answers of a page as they are stored."""
        if slug == "proposal":
            raw = {"title": self.data["title"], "service": self.data["service"], **raw}
        page = self.form.pages[slug]
        stored = {key: _stored(page.question(key), value) for key, value in raw.items()}
        return {key: value for key, value in stored.items() if is_answered(value)}


def _pages(data: dict[str, Any], form: Questionnaire) -> dict[str, dict[str, Any]]:
    """Answers by page: the table `relevance` is spread over the pages of screening."""
    pages: dict[str, dict[str, Any]] = {slug: {} for slug in form.pages}
    screening = {
        question.key: slug
        for slug in ("relevance", "relevance-local", "relevance-limbs")
        for question in form.pages[slug].questions
    }
    for key, (answer, why) in data.get("relevance", {}).items():
        pages[screening[key]].update({key: answer, f"{key}_why": why})
    for slug, answers in data.get("pages", {}).items():
        pages[slug].update(answers)
    return {slug: answers for slug, answers in pages.items() if answers}


def _stored(question: Question, value: Any) -> Any:
    if question.kind is Kind.ITEMS:
        return [_item(question, position, each) for position, each in enumerate(value, start=1)]
    if question.kind is Kind.PROSE:
        return prose.clean(_unwrapped(value))
    if question.source is Source.SERVICES:
        return str(Service.objects.get(name=value).pk)
    if question.source is Source.WARDS:
        return [str(Ward.objects.get(name=name).pk) for name in value]
    return value.isoformat() if isinstance(value, date) else value


def _item(question: Question, position: int, answers: dict[str, Any]) -> dict[str, Any]:
    keys = {each.key: each for each in question.items}
    stored = {key: _stored(keys[key], value) for key, value in answers.items() if key != "id"}
    return {"id": answers.get("id", f"{question.key}-{position}"), **stored}


def _unwrapped(text: str) -> str:
    """The text with its paragraphs on one line each: in the files long lines are broken, here a break is a break."""
    return _WRAPPED.sub(" ", text.strip())
