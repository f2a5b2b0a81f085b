"""Runs every check and every test, the tests on PostgreSQL too if one answers. Fails when any of them fails.

Usage: python setup/checks.py [--static]

With --static, only the checks that run no test.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"
PYTHON = [sys.executable, "-m"]
STATIC = {
    "ruff check": [*PYTHON, "ruff", "check", "."],
    "ruff format": [*PYTHON, "ruff", "format", "--check", "."],
    "mypy": [*PYTHON, "mypy"],
    "import-linter": [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}
PYTEST = [*PYTHON, "pytest", "-n", "auto"]


def main(arguments: list[str]) -> None:
    failed = [name for name, command in STATIC.items() if not passes(name, command)]
    ran = "the static checks"
    if "--static" not in arguments:
        ran = "the static checks and the tests on SQLite"
        failed += [] if passes("tests on SQLite", PYTEST) else ["tests on SQLite"]
        if postgresql_answers():
            ran += " and on PostgreSQL"
            failed += [] if passes("tests on PostgreSQL", PYTEST, POSTGRESQL) else ["tests on PostgreSQL"]
        else:
            ran += " (not on PostgreSQL: none answers at 127.0.0.1:5432)"
    print(f"\nRan {ran}.")
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")
    print("All passed.")


def passes(name: str, command: list[str], database: str = "") -> bool:
    print(f"\n== {name}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode
    print(f"-- {name}: {'failed' if code else 'passed'} in {time.monotonic() - began:.1f} s", flush=True)
    return code == 0


def postgresql_answers() -> bool:
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
