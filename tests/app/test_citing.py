"""Figures of the population beside the pages about a characteristic, cited with one press, and kept as they were."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from assessments import clock, workflow
from assessments.documents import Draft
from assessments.duty import act
from assessments.duty.questionnaire import ITEM_LIMIT
from assessments.models import Area, Assessment, PopulationTable
from assessments.reports.edition import to_pdf
from tests import factories
from tests.app.redacting import MARK, NAME, redact
from tests.app.test_queries import Spent
from tests.app.writing import address, answers, post, posted, signed_in, stored, version
from tests.pdf import verapdf
from tests.pdf.checks import assert_pdf_ua, text_of

pytestmark = pytest.mark.django_db

PAGE = "evidence-age"
CENSUS_DAY = date(2021, 3, 21)


def table(area, characteristic="age", young=50, day=CENSUS_DAY, **columns):
    """A table of an area, with made-up figures."""
    return PopulationTable.objects.create(
        **{
            "area": area,
            "characteristic": characteristic,
            "code": "TS007",
            "title": "Age by single year",
            "date": day,
            "base": 200,
            "base_words": "All usual residents",
            "source": "Office for National Statistics, Census 2021, table TS007",
            "figures": [
                {"category": "Aged under 16", "count": young, "part_of": ""},
                {"category": "Aged 4 and under", "count": 20, "part_of": "Aged under 16"},
                {"category": "Aged 5 to 15", "count": young - 20, "part_of": "Aged under 16"},
                {"category": "Aged 16 and over", "count": 200 - young, "part_of": ""},
            ],
            "imported_at": clock.now(),
            **columns,
        }
    )


@pytest.fixture
def stoke(council):
    return Area.objects.create(code="E06000021", name="Stoke-on-Trent", role=Area.Role.OWN)


@pytest.fixture
def england(council):
    return Area.objects.create(code="E92000001", name="England", role=Area.Role.COMPARATOR, position=1)


@pytest.fixture
def figures(stoke, england):
    """The same table of the council's own area and of England."""
    return table(stoke), table(england, young=40, is_approximate=True)


@pytest.fixture
def draft(people):
    """A draft to which age matters."""
    return factories.draft_about(people.officer, "age")


@pytest.fixture
def officer(people):
    return signed_in(people.officer)


def key_of(characteristic=act.AGE):
    return workflow.citable(characteristic)[0].id


def cite(client, assessment, page=PAGE, key=None, **typed):
    return post(client, assessment, page, action=f"cite-{key or key_of()}", **typed)


def cited(assessment, page=PAGE):
    return answers(assessment, page).get("figures", [])


def sources(assessment):
    return answers(assessment, "sources").get("sources", [])


# The panel


def test_the_evidence_page_shows_who_lives_in_the_area_with_source_day_and_a_button(officer, draft, figures):
    page = officer.get(address(draft, PAGE)).text
    assert "Who lives in Stoke-on-Trent" in page
    assert "Office for National Statistics, Census 2021, table TS007, 21 March 2021" in page
    assert "25.0% (50)" in page
    assert "20.0% (40)" in page
    assert f'value="cite-{key_of()}"' in page
    assert "Take this out" not in page


def test_a_limb_page_shows_the_figures_and_leads_to_the_page_that_cites_them(officer, draft, figures):
    page = officer.get(address(draft, "advance-age")).text
    assert "Who lives in Stoke-on-Trent" in page
    assert 'value="cite-' not in page
    assert f'href="{address(draft, PAGE)}">Cite figures' in page


def test_a_page_about_no_characteristic_has_no_panel_nor_has_a_council_without_figures(officer, draft, stoke):
    assert "Who lives in" not in officer.get(address(draft, PAGE)).text
    table(stoke)
    assert "Who lives in" not in officer.get(address(draft, "people")).text


def test_it_says_why_there_is_no_table_about_pregnancy(officer, people, draft, figures):
    factories.save(people.officer, draft, "relevance", **{"pregnancy-and-maternity": "yes"})
    page = officer.get(address(draft, "evidence-pregnancy-and-maternity")).text
    assert "The Census did not ask about pregnancy and maternity" in page


