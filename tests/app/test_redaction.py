"""A passage is taken out wherever it stands, and nothing else changes but what says that it was."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, models
from django_tasks_db.models import DBTaskResult

from assessments import audit, tasks, workflow, written
from assessments.duty.decision import Decision
from assessments.duty.document import Facts
from assessments.duty.questionnaire import TEXT_LIMIT
from assessments.duty.questions import Kind
from assessments.models import Assessment, DecisionRecord, ReportFile
from assessments.passage import Passage, Tally
from assessments.reports import files
from assessments.workflow import redaction
from assessments.workflow.decision import stamp
from tests import factories
from tests.app import kept
from tests.app.redacting import MARK, NAME, about, decided_about, redact, submitted_about
from tests.app.test_locking import at_once
from tests.app.writing import answers, post, signed_in, stored, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(people):
    """With the head of service: one version, in which the name stands."""
    return submitted_about(people)


# Everywhere

NOT_WORDS = {
    "Action": {"key"},
    "Assessment": {
        "reference",
        "rule_set",
        "questionnaire_version",
        "local_characteristics",  # the council's own list
        "legal_hold",  # nothing is taken out while it says anything
        "search_text",  # written anew
    },
    "AuditEvent": {"actor_label", "verb", "payload", "previous_hash", "hash"},  # nobody can rewrite it
    "Comment": {"page", "key"},
    "DecisionMaker": {"key"},
    "Impact": {"characteristic", "limb"},
    "KnowledgeGap": {"key", "characteristics"},
    "Move": {"name", "before", "after"},
    "Override": {"page"},
    "PageAnswers": {"page", "carried_from"},
    "ReportFile": {"digest", "document_json"},  # deleted whole
    "Verdict": {"section"},
    "Version": {"reason", "digest", "document_json"},  # the last is looked at by itself
}
"""The text columns, by model, in which nobody's own words stand, or with which something else happens."""


def text_columns(model):
    texts = (models.CharField, models.TextField, models.JSONField)
    return {each.name for each in model._meta.concrete_fields if isinstance(each, texts) and not each.choices}


def models_of_an_assessment():
    found = [Assessment]
    for model in apps.get_app_config("assessments").get_models():
        fields = [each for each in model._meta.concrete_fields if each.related_model is Assessment]
        if fields and model is not Assessment and not model._meta.auto_created:
            found.append(model)
    return found


def looked_at():
    """The columns that redaction looks at, by model."""
    found = {"Assessment": set(redaction.OWN), "PageAnswers": {"answers", "typed"}}
    found["DecisionRecord"] = set(written.DECISION)
    for name, (_, columns) in redaction.ROWS.items():
        found[Assessment._meta.get_field(name).related_model.__name__] = set(columns)
    return found


def test_every_column_that_can_hold_words_is_looked_at():
    seen = looked_at()
    for model in models_of_an_assessment():
        name = model.__name__
        assert text_columns(model) == seen.get(name, set()) | NOT_WORDS.get(name, set()), name


def test_every_part_of_a_document_is_known_to_hold_words_or_not():
    """A new fact has to be put on one side or the other."""
    ours = {
        "reference",
        "council",
        "council_address",
        "council_phone",
        "council_email",
        "status",
        "status_label",
        "version",
        "rule_set",
        "questionnaire_version",
        "directorate",
        "service",
        "started",
        "frozen",
        "audit_head",
        "retention_years",
        "small_number",
        "small_number_sensitive",
        "is_example",
        "rule_set_label",
        "is_retrospective",
        "supersedes",
        "carried_from",
        "disposed",
    }
    assert set(Facts.__dataclass_fields__) == ours | set(written.FACTS)
    plain = {
        "meets_on",
        "supplied_version",
        "supplied_digest",
        "supplied_on",
        "supplied_how",
        "carries_section_149",
        "decided_on",
        "decided",
        "same_scope",
        "same_dates",
        "same_options",
        "makers",
    }
    assert set(Decision.__dataclass_fields__) == plain | set(written.DECISION)


def plant_everywhere(assessment, name=NAME):
    """The name in every column of its rows that can hold words, besides."""
    for model in models_of_an_assessment():
        where = {"pk": assessment.pk} if model is Assessment else {"assessment": assessment}
        columns = looked_at().get(model.__name__, set()) - {"answers", "typed"}
        if columns:
            assert model.objects.filter(**where).exists(), model
            model.objects.filter(**where).update(**dict.fromkeys(columns, f"{name}, and more"))
    for page in assessment.pages.all():
        page.typed = {f"{page.page}-any": [f"{name} in a box"], "any-0-id": ["0a1b2c"]}
        page.save()
    report = files.wanted(assessment, assessment.versions.first().document)
    report.file.save("report.pdf", ContentFile(f"About {name}".encode()))
    assessment.refresh_from_db()


