"""Who may do what: each role at each address, in each state."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments import permissions, workflow
from assessments.duty.lifecycle import TRANSITIONS, By, Status
from assessments.models import Assessment, AuditEvent, PageAnswers
from tests import factories
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

WHO = ("anonymous", "author", "co-author", "colleague", "stranger", "approver", "other", "lead", "auditor", "admin")
"""Nobody; who started it; an officer of another service who was asked to write too; an officer of the same service and
one of another; the approver of its directorate and one of another; and the three who read everything."""

PUBLIC = {
    "accessibility",
    "privacy",
    "cookies",
    "healthz",
    "login",
    "password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
}

PERSONAL = {"acknowledge", "acknowledge-read"}
"""For whoever has the link, and there is none here."""

SITE = """
GET                     anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
home                    302       200       200       200       200       200       200       200       200       200
start                   302       200       200       200       200       200       200       200       403       403
register                302       200       200       200       200       200       200       200       200       200
register-csv            302       200       200       200       200       200       200       200       200       200
contacts                302       200       200       200       200       200       200       200       200       200
accessibility           200       200       200       200       200       200       200       200       200       200
privacy                 200       200       200       200       200       200       200       200       200       200
cookies                 200       200       200       200       200       200       200       200       200       200
healthz                 200       200       200       200       200       200       200       200       200       200
login                   200       200       200       200       200       200       200       200       200       200
logout                  302       405       405       405       405       405       405       405       405       405
password_change         302       200       200       200       200       200       200       200       200       200
password_change_done    302       200       200       200       200       200       200       200       200       200
password_reset          200       200       200       200       200       200       200       200       200       200
password_reset_done     200       200       200       200       200       200       200       200       200       200
password_reset_confirm  200       200       200       200       200       200       200       200       200       200
password_reset_complete 200       200       200       200       200       200       200       200       200       200
admin:index             302       302       302       302       302       302       302       302       302       200
waiting                 302       200       200       200       200       200       200       200       200       200
evidence                302       200       200       200       200       200       200       200       200       200
area                    302       200       200       200       200       200       200       200       200       200
area-import             302       403       403       403       403       403       403       200       403       200
area-choose             302       403       403       403       403       403       403       200       403       200
library                 302       200       200       200       200       200       200       200       200       200
library-add             302       200       200       200       200       200       200       200       403       403
library-source          302       404       404       404       404       404       404       404       404       404
library-change          302       404       404       404       404       404       404       404       403       403
library-use             302       405       405       405       405       405       405       405       405       405
library-file            302       404       404       404       404       404       404       404       404       404
gaps                    302       200       200       200       200       200       200       200       200       200
gaps-csv                302       200       200       200       200       200       200       200       200       200
trail                   302       403       403       403       403       403       403       200       200       200
trail-export            302       405       405       405       405       405       405       405       405       405
disposal                302       403       403       403       403       403       403       403       403       200
disposal-confirm        302       403       403       403       403       403       403       403       403       200
acknowledge             404       404       404       404       404       404       404       404       404       404
acknowledge-read        404       404       404       404       404       404       404       404       404       404
datasets                302       200       200       200       200       200       200       200       200       200
dataset-add             302       200       200       200       200       200       200       200       403       403
dataset                 302       404       404       404       404       404       404       404       404       404

