"""The trail as a ZIP file that anybody can check without this software."""

import zipfile
from pathlib import Path
from string import Template
from typing import IO

from django.utils import timezone

from assessments import clock
from assessments.audit import stored
from assessments.audit.chain import GENESIS
from assessments.duty.document import canonical
from assessments.models import Council

SHIPPED = Path(__file__).resolve().parent / "shipped"


def write_export(file: IO[bytes]) -> str:
    """Write the ZIP file, in a stream. Gives the end of the trail in it, as number and hash.

    What is wrong in the trail goes out as it is: the script in the export finds it.
    """
    sequence, hash_ = 0, GENESIS
    with zipfile.ZipFile(file, "w") as archive:
        with archive.open(_entry("trail.jsonl"), "w", force_zip64=True) as lines:
            for row in stored.rows(stored.ends().last):
                lines.write(canonical(dict(zip(stored.FIELDS, row, strict=True))).encode() + b"\n")
                sequence, hash_ = row[0], row[-1]
        archive.writestr(_entry("verify.py"), (SHIPPED / "verify.py").read_bytes())
        readme = Template((SHIPPED / "README.txt").read_text())
        head = f"{sequence}:{hash_}"
        archive.writestr(_entry("README.txt"), readme.substitute(council=Council.current().name, head=head))
    return head


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, timezone.localtime(clock.now()).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
