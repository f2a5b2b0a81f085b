"""The demonstration council: complete, marked as made up, and never beside real data."""

from datetime import date

import pytest
from django.conf import global_settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction

from assessments import audit, demonstration, workflow
from assessments.documents import Draft
from assessments.duty import act
from assessments.duty.cited import from_stored
from assessments.duty.lifecycle import Role, Status
from assessments.duty.questionnaire import FIGURES, LIBRARY
from assessments.duty.questions import Kind
from assessments.forms.questions import field_for
from assessments.models import Assessment, AuditHead, Council, Dataset, KnowledgeGap, LibrarySource, Service, User, Ward

CHURCH_SCHOOL = "Closure of a Church of England primary school"
DAY_SERVICES = "Day services for adults with learning disabilities: four days a week at Hookstead"
UNFINISHED = {Status.DRAFT, Status.WITHDRAWN}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for all tests here and then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        demonstration.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded):
    """The demonstration, for one test, which may change it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def drafts():
    return [Draft(each) for each in Assessment.objects.select_related("service__directorate")]


@pytest.mark.django_db
def test_it_refuses_beside_a_real_council():
    Council.objects.create(pk=1, name="A real council")
    with pytest.raises(CommandError, match="a council that is not marked as a demonstration"):
        call_command("demo")
    assert not Assessment.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_refuses_beside_real_accounts():
    User.objects.create_user("someone@example.org", name="Someone")
    with pytest.raises(CommandError, match="accounts, but no council"):
        call_command("demo")
    assert not Council.objects.exists()


def test_the_council_has_its_parts(demo):
    council = Council.current()
    assert (council.name, council.nation, council.is_example) == ("Stoke-on-Trent City Council", "england", True)
    assert Ward.objects.count() == 34
    assert Service.objects.values("directorate").distinct().count() == 5


def test_every_status_is_there(demo):
    assert {each.state for each in Assessment.objects.all()} == set(Status)


def test_every_directorate_has_assessments(demo):
    assert Assessment.objects.values("service__directorate").distinct().count() == 5


def test_the_library_and_the_list_of_gaps_have_something_to_show(demo):
    assert len(set(LibrarySource.objects.values_list("kind", flat=True))) == 4
    assert LibrarySource.objects.filter(dated=None).count() == 1
    items = [item for draft in drafts() for item in draft.answers.get("sources", {}).get("sources", [])]
    used = [item[LIBRARY] for item in items if LIBRARY in item]
    assert len(set(used)) == 3
    assert {"enquiry", "action"} <= set(KnowledgeGap.objects.values_list("response", flat=True))


def test_every_role_can_sign_in(demo, rf, settings):
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS  # `loaded` came before the quick ones
    for role in Role:
        user = User.objects.filter(role=role).first()
        request = rf.post("/")
        assert authenticate(request, username=user.email, password=demonstration.PASSWORD) == user


@pytest.mark.parametrize("title", [CHURCH_SCHOOL, DAY_SERVICES])
def test_the_published_cases_are_complete_approved_decided_and_published(demo, title):
    draft = Draft(Assessment.objects.get(title=title))
    assert draft.assessment.state in (Status.PUBLISHED, Status.UNDER_REVIEW)
    assert draft.decision.decided == "agreed"
    assert all(each.acknowledged for each in draft.decision.makers)
    empty = [
        f"{page.slug}.{question.key}"
        for page in draft.open_pages.values()
        for question in page.missing(draft.answers.get(page.slug, {}))
    ]
    assert empty == []
    assert [page.slug for page in draft.open_pages.values() if not draft.answers.get(page.slug)] == []
    for limb in act.LIMBS:
        assert any(page.limb == limb for page in draft.questionnaire.findings(draft.answers))
    assert [each.reason for each in draft.assessment.versions.all()] == ["decide", "approve", "submit", "submit"]
    assert draft.assessment.decision_date > date(2024, 1, 1)
    assert "[F]" in draft.document().canonical_json()


def test_what_was_submitted_was_ready(demo):
    for draft in drafts():
        if draft.assessment.state not in UNFINISHED:
            assert draft.is_ready, draft.assessment


def test_drafts_are_at_different_stages(demo):
    still_missing = {len(each.questionnaire.missing(each.answers)) for each in drafts() if not each.is_ready}
    assert len(still_missing) >= 4


def test_everything_is_marked_as_made_up(demo):
    assert Assessment.objects.exists()
    assert not Assessment.objects.filter(is_example=False).exists()
    assert not User.objects.exclude(email__endswith="@demo.example").exists()


def test_answers_are_what_the_forms_would_have_stored(demo):
    for draft in drafts():
        for slug, answers in draft.answers.items():
            page = draft.questionnaire.pages[slug]
            for key, value in answers.items():
                assert_fits(draft, page.question(key), value)


def assert_fits(draft, question, value):
    if question.kind is Kind.ITEMS:
        questions = {each.key: each for each in question.items}
        assert len({item["id"] for item in value}) == len(value)
        for item in value:
            for key in item.keys() - {"id", LIBRARY}:
                assert_fits(draft, questions[key], item[key])
    elif question.kind is Kind.DATE:
        assert date.fromisoformat(value).isoformat() == value
    elif question.kind is Kind.FIGURES:
        assert all(from_stored(each).cited_on for each in value)
    else:
        assert field_for(question, draft.labels).clean(value) == value, (draft.assessment, question.key)
        chosen = value if isinstance(value, list) else []
        assert len(chosen) < 2 or not question.exclusive.intersection(chosen), (draft.assessment, question.key)


def test_some_cite_the_area_and_those_who_use_the_service_with_what_happened_to_them(demo):
    pages = [answers for draft in drafts() for answers in draft.answers.values()]
    cited = [from_stored(each) for answers in pages for each in answers.get(FIGURES.key, [])]
    assert {each.code for each in cited} >= {"TS007", "TS021", ""}
    references = {each.ratios.reference for each in cited if each.ratios}
    assert references == {"Stoke-on-Trent", "everybody else"}
    lines = [line for made in Dataset.objects.all() for part in made.published.values() for line in part["lines"]]
    assert 3 not in {each["count"]["number"] for each in lines}


def test_the_trail_is_whole_and_in_the_order_of_time(demo):
    assert audit.first_wrong() is None
    starts = list(Assessment.objects.order_by("pk").values_list("created_at", flat=True))
    assert starts == sorted(starts)


def test_running_twice_changes_nothing(demo, capsys):
    before = AuditHead.objects.get(pk=1).hash
    call_command("demo", port="8001")
    out = capsys.readouterr().out
    assert AuditHead.objects.get(pk=1).hash == before
    assert "http://127.0.0.1:8001" in out
    assert "officer@demo.example" in out
    assert demonstration.PASSWORD in out


def test_an_assessment_that_a_visitor_starts_is_marked_too(demo):
    officer = User.objects.get(email="officer@demo.example")
    made = workflow.start(officer, "A visitor’s own try", Service.objects.first())
    assert made.is_example
    assert demonstration.is_loaded()


def test_it_refuses_beside_real_assessments(demo):
    Assessment.objects.filter(title=CHURCH_SCHOOL).update(is_example=False)
    with pytest.raises(CommandError, match="assessments that are not marked as made up"):
        call_command("demo")