def test_the_first_button_of_the_page_is_still_the_one_that_moves_on(officer, draft, figures):
    page = officer.get(address(draft, PAGE)).text
    form = page[page.index("<form", page.index("<main")) :]
    assert 'value="continue"' in form[form.index("<button") :][:80]


# Citing


def test_one_press_saves_what_was_typed_and_adds_the_table_and_its_source(officer, draft, figures):
    answer = cite(officer, draft, know="A quarter are children.")
    assert answer.status_code == 302
    assert answer.url == address(draft, PAGE)
    given = answers(draft, PAGE)
    assert given["know"] == "A quarter are children."
    (table,) = given["figures"]
    assert [each["name"] for each in table["areas"]] == ["Stoke-on-Trent", "England"]
    assert table["lines"][0] == {
        "category": "Aged under 16",
        "part_of": "",
        "counts": [50, 40],
        "shares": ["25.0%", "20.0%"],
    }
    assert table["cited_on"] == clock.today().isoformat()
    (source,) = sources(draft)
    assert source["title"] == "Age by single year (TS007)"
    assert source["publisher"] == "Office for National Statistics, Census 2021, table TS007"
    assert source["dated"] == "2021-03-21"
    assert source["coverage"] == "All usual residents: Stoke-on-Trent and England"
    assert given["evidence"] == [source["id"]]


def test_the_page_then_says_so_and_has_the_figures_with_a_box_that_takes_them_out(officer, draft, figures):
    cite(officer, draft)
    page = officer.get(address(draft, PAGE)).text
    assert "The figures are in your answer" in page
    assert "You cite these figures" in page
    assert 'value="cite-' not in page
    assert page.count("Take this out") == 1
    assert "Approximate." in page


def test_citing_keeps_what_does_not_fit_to_be_mended(officer, people, draft, figures):
    answer = cite(officer, draft, know="x" * 20_001)
    assert answer.status_code == 302
    assert len(cited(draft)) == 1
    assert stored(draft, PAGE).typed[f"{PAGE}-know"] == ["x" * 20_001]
    page = officer.get(answer.url).text
    assert "must be 20,000 characters or fewer" in page
    assert "Take this out" in page


def test_citing_twice_adds_nothing(officer, draft, figures):
    cite(officer, draft)
    (source,) = sources(draft)
    cite(officer, draft, evidence=[source["id"]])
    assert len(cited(draft)) == len(sources(draft)) == 1
    assert answers(draft, PAGE)["evidence"] == [source["id"]]


def test_a_source_that_is_in_the_list_by_name_and_day_is_not_added_again(officer, people, draft, figures):
    own = {"id": "own", "title": "Age by single year (TS007)", "dated": "2021-03-21"}
    factories.save(people.officer, draft, "sources", sources=[own])
    cite(officer, draft)
    assert sources(draft) == [own]
    assert answers(draft, PAGE)["evidence"] == ["own"]


def test_a_full_list_of_sources_takes_no_more_and_the_figures_are_cited_all_the_same(officer, people, draft, figures):
    full = [{"id": f"s{number}", "title": f"Source {number}"} for number in range(ITEM_LIMIT)]
    factories.save(people.officer, draft, "sources", sources=full)
    cite(officer, draft)
    assert sources(draft) == full
    assert len(cited(draft)) == 1


def test_figures_that_were_replaced_meanwhile_are_not_cited_unseen(officer, draft, figures):
    key = key_of()
    PopulationTable.objects.update(base=400)
    answer = cite(officer, draft, key=key, know="Typed.")
    assert answer.status_code == 302
    assert cited(draft) == []
    assert answers(draft, PAGE)["know"] == "Typed."
    assert "replaced meanwhile" in officer.get(address(draft, PAGE)).text


@pytest.mark.parametrize("page", ["advance-age", "proposal"])
def test_nothing_can_be_cited_on_another_page(officer, draft, figures, page):
    typed = {"title": draft.title, "service": str(draft.service_id)} if page == "proposal" else {}
    cite(officer, draft, page, **typed)
    assert "figures" not in answers(draft, page)
    assert sources(draft) == []


