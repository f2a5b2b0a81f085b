"""Makes .venv and installs one lock file into it, hash by hash. Does nothing when nothing changed.

Usage: python setup/environment.py requirements.lock|requirements-dev.lock

PYTHON in the environment chooses the interpreter: when it is another version than the one in .venv, .venv is
made anew. Without it, a working .venv is kept.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# The second holds all that is in the first, at the same versions.
LOCKS = ("requirements.lock", "requirements-dev.lock")


def main(lock: str) -> None:
    version = installed_version()
    if version is None or (os.environ.get("PYTHON") and version != own_version()):
        make_environment()
    if stamp(lock).exists() and stamp(lock).read_text() == fingerprint(lock):
        return
    print(f"Installing the Python packages in {lock} (a few minutes the first time)", flush=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install"]
    checked = ["--require-hashes", "--only-binary", ":all:", "--requirement", lock]
    if subprocess.run([*pip, *checked], cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        sys.exit(f"pip could not install {lock}. Its message is above.")
    for installed in LOCKS[: LOCKS.index(lock) + 1]:
        stamp(installed).write_text(fingerprint(installed))


def make_environment() -> None:
    print(f"Making the virtual environment .venv with Python {own_version()}", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True, stdin=subprocess.DEVNULL)


def own_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def installed_version() -> str | None:
    """The Python version in .venv, such as 3.12; None when .venv is missing, broken or was moved here."""
    if f"{VENV}\n" not in contents(VENV / "pyvenv.cfg") + "\n":
        return None
    ask = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    except OSError:
        return None
    return answer.stdout.strip() or None


def contents(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def stamp(lock: str) -> Path:
    return VENV / f"installed-{lock}"


def fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
