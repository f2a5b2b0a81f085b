"""Comments on answers: made, shown, answered, resolved; with the text that they were made on and the text now."""

import pytest

from assessments import audit, workflow
from assessments.duty.questionnaire import PROSE_LIMIT
from assessments.models import AuditEvent, Comment
from tests import factories
from tests.app.reviewing import REPLIED, SAID, at, back_and_again, comment_at, commented, last_event
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(people):
    """An assessment with the equality lead."""
    return factories.in_status("with-lead", people)


@pytest.fixture
def lead(people):
    return signed_in(people.lead)


# Comments


def test_a_comment_keeps_the_answer_that_it_was_made_on(people, checked, lead):
    page = lead.get(comment_at(checked))
    assert "A paragraph about it." in page.text
    assert "What is the proposal meant to achieve?" in page.text
    answer = lead.post(comment_at(checked), {"text": SAID, "seen": checked.content_version})
    assert answer.url == at(checked, "review/#answer-proposal-aims")
    made = Comment.objects.get()
    assert (made.page, made.key, made.text, made.by) == ("proposal", "aims", SAID, people.lead)
    assert made.said_on == "A paragraph about it.\n\n- one\n- two"
    assert made.version == checked.versions.first().number
    event, payload = last_event()
    assert (event.verb, payload["comment"], payload["page"], payload["key"]) == ("comment", made.pk, "proposal", "aims")
    assert (payload["text"], payload["said_on"]) == (audit.digest(SAID), audit.digest(made.said_on))
    assert SAID not in event.payload
    assert SAID in lead.get(at(checked, "review/")).text


def test_a_comment_on_a_whole_page_keeps_all_its_answers(people, checked, lead):
    assert "Comment on a page" in lead.get(comment_at(checked, key="")).text
    lead.post(comment_at(checked, key=""), {"text": SAID})
    made = Comment.objects.get()
    assert made.said_on.startswith("Title of the proposal\nClose a school\n\n")
    assert "What is the proposal meant to achieve?\nA paragraph about it." in made.said_on


def test_a_comment_on_a_list_of_items_keeps_each_item(people, checked):
    made = commented(people, checked, page="actions", key="actions")
    assert made.said_on.startswith("Action 1\n")
    assert "A line about it" in made.said_on


def test_a_comment_is_shown_under_its_answer_with_names_and_replies(people, checked):
    made = commented(people, checked)
    workflow.reply(people.officer, made.pk, REPLIED)
    page = signed_in(people.officer).get(at(checked, "review/"))
    after = page.text.split('id="answer-proposal-aims"')[1].split("govuk-summary-list__row")[0]
    assert SAID in after
    assert REPLIED in after
    assert "<strong>Lead</strong>, equality lead," in after
    assert "<strong>Officer</strong>, officer," in after
    assert "1 comment is open" in page.text
    assert page.text.count(SAID) == 1


def test_links_to_comment_are_for_those_who_may(people, checked):
    for who, may in [("lead", True), ("approver", True), ("officer", False), ("auditor", False)]:
        client = signed_in(getattr(people, who))
        assert ("Comment on this answer" in client.get(at(checked, "review/")).text) is may
        assert client.get(comment_at(checked)).status_code == (200 if may else 403)
        assert client.post(comment_at(checked), {"text": SAID}).status_code == (302 if may else 403)


def test_a_head_of_service_comments_before_the_equality_lead(people):
    made = factories.in_status("with-head", people)
    assert signed_in(people.approver).post(comment_at(made), {"text": SAID}).status_code == 302
    assert Comment.objects.get().by == people.approver


@pytest.mark.parametrize(
    ("page", "key"), [("no-such-page", "aims"), ("proposal", "no-such-question"), ("", ""), ("advance-sex", "impact")]
)
def test_there_is_nothing_to_comment_on_where_nothing_is_asked(people, checked, lead, page, key):
    assert lead.get(comment_at(checked, page, key)).status_code == 404
    answer = lead.post(comment_at(checked, page, key), {"text": SAID})
    assert answer.status_code == 409
    assert SAID in answer.text
    assert "does not ask this question any more" in answer.text
    with pytest.raises(KeyError):
        workflow.comment(people.lead, checked.reference, page, key, SAID)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_a_comment_without_words_gets_an_error(checked, lead, text):
    answer = lead.post(comment_at(checked), {"text": text})
    assert answer.status_code == 200
    assert "Enter your comment" in answer.text
    assert not Comment.objects.exists()


