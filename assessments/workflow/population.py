"""Population figures: taken in from a file, all of it or nothing; and which areas they are of."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from django.db import transaction

from assessments import audit, clock, permissions
from assessments.duty.disclosure import threshold_of
from assessments.duty.document import long_date
from assessments.evidence.census import Profile, Report, Table, Unreadable, catalogue, read, small_counts
from assessments.models import Area, Council, LocalCharacteristic, PopulationTable, User
from assessments.population import MOST_COMPARATORS, columns_of, table_of
from assessments.workflow.refusals import NotAllowed, NotReady

MOST_AREAS = 500
"""At most from one file. There are 374 local authorities in the United Kingdom."""

_LAST = MOST_COMPARATORS + 1
"""The position of the areas that are neither the council's own nor compared with it: by name, after those."""

_WRITTEN = (
    *("title", "base", "base_words", "source", "is_approximate", "is_in_development", "is_context", "note", "figures"),
    *("imported_at", "imported_by"),
)
"""The columns that change when a table is replaced."""


@dataclass(frozen=True)
class Imported:
    """What an import did: how the file was read, and in words the tables added, replaced and left as they were.

    `finer` are those left as they were because the file has fewer of their categories.
    """

    report: Report
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    finer: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is stored that was not there before."""
        return bool(self.added or self.replaced)

    @property
    def sentence(self) -> str:
        """The outcome in a sentence."""
        if not (self.changed or self.finer):
            return "Nothing was changed: these figures are all here already."
        kept = f"{len(self.added)} added, {len(self.replaced)} replaced, {len(self.unchanged)} unchanged"
        finer = f", {len(self.finer)} not replaced by one with fewer categories" if self.finer else ""
        return f"{'The figures are stored' if self.changed else 'Nothing was changed'}. Tables: {kept}{finer}."


def import_population(
    user: User | None, file: BinaryIO, areas: Collection[str] = (), approximate: str = ""
) -> Imported:
    """Keep the tables of a file that is open for reading bytes; `user` is None for the command.

    `areas` and `approximate` are those of `evidence.census.read`. A table that was there with other figures for the
    same day is replaced, unless that would lose categories: see `_is_finer`. One of another day stands beside it.
    Raises NotAllowed; Unreadable, and then nothing is kept.
    """
    if user and not permissions.may_set_population(user):
        raise NotAllowed
    reading = read(file, areas, approximate, local=_local())
    if len(reading.profiles) > MOST_AREAS:
        raise Unreadable(
            f"This file has {len(reading.profiles):,} areas, and we keep up to {MOST_AREAS} from one file. "
            "Say which ones you want."
        )
    small_counts.check(reading, cache(_least))
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    return _keep(user, reading.profiles, reading.report, digest)


@transaction.atomic
def choose_areas(user: User, own: Area, comparators: Sequence[Area]) -> None:
    """Say which area is the council's own, and which it is compared with, in order.

    Raises NotAllowed; NotReady for an area that is named twice, or more areas than a chart can show.
    """
    if not permissions.may_set_population(user):
        raise NotAllowed
    chosen = [own, *comparators]
    if len({each.pk for each in chosen}) < len(chosen) or len(comparators) > MOST_COMPARATORS:
        raise NotReady
    audit.hold()
    before = list(Area.objects.exclude(role=Area.Role.OTHER).values_list("pk", "role"))
    after = [(own.pk, Area.Role.OWN), *((each.pk, Area.Role.COMPARATOR) for each in comparators)]
    if before == after:
        return
    Area.objects.exclude(role=Area.Role.OTHER).update(role=Area.Role.OTHER, position=_LAST)
    for position, (pk, role) in enumerate(after):
        Area.objects.filter(pk=pk).update(role=role, position=position)
    audit.append("choose-areas", user, own=own.code, compared=[each.code for each in comparators])


@transaction.atomic
def choose_first(code: str) -> tuple[Area, bool]:
    """Make an area that is stored the council's own, unless one was chosen before; for the command.

    Gives the council's own area, and whether it was chosen just now. What it is compared with stays.
    """
    audit.hold()
    own = Area.objects.filter(role=Area.Role.OWN).first()
    if own:
        return own, False
    area = Area.objects.get(code=code)
    area.role, area.position = Area.Role.OWN, 0
    area.save(update_fields=["role", "position"])
    compared = Area.objects.filter(role=Area.Role.COMPARATOR).values_list("code", flat=True)
    audit.append("choose-areas", None, own=code, compared=list(compared))
    return area, True


def _local() -> set[str]:
    """The slugs of the local characteristics that a file may have figures of."""
    return {*catalogue.LOCAL, *LocalCharacteristic.objects.values_list("slug", flat=True)}


def _least(slug: str, is_small: bool) -> int:
    """The smallest count that the council lets be shown. What it says of wards holds for every small area."""
    return threshold_of(slug, is_small, Council.current())


@transaction.atomic
def _keep(user: User | None, profiles: Collection[Profile], report: Report, digest: str) -> Imported:
    audit.hold()  # two imports of the same file come one after the other
    areas = _areas(profiles)
    stored = PopulationTable.objects.filter(area__in=areas.values())
    before = {(each.area_id, table_of(each).key): each for each in stored}
    found: dict[str, list[str]] = {"added": [], "replaced": [], "unchanged": [], "finer": []}
    rows: dict[str, list[PopulationTable]] = {"added": [], "replaced": []}
    for profile in profiles:
        for table in profile.tables:
            area = areas[profile.area_code]
            row = before.get((area.pk, table.key))
            what = _what_to_do(table_of(row) if row else None, table)
            found[what].append(f"{profile.area_name}: {table.name}, {long_date(table.date.isoformat())}")
            if what in rows:
                rows[what].append(_filled(row or PopulationTable(area=area), table, user))
    PopulationTable.objects.bulk_create(rows["added"])
    PopulationTable.objects.bulk_update(rows["replaced"], _WRITTEN)
    done = Imported(report, **{what: tuple(words) for what, words in found.items()})
    if done.changed:
        audit.append("import-population", user, file=digest, added=len(done.added), replaced=len(done.replaced))
    return done


def _what_to_do(stored: Table | None, table: Table) -> str:
    """What becomes of a table that was read, as the name of a field of `Imported`."""
    if stored is None:
        return "added"
    if stored == table:
        return "unchanged"
    return "finer" if _is_finer(stored, table) else "replaced"


def _is_finer(stored: Table, table: Table) -> bool:
    """Whether a published table that is stored has all the categories of another, and more.

    In a table of one's own, which has no code, a category that is gone was taken out on purpose.
    """
    here, there = ({each.category for each in one.figures} for one in (stored, table))
    return bool(table.code) and here > there


def _filled(row: PopulationTable, table: Table, user: User | None) -> PopulationTable:
    """The row with a table in it, as imported now."""
    for name, value in columns_of(table).items():
        setattr(row, name, value)
    row.imported_at, row.imported_by = clock.now(), user
    return row


def _areas(profiles: Collection[Profile]) -> dict[str, Area]:
    """The areas by code, those that are new among them."""
    codes = [each.area_code for each in profiles]
    known = {each.code: each for each in Area.objects.filter(code__in=codes)}
    new = [each for each in profiles if each.area_code not in known]
    made = Area.objects.bulk_create(Area(code=each.area_code, name=each.area_name, position=_LAST) for each in new)
    return known | {each.code: each for each in made}
