"""From what is stored to the document that everything reads."""

from functools import cached_property
from typing import Any

from django.utils import timezone

from assessments import clock
from assessments.duty import screening
from assessments.duty.document import Choices, Document, Facts, Step, build, labels_for
from assessments.duty.questions import Answers, Page, Question, Source
from assessments.models import Assessment, AuditHead, Council, PageAnswers, Service, Ward


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
    def contradiction(self) -> str | None:
        """What is at odds in the relevance answers."""
        return screening.contradiction(self.answers, self.assessment.local)

    @property
    def is_ready(self) -> bool:
        """Whether it can be submitted: decided at screening, nothing required missing, nothing to mend."""
        lacking = self.questionnaire.missing(self.answers) or self.to_mend or self.contradiction
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

    def document(self, version: int = 0) -> Document:
        """The document of the answers as they are now; `version` above 0 when it is being frozen."""
        return build(self.questionnaire, self.answers, self.choices, self._facts(version), self._steps())

    def _steps(self) -> tuple[Step, ...]:
        return tuple(
            Step(move.after_label, move.by.role_label, timezone.localdate(move.at).isoformat())
            for move in self.assessment.moves.select_related("by").order_by("at", "pk")
        )

    def _facts(self, version: int) -> Facts:
        assessment, council = self.assessment, Council.current()
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
            started=timezone.localdate(assessment.created_at).isoformat(),
            frozen=clock.today().isoformat() if version else "",
            audit_head=str(AuditHead.objects.get(pk=1)) if version else "",
            retention_years=council.retention_years,
            small_number=council.small_number,
            small_number_sensitive=council.small_number_sensitive,
            is_example=assessment.is_example,
        )


def current_document(assessment: Assessment) -> Document:
    """What the assessment says today: the newest version, or the draft while it is being written."""
    if not assessment.state.facts.is_editable and (version := assessment.versions.first()):
        return version.document
    return Draft(assessment).document()
