"""Citing figures, of who lives in the area and of who uses the service: copied into the answer as they are today, with
their source beside the others."""

from dataclasses import replace
from typing import Any

from assessments import audit, clock, datasets, permissions, population, service_users
from assessments.duty.act import Characteristic
from assessments.duty.cited import Cited, to_stored
from assessments.duty.document import long_date
from assessments.duty.questionnaire import EVIDENCE_USED, FIGURES, ITEM_LIMIT, SOURCES_PAGE, TEXT_LIMIT
from assessments.models import Service, User
from assessments.service_users import Beside
from assessments.workflow.drafts import EditedDraft

DATASETS = 3
"""As many of a service's datasets, the newest, can be cited."""


def citable(characteristic: Characteristic) -> list[Cited]:
    """The newest tables about a characteristic, those for context last, as citing them would keep them. Two queries."""
    return [population.as_cited(each) for each in population.panels_for(characteristic.slug)]


def citable_users(characteristic: Characteristic, service: Service, user: User) -> list[Beside]:
    """What is known about a characteristic of those who use a service, as far as the person may see it.

    One query where nothing is, else three.
    """
    known = permissions.datasets_visible_to(user).filter(service=service).select_related("service")[:DATASETS]
    found = [each for each in known if characteristic.slug in each.published]
    panel = datasets.panels(characteristic.slug).get(characteristic.slug) if found else None
    return [
        beside
        for each in found
        for beside in service_users.besides(each, characteristic.slug, characteristic.name, panel)
    ]


def cite(draft: EditedDraft, slug: str, key: str) -> bool:
    """Add a table, by its id, to the answers of a page, and its source to the list of sources, if they lack it.

    The draft is held by whoever may edit it. Whether the table is in the answer now: it is not where nothing can be
    cited on that page, or where the table has other figures by now.
    """
    page = draft.questionnaire.pages[slug]
    if page.characteristic is None or FIGURES not in page.questions:
        return False
    table = _found(draft, page.characteristic, key)
    if table is None:
        return False
    today = clock.today().isoformat()
    source = _add_source(draft, table)
    answers = draft.answers.get(slug, {})
    figures = answers.get(FIGURES.key) or []
    if not any(each["id"] == key for each in figures):
        figures = [*figures, to_stored(replace(table, cited_on=today, cited_day=long_date(today)))]
    _save(draft, slug, {FIGURES.key: figures, EVIDENCE_USED.key: _with(answers.get(EVIDENCE_USED.key), source)})
    return True


def _found(draft: EditedDraft, characteristic: Characteristic, key: str) -> Cited | None:
    """The table of that id as it is cited: users of a service with the ratios that are worked out now."""
    tables = {each.id: each for each in citable(characteristic)}
    if key in tables:
        return tables[key]
    users = citable_users(characteristic, draft.assessment.service, draft.user)
    beside = next((each for each in users if each.cited.id == key), None)
    return beside.compared(beside.standings()) if beside else None


def _add_source(draft: EditedDraft, table: Cited) -> str:
    """The id of the table's source in the list, where it is put if it is not there; empty where the list is full."""
    sources = draft.answers.get(SOURCES_PAGE, {}).get("sources") or []
    new = _source(table)
    for each in sources:
        if each["id"] == new["id"] or (each.get("title"), each.get("dated")) == (new["title"], new["dated"]):
            return str(each["id"])
    if len(sources) >= ITEM_LIMIT:
        return ""
    _save(draft, SOURCES_PAGE, {"sources": [*sources, new]})
    return str(new["id"])


def _source(table: Cited) -> dict[str, Any]:
    own = table.areas[0]
    return {
        "id": audit.digest([table.characteristic, table.name, own.date, own.source])[:16],
        "title": table.name[:TEXT_LIMIT],
        "publisher": own.source[:TEXT_LIMIT],
        "dated": own.date,
        "coverage": (own.base_words if table.is_of_users else f"{own.base_words}: {table.places}")[:TEXT_LIMIT],
        "characteristics": [table.characteristic],
    }


def _save(draft: EditedDraft, slug: str, changed: dict[str, Any]) -> None:
    """Write some answers of a page. What waits there to be mended, or to be looked at after carrying, waits on."""
    saved = draft.pages.get(slug)
    if saved is None:
        draft.save(slug, changed)
        return
    carried_from = saved.carried_from
    page = draft.save(slug, {**saved.answers, **changed}, saved.typed, saved.version, is_looked_at=False)
    if page.carried_from != carried_from:
        page.carried_from = carried_from
        page.save(update_fields=["carried_from"])


def _with(chosen: list[str] | None, source: str) -> list[str]:
    chosen = chosen or []
    return chosen if not source or source in chosen else [*chosen, source]
