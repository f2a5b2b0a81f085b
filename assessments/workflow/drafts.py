"""Drafts: started, started from another, written page by page, shared."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from assessments import audit, clock, permissions, register
from assessments.documents import Draft
from assessments.duty import lifecycle, screening
from assessments.duty.questionnaire import GAPS_PAGE, LIBRARY, SOURCES_PAGE, VERSION
from assessments.models import (
    Action,
    Assessment,
    Council,
    Impact,
    KnowledgeGap,
    LibrarySource,
    LocalCharacteristic,
    PageAnswers,
    Service,
    User,
)
from assessments.workflow.refusals import Closed, Conflict, NotAllowed

SEARCHED = 200_000
"""Characters of an assessment that can be searched, in the order written: PostgreSQL indexes 1 MB of words at most."""


@transaction.atomic
def start(user: User, title: str, service: Service, is_example: bool = False) -> Assessment:
    """A new draft with its permanent reference. What it will be asked is pinned now."""
    if not permissions.may_start(user):
        raise NotAllowed
    assessment = _new(user, title, service, is_example)
    audit.append("start", user, assessment, reference=assessment.reference)
    EditedDraft(user, assessment).save("proposal", {"title": title, "service": str(service.pk)})
    return assessment


OF_ITS_TIME = {
    "decision": ("planned", "final"),
    "outcome": ("outcome", "review", "what_changed", "legal_review"),
    "team": ("earlier_actions",),
}
"""Answers, by page, that belong to one time of deciding and are not carried into another assessment."""


@transaction.atomic
def start_from(user: User, reference: str, replaces: bool) -> Assessment:
    """A new draft with the text of a finished assessment, each page marked as carried until somebody saves it.

    `replaces`: the earlier one is superseded when the new one is approved. Raises Assessment.DoesNotExist, NotAllowed,
    Closed (a replacement has been started already).
    """
    earlier = hold(user, reference)
    if not permissions.may_succeed(user, earlier):
        raise NotAllowed
    if replaces and (
        earlier.state is lifecycle.Status.SUPERSEDED or earlier.successors.exclude(status="withdrawn").exists()
    ):
        raise Closed
    assessment = _new(user, earlier.title, earlier.service, earlier.is_example)
    assessment.supersedes = earlier if replaces else None
    assessment.copied_from = earlier
    assessment.save()
    audit.append("start", user, assessment, reference=assessment.reference, copied_from=earlier.reference)
    EditedDraft(user, assessment).carry(Draft(earlier))
    return assessment


def _new(user: User, title: str, service: Service, is_example: bool) -> Assessment:
    audit.hold()  # two who start at the same moment take their numbers one after the other
    now, council = clock.now(), Council.current()
    year = clock.today().year
    number = (Assessment.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    return Assessment.objects.create(
        reference=f"EIA-{year}-{number:04}",
        year=year,
        number=number,
        title=title,
        service=service,
        rule_set=council.rules.slug,
        questionnaire_version=VERSION,
        local_characteristics=[
            {"slug": each.slug, "name": each.name, "help_text": each.help_text}
            for each in LocalCharacteristic.objects.filter(is_active=True)
        ],
        created_by=user,
        created_at=now,
        updated_at=now,
        status_since=now,
        is_example=is_example or council.is_example,
    )


@contextmanager
def editing(user: User, reference: str) -> Iterator["EditedDraft"]:
    """The draft, held for one person's change: others wait until it is done, then see what it did.

    Raises Assessment.DoesNotExist for an assessment that they may not see, NotAllowed, Closed.
    """
    with transaction.atomic():
        assessment = hold(user, reference)
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


def hold(user: User, reference: str) -> Assessment:
    """The assessment, if the person may read it, held until the transaction is over: others wait."""
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
        is_looked_at: bool = True,
    ) -> PageAnswers:
        """Write one page.

        `answers` has what fits the questions; `typed` the whole page as posted, when something does not. `started_from`
        is the version of the page that was shown, 0 for one never saved. Raises Conflict when another save came first,
        unless it said the same. A page that was carried over stays marked when nobody looked at it: a save that
        changes nothing and that no person asked for.
        """
        saved = self.pages.get(slug)
        if saved and saved.answers == answers and saved.typed == typed and not (saved.carried_from and is_looked_at):
            return saved
        impacts, taken = self._impacts(), self._taken()
        page = self._write(slug, answers, typed, started_from)
        self.pages[slug] = page
        self._promote(slug)
        if self._impacts() != impacts:
            self._promote_impacts()
        if self._taken() != taken:
            self._promote_taken()
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
            answers=answers,
            typed=typed,
            version=started_from + 1,
            carried_from="",
            saved_by=self.user,
            saved_at=now,
        )
        if not changed:
            raise Conflict(saved)
        saved.answers, saved.typed = answers, typed
        saved.version, saved.saved_by, saved.saved_at, saved.carried_from = started_from + 1, self.user, now, ""
        return saved

    def carry(self, earlier: Draft) -> None:
        """Take over the answers of an earlier assessment, less those that belong to its time."""
        reference = earlier.assessment.reference
        for slug, page in earlier.pages.items():
            if slug not in self.questionnaire.pages:
                continue
            answers = {key: value for key, value in page.answers.items() if key not in OF_ITS_TIME.get(slug, ())}
            if slug == "team":
                answers["earlier"] = reference
            if slug == "actions":
                answers["actions"] = [_without_date(item) for item in answers.get("actions") or []]
            self.save(slug, answers)
        self.assessment.pages.update(carried_from=reference)

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
        elif slug == GAPS_PAGE:
            self._promote_gaps(answers.get("gaps") or [])
        elif slug.startswith(screening.CHARACTERISTICS_PAGE):
            assessment.screening = screening.outcome(self.answers, assessment.local).value
        assessment.search_text = words_to_search(self)
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

    def _promote_gaps(self, items: list[dict[str, Any]]) -> None:
        self.assessment.knowledge_gaps.exclude(key__in=[item["id"] for item in items]).delete()
        KnowledgeGap.objects.bulk_create(
            [
                KnowledgeGap(
                    assessment=self.assessment,
                    key=item["id"],
                    characteristics=item.get("characteristics") or [],
                    gap=item.get("gap") or "",
                    response=item.get("response") or "",
                    detail=item.get("detail") or "",
                    due=_date(item.get("due")),
                )
                for item in items
            ],
            update_conflicts=True,
            unique_fields=["assessment", "key"],
            update_fields=["characteristics", "gap", "response", "detail", "due"],
        )

    def _taken(self) -> set[int]:
        """The numbers of the sources that came from the library."""
        items = self.answers.get(SOURCES_PAGE, {}).get("sources") or []
        return {item[LIBRARY] for item in items if LIBRARY in item}

    def _promote_taken(self) -> None:
        self.assessment.library_sources.set(LibrarySource.objects.filter(pk__in=self._taken()))

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


def share(user: User, reference: str, colleague: User) -> None:
    """Let a colleague write the assessment too."""
    with transaction.atomic():
        assessment = hold(user, reference)
        if not permissions.may_share(user, assessment) or not permissions.may_start(colleague):
            raise NotAllowed
        assessment.co_authors.add(colleague)
        audit.append("share", user, assessment, colleague=colleague.pk)


def unshare(user: User, reference: str, colleague: User) -> None:
    """Stop a colleague from writing the assessment. What they wrote stays."""
    with transaction.atomic():
        assessment = hold(user, reference)
        if not permissions.may_share(user, assessment):
            raise NotAllowed
        assessment.co_authors.remove(colleague)
        audit.append("unshare", user, assessment, colleague=colleague.pk)


def _without_date(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "due"}


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def words_to_search(draft: Draft) -> str:
    """What people wrote, for full-text search."""
    assessment = draft.assessment
    texts = [assessment.reference, assessment.title, *draft.questionnaire.written(draft.answers)]
    return "\n".join(" ".join(register.words(text)) for text in texts)[:SEARCHED]