POST                    anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
start                   302       302       302       302       302       302       302       302       403       403
trail-export            302       403       403       403       403       403       403       200       200       200
disposal                302       405       405       405       405       405       405       405       405       405
disposal-confirm        302       403       403       403       403       403       403       403       403       200
area-import             302       403       403       403       403       403       403       200       403       200
area-choose             302       403       403       403       403       403       403       200       403       200
library-add             302       200       200       200       200       200       200       200       403       403
library-change          302       404       404       404       404       404       404       404       403       403
library-use             302       404       404       404       404       404       404       404       403       403
acknowledge             404       404       404       404       404       404       404       404       404       404
acknowledge-read        404       404       404       404       404       404       404       404       404       404
dataset-add             302       200       200       200       200       200       200       200       403       403
dataset                 302       404       404       404       404       404       404       404       404       404
datasets                302       405       405       405       405       405       405       405       405       405
"""

# 302 leads whoever has not signed in to the sign-in; from `check` to the assessment; from `move` to the assessment with
# the news that it has moved on; and from a POST that was taken to the next page.
DRAFT = """
GET                     anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
assessment              302       200       200       200       404       200       404       200       200       200
page                    302       200       200       403       404       403       404       403       403       403
choose-source           302       200       200       403       404       403       404       403       403       403
check                   302       200       200       302       404       302       404       302       302       302
move                    302       200       200       403       404       403       404       403       403       403
people                  302       200       200       403       404       200       404       200       403       403
unshare                 302       405       405       405       405       405       405       405       405       405
report                  302       200       200       200       404       200       404       200       200       200
report-pdf              302       202       202       202       404       202       404       202       202       202
report-pdf-retry        302       405       405       405       405       405       405       405       405       405
version                 302       404       404       404       404       404       404       404       404       404
version-pdf             302       404       404       404       404       404       404       404       404       404
version-pdf-retry       302       405       405       405       405       405       405       405       405       405
answers-json            302       200       200       200       404       200       404       200       200       200
answers-csv             302       200       200       200       404       200       404       200       200       200
again                   302       403       403       403       404       403       404       403       403       403
review                  302       200       200       403       404       200       404       200       200       200
comment                 302       403       403       403       404       302       404       302       403       403
thread                  302       404       404       403       404       404       404       404       404       404
resolve                 302       405       405       405       405       405       405       405       405       405
unresolve               302       405       405       405       405       405       405       405       405       405
override                302       403       403       403       404       403       404       302       403       403
lift                    302       405       405       405       405       405       405       405       405       405
compare                 302       200       200       200       404       200       404       200       200       200
compare-pdf             302       302       302       302       404       302       404       302       302       302
compare-pdf-retry       302       405       405       405       405       405       405       405       405       405
keeping                 302       200       200       200       404       200       404       200       200       200
hold                    302       403       403       403       404       403       404       200       403       200
redact                  302       403       403       403       404       403       404       403       403       200
decision                302       200       200       200       404       200       404       200       200       200
record                  302       302       302       403       404       302       404       302       403       403
supply                  302       302       302       403       404       302       404       302       403       403
publish                 302       302       302       403       404       302       404       302       403       403
end-review              302       302       302       403       404       302       404       302       403       403
invite                  302       302       302       403       404       302       404       302       403       403
send-again              302       405       405       405       405       405       405       405       405       405
uninvite                302       405       405       405       405       405       405       405       405       405
history                 302       200       200       200       404       200       404       200       200       200

