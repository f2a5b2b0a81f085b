"""Small files of population figures."""

_HEADINGS = "area code,area name,table,characteristic,category,count,base,base population,date,source\n"

OWN = (
    "area code,area name,table title,characteristic,category,count,base,base population,date,source\n"
    "{code},Here,Our survey,{slug},Few,{count},1000,All residents,2026-01-01,The council\n"
)
"""A table of the council's own with one small count."""


def religion(day="2021-03-21", here=40, last="600"):
    """Two areas with two categories: 40 of 100 in one, 600 of 1,000 in the other."""
    rows = (
        ("E06000021,Here", "No religion", here, 100),
        ("E06000021,Here", "Christian", 40, 100),
        ("E92000001,There", "No religion", 400, 1000),
        ("E92000001,There", "Christian", last, 1000),
    )
    return _HEADINGS + "".join(
        f'{area},TS030,religion-or-belief,{category},{count},{base},All usual residents,{day},"Census"\n'
        for area, category, count, base in rows
    )


def of_many(areas):
    """One category in each of many areas."""
    row = religion().splitlines()[1]
    return _HEADINGS + "".join(row.replace("E06000021", f"E0{number:07}") + "\n" for number in range(areas))


def by_sex(day="2021-03-21", boys=100, areas=("E06000021,Here", "E92000001,There", "W92000004,Elsewhere")):
    """Ages by sex, with as many boys in the first area as `boys` says. In the others everybody is 10 more."""
    return _HEADINGS.replace("category,", "category,part of,") + "".join(
        row for place, area in enumerate(areas) for row in _ages_by_sex(area, day, boys, 10 * (place > 0))
    )


def _ages_by_sex(area, day, boys, more):
    ages = ("Aged 15 years and under", "Aged 16 to 64 years", "Aged 65 years and over")
    counts = {"Female": (90, 320, 110), "Male": (boys, 300, 80)}
    counts = {sex: [each + more for each in found] for sex, found in counts.items()}
    base = sum(map(sum, counts.values()))
    for sex, found in counts.items():
        for words, whole, count in (
            (sex, "", sum(found)),
            *((f"{sex}: {age}", sex, n) for age, n in zip(ages, found, strict=True)),
        ):
            yield f'{area},TS009,age,{words},{whole},{count},{base},All usual residents,{day},"Census"\n'


def disability(*, is_fine, day="2021-03-21", disabled=20, code="TS038"):
    """One area with the two main categories of disability, and what the first is divided into if it is fine."""
    whole = "Disabled under the Equality Act"
    rows = [(whole, "", disabled), (f"Not {whole[0].lower()}{whole[1:]}", "", 100 - disabled)]
    if is_fine:
        lot = f"{whole}: Day-to-day activities limited a "
        rows += [(f"{lot}lot", whole, 5), (f"{lot}little", whole, disabled - 5)]
    return _HEADINGS.replace("category,", "category,part of,") + "".join(
        f'E06000021,Here,{code},disability,{words},{part},{count},100,All usual residents,{day},"Census"\n'
        for words, part, count in rows
    )
