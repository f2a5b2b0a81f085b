"""What was frozen in an earlier edition reads the same for ever: same words, same digest."""

import json
from pathlib import Path

from assessments.duty.document import canonical, from_json
from tests.duty import samples

FROZEN = Path(__file__).with_name("frozen-2026.1.json")
DIGEST = "380e16d0a322b33bed5d9d9411fe20f76241bbdbfd51651ae6071b2b3c72432e"


def test_a_document_of_the_first_edition_can_still_be_read():
    document = from_json(FROZEN.read_text(encoding="utf-8"))
    assert document.facts.reference == "EIA-2026-0001"
    assert document.matrix[0].cells[0].words == "Negative (high); after mitigation: low"


def test_its_digest_is_the_one_that_was_printed():
    assert from_json(FROZEN.read_text(encoding="utf-8")).digest == DIGEST


def test_a_document_keeps_the_text_it_was_read_from_whatever_later_editions_add_or_drop():
    of_today = json.loads(samples.document(samples.everything()).canonical_json())
    of_another_edition = canonical({**of_today, "no_longer_known": {"a": 1}})
    document = from_json(of_another_edition)
    assert document.canonical_json() == of_another_edition
    assert document.digest != samples.document(samples.everything()).digest
