"""The decision on record: what was supplied, what was decided, who may write it down, what was published."""

import json
from datetime import date, timedelta

import pytest

from assessments import audit, clock, links, workflow
from assessments.duty.lifecycle import Status
from assessments.models import Assessment, AuditEvent, DecisionMaker, DecisionRecord
from tests import factories
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

WEIGHED = "Members set the longer journeys against the savings, and asked for a bus."
LINK = "https://council.example/cabinet/item-7"


def address(assessment, page=""):
    return f"/assessments/{assessment.reference}/decision/{page}"


def typed(**given):
    """Fields as a browser posts them: a date in three boxes."""
    data = {}
    for name, value in given.items():
        if isinstance(value, date):
            data |= {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}
        else:
            data[name] = value
    return data


def hidden(page, name):
    """What a form on a page carries along unseen."""
    return page.context["form"][name].value() or ""


def post_record(client, assessment, seen=None, **given):
    """The form of the record as somebody fills it in who has just opened it."""
    page = client.get(address(assessment, "record/"))
    begun = {"body": "Cabinet", "seen": hidden(page, "seen") if seen is None else seen}
    return client.post(address(assessment, "record/"), typed(**begun | given))


def supplying(assessment, **given):
    """The form that says what was supplied, filled in as it should be."""
    approved, record = links.approved_version(assessment), DecisionRecord.objects.filter(assessment=assessment).first()
    return typed(
        **{
            "version": approved.digest if approved else "",
            "seen": record.updated_at.isoformat() if record else "",
            "body": "Cabinet",
            "meets_on": clock.today() + timedelta(days=5),
            "supplied_on": clock.today(),
            "supplied_how": "attached",
            "report_reference": "Item 7",
            "report_link": LINK,
            "carries_section_149": "True",
        }
        | given
    )


def reopened(people, assessment):
    """The assessment, opened for change after its approval and approved again."""
    return approved_again(people, factories.moved(people.officer, assessment, "reopen"))


def approved_again(people, assessment):
    """What was opened for change, approved."""
    for who, name in (("officer", "submit"), ("approver", "forward"), ("lead", "pass_check"), ("approver", "approve")):
        assessment = factories.moved(getattr(people, who), assessment, name)
    return assessment


def last_event():
    return AuditEvent.objects.order_by("sequence").last()


def fresh(assessment):
    return Assessment.objects.get(pk=assessment.pk)


# The record


def test_the_decision_is_written_down_and_leads_to_the_move_that_makes_it_final(people):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    answer = post_record(
        officer,
        made,
        decided="changed",
        decided_on=clock.today(),
        minute_reference="Minute 47",
        same_scope="True",
        same_dates="False",
        differences="It starts a term later.",
        weighed=WEIGHED,
    )
    assert answer.url == f"/assessments/{made.reference}/moves/decide/"
    record = made.decision
    assert (record.decided, record.decided_on, record.minute_reference) == ("changed", clock.today(), "Minute 47")
    assert (record.same_scope, record.same_dates, record.same_options) == (True, False, None)
    assert record.weighed == WEIGHED
    page = officer.get(address(made)).text
    for shown in ("Agreed with changes. Minute: Minute 47", "Dates: not the same", "It starts a term later.", WEIGHED):
        assert shown in page


