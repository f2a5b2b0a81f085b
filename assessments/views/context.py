"""What every page shows: the council, and where one can go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from assessments import permissions
from assessments.models import Council


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    label: str
    url: str
    active: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """The council (read once a page, and only where a template names it) and the navigation."""
    return {"council": SimpleLazyObject(Council.current), "navigation": _navigation(request)}


def _navigation(request: HttpRequest) -> list[Link]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    places = [("Your work", "home"), ("Register", "register"), ("Help and contacts", "contacts")]
    if permissions.may_configure(user):
        places.append(("Set up", "admin:index"))
    urls = [(label, reverse(name)) for label, name in places]
    return [Link(label, url, _is_at(request.path, url)) for label, url in urls]


def _is_at(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
