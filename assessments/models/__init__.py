"""What is stored, by noun."""

from assessments.models.action import Action
from assessments.models.assessment import Assessment, PageAnswers
from assessments.models.audit import AuditEvent, AuditHead
from assessments.models.impact import Impact
from assessments.models.move import Move
from assessments.models.organisation import Contact, Council, Directorate, LocalCharacteristic, Service, Ward
from assessments.models.report import ReportFile
from assessments.models.user import User
from assessments.models.version import Version

__all__ = [
    "Action",
    "Assessment",
    "AuditEvent",
    "AuditHead",
    "Contact",
    "Council",
    "Directorate",
    "Impact",
    "LocalCharacteristic",
    "Move",
    "PageAnswers",
    "ReportFile",
    "Service",
    "User",
    "Version",
    "Ward",
]
