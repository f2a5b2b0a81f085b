"""The check: verdicts on sections, and what the officer sees of verdicts and comments."""

import pytest
from django.template.loader import render_to_string

from assessments import audit, workflow
from assessments.documents import Draft
from assessments.models import AuditEvent, Verdict
from assessments.views.to_mend import open_comments, suggested_reason, to_mend
from tests import factories
from tests.app.reviewing import REPLIED, at, back_and_again, comment_at, commented, last_event
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(people):
    """An assessment with the equality lead."""
    return factories.in_status("with-lead", people)


@pytest.fixture
def lead(people):
    return signed_in(people.lead)


# Verdicts


def test_the_equality_lead_gives_all_verdicts_at_once(people, checked, lead):
    page = lead.get(at(checked, "review/"))
    assert page.text.count('type="radio"') == 3 * len(page.context["reviewed"].sections)
    verdicts = {"proposal": "acceptable", "evidence": "better", "actions": "mend"}
    before = AuditEvent.objects.count()
    answer = lead.post(at(checked, "review/"), {**verdicts, "seen": checked.content_version}, follow=True)
    assert "Your verdicts are saved." in answer.text
    assert dict(checked.verdicts.values_list("section", "value")) == verdicts
    assert AuditEvent.objects.count() == before + 1
    event, payload = last_event()
    assert (event.verb, event.actor, payload) == ("judge", people.lead, {"verdicts": verdicts})
    assert "Lead said “Must be mended” on" in answer.text
    assert audit.first_wrong() is None


def test_a_later_verdict_replaces_the_earlier_and_leaves_the_other_sections(people, checked, lead):
    workflow.judge(people.lead, checked.reference, {"proposal": "mend", "evidence": "better"})
    lead.post(at(checked, "review/"), {"proposal": "acceptable"})
    assert dict(checked.verdicts.values_list("section", "value")) == {"proposal": "acceptable", "evidence": "better"}


def test_a_section_that_the_assessment_has_no_more_loses_its_verdict(people, checked):
    Verdict.objects.create(assessment=checked, section="gone", value="mend", by=people.lead, at=checked.created_at)
    workflow.judge(people.lead, checked.reference, {"proposal": "acceptable"})
    assert [each.section for each in checked.verdicts.all()] == ["proposal"]


def test_nobody_but_the_equality_lead_gives_verdicts(people, checked):
    for who in ("approver", "officer", "auditor", "administrator"):
        client = signed_in(getattr(people, who))
        page = client.get(at(checked, "review/"))
        assert page.status_code == 200
        assert 'type="radio"' not in page.text
        assert client.post(at(checked, "review/"), {"proposal": "acceptable"}).status_code == 403, who
        with pytest.raises(workflow.NotAllowed):
            workflow.judge(getattr(people, who), checked.reference, {"proposal": "acceptable"})
    assert not checked.verdicts.exists()


def test_an_equality_lead_who_wrote_it_gives_no_verdict(people):
    made = factories.complete(people.lead, factories.draft(people.lead))
    factories.moved(people.lead, made, "submit")
    factories.moved(people.approver, made, "forward")
    client = signed_in(people.lead)
    assert 'type="radio"' not in client.get(at(made, "review/")).text
    assert client.post(at(made, "review/"), {"proposal": "acceptable"}).status_code == 403


def test_a_verdict_after_it_moved_on_is_not_saved_but_shown(people, checked, lead):
    factories.moved(people.lead, checked, "return_by_lead")
    answer = lead.post(at(checked, "review/"), {"proposal": "mend", "seen": checked.content_version})
    assert answer.status_code == 409
    assert "It is now: Returned to the officer." in answer.text
    assert "Your verdict on “The proposal”" in answer.text
    assert "Must be mended" in answer.text
    assert not checked.verdicts.exists()


def test_a_verdict_on_a_content_that_changed_meanwhile_waits_for_another_look(people, checked, lead):
    seen = checked.content_version
    changed = back_and_again(people, checked, aims="Something else altogether")
    answer = lead.post(at(checked, "review/"), {"proposal": "mend", "seen": seen})
    assert answer.status_code == 409
    assert "changed since you opened this page" in answer.text
    assert "Something else altogether" in answer.text
    assert 'value="mend" checked' in answer.text
    assert not checked.verdicts.exists()
    again = answer.context["form"]["seen"].value()
    assert again == changed.content_version
    lead.post(at(checked, "review/"), {"proposal": "mend", "seen": again})
    assert checked.verdicts.get().value == "mend"