def test_half_a_record_is_saved_and_nothing_else_is_asked_for(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    answer = post_record(officer, made, weighed=WEIGHED)
    assert answer.url == address(made)
    assert made.decision.weighed == WEIGHED
    assert made.decision.decided == ""
    assert "Make the decision final" not in officer.get(address(made)).text


def test_nothing_is_said_of_a_decision_that_nobody_recorded(people):
    made = factories.in_status("approved", people)
    text = signed_in(people.auditor).get(address(made)).text
    assert text.count("Not recorded yet") == 5
    assert "not the same" not in text
    assert "No version is recorded as supplied." in text
    assert "Planned for" not in text


def test_what_was_assessed_is_what_the_approved_version_says(people):
    made = factories.in_status("approved", people)
    text = signed_in(people.auditor).get(address(made)).text.partition('id="compared"')[2]
    for shown in ("A line about it", "5 March 2027", "No major change", "<p>A paragraph about it.</p>"):
        assert shown in text
    # Alternatives are asked for only where the proposal goes on despite harm: an answer left over does not count.
    assert text.count("<p>A paragraph about it.</p>") == 1


def test_the_form_begins_with_what_the_assessment_says(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    page = officer.get(address(made, "record/"))
    assert page.context["form"].initial["body"] == made.decision_body == "A line about it"
    assert page.context["form"].initial["meets_on"] == made.decision_date
    assert "What was assessed" in page.text
    post_record(officer, made, body="Full Council")
    assert 'value="Full Council"' in officer.get(address(made, "record/")).text


def test_what_is_written_is_in_the_trail_as_digests_and_the_same_again_is_not(people):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    given = {"decided": "agreed", "decided_on": clock.today(), "weighed": WEIGHED, "same_scope": "True"}
    post_record(officer, made, **given)
    event = last_event()
    assert (event.verb, event.actor, event.assessment) == ("record-decision", people.officer, made)
    payload = json.loads(event.payload)
    assert payload["weighed"] == audit.digest(WEIGHED)
    assert WEIGHED not in event.payload
    assert (payload["decided"], payload["decided_on"]) == ("agreed", clock.today().isoformat())
    post_record(officer, made, **given)
    assert last_event() == event
    assert audit.first_wrong() is None


def test_two_at_once_lose_nothing(people):
    made = factories.in_status("approved", people)
    officer, lead = signed_in(people.officer), signed_in(people.lead)
    seen = hidden(lead.get(address(made, "record/")), "seen")
    post_record(officer, made, decided="refused", weighed="The officer's words")
    answer = post_record(lead, made, seen=seen, decided="agreed", weighed="The lead's words")
    assert answer.status_code == 409
    assert "Somebody else saved the record since you opened this page." in answer.text
    assert "The lead&#x27;s words" in answer.text
    shown = dict(answer.context["saved_now"])
    assert shown["How were the findings weighed?"] == "The officer's words"
    assert shown["What was decided?"] == "Not agreed"
    assert "Who decides?" not in shown
    made.decision.refresh_from_db()
    assert made.decision.weighed == "The officer's words"
    post_record(lead, made, seen=hidden(answer, "seen"), decided="agreed", weighed="Both")
    made.decision.refresh_from_db()
    assert (made.decision.decided, made.decision.weighed) == ("agreed", "Both")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"decided_on": date(2999, 1, 1)}, "The day on which it was decided must be today or in the past"),
        ({"decided_on_0": "31", "decided_on_1": "2", "decided_on_2": "2026"}, "must be a real date"),
        ({"meets_on_0": "3"}, "The day of the decision must include a month and year"),
        ({"body": ""}, "Enter who decides"),
        ({"report_link": "javascript:alert(1)"}, "Enter a web address that starts with https://"),
        ({"report_link": "ftp://council.example/x"}, "Enter a web address that starts with https://"),
        ({"report_link": f"https://council.example/{'x' * 500}"}, "must have 500 characters or fewer"),
        ({"decided": "perhaps"}, "Select a valid choice"),
        ({"same_scope": "maybe"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_has_its_error_and_keeps_what_was_typed(people, given, error):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    answer = post_record(officer, made, **{"weighed": WEIGHED} | given)
    assert answer.status_code == 200
    assert error in answer.text
    assert WEIGHED in answer.text
    assert not DecisionRecord.objects.exists()


def test_a_link_without_its_scheme_is_completed(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    post_record(officer, made, report_link="council.example/cabinet")
    assert made.decision.report_link == "https://council.example/cabinet"


# Who may, and when


@pytest.mark.parametrize("status", ["draft", "with-head", "with-lead", "returned", "passed"])
def test_a_decision_before_the_approval_is_refused_and_the_attempt_is_in_the_trail(people, status):
    made, officer = factories.in_status(status, people), signed_in(people.officer)
    for page, given in (
        ("record/", typed(body="Cabinet", decided="agreed", decided_on=clock.today())),
        ("supply/", supplying(made)),
        ("invite/", {"role": "Leader", "email": "leader@test.example"}),
    ):
        assert officer.get(address(made, page)).url == address(made)
        before = AuditEvent.objects.count()
        answer = officer.post(address(made, page), given, follow=True)
        assert "Nothing was recorded: a decision can be recorded once the assessment is approved." in answer.text
        assert (last_event().verb, last_event().actor) == ("refused", people.officer)
        assert AuditEvent.objects.count() == before + 1
    assert fresh(made).state == status
    assert not DecisionRecord.objects.exists()
    assert not DecisionMaker.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "other_officer", "other_approver", "auditor", "administrator"])
def test_others_may_read_the_decision_and_not_write_it(people, who):
    made, other = factories.in_status("supplied", people), signed_in(getattr(people, who))
    (maker,) = made.decision_makers.all()
    page = other.get(address(made))
    assert page.status_code == 200
    assert maker.role in page.text
    assert maker.email not in page.text
    assert "<form" not in page.content.decode().partition("<main")[2]
    for path in ("record/", "supply/", "publish/", "end-review/", "invite/"):
        assert other.get(address(made, path)).status_code == 403
    for path, given in (
        ("record/", typed(body="Cabinet")),
        ("supply/", supplying(made)),
        ("invite/", {"role": "Leader", "email": "leader@test.example"}),
        (f"makers/{maker.pk}/send/", {}),
        (f"makers/{maker.pk}/remove/", {}),
        ("publish/", typed(published_on=clock.today(), published_link=LINK)),
    ):
        events = AuditEvent.objects.count()
        assert other.post(address(made, path), given).status_code == 403
        assert AuditEvent.objects.count() == events + (path != "publish/")
    assert fresh(made).state is Status.SUPPLIED


@pytest.mark.parametrize("who", ["officer", "approver", "lead"])
def test_those_who_write_or_oversee_it_may_record_the_decision(people, who):
    made = factories.in_status("approved", people)
    assert post_record(signed_in(getattr(people, who)), made).status_code == 302
    assert made.decision.body == "Cabinet"


def test_what_a_person_may_not_see_does_not_exist(people):
    made, other = factories.in_status("draft", people), signed_in(people.other_officer)
    for page in ("", "record/", "supply/", "publish/", "end-review/", "invite/"):
        assert other.get(address(made, page)).status_code == 404
    for page in ("makers/1/send/", "makers/1/remove/"):
        assert other.post(address(made, page)).status_code == 404


def test_once_decided_the_record_is_closed(people):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    opened = officer.get(address(made, "record/"))
    factories.decided(people, made)
    events = AuditEvent.objects.count()
    given = typed(body="Another", seen=hidden(opened, "seen"))
    answer = officer.post(address(made, "record/"), given, follow=True)
    assert "Nothing was recorded: it has moved on meanwhile. It is now: Decided." in answer.text
    made.decision.refresh_from_db()
    assert made.decision.body == "Cabinet"
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.DRAFT])
def test_the_page_is_there_in_every_state(people, status):
    made = factories.in_status(status, people)
    for who in (people.officer, people.approver, people.lead, people.auditor):
        assert signed_in(who).get(address(made)).status_code == 200


