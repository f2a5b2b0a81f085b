"""`manage.py disproportionality`: whether a group fares differently, with the working, for anyone to check."""

import json
from argparse import RawDescriptionHelpFormatter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.evidence.cells import count
from assessments.evidence.disproportionality import (
    Comparison,
    CorrectionMethod,
    Count,
    NotACount,
    Representation,
    compare,
    correct,
    represent,
    table,
    words,
)
from assessments.evidence.unreadable import Unreadable

Result = Comparison | Representation

COLUMNS = "\n".join(f"  {name:<20}{meaning}" for name, meaning in table.COLUMNS.items())
EPILOG = f"""
X is a number of people, and N is how many they are out of.

The columns of FILE, which may stand in any order. Each row is a comparison.
{COLUMNS}
An empty cell, or a mark such as * or [c], stands for a figure that is not known.

docs/decisions/0023-statistics.md says which methods are used, and why.
"""


class Command(BaseCommand):
    """Compares two groups, or a group among users with the population, and says what the figures can carry."""

    help = (
        "Says how the rate of one group compares with that of another, or its share of users with its share of the "
        "population, and whether the difference is more than chance alone would explain."
    )
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """With the columns listed under the options, a line each."""
        return super().create_parser(
            prog_name, subcommand, epilog=EPILOG, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group(required=True)
        pair = {"nargs": 2, "metavar": ("X", "N")}
        asked.add_argument(
            "--group", help="X of N people in the group; with --population, X of the N users who said", **pair
        )
        asked.add_argument("--csv", type=Path, metavar="FILE", help="many comparisons, corrected for their number")
        beside = parser.add_mutually_exclusive_group()
        beside.add_argument("--reference", help="X of N people in another group, which shares nobody with it", **pair)
        beside.add_argument("--population", help="X of N people in the population are in the group", **pair)
        parser.add_argument("--undisclosed", help="X of N records do not say which group the person is in", **pair)
        parser.add_argument(
            "--correction",
            choices=("holm", "benjamini-hochberg"),
            default="holm",
            help="what decides on chance where there are many comparisons; both are computed",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="figures for another program")

    def handle(self, *args: Any, csv: Path | None, as_json: bool, correction: CorrectionMethod, **options: Any) -> None:
        given = {name: options[name] for name in ("group", "reference", "population", "undisclosed")}
        if csv:
            self.answer_many(self.read(csv, given), correction, as_json)
        else:
            self.answer(_single(given), as_json)

    def read(self, path: Path, given: dict[str, Any]) -> list[Result]:
        if any(given.values()):
            raise CommandError("With --csv, all counts come from the file. Leave the others out.", returncode=2)
        try:
            with path.open("rb") as file:
                return table.read(file)
        except OSError as error:
            raise CommandError(f"{path} could not be read: {error.strerror}.", returncode=2) from error
        except Unreadable as error:
            raise CommandError(f"{path} was not used.\n{error}", returncode=2) from error

    def answer(self, result: Result, as_json: bool) -> None:
        if as_json:
            self.write_json({**_data(result), "methods": words.METHODS})
        else:
            self.write_lists(result.shows, result.does_not_show)
            self.stdout.write(f"\n{words.METHODS}")

    def answer_many(self, results: Sequence[Result], correction: CorrectionMethod, as_json: bool) -> None:
        results = correct(results, correction)
        if as_json:
            self.write_json({"results": [_data(each) for each in results], "methods": words.METHODS})
            return
        common = [line for line in results[0].does_not_show if all(line in each.does_not_show for each in results)]
        for each in results:
            self.write_lists(each.shows, [line for line in each.does_not_show if line not in common])
            self.stdout.write("")
        self.write_lists(["Of all of them:"], common)
        self.stdout.write(f"\n{words.METHODS}")

    def write_json(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))

    def write_lists(self, shows: Sequence[str], does_not_show: Sequence[str]) -> None:
        for line in shows:
            self.stdout.write(line)
        for line in does_not_show:
            self.stdout.write(f"- {line}")


def _single(given: dict[str, Any]) -> Result:
    counts = {name: _count(name, pair) for name, pair in given.items() if pair}
    undisclosed = counts.get("undisclosed")
    if "reference" in counts:
        return compare(counts["group"], counts["reference"], undisclosed=undisclosed)
    if "population" in counts:
        try:
            return represent(counts["group"], counts["population"], undisclosed=undisclosed)
        except NotACount as error:
            raise CommandError(f"--undisclosed: {error}", returncode=2) from error
    raise CommandError(
        "Say what to compare the group with: --reference X N for another group, or --population X N.", returncode=2
    )


def _count(name: str, pair: Sequence[str]) -> Count:
    try:
        return Count(*(count(each.strip(), 0, "") for each in pair))
    except (NotACount, Unreadable) as error:
        raise CommandError(f"--{name}: {error}", returncode=2) from error


def _data(result: Result) -> dict[str, Any]:
    """The result as plain data, with what it says. Shares and rates are from 0 to 1; what cannot be had is null."""
    return {
        **asdict(result),
        "is_more_than_chance": result.chance.is_exceeded if result.chance else None,
        "is_too_few": result.is_too_few,
        "shows": result.shows,
        "does_not_show": result.does_not_show,
    }