POST                    anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
page                    302       302       302       403       404       403       404       403       403       403
choose-source           302       404       404       403       404       403       404       403       403       403
move                    302       302       302       403       404       403       404       403       403       403
people                  302       302       302       403       404       302       404       302       403       403
unshare                 302       302       302       403       404       302       404       302       403       403
report-pdf-retry        302       302       302       302       404       302       404       302       302       302
version-pdf-retry       302       404       404       404       404       404       404       404       404       404
again                   302       403       403       403       404       403       404       403       403       403
review                  302       403       403       403       404       403       404       409       403       403
comment                 302       403       403       403       404       409       404       409       403       403
thread                  302       404       404       403       404       404       404       404       404       404
resolve                 302       404       404       404       404       404       404       404       404       404
unresolve               302       404       404       404       404       404       404       404       404       404
override                302       403       403       403       404       403       404       409       403       403
lift                    302       404       404       403       404       404       404       404       404       404
compare-pdf-retry       302       302       302       302       404       302       404       302       302       302
keeping                 302       302       302       403       404       302       404       302       403       302
hold                    302       403       403       403       404       403       404       200       403       200
redact                  302       403       403       403       404       403       404       403       403       200
record                  302       302       302       403       404       302       404       302       403       403
supply                  302       302       302       403       404       302       404       302       403       403
publish                 302       302       302       403       404       302       404       302       403       403
end-review              302       302       302       403       404       302       404       302       403       403
invite                  302       302       302       403       404       302       404       302       403       403
send-again              302       404       404       404       404       404       404       404       404       404
uninvite                302       404       404       404       404       404       404       404       404       404
"""
WITH_HEAD = """
GET                     anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
assessment              302       200       200       200       404       200       404       200       200       200
page                    302       403       403       403       404       403       404       403       403       403
choose-source           302       403       403       403       404       403       404       403       403       403
check                   302       302       302       302       404       302       404       302       302       302
move                    302       403       403       403       404       200       404       403       403       403
people                  302       403       403       403       404       403       404       403       403       403
unshare                 302       405       405       405       405       405       405       405       405       405
report                  302       200       200       200       404       200       404       200       200       200
report-pdf              302       202       202       202       404       202       404       202       202       202
report-pdf-retry        302       405       405       405       405       405       405       405       405       405
version                 302       200       200       200       404       200       404       200       200       200
version-pdf             302       202       202       202       404       202       404       202       202       202
version-pdf-retry       302       405       405       405       405       405       405       405       405       405
answers-json            302       200       200       200       404       200       404       200       200       200
answers-csv             302       200       200       200       404       200       404       200       200       200
again                   302       403       403       403       404       403       404       403       403       403
review                  302       200       200       403       404       200       404       200       200       200
comment                 302       403       403       403       404       404       404       404       403       403
thread                  302       404       404       403       404       404       404       404       404       404
resolve                 302       405       405       405       405       405       405       405       405       405
unresolve               302       405       405       405       405       405       405       405       405       405
override                302       403       403       403       404       403       404       302       403       403
lift                    302       405       405       405       405       405       405       405       405       405
compare                 302       200       200       200       404       200       404       200       200       200
compare-pdf             302       302       302       302       404       302       404       302       302       302
compare-pdf-retry       302       405       405       405       405       405       405       405       405       405
keeping                 302       200       200       200       404       200       404       200       200       200
hold                    302       403       403       403       404       403       404       200       403       200
redact                  302       403       403       403       404       403       404       403       403       200
decision                302       200       200       200       404       200       404       200       200       200
record                  302       302       302       403       404       302       404       302       403       403
supply                  302       302       302       403       404       302       404       302       403       403
publish                 302       302       302       403       404       302       404       302       403       403
end-review              302       302       302       403       404       302       404       302       403       403
invite                  302       302       302       403       404       302       404       302       403       403
send-again              302       405       405       405       405       405       405       405       405       405
uninvite                302       405       405       405       405       405       405       405       405       405
history                 302       200       200       200       404       200       404       200       200       200

