"""Serves the demonstration on 127.0.0.1:$PORT in the foreground: the web server and one background worker.

Ctrl-C or TERM ends both. When one of them stops by itself, the other is ended too.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = ("--workers", "2", "--timeout", "60", "--log-level", "warning", "--no-control-socket")
SECONDS_TO_END = 10
ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


def main() -> None:
    port = chosen_port()
    processes: list[subprocess.Popen[bytes]] = []
    on_ending(stop)
    try:
        manage("collectstatic", "--noinput", "--verbosity", "0")
        manage("demo")
        processes.append(start("-m", "gunicorn", "psed.wsgi:application", "--bind", f"127.0.0.1:{port}", *GUNICORN))
        processes.append(start("manage.py", "db_worker", "--no-reload"))
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
        sys.exit("The web server or the background worker stopped by itself. Its message is above.")
    except Stopped:
        print("\nStopped.")
    finally:
        on_ending(signal.SIG_IGN)
        end(processes)


class Stopped(Exception):
    """Someone asked us to end."""


def on_ending(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in ENDING:
        signal.signal(number, handler)


def stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def chosen_port() -> int:
    """PORT from the environment, when it is a port that nothing else listens on; otherwise we stop here."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}. For example: make demo PORT=8001")
    with socket.socket() as probe:
        # As the server itself does: an address that is only waiting to be released counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as problem:
            sys.exit(
                f"Cannot listen on 127.0.0.1:{text} ({problem.strerror}). "
                "Choose another port with PORT=, for example: make demo PORT=8001"
            )
    return int(text)


def manage(*arguments: str) -> None:
    if code := subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT).returncode:
        sys.exit(code)


def start(*arguments: str) -> subprocess.Popen[bytes]:
    # In a session of its own, so that Ctrl-C reaches only us and each process is asked to end once, by us.
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each process to end, and then, or after a while, make what is left of its group end."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    main()
