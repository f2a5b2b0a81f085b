"""What every test can ask for."""

import os

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from tests import factories

# Playwright runs an event loop in the thread of the test; Django's database is used from that thread too.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The same examples in every run: a change is to blame when one fails. No time limit: machines are noisy.
hypothesis.settings.register_profile("psed", deadline=None, derandomize=True)
hypothesis.settings.load_profile("psed")

KEPT = ("assessments_auditevent", "assessments_version")


@pytest.fixture(autouse=True)
def _for_tests(settings, tmp_path):
    """Plain names for static files, files of its own for each test, quick passwords."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, which PostgreSQL drops only when nobody is connected to it.

    A browser that was closed in the middle of a request leaves that request's connection behind for a moment.
    """
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


def _lift_triggers():
    """SQLite empties a table with DELETE, which the trail refuses: out of the tests' way, and back."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", KEPT)
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in found]


@pytest.fixture(autouse=True, scope="session")
def _emptying_the_database():
    """After a test that commits, the database is emptied; the head of the trail is as a migration left it."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self):
        triggers = _lift_triggers()
        original(self)
        with connection.cursor() as cursor:
            for sql in triggers:
                cursor.execute(sql)
        factories.audit_head()

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture
def council(db):
    """A small council: two directorates, three services, two wards, one local characteristic."""
    return factories.council()


@pytest.fixture
def people(council):
    """One person a role, by name: officer, other_officer, approver, lead, auditor, administrator."""
    return factories.people()