POST                    anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
page                    302       403       403       403       404       403       404       403       403       403
choose-source           302       403       403       403       404       403       404       403       403       403
move                    302       403       403       403       404       302       404       403       403       403
people                  302       403       403       403       404       403       404       403       403       403
unshare                 302       403       403       403       404       403       404       403       403       403
report-pdf-retry        302       302       302       302       404       302       404       302       302       302
version-pdf-retry       302       302       302       302       404       302       404       302       302       302
again                   302       403       403       403       404       403       404       403       403       403
review                  302       403       403       403       404       403       404       409       403       403
comment                 302       403       403       403       404       409       404       409       403       403
thread                  302       404       404       403       404       404       404       404       404       404
resolve                 302       404       404       404       404       404       404       404       404       404
unresolve               302       404       404       404       404       404       404       404       404       404
override                302       403       403       403       404       403       404       409       403       403
lift                    302       404       404       403       404       404       404       404       404       404
compare-pdf-retry       302       302       302       302       404       302       404       302       302       302
keeping                 302       302       302       403       404       302       404       302       403       302
hold                    302       403       403       403       404       403       404       200       403       200
redact                  302       403       403       403       404       403       404       403       403       200
record                  302       302       302       403       404       302       404       302       403       403
supply                  302       302       302       403       404       302       404       302       403       403
publish                 302       302       302       403       404       302       404       302       403       403
end-review              302       302       302       403       404       302       404       302       403       403
invite                  302       302       302       403       404       302       404       302       403       403
send-again              302       404       404       404       404       404       404       404       404       404
uninvite                302       404       404       404       404       404       404       404       404       404
"""
APPROVED = """
GET                     anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
assessment              302       200       200       200       200       200       200       200       200       200
page                    302       403       403       403       403       403       403       403       403       403
choose-source           302       403       403       403       403       403       403       403       403       403
check                   302       302       302       302       302       302       302       302       302       302
move                    302       403       403       403       403       302       403       403       403       403
people                  302       403       403       403       403       403       403       403       403       403
unshare                 302       405       405       405       405       405       405       405       405       405
report                  302       200       200       200       200       200       200       200       200       200
report-pdf              302       202       202       202       202       202       202       202       202       202
report-pdf-retry        302       405       405       405       405       405       405       405       405       405
version                 302       200       200       200       200       200       200       200       200       200
version-pdf             302       202       202       202       202       202       202       202       202       202
version-pdf-retry       302       405       405       405       405       405       405       405       405       405
answers-json            302       200       200       200       200       200       200       200       200       200
answers-csv             302       200       200       200       200       200       200       200       200       200
again                   302       200       200       200       200       200       200       200       403       403
review                  302       200       200       403       403       200       403       200       200       200
comment                 302       403       403       403       403       302       403       302       403       403
thread                  302       404       404       403       403       404       403       404       404       404
resolve                 302       405       405       405       405       405       405       405       405       405
unresolve               302       405       405       405       405       405       405       405       405       405
override                302       403       403       403       403       403       403       404       403       403
lift                    302       405       405       405       405       405       405       405       405       405
compare                 302       200       200       200       200       200       200       200       200       200
compare-pdf             302       302       302       302       302       302       302       302       302       302
compare-pdf-retry       302       405       405       405       405       405       405       405       405       405
keeping                 302       200       200       200       200       200       200       200       200       200
hold                    302       403       403       403       403       403       403       200       403       200
redact                  302       403       403       403       403       403       403       403       403       200
decision                302       200       200       200       200       200       200       200       200       200
record                  302       200       200       403       403       200       403       200       403       403
supply                  302       200       200       403       403       200       403       200       403       403
publish                 302       302       302       403       403       302       403       302       403       403
end-review              302       302       302       403       403       302       403       302       403       403
invite                  302       200       200       403       403       200       403       200       403       403
send-again              302       405       405       405       405       405       405       405       405       405
uninvite                302       405       405       405       405       405       405       405       405       405
history                 302       200       200       200       200       200       200       200       200       200

