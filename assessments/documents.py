"""From what is stored to the document that everything reads."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from assessments import clock, permissions
from assessments.duty import decision as duty_decision
from assessments.duty import screening
from assessments.duty.decision import Decision
from assessments.duty.document import Choices, Document, Facts, Step, build, labels_for, long_date
from assessments.duty.due_regard import Approval, Case, Limits, findings
from assessments.duty.finding import Finding, Override
from assessments.duty.lifecycle import Role, Stage
from assessments.duty.questions import Answers, Page, Question, Source
from assessments.models import (
    Assessment,
    AuditHead,
    Council,
    DecisionMaker,
    DecisionRecord,
    Move,
    PageAnswers,
    Service,
    Version,
    Ward,
)


class Draft:
    """An assessment with its pages, read once."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.questionnaire = assessment.questionnaire
        self.pages: dict[str, PageAnswers] = {
            each.page: each for each in assessment.pages.select_related("saved_by").order_by("pk")
        }

    @property
    def answers(self) -> Answers:
        """Answers by page."""
        return {slug: each.answers for slug, each in self.pages.items()}

    @property
    def open_pages(self) -> dict[str, Page]:
        """The pages that the answers so far call for."""
        return self.questionnaire.open_pages(self.answers)

    @property
    def to_mend(self) -> list[Page]:
        """The open pages that hold something typed that does not fit its question."""
        return [page for slug, page in self.open_pages.items() if slug in self.pages and self.pages[slug].typed]

    @property
    def carried(self) -> list[Page]:
        """The open pages whose text came from another assessment and that nobody has looked at and saved."""
        return [page for slug, page in self.open_pages.items() if slug in self.pages and self.pages[slug].carried_from]

    @property
    def contradiction(self) -> str | None:
        """What is at odds in the relevance answers."""
        return screening.contradiction(self.answers, self.assessment.local)

    @property
    def is_ready(self) -> bool:
        """Whether it can be submitted: decided at screening, nothing missing, to mend, or carried over unseen."""
        lacking = self.questionnaire.missing(self.answers) or self.to_mend or self.carried or self.contradiction
        return not (self.is_undecided or lacking)

    @property
    def is_undecided(self) -> bool:
        """Whether screening still has to show if a full assessment is needed."""
        return screening.outcome(self.answers, self.assessment.local) is screening.Outcome.UNDECIDED

    @cached_property
    def choices(self) -> Choices:
        """The council's own lists. A service or ward that went out of use stays readable."""
        return {
            Source.SERVICES: {str(each.pk): each.name for each in Service.objects.all()},
            Source.WARDS: {str(each.pk): each.name for each in Ward.objects.all()},
        }

    def labels(self, question: Question) -> dict[str, str]:
        """What can be chosen for a question whose options have a source."""
        if question.source is None:
            return {option.value: option.label for option in question.options}
        offered: dict[Source, Any] = {Source.SERVICES: Service, Source.WARDS: Ward}
        if model := offered.get(question.source):
            kept = model.objects.filter(pk__in=self._chosen(question))
            return {str(each.pk): each.name for each in model.in_use() | kept}
        return labels_for(question.source, self.questionnaire, self.answers, {})

    def _chosen(self, question: Question) -> set[str]:
        """What was chosen for a question before: it can be chosen still, in use or not."""
        answers = [page.answers.get(question.key) or [] for page in self.pages.values()]
        return {value for each in answers for value in (each if isinstance(each, list) else [each])}

    @cached_property
    def council(self) -> Council:
        """The council, with its limits."""
        return Council.current()

    @cached_property
    def moves(self) -> list[Move]:
        """What has happened to it so far, the first move first."""
        return list(self.assessment.moves.select_related("by").order_by("at", "pk"))

    @cached_property
    def approval(self) -> Approval | None:
        """The approval that holds now."""
        if not self.assessment.approved_at:
            return None
        move = next(each for each in reversed(self.moves) if each.transition.approves)
        version = self.assessment.versions.defer("document_json").filter(reason=move.name).first()
        return Approval(
            version=version.number if version else 0,
            digest=version.digest if version else "",
            on=timezone.localdate(move.at),
            role=Role(move.by.role),
            is_author=permissions.is_author(move.by, self.assessment),
        )

    @property
    def case(self) -> Case:
        """What the due-regard checks look at."""
        assessment, council = self.assessment, self.council
        return Case(
            form=self.questionnaire,
            answers=self.answers,
            rules=assessment.rules,
            limits=Limits(
                council.evidence_years,
                council.small_number,
                council.small_number_sensitive,
                council.information_published,
                council.objectives_published,
            ),
            started=timezone.localdate(assessment.created_at),
            today=clock.today(),
            approval=self.approval,
            decision=self.decision,
            published=assessment.published_on,
            published_link=assessment.published_link,
        )

    @cached_property
    def decision(self) -> Decision | None:
        """The decision as far as it is recorded."""
        record = DecisionRecord.objects.filter(assessment=self.assessment).select_related("supplied_version").first()
        return _decision(record, self.assessment.decision_makers.all()) if record else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the due-regard checks find today, with what was overridden."""
        overrides = {
            (each.number, each.page): Override(each.by.role_label, _iso(each.at), each.reason)
            for each in self.assessment.overrides.select_related("by")
            if not self._is_saved_since(each.page, each.at)
        }
        return findings(self.case, overrides)

    def _is_saved_since(self, slug: str, moment: datetime) -> bool:
        """Whether the page was saved after that moment: what was said of it then does not hold any more."""
        saved = self.pages.get(slug)
        return saved is not None and saved.saved_at > moment

    @property
    def begun(self) -> tuple[Finding, ...]:
        """The findings on pages that somebody has begun. The task list shows the other pages as not yet started."""
        return tuple(each for each in self.findings if self._is_begun(each.page))

    def _is_begun(self, slug: str) -> bool:
        page = self.questionnaire.pages.get(slug)
        return page is None or self.questionnaire.is_started(page, self.answers)

    def blocks(self, stage: Stage) -> tuple[Finding, ...]:
        """The findings that stop that stage."""
        return tuple(each for each in self.findings if each.stage is stage and each.blocks)

    def document(self, version: int = 0) -> Document:
        """The document of the answers as they are now; `version` above 0 when it is being frozen."""
        return build(
            self.questionnaire,
            self.answers,
            self.choices,
            self._facts(version),
            tuple(Step(move.after_label, move.by.role_label, _iso(move.at)) for move in self.moves),
            self.begun,
            self.decision,
        )

    @property
    def _voided(self) -> str:
        """Which approval does not hold any more, and why; empty when one holds or there was none."""
        last = next((each for each in reversed(self.moves) if each.transition.approves or each.transition.voids), None)
        if last is None or not last.transition.voids:
            return ""
        reason = f" The reason given: {last.reason}" if last.reason else ""
        day = long_date(_iso(last.at))
        return f"It was approved before. On {day} it was opened for change, which voided the approval.{reason}"

    def _facts(self, version: int) -> Facts:
        assessment, council = self.assessment, self.council
        return Facts(
            reference=assessment.reference,
            title=assessment.title,
            council=council.name,
            council_address=council.address,
            council_phone=council.phone,
            council_email=council.email,
            status=assessment.status,
            status_label=assessment.state.label,
            version=version,
            rule_set=assessment.rule_set,
            questionnaire_version=assessment.questionnaire_version,
            directorate=assessment.service.directorate.name,
            service=assessment.service.name,
            started=_iso(assessment.created_at),
            frozen=clock.today().isoformat() if version else "",
            audit_head=str(AuditHead.objects.get(pk=1)) if version else "",
            retention_years=assessment.years_kept(council),
            small_number=council.small_number,
            small_number_sensitive=council.small_number_sensitive,
            is_example=assessment.is_example,
            rule_set_label=assessment.rules.label,
            is_retrospective=assessment.is_retrospective,
            voided=self._voided,
            supersedes=assessment.supersedes.reference if assessment.supersedes else "",
            carried_from=assessment.copied_from.reference if assessment.copied_from else "",
            disposed=_iso(assessment.disposed_at) if assessment.disposed_at else "",
        )


def _iso(moment: datetime) -> str:
    """The day of a moment, as the council counts days, as ISO text."""
    return timezone.localdate(moment).isoformat()


def _decision(record: DecisionRecord, makers: Iterable[DecisionMaker]) -> Decision:
    version = record.supplied_version
    return Decision(
        body=record.body,
        meets_on=_day(record.meets_on),
        report_reference=record.report_reference,
        report_link=record.report_link,
        supplied_version=version.number if version else 0,
        supplied_digest=version.digest if version else "",
        supplied_on=_day(record.supplied_on),
        supplied_how=record.supplied_how,
        carries_section_149=record.carries_section_149,
        decided_on=_day(record.decided_on),
        decided=record.decided,
        minute_reference=record.minute_reference,
        same_scope=record.same_scope,
        same_dates=record.same_dates,
        same_options=record.same_options,
        differences=record.differences,
        weighed=record.weighed,
        makers=tuple(_maker(each, version) for each in makers),
    )


def _maker(maker: DecisionMaker, supplied: Version | None) -> duty_decision.DecisionMaker:
    """One who decides. What they read of a version that is not the one supplied counts for nothing."""
    if supplied and maker.version_id != supplied.pk:
        return duty_decision.DecisionMaker(maker.role, _moment(maker.sent_at))
    return duty_decision.DecisionMaker(
        maker.role, _moment(maker.sent_at), _moment(maker.opened_at), _moment(maker.acknowledged_at)
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def current_document(assessment: Assessment) -> Document:
    """What the assessment says today: the newest version, or the draft while it is being written."""
    if not assessment.state.facts.is_editable and (version := assessment.versions.first()):
        return version.document
    return Draft(assessment).document()
