"""What is too large is refused before it is read."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.app.writing import signed_in

LIBRARY = "/evidence/library/add/"


def post(client, size):
    return client.post(LIBRARY, {"title": "A report", "file": SimpleUploadedFile("report.pdf", b"0" * size)})


@pytest.fixture(autouse=True)
def limits(settings):
    settings.LARGEST_UPLOAD = 100_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000


@pytest.fixture
def stranger(db):
    """What is sent is read to look for its token, before anybody is asked to sign in."""
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    return client


def test_who_has_signed_in_can_send_as_much_as_the_largest_upload_and_no_more(people):
    client = signed_in(people.officer)
    assert "named as a PDF, but holds something else" in post(client, 90_000).text
    answer = post(client, 100_000)
    assert answer.status_code == 413
    assert "choose a smaller file" in answer.text


def test_who_has_not_signed_in_can_send_no_large_file(stranger):
    assert post(stranger, 9_000).status_code == 403
    assert post(stranger, 20_000).status_code == 413


def test_the_log_says_how_large_it_was(stranger, caplog):
    with caplog.at_level(logging.ERROR, "django.security"):
        post(stranger, 20_000)
    [said] = [each.getMessage() for each in caplog.records if each.name == "django.security.RequestDataTooBig"]
    assert said.startswith("A request of 20,")
    assert said.endswith("The limit is 10,000.")
