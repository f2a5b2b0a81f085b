"""Sees to it that there is a Chromium for the browser tests.

Debian packages one. Ubuntu only has it as a snap, which cannot be driven from a temporary profile, so there
Playwright fetches its own.
"""

import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from system import install


def main() -> None:
    if shutil.which("chromium") or has_own():
        return
    print("Missing on this machine: Chromium, for the browser tests.", flush=True)
    if on_ubuntu():
        fetch = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
        if subprocess.run(fetch, stdin=subprocess.DEVNULL).returncode:
            sys.exit("Playwright could not install Chromium. Its message is above.")
    else:
        install(["chromium"])


def has_own() -> bool:
    """Whether Playwright has a Chromium of its own on this machine."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def on_ubuntu() -> bool:
    system = platform.freedesktop_os_release()
    return "ubuntu" in {system["ID"], *system.get("ID_LIKE", "").split()}


if __name__ == "__main__":
    main()