def test_nobody_can_type_figures(officer, draft, figures):
    post(officer, draft, PAGE, figures=["made-up", '{"id": "x"}'], know="Hello")
    assert "figures" not in answers(draft, PAGE)
    cite(officer, draft)
    before = cited(draft)
    post(officer, draft, PAGE, figures=["made-up"])
    assert cited(draft) == before


def test_another_save_that_came_first_is_a_conflict_and_nothing_is_cited(officer, people, draft, figures):
    started_from = version(draft, PAGE)
    factories.save(people.officer, draft, PAGE, know="Theirs")
    answer = cite(officer, draft, started_from=started_from, know="Mine")
    assert answer.status_code == 409
    assert cited(draft) == []


def test_whoever_may_not_edit_cannot_cite(people, draft, figures):
    for user in (people.approver, people.auditor):
        assert cite(signed_in(user), draft).status_code in (403, 404)
    assert cited(draft) == []


def test_a_page_that_was_carried_over_waits_to_be_looked_at_still(officer, people, draft, figures):
    factories.save(people.officer, draft, "sources", sources=[{"id": "own", "title": "Survey"}])
    draft.pages.update(carried_from="EIA-2020-0001")
    cite(officer, draft)
    assert [each["title"] for each in sources(draft)] == ["Survey", "Age by single year (TS007)"]
    assert stored(draft, "sources").carried_from == "EIA-2020-0001"
    assert stored(draft, PAGE).carried_from == ""


# Taking out


def test_a_tick_takes_a_table_out_and_the_source_stays(officer, draft, figures):
    cite(officer, draft)
    (table,) = cited(draft)
    post(officer, draft, PAGE, figures=[table["id"]])
    assert cited(draft) == []
    assert len(sources(draft)) == 1


def test_saving_by_itself_takes_nothing_out(officer, draft, figures):
    cite(officer, draft)
    (table,) = cited(draft)
    data = {"action": "autosave", "started_from": version(draft, PAGE), **posted(PAGE, figures=[table["id"]], know="X")}
    assert officer.post(address(draft, PAGE), data, headers={"accept": "application/json"}).json()["state"] == "saved"
    assert cited(draft) == [table]
    assert answers(draft, PAGE)["know"] == "X"


# The vintage


def test_next_years_file_alters_nothing_that_was_cited(officer, draft, figures, stoke):
    cite(officer, draft)
    before = cited(draft)
    figures[0].delete()
    table(stoke, young=100, day=date(2031, 3, 21))
    document = Draft(Assessment.objects.get(pk=draft.pk)).document()
    (shown,) = [each for section in document.sections for page in section.pages for each in page.figures]
    assert shown.lines[0].cells == ("25.0% (50)", "20.0% (40)")
    assert shown.areas[0].day == "21 March 2021"
    assert cited(draft) == before
    page = officer.get(address(draft, PAGE)).text
    assert "50.0% (100)" in page
    cite(officer, draft, know="Both")
    assert [each["areas"][0]["date"] for each in cited(draft)] == ["2021-03-21", "2031-03-21"]


def test_an_area_without_the_table_is_left_out(officer, draft, stoke, england):
    table(stoke)
    cite(officer, draft)
    assert [each["name"] for each in cited(draft)[0]["areas"]] == ["Stoke-on-Trent"]


def test_no_more_areas_are_cited_than_a_chart_tells_apart(officer, draft, figures):
    for number in range(2, 5):
        table(Area.objects.create(code=f"E{number}", name=f"Area {number}", role=Area.Role.COMPARATOR, position=number))
    cite(officer, draft)
    assert [each["name"] for each in cited(draft)[0]["areas"]] == ["Stoke-on-Trent", "England", "Area 2"]


def test_a_table_without_categories_breaks_no_page(officer, draft, stoke):
    table(stoke, figures=[])
    assert officer.get(address(draft, PAGE)).status_code == 200
    cite(officer, draft)
    for name in ("check", "report"):
        assert officer.get(reverse(name, args=[draft.reference])).status_code == 200


# Where it is read


