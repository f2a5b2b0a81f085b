"""What every page shows: the council, and where one can go."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from assessments import permissions
from assessments.models import Council

FRESH_FOR = 10
"""Seconds for which each process keeps what the administrator set up, where it is only shown."""


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    label: str
    url: str
    active: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """The council, as it was set up some seconds ago at the latest, and the navigation."""
    council = SimpleLazyObject(lambda: cache.get_or_set("council", Council.current, FRESH_FOR))
    return {"council": council, "navigation": _navigation(request)}


def _navigation(request: HttpRequest) -> list[Link]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    places = [
        ("Your work", "home"),
        ("Register", "register"),
        ("Evidence", "evidence"),
        ("Help and contacts", "contacts"),
    ]
    if permissions.may_start(user):
        places.insert(1, ("Waiting for you", "waiting"))
    if permissions.may_read_trail(user):
        places.append(("Audit trail", "trail"))
    if permissions.may_dispose(user):
        places.append(("Disposal", "disposal"))
    if permissions.may_configure(user):
        places.append(("Set up", "admin:index"))
    urls = [(label, reverse(name)) for label, name in places]
    return [Link(label, url, _is_at(request.path, url)) for label, url in urls]


def _is_at(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