POST                    anonymous author    co-author colleague stranger  approver  other     lead      auditor   admin
page                    302       403       403       403       403       403       403       403       403       403
choose-source           302       403       403       403       403       403       403       403       403       403
move                    302       403       403       403       403       302       403       403       403       403
people                  302       403       403       403       403       403       403       403       403       403
unshare                 302       403       403       403       403       403       403       403       403       403
report-pdf-retry        302       302       302       302       302       302       302       302       302       302
version-pdf-retry       302       302       302       302       302       302       302       302       302       302
again                   302       200       200       200       200       200       200       200       403       403
review                  302       403       403       403       403       403       403       409       403       403
comment                 302       403       403       403       403       409       403       409       403       403
thread                  302       404       404       403       403       404       403       404       404       404
resolve                 302       404       404       404       404       404       404       404       404       404
unresolve               302       404       404       404       404       404       404       404       404       404
override                302       403       403       403       403       403       403       409       403       403
lift                    302       404       404       403       403       404       403       404       404       404
compare-pdf-retry       302       302       302       302       302       302       302       302       302       302
keeping                 302       302       302       403       403       302       403       302       403       302
hold                    302       403       403       403       403       403       403       200       403       200
redact                  302       403       403       403       403       403       403       403       403       200
record                  302       200       200       403       403       200       403       200       403       403
supply                  302       200       200       403       403       200       403       200       403       403
publish                 302       302       302       403       403       302       403       302       403       403
end-review              302       302       302       403       403       302       403       302       403       403
invite                  302       200       200       403       403       200       403       200       403       403
send-again              302       404       404       404       404       404       404       404       404       404
uninvite                302       404       404       404       404       404       404       404       404       404
"""

UNFINISHED = ("draft", "with-head", "with-lead", "returned", "passed", "screening", "withdrawn")
WRITERS = ("author", "co-author")
MOVES = {
    "draft": {WRITERS: "submit screen_out withdraw"},
    "returned": {WRITERS: "submit screen_out withdraw"},
    "with-head": {WRITERS: "withdraw", ("approver",): "forward return_by_head"},
    "with-lead": {WRITERS: "withdraw", ("lead",): "pass_check return_by_lead"},
    "passed": {WRITERS: "withdraw", ("approver",): "approve return_by_head"},
    "screening": {WRITERS: "withdraw", ("approver", "lead"): "approve_screening refuse_screening"},
    "approved": {
        WRITERS: "supply decide reopen withdraw",
        ("approver", "lead"): "supply decide reopen",
    },
    "supplied": {WRITERS: "decide reopen withdraw", ("approver", "lead"): "decide reopen"},
    "decided": {(*WRITERS, "approver", "lead"): "publish"},
    "published": {(*WRITERS, "approver", "lead"): "begin_review"},
    "under-review": {(*WRITERS, "approver", "lead"): "end_review"},
    "superseded": {},
    "screened-out": {(*WRITERS, "approver", "lead"): "reopen"},
    "withdrawn": {},
}
"""What each person may do next; who is not named, nothing."""

WAITING = {
    "returned": WRITERS,
    "with-head": ("approver",),
    "with-lead": ("lead",),
    "passed": ("approver",),
    "screening": ("approver", "lead"),
    **dict.fromkeys(("approved", "supplied", "decided", "under-review"), WRITERS),
}
"""On whose start page it waits."""


@pytest.fixture
def everybody(people):
    people.co_author = factories.person("officer", "co_author", "Parks")
    return people


def person(people, who):
    names = {"author": "officer", "co-author": "co_author", "stranger": "other_officer"}
    names |= {"other": "other_approver", "admin": "administrator"}
    return getattr(people, names.get(who, who))


def client_of(people, who):
    return Client() if who == "anonymous" else signed_in(person(people, who))


def in_status(status, people):
    """An assessment with a co-author, in that status; a draft is ready to be submitted."""
    if status == "draft":
        made = factories.complete(people.officer, factories.draft(people.officer))
    else:
        made = factories.in_status(status, people)
    made.co_authors.add(people.co_author)
    return made


def addresses(assessment, people, move):
    """Every address of the app by its name."""
    about = [assessment.reference]
    arguments = {
        "page": [*about, "decision"],
        "move": [*about, move],
        "unshare": [*about, people.co_author.pk],
        "version": [*about, 1],
        "version-pdf": [*about, 1],
        "version-pdf-retry": [*about, 1],
        "password_reset_confirm": ["MQ", "set-password"],
        "thread": [*about, 1],
        "resolve": [*about, 1],
        "unresolve": [*about, 1],
        "override": [*about, 16, "advance-age"],
        "lift": [*about, 16, "advance-age"],
        "send-again": [*about, 1],
        "uninvite": [*about, 1],
        **{name: [1] for name in ("library-source", "library-change", "library-use", "library-file")},
        "dataset": [0],
        "acknowledge": ["x"],
        "acknowledge-read": ["x"],
    }
    names = named(SITE)
    return {
        name: reverse(name, args=arguments.get(name, [] if name in names else about)) for name in names | named(DRAFT)
    }


def named(table):
    """The addresses that a table has a row for."""
    return {line.split()[0] for line in table.splitlines() if line and not line.startswith(("GET", "POST"))}


POSTED = {
    "page": {"action": "save", "started_from": "1", "decision-body": "Changed"},
    "move": {"reason": "A reason"},
    "people": {"email": "colleague@test.example"},
    "unshare": {},
    "report-pdf-retry": {},
    "version-pdf-retry": {},
}


def found(table, people, assessment, move="submit"):
    """The table as it is: the same rows, each with the status codes that the requests end with."""
    where = addresses(assessment, people, move)
    data = {**POSTED, "start": {"title": "Another", "service": assessment.service_id}}
    clients = {who: client_of(people, who) for who in WHO}
    lines, method = [], "GET"
    for line in table.splitlines():
        name = line.split()[0] if line else ""
        if name in where:
            codes = (ends_with(clients[who], method, where[name], data.get(name)) for who in WHO)
            line = f"{name:<24}" + "".join(f"{code:<10}" for code in codes).rstrip()
        else:
            method = name or method
        lines.append(line)
    return "\n".join(lines) + "\n"


def ends_with(client, method, path, data):
    """The status code of one request. What it did is undone."""
    with transaction.atomic():
        answer = client.get(path) if method == "GET" else client.post(path, data)
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    return answer.status_code


def test_each_role_at_each_address_of_the_site(everybody):
    assert found(SITE, everybody, in_status("draft", everybody)) == SITE


@pytest.mark.parametrize(
    ("status", "move", "expected"),
    [
        ("draft", "submit", DRAFT),
        ("with-head", "forward", WITH_HEAD),
        ("approved", "approve", APPROVED),
    ],
)
def test_each_role_at_each_address_of_an_assessment(everybody, status, move, expected):
    assert found(expected, everybody, in_status(status, everybody), move) == expected


def paths(patterns, namespace=""):
    """Every named address below these patterns, with something in each of its gaps."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from paths(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            filled = {key: GAPS[type(gap).__name__] for key, gap in pattern.pattern.converters.items()}
            yield f"{namespace}{pattern.name}", filled


