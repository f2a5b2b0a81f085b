"""A report as PDF, and Chromium printing the same HTML."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import sync_playwright

from assessments.documents import current_document
from assessments.models import Assessment
from assessments.reports import edition, pdf
from benchmarks.figures import Call, Figure, interleaved
from benchmarks.memory import peak_of
from benchmarks.parts import PARTS

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


MEMORY_RUNS = 2


def measure(assessment: Assessment, rounds: int, folder: Path) -> list[Figure]:
    """Time and memory, cold (a process that starts, works and ends) and warm (one that is already running)."""
    document = current_document(assessment)
    page = _as_file(render_to_string("reports/print.html", edition.context(document)), folder / "print")
    ours = [sys.executable, "manage.py", "report", assessment.reference, "-o", str(folder / "ours.pdf")]
    with _printing(page) as print_page:
        warm = interleaved({"ours": partial(edition.to_pdf, document), "chromium": print_page}, rounds)
    chromiums = [
        _chromium(),
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={folder / 'chromium.pdf'}",
        page.as_uri(),
    ]
    cold = interleaved({"ours": partial(_run, ours), "chromium": partial(_run, chromiums)}, rounds, uncounted=0)
    runs = min(rounds, MEMORY_RUNS)
    held = [median(peak_of(each, settings.BASE_DIR) for _ in range(runs)) for each in (ours, chromiums)]
    return [
        Figure("Report as PDF, warm (against Chromium)", median(warm["ours"]), "s", median(warm["chromium"])),
        Figure("Report as PDF, cold: manage.py report", median(cold["ours"]), "s", median(cold["chromium"])),
        Figure("Report as PDF, cold: peak memory", held[0], "MiB", held[1]),
        *_parts(assessment.reference, rounds),
    ]


def _as_file(html: str, folder: Path) -> Path:
    """The HTML beside its style sheet, where Chromium finds both."""
    shutil.copytree(pdf.PRINT_FOLDER, folder)
    page = folder / "print.html"
    page.write_text(html)
    return page


@contextmanager
def _printing(page: Path) -> Iterator[Call]:
    """A call that opens and prints the page in a Chromium that runs already. Tagged, as ours is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        tab = browser.new_page()

        def print_page() -> None:
            tab.goto(page.as_uri())
            tab.pdf(tagged=True, outline=True, prefer_css_page_size=True, print_background=True)

        yield print_page
        browser.close()


def _chromium() -> str:
    """The system's where there is one, else the one that set-up installed."""
    if found := shutil.which("chromium"):
        return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def _parts(reference: str, rounds: int) -> list[Figure]:
    """Where the time goes: each part in the middle of several fresh processes."""
    command = [sys.executable, "-m", "benchmarks.parts", reference]
    runs = [json.loads(_run(command)) for _ in range(rounds)]
    return [Figure(f"  of it: {label}", median(run[part] for run in runs), "s") for part, label in PARTS.items()]
