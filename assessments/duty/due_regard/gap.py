"""What a check found wanting."""

from dataclasses import dataclass

from assessments.duty.finding import Level
from assessments.duty.lifecycle import Stage


@dataclass(frozen=True)
class Gap:
    """The message for the officer, and the page that mends it.

    `page` is empty where the decision record mends it, not the assessment. A check gives at most one gap a page.
    `level` and `stage` are set only where this gap weighs less than its check, or matters at another stage.
    """

    message: str
    page: str
    level: Level | None = None
    stage: Stage | None = None