def test_a_decision_that_came_before_the_approval_is_marked_for_all_to_see(people):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    assert "Retrospective" not in officer.get(address(made)).text
    yesterday = clock.today() - timedelta(days=1)
    post_record(officer, made, decided="agreed", decided_on=yesterday)
    assert '<p class="app-retrospective__mark">Retrospective</p>' in officer.get(address(made)).text
    factories.overridden(people.lead, made)
    factories.moved(people.officer, made, "decide")
    assert fresh(made).is_retrospective
    assert '<p class="app-retrospective__mark">Retrospective</p>' in signed_in(people.auditor).get(address(made)).text


def test_what_stands_in_the_way_is_shown_to_those_who_record_it(people):
    made = factories.in_status("approved", people)
    assert (
        "Record which version was supplied with the report, and when."
        in signed_in(people.officer).get(address(made)).text
    )
    assert "Record which version was supplied" not in signed_in(people.auditor).get(address(made)).text


# What was supplied


def test_the_approved_version_is_recorded_as_supplied(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    approved = made.versions.first()
    assert f"version {approved.number}</a>, the one that was approved" in officer.get(address(made, "supply/")).text
    answer = officer.post(address(made, "supply/"), supplying(made))
    assert answer.url == address(made)
    made = fresh(made)
    assert made.state is Status.SUPPLIED
    record = made.decision
    assert (record.supplied_version, record.supplied_on, record.supplied_how) == (approved, clock.today(), "attached")
    assert (record.carries_section_149, record.report_link) == (True, LINK)
    verbs = [event.verb for event in AuditEvent.objects.order_by("-sequence")[:2]]
    assert verbs == ["supply", "record-decision"]
    payload = json.loads(AuditEvent.objects.filter(verb="record-decision").last().payload)
    assert payload["supplied_version"] == {"number": approved.number, "digest": approved.digest}
    page = officer.get(address(made)).text
    assert approved.digest in page
    assert f'href="{LINK}"' in page


def test_the_general_page_of_moves_leads_to_the_forms_of_this_one(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    assert officer.get(f"/assessments/{made.reference}/moves/supply/").url == address(made, "supply/")


def test_a_version_that_is_not_the_approved_one_cannot_be_supplied(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    given = supplying(made)
    made = reopened(people, made)
    answer = officer.post(address(made, "supply/"), given, follow=True)
    assert "Nothing was recorded: it has moved on meanwhile." in answer.text
    assert fresh(made).state is Status.APPROVED
    assert not DecisionRecord.objects.exists()
    first = made.versions.order_by("number").first()
    with pytest.raises(workflow.Closed):
        workflow.supply(people.officer, made.reference, {"body": "Cabinet"}, first.digest)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"supplied_on": date(2020, 1, 1)}, "The approved version did not exist before"),
        ({"supplied_on": date(2999, 1, 1)}, "The day on which it was supplied must be today or in the past"),
        ({"meets_on": date(2020, 1, 1)}, "The decision is before the day on which it was supplied."),
        ({"supplied_how": ""}, "Choose how it was supplied"),
        ({"carries_section_149": ""}, "Say whether the report sets out section 149"),
        ({"report_reference": ""}, "Enter the reference of the report"),
        ({"report_link": "javascript:alert(1)"}, "Enter a web address that starts with https://"),
    ],
)
def test_what_was_supplied_has_to_make_sense(people, given, error):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    answer = officer.post(address(made, "supply/"), supplying(made, **given))
    assert answer.status_code == 200
    assert error in answer.text
    assert fresh(made).state is Status.APPROVED
    assert not DecisionRecord.objects.exists()


