"""What the checks look at: one assessment, what has been done with it, and the council's limits. Plain values."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessments.duty import screening
from assessments.duty.act import Characteristic
from assessments.duty.decision import Decision
from assessments.duty.due_regard.sheet import Sheet
from assessments.duty.lifecycle import Role
from assessments.duty.questionnaire import Questionnaire
from assessments.duty.questions import Answers
from assessments.duty.rulesets import RuleSet


@dataclass(frozen=True)
class Limits:
    """The council's own limits. `information` and `objectives`: when it last published each, None when never."""

    evidence_years: int = 3
    small_number: int = 5
    small_number_sensitive: int = 10
    information: date | None = None
    objectives: date | None = None


@dataclass(frozen=True)
class Approval:
    """The approval that holds now: of which version, on which day, by which role, and whether that person wrote it."""

    version: int
    digest: str
    on: date
    role: Role
    is_author: bool = False


@dataclass(frozen=True)
class Case:
    """One assessment on one day."""

    form: Questionnaire
    answers: Answers
    rules: RuleSet
    limits: Limits
    started: date
    today: date
    approval: Approval | None = None
    decision: Decision | None = None
    published: date | None = None
    published_link: str = ""

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """The pages that the answers call for, with the answers on them, by slug, in order. No other page counts."""
        return {
            slug: Sheet(self.answers.get(slug, {}), page) for slug, page in self.form.open_pages(self.answers).items()
        }

    @cached_property
    def cells(self) -> tuple[Sheet, ...]:
        """The findings: the open cells of the matrix, and the open local characteristics."""
        return tuple(sheet for sheet in self.sheets.values() if sheet.page.is_finding)

    @cached_property
    def screening(self) -> screening.Outcome:
        """Where screening has led so far."""
        return screening.outcome(self.answers, self.form.local)

    @property
    def is_screened_out(self) -> bool:
        """Whether every answer was “No”."""
        return self.screening is screening.Outcome.SCREENED_OUT

    @property
    def judged_on(self) -> date:
        """The day whose knowledge counts: that of the approval, or today while there is none."""
        return self.approval.on if self.approval else self.today

    def years_ago(self, years: int) -> date:
        """The same day some years before the day whose knowledge counts; 28 February for a leap day."""
        return years_before(self.judged_on, years)

    @property
    def outcome(self) -> str:
        """What the assessment recommends; empty when it does not say yet."""
        return self.sheets["outcome"].text("outcome") if "outcome" in self.sheets else ""

    def cells_of(self, characteristic: Characteristic) -> tuple[Sheet, ...]:
        """The findings about one characteristic."""
        return tuple(cell for cell in self.cells if cell.page.characteristic == characteristic)


def years_before(day: date, years: int) -> date:
    """The same day some years before; 28 February for a leap day."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)
