"""How large an Excel file may be."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much is read: `unpacked` bytes of an Excel file once unpacked, and `cells` of its sheet.

    Excel takes a hundred times as long to read as CSV, and somebody waits.
    """

    unpacked: int = 600 * MEGABYTE
    cells: int = 2_000_000
