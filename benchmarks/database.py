"""A database that is thrown away, with the demonstration and many more assessments, the same in each run."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection

from assessments import demonstration, workflow
from assessments.duty import act
from assessments.duty.lifecycle import Status
from assessments.duty.questionnaire import CHANGES, IMPACTS, OUTCOMES, POLICY_TYPES, RESIDUAL, SCALE, VERSION
from assessments.duty.screening import Outcome
from assessments.models import Action, Assessment, Impact, Service, User, Version

SEED = 149
BATCH = 500
WORDS_LENGTH = 4_000
"""Characters of searchable text an assessment: about what the middle one of the demonstration has."""
FIRST_YEAR = 2010
A_YEAR = 1_000
STATUSES = {
    Status.APPROVED: 55,
    Status.SCREENED_OUT: 15,
    Status.DRAFT: 12,
    Status.WITH_HEAD: 4,
    Status.WITH_LEAD: 4,
    Status.PASSED: 3,
    Status.RETURNED: 3,
    Status.SCREENING: 2,
    Status.WITHDRAWN: 2,
}
CASE_B = "Closure of a Church of England primary school"


@contextmanager
def thrown_away(folder: Path) -> Iterator[None]:
    """A new database beside the configured one, which is not touched. Child processes use the new one too."""
    settings, configured = connection.settings_dict, os.environ.get("DATABASE_URL", "")
    is_file = connection.vendor == "sqlite"
    settings["TEST"]["NAME"] = str(folder / "bench.sqlite3") if is_file else f"psed_bench_{os.getpid()}"
    before = settings["NAME"]
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    os.environ["DATABASE_URL"] = f"sqlite:///{name}" if is_file else urlsplit(configured)._replace(path=name).geturl()
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def described() -> str:
    """The database and what is in it."""
    version = ".".join(map(str, connection.Database.sqlite_version_info)) if connection.vendor == "sqlite" else ""
    return f"{connection.display_name} {version}".strip() + f" with {Assessment.objects.count():,} assessments"


def load(count: int) -> None:
    """The demonstration, and `count` assessments more."""
    demonstration.load()
    chance = random.Random(SEED)
    texts = [text for each in Assessment.objects.order_by("pk") for text in each.search_text.splitlines()]
    titles = list(Assessment.objects.order_by("pk").values_list("title", flat=True))
    people = list(User.objects.filter(role="officer").order_by("pk"))
    services = list(Service.objects.order_by("pk"))
    local = Assessment.objects.latest("pk").local_characteristics
    made = (_assessment(chance, position, titles, texts, people, services, local) for position in range(count))
    for some in batches(made):
        rows = Assessment.objects.bulk_create(some)
        Impact.objects.bulk_create(each for row in rows for each in _impacts(chance, row))
        Action.objects.bulk_create(each for row in rows for each in _actions(chance, row))
        Version.objects.bulk_create(each for row in rows for each in _versions(row))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def batches(made: Iterator[Assessment]) -> Iterator[list[Assessment]]:
    while some := list(islice(made, BATCH)):
        yield some


def _assessment(
    chance: random.Random,
    position: int,
    titles: list[str],
    texts: list[str],
    people: list[User],
    services: list[Service],
    local: list[dict[str, str]],
) -> Assessment:
    year, number = FIRST_YEAR + position // A_YEAR, position % A_YEAR + 1
    reference, title = f"EIA-{year}-{number:04}", f"{chance.choice(titles)} ({year}, {number})"
    (status,) = chance.choices(list(STATUSES), list(STATUSES.values()))
    started = datetime(year, 1, 1, 9, tzinfo=UTC) + timedelta(minutes=chance.randrange(500_000))
    is_decided = status is Status.APPROVED
    is_screened_out = status in (Status.SCREENED_OUT, Status.SCREENING)
    return Assessment(
        reference=reference,
        year=year,
        number=number,
        status=status.value,
        screening=(Outcome.SCREENED_OUT if is_screened_out else Outcome.FULL).value,
        rule_set="england",
        questionnaire_version=VERSION,
        local_characteristics=local,
        title=title,
        service=chance.choice(services),
        policy_type=chance.choice(POLICY_TYPES).value,
        change=chance.choice(CHANGES).value,
        decision_body="Cabinet",
        decision_date=(started + timedelta(days=chance.randrange(60, 300))).date() if chance.random() < 0.9 else None,
        budget_round=f"{year}/{year + 1}" if chance.random() < 0.3 else "",
        outcome=chance.choice(OUTCOMES).value if is_decided else "",
        review_date=(started + timedelta(days=730)).date() if is_decided else None,
        search_text=_words(chance, reference, title, texts),
        created_by=chance.choice(people),
        created_at=started,
        updated_at=started + timedelta(days=chance.randrange(1, 200)),
        status_since=started,
        submitted_at=started + timedelta(days=1) if status is not Status.DRAFT else None,
        is_example=True,
    )


def _words(chance: random.Random, reference: str, title: str, texts: list[str]) -> str:
    found, length = [reference, title], 0
    while length < WORDS_LENGTH:
        found.append(chance.choice(texts))
        length += len(found[-1])
    return "\n".join(found)


def _impacts(chance: random.Random, assessment: Assessment) -> Iterator[Impact]:
    if assessment.screening != Outcome.FULL.value:
        return
    cells = [(characteristic.slug, limb.slug) for characteristic in act.CHARACTERISTICS for limb in act.LIMBS]
    for characteristic, limb in chance.sample(cells, chance.randrange(2, 10)):
        impact = chance.choice(IMPACTS).value
        is_harm = impact == "negative"
        yield Impact(
            assessment=assessment,
            characteristic=characteristic,
            limb=limb,
            impact=impact,
            severity=chance.choice(SCALE).value if is_harm else "",
            residual=chance.choice(RESIDUAL).value if is_harm else "",
        )


def _actions(chance: random.Random, assessment: Assessment) -> Iterator[Action]:
    for position in range(1, chance.randrange(5)):
        due = (assessment.created_at + timedelta(days=chance.randrange(30, 700))).date()
        yield Action(assessment=assessment, key=f"actions-{position}", position=position, what="To do", due=due)


def _versions(assessment: Assessment) -> Iterator[Version]:
    if assessment.submitted_at is None:
        return
    for number in range(1, 4 if assessment.status == Status.APPROVED.value else 2):
        yield Version(
            assessment=assessment,
            number=number,
            reason="submit",
            document_json="{}",
            digest="0" * 64,
            created_by=assessment.created_by,
            created_at=assessment.submitted_at,
        )


def case_b() -> Assessment:
    """The long assessment of the demonstration: a school closes."""
    return Assessment.objects.select_related("service__directorate").filter(title=CASE_B).earliest("pk")


def short_case() -> Assessment:
    """One that ended at screening: for a quick look."""
    return Assessment.objects.filter(status=Status.SCREENED_OUT.value).earliest("pk")


def as_draft(source: Assessment) -> Assessment:
    """A new draft with every answer of `source`."""
    author = source.created_by
    draft = workflow.start(author, source.title, source.service, is_example=True)
    with workflow.editing(author, draft.reference) as edited:
        for page in source.pages.order_by("pk"):
            saved = edited.pages.get(page.page)
            edited.save(page.page, page.answers, started_from=saved.version if saved else 0)
    draft.refresh_from_db()
    return draft
