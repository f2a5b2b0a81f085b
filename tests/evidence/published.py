"""Service-user data as it is stored: what may be shown of each group, and nothing else."""


def figure(number):
    """A number as it is shown; None for one that is withheld."""
    if number is None:
        return {"mark": "withheld", "text": "withheld", "number": None}
    return {"mark": "exact", "text": f"{number:,}", "number": number}


def percent(number, out_of):
    """A share as it is shown, of numbers of which either may be withheld."""
    if number is None or out_of is None:
        return figure(None)
    if not out_of:
        return {"mark": "no-rate", "text": "not applicable", "number": None}
    share = round(100 * number / out_of, 1)
    return {"mark": "exact", "text": f"{share}%", "number": share}


def line(name, count, happened=None, part_of="", kind="group", of=None):
    """A group of so many people, to so many of whom it happened; None is withheld. `of` is how many answered."""
    return {
        "name": name,
        "part_of": part_of,
        "kind": kind,
        "count": figure(count),
        "share": percent(count, of),
        "happened": figure(happened),
        "rate": percent(happened, count),
    }


def published(*lines, answered, total, withheld=()):
    """Lines with those of all who answered and of all, each given as how many and to how many it happened."""
    ends = [line("All who answered", *answered, kind="answered"), line("Total", *total, kind="total")]
    return {"threshold": 5, "lines": [*lines, *ends], "notes": [], "withheld": list(withheld)}
