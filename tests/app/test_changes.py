"""What changed so far, from which the officer's own words can start."""

from datetime import date

import pytest

from assessments import workflow
from assessments.changes import Suggestion, suggested_change
from assessments.documents import Draft
from assessments.models import Assessment
from tests import factories

pytestmark = pytest.mark.django_db

AIMS = "What is the proposal meant to achieve?"


def suggested(assessment):
    return suggested_change(Draft(Assessment.objects.get(pk=assessment.pk)))


@pytest.fixture
def returned(people):
    return factories.in_status("returned", people)


def test_nothing_is_suggested_before_there_is_a_version(people):
    draft = factories.draft(people.officer)
    factories.save(people.officer, draft, "proposal", aims="Save money")
    assert suggested(draft) is None


def test_nothing_is_suggested_where_nothing_changed(returned):
    assert suggested(returned) is None


def test_what_changed_since_the_first_version_is_suggested(people, returned):
    factories.save(people.officer, returned, "proposal", aims="To keep a school within reach")
    workflow.move(people.officer, returned.reference, "submit")
    workflow.move(people.approver, returned.reference, "return_by_head", "Say more")
    factories.save(people.officer, returned, "decision", body="Cabinet")
    suggestion = suggested(returned)
    assert suggestion.since == "version 1"
    assert "“To keep a school within reach”" in suggestion.text
    assert "“Cabinet”" in suggestion.text


def test_an_assessment_that_replaces_another_is_compared_with_the_last_version_of_that(people):
    earlier = factories.in_status("approved", people)
    draft = workflow.start_from(people.officer, earlier.reference, replaces=True)
    factories.save(people.officer, draft, "proposal", aims="Save money")
    suggestion = suggested(draft)
    assert suggestion.since == earlier.reference
    assert f"- “{AIMS}”: was “A paragraph about it. - one - two”, now “Save money”." in suggestion.text.splitlines()


def test_once_it_has_a_version_itself_it_is_compared_with_that(people):
    earlier = factories.in_status("approved", people)
    later = factories.successor(people.officer, earlier)
    workflow.move(people.officer, later.reference, "submit")
    workflow.move(people.approver, later.reference, "return_by_head", "Say more")
    factories.save(people.officer, later, "proposal", aims="Save money")
    assert suggested(later) == Suggestion(
        f"- “{AIMS}”: was “A paragraph about it. - one - two”, now “Save money”.", "version 1"
    )


def test_a_copy_that_replaces_nothing_has_no_suggestion(people):
    earlier = factories.in_status("approved", people)
    draft = workflow.start_from(people.officer, earlier.reference, replaces=False)
    factories.save(people.officer, draft, "proposal", aims="Save money")
    assert suggested(draft) is None


def test_nothing_is_suggested_where_the_content_of_the_earlier_was_destroyed(people):
    earlier = factories.in_status("approved", people)
    draft = workflow.start_from(people.officer, earlier.reference, replaces=True)
    workflow.keep(people.administrator, earlier.reference, date(2010, 3, 5), None)
    workflow.dispose(people.administrator, [earlier.reference], "The retention rule")
    assert Assessment.objects.get(pk=earlier.pk).disposed_at
    assert suggested(draft) is None
