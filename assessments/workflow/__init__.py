"""The only writer. Every change to an assessment goes through here: allowed, atomic and audited."""

from assessments.workflow.citing import citable, citable_users, cite
from assessments.workflow.datasets import add_dataset, remove_dataset
from assessments.workflow.decision import (
    acknowledge,
    end_review,
    follow_link,
    invite,
    open_link,
    publish,
    record_decision,
    send_again,
    supply,
    uninvite,
)
from assessments.workflow.disposal import dispose
from assessments.workflow.drafts import EditedDraft, editing, open_draft, share, start, start_from, unshare
from assessments.workflow.keeping import keep, lift_hold, place_hold
from assessments.workflow.library import Twice, Upload, add_source, change_source, take_source, use_source
from assessments.workflow.moves import move
from assessments.workflow.population import Imported, choose_areas, choose_first, import_population
from assessments.workflow.redaction import Unfit, places, redact
from assessments.workflow.refusals import Blocked, Closed, Conflict, NotAllowed, NotReady
from assessments.workflow.review import comment, judge, lift_override, override, reply, resolve, unresolve
from assessments.workflow.trail import export_trail

__all__ = [
    "Blocked",
    "Closed",
    "Conflict",
    "EditedDraft",
    "Imported",
    "NotAllowed",
    "NotReady",
    "Twice",
    "Unfit",
    "Upload",
    "acknowledge",
    "add_dataset",
    "add_source",
    "change_source",
    "choose_areas",
    "choose_first",
    "citable",
    "citable_users",
    "cite",
    "comment",
    "dispose",
    "editing",
    "end_review",
    "export_trail",
    "follow_link",
    "import_population",
    "invite",
    "judge",
    "keep",
    "lift_hold",
    "lift_override",
    "move",
    "open_draft",
    "open_link",
    "override",
    "place_hold",
    "places",
    "publish",
    "record_decision",
    "redact",
    "remove_dataset",
    "reply",
    "resolve",
    "send_again",
    "share",
    "start",
    "start_from",
    "supply",
    "take_source",
    "uninvite",
    "unresolve",
    "unshare",
    "use_source",
]
