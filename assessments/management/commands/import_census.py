"""`manage.py import_census`: population figures from files of the Census, or one's own."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import workflow
from assessments.evidence.census import Unreadable


class Command(BaseCommand):
    """Imports files one by one, each whole or not at all, and reports what became of it."""

    help = (
        "Imports population figures: bulk files of Nomis, filterable files of the Office for National Statistics, or "
        "CSV files of your own. Each file is stored whole or not at all. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a CSV file")
        parser.add_argument(
            "--area",
            action="append",
            default=[],
            metavar="CODE",
            dest="areas",
            help="the official code of an area that you want; can be given again. All areas without it",
        )
        parser.add_argument(
            "--approximate",
            default="",
            metavar="WORDS",
            help="how the file was put together; marks each of its figures as approximate",
        )

    def handle(self, *args: Any, files: list[Path], areas: list[str], approximate: str, **options: Any) -> None:
        refused = [
            path.name
            for number, path in enumerate(files, start=1)
            if not self.imports(path, f"{number} of {len(files)}", areas, approximate)
        ]
        if refused:
            raise CommandError(f"Not imported: {', '.join(refused)}.")

    def imports(self, path: Path, place: str, areas: list[str], approximate: str) -> bool:
        """Import one file and say what became of it. Whether it was taken."""
        self.stdout.write(f"{place}: {path.name}")
        try:
            with path.open("rb") as file:
                done = workflow.import_population(None, file, areas, approximate)
        except (Unreadable, OSError) as wrong:
            self.stderr.write(f"  {wrong if isinstance(wrong, Unreadable) else wrong.strerror}")
            return False
        for line in (*done.report.lines(), done.sentence):
            self.stdout.write(f"  {line}")
        for verb, tables in (("Added", done.added), ("Replaced", done.replaced)):
            for each in tables:
                self.stdout.write(f"  {verb}: {each}")
        return True