def test_a_passage_is_nowhere_afterwards(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):  # which puts e-mail into the database
        made = decided_about(people)
    plant_everywhere(made)
    factories.save(people.other_officer, factories.draft(people.other_officer), "people", who="Somebody else")
    before = kept.where(NAME)
    assert {"report.pdf", "assessments_version", DBTaskResult._meta.db_table} <= before
    tables = {each._meta.db_table for each in models_of_an_assessment() if each.__name__ in looked_at()}
    assert tables <= before
    index = {"assessments_search_data"} if connection.vendor == "sqlite" else set()
    assert kept.where("wingliana") >= before | index
    with django_capture_on_commit_callbacks(execute=True):
        redact(people, made)
    assert kept.where(NAME) == set()
    assert kept.where("wingliana") == set()
    assert audit.first_wrong() is None
    assert {each.redactions for each in made.versions.all()} == {1}


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.PROSE])
def test_everything_else_on_a_page_stays(people, kind):
    made = factories.complete(people.officer, factories.draft(people.officer))
    before = {page.page: page.answers for page in made.pages.all()}
    key = {Kind.TEXT: "team", Kind.PROSE: "people"}[kind]
    question = next(each for each in made.questionnaire.pages[key].questions if each.kind is kind)
    factories.save(people.officer, made, key, **{question.key: f"Ask {NAME}, and then {NAME}."})
    redact(people, made)
    after = {page.page: page.answers for page in made.pages.all()}
    assert after.pop(key) == {**before.pop(key), question.key: f"Ask {MARK}, and then {MARK}."}
    assert after == before


# What is never touched


def test_choices_ids_dates_and_keys_stay(people):
    """Each is a word that somebody also wrote."""
    made = factories.complete(people.officer, factories.draft(people.officer))
    item = {"id": "abcdef", "title": "A survey of abcdef and 2025-04-01", "dated": "2025-04-01"}
    factories.save(people.officer, made, "sources", sources=[item])
    factories.save(people.officer, made, "evidence-age", know="See abcdef.", evidence=["abcdef"])
    factories.moved(people.officer, made, "submit")
    for passage in ("abcdef", "2025-04-01"):
        redact(people, made, passage)
    assert answers(made, "sources")["sources"] == [
        {"id": "abcdef", "title": f"A survey of {MARK} and {MARK}", "dated": "2025-04-01"}
    ]
    assert answers(made, "evidence-age") == {
        **answers(made, "evidence-age"),
        "know": f"See {MARK}.",
        "evidence": ["abcdef"],
    }
    document = made.versions.get().document
    sources = next(page for section in document.sections for page in section.pages if page.slug == "sources")
    assert sources.rows[0].items[0].id == "abcdef"
    evidence = next(page for section in document.sections for page in section.pages if page.slug == "evidence-age")
    assert [row.entries for row in evidence.rows if row.key == "evidence"] == [(f"A survey of {MARK} and {MARK}",)]


@pytest.mark.parametrize(
    "passage", ["Negative", "negative", "Age", "gender-reassignment", "Yes", "CARERS", "and", "The", "people affected"]
)
def test_a_word_of_the_questions_is_refused(people, frozen, passage):
    with pytest.raises(workflow.Unfit, match="questions themselves say that too"):
        redact(people, frozen, passage)


def test_a_passage_that_stands_all_over_is_refused(people):
    made = factories.draft(people.officer)
    factories.save(people.officer, made, "people", who="Many quaggas. " * 250)
    with pytest.raises(workflow.Unfit, match="250 places"):
        redact(people, made, "quaggas")


def test_what_was_chosen_in_a_page_that_waits_to_be_mended_stays(people):
    made, client = factories.draft(people.officer), signed_in(people.officer)
    given = {"title": "Move the bus", "service": str(made.service_id), "type": "nonsense", "what": f"Ask {NAME}"}
    post(client, made, "proposal", action="save", **given)
    assert stored(made, "proposal").typed["proposal-type"] == ["nonsense"]
    with pytest.raises(workflow.Unfit, match="nowhere"):
        redact(people, made, "nonsense")
    redact(people, made)
    typed = stored(made, "proposal").typed
    assert (typed["proposal-what"], typed["proposal-type"]) == ([f"Ask {MARK}"], ["nonsense"])


# What hangs on the answers


def test_columns_and_search_follow(people):
    made = factories.draft(people.officer, f"A house for {NAME}")
    factories.save(people.officer, made, "decision", body=f"{NAME} and others", round="Budget")
    items = [{"id": "a", "what": f"Write to {NAME}", "owner": NAME}]
    factories.save(people.officer, made, "actions", actions=items)
    client = signed_in(people.officer)
    assert made.reference in client.get("/register/", {"q": "zwingliana"}).text
    redact(people, made)
    made.refresh_from_db()
    assert (made.title, made.decision_body) == (f"A house for {MARK}", f"{MARK} and others")
    assert made.actions.get().owner == MARK
    assert made.reference not in client.get("/register/", {"q": "zwingliana"}).text
    assert made.reference in client.get("/register/", {"q": "redacted house"}).text


