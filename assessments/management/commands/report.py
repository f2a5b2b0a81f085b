"""`manage.py report`: the PDF of an assessment, or of what differs between two versions, as the site gives it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.documents import current_document
from assessments.duty.document import Document
from assessments.models import Assessment
from assessments.reports import edition


class Command(BaseCommand):
    """Writes one report to a file."""

    help = "Writes the report of an assessment, or what differs between two versions, as PDF: the file the site gives."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """`--version` is the assessment's here, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="such as EIA-2026-0001")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf", help="the file to write")
        shown = parser.add_mutually_exclusive_group()
        shown.add_argument("--version", type=int, metavar="N", help="a frozen version; without it, as it stands today")
        shown.add_argument(
            "--difference", type=int, nargs=2, metavar=("N", "M"), help="what differs between two frozen versions"
        )

    def handle(
        self,
        *args: Any,
        reference: str,
        output: Path,
        version: int | None = None,
        difference: list[int] | None = None,
        **options: Any,
    ) -> None:
        content = _difference(reference, *difference) if difference else edition.to_pdf(_document(reference, version))
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"The report could not be written to {output}: {error.strerror}.") from error
        self.stdout.write(f"Wrote {output}, {len(content):,} bytes.")


def _difference(reference: str, earlier: int, later: int) -> bytes:
    if earlier >= later:
        raise CommandError(f"Give the earlier version first: version {later} does not come after version {earlier}.")
    return edition.difference_to_pdf(_document(reference, earlier), _document(reference, later))


def _document(reference: str, number: int | None) -> Document:
    assessment = Assessment.objects.select_related("service__directorate").filter(reference=reference).first()
    if assessment is None:
        raise CommandError(f"There is no assessment {reference}. A reference looks like EIA-2026-0001.")
    if number is None:
        return current_document(assessment)
    frozen = assessment.versions.filter(number=number).first()
    if frozen is None:
        raise CommandError(f"{reference} has no version {number}. It has {assessment.versions.count()}.")
    return frozen.document
