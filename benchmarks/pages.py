"""Pages through the whole stack: address, middleware, view, database, template."""

import json
import subprocess
import sys
from functools import partial
from itertools import count
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.duty.questions import Kind
from assessments.models import Assessment, Directorate, User
from benchmarks import database
from benchmarks.figures import Call, Figure, interleaved, p95

STEP = "advance-age"
MOST_QUERIES_OF_A_SAVE = 12
MOST_QUERIES_OF_THE_REGISTER = 8
SHARE_OF_THE_ADMIN = 0.5


def measure(rounds: int) -> list[Figure]:
    """The wizard, the task list, the register."""
    draft = database.as_draft(database.case_b())
    return [*_writing(draft, rounds), *_register(rounds), *_export()]


def visitor(user: User) -> Client:
    """Somebody signed in, whose requests pass every check that a browser's do."""
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def show(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)


def queries(call: Call) -> int:
    """How many statements a call sends to the database, not counting BEGIN and COMMIT."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(not each["sql"].startswith(("BEGIN", "COMMIT")) for each in captured)


class StepSave:
    """Saves one page of the wizard, each time with another text."""

    def __init__(self, client: Client, draft: Assessment) -> None:
        self.client, self.draft = client, draft
        self.address = reverse("page", args=[draft.reference, STEP])
        show(client, self.address)
        page = draft.questionnaire.pages[STEP]
        answers = draft.pages.get(page=STEP).answers
        self.posted = {f"{STEP}-{each.key}": answers.get(each.key, "") for each in page.questions}
        self.text_key = next(f"{STEP}-{each.key}" for each in page.questions if each.kind is Kind.PROSE)
        self.text = self.posted[self.text_key]
        self.number = count(1)

    def __call__(self, **others: Any) -> None:
        number = next(self.number)
        changed: dict[str, Any] = {
            self.text_key: f"{self.text}\n\nChanged {number} times.",
            "started_from": number,
            "csrfmiddlewaretoken": self.client.cookies["csrftoken"].value,
        }
        response = self.client.post(self.address, self.posted | changed | others)
        assert response.status_code == 302, response.status_code

    def with_another_impact(self) -> None:
        """A save that changes what the register counts."""
        self(**{f"{STEP}-impact": ["positive", "negative"]})

    def check(self) -> None:
        """Every save was one."""
        assert self.draft.pages.get(page=STEP).version == next(self.number)


def _writing(draft: Assessment, rounds: int) -> list[Figure]:
    client = visitor(draft.created_by)
    save = StepSave(client, draft)
    show_step = partial(show, client, save.address)
    show_tasks = partial(show, client, draft.get_absolute_url())
    calls = {"save": save, "impact": save.with_another_impact, "step": show_step, "tasks": show_tasks}
    counted = {name: queries(call) for name, call in calls.items()}
    taken = interleaved({"save": save, "step": show_step, "tasks": show_tasks}, rounds * 2)
    save.check()
    milliseconds = {name: [each * 1000 for each in values] for name, values in taken.items()}
    return [
        Figure("Wizard: save a page", median(milliseconds["save"]), "ms"),
        Figure("Wizard: save a page, 95th percentile", p95(milliseconds["save"]), "ms"),
        Figure("Wizard: save a page, queries", counted["save"], "", at_most=MOST_QUERIES_OF_A_SAVE),
        Figure("Wizard: save another impact, queries", counted["impact"], "", at_most=MOST_QUERIES_OF_A_SAVE),
        Figure("Wizard: show a page", median(milliseconds["step"]), "ms"),
        Figure("Wizard: show a page, queries", counted["step"], ""),
        Figure("Task list", median(milliseconds["tasks"]), "ms"),
        Figure("Task list, queries", counted["tasks"], ""),
    ]


def _register(rounds: int) -> list[Figure]:
    reader = visitor(User.objects.filter(role="administrator").earliest("pk"))
    officer = visitor(User.objects.filter(role="officer").earliest("pk"))
    ours, admins = reverse("register"), reverse("baseline:assessments_assessment_changelist")
    pages = Assessment.objects.count() // 20
    directorate = Directorate.objects.earliest("pk").pk
    asked = f"q=playground&status=approved&directorate={directorate}"
    asked_of_admin = f"q=playground&status__exact=approved&service__directorate__id__exact={directorate}"
    calls = {
        "register": partial(show, reader, ours),
        "admin": partial(show, reader, admins),
        "deep": partial(show, reader, f"{ours}?page={pages}"),
        "deep admin": partial(show, reader, f"{admins}?p={pages}"),
        "asked": partial(show, reader, f"{ours}?{asked}"),
        "asked admin": partial(show, reader, f"{admins}?{asked_of_admin}"),
        "officer": partial(show, officer, ours),
    }
    counted = {name: queries(call) for name, call in calls.items()}
    taken = {name: [each * 1000 for each in values] for name, values in interleaved(calls, rounds).items()}
    middle = {name: median(values) for name, values in taken.items()}
    most, share = MOST_QUERIES_OF_THE_REGISTER, SHARE_OF_THE_ADMIN
    return [
        Figure("Register (against Django’s admin)", middle["register"], "ms", middle["admin"], ratio_at_most=share),
        Figure("Register, 95th percentile", p95(taken["register"]), "ms", p95(taken["admin"])),
        Figure("Register, queries", counted["register"], "", counted["admin"], at_most=most),
        Figure("Register, last page", middle["deep"], "ms", middle["deep admin"]),
        Figure("Register, filtered and searched", middle["asked"], "ms", middle["asked admin"]),
        Figure("Register, filtered and searched, queries", counted["asked"], "", counted["asked admin"], at_most=most),
        Figure("Register, as an officer", middle["officer"], "ms"),
        Figure("Register, as an officer, queries", counted["officer"], ""),
    ]


def _export() -> list[Figure]:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.export"]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return [
        Figure(f"Register as CSV, {found['rows']:,} rows", found["seconds"], "s"),
        Figure("Register as CSV, peak memory of the process", found["peak"], "MiB"),
    ]
