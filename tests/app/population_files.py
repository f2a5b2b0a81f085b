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