def test_page_report_and_pdf_show_chart_source_day_base_and_marks(officer, draft, stoke, tmp_path):
    table(stoke, is_in_development=True, is_approximate=True, note="Use them with care.")
    cite(officer, draft)
    said = (
        "Office for National Statistics, Census 2021, table TS007, 21 March 2021. "
        "Stoke-on-Trent, all usual residents: 200. Approximate. Official statistics in development. Use them with care."
    )
    for name in ("check", "report"):
        page = officer.get(reverse(name, args=[draft.reference])).text
        assert said in page
        assert page.count("<svg") == 1
        assert "25.0% (50)" in page
    pdf = to_pdf(Draft(Assessment.objects.get(pk=draft.pk)).document())
    assert_pdf_ua(pdf)
    (path := tmp_path / "cited.pdf").write_bytes(pdf)
    assert list(verapdf.check([path]).values()) == [[]]
    words = " ".join(text_of(pdf).split())
    assert said in words
    assert "25.0% (50)" in words


def test_the_table_of_answers_has_a_line_for_each_category_and_the_data_the_whole_table(officer, draft, figures):
    cite(officer, draft)
    table = officer.get(reverse("answers-csv", args=[draft.reference])).getvalue().decode("utf-8-sig")
    rows = [each for each in csv.DictReader(io.StringIO(table)) if each["Item"] == "Age by single year (TS007)"]
    assert len(rows) == 4
    assert rows[0]["Question"] == "Aged under 16"
    assert rows[0]["Answer"] == "Stoke-on-Trent 25.0% (50); England 20.0% (40)"
    data = officer.get(reverse("answers-json", args=[draft.reference])).json()
    assert data["answers"][PAGE]["figures"] == cited(draft)


def test_a_frozen_version_has_the_table_and_a_digest_of_its_own(people, stoke):
    made = factories.draft(people.officer)
    factories.complete(people.officer, made)
    table(stoke)
    with workflow.editing(people.officer, made.reference) as edited:
        assert workflow.cite(edited, PAGE, key_of())
    frozen = factories.moved(people.officer, made, "submit").versions.first()
    PopulationTable.objects.all().delete()
    (shown,) = [each for section in frozen.document.sections for page in section.pages for each in page.figures]
    assert shown.lines[0].counts == (50,)
    assert frozen.document.digest == frozen.digest


def test_a_redaction_reaches_the_words_of_a_cited_table(people, stoke):
    made = factories.complete(people.officer, factories.draft(people.officer))
    table(stoke, note=f"Counted by {NAME}.")
    with workflow.editing(people.officer, made.reference) as edited:
        assert workflow.cite(edited, PAGE, key_of())
    version = factories.moved(people.officer, made, "submit").versions.first()
    assert NAME in version.document_json
    redact(people, made)
    version.refresh_from_db()
    assert NAME not in version.document_json
    assert NAME not in str(answers(made, PAGE))
    (area,) = cited(made)[0]["areas"]
    assert area["note"] == f"Counted by {MARK}."
    assert area["base"] == 200


# Checks


def test_the_source_of_a_cited_table_is_evidence_once_it_is_ticked(officer, people, draft, stoke):
    table(stoke, day=clock.today())
    cite(officer, draft)
    (source,) = sources(draft)
    none = {"impact": ["none"], "reasons": "Nothing changes."}
    factories.save(people.officer, draft, "advance-age", **none)
    found = Draft(Assessment.objects.get(pk=draft.pk)).findings
    assert "advance-age" in [each.page for each in found if each.check == 12]
    assert [each for each in found if each.check == 13] == []
    factories.save(people.officer, draft, "advance-age", **none, evidence=[source["id"]])
    found = Draft(Assessment.objects.get(pk=draft.pk)).findings
    assert "advance-age" not in [each.page for each in found if each.check == 12]


# Queries


def test_a_press_takes_this_many_queries(officer, draft, figures):
    """Three saves: what was typed, the source, the table."""
    key = key_of()
    started_from = version(draft, PAGE)
    with Spent() as spent:
        assert cite(officer, draft, key=key, started_from=started_from, know="X").status_code == 302
    assert len(spent.lines) == 21, "\n".join(spent.lines)
