"""Who lives in an area: from the files of the Census, or one's own, to profiles as plain values.

`read` takes a file and gives profiles with a report of what became of it, or raises Unreadable. `panels` sets the
shares of an area beside those of others, and `gaps` says what a profile does not tell. Nothing here knows of pages or
of the database.
"""

from assessments.evidence.census.profile import Figure, Profile, Table
from assessments.evidence.census.reading import read
from assessments.evidence.census.report import LeftOut, Mapped, Reading, Report
from assessments.evidence.census.shares import Gap, Line, Panel, Share, gaps, panels
from assessments.evidence.unreadable import Unreadable

__all__ = [
    "Figure",
    "Gap",
    "LeftOut",
    "Line",
    "Mapped",
    "Panel",
    "Profile",
    "Reading",
    "Report",
    "Share",
    "Table",
    "Unreadable",
    "gaps",
    "panels",
    "read",
]
