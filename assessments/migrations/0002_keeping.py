"""What the database itself sees to: the trail and the versions cannot be rewritten, and words can be found."""

from django.db import migrations

KEPT = ("assessments_auditevent", "assessments_version")

SQLITE_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRESQL_REFUSE = """
CREATE OR REPLACE FUNCTION assessments_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION assessments_append_only();
"""
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE assessments_search USING fts5(
        search_text, content='assessments_assessment', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2')
    """,
    """
    CREATE TRIGGER assessments_search_insert AFTER INSERT ON assessments_assessment BEGIN
        INSERT INTO assessments_search(rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
    """
    CREATE TRIGGER assessments_search_delete AFTER DELETE ON assessments_assessment BEGIN
        INSERT INTO assessments_search(assessments_search, rowid, search_text)
        VALUES ('delete', old.id, old.search_text);
    END
    """,
    """
    CREATE TRIGGER assessments_search_update AFTER UPDATE OF search_text ON assessments_assessment
    WHEN old.search_text IS NOT new.search_text BEGIN
        INSERT INTO assessments_search(assessments_search, rowid, search_text)
        VALUES ('delete', old.id, old.search_text);
        INSERT INTO assessments_search(rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
)
POSTGRESQL_SEARCH = """
CREATE INDEX assessments_search ON assessments_assessment USING gin (to_tsvector('english', search_text));
"""


def forwards(apps, schema_editor):
    apps.get_model("assessments", "AuditHead").objects.create(pk=1)
    run = schema_editor.execute
    if schema_editor.connection.vendor == "sqlite":
        for table in KEPT:
            for verb in ("UPDATE", "DELETE"):
                run(SQLITE_REFUSE.format(table=table, verb=verb))
        for statement in SQLITE_SEARCH:
            run(statement)
    else:
        run(POSTGRESQL_REFUSE, params=None)
        for table in KEPT:
            run(POSTGRESQL_TRIGGER.format(table=table))
        run(POSTGRESQL_SEARCH)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
