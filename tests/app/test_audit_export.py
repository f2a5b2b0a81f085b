"""The trail outside: a ZIP file with a script that checks it with nothing but Python."""

import ast
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessments import audit
from assessments.audit import chain, export, stored
from assessments.duty.document import canonical
from assessments.models import AuditEvent, AuditHead
from tests import factories
from tests.app import tampering
from tests.app.tampering import WRITTEN

SCRIPT = export.SHIPPED / "verify.py"


@pytest.fixture
def folder(people, tmp_path):
    """The export of a short trail, unpacked."""
    tampering.short_trail(people.officer)
    return unpacked(tmp_path)


def unpacked(folder: Path) -> Path:
    packed = io.BytesIO()
    audit.write_export(packed)
    zipfile.ZipFile(packed).extractall(folder)
    return folder


def run(folder, *arguments):
    """What the script says, and whether all fits, where nothing of this software can be imported."""
    command = [sys.executable, "-I", "verify.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    return (done.stdout or done.stderr), done.returncode == 0


def refused(folder, *arguments):
    said, fits = run(folder, *arguments)
    assert not fits, said
    assert said.startswith("WRONG. ")
    return said.removeprefix("WRONG. ").strip()


def read(folder):
    return [json.loads(line) for line in (folder / "trail.jsonl").read_text().splitlines()]


def write(folder, events):
    (folder / "trail.jsonl").write_text("".join(canonical(event) + "\n" for event in events))


def rehashed(events):
    """The same events, with every number and hash as it has to be."""
    before = audit.GENESIS
    for number, event in enumerate(events, 1):
        said = {**event, "sequence": number, "previous_hash": before}
        said.pop("hash")
        before = chain.sha256(canonical(said))
        yield {**said, "hash": before}


# What is in it


def test_a_line_is_what_is_hashed_with_the_hash_and_nothing_else(folder):
    lines = (folder / "trail.jsonl").read_text().splitlines()
    assert len(lines) == WRITTEN
    for line, event in zip(lines, AuditEvent.objects.all(), strict=True):
        said = json.loads(line)
        assert canonical(said) == line
        assert said.pop("hash") == event.hash == chain.sha256(canonical(said))
        assert json.loads(said["payload"]) == json.loads(event.payload)
        assert (said["sequence"], said["verb"], said["actor_label"]) == (event.sequence, event.verb, event.actor_label)


def test_the_readme_names_the_council_and_the_end_and_every_field(folder):
    readme = (folder / "README.txt").read_text()
    assert "THE AUDIT TRAIL OF Test Council" in readme
    assert f"\n{AuditHead.objects.get()}\n" in readme
    assert all(f"\n{field} " in readme for field in stored.FIELDS)
    assert max(map(len, readme.splitlines())) <= 80


def test_the_same_trail_gives_the_same_lines(folder, tmp_path):
    again = unpacked(tmp_path / "again")
    assert (again / "trail.jsonl").read_bytes() == (folder / "trail.jsonl").read_bytes()


def test_the_script_is_short_and_needs_nothing_but_python_3_8():
    text = SCRIPT.read_text()
    assert len(text.splitlines()) < 100
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


# The script


def test_the_script_says_that_every_event_fits(folder):
    said, fits = run(folder)
    assert fits
    assert f"Every event fits. The trail ends with {AuditHead.objects.get()}\n" in said
    assert "Compare that with an end that somebody else holds" in said


def test_the_script_takes_a_file_elsewhere(folder, tmp_path_factory):
    moved = (folder / "trail.jsonl").rename(tmp_path_factory.mktemp("elsewhere") / "kept.jsonl")
    assert run(folder, str(moved))[1]


def test_the_script_knows_every_end_that_the_trail_ever_had(folder):
    for event in read(folder):
        assert run(folder, "--head", event["hash"])[1]
        assert run(folder, "--head", f"{event['sequence']}:{event['hash']}")[1]


def test_an_empty_trail_fits(db, tmp_path):
    unpacked(tmp_path)
    assert (tmp_path / "trail.jsonl").read_bytes() == b""
    assert run(tmp_path, "--head", f"0:{audit.GENESIS}")[1]


def test_events_with_any_text_fit(people, tmp_path):
    people.officer.name = '"Ünï" \\ 😀 \u2028'
    audit.append("note", people.officer, text="\n\t\x01 “curly” </script>")
    assert run(unpacked(tmp_path))[1]


OTHER = {
    "sequence": 99,
    "at": "2020-01-01T00:00:00.000000+00:00",
    "actor": 987,
    "actor_label": "Nobody (Officer)",
    "verb": "withdraw",
    "assessment": None,
    "payload": "{}",
    "previous_hash": "b" * 64,
    "hash": "a" * 64,
}


@pytest.mark.parametrize("number", range(1, WRITTEN + 1))
@pytest.mark.parametrize("field", stored.FIELDS)
def test_a_change_to_any_field_of_any_line_is_found(folder, field, number):
    events = read(folder)
    events[number - 1][field] = OTHER[field]
    write(folder, events)
    assert refused(folder).startswith(f"Line {number} ")


def test_lines_taken_out_put_in_or_in_another_order_are_found(folder):
    events = read(folder)
    one, two, three, *others = events
    tampered = {
        "Line 1 has event 2": [two, three, *others],
        "Line 3 has event 4": [one, two, *others],
        "Line 2 has event 3": [one, three, two, *others],
        "Line 3 has event 2": [one, two, two, three, *others],
        "Line 3 does not name": [*rehashed([one, {**two, "verb": "approve"}]), three, *others],
    }
    for said, lines in tampered.items():
        write(folder, lines)
        assert refused(folder).startswith(said)


@pytest.mark.parametrize("given", ["{hash}", "{sequence}:{hash}"])
def test_a_trail_cut_short_or_written_anew_is_found_by_who_holds_its_end(folder, given):
    events = read(folder)
    head = given.format(**events[-1])
    for tampered in (events[:-1], [], rehashed([{**event, "verb": "approve"} for event in events])):
        write(folder, tampered)
        assert run(folder)[1]
        assert "does not hold the end given" in refused(folder, "--head", head)


def test_an_end_with_the_number_of_another_event_is_not_in_the_trail(folder):
    assert "does not hold the end given" in refused(folder, "--head", f"2:{read(folder)[2]['hash']}")


SPELLINGS = {
    "no JSON": lambda line: b"nonsense",
    "nothing at all": lambda line: b"",
    "not UTF-8": lambda line: line.replace(b"Officer", b"\xff"),
    "another value than an object": lambda line: canonical(sorted(json.loads(line))).encode(),
    "blanks": lambda line: line.replace(b'"verb":', b'"verb": '),
    "escapes": lambda line: line.replace(b"save", b"s\\u0061ve"),
    "a key twice": lambda line: line.replace(b'"verb":', b'"verb":"approve","verb":'),
    "a field too many": lambda line: line.replace(b"}\n", b',"z":1}\n'),
    "a field too few": lambda line: line.replace(b',"verb":"save"', b""),
    "Windows line ends": lambda line: line.replace(b"\n", b"\r\n"),
    "depths": lambda line: b"[" * 100_000,
    "a long number": lambda line: line.replace(b'"sequence":3', b'"sequence":' + b"3" * 5000),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_line_that_is_not_as_the_export_writes_it_is_found(folder, spelling):
    lines = (folder / "trail.jsonl").read_bytes().splitlines(keepends=True)
    lines[2] = spelling(lines[2]).rstrip(b"\n") + b"\n"
    (folder / "trail.jsonl").write_bytes(b"".join(lines))
    assert refused(folder) == "Line 3 is not an event as the export writes it."


@pytest.mark.parametrize("arguments", [["--head", "x"], ["--head", "a" * 63], ["missing.jsonl"], ["."]])
def test_the_script_explains_what_it_cannot_work_with(folder, arguments):
    done = subprocess.run([sys.executable, "-I", "verify.py", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 2
    assert "--head needs a hash" in done.stderr or "cannot be read" in done.stderr


def test_a_trail_that_was_tampered_with_goes_out_as_it_is(people, tmp_path):
    tampering.short_trail(people.officer)
    tampering.change(3, verb="withdraw")
    assert refused(unpacked(tmp_path)) == "Line 3 was changed: its hash does not fit what it says."


# The command


def test_the_command_writes_the_file_and_says_where_the_trail_ends(people, tmp_path):
    factories.draft(people.officer)
    out, target = io.StringIO(), tmp_path / "trail.zip"
    call_command("export_audit", output=target, stdout=out)
    assert out.getvalue() == f"Wrote {target}. The trail in it ends with {AuditHead.objects.get()}\n"
    assert zipfile.ZipFile(target).namelist() == ["trail.jsonl", "verify.py", "README.txt"]


def test_the_command_explains_a_file_that_cannot_be_written(db, tmp_path):
    with pytest.raises(CommandError, match="could not be written"):
        call_command("export_audit", output=tmp_path / "missing" / "trail.zip")
