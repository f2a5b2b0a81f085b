"""Somebody at the wizard: signs in, opens pages, posts them as a browser would."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, PageAnswers, User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User, **kwargs: Any) -> Client:
    """A browser in which the person has signed in."""
    client = Client(**kwargs)
    client.force_login(user, backend=BACKEND)
    return client


def address(assessment: Assessment, page: str) -> str:
    """Where a page of an assessment is."""
    return reverse("page", args=[assessment.reference, page])


def stored(assessment: Assessment, page: str) -> PageAnswers | None:
    """What the database has for a page."""
    return PageAnswers.objects.filter(assessment=assessment, page=page).first()


def answers(assessment: Assessment, page: str) -> dict[str, Any]:
    """The valid answers that the database has for a page."""
    found = stored(assessment, page)
    return found.answers if found else {}


def version(assessment: Assessment, page: str) -> int:
    """How often a page has been saved."""
    found = stored(assessment, page)
    return found.version if found else 0


def posted(page: str, **typed: Any) -> dict[str, Any]:
    """A page's fields as a browser posts them.

    A date is a tuple of three; a list of items is a list of dicts, each with what the browser has of it.
    """
    data: dict[str, Any] = {}
    for key, value in typed.items():
        name = f"{page}-{key}"
        if isinstance(value, tuple):
            data |= {f"{name}_{number}": part for number, part in enumerate(value)}
        elif isinstance(value, list) and all(isinstance(each, dict) for each in value):
            data |= items(name, value)
        else:
            data[name] = value
    return data


def items(name: str, typed: list[dict[str, Any]]) -> dict[str, Any]:
    """A list of items as a browser posts it."""
    data: dict[str, Any] = {f"{name}-TOTAL_FORMS": len(typed), f"{name}-INITIAL_FORMS": 0}
    for number, item in enumerate(typed):
        data |= posted(f"{name}-{number}", **item)
    return data


def post(
    client: Client,
    assessment: Assessment,
    page: str,
    action: str = "continue",
    started_from: Any = None,
    **typed: Any,
) -> HttpResponse:
    """Post a page; without `started_from`, from the version that stands there now."""
    data = {
        "action": action,
        "started_from": version(assessment, page) if started_from is None else started_from,
        **posted(page, **typed),
    }
    return client.post(address(assessment, page), data)


def proposal(assessment: Assessment, **typed: Any) -> dict[str, Any]:
    """The fields of the first page with those that it began with."""
    return {"title": assessment.title, "service": str(assessment.service_id), **typed}