def test_two_who_record_the_supply_at_once(people):
    made = factories.in_status("approved", people)
    officer, lead = signed_in(people.officer), signed_in(people.lead)
    first, second = supplying(made), supplying(made, report_reference="Item 8")
    officer.post(address(made, "supply/"), first)
    assert officer.post(address(made, "supply/"), first).status_code == 302
    answer = lead.post(address(made, "supply/"), second)
    assert dict(answer.context["saved_now"]) == {"Reference of the report": "Item 7"}
    assert made.decision.report_reference == "Item 7"
    assert made.moves.filter(name="supply").count() == 1


def test_what_was_supplied_can_be_corrected_until_the_decision(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    officer.post(address(made, "supply/"), supplying(made, supplied_how="summary"))
    assert "Supply the assessment in full: a summary is not enough." in officer.get(address(made)).text
    assert "Correct what was supplied" in officer.get(address(made)).text
    officer.post(address(made, "supply/"), supplying(fresh(made), supplied_how="linked"))
    assert "a summary is not enough" not in officer.get(address(made)).text
    assert made.moves.filter(name="supply").count() == 1


def test_what_was_supplied_before_it_changed_is_shown_as_another_version(people):
    made = factories.in_status("supplied", people)
    assert "The approved version is another one now." not in signed_in(people.officer).get(address(made)).text
    made = reopened(people, made)
    assert (
        "The approved version is another one now. Supply that one." in signed_in(people.officer).get(address(made)).text
    )


# Publication and review


def test_publication_is_recorded_with_what_was_left_out(people):
    made, officer = factories.in_status("decided", people), signed_in(people.officer)
    given = typed(published_on=clock.today(), published_link=LINK, withheld="Two counts under 5.")
    assert officer.post(address(made, "publish/"), given).url == address(made)
    made = fresh(made)
    assert (made.state, made.published_on, made.published_link) == (Status.PUBLISHED, clock.today(), LINK)
    assert made.moves.first().reason == "Two counts under 5."
    event = AuditEvent.objects.get(verb="record-publication")
    assert json.loads(event.payload) == {"on": clock.today().isoformat(), "link": audit.digest(LINK)}
    page = signed_in(people.auditor).get(address(made)).text
    assert "Two counts under 5." in page
    assert f'href="{LINK}"' in page


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"published_on": date(2020, 1, 1)}, "Give the day on which the assessment was published with it."),
        ({"published_on": date(2999, 1, 1)}, "must be today or in the past"),
        ({"published_link": "javascript:alert(1)"}, "Enter a web address that starts with https://"),
    ],
)
def test_publication_has_to_make_sense(people, given, error):
    made, officer = factories.in_status("decided", people), signed_in(people.officer)
    given = {"published_on": clock.today(), "published_link": LINK, "withheld": "Kept words"} | given
    answer = officer.post(address(made, "publish/"), typed(**given))
    assert error in answer.text
    assert "Kept words" in answer.text
    assert fresh(made).state is Status.DECIDED


