"""Signing in and out, passwords, security headers, and setting up the council and its people."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import audit
from assessments.models import AuditEvent, Contact, Council, Directorate, LocalCharacteristic, Service, User, Ward
from psed import __version__
from tests import factories
from tests.app.writing import signed_in

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SIGN_IN = "/accounts/login/"


def sign_in(client, email, password=factories.PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": email, "password": password, **extra})


def is_signed_in(client):
    return client.get("/").status_code == 200


# Signing in and out


def test_signing_in_leads_to_the_start_page(client, people):
    assert sign_in(client, people.officer.email).url == "/"
    assert "Officer" in client.get("/").text


def test_signing_in_leads_to_the_page_that_was_asked_for(client, people):
    asked = client.get("/register/?q=school")
    assert asked.url == f"{SIGN_IN}?next=/register/%3Fq%3Dschool"
    assert sign_in(client, people.officer.email, next="/register/?q=school").url == "/register/?q=school"


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\0"])
def test_signing_in_never_leads_to_another_site(client, people, where):
    assert sign_in(client, people.officer.email, next=where).url == "/"


@pytest.mark.parametrize("email", ["OFFICER@TEST.EXAMPLE", "  officer@test.example  "])
def test_capitals_and_spaces_in_an_address_do_not_matter(client, people, email):
    assert sign_in(client, email).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("officer@test.example", "wrong"),
        ("nobody@test.example", "a-password-for-tests"),
        ("", ""),
        ("officer@test.example\0", "x\0"),
        ("x" * 5000, "y" * 5000),
        ("' OR 1=1 --", "' OR 1=1 --"),
    ],
)
def test_a_wrong_address_or_password_is_refused_with_a_message(client, people, email, password):
    answer = sign_in(client, email, password)
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert not is_signed_in(client)


def test_somebody_who_was_switched_off_cannot_sign_in(client, people):
    people.officer.is_active = False
    people.officer.save()
    assert sign_in(client, people.officer.email).status_code == 200
    assert not is_signed_in(client)


def test_after_ten_failures_the_account_is_locked_for_a_while(client, people, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert sign_in(client, people.officer.email, "wrong").status_code == 200
    locked = sign_in(client, people.officer.email, "wrong")
    assert locked.status_code == 429
    assert "Too many attempts to sign in" in locked.text
    assert "Wait for 15 minutes" in locked.text
    assert sign_in(client, people.officer.email).status_code == 429
    assert sign_in(Client(), people.officer.email.upper()).status_code == 429
    assert not is_signed_in(client)


def test_a_locked_account_locks_nobody_else(client, people, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, people.officer.email, "wrong")
    assert sign_in(client, people.colleague.email).status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.1")
    assert sign_in(elsewhere, people.officer.email).status_code == 302


def test_a_lock_ends_by_itself(client, people, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, people.officer.email, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, people.officer.email).status_code == 302


def test_capitals_do_not_give_more_tries(client, people, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        email = people.officer.email.upper() if number % 2 else people.officer.email
        last = sign_in(client, email, "wrong")
    assert last.status_code == 429


def test_failed_passwords_are_not_kept(client, people):
    sign_in(client, people.officer.email, "my-other-password")
    assert "my-other-password" not in AccessAttempt.objects.get().post_data


def test_signing_in_in_time_forgets_the_failures(client, people, settings):
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            sign_in(client, people.officer.email, "wrong")
        assert sign_in(client, people.officer.email).status_code == 302


def test_signing_out_ends_the_session_and_says_where_to_sign_in(people):
    client = signed_in(people.officer)
    answer = client.post("/accounts/logout/", follow=True)
    assert answer.redirect_chain == [(SIGN_IN, 302)]
    assert not is_signed_in(client)


def test_a_link_cannot_sign_anybody_out(people):
    client = signed_in(people.officer)
    assert client.get("/accounts/logout/").status_code == 405
    assert is_signed_in(client)


# Passwords


def reset_link(client, email):
    answer = client.post("/accounts/password_reset/", {"email": email}, follow=True)
    assert "If we have an account with that address" in answer.text
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1] if mail.outbox else None


@pytest.fixture
def _mail_host(settings):
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.mark.usefixtures("_mail_host")
def test_a_forgotten_password_is_chosen_anew_by_e_mail(client, people):
    link = reset_link(client, people.officer.email.upper())
    assert mail.outbox[0].to == [people.officer.email]
    assert mail.outbox[0].subject == "Choose a new password for equality impact assessments"
    page = client.get(link, follow=True)
    where = page.redirect_chain[-1][0]
    new = {"new_password1": "moss-lantern-42-ferry", "new_password2": "moss-lantern-42-ferry"}
    done = client.post(where, new, follow=True)
    assert "You can now sign in with your new password." in done.text
    assert sign_in(client, people.officer.email).status_code == 200
    assert sign_in(client, people.officer.email, "moss-lantern-42-ferry").status_code == 302
    assert "This link no longer works" in Client().get(link, follow=True).text


@pytest.mark.usefixtures("_mail_host")
def test_an_address_without_an_account_gets_the_same_answer_and_no_mail(client, people):
    assert reset_link(client, "nobody@test.example") is None


@pytest.mark.parametrize(
    ("password", "words"),
    [("short", "at least 12 characters"), ("password1234", "too common"), ("officer@test.example", "too similar")],
)
def test_a_weak_password_is_refused_with_a_reason(people, password, words):
    client = signed_in(people.officer)
    answer = client.post(
        "/accounts/password_change/",
        {"old_password": factories.PASSWORD, "new_password1": password, "new_password2": password},
    )
    assert words in answer.text


def test_a_password_can_be_changed_and_the_session_stays(people):
    client, new = signed_in(people.officer), "moss-lantern-42-ferry"
    posted = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password_change/", posted).url == reverse("password_change_done")
    assert is_signed_in(client)
    people.officer.refresh_from_db()
    assert check_password(new, people.officer.password)


def test_a_changed_password_ends_the_other_sessions(people):
    other, client, new = signed_in(people.officer), signed_in(people.officer), "moss-lantern-42-ferry"
    posted = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    client.post("/accounts/password_change/", posted)
    assert not is_signed_in(other)


# What anybody may see


def test_healthz_answers_with_the_version(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": __version__})


def test_healthz_says_when_the_database_does_not_answer(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr("assessments.views.home.connection.cursor", refuse)
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/", "/cookies/", SIGN_IN, "/accounts/password_reset/"])
def test_some_pages_are_for_everybody(client, council, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Test Council" in answer.text


@pytest.mark.parametrize("path", ["/", "/accessibility/", SIGN_IN, "/nothing-here/", "/healthz"])
def test_pages_work_before_a_council_is_set_up(client, db, path):
    assert client.get(path).status_code in (200, 302, 404)


def test_the_councils_contact_is_shown_where_people_need_it(client, people):
    officer = signed_in(people.officer)
    for answer in (
        client.get(SIGN_IN),
        client.get("/accessibility/"),
        client.get("/privacy/"),
        officer.get("/contacts/"),
        officer.get("/nothing-here/"),
        signed_in(people.auditor).get("/start/"),
    ):
        assert "mailto:equality@test.example" in answer.text
    contacts = officer.get("/contacts/").text
    for each in ("1 Test Street", "01632 960000", "Cohesion team"):
        assert each in contacts


# Headers and cookies


def policy(answer):
    return dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("path", ["/", "/register/", SIGN_IN, "/privacy/", "/nothing-here/", "/setup/", "/healthz"])
def test_every_page_has_the_security_headers(people, path):
    answer = signed_in(people.administrator).get(path)
    found = policy(answer)
    assert found["default-src"] == "'self'"
    assert found["object-src"] == found["frame-ancestors"] == found["base-uri"] == "'none'"
    assert found["form-action"] == "'self'"
    assert "script-src" not in found or found["script-src"] == "'self'"
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(
        answer["Content-Security-Policy"].split()
    )
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_page_has_script_or_style_in_it(people):
    draft = factories.draft(people.officer)
    officer = signed_in(people.officer)
    for path in ("/", "/start/", "/register/", draft.get_absolute_url(), f"{draft.get_absolute_url()}pages/proposal/"):
        text = officer.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text), path


def test_cookies_are_closed_to_scripts_and_other_sites(client, people):
    sign_in(client, people.officer.email)
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["max-age"]) == (True, "Lax", 60 * 60 * 12)
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def run(*arguments, **environment):
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "PSED_VAR", "DATABASE_URL", "HOME")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True
    )


SAFE = {"HTTPS": "1", "SECRET_KEY": "moss-lantern-ferry-" * 5, "ALLOWED_HOSTS": "eia.example.gov.uk"}


def test_the_deployment_check_finds_nothing_with_https():
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO", **SAFE)
    assert "no issues" in done.stdout, done.stderr


def test_https_makes_cookies_secure_and_redirects():
    names = (
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS CSRF_TRUSTED_ORIGINS DEBUG"
    )
    code = f"import json, psed.settings as s; print(json.dumps([getattr(s, n) for n in {names.split()!r}]))"
    safe, local = (json.loads(run("-c", code, **settings).stdout) for settings in (SAFE, {}))
    assert safe == [True, True, True, 31536000, ["https://eia.example.gov.uk"], False]
    assert local == [False, False, False, 0, [], False]


# Setting up


@pytest.fixture
def administrator(people):
    return signed_in(people.administrator)


def last_event():
    event = AuditEvent.objects.order_by("sequence").last()
    return event.verb, event.actor, json.loads(event.payload)


def saved(client, path, **fields):
    """Post a set-up form as it stands, with some fields changed."""
    page = client.get(path)
    form = page.context["adminform"].form
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    data = {key: value for key, value in data.items() if value is not False} | fields
    answer = client.post(path, data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return answer


def test_an_administrator_adds_a_person_who_can_sign_in(administrator, people):
    schools = Service.objects.get(name="Schools")
    saved(
        administrator,
        "/setup/assessments/user/add/",
        email="New.Person@Test.Example",
        name="New Person",
        role="officer",
        service=schools.pk,
        password1="moss-lantern-42-ferry",
        password2="moss-lantern-42-ferry",
    )
    made = User.objects.get(email="new.person@test.example")
    assert sign_in(Client(), "new.person@test.example", "moss-lantern-42-ferry").status_code == 302
    assert last_event() == ("configure-add", people.administrator, {"fields": [], "key": made.pk, "model": "user"})
    assert "moss-lantern" not in AuditEvent.objects.order_by("sequence").last().payload
    assert audit.first_wrong() is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "OFFICER@test.example"}, "already exists"),
        ({"email": "nonsense"}, "valid email address"),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password2": "another-one-entirely"}, "didn’t match"),
        ({"password1": "", "password2": ""}, "required"),
        ({"role": "king"}, "not one of the available choices"),
        ({"service": "999"}, "not one of the available choices"),
    ],
)
def test_a_person_who_does_not_fit_is_not_added(administrator, people, fields, words):
    good = {
        "email": "new@test.example",
        "name": "New Person",
        "role": "officer",
        "password1": "moss-lantern-42-ferry",
        "password2": "moss-lantern-42-ferry",
    }
    count = User.objects.count()
    answer = administrator.post("/setup/assessments/user/add/", {**good, **fields})
    assert answer.status_code == 200
    assert words in answer.text
    assert User.objects.count() == count


def test_an_administrator_changes_a_role_and_the_trail_says_so(administrator, people):
    path = f"/setup/assessments/user/{people.officer.pk}/change/"
    saved(administrator, path, role="auditor", is_active="on")
    people.officer.refresh_from_db()
    assert people.officer.role == "auditor"
    assert last_event() == (
        "configure-change",
        people.administrator,
        {"fields": ["Role"], "key": people.officer.pk, "model": "user"},
    )


def test_the_council_is_changed_there_and_shown_everywhere(administrator, people, client):
    saved(administrator, "/setup/assessments/council/1/change/", name="New Name Council", email="new@test.example")
    assert last_event()[0] == "configure-change"
    assert last_event()[2]["model"] == "council"
    page = client.get(SIGN_IN).text
    assert "New Name Council" in page
    assert "mailto:new@test.example" in page
    draft = factories.draft(people.officer)
    assert "New Name Council" in signed_in(people.officer).get(f"/assessments/{draft.reference}/report/").text


def test_there_is_one_council_and_it_is_never_deleted(administrator):
    assert administrator.get("/setup/assessments/council/add/").status_code == 403
    assert administrator.get("/setup/assessments/council/1/delete/").status_code == 403
    Council.objects.all().delete()
    saved(administrator, "/setup/assessments/council/add/", name="First Council")
    assert Council.objects.get().pk == 1


@pytest.mark.parametrize("model", [User, Directorate, Service, Ward, LocalCharacteristic])
def test_what_assessments_refer_to_is_never_deleted(administrator, model):
    each = model.objects.first()
    path = f"/setup/assessments/{model._meta.model_name}"
    assert administrator.get(f"{path}/{each.pk}/change/").status_code == 200
    assert administrator.post(f"{path}/{each.pk}/delete/", {"post": "yes"}).status_code == 403
    posted = {"action": "delete_selected", "_selected_action": [each.pk], "post": "yes"}
    administrator.post(f"{path}/", posted)
    assert model.objects.filter(pk=each.pk).exists()


def test_a_contact_can_be_deleted_and_the_trail_says_so(administrator):
    contact = Contact.objects.get()
    administrator.post("/setup/assessments/contact/", {"action": "delete_selected", "_selected_action": [contact.pk]})
    assert Contact.objects.exists()
    assert administrator.post(f"/setup/assessments/contact/{contact.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Contact.objects.exists()
    assert last_event()[0] == "configure-delete"


def test_a_service_out_of_use_is_not_offered_but_stays_where_it_was(administrator, people):
    draft = factories.draft(people.officer)
    service = Service.objects.get(name="Schools")
    posted = {"name": "Schools", "directorate": service.directorate_id}
    assert administrator.post(f"/setup/assessments/service/{service.pk}/change/", posted).status_code == 302
    officer = signed_in(people.officer)
    assert ">Schools</option>" not in officer.get("/start/").text
    assert "Schools" in officer.get(f"/assessments/{draft.reference}/report/").text


def test_local_characteristics_are_pinned_when_an_assessment_starts(administrator, people):
    before = factories.draft(people.officer)
    saved(
        administrator, "/setup/assessments/localcharacteristic/add/", slug="veterans", name="Veterans", is_active="on"
    )
    after = factories.draft(people.officer)
    assert [each["slug"] for each in before.local_characteristics] == ["carers"]
    assert {each["slug"] for each in after.local_characteristics} == {"carers", "veterans"}


def test_the_set_up_holds_no_assessments(administrator):
    page = administrator.get("/setup/")
    ours = next(app for app in page.context["app_list"] if app["app_label"] == "assessments")
    names = {model["object_name"] for model in ours["models"]}
    people_and_parts = {"Council", "Contact", "Directorate", "Service", "Ward", "LocalCharacteristic", "User"}
    assert names == people_and_parts | {"Area", "PopulationTable"}
