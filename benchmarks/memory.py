"""The most memory that processes held, from Linux's own accounts, in MiB."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

PROC = Path("/proc")
BETWEEN_LOOKS = 0.02
KIB = 1024


def own_peak() -> float:
    """The most that this process has held so far."""
    return _field(PROC / "self" / "status", "VmHWM:") / KIB


def peak_of(command: Sequence[str], cwd: Path) -> float:
    """The most that a command and its child processes held together.

    Proportional set size: a page that several processes share is counted once in all, not once in each.
    """
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=cwd, stdin=quiet, stdout=quiet, stderr=quiet)
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(_held(pid) for pid in _with_children(process.pid)))
        time.sleep(BETWEEN_LOOKS)
    assert process.returncode == 0, command
    return most / KIB


def _held(pid: int) -> int:
    return _field(PROC / str(pid) / "smaps_rollup", "Pss:")


def _field(path: Path, name: str) -> int:
    """A figure in KiB; 0 when the process has ended meanwhile."""
    try:
        lines = path.read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def _with_children(pid: int) -> set[int]:
    running = (PROC / name / "stat" for name in os.listdir(PROC) if name.isdecimal())
    parents = dict(filter(None, map(_parent, running)))
    found, waiting = set(), [pid]
    while waiting:
        found.add(waiting[-1])
        parent = waiting.pop()
        waiting += [child for child, its_parent in parents.items() if its_parent == parent]
    return found


def _parent(path: Path) -> tuple[int, int] | None:
    try:
        # The name, in brackets, may hold blanks and brackets itself.
        after_name = path.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(path.parent.name), int(after_name[1])
