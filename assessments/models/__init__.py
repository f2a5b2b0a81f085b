"""What is stored, by noun."""

from assessments.models.action import Action
from assessments.models.assessment import Assessment, PageAnswers
from assessments.models.audit import AuditEvent, AuditHead
from assessments.models.decision import DecisionMaker, DecisionRecord
from assessments.models.evidence import ColumnMapping, Dataset, KnowledgeGap, LibrarySource
from assessments.models.impact import Impact
from assessments.models.move import Move
from assessments.models.organisation import Contact, Council, Directorate, LocalCharacteristic, Service, Ward
from assessments.models.population import Area, PopulationTable
from assessments.models.report import ReportFile
from assessments.models.review import Comment, Override, Verdict
from assessments.models.user import User
from assessments.models.version import Version

__all__ = [
    "Action",
    "Area",
    "Assessment",
    "AuditEvent",
    "AuditHead",
    "ColumnMapping",
    "Comment",
    "Contact",
    "Council",
    "Dataset",
    "DecisionMaker",
    "DecisionRecord",
    "Directorate",
    "Impact",
    "KnowledgeGap",
    "LibrarySource",
    "LocalCharacteristic",
    "Move",
    "Override",
    "PageAnswers",
    "PopulationTable",
    "ReportFile",
    "Service",
    "User",
    "Verdict",
    "Version",
    "Ward",
]
