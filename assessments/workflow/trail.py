"""The trail itself, taken away: that is in the trail too."""

from typing import IO

from django.db import transaction

from assessments import audit, permissions
from assessments.models import User
from assessments.workflow.refusals import NotAllowed


def export_trail(user: User, file: IO[bytes]) -> str:
    """Write the whole trail into a file, this export among its events. Gives its end as number and hash.

    Raises NotAllowed.
    """
    if not permissions.may_read_trail(user):
        raise NotAllowed
    with transaction.atomic():
        audit.append("export-trail", user)
    return audit.write_export(file)
