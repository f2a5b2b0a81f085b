"""A version may change in one way alone: a redaction, counted, which the audit trail tells of.

SQLite loses the triggers of a table whose columns change (0003), so all of them are made again here.
"""

from importlib import import_module

from django.db import migrations
from django.db.models import F, Max, Q

keeping = import_module("assessments.migrations.0002_keeping")

IS_REDACTION = """(
    new.redactions = old.redactions + 1 AND new.id = old.id AND new.assessment_id = old.assessment_id
    AND new.number = old.number AND new.reason = old.reason AND new.digest = old.digest
    AND new.created_by_id = old.created_by_id AND new.created_at = old.created_at
)"""
SQLITE = (
    "DROP TRIGGER IF EXISTS assessments_version_no_UPDATE",
    "DROP TRIGGER IF EXISTS assessments_version_no_DELETE",
    keeping.SQLITE_REFUSE.format(table="assessments_version", verb="DELETE"),
    f"""
    CREATE TRIGGER assessments_version_no_UPDATE BEFORE UPDATE ON assessments_version
    WHEN NOT {IS_REDACTION} BEGIN SELECT RAISE(ABORT, 'assessments_version is append-only'); END
    """,
    "DROP TRIGGER IF EXISTS assessments_search_insert",
    "DROP TRIGGER IF EXISTS assessments_search_delete",
    "DROP TRIGGER IF EXISTS assessments_search_update",
    *keeping.SQLITE_SEARCH[1:],
)
POSTGRESQL = (
    "DROP TRIGGER assessments_version_append_only ON assessments_version",
    """
    CREATE TRIGGER assessments_version_append_only BEFORE DELETE ON assessments_version
    FOR EACH ROW EXECUTE FUNCTION assessments_append_only()
    """,
    f"""
    CREATE TRIGGER assessments_version_only_redacted BEFORE UPDATE ON assessments_version
    FOR EACH ROW WHEN (NOT {IS_REDACTION}) EXECUTE FUNCTION assessments_append_only()
    """,
)


def triggers(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def moments(apps, schema_editor):
    """When each assessment came into its state, and when its approval was given."""
    assessments = apps.get_model("assessments", "Assessment").objects
    assessments.update(status_since=F("updated_at"))
    approving = Max("moves__at", filter=Q(moves__name__in=("approve", "approve_screening")))
    for each in assessments.filter(status__in=("approved", "screened-out")).annotate(given=approving):
        assessments.filter(pk=each.pk).update(approved_at=each.given)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_due_regard")]

    operations = [
        migrations.RunPython(moments, migrations.RunPython.noop),
        migrations.RunPython(triggers, migrations.RunPython.noop),
    ]
