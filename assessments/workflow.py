"""The only writer. Every change to an assessment goes through here: allowed, atomic and audited."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from assessments import audit, clock, permissions, register
from assessments.documents import Draft
from assessments.duty import lifecycle, screening
from assessments.duty.questionnaire import VERSION
from assessments.models import (
    Action,
    Assessment,
    Council,
    Impact,
    LocalCharacteristic,
    Move,
    PageAnswers,
    Service,
    User,
    Version,
)

SEARCHED = 200_000
"""Characters of an assessment that can be searched, in the order written: PostgreSQL indexes 1 MB of words at most."""


class NotAllowed(Exception):
    """The person may not do this."""


class Closed(Exception):
    """The assessment is in a state that does not allow this, perhaps since a moment ago."""


class NotReady(Exception):
    """Something is missing that submission needs."""


class Conflict(Exception):
    """Somebody saved the page since it was opened. `saved` is what stands there now."""

    def __init__(self, saved: PageAnswers | None) -> None:
        super().__init__("The page was saved by somebody else")
        self.saved = saved


@transaction.atomic
def start(user: User, title: str, service: Service, is_example: bool = False) -> Assessment:
    """A new draft with its permanent reference. What it will be asked is pinned now."""
    if not permissions.may_start(user):
        raise NotAllowed
    audit.hold()  # two who start at the same moment take their numbers one after the other
    now, council = clock.now(), Council.current()
    year = clock.today().year
    number = (Assessment.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    assessment = Assessment.objects.create(
        reference=f"EIA-{year}-{number:04}",
        year=year,
        number=number,
        title=title,
        service=service,
        rule_set=council.nation,
        questionnaire_version=VERSION,
        local_characteristics=[
            {"slug": each.slug, "name": each.name, "help_text": each.help_text}
            for each in LocalCharacteristic.objects.filter(is_active=True)
        ],
        created_by=user,
        created_at=now,
        updated_at=now,
        is_example=is_example or council.is_example,
    )
    audit.append("start", user, assessment, reference=assessment.reference)
    draft = EditedDraft(user, assessment)
    draft.save("proposal", {"title": title, "service": str(service.pk)})
    return assessment


@contextmanager
def editing(user: User, reference: str) -> Iterator["EditedDraft"]:
    """The draft, held for one person's change: others wait until it is done, then see what it did.

    Raises Assessment.DoesNotExist for an assessment that they may not see, NotAllowed, Closed.
    """
    with transaction.atomic():
        assessment = _hold(user, reference)
        _check_editable(user, assessment)
        yield EditedDraft(user, assessment)


def open_draft(user: User, reference: str) -> Draft:
    """The draft, for somebody who may change it to look at. Raises what `editing` raises."""
    assessment = permissions.visible_to(user).get(reference=reference)
    _check_editable(user, assessment)
    return Draft(assessment)


def _check_editable(user: User, assessment: Assessment) -> None:
    if not assessment.state.facts.is_editable:
        raise Closed
    if not permissions.may_edit(user, assessment):
        raise NotAllowed


def _hold(user: User, reference: str) -> Assessment:
    return permissions.visible_to(user).select_for_update(of=("self",)).get(reference=reference)


class EditedDraft(Draft):
    """A draft in the hands of one person, inside a transaction."""

    def __init__(self, user: User, assessment: Assessment) -> None:
        super().__init__(assessment)
        self.user = user

    def save(
        self,
        slug: str,
        answers: Mapping[str, Any],
        typed: Mapping[str, list[str]] | None = None,
        started_from: int = 0,
    ) -> PageAnswers:
        """Write one page.

        `answers` has what fits the questions; `typed` the whole page as posted, when something does not. `started_from`
        is the version of the page that was shown, 0 for one never saved. Raises Conflict when another save came first,
        unless it said the same.
        """
        saved = self.pages.get(slug)
        if saved and saved.answers == answers and saved.typed == typed:
            return saved
        impacts = self._impacts()
        page = self._write(slug, answers, typed, started_from)
        self.pages[slug] = page
        self._promote(slug)
        if self._impacts() != impacts:
            self._promote_impacts()
        audit.append(
            "save",
            self.user,
            self.assessment,
            page=slug,
            version=page.version,
            answers=audit.digest(page.answers),
        )
        return page

    def _write(
        self, slug: str, answers: Mapping[str, Any], typed: Mapping[str, list[str]] | None, started_from: int
    ) -> PageAnswers:
        now = clock.now()
        saved = self.pages.get(slug)
        if saved is None:
            if started_from != 0:
                raise Conflict(None)
            return PageAnswers.objects.create(
                assessment=self.assessment,
                page=slug,
                answers=answers,
                typed=typed,
                saved_by=self.user,
                saved_at=now,
            )
        changed = PageAnswers.objects.filter(pk=saved.pk, version=started_from).update(
            answers=answers, typed=typed, version=started_from + 1, saved_by=self.user, saved_at=now
        )
        if not changed:
            raise Conflict(saved)
        saved.answers, saved.typed = answers, typed
        saved.version, saved.saved_by, saved.saved_at = started_from + 1, self.user, now
        return saved

    def _promote(self, slug: str) -> None:
        """Keep the columns and tables that the register reads in step with the answers."""
        assessment, answers = self.assessment, self.pages[slug].answers
        if slug == "proposal":
            assessment.title = answers.get("title") or assessment.title
            assessment.service_id = int(answers.get("service") or assessment.service_id)
            assessment.policy_type = answers.get("type") or ""
            assessment.change = answers.get("change") or ""
        elif slug == "decision":
            assessment.decision_body = answers.get("body") or ""
            assessment.decision_date = _date(answers.get("planned"))
            assessment.budget_round = answers.get("round") or ""
        elif slug == "outcome":
            assessment.outcome = answers.get("outcome") or ""
            assessment.review_date = _date(answers.get("review"))
        elif slug == "actions":
            self._promote_actions(answers.get("actions") or [])
        elif slug.startswith(screening.CHARACTERISTICS_PAGE):
            assessment.screening = screening.outcome(self.answers, assessment.local).value
        assessment.search_text = _words(self)
        assessment.content_version += 1
        assessment.updated_at = clock.now()
        assessment.save()

    def _promote_actions(self, items: list[dict[str, Any]]) -> None:
        self.assessment.actions.exclude(key__in=[item["id"] for item in items]).delete()
        Action.objects.bulk_create(
            [
                Action(
                    assessment=self.assessment,
                    key=item["id"],
                    position=position,
                    what=item.get("what") or "",
                    owner=item.get("owner") or "",
                    due=_date(item.get("due")),
                    measure=item.get("measure") or "",
                )
                for position, item in enumerate(items, start=1)
            ],
            update_conflicts=True,
            unique_fields=["assessment", "key"],
            update_fields=["position", "what", "owner", "due", "measure"],
        )

    def _impacts(self) -> list[dict[str, str]]:
        """What the findings say, as rows of the table of impacts."""
        findings = [(page, self.answers.get(page.slug, {})) for page in self.questionnaire.findings(self.answers)]
        return [
            {
                "characteristic": page.characteristic.slug if page.characteristic else "",
                "limb": page.limb.slug if page.limb else "",
                "impact": impact,
                "severity": (answers.get("severity") or "") if impact == "negative" else "",
                "residual": (answers.get("residual") or "") if impact == "negative" else "",
            }
            for page, answers in findings
            for impact in answers.get("impact") or []
        ]

    def _promote_impacts(self) -> None:
        self.assessment.impacts.all().delete()
        Impact.objects.bulk_create(Impact(assessment=self.assessment, **each) for each in self._impacts())


def move(user: User, reference: str, name: str, reason: str = "") -> Assessment:
    """Make one move of the lifecycle.

    Raises Assessment.DoesNotExist, Closed (another state by now), NotAllowed, NotReady (the draft misses something).
    """
    transition = lifecycle.transition(name)
    with transaction.atomic():
        assessment = _hold(user, reference)
        if assessment.state not in transition.sources:
            raise Closed
        if not permissions.may_move(user, assessment, transition):
            raise NotAllowed
        draft = Draft(assessment)
        is_submission = transition.target in (lifecycle.Status.WITH_HEAD, lifecycle.Status.SCREENING)
        if is_submission:
            _check_ready(draft, transition)
        before = assessment.status
        assessment.status = transition.target.value
        assessment.updated_at = clock.now()
        if is_submission:
            assessment.submitted_at = assessment.updated_at
        assessment.save()
        Move.objects.create(
            assessment=assessment,
            name=name,
            before=before,
            after=assessment.status,
            by=user,
            at=assessment.updated_at,
            reason=reason,
        )
        frozen = _freeze(user, draft, transition) if transition.freezes else None
        audit.append(
            name,
            user,
            assessment,
            before=before,
            after=assessment.status,
            reason=audit.digest(reason),
            version=frozen.number if frozen else None,
            digest=frozen.digest if frozen else None,
        )
    return assessment


def _check_ready(draft: Draft, transition: lifecycle.Transition) -> None:
    is_screening = transition.target is lifecycle.Status.SCREENING
    is_screened_out = draft.assessment.screening == screening.Outcome.SCREENED_OUT.value
    if is_screening != is_screened_out or not draft.is_ready:
        raise NotReady


def _freeze(user: User, draft: Draft, transition: lifecycle.Transition) -> Version:
    assessment = draft.assessment
    number = assessment.versions.count() + 1
    document = draft.document(version=number)
    return Version.objects.create(
        assessment=assessment,
        number=number,
        reason=transition.name,
        document_json=document.canonical_json(),
        digest=document.digest,
        created_by=user,
        created_at=clock.now(),
    )


def share(user: User, reference: str, colleague: User) -> None:
    """Let a colleague write the assessment too."""
    with transaction.atomic():
        assessment = _hold(user, reference)
        if not permissions.may_share(user, assessment) or not permissions.may_start(colleague):
            raise NotAllowed
        assessment.co_authors.add(colleague)
        audit.append("share", user, assessment, colleague=colleague.pk)


def unshare(user: User, reference: str, colleague: User) -> None:
    """Stop a colleague from writing the assessment. What they wrote stays."""
    with transaction.atomic():
        assessment = _hold(user, reference)
        if not permissions.may_share(user, assessment):
            raise NotAllowed
        assessment.co_authors.remove(colleague)
        audit.append("unshare", user, assessment, colleague=colleague.pk)


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _words(draft: Draft) -> str:
    """What people wrote, for full-text search."""
    assessment = draft.assessment
    texts = [assessment.reference, assessment.title, *draft.questionnaire.written(draft.answers)]
    return "\n".join(" ".join(register.words(text)) for text in texts)[:SEARCHED]
