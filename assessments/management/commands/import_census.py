"""`manage.py import_census`: population figures from files of the Census, or one's own."""

import time
from collections.abc import Callable
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments import workflow
from assessments.evidence.census import Unreadable

_FINER = "Not replaced, because the file has fewer categories"
_CHANGE = "To change that, open “Who lives in the area” and “Choose the areas”."
SECONDS_A_LINE = 2
LINES_A_LOOK = 1_000
MEGABYTE = 1024 * 1024


class Watched(BufferedReader):
    """A file that tells, while it is read line by line, how many of its bytes were read; as often as it is looked at.

    `tell_progress` hears how many of how many.
    """

    def __init__(self, path: Path, tell_progress: Callable[[int, int], None]) -> None:
        super().__init__(FileIO(path))
        self._tell_progress = tell_progress
        self._size = path.stat().st_size
        self._lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line, as any file has it."""
        self._lines += 1
        if self._lines % LINES_A_LOOK == 0:
            self._tell_progress(self.tell(), self._size)
        return super().readline(-1 if size is None else size)


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
            help=(
                "the official code of an area that you want; can be given again. All areas without it. If it is the "
                "only one, and the council's own area is not chosen yet, it becomes that"
            ),
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
        if len(set(areas)) == 1 and len(refused) < len(files):
            self.chooses(areas[0])
        if refused:
            raise CommandError(f"Not imported: {', '.join(refused)}.")

    def imports(self, path: Path, place: str, areas: list[str], approximate: str) -> bool:
        """Import one file and say what became of it. Whether it was taken."""
        self.stdout.write(f"{place}: {path.name}")
        self.last_line = time.monotonic()
        try:
            with Watched(path, self.show_progress) as file:
                done = workflow.import_population(None, file, areas, approximate)
        except (Unreadable, OSError) as wrong:
            self.stderr.write(f"  {wrong if isinstance(wrong, Unreadable) else wrong.strerror}")
            return False
        for line in (*done.report.lines(), done.sentence):
            self.stdout.write(f"  {line}")
        for verb, tables in (("Added", done.added), ("Replaced", done.replaced), (_FINER, done.finer)):
            for each in tables:
                self.stdout.write(f"  {verb}: {each}")
        return True

    def show_progress(self, done: int, total: int) -> None:
        """A line now and then."""
        if time.monotonic() - self.last_line >= SECONDS_A_LINE:
            self.stdout.write(f"  {done // MEGABYTE:,} of {total // MEGABYTE:,} MB read")
            self.last_line = time.monotonic()

    def chooses(self, code: str) -> None:
        """Make the area the council's own if there is none yet, and say which is."""
        own, is_new = workflow.choose_first(code)
        if is_new:
            self.stdout.write(f"{own.name} ({own.code}) is the council’s own area from now on. {_CHANGE}")
        elif own.code != code:
            self.stdout.write(f"The council’s own area is still {own.name} ({own.code}). {_CHANGE}")
