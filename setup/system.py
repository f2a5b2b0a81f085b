"""Installs what the operating system must provide, or says which command to give.

Usage: python setup/system.py demo|test

Runs on the plain system Python, before there is a virtual environment.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Something the system must have, how to see that it has it, and the Debian packages that bring it."""

    what: str
    packages: tuple[str, ...]
    met: Callable[[], bool]


def main(purpose: str) -> None:
    needs = {"demo": DEMO, "test": DEMO + TEST}[purpose]
    missing = unmet(needs)
    if not missing:
        return
    print(f"Missing on this machine: {', '.join(need.what for need in missing)}.", flush=True)
    install(dict.fromkeys(package for need in missing for package in need.packages))
    if still_missing := unmet(missing):
        sys.exit(f"Still missing after the install: {', '.join(need.what for need in still_missing)}.")


def unmet(needs: Iterable[Need]) -> list[Need]:
    return [need for need in needs if not need.met()]


def install(packages: Iterable[str]) -> None:
    """Install Debian packages when we may; otherwise print the command to give, and stop."""
    update = ["apt-get", "update"]
    add = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        sys.exit(
            "Install them with your system's package manager, then run this again. "
            f"Debian calls the packages: {' '.join(packages)}"
        )
    prefix = root_prefix()
    if prefix is None:
        sys.exit(f"Give this command, then run this again:\n\n  sudo {' '.join(update)} && sudo {' '.join(add)}\n")
    print(f"Installing with apt: {' '.join(packages)}", flush=True)
    # A list that cannot be refreshed is no reason to stop: the packages may be known already.
    subprocess.run([*prefix, *update], stdin=subprocess.DEVNULL, check=False)
    if subprocess.run([*prefix, *add], stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit("apt could not install them. Its message is above.")


def root_prefix() -> list[str] | None:
    """What to put before a command to run it as root without being asked; None when we may not."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "--non-interactive", "true"], capture_output=True).returncode == 0:
        return [sudo, "--non-interactive", *quiet]
    return None


def module(name: str) -> Callable[[], bool]:
    return lambda: importlib.util.find_spec(name) is not None


def command(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def file(path: str) -> Callable[[], bool]:
    return Path(path).exists


def library(soname: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return loads


def font(family: str) -> Callable[[], bool]:
    def listed() -> bool:
        return bool(shutil.which("fc-list")) and subprocess.run(["fc-list", "-q", family]).returncode == 0

    return listed


# A letter that no font can draw makes a PDF fail PDF/UA-1, so the fonts cover the world's scripts and the
# emoji. Symbola is in black and white: WeasyPrint draws colour emoji as smoothed bitmaps, which PDF/A-3a refuses.
DEMO = [
    Need("Python's venv module", (f"python3.{sys.version_info.minor}-venv",), module("ensurepip")),
    Need("Pango", ("libpango-1.0-0",), library("libpango-1.0.so.0")),
    Need("Pango for FreeType", ("libpangoft2-1.0-0",), library("libpangoft2-1.0.so.0")),
    Need("HarfBuzz subset", ("libharfbuzz-subset0",), library("libharfbuzz-subset.so.0")),
    Need("Fontconfig", ("fontconfig",), command("fc-list")),
    Need("Liberation fonts (Arial)", ("fonts-liberation",), font("Liberation Sans")),
    Need("Noto fonts (Arabic, Hebrew, Bengali ...)", ("fonts-noto-core",), font("Noto Sans Hebrew")),
    Need("Droid fallback font (Chinese ...)", ("fonts-droid-fallback",), font("Droid Sans Fallback")),
    Need("Symbola font (emoji)", ("fonts-symbola",), font("Symbola")),
]
TEST = [
    Need("libatomic (for Playwright)", ("libatomic1",), library("libatomic.so.1")),
    Need("pdftoppm and pdftotext", ("poppler-utils",), command("pdftoppm")),
    Need("Java compiler (for veraPDF)", ("default-jdk-headless",), command("javac")),
    Need("JAXB (for veraPDF)", ("libjaxb-java",), file("/usr/share/java/jaxb-runtime.jar")),
]

if __name__ == "__main__":
    main(sys.argv[1])