def test_a_line_stays_as_long_as_its_column(people):
    title = f"{'x' * (TEXT_LIMIT - 4)} Ada"
    made = factories.draft(people.officer, title)
    redact(people, made, " Ada")
    made.refresh_from_db()
    assert len(made.title) == len(answers(made, "proposal")["title"]) == TEXT_LIMIT
    factories.save(people.officer, made, "proposal", change="new")


def test_of_an_address_nothing_stays(people):
    made = factories.in_status("supplied", people)
    redact(people, made, "chair@test.example")
    assert made.decision_makers.get().email == ""


def test_whoever_has_the_page_open_does_not_write_over_it(people):
    made, client = factories.draft(people.officer), signed_in(people.officer)
    factories.save(people.officer, made, "people", who=about())
    seen = version(made, "people")
    redact(people, made)
    answer = post(client, made, "people", started_from=seen, who=f"{about()} and so on")
    assert answer.status_code == 409
    assert "Administrator saved this page while you were writing" in answer.text
    assert answers(made, "people")["who"].startswith(f"We spoke to {MARK}")


def test_whoever_has_the_decision_open_does_not_write_over_it(people):
    made = factories.in_status("supplied", people)
    workflow.record_decision(people.officer, made.reference, {"weighed": about()})
    seen = stamp(DecisionRecord.objects.get())
    redact(people, made)
    with pytest.raises(workflow.Conflict):
        workflow.record_decision(people.officer, made.reference, {"weighed": about()}, seen)


def test_reports_on_file_go_with_their_files(people, frozen, settings, django_capture_on_commit_callbacks):
    report = files.wanted(frozen, frozen.versions.get().document)
    report.file.save("report.pdf", ContentFile(NAME.encode()))
    other = factories.in_status("with-head", people)
    stays = files.wanted(other, other.versions.get().document)
    stays.file.save("other.pdf", ContentFile(b"Other"))
    with django_capture_on_commit_callbacks(execute=True):
        redact(people, frozen)
    assert list(ReportFile.objects.all()) == [stays]
    assert [each.name for each in settings.MEDIA_ROOT.rglob("*.pdf")] == ["other.pdf"]
    anew = files.wanted(frozen, frozen.versions.get().document)
    assert NAME not in anew.document_json


def test_a_report_that_is_being_made_meanwhile_is_not_kept(people, frozen, monkeypatch):
    report = files.wanted(frozen, frozen.versions.get().document)

    def slowly(document):
        redact(people, frozen)
        return f"About {NAME}".encode()

    monkeypatch.setattr(tasks, "to_pdf", slowly)
    tasks.make_report.func(report.pk)
    assert kept.where(NAME) == set()


def test_the_report_can_be_made_anew(people, frozen):
    redact(people, frozen)
    report = files.wanted(frozen, frozen.versions.get().document)
    tasks.make_report.func(report.pk)
    report.refresh_from_db()
    assert report.state == "ready"
    assert NAME not in report.document_json


# The passage by itself


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ada Byron", "*"),
        ("Ada\n  Byron", "*"),
        ("Ada\u00a0Byron", "*"),
        ("ada byron", "ada byron"),
        ("AdaByron", "AdaByron"),
        ("XAda ByronX", "X*X"),
        ("“A talk with Ada By…” and", "“A talk with *…” and"),
        ("“A talk with Ada Byron…” and", "“A talk with *…” and"),
        ("“A talk with Ad…” and", "“A talk with Ad…” and"),
        ("An ellipsis… Ada By", "An ellipsis… Ada By"),
    ],
)
def test_what_counts_as_the_passage(text, left):
    passage, tally = Passage("Ada Byron"), Tally()
    assert passage.take_out(text, "*") == left
    assert passage.note(text, tally) == text
    assert tally.count == (left != text)
    assert passage.stands_in(text) == (left != text)


# At the same moment, on a database that commits


def test_whoever_saves_at_the_same_moment_does_not_bring_it_back(transactional_db, council, people):
    made = factories.draft(people.officer)
    pages = {"people": "who", "outcome": "monitor", "together": "cumulative"}
    for page, key in pages.items():
        factories.save(people.officer, made, page, **{key: about()})

    def work(number: int):
        if number == 0:
            return redact(people, made)
        page, key = list(pages.items())[number - 1]
        with workflow.editing(people.officer, made.reference) as edited:
            return edited.save(page, {key: f"{about()} and more"}, None, started_from=1)

    redacted, *saved = at_once(4, work)
    assert redacted.counts["Answers"] == 3
    for page, outcome in zip(pages, saved, strict=True):
        assert isinstance(outcome, workflow.Conflict) or answers(made, page)[pages[page]].endswith("and more")
    assert kept.where(NAME) == set()
    assert audit.first_wrong() is None
