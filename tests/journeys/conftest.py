"""A real browser over a running site, with the demonstration council in it."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import sync_playwright

from assessments import demonstration
from assessments.models import User
from tests import factories
from tests.journeys.visitor import Visitor

BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(django_settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def playwright():
    """What drives the browsers of all tests."""
    with sync_playwright() as started:
        yield started


@pytest.fixture
def browser(playwright):
    """Chromium: the system's where there is one, else the one that set-up installed.

    One for each test: a context that still sends something can wait for ever to be closed, a browser is ended.
    """
    launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER_FLAGS)
    yield launched
    launched.close()


@pytest.fixture
def demo(transactional_db):
    """The demonstration council."""
    demonstration.load()


@pytest.fixture
def committed_people(transactional_db):
    """The small council of the other tests, where the server's own threads see it."""
    factories.council()
    return factories.people()


@pytest.fixture
def visit(browser, live_server):
    """Makes visitors, each in a browser of their own: `visit("officer")` is signed in, `visit()` is not.

    At the end nothing may have gone wrong in any of their consoles.
    """
    visitors: list[Visitor] = []

    def make(who: str | None = None, **options) -> Visitor:
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}, **options)
        visitor = Visitor(context, AXE.read_text())
        visitors.append(visitor)
        if who:
            is_demo = User.objects.filter(email=f"{who}@demo.example").exists()
            email, password = (
                (f"{who}@demo.example", demonstration.PASSWORD)
                if is_demo
                else (f"{who}@test.example", factories.PASSWORD)
            )
            visitor.sign_in(email, password)
        return visitor

    yield make
    trouble = [each for visitor in visitors for each in visitor.trouble]
    assert trouble == []
