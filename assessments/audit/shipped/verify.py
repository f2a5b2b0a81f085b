"""Checks the audit trail in trail.jsonl without the software that wrote it. Needs Python 3.8 or later, nothing else.

    python verify.py [trail.jsonl] [--head HASH or NUMBER:HASH]

Each line is one event as JSON: keys in the order of the alphabet, no blanks, UTF-8. Its "hash" is the SHA-256 of the
line without "hash". Its "previous_hash" is the hash of the line before; the first line has 64 zeros there.

Ends with 0 when every line fits, and with 1 when one does not; says which and why.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

FIELDS = ["actor", "actor_label", "assessment", "at", "hash", "payload", "previous_hash", "sequence", "verb"]
GENESIS = "0" * 64


class Wrong(Exception):
    """What does not fit, in words."""


def main():
    parser = argparse.ArgumentParser(description="Checks an audit trail.")
    parser.add_argument("trail", nargs="?", type=Path, default=Path(__file__).resolve().with_name("trail.jsonl"))
    parser.add_argument("--head", metavar="HASH", help="an end of the trail that you hold, as HASH or NUMBER:HASH")
    options = parser.parse_args()
    head = re.fullmatch("(?:([0-9]{1,18}):)?([0-9a-f]{64})", options.head) if options.head else None
    if options.head and not head:
        parser.error("--head needs a hash: 64 of the characters 0 to 9 and a to f, after a number and a colon or not")
    try:
        with options.trail.open("rb") as lines:
            number, hash_ = check(lines, *(head.groups() if head else (None, None)))
    except OSError as error:
        parser.error(f"{options.trail} cannot be read: {error.strerror}")
    except Wrong as found:
        sys.exit(f"WRONG. {found}")
    sys.stdout.write(f"Every event fits. The trail ends with {number}:{hash_}\n")
    if not head:
        sys.stdout.write("Compare that with an end that somebody else holds: only so can you see a trail cut short.\n")


def check(lines, head_number, head_hash):
    """Number and hash of the last event. Raises Wrong."""
    number, before, found = 0, GENESIS, None
    for number, line in enumerate(lines, 1):
        event = read(number, line)
        said = event.pop("hash")
        if event["sequence"] != number:
            raise Wrong(f"Line {number} has event {event['sequence']}: one is missing, or they are not in order.")
        if said != hashlib.sha256(canonical(event).encode("utf-8")).hexdigest():
            raise Wrong(f"Line {number} was changed: its hash does not fit what it says.")
        if event["previous_hash"] != before:
            raise Wrong(f"Line {number} does not name the hash of the line before it.")
        before = said
        if said == head_hash:
            found = number
    if head_hash not in (None, GENESIS) and (not found or int(head_number or found) != found):
        raise Wrong(
            f"The trail of {number} lines does not hold the end given. Lines were cut off or written anew since it was "
            "kept, or it is the end of another trail."
        )
    return number, before


def read(number, line):
    """The event in a line. Raises Wrong when it is not written as the export writes it, to the letter."""
    try:
        text = line.decode("utf-8")
        event = json.loads(text)
        if isinstance(event, dict) and sorted(event) == FIELDS and canonical(event) == text.rstrip("\n"):
            return event
    except (ValueError, TypeError, RecursionError):
        pass
    raise Wrong(f"Line {number} is not an event as the export writes it.")


def canonical(value):
    """JSON with sorted keys, no blanks and no escapes: the one spelling on which a hash rests."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    main()