GAPS = {"SlugConverter": "submit", "IntConverter": 1, "StringConverter": "x", "PathConverter": "1"}


def every_path():
    return [
        (name, reverse(name, kwargs=filled))
        for name, filled in paths(get_resolver().url_patterns)
        if name not in ("admin:app_list", "admin:view_on_site")
    ]


def test_every_address_of_the_app_is_in_the_tables(db):
    names = {name for name, _ in paths(get_resolver().url_patterns) if not name.startswith("admin:")}
    assert names == named(SITE + DRAFT) - {"admin:index"}


def test_whoever_has_not_signed_in_is_sent_to_the_sign_in_except_from_public_pages(client, council):
    seen = {name: client.get(path) for name, path in every_path()}
    assert {name for name, answer in seen.items() if answer.status_code == 200} == PUBLIC
    assert {name for name, answer in seen.items() if answer.status_code == 404} == PERSONAL
    sign_ins = (reverse("login"), reverse("admin:login"))
    for name in seen.keys() - PUBLIC - PERSONAL:
        assert (seen[name].status_code, seen[name].url.split("?")[0] in sign_ins) == (302, True), name


def test_the_set_up_is_for_administrators_alone(people):
    open_to_all = ("admin:login", "admin:logout", "admin:jsi18n")
    set_up = [path for name, path in every_path() if name.startswith("admin:") and name not in open_to_all]
    assert len(set_up) > 20
    for who in ("officer", "approver", "lead", "auditor"):
        client = signed_in(getattr(people, who))
        for path in set_up:
            answer = client.get(path)
            assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login")), path


def test_the_set_up_has_no_sign_in_of_its_own(people):
    answer = signed_in(people.officer).get("/setup/", follow=True)
    assert answer.redirect_chain[-1] == ("/accounts/login/?next=%2Fsetup%2F", 302)
    assert "Your account may not open that page" in answer.text


@pytest.mark.parametrize("status", Status)
def test_who_may_make_which_move_in_each_state(everybody, status):
    made = in_status(status, everybody)
    may = {who: " ".join(each.name for each in permissions.moves_for(person(everybody, who), made)) for who in WHO[1:]}
    expected = {who: moves for people, moves in MOVES[status].items() for who in people}
    assert {who: moves for who, moves in may.items() if moves} == expected


@pytest.mark.parametrize("status", Status)
def test_what_waits_for_a_person_is_on_their_start_page(everybody, status):
    made = in_status(status, everybody)
    shown = {
        who: [each.reference for each in signed_in(person(everybody, who)).get("/").context["waiting"]]
        for who in WHO[1:]
    }
    assert {who for who, references in shown.items() if made.reference in references} == set(WAITING.get(status, ()))


@pytest.mark.parametrize("status", Status)
def test_what_a_person_writes_is_on_their_start_page_while_it_can_be_written(everybody, status):
    in_status(status, everybody)
    shown = {who for who in WHO[1:] if signed_in(person(everybody, who)).get("/").context["mine"]}
    assert shown == (set(WRITERS) if status in (Status.DRAFT, Status.RETURNED) else set())


