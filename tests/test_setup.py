"""What sets a machine up: the lock files, the front end we are allowed to serve, ports and processes."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from setup import frontend, serve, system

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(lock):
    return dict(PIN.findall((ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "setup/node.lock", "package-lock.json"])
def test_no_lock_file_records_an_address(lock):
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "setup/node.lock"])
def test_every_pin_has_a_hash(lock):
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_tests_run_with_the_versions_that_are_deployed():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_the_style_sheet_keeps_the_components_and_leaves_out_what_is_for_gov_uk_alone():
    css = (ROOT / "build/govuk/govuk-frontend.min.css").read_text()
    assert ".govuk-button{font-family:Arial,sans-serif" in css
    assert ".govuk-footer__copyright-logo" in css
    for forbidden in ("GDS Transport", "@font-face", "crest", "url(", "sourceMappingURL"):
        assert forbidden not in css


def test_only_the_style_sheet_and_the_script_are_served():
    served = {path.name for path in (ROOT / "build/govuk").iterdir()}
    assert served == {"govuk-frontend.min.css", "govuk-frontend.min.js"}


def test_a_new_picture_in_the_style_sheet_is_refused_rather_than_served_broken():
    with pytest.raises(ValueError, match=re.escape("url(/assets/images/new.svg)")):
        frontend.restyle(".govuk-new{background:url(/assets/images/new.svg)}")


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_refused(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT must be a number"):
        serve.chosen_port()


def test_a_port_in_use_is_refused_with_what_to_do(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(SystemExit, match=r"Choose another port with PORT="):
            serve.chosen_port()


def test_a_process_that_will_not_end_is_ended_with_its_children(monkeypatch, tmp_path):
    monkeypatch.setattr(serve, "SECONDS_TO_END", 0.2)
    ready = tmp_path / "child"
    stubborn = (
        "import pathlib, signal, subprocess, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        f"pathlib.Path({str(ready)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", stubborn], start_new_session=True)
    child = int(wait_for(lambda: ready.exists() and ready.read_text()))
    try:
        serve.end([process])
        assert process.returncode == -signal.SIGKILL
        assert wait_for(lambda: not runs(child))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def test_without_root_the_command_to_give_is_printed(monkeypatch):
    monkeypatch.setattr(system, "root_prefix", lambda: None)
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SystemExit, match=r"sudo apt-get update && sudo apt-get install .* fonts-liberation"):
        system.install(["fonts-liberation"])


def runs(pid):
    """Whether the process is there and not merely waiting to be reaped."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not (answer := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer
