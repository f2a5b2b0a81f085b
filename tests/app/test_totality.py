"""Every question that is asked reaches every place where its answer is to be read."""

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
import tinyhtml5
from django.urls import reverse

from assessments import permissions, workflow
from assessments.documents import current_document
from assessments.duty import act
from assessments.duty.cited import to_stored
from assessments.duty.document import long_date
from assessments.duty.lifecycle import Status, transitions_from
from assessments.duty.questionnaire import questionnaire
from assessments.duty.questions import Kind
from assessments.duty.rulesets import RULE_SETS, Nation
from assessments.models import Council
from assessments.reports.edition import to_pdf
from tests import factories
from tests.app import writing
from tests.duty.samples import CITED
from tests.pdf import verapdf
from tests.pdf.checks import assert_pdf_ua, text_of

# Answers that make other questions matter.
OPENING = {
    "ai": "yes",
    "ai_drafted": "yes",
    "impact": ["positive", "negative"],
    "outcome": "continue",
    "risks": ["direct", "harassment"],
    "strategic": "yes",
    "substantial": "yes",
}


@dataclass(frozen=True)
class Asked:
    """One question as it was asked: its page, the name of its control, its label, and its answer in words."""

    page: str
    name: str
    label: str
    words: tuple[str, ...]
    is_in_item: bool


class Filling:
    """Gives each question an answer that no other has, as far as its kind allows, and notes how it is to be shown."""

    def __init__(self, draft):
        self.draft = draft
        self.asked: list[Asked] = []

    def page(self, page):
        return {each.key: self.answer(page, each, f"{page.slug}-{each.key}") for each in page.questions}

    def answer(self, page, question, name, is_in_item=False):
        if question.kind is Kind.ITEMS:
            item = {each.key: self.answer(page, each, f"{name}-0-{each.key}", True) for each in question.items}
            return [{"id": "item", **item}]
        stored = self.draft.answers.get(page.slug, {}).get(question.key)
        value, words = self.value(question, stored, len(self.asked))
        self.asked.append(Asked(page.slug, name, question.label, words, is_in_item))
        return value

    def value(self, question, stored, number):
        if question.kind in (Kind.CHOICE, Kind.PICK, Kind.CHOICES):
            labels = self.draft.labels(question)
            chosen = stored or OPENING.get(question.key) or list(labels)[number % len(labels)]
            values = chosen if isinstance(chosen, list) else [chosen]
            return values if question.kind is Kind.CHOICES else chosen, tuple(labels[each] for each in values)
        if question.kind is Kind.DATE:
            day = (date(2030, 1, 1) + timedelta(days=number)).isoformat()
            return day, (long_date(day),)
        if question.kind is Kind.NUMBER:
            return 100_000 + number, (f"{100_000 + number:,}",)
        if question.kind is Kind.FIGURES:
            table = replace(CITED, id=f"t{number}", title=f"answer{number:04}")
            return [to_stored(table)], (table.citation,)
        return f"answer{number:04}", (f"answer{number:04}",)


def filled(officer, screening):
    """A draft with an answer to everything that it is asked, and what it was asked."""
    assessment = factories.draft(officer, "A title to come")
    for slug, answers in screening.items():
        factories.save(officer, assessment, slug, **answers)
    with workflow.editing(officer, assessment.reference) as draft:
        filling = Filling(draft)
        for slug, page in draft.open_pages.items():
            saved = draft.pages.get(slug)
            draft.save(slug, filling.page(page), None, saved.version if saved else 0)
    assessment.refresh_from_db()
    return assessment, filling.asked


@pytest.fixture
def filled_in(people):
    """Drafts that between them are asked every question: one in full, one screened out, one in each other nation."""
    everyone = dict.fromkeys([*(each.slug for each in act.CHARACTERISTICS), "carers"], "yes")
    nobody = dict.fromkeys([limb.slug for limb in act.LIMBS], "no")
    drafts = [
        filled(people.officer, factories.screening(everyone)),
        filled(people.officer, factories.screening({}, nobody)),
    ]
    for nation in (Nation.WALES, Nation.SCOTLAND):
        Council.objects.update(nation=nation)
        drafts.append(filled(people.officer, factories.screening({"age": "yes"})))
    return drafts


@pytest.fixture
def officer(people):
    return writing.signed_in(people.officer)


def lost(asked, text):
    """The questions whose label or answer the text has not, or not as often as it should."""
    text = " ".join(text.replace("•", " ").split())
    pairs = Counter(" ".join([each.label, *each.words]) for each in asked if not each.is_in_item)
    found = {pair for pair, times in pairs.items() if text.count(pair) >= times}
    return [
        each.name
        for each in asked
        if (" ".join([each.label, *each.words]) not in found)
        and not (each.is_in_item and all(words in text for words in (each.label, *each.words)))
    ]