def test_a_comment_that_is_too_long_gets_an_error_and_stays_in_its_box(checked, lead):
    text = "long " * (PROSE_LIMIT // 5 + 1)
    answer = lead.post(comment_at(checked), {"text": text})
    assert "“Your comment” must be 20,000 characters or fewer." in answer.text
    assert text in answer.text
    assert not Comment.objects.exists()


def test_what_looks_like_a_tag_in_a_comment_is_shown_and_never_obeyed(people, checked, lead):
    commented(people, checked, text="<script>alert(1)</script> {{ settings }}")
    for page in (at(checked, "review/"), at(checked, f"comments/{Comment.objects.get().pk}/")):
        text = lead.get(page).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ settings }}" in text


def test_a_comment_after_it_moved_on_is_not_saved_but_shown(people, checked, lead):
    factories.moved(people.lead, checked, "return_by_lead")
    answer = lead.post(comment_at(checked), {"text": SAID})
    assert answer.status_code == 409
    assert "It is now: Returned to the officer." in answer.text
    assert SAID in answer.text
    assert not Comment.objects.exists()
    with pytest.raises(workflow.Closed):
        commented(people, checked)


def test_a_comment_on_an_answer_that_changed_meanwhile_waits_for_another_look(people, checked, lead):
    seen = checked.content_version
    changed = back_and_again(people, checked, aims="Something else altogether")
    answer = lead.post(comment_at(checked), {"text": SAID, "seen": seen})
    assert answer.status_code == 409
    assert "changed since you opened this page" in answer.text
    assert "Something else altogether" in answer.text
    assert SAID in answer.text
    assert not Comment.objects.exists()
    again = answer.context["form"]["seen"].value()
    lead.post(comment_at(checked), {"text": SAID, "seen": again})
    assert (Comment.objects.get().said_on, again) == ("Something else altogether", changed.content_version)


# Threads


def test_a_thread_shows_what_changed_in_the_answer_word_by_word(people, checked, lead):
    made = commented(people, checked)
    thread = at(checked, f"comments/{made.pk}/")
    assert "what it says now" in lead.get(thread).text
    back_and_again(people, checked, aims="A longer paragraph about it.\n\n- one\n- two")
    page = lead.get(thread).text
    assert "What changed since the comment was made on version 1" in page
    assert '[added: </span><ins>longer</ins><span class="govuk-visually-hidden">]</span> paragraph about it.' in page
    assert "A paragraph about it." in page


def test_a_thread_on_a_question_that_is_not_asked_any_more_keeps_the_old_answer(people, checked, lead):
    made = commented(people, checked, page="advance-age", key="impact")
    factories.moved(people.lead, checked, "return_by_lead")
    factories.save(people.officer, checked, "relevance", age="no")
    page = lead.get(at(checked, f"comments/{made.pk}/")).text
    assert "The assessment does not ask this any more. In version 1 it said:" in page
    assert made.said_on in page
    assert "questions that are not asked any more" in lead.get(at(checked, "review/")).text


def test_those_who_write_it_and_those_who_check_it_reply_until_it_is_finished(people, checked):
    made = commented(people, checked)
    thread = at(checked, f"comments/{made.pk}/")
    for who in ("officer", "approver", "lead"):
        answer = signed_in(getattr(people, who)).post(thread, {"text": f"{REPLIED} {who}"}, follow=True)
        assert "Your reply is saved." in answer.text
        assert f"{REPLIED} {who}" in answer.text
    event, payload = last_event()
    assert (event.verb, payload["comment"]) == ("reply", made.pk)
    assert payload["text"] == audit.digest(f"{REPLIED} lead")
    assert REPLIED not in event.payload
    for who in ("auditor", "administrator"):
        client = signed_in(getattr(people, who))
        assert "Your reply" not in client.get(thread).text
        assert client.post(thread, {"text": REPLIED}).status_code == 403
    factories.moved(people.officer, checked, "withdraw")
    answer = signed_in(people.officer).post(thread, {"text": "One more word"})
    assert answer.status_code == 409
    assert "It is now: Withdrawn." in answer.text
    assert "One more word" in answer.text
    assert made.replies.count() == 3


