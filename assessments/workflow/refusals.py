"""Why something was not done."""

from assessments.duty.finding import Finding
from assessments.models import PageAnswers


class NotAllowed(Exception):
    """The person may not do this."""


class Closed(Exception):
    """The assessment is in a state that does not allow this, perhaps since a moment ago."""


class NotReady(Exception):
    """Something is missing that this needs."""


class Blocked(Exception):
    """Due-regard checks stand in the way that nobody has overridden."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} due-regard checks stand in the way")
        self.findings = findings


class Conflict(Exception):
    """Somebody saved the page since it was opened. `saved` is what stands there now."""

    def __init__(self, saved: PageAnswers | None) -> None:
        super().__init__("The page was saved by somebody else")
        self.saved = saved
