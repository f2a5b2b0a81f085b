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
    parser.add_argument(
        "--quick", action="store_true", help="a look in half a minute: few rows, few rounds, a short report, no file"
    )
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

    from django.conf import settings
    from django.test import override_settings

    from benchmarks import audit, database, pages, report, service_data

    rounds = 3 if is_quick else 40
    # Hashed names as on a real site, but nobody here asks for the compressed copies.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    changed = {"ROOT_URLCONF": "benchmarks.urls", "STORAGES": settings.STORAGES | {"staticfiles": plain}}
    with override_settings(**changed), database.thrown_away(folder):
        say("Loading the demonstration, and assessments for the register")
        database.load(500 if is_quick else 10_000)
        print(f"{database.described()}; {machine()}")
        say("Measuring the pages")
        figures = pages.measure(rounds)
        say("Measuring the audit trail")
        figures += audit.measure(rounds, 20_000 if is_quick else 200_000)
        say("Counting records of service users")
        figures += service_data.measure(50_000 if is_quick else 1_000_000, folder)
        say("Measuring the report; Chromium prints the same")
        if is_quick:
            return figures + report.measure(database.short_case(), 1, folder)
        return figures + report.measure(database.case_b(), 5, folder)


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