@pytest.mark.parametrize(
    ("posted", "error"),
    [
        ({"proposal": "splendid"}, "“The proposal”: choose one of the three verdicts"),
        ({}, "Choose a verdict for at least one section"),
        ({"no-such-section": "mend"}, "Choose a verdict for at least one section"),
        ({"proposal": "\x00"}, "“The proposal”: choose one of the three verdicts"),
    ],
    ids=str,
)
def test_a_verdict_that_is_none_gets_an_error(people, checked, lead, posted, error):
    answer = lead.post(at(checked, "review/"), posted)
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert error in answer.text
    assert not checked.verdicts.exists()


@pytest.mark.parametrize("verdicts", [{"proposal": "splendid"}, {"no-such-section": "mend"}])
def test_the_workflow_takes_no_verdict_that_does_not_exist(people, checked, verdicts):
    with pytest.raises(ValueError, match="Not verdicts"):
        workflow.judge(people.lead, checked.reference, verdicts)


# What the officer sees


def test_the_officer_sees_what_to_mend_and_where(people, checked):
    workflow.judge(people.lead, checked.reference, {"evidence": "better", "actions": "mend", "proposal": "acceptable"})
    made = commented(people, checked)
    resolved = commented(people, checked, text="Well said")
    workflow.resolve(people.lead, resolved.pk)
    factories.moved(people.lead, checked, "return_by_lead")
    context = to_mend(Draft(checked))
    shown = render_to_string("review/_to_mend.html", context)
    assert context["to_mend_count"] == 3
    assert shown.index("Must be mended") < shown.index("Could be better") < shown.index("Who are the pupils")
    for path in ("pages/actions/", "pages/sources/", "pages/proposal/", f"comments/{made.pk}/"):
        assert f'href="{at(checked, path)}"' in shown
    assert "Well said" not in shown
    assert "Acceptable" not in shown


def test_nothing_to_mend_shows_nothing(people):
    context = to_mend(Draft(factories.draft(people.officer)))
    assert context["to_mend_count"] == 0
    assert not render_to_string("review/_to_mend.html", context).strip()


def test_a_page_of_the_wizard_has_its_open_comments_beside_it(people, checked):
    commented(people, checked)
    commented(people, checked, text="Which wards?", page="people", key="who")
    comments = open_comments(checked, "proposal")
    shown = render_to_string("review/_threads.html", {"assessment": checked, "comments": comments})
    assert "Who are the pupils" in shown
    assert "Equality lead" in shown
    assert "Which wards?" not in shown
    assert not render_to_string("review/_threads.html", {"comments": open_comments(checked, "actions")}).strip()


def test_the_reason_for_a_return_starts_with_the_sections_to_mend(people, checked):
    assert suggested_reason(checked) == ""
    workflow.judge(people.lead, checked.reference, {"actions": "mend", "evidence": "mend", "proposal": "better"})
    assert suggested_reason(checked) == "Must be mended:\n\n- Evidence\n- Actions\n\nCould be better:\n\n- The proposal"


def test_an_assessment_that_must_be_mended_does_not_pass(people, checked):
    workflow.judge(people.lead, checked.reference, {"actions": "mend"})
    with pytest.raises(workflow.NotReady):
        workflow.move(people.lead, checked.reference, "pass_check")
    workflow.judge(people.lead, checked.reference, {"actions": "acceptable"})
    assert workflow.move(people.lead, checked.reference, "pass_check").status == "passed"


# How much it asks of the database


def test_the_pages_ask_few_queries_however_much_was_said(people, checked, django_assert_max_num_queries):
    workflow.judge(people.lead, checked.reference, {"evidence": "better", "actions": "mend"})
    pages = [page for section in Draft(checked).document().sections for page in section.pages]
    for page in pages[:10]:
        for number in range(3):
            made = commented(people, checked, page=page.slug, key=page.rows[0].key, text=f"Remark {number}")
            workflow.reply(people.officer, made.pk, REPLIED)
    workflow.resolve(people.lead, made.pk)
    clients = {who: signed_in(getattr(people, who)) for who in ("lead", "approver", "officer", "auditor")}
    for client in clients.values():
        with django_assert_max_num_queries(15):
            assert "Remark 2" in client.get(at(checked, "review/")).text
        with django_assert_max_num_queries(10):
            client.get(at(checked, f"comments/{made.pk}/"))
    with django_assert_max_num_queries(6):
        clients["lead"].get(comment_at(checked))
    factories.moved(people.lead, checked, "return_by_lead")
    with django_assert_max_num_queries(16):
        assert "Remark 2" in clients["officer"].get(at(checked, "review/")).text
    draft = Draft(checked)
    with django_assert_max_num_queries(2):
        render_to_string("review/_to_mend.html", to_mend(draft))
    with django_assert_max_num_queries(1):
        suggested_reason(checked)
    with django_assert_max_num_queries(1):
        render_to_string(
            "review/_threads.html", {"comments": open_comments(checked, "proposal"), "assessment": checked}
        )
