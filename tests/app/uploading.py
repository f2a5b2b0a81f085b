"""Somebody who uploads service-user data and goes through the steps as a browser would."""

import html
import random
import re

from django.core.files.uploadedfile import SimpleUploadedFile

ADD = "/evidence/service-data/add/"


def records(rows=400, seed=1):
    """Library members: a number for each, sex in short, age in years; 3 of them marked X."""
    chance = random.Random(seed)
    lines = ["Number,Sex,Age"]
    for number in range(rows):
        sex = "X" if number < 3 else chance.choice(["F", "F", "M", ""])
        age = chance.choice(["8", "30", "44", "70", "Prefer not to say"])
        lines.append(f"{number},{sex},{age}")
    return "\n".join(lines) + "\n"


def sent(service, content, kind="records", name="members.csv", **typed):
    data = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, data)
    return {"title": "Members", "service": service.pk, "kind": kind, "file": file, **typed}


def filled(answer):
    """What a browser sends back of the form on a page, as it stands."""
    form = re.search(rf"<form method=.post. action=.{ADD}.*?</form>", answer.content.decode(), re.DOTALL)[0]
    fields = dict(re.findall(r'<input type="(?:hidden|text)" name="([^"]+)"(?: value="([^"]*)")?', form))
    for name, inside in re.findall(r'<select [^>]*?name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"\s+selected', inside)
        fields[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'name="([^"]+)" type="(?:checkbox|radio)" value="([^"]*)" checked', form):
        fields[name] = [*fields.get(name, []), html.unescape(value)]
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def named(answer, label):
    """The name of the select with that label."""
    found = re.search(rf'<label class="[^"]*" for="id_([^"]+)">{re.escape(label)}</label>', answer.content.decode())
    return found[1]


def decided(rows=400, seed=1):
    """The same with a decision for each: women were refused more often than others, and some cells are empty."""
    chance = random.Random(seed)
    head, *lines = records(rows, seed).splitlines()
    told = [f"{head},Decision"]
    for line in lines:
        refused = 5 if ",F," in line else 2
        decision = chance.choice(["Refused"] * refused + ["Granted"] * 10 + ["Withdrawn", ""])
        told.append(f"{line},{decision}")
    return "\n".join(told) + "\n"


def to_values(client, service, content, kind="records", **typed):
    """The answer with the page of the values."""
    return client.post(ADD, filled(client.post(ADD, sent(service, content, kind, **typed))))


def to_counted(client, service, content, kind="records", answers=(), **typed):
    """The answer with the last page, all as it is suggested but these answers; X is called a group of its own."""
    data = filled(to_values(client, service, content, kind, **typed)) | dict(answers)
    for name, value in data.items():
        if name.startswith("value-") and not value:
            data[name] = "*"
    return client.post(ADD, data)


def through(client, service, content, kind="records", answers=(), replaces="no", **typed):
    """All steps; `replaces` says whether the same people are there already."""
    counted = to_counted(client, service, content, kind, answers, **typed)
    return client.post(ADD, {**filled(counted), "replaces": replaces}, follow=True)
