"""What is wanted of a file."""

from dataclasses import dataclass

from assessments.evidence.census import catalogue
from assessments.evidence.census.boundaries import replaced_by
from assessments.evidence.unreadable import Unreadable

MOST_AREAS = 10_000


@dataclass(frozen=True)
class Request:
    """`areas` are the codes wanted; empty for all. `local` are the slugs of local characteristics that may occur."""

    areas: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset(catalogue.LOCAL)

    def wants(self, code: str) -> bool:
        """Whether that area was asked for."""
        return not self.areas or code in self.areas

    def needs(self, code: str) -> bool:
        """Whether that area was asked for, or is part of one that was."""
        return self.wants(code) or self.wants(replaced_by(code))

    def check_number(self, areas: int) -> None:
        """Raise Unreadable for more areas than we keep."""
        if areas > MOST_AREAS:
            raise Unreadable(
                f"This file has more than {MOST_AREAS:,} areas. Say which ones you want, "
                "or use the file for local authorities."
            )
