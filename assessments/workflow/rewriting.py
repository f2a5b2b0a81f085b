"""What destruction and redaction share: a kept version gets other words, and nothing else remembers the old ones."""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import F
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from assessments import tasks
from assessments.duty.document import Document
from assessments.models import Assessment, Version


def rewrite(version: Version, document: Document) -> dict[str, Any]:
    """Put another document in place of a version's. Gives what the trail is told: number, digests before and after."""
    was = version.document.digest
    Version.objects.filter(pk=version.pk).update(
        document_json=document.canonical_json(), redactions=F("redactions") + 1
    )
    return {"version": version.number, "was": was, "digest": document.digest}


def drop_reports(assessment: Assessment) -> None:
    """Forget the PDFs made so far. Their files go when the transaction has succeeded; they can be made anew."""
    held = assessment.report_files.select_for_update()  # a worker that is making one waits, and then finds none
    for name in [each.file.name for each in held if each.file]:
        transaction.on_commit(lambda name=name: default_storage.delete(name), robust=True)
    assessment.report_files.all().delete()


def drop_messages(assessment: Assessment, if_any: Callable[[str], bool]) -> None:
    """Forget e-mail about the assessment that is still kept, sent or not, where any text of it is as `if_any` says."""
    kept = DBTaskResult.objects.filter(task_path=tasks.send_mail.module_path).exclude(status=TaskResultStatus.RUNNING)
    for each in kept:
        texts = [text for text in each.args_kwargs["args"] if isinstance(text, str)]
        if any(assessment.reference in text for text in texts) and any(map(if_any, texts)):
            each.delete()


def forget_words() -> None:
    """Take deleted words out of the search index too: SQLite only marks them until its index is merged.

    PostgreSQL does the same by itself, when it vacuums.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO assessments_search(assessments_search) VALUES ('optimize')")