def test_what_is_not_decided_cannot_be_published(people):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    given = typed(published_on=clock.today(), published_link=LINK)
    assert officer.get(address(made, "publish/")).url == address(made)
    answer = officer.post(address(made, "publish/"), given, follow=True)
    assert "Nothing was recorded" in answer.text
    made = fresh(made)
    assert (made.state, made.published_on) == (Status.SUPPLIED, None)


def test_what_the_checks_stop_is_not_published_and_what_was_typed_stays(people):
    made, officer = factories.in_status("decided", people), signed_in(people.officer)
    Assessment.objects.filter(pk=made.pk).update(rule_set="scotland")
    answer = officer.post(address(made, "publish/"), typed(published_on=clock.today(), withheld="Kept words"))
    assert "Give the web address at which the assessment was published." in answer.text
    assert "Kept words" in answer.text
    made = fresh(made)
    assert (made.state, made.published_on) == (Status.DECIDED, None)
    assert (last_event().verb, json.loads(last_event().payload)["because"]) == ("refused", [35])


def test_a_review_ends_with_a_reason_and_the_day_of_the_next(people):
    made, officer = factories.in_status("under-review", people), signed_in(people.officer)
    next_review = clock.today() + timedelta(days=365)
    assert officer.get(f"/assessments/{made.reference}/moves/end_review/").url == address(made, "end-review/")
    officer.post(address(made, "end-review/"), typed(reason="The bus is used.", next_review=next_review))
    made = fresh(made)
    assert (made.state, made.review_date) == (Status.PUBLISHED, next_review)
    assert made.moves.first().reason == "The bus is used."
    assert json.loads(last_event().payload) == {"next_review": next_review.isoformat()}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"next_review": date(2020, 1, 1)}, "The next review must be in the future"),
        ({"next_review_0": ""}, "Enter the next review"),
        ({"reason": "  "}, "Say why it stands as it is"),
    ],
)
def test_a_review_cannot_end_without_them(people, given, error):
    made, officer = factories.in_status("under-review", people), signed_in(people.officer)
    given = {"reason": "The bus is used."} | given
    answer = officer.post(address(made, "end-review/"), typed(**given))
    assert error in answer.text
    assert fresh(made).state is Status.UNDER_REVIEW


# Those who decide


