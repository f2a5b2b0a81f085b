"""E-mail to the people whom something concerns: a move, a remark.

Nothing waits for mail. It is written when the transaction is over and handed to the worker, so that neither a mail
server that does not answer nor a mistake here can stop a move. What waits for a person also stands under “Waiting for
you”. A message says what happened and what to do; of what is in an assessment it tells the reference and the title.
"""

import textwrap
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from assessments import clock, permissions, tasks, waiting
from assessments.duty.lifecycle import Status, Transition
from assessments.models import Assessment, Comment, Council, User

TITLE_IN_SUBJECT = 80
"""Characters of a title that stand in the subject; the whole title is in the message."""

QUIET = timedelta(hours=1)
"""For so long after a remark, further ones by the same person on the same assessment are not mailed about."""


def send(to: Iterable[str], template: str, context: Mapping[str, Any]) -> None:
    """Send templates/mail/`template`.txt to each address by itself, once the transaction is over.

    The first line is the subject. The context needs `assessment`; a `link` in it takes the place of the assessment's
    own page. Nothing is sent while the clock tells of another moment.
    """
    _afterwards(_send, list(to), template, dict(context))


def hand_over(assessment: Assessment, transition: Transition, by: User, reason: str, before: Status) -> None:
    """Tell those whom a move concerns, once its transaction is over. `before` is the status that it led away from."""
    _afterwards(_tell_move, assessment, transition, by, reason, before)


def remark(comment: Comment) -> None:
    """Tell the others in its thread of a remark or a reply, once its transaction is over."""
    _afterwards(_tell_remark, comment)


def _afterwards(tell: Callable[..., None], *args: Any) -> None:
    if not clock.is_told():
        transaction.on_commit(lambda: tell(*args), robust=True)  # which logs what goes wrong


def _send(to: list[str], template: str, context: Mapping[str, Any]) -> None:
    if to:
        subject, body = _written(template, context)
        for each in to:
            tasks.send_mail.enqueue(each, subject, body)


def _written(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of a message. Whatever stands in a title, it is on one line and the subject too."""
    assessment: Assessment = context["assessment"]
    title = " ".join(assessment.title.split())
    about = {
        "title": title,
        "short_title": textwrap.shorten(title, TITLE_IN_SUBJECT, placeholder=" …"),
        "link": address(assessment.get_absolute_url()),
        "inbox": address(reverse("waiting")),
        "council": Council.current(),
    }
    subject, _, body = render_to_string(f"mail/{template}.txt", {**about, **context}).partition("\n")
    return subject, body.strip("\n") + "\n"


def address(path: str) -> str:
    """Where a page of this site is, for people who are not on it."""
    return f"{settings.SITE_URL}{path}"


def _tell_move(assessment: Assessment, transition: Transition, by: User, reason: str, before: Status) -> None:
    turn = permissions.whose_turn(assessment, transition.target)
    others = _informed(assessment, transition, before).exclude(pk__in=turn.values("pk"))
    is_return = transition.target is Status.RETURNED and not transition.voids
    template = "returned" if is_return else transition.name
    context = {"assessment": assessment, "by": by, "reason": _quoted(reason)}
    if to := _addresses(turn, by):
        _send(to, template, {**context, "wait": waiting.wait_of(assessment)})
    _send(_addresses(others, by), template, context)


def _informed(assessment: Assessment, transition: Transition, before: Status) -> QuerySet[User]:
    """Those who hear of a move without having anything to do.

    On the way to the approval: nobody. From then on, and of a withdrawal: everybody who wrote it or moved it on, and
    those for whom it waited when it was withdrawn.
    """
    is_withdrawn = transition.target is Status.WITHDRAWN
    if not (is_withdrawn or transition.voids or transition.target.facts.is_finished):
        return User.objects.none()
    judges = permissions.judges_of(assessment).filter(pk__in=assessment.moves.order_by().values("by"))
    waited = permissions.whose_turn(assessment, before) if is_withdrawn else User.objects.none()
    return User.objects.filter(
        Q(pk__in=permissions.writers_of(assessment).values("pk"))
        | Q(pk__in=judges.values("pk"))
        | Q(pk__in=waited.values("pk"))
    )


def _tell_remark(comment: Comment) -> None:
    """Those who write it hear of both; of a reply also those who check it and have said something in the thread."""
    assessment, thread = comment.assessment, comment.thread
    people = Q(pk__in=permissions.writers_of(assessment).values("pk"))
    if thread is None:
        earlier = assessment.comments.filter(thread=None, by=comment.by, pk__lt=comment.pk)
        if earlier.filter(at__gt=comment.at - QUIET).exists():
            return
        link = reverse("review", args=[assessment.reference])
    else:
        said = Comment.objects.filter(Q(pk=thread.pk) | Q(thread=thread)).order_by().values("by")
        people |= Q(pk__in=permissions.judges_of(assessment).filter(pk__in=said).values("pk"))
        link = reverse("thread", args=[assessment.reference, thread.pk])
    context = {"assessment": assessment, "by": comment.by, "is_reply": thread is not None, "link": address(link)}
    _send(_addresses(User.objects.filter(people), comment.by), "remark", context)


def _addresses(people: QuerySet[User], by: User) -> list[str]:
    return list(people.exclude(pk=by.pk).values_list("email", flat=True))


def _quoted(reason: str) -> str:
    return textwrap.indent(reason.strip(), "    ")