@pytest.mark.parametrize("status", Status)
def test_the_auditor_changes_nothing(everybody, status):
    made = in_status(status, everybody)
    auditor = signed_in(everybody.auditor)
    before = kept(made)
    for name, path in addresses(made, everybody, "submit").items():
        if name in POSTED or name == "start":
            auditor.post(path, {**POSTED.get(name, {}), "title": "Another", "service": made.service_id})
    for transition in TRANSITIONS:
        answer = auditor.post(reverse("move", args=[made.reference, transition.name]), {"reason": "x"})
        assert answer.status_code == (404 if transition.by is By.SUCCESSOR else 403)
    for action in ("save", "autosave", "continue"):
        posted = {"action": action, "started_from": "1", "decision-body": "Changed"}
        answer = auditor.post(reverse("page", args=[made.reference, "decision"]), posted)
        assert answer.status_code == (409 if action == "autosave" else 403)
    made.refresh_from_db()
    assert kept(made) == before
    assert Assessment.objects.count() == (2 if status == Status.SUPERSEDED else 1)


def kept(assessment):
    """All that could be changed, and the trail but for what was refused and taken away to read."""
    events = AuditEvent.objects.exclude(verb__in=["refused", "export-trail"])
    return list(events.values_list()), list(PageAnswers.objects.values_list()), assessment.status


def test_nobody_approves_what_they_wrote(everybody):
    """*Brown*: also when they are no longer one of its writers, and when somebody has written over their text."""
    made = factories.draft(everybody.officer)
    made.co_authors.add(everybody.approver)
    factories.save(everybody.approver, made, "decision", body="Cabinet")
    factories.save(everybody.officer, made, "decision", body="Full Council")
    factories.complete(everybody.officer, made)
    workflow.unshare(everybody.officer, made.reference, everybody.approver)
    factories.moved(everybody.officer, made, "submit")
    made.refresh_from_db()
    assert permissions.moves_for(everybody.approver, made) == ()
    assert not permissions.waiting_for(everybody.approver).exists()
    answer = signed_in(everybody.approver).post(reverse("move", args=[made.reference, "forward"]), {"reason": ""})
    assert answer.status_code == 403
    second = factories.person("approver", "second", "Youth")
    assert [each.name for each in permissions.moves_for(second, made)] == ["forward", "return_by_head"]


def test_an_approver_who_starts_an_assessment_does_not_approve_it(everybody):
    made = factories.complete(everybody.approver, factories.draft(everybody.approver))
    factories.moved(everybody.approver, made, "submit")
    made.refresh_from_db()
    assert [each.name for each in permissions.moves_for(everybody.approver, made)] == ["withdraw"]


def test_the_equality_lead_does_not_check_what_they_wrote(everybody):
    made = factories.complete(everybody.lead, factories.draft(everybody.lead))
    for who, move in ((everybody.lead, "submit"), (everybody.approver, "forward")):
        factories.moved(who, made, move)
    made.refresh_from_db()
    assert [each.name for each in permissions.moves_for(everybody.lead, made)] == ["withdraw"]


def test_a_writer_whose_role_changes_writes_no_more(everybody):
    made = factories.draft(everybody.officer)
    everybody.officer.role = "auditor"
    everybody.officer.save()
    assert not permissions.may_edit(everybody.officer, made)
    assert not permissions.written_by(everybody.officer).exists()
    assert permissions.moves_for(everybody.officer, made) == ()


def test_an_officer_without_a_service_sees_their_own_and_what_is_finished(everybody):
    draft = factories.draft(everybody.officer)
    finished = in_status("approved", everybody)
    for role in ("officer", "approver"):
        loner = factories.person(role, f"lone_{role}", None)
        own = factories.draft(loner)
        assert set(permissions.visible_to(loner)) == {finished, own}
        assert draft not in permissions.visible_to(loner)


@pytest.mark.parametrize("status", Status)
def test_the_whole_council_reads_what_is_finished_and_nothing_else(everybody, status):
    made = in_status(status, everybody)
    is_seen = made in permissions.visible_to(everybody.other_officer)
    assert is_seen == (status not in UNFINISHED)


def test_a_made_up_person_cannot_be_given_more_than_their_role(everybody):
    assert not everybody.officer.is_staff
    assert not everybody.lead.has_perm("assessments.change_council")
    assert everybody.administrator.has_perm("assessments.change_council")
    everybody.administrator.is_active = False
    assert not everybody.administrator.is_staff
