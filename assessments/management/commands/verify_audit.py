"""`manage.py verify_audit`: whether the audit trail and the kept versions are as they were written."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import audit

SECONDS_A_LINE = 1


class Command(BaseCommand):
    """Checks every event and every version. Fails with the first that is wrong."""

    help = (
        "Checks that the audit trail and the kept versions are as they were written. "
        "Says which event is the first that is not, and how, and ends with 1."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMBER:HASH",
            help="an end of the trail that somebody kept, as reports print it: the trail must hold it. "
            "The number and the colon may be left out",
        )

    def handle(self, *args: Any, head: str | None, verbosity: int, **options: Any) -> None:
        try:
            given = None if head is None else audit.Head.parse(head)
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        self.last_line = time.monotonic()
        is_watched = verbosity >= 1 or self.stdout.isatty()
        found = audit.verify(given, self.show_progress) if is_watched else audit.verify(given)
        if found.wrong:
            raise CommandError(
                f"{found.wrong}\nChecked before that, and as they were written: {found.events:,} events, "
                f"{found.versions:,} versions."
            )
        self.stdout.write(
            f"{found.events:,} events and {found.versions:,} versions are as they were written.\n"
            f"The trail ends with {found.head}"
        )
        if given:
            self.stdout.write("It holds the end given.")
        else:
            self.stdout.write(
                "To see that nothing was cut off the end, give --head with an end that somebody else kept, for example "
                "in a report."
            )

    def show_progress(self, what: str, done: int, total: int) -> None:
        """A line now and then."""
        if time.monotonic() - self.last_line >= SECONDS_A_LINE:
            self.stdout.write(f"  {done:,} of {total:,} {what}")
            self.last_line = time.monotonic()
