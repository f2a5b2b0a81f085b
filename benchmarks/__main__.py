"""`python -m benchmarks`: measures, prints a table, writes benchmarks/latest.json."""

import argparse
import json
import os
import platform
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LATEST = FOLDER / "latest.json"


def main() -> None:
    options = arguments()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="psed-bench-") as folder:
        os.environ["PSED_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "psed.settings"
        if options.database:
            os.environ["DATABASE_URL"] = options.database
        else:
            os.environ.pop("DATABASE_URL", None)
        figures = measure(options.quick, Path(folder))
    show(figures)
    print(f"\nTook {time.monotonic() - started:.0f} seconds.")
    if options.quick:
        print("A quick run measures too little to keep: latest.json stays as it was.")
    else:
        LATEST.write_text(json.dumps([each.as_dict() for each in figures], indent=1, ensure_ascii=False) + "\n")
        print(f"Written to {LATEST.relative_to(FOLDER.parent)}.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures psed.")
    parser.add_argument("--quick", action="store_true", help="a look in half a minute: fewer rows and rounds, no file")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="measure on this server, in a database of its own that is thrown away; without it, on SQLite",
    )
    return parser.parse_args()


def measure(is_quick: bool, folder: Path) -> list:
    """Every figure, in the order of the table."""
    import django

    django.setup()

    from django.test import override_settings

    from benchmarks import database, pages, report

    rounds = 5 if is_quick else 40
    with database.thrown_away(folder), override_settings(ROOT_URLCONF="benchmarks.urls"):
        say("Loading the demonstration, and assessments for the register")
        database.load(1_000 if is_quick else 10_000)
        print(f"{database.described()}; {machine()}")
        say("Measuring the pages")
        figures = pages.measure(rounds)
        say("Measuring the report; Chromium prints the same")
        return figures + report.measure(1 if is_quick else 5, folder)


def machine() -> str:
    load = os.getloadavg()[0]
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load before the start {load:.1f}"


def say(text: str) -> None:
    print(f"{text} …", flush=True)


def show(figures: list) -> None:
    """The table."""
    print(f"\n{'':56}{'':>14}{'baseline':>11}{'ratio':>8}  goal")
    for each in figures:
        baseline = "" if each.baseline is None else f"{each.baseline:,.4g}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        verdict = {None: "", True: ": met", False: ": MISSED"}[each.met]
        print(f"{each.name:56}{each.value:>9,.4g} {each.unit:4}{baseline:>11}{ratio:>8}  {each.goal}{verdict}")


if __name__ == "__main__":
    main()
