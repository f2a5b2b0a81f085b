"""Made-up files of each layout. None of their figures is real."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest

from assessments.evidence import census

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "evidence"

RELIGIONS = (
    "No religion",
    "Christian",
    "Buddhist",
    "Hindu",
    "Jewish",
    "Muslim",
    "Sikh",
    "Other religion",
    "Not answered",
)
SINGLE_YEARS = (
    "Aged under 1 year",
    "Aged 1 year",
    *(f"Aged {age} years" for age in range(2, 100)),
    "Aged 100 years and over",
)
BANDS = (
    "Aged 4 years and under",
    "Aged 5 to 9 years",
    "Aged 10 to 15 years",
    "Aged 16 to 19 years",
    "Aged 20 to 24 years",
)
SINGLE_YEARS_TO_90 = (*SINGLE_YEARS[:90], "Aged 90 years and over")
"""In table TS009 they end earlier than in TS007."""
SUB_TOTALS = (
    *BANDS,
    "Aged 25 to 34 years",
    "Aged 35 to 49 years",
    "Aged 50 to 64 years",
    "Aged 65 to 74 years",
    "Aged 75 to 84 years",
    "Aged 85 years and over",
)
YEARS_OF = {
    "Total": SINGLE_YEARS_TO_90,
    **{
        words: SINGLE_YEARS_TO_90[first:end]
        for words, (first, end) in zip(
            SUB_TOTALS, pairwise((0, 5, 10, 16, 20, 25, 35, 50, 65, 75, 85, 91)), strict=True
        )
    },
}
"""The single years that a total or sub-total of ages by sex is made of."""
NORTON, SUTTON = ("E06000901", "Norton"), ("E06000902", "Sutton")

PLAIN = {
    "area code": "E06000901",
    "area name": "Norton",
    "table": "",
    "table title": "Survey of residents",
    "characteristic": "sex",
    "category": "Women and girls",
    "part of": "",
    "count": "60",
    "base": "100",
    "base population": "All residents",
    "date": "2025-06-30",
    "source": "Norton Council, survey of residents",
    "approximate": "no",
    "in development": "no",
    "note": "",
}


def text(rows, delimiter=","):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue()


def nomis(topic, columns, areas, total="Total: All usual residents", dialect="", year="2021"):
    """A bulk file. `columns` are categories; `areas` has, by code and name, the total and the counts."""
    headings = [f"{topic}: {each}{dialect}" for each in (total, *columns)]
    rows = [[year, name, code, *counts] for (code, name), counts in areas.items()]
    return text([["date", "geography", "geography code", *headings], *rows])


SEXES = ("Female", "Male")


def by_sex(count=lambda sex, words: 1, ages=(*SUB_TOTALS, *SINGLE_YEARS_TO_90), sexes=("All persons", *SEXES), **how):
    """A bulk file of ages by sex, with as many in each single year as `count` says; `how` has area and dialect.

    A column for each of the sexes and ages, and the total of each of the sexes. All persons have a total always.
    """

    def people(sex, words):
        of = SEXES if sex == "All persons" else (sex,)
        return sum(count(each, year) for each in of for year in YEARS_OF.get(words, (words,)))

    columns = [(sex, words) for sex in sexes for words in ("Total", *ages) if (sex, words) != ("All persons", "Total")]
    headings = [f"{sex}; Age: {words}" for sex, words in columns]
    numbers = (people("All persons", "Total"), *(people(*each) for each in columns))
    area, dialect = how.get("area", NORTON), how.get("dialect", "; measures: Value")
    return nomis("Sex", headings, {area: numbers}, total="All persons; Age: Total", dialect=dialect)


def religions(*counts, area=NORTON, **how):
    counts = counts or (45, *range(1, 10))
    return nomis("Religion", RELIGIONS, {area: counts}, **how)


def ages(columns=(*BANDS, *SINGLE_YEARS), count=lambda words: 1, total=None):
    """A bulk file of ages in the other dialect, with as many in each single year as `count` says."""
    single = sum(count(each) for each in SINGLE_YEARS)
    counts = [
        5
        if each in BANDS[:2]
        else 6
        if each == BANDS[2]
        else 4
        if each == BANDS[3]
        else 5
        if each == BANDS[4]
        else count(each)
        for each in columns
    ]
    return nomis("Age", columns, {NORTON: (total or single, *counts)}, total="Total", dialect="; measures: Value")


def filterable(variable, rows, areas="Lower Tier Local Authorities"):
    """A filterable file. `rows` has an area, a category's code and words, and the count."""
    headings = [f"{areas} Code", areas, f"{variable} Code", variable, "Observation"]
    return text([headings, *([*area, *rest] for area, *rest in rows)])


def plain(*changes, without=(), delimiter=","):
    """A file of one's own: a row for each dict of what is different in it."""
    rows = [PLAIN | each for each in changes or ({},)]
    names = [each for each in {key: None for row in rows for key in row} if each not in without]
    return text([names, *([row.get(each, "") for each in names] for row in rows)], delimiter)


def read(file, **how):
    return census.read(io.BytesIO(file if isinstance(file, bytes) else file.encode()), **how)


def refusal(file, **how):
    with pytest.raises(census.Unreadable) as caught:
        read(file, **how)
    return caught.value


def only_table(file, **how):
    (profile,) = read(file, **how).profiles
    (table,) = profile.tables
    return table


def counts(table):
    return {each.category: each.count for each in table.figures}


def left_out(file, **how):
    return {each.what: each.why for each in read(file, **how).report.left_out}