@pytest.mark.parametrize(("text", "error"), [(" ", "Enter your reply"), ("x" * (PROSE_LIMIT + 1), "20,000 characters")])
def test_a_reply_needs_words_and_not_too_many(people, checked, lead, text, error):
    made = commented(people, checked)
    answer = lead.post(at(checked, f"comments/{made.pk}/"), {"text": text})
    assert error in answer.text
    assert not made.replies.exists()


def test_comments_are_not_for_colleagues_who_neither_write_nor_check(people, checked):
    made = commented(people, checked)
    for path in ("review/", f"comments/{made.pk}/"):
        assert signed_in(people.colleague).get(at(checked, path)).status_code == 403
        assert signed_in(people.other_officer).get(at(checked, path)).status_code == 404
    assert signed_in(people.colleague).post(at(checked, f"comments/{made.pk}/resolve/")).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.reply(people.colleague, made.pk, REPLIED)
    with pytest.raises(checked.DoesNotExist):
        workflow.reply(people.other_officer, made.pk, REPLIED)


def test_a_thread_stands_under_its_own_assessment_alone(people, checked, lead):
    made = commented(people, checked)
    reply = workflow.reply(people.officer, made.pk, REPLIED)
    other = factories.in_status("with-lead", people, "Open a school")
    for path in (
        at(other, f"comments/{made.pk}/"),
        at(checked, f"comments/{reply.pk}/"),
        at(checked, f"comments/{9**30}/"),
    ):
        assert lead.get(path).status_code == 404, path
        assert lead.post(path, {"text": REPLIED}).status_code == 404, path
        assert lead.post(f"{path}resolve/").status_code == 404, path
    with pytest.raises(Comment.DoesNotExist):
        workflow.reply(people.lead, reply.pk, REPLIED)


def test_a_comment_is_resolved_once_and_can_be_opened_again(people, checked, lead):
    made = commented(people, checked)
    thread = at(checked, f"comments/{made.pk}/")
    assert "Resolve this comment" in lead.get(thread).text
    events = AuditEvent.objects.count()
    for _ in range(2):
        answer = lead.post(f"{thread}resolve/", follow=True)
        assert "The comment is resolved." in answer.text
    assert AuditEvent.objects.count() == events + 1
    made.refresh_from_db()
    assert (made.resolved_by, last_event()[0].verb) == (people.lead, "resolve")
    assert "No comment is open." in lead.get(at(checked, "review/")).text
    for _ in range(2):
        assert "The comment is open again." in lead.post(f"{thread}open/", follow=True).text
    assert AuditEvent.objects.count() == events + 2
    made.refresh_from_db()
    assert (made.resolved_by, made.resolved_at, last_event()[0].verb) == (None, None, "unresolve")
    assert lead.get(f"{thread}resolve/").status_code == 405


def test_a_comment_is_resolved_by_whoever_made_it_or_by_the_equality_lead(people, checked):
    made = workflow.comment(people.approver, checked.reference, "proposal", "aims", SAID)
    thread = at(checked, f"comments/{made.pk}/")
    for who, status in [("officer", 403), ("auditor", 403), ("approver", 302), ("lead", 302)]:
        client = signed_in(getattr(people, who))
        assert ("Resolve this comment" in client.get(thread).text) is (status == 302 and not made.resolved_at), who
        assert client.post(f"{thread}resolve/").status_code == status, who
        made.refresh_from_db()


def test_a_comment_is_not_resolved_once_the_assessment_is_over(people, checked, lead):
    made = commented(people, checked)
    factories.moved(people.officer, checked, "withdraw")
    answer = lead.post(at(checked, f"comments/{made.pk}/resolve/"))
    assert answer.url == checked.get_absolute_url()
    made.refresh_from_db()
    assert made.resolved_at is None
