"""The evidence library: sources added, changed and put out of use, and taken into the list of an assessment."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from assessments import audit, clock, permissions
from assessments.duty.questionnaire import ITEM_LIMIT, LIBRARY, SOURCES_PAGE
from assessments.duty.questions import Source
from assessments.evidence import files
from assessments.models import LibrarySource, User
from assessments.workflow.drafts import EditedDraft, editing
from assessments.workflow.refusals import Closed, Conflict, NotAllowed, NotReady

COLUMNS = ("title", "kind", "publisher", "dated", "coverage", "characteristics", "link")
"""What people say of a source."""


class Twice(Exception):
    """The library has the same file already, with `source`."""

    def __init__(self, source: LibrarySource) -> None:
        super().__init__(f"The file is in the library already, with “{source.title}”")
        self.source = source


@dataclass(frozen=True)
class Upload:
    """A file that has passed the checks, and its bytes."""

    fit: files.Fit
    content: IO[bytes]


def add_source(user: User, details: Mapping[str, Any], upload: Upload | None = None) -> LibrarySource:
    """Put a source into the library. `details` by name of COLUMNS. Raises NotAllowed, Twice."""
    _check_may_write(user)
    now = clock.now()
    source = LibrarySource(**details, added_by=user, added_at=now, updated_at=now)
    with _writing(source, upload):
        audit.append("add-source", user, **_told(source))
    return source


def change_source(
    user: User, number: int, details: Mapping[str, Any], upload: Upload | None = None, seen: str | None = None
) -> LibrarySource:
    """Say something else of a source; give it a file where it has none. Lists that took it in stay as they are.

    `seen` is the stamp of what the person looked at. Raises LibrarySource.DoesNotExist, NotAllowed, Twice, Closed (it
    has another file), Conflict (somebody else changed it meanwhile).
    """
    _check_may_write(user)
    with transaction.atomic():
        source = LibrarySource.objects.select_for_update().get(pk=number)
        if seen is not None and seen != stamp(source):
            raise Conflict(None)
        if upload and source.file:
            raise Closed
        before = {name: getattr(source, name) for name in COLUMNS}
        for name, value in details.items():
            setattr(source, name, value)
        if before != {name: getattr(source, name) for name in COLUMNS} or upload:
            source.updated_at = clock.now()
            with _writing(source, upload):
                audit.append("change-source", user, **_told(source))
    return source


@transaction.atomic
def use_source(user: User, number: int, is_active: bool) -> LibrarySource:
    """Offer a source to assessments, or stop to. It stays readable. Raises LibrarySource.DoesNotExist, NotAllowed."""
    _check_may_write(user)
    source = LibrarySource.objects.select_for_update().get(pk=number)
    if source.is_active == is_active:
        return source
    source.is_active, source.updated_at = is_active, clock.now()
    source.save(update_fields=["is_active", "updated_at"])
    if is_active:
        audit.append("use-source", user, source=source.pk)
    else:
        audit.append("retire-source", user, source=source.pk)
    return source


def stamp(source: LibrarySource) -> str:
    """Which state of the source somebody looks at."""
    return source.updated_at.isoformat()


def take_source(user: User, reference: str, number: int) -> LibrarySource:
    """Copy a source into the assessment's list, as it is today. Nothing happens where the list has it.

    Raises Assessment.DoesNotExist, LibrarySource.DoesNotExist (there is none in use), NotAllowed, Closed (also where
    the answers do not call for the page), NotReady (the page has to be mended first, or is full).
    """
    with editing(user, reference) as draft:
        source = LibrarySource.objects.get(pk=number, is_active=True)
        if SOURCES_PAGE not in draft.open_pages:
            raise Closed
        page = draft.pages.get(SOURCES_PAGE)
        answers = page.answers if page else {}
        items = answers.get("sources") or []
        if any(item.get(LIBRARY) == source.pk for item in items):
            return source
        if (page and page.typed) or len(items) >= ITEM_LIMIT:
            raise NotReady
        answers = {**answers, "sources": [*items, _item(draft, source)]}
        draft.save(SOURCES_PAGE, answers, started_from=page.version if page else 0)
    return source


def _check_may_write(user: User) -> None:
    if not permissions.may_write_library(user):
        raise NotAllowed


@contextmanager
def _writing(source: LibrarySource, upload: Upload | None) -> Iterator[None]:
    """Write the row, its file and what the block appends, or none of them."""
    stored = ""
    try:
        with transaction.atomic():
            audit.hold()  # two who bring the same file at the same moment come one after the other
            if upload:
                stored = _store(source, upload)
            source.save()
            yield
    except BaseException:
        if stored:
            source.file.storage.delete(stored)
        raise


def _told(source: LibrarySource) -> dict[str, Any]:
    """What the trail is told of a source: its number, and digests of its file and of what it says."""
    said = {name: str(getattr(source, name)) for name in COLUMNS}
    return {"source": source.pk, "sha256": source.sha256, "said": audit.digest(said)}


def _store(source: LibrarySource, upload: Upload) -> str:
    fit = upload.fit
    if earlier := LibrarySource.objects.filter(sha256=fit.sha256).first():
        raise Twice(earlier)
    source.file_name, source.content_type = fit.name, fit.content_type
    source.size, source.sha256 = fit.size, fit.sha256
    source.file.save(f"{fit.sha256}{fit.suffix}", File(upload.content), save=False)
    return str(source.file.name)


def _item(draft: EditedDraft, source: LibrarySource) -> dict[str, Any]:
    """The source as the assessment's list has it. A file is found by the source's page in the library."""
    asked = draft.questionnaire.pages[SOURCES_PAGE].question("sources").items
    offered = next(draft.labels(each) for each in asked if each.source is Source.CHARACTERISTICS)
    page = f"{settings.SITE_URL}{source.get_absolute_url()}" if source.file else ""
    said = {
        "title": source.title,
        "publisher": source.publisher,
        "dated": source.dated.isoformat() if source.dated else "",
        "coverage": source.coverage,
        "characteristics": [slug for slug in source.characteristics if slug in offered],
        "link": source.link or page,
    }
    return {"id": secrets.token_hex(8), LIBRARY: source.pk, **{key: value for key, value in said.items() if value}}
