"""`manage.py export_audit`: the audit trail as a file that anybody can check without this software."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import audit


class Command(BaseCommand):
    """Writes the whole trail, with the script that checks it, to a ZIP file."""

    help = "Writes the whole audit trail to a ZIP file, with a script that checks it anywhere."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip", help="the file to write")

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        try:
            with output.open("wb") as file:
                head = audit.write_export(file)
        except OSError as error:
            raise CommandError(f"The trail could not be written to {output}: {error.strerror}.") from error
        self.stdout.write(f"Wrote {output}. The trail in it ends with {head}")
