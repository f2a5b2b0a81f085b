"""From a file to profiles, whichever of the three layouts it has."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import BinaryIO

from assessments.evidence.census import catalogue, filterable, nomis, plain
from assessments.evidence.census.boundaries import MERGERS, merged, replaced_by
from assessments.evidence.census.profile import Profile, Table
from assessments.evidence.census.report import LeftOut, Reading, listed
from assessments.evidence.census.request import Request
from assessments.evidence.sheet import DELIMITERS, Sheet
from assessments.evidence.unreadable import Unreadable

_LAYOUTS = (nomis, filterable, plain)


def read(
    file: BinaryIO,
    areas: Collection[str] = (),
    approximate: str = "",
    local: Collection[str] = catalogue.LOCAL,
) -> Reading:
    """The profiles in a CSV file that is open for reading bytes and can be wound back.

    The layout is known by the headings, never by the name of the file. `areas` are the codes wanted; none for all.
    `approximate` is a sentence that says why the figures are not those published, for who knows: every table is then
    marked, because a file that was put together looks like any other. `local` are the slugs of local characteristics
    that a file of one's own may have.

    Raises Unreadable, with the row and the column where there is one. Then nothing was read at all.
    """
    sheet = Sheet(file)
    request = Request(frozenset(areas), frozenset(local))
    found = _layout(sheet).read(sheet, request)
    if not found.report.rows:
        raise Unreadable("There are no rows under the headings.")
    added_up = tuple(merged(found.profiles))
    wanted = (each for each in (*found.profiles, *added_up) if request.wants(each.area_code))
    profiles = tuple(_marked(each, approximate) for each in wanted)
    if not profiles:
        raise Unreadable(f"None of these areas is in this file: {listed(sorted(areas))}.")
    report = replace(
        found.report,
        areas=len(profiles),
        left_out=(*found.report.left_out, *_absent(areas, profiles), *_gaps(profiles)),
        remarks=(*_on_the_text(sheet), *_on_mergers(areas, added_up, request), *_on_development(profiles)),
    )
    return Reading(profiles, report)


def _layout(sheet: Sheet) -> ModuleType:
    is_blank = True
    for headings in sheet.choices():
        is_blank = is_blank and not any(headings)
        for layout in _LAYOUTS:
            if layout.recognises(headings):
                return layout
    if is_blank:
        raise Unreadable("The first row is empty. It must have the headings: delete the rows above them.", 1)
    raise Unreadable(
        "We do not know this layout. If anything stands above the headings, delete it. We read bulk files of Nomis "
        "(date, geography, geography code, and a column for each category), filterable files of the Office for "
        "National Statistics (the last heading is Observation), "
        f"and files of your own with these headings: {', '.join(plain.NEEDED)}.",
        1,
    )


def _marked(profile: Profile, approximate: str) -> Profile:
    tables = sorted(profile.tables, key=_place)
    if approximate:
        tables = [replace(each, is_approximate=True, note=f"{each.note} {approximate}".strip()) for each in tables]
    return replace(profile, tables=tuple(tables))


def _place(table: Table) -> tuple[int, bool]:
    order = catalogue.IN_ORDER
    slug = table.characteristic
    return order.index(slug) if slug in order else len(order), table.is_context


def _absent(areas: Iterable[str], profiles: Iterable[Profile]) -> Iterator[LeftOut]:
    there = {each.area_code for each in profiles}
    names = {merger.code: merger for merger in MERGERS}
    for code in sorted(set(areas) - there):
        why = "It is not in this file."
        if code in names:
            why += f" Nor are all the districts that {names[code].name} replaced."
        yield LeftOut(f"Area {code}", why)


def _gaps(profiles: Iterable[Profile]) -> Iterator[LeftOut]:
    """One line for each table in which some of the base are in no category."""
    found: dict[str, list[str]] = {}
    for profile in profiles:
        for table in profile.tables:
            if table.has_gap:
                words = f"{profile.area_name} ({table.unaccounted:,} of {table.base:,})"
                found.setdefault(table.name, []).append(words)
    for name, areas in found.items():
        yield LeftOut(f"{name}: part of the base", f"It is in no category of the file: {listed(areas)}.")


def _on_the_text(sheet: Sheet) -> Iterator[str]:
    if sheet.delimiter != ",":
        yield f"The cells are divided by {DELIMITERS[sheet.delimiter]}, not by commas."
    if sheet.is_windows:
        yield "Some letters are as older Windows programs write them. Look at names with accents."


def _on_mergers(areas: Collection[str], added_up: Iterable[Profile], request: Request) -> Iterator[str]:
    made = {each.area_code for each in added_up if request.wants(each.area_code)}
    for merger in MERGERS:
        asked = sorted(merger.districts[code] for code in areas if replaced_by(code) == merger.code)
        if asked:
            yield f"{listed(asked)} became part of {merger.name} ({merger.code}) on {merger.on.day} {merger.on:%B %Y}."
        if merger.code in made:
            districts = listed(merger.districts.values())
            yield f"{merger.name} is new since the Census. Its figures are those of {districts}, added up."


def _on_development(profiles: Iterable[Profile]) -> Iterator[str]:
    developing = {each.name: each.title for profile in profiles for each in profile.tables if each.is_in_development}
    for name, title in developing.items():
        yield f"{name} {title}: these are official statistics in development. Use them with care."
