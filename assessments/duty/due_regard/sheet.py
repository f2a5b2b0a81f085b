"""Answers, read without trust: what is missing or of another kind counts as not answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessments.duty.finding import Level
from assessments.duty.questions import Page, PageAnswers, is_answered


@dataclass(frozen=True)
class Given:
    """The answers to a few questions: those of a page, or of one item in a list."""

    answers: PageAnswers

    def text(self, key: str) -> str:
        """What was written or chosen, without space around it; empty when nothing was."""
        value = self.answers.get(key)
        return value.strip() if isinstance(value, str) else ""

    def chosen(self, key: str) -> tuple[str, ...]:
        """What was chosen of several."""
        value = self.answers.get(key)
        return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()

    def number(self, key: str) -> int | None:
        """A whole number, None when none was given."""
        value = self.answers.get(key)
        return value if isinstance(value, int) else None

    def day(self, key: str) -> date | None:
        """A date, None when none was given."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            return None

    def items(self, key: str) -> tuple["Given", ...]:
        """The items of a list, those left out in which nothing is answered."""
        value = self.answers.get(key)
        items = [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
        return tuple(Given(each) for each in items if any(is_answered(each[name]) for name in each if name != "id"))


@dataclass(frozen=True)
class Sheet(Given):
    """One page with the answers on it. What speaks of impact holds for a page with a finding."""

    page: Page

    @property
    def slug(self) -> str:
        """The page's slug."""
        return self.page.slug

    @property
    def characteristic(self) -> str:
        """The slug of the characteristic that the page is about; empty when it is about none."""
        return self.page.characteristic.slug if self.page.characteristic else ""

    @property
    def is_local(self) -> bool:
        """Whether that characteristic is one that the council adopted: no part of section 149."""
        return bool(self.page.characteristic and self.page.characteristic.is_local)

    @property
    def name(self) -> str:
        """The finding in words, as in: “Race”, limb (b)."""
        label = self.page.characteristic.label if self.page.characteristic else self.page.title
        return f"“{label}”, limb ({self.page.limb.letter})" if self.page.limb else f"“{label}”"

    @property
    def weight(self) -> Level | None:
        """What a gap here weighs: it warns in a local finding, which is no part of the duty. None: as the check."""
        return Level.WARN if self.is_local else None

    @property
    def is_answered(self) -> bool:
        """Whether it says what the impact is, and why."""
        return bool(self.chosen("impact") and self.text("reasons"))

    @property
    def is_negative(self) -> bool:
        """Whether the proposal harms these people, or some of them."""
        return "negative" in self.chosen("impact")

    @property
    def is_unknown(self) -> bool:
        """Whether the impact, or what it could lead to, is not known yet."""
        return "unknown" in self.chosen("impact") or "unknown" in self.chosen("risks")

    @property
    def risks(self) -> tuple[str, ...]:
        """The kinds of prohibited conduct that the proposal could lead to."""
        return tuple(each for each in self.chosen("risks") if each not in ("none", "unknown"))