def page_at(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return tinyhtml5.parse(response.content.decode(), namespace_html_elements=False)


def words_at(client, name, *args):
    (main,) = page_at(client, name, *args).iter("main")
    return " ".join(main.itertext())


def filled_controls(root):
    """The names of the controls of a page that hold something or are chosen."""
    found = [each.get("name") for each in root.iter("textarea") if (each.text or "").strip()]
    found += [each.get("name") for each in root.iter("select") if any("selected" in one.attrib for one in each)]
    for each in root.iter("input"):
        is_choice = each.get("type") in ("radio", "checkbox")
        if "checked" in each.attrib if is_choice else each.get("value"):
            found.append((each.get("name") or "").removesuffix("_0"))
    return found


def test_the_drafts_are_asked_every_question_of_every_rule_set(filled_in):
    asked = {(each.page, each.name) for _, found in filled_in for each in found}
    every = set()
    for rules in RULE_SETS.values():
        for page in questionnaire(filled_in[0][0].local, rules).pages.values():
            for question in page.questions:
                name = f"{page.slug}-{question.key}"
                every |= {(page.slug, f"{name}-0-{each.key}") for each in question.items} or {(page.slug, name)}
    assert asked == every


def test_every_question_reaches_its_page_of_the_wizard_with_its_answer(filled_in, officer):
    for assessment, asked in filled_in:
        for slug in dict.fromkeys(each.page for each in asked):
            root = page_at(officer, "page", assessment.reference, slug)
            text = " ".join(" ".join(root.itertext()).split())
            controls = filled_controls(root)
            here = [each for each in asked if each.page == slug]
            assert [each.name for each in here if each.label not in text] == []
            shown = [each.name for each in here if each.name.endswith("-figures") and each.words[0] in text]
            assert [each.name for each in here if each.name not in [*controls, *shown]] == []


def test_every_question_reaches_the_check_page(filled_in, officer):
    for assessment, asked in filled_in:
        assert lost(asked, words_at(officer, "check", assessment.reference)) == []


def test_every_question_reaches_the_html_edition(filled_in, officer):
    for assessment, asked in filled_in:
        assert lost(asked, words_at(officer, "report", assessment.reference)) == []


def test_every_question_reaches_the_pdf_which_both_checkers_pass(filled_in, tmp_path):
    paths = []
    for assessment, asked in filled_in:
        pdf = to_pdf(current_document(assessment))
        assert_pdf_ua(pdf)
        assert lost(asked, text_of(pdf)) == []
        paths.append(tmp_path / f"{assessment.reference}.pdf")
        paths[-1].write_bytes(pdf)
    assert list(verapdf.check(paths).values()) == [[]] * len(paths)


def test_every_question_reaches_the_table_of_answers(filled_in, officer):
    for assessment, asked in filled_in:
        response = officer.get(reverse("answers-csv", args=[assessment.reference]))
        rows = csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")))
        own = [row for row in rows if not row["Item"].startswith("answer")]  # the lines of a table stand under its name
        exported = Counter((row["Page"], row["Question"], row["Answer"]) for row in own)
        titles = {slug: page.title for slug, page in assessment.questionnaire.pages.items()}
        assert exported == Counter((titles[each.page], each.label, "; ".join(each.words)) for each in asked)


def test_every_question_reaches_the_data_in_words_and_as_it_is_stored(filled_in, officer):
    for assessment, asked in filled_in:
        data = officer.get(reverse("answers-json", args=[assessment.reference])).json()
        rows = [
            (page["slug"], row["label"], row["text"] or "; ".join(row["entries"]))
            for section in data["sections"]
            for page in section["pages"]
            for own in page["rows"]
            for row in [own, *(each for item in own["items"] for each in item["rows"])]
            if not own["items"] or row is not own
        ]
        assert Counter(rows) == Counter((each.page, each.label, "; ".join(each.words)) for each in asked)
        stored = {page.page: page.answers for page in assessment.pages.all()}
        assert json.loads(json.dumps(stored)) == data["answers"]


@pytest.mark.parametrize("status", Status)
def test_each_status_can_be_moved_on_by_its_owner_or_is_final_for_everybody(status, people):
    assessment = factories.in_status(status.value, people)
    movers = {each.role for each in vars(people).values() if permissions.moves_for(each, assessment)}
    assert bool(movers) == any(each.roles for each in transitions_from(status))
    assert status.facts.owner is None or status.facts.owner.value in movers
