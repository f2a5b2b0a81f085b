"""The audit trail in plain words: each verb that the code appends has a sentence here, said of whoever did it."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.apps import apps

from assessments import audit
from assessments.duty.document import long_date
from assessments.duty.due_regard import CHECKS
from assessments.duty.lifecycle import TRANSITIONS
from assessments.keeping import Ground
from assessments.models import AuditEvent, DecisionMaker, Move, User

TOGETHER = timedelta(minutes=10)
"""Saves of one page by one person that follow each other within this time make one line."""


class Told:
    """One event with what its payload names: people, pages, checks."""

    def __init__(self, event: AuditEvent, names: "Names") -> None:
        self.event = event
        self.payload: dict[str, Any] = json.loads(event.payload)
        self._names = names

    def get(self, key: str) -> Any:
        """What the payload says of that; None where it says nothing."""
        return self.payload.get(key)

    @property
    def sentence(self) -> str:
        """What was done, to follow a name: “saved the page …”. An unknown verb speaks for itself."""
        verb = VERBS.get(self.event.verb)
        return verb.said(self) if verb else f"“{self.event.verb}”"

    @property
    def colleague(self) -> str:
        """The person that the event names."""
        return self._names.people.get(self.get("colleague"), "a colleague")

    @property
    def reader(self) -> str:
        """One of those who decide, by role."""
        role = self._names.makers.get(self.get("maker"))
        return f"“{role}”" if role else "one of those who decide"

    @property
    def page(self) -> str:
        """The page by its title, or by its slug where the assessment has it no more."""
        pages = self.event.assessment.questionnaire.pages if self.event.assessment else {}
        return f"“{pages[self.get('page')].title}”" if self.get("page") in pages else f"“{self.get('page')}”"

    @property
    def on_page(self) -> str:
        """Where it was done; nothing where that was no page."""
        return f" on the page {self.page}" if self.get("page") else ""

    @property
    def of_version(self) -> str:
        """Which version it was about; nothing where it was about none."""
        return f" (version {self.get('version')})" if self.get("version") else ""

    @property
    def check(self) -> str:
        """The check by number and title."""
        title = _CHECK_TITLES.get(self.get("check"))
        return f"check {self.get('check')}" + (f" (“{title}”)" if title else "")

    @property
    def reason(self) -> str | None:
        """The reason given for a move. None where there was none, or where it reads otherwise by now."""
        return self._names.reasons.get((self.event.assessment_id, self.event.verb, self.get("reason")))

    @property
    def is_reason_gone(self) -> bool:
        """Whether there was a reason for the move that is not kept any more as it was."""
        is_given = self.event.verb in _MOVED and self.get("reason") not in (None, audit.digest(""))
        return is_given and self.reason is None


class Names:
    """What the payloads of some events name, looked up once for all of them, and only where one does."""

    def __init__(self, events: Iterable[AuditEvent]) -> None:
        self._events = list(events)

    @cached_property
    def people(self) -> dict[int, str]:
        """Names by the key of an account."""
        keys = self._keys("colleague", ("share", "unshare"))
        return {each.pk: str(each) for each in User.objects.filter(pk__in=keys)} if keys else {}

    @cached_property
    def makers(self) -> dict[int, str]:
        """Roles by the key of an invitation."""
        keys = self._keys("maker", _OF_READERS)
        return dict(DecisionMaker.objects.filter(pk__in=keys).values_list("pk", "role")) if keys else {}

    @cached_property
    def reasons(self) -> dict[tuple[int | None, str, str], str]:
        """Reasons by assessment, move and digest: a reason that was changed since does not fit its event."""
        moved = {each.assessment_id for each in self._events if each.verb in _MOVED}
        moves = Move.objects.filter(assessment__in=moved) if moved else Move.objects.none()
        return {(each.assessment_id, each.name, audit.digest(each.reason)): each.reason for each in moves}

    def _keys(self, name: str, verbs: Iterable[str]) -> set[int]:
        return {json.loads(each.payload)[name] for each in self._events if each.verb in verbs}


@dataclass(frozen=True)
class Line:
    """What the history shows as one: an event, or saves of one page that followed each other; the newest first."""

    told: tuple[Told, ...]

    @property
    def newest(self) -> Told:
        """The event that the line is dated by."""
        return self.told[0]

    @property
    def sentence(self) -> str:
        """What was done, and how often."""
        if len(self.told) == 1:
            return self.newest.sentence
        first, last = self.told[-1].get("version"), self.newest.get("version")
        return f"saved the page {self.newest.page} {len(self.told)} times (versions {first} to {last})"


def lines(events: Iterable[AuditEvent]) -> list[Line]:
    """Events, the newest first, as lines. Nothing is left out: a line has all of its events."""
    events = list(events)
    names, found = Names(events), []
    for event in events:
        told = Told(event, names)
        if found and _goes_with(found[-1][-1], told):
            found[-1].append(told)
        else:
            found.append([told])
    return [Line(tuple(each)) for each in found]


def _goes_with(later: Told, earlier: Told) -> bool:
    def saved(told: Told) -> tuple[Any, ...]:
        return told.event.verb, told.event.actor_id, told.event.assessment_id, told.get("page")

    are_near = later.event.at - earlier.event.at <= TOGETHER
    return later.event.verb == "save" and saved(later) == saved(earlier) and are_near


# What each verb says


@dataclass(frozen=True)
class Verb:
    """A verb of the trail: the group that it is found under, and its sentence."""

    group: str
    said: Callable[[Told], str]


GROUPS = {
    "writing": "Writing",
    "moves": "Moves from one person to the next",
    "review": "Verdicts, comments and overrides",
    "decision": "The decision and who read the assessment",
    "refused": "What was refused",
    "keeping": "Keeping, redaction and disposal",
    "council": "Setting up, and exports of the trail",
}

_CHECK_TITLES = {each.number: each.title for each in CHECKS}

_MOVED = {
    "submit": "submitted it to the head of service",
    "screen_out": "submitted it for screening out",
    "forward": "sent it to the equality lead",
    "pass_check": "passed the check",
    "approve": "approved it",
    "approve_screening": "approved screening it out",
    "return_by_head": "returned it to the officer",
    "return_by_lead": "returned it to the officer",
    "refuse_screening": "returned it to the officer",
    "supply": "recorded that it was supplied to the decision",
    "decide": "recorded the decision",
    "publish": "recorded that it was published",
    "begin_review": "began its review",
    "end_review": "ended its review: it stands",
    "reopen": "opened it for change, which voided its approval",
    "supersede": "put a later assessment in its place",
    "withdraw": "withdrew it",
}

_OTHER_ATTEMPTS = {
    "override": "Override a check",
    "lift_override": "Let an overridden check count again",
    "record-decision": "Write down the decision",
    "invite": "Send a personal link",
    "send-again": "Send a new personal link",
    "uninvite": "Take a personal link back",
    "dispose": "Destroy its content",
}
ATTEMPTS = {each.name: each.label for each in TRANSITIONS} | _OTHER_ATTEMPTS
"""What can be refused, as its button calls it."""

_OF_READERS = ("invite", "send-again", "uninvite", "open", "acknowledge", "refused-link")

_DEAD = {
    "altered": "it was altered",
    "replaced": "a newer one was sent",
    "changed": "the assessment has changed since",
    "decided": "the decision has been recorded",
    "ended": "the assessment was withdrawn or replaced",
    "expired": "it has expired",
}


DETAILS = {
    "body": "who decides",
    "meets_on": "when they meet",
    "report_reference": "the report",
    "report_link": "the link to the report",
    "supplied_version": "the version supplied",
    "supplied_on": "when it was supplied",
    "supplied_how": "how it was supplied",
    "carries_section_149": "whether the report carries section 149",
    "decided_on": "when it was decided",
    "decided": "what was decided",
    "minute_reference": "the minute",
    "same_scope": "whether the scope is as assessed",
    "same_dates": "whether the dates are as assessed",
    "same_options": "whether the options are as assessed",
    "differences": "what is different",
    "weighed": "how the findings were weighed",
}
"""What can be recorded of a decision, by field of its record."""


def _moved(name: str) -> Callable[[Told], str]:
    def said(told: Told) -> str:
        return _MOVED[name] + (f" and so made version {told.get('version')}" if told.get("version") else "")

    return said


def _started(told: Told) -> str:
    return f"started it with the text of {told.get('copied_from')}" if told.get("copied_from") else "started it"


def _unshared(told: Told) -> str:
    if told.get("colleague") == told.event.actor_id:
        return "stopped writing it"
    return f"took {told.colleague} off those who write it"


def _judged(told: Told) -> str:
    number = len(told.get("verdicts") or {})
    return f"gave a verdict on {number} section{'' if number == 1 else 's'}"


def _refused(told: Told) -> str:
    tried = ATTEMPTS.get(told.get("move"), told.get("move"))
    because = told.get("because")
    if isinstance(because, list):
        numbers = ", ".join(str(each) for each in sorted(set(because)))
        because = f"check{'s' if len(set(because)) > 1 else ''} {numbers} stood in the way"
    return f"tried “{tried}”, which was refused: {because}"


def _refused_link(told: Told) -> str:
    return f"refused the personal link of {told.reader}: {_DEAD.get(told.get('because'), told.get('because'))}"


def _decision(told: Told) -> str:
    return f"wrote down {', '.join(DETAILS.get(name, name) for name in told.payload)}"


def _kept(told: Told) -> str:
    ended, years = told.get("policy_ended"), told.get("retention_years")
    end = f"the policy ended on {long_date(ended)}" if ended else "the policy goes on"
    kept = "as long as the council’s rule says" if years is None else f"{years} year{'' if years == 1 else 's'}"
    return f"set how long it is kept: {end}, and it is kept after that for {kept}"


def _redacted(told: Told) -> str:
    ground = Ground(told.get("ground")).label if told.get("ground") in list(Ground) else told.get("ground")
    place = f"version {told.get('version')}" if told.get("version") else "what is stored now"
    return f"redacted {place} ({ground})"


def _disposed(told: Told) -> str:
    return f"destroyed the content of version {told.get('version')}" if told.get("version") else "destroyed its content"


def _configured(doing: str) -> Callable[[Told], str]:
    def said(told: Told) -> str:
        fields = f": {', '.join(told.get('fields'))}" if told.get("fields") else ""
        return f"{doing} in the set-up: {_thing(told.get('model'))} number {told.get('key')}{fields}"

    return said


def _counted(told: Told) -> str:
    counted = ", ".join(told.get("characteristics") or ())
    return f"added service-user data number {told.get('dataset')} ({counted})"


def _imported(told: Told) -> str:
    return f"imported population figures: {told.get('added')} tables added, {told.get('replaced')} replaced"


def _areas_chosen(told: Told) -> str:
    compared = told.get("compared")
    beside = f", compared with {' and '.join(compared)}" if compared else ""
    return f"set the council’s own area to {told.get('own')}{beside}"


def _thing(model: str) -> str:
    try:
        return str(apps.get_model("assessments", model)._meta.verbose_name)
    except LookupError:
        return model


def _always(sentence: str) -> Callable[[Told], str]:
    return lambda told: sentence


_WORDS: Mapping[str, Mapping[str, Callable[[Told], str]]] = {
    "writing": {
        "start": _started,
        "save": lambda told: f"saved the page {told.page}{told.of_version}",
        "share": lambda told: f"asked {told.colleague} to write it too",
        "unshare": _unshared,
    },
    "moves": {name: _moved(name) for name in _MOVED},
    "review": {
        "judge": _judged,
        "comment": lambda told: f"commented{told.on_page}",
        "reply": _always("replied to a comment"),
        "resolve": _always("marked a comment as resolved"),
        "unresolve": _always("opened a resolved comment again"),
        "override": lambda told: f"overrode {told.check}{told.on_page}",
        "lift_override": lambda told: f"let {told.check} count again{told.on_page}",
    },
    "decision": {
        "record-decision": _decision,
        "invite": lambda told: f"sent a personal link to {told.reader}{told.of_version}",
        "send-again": lambda told: f"sent a new personal link to {told.reader}{told.of_version}",
        "uninvite": lambda told: f"took back the personal link of {told.reader}{told.of_version}",
        "open": lambda told: f"noted that {told.reader} opened it by the personal link{told.of_version}",
        "acknowledge": lambda told: f"noted that {told.reader} acknowledged that they read it{told.of_version}",
        "record-publication": _always("wrote down when and where it was published"),
        "record-review": lambda told: f"set its next review for {long_date(told.get('next_review'))}",
    },
    "refused": {"refused": _refused, "refused-link": _refused_link},
    "keeping": {
        "keep": _kept,
        "hold": _always("put a legal hold on it"),
        "lift-hold": _always("lifted its legal hold"),
        "redact": _redacted,
        "dispose": _disposed,
    },
    "council": {
        "configure-add": _configured("added"),
        "configure-change": _configured("changed"),
        "configure-delete": _configured("deleted"),
        "import-population": _imported,
        "choose-areas": _areas_chosen,
        "add-dataset": _counted,
        "remove-dataset": lambda told: f"deleted service-user data number {told.get('dataset')}",
        "add-source": lambda told: f"added source {told.get('source')} to the evidence library",
        "change-source": lambda told: f"changed source {told.get('source')} of the evidence library",
        "use-source": lambda told: f"put source {told.get('source')} of the evidence library back into use",
        "retire-source": lambda told: f"put source {told.get('source')} of the evidence library out of use",
        "export-trail": _always("took away an export of the audit trail"),
    },
}

VERBS = {verb: Verb(group, said) for group, words in _WORDS.items() for verb, said in words.items()}
"""Every verb that the code appends."""


def verbs_of(group: str) -> list[str]:
    """The verbs that are found under a group."""
    return [verb for verb, each in VERBS.items() if each.group == group]
