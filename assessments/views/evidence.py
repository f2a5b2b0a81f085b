"""Evidence: where to find what the council knows, and what it does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """The ways into the evidence."""
    return render(request, "evidence/hub.html")