def test_those_who_decide_are_invited_by_role(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    given = {"role": "Leader of the Council", "email": "leader@test.example"}
    assert officer.post(address(made, "invite/"), given).url == address(made)
    maker = made.decision_makers.get()
    assert (maker.role, maker.version, maker.sent_by) == (given["role"], made.versions.first(), people.officer)
    page = officer.get(address(made)).text
    assert "Leader of the Council" in page
    assert "leader@test.example" in page
    assert links.token(maker) not in page
    event = last_event()
    assert event.verb == "invite"
    assert given["role"] not in event.payload
    assert given["email"] not in event.payload
    assert json.loads(event.payload)["version"] == maker.version.number


def test_nobody_is_invited_twice(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    for email in ("leader@test.example", "Leader@test.example"):
        answer = officer.post(address(made, "invite/"), {"role": "Leader", "email": email})
    assert "Somebody at that address has a link already." in answer.text
    assert made.decision_makers.count() == 1


@pytest.mark.parametrize("given", [{"role": ""}, {"email": "leader"}, {"email": ""}, {"role": "x" * 201}])
def test_an_invitation_has_to_make_sense(people, given):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    answer = officer.post(address(made, "invite/"), {"role": "Leader", "email": "leader@test.example"} | given)
    assert "There is a problem" in answer.text
    assert not DecisionMaker.objects.exists()


def test_an_invitation_that_was_not_opened_can_be_taken_back(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    maker = workflow.invite(people.officer, made.reference, "Leader", "leader@test.example")
    answer = officer.post(address(made, f"makers/{maker.pk}/remove/"), follow=True)
    assert "The link for “Leader” was taken back." in answer.text
    assert not DecisionMaker.objects.exists()
    assert last_event().verb == "uninvite"
    assert officer.post(address(made, f"makers/{maker.pk}/remove/")).status_code == 404


def test_an_invitation_that_was_opened_cannot_be_taken_back(people):
    made, officer = factories.in_status("approved", people), signed_in(people.officer)
    maker = workflow.invite(people.officer, made.reference, "Leader", "leader@test.example")
    workflow.open_link(links.token(maker))
    assert "Take back" not in officer.get(address(made)).text
    officer.post(address(made, f"makers/{maker.pk}/remove/"))
    assert made.decision_makers.get().opened_at


def test_one_who_has_acknowledged_gets_no_other_link(people):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    maker = made.decision_makers.get()
    assert "New link" not in officer.get(address(made)).text
    officer.post(address(made, f"makers/{maker.pk}/send/"))
    assert made.decision_makers.get().key == maker.key


def test_a_change_after_the_approval_asks_for_new_links(people):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    maker = made.decision_makers.get()
    factories.moved(people.officer, made, "reopen")
    assert "so they have stopped. Send new links when it is approved again." in officer.get(address(made)).text
    made = approved_again(people, made)
    text = officer.get(address(made)).text
    assert "Sent for an earlier version" in text
    assert "What was read then does not count for this version. Send new links." in text
    officer.post(address(made, f"makers/{maker.pk}/send/"))
    again = made.decision_makers.get()
    assert (again.version, again.opened_at, again.acknowledged_at) == (links.approved_version(made), None, None)
    assert again.key != maker.key
    assert "Sent for an earlier version" not in officer.get(address(made)).text


def test_what_was_read_of_an_earlier_version_does_not_count_for_the_decision(people):
    made = reopened(people, factories.in_status("supplied", people))
    workflow.supply(people.officer, made.reference, {"supplied_on": clock.today()}, made.versions.first().digest)
    with pytest.raises(workflow.Blocked) as blocked:
        factories.decided(people, made)
    assert 25 in [each.check for each in blocked.value.findings]


def test_one_who_does_not_decide_on_the_changed_version_can_be_taken_off(people):
    made = factories.in_status("supplied", people)
    maker = made.decision_makers.get()
    made = reopened(people, made)
    signed_in(people.officer).post(address(made, f"makers/{maker.pk}/remove/"))
    assert not made.decision_makers.exists()


def test_the_page_asks_the_database_as_often_for_many_who_decide_as_for_one(
    people, django_assert_max_num_queries, django_assert_num_queries
):
    made, officer = factories.in_status("supplied", people), signed_in(people.officer)
    officer.get(address(made))
    with django_assert_max_num_queries(20) as first:
        officer.get(address(made))
    for number in range(9):
        workflow.invite(people.officer, made.reference, f"Member {number}", f"member{number}@test.example")
    with django_assert_num_queries(len(first)):
        officer.get(address(made))
