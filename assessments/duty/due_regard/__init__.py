"""The due-regard checks: what evidence is present in an assessment, and what is missing.

Each check of the table in docs/checks.md is one function of a `Case`. The product never says that the law was kept.
"""

from assessments.duty.due_regard.case import Approval, Case, Limits
from assessments.duty.due_regard.checks import CHECKS, Check, findings, table

__all__ = ["CHECKS", "Approval", "Case", "Check", "Limits", "findings", "table"]
