"""The wizard: formtools over the assessment's own rows.

What is asked comes from the questionnaire, what is answered stands in the database, and the step is the one in the
address. Nothing is kept in the session, so that two tabs, two officers and two assessments never meet.
"""

from collections import OrderedDict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from assessments import audit, clock, permissions, prose, workflow
from assessments.changes import suggested_change
from assessments.documents import Draft
from assessments.duty.act import FOSTER
from assessments.duty.authorities import AUTHORITIES
from assessments.duty.document import DocumentPage
from assessments.duty.questionnaire import FIGURES
from assessments.duty.questions import Page
from assessments.forms import PageForm
from assessments.models import Assessment, Contact, PageAnswers
from assessments.templatetags.assessment import clock_time
from assessments.views import citing, held
from assessments.views.readiness import Readiness
from assessments.views.to_mend import open_comments

SUGGESTED = ("outcome", "what_changed")
"""Page and question that are filled in to start from, where nobody has answered yet."""


class Uncalled(Exception):
    """The answers do not call for this page, or not any more."""


class AssessmentStorage(BaseStorage):
    """What formtools wants to keep, kept in the assessment's rows.

    A step's data is what was typed, and only while some of it does not fit; its answers come as `initial`. The current
    step is the one in the address, for this request alone. There is nothing to reset.
    """

    def __init__(self, prefix: str, request: HttpRequest, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.draft: workflow.EditedDraft | Draft = request.draft  # type: ignore[attr-defined]
        self.init_data()

    def reset(self) -> None:
        """Nothing: answers outlive the wizard."""

    def get_step_data(self, step: str) -> QueryDict | None:
        """The page as it was typed, when some of it has still to be mended."""
        page = self.draft.pages.get(step)
        return _as_post(page.typed) if page and page.typed else None

    def set_step_data(self, step: str, cleaned_data: Any) -> None:
        """Save the page. `cleaned_data` is what `AssessmentWizard.process_step` returned."""
        self.draft.save(step, **cleaned_data)  # type: ignore[union-attr]


def _as_post(typed: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, values in typed.items():
        data.setlist(key, values)
    return data


@method_decorator(never_cache, name="dispatch")
class AssessmentWizard(NamedUrlWizardView):
    """One page of one assessment."""

    storage_name = "assessments.wizard.AssessmentStorage"
    template_name = "wizard/page.html"
    form_list = [("page", PageForm)]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read the draft, or hold it while it is written to."""
        self.reference = kwargs["reference"]
        try:
            if request.method == "POST":
                with workflow.editing(request.user, self.reference) as draft:
                    return self._with(draft, request, *args, **kwargs)
            return self._with(workflow.open_draft(request.user, self.reference), request, *args, **kwargs)
        except Assessment.DoesNotExist as missing:
            raise Http404 from missing
        except (workflow.Closed, workflow.NotAllowed):
            return self._refuse(request, kwargs["step"], 403)
        except Uncalled:
            return self._refuse(request, kwargs["step"], 404)

    def _with(self, draft: Draft, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["step"] not in draft.open_pages:
            raise Uncalled
        self.draft = request.draft = draft  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)

    def _refuse(self, request: HttpRequest, step: str, status: int) -> HttpResponseBase:
        """The page cannot be changed (any more): say why, and show what was typed so that it can be copied."""
        assessment = permissions.visible_to(request.user).get(reference=self.reference)
        page = assessment.questionnaire.pages.get(step)
        posted = request.POST if request.method == "POST" else held.release(request)
        if page is None or (status == 404 and not posted):
            raise Http404
        if held.is_autosave(request):
            return JsonResponse({"state": "closed"}, status=409)
        form = PageForm(posted, page=page, labels=Draft(assessment).labels, prefix=step)
        context = {
            "assessment": assessment,
            "page": page,
            "typed": _typed_texts(form) if posted else [],
            "is_uncalled": status == 404,
        }
        return render(request, "wizard/closed.html", context, status=status)

    # What formtools asks for

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Names formtools' own hidden fields; each assessment has its own."""
        return f"wizard-{self.reference}"

    def get_form_list(self) -> OrderedDict[str, type[PageForm]]:
        """The open pages, in order."""
        return OrderedDict((slug, PageForm) for slug in self.draft.open_pages)

    def get_step_url(self, step: str) -> str:
        """The address of a page."""
        return reverse("page", args=[self.reference, step])

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        """What the form of a page is made from."""
        page = self.draft.questionnaire.pages[step or self.steps.current]
        return {"page": page, "labels": self.draft.labels, "blank": self.request.GET.get("add", "")}

    def get_form_initial(self, step: str) -> dict[str, Any]:
        """The answers stored for a page."""
        saved = self.draft.pages.get(step)
        return dict(saved.answers) if saved else {}

    def get_form(self, step: str | None = None, data: QueryDict | None = None, files: Any = None) -> PageForm:
        """The form of a page: with what was posted or typed, or with the answers and a suggestion."""
        form: PageForm = super().get_form(step, data, files)
        if data is None:
            self._suggest(form)
        return form

    def _suggest(self, form: PageForm) -> None:
        """Fill in what changed so far. It is no answer until somebody puts it in other words: see `_written`."""
        page, key = SUGGESTED
        if form.page.slug != page or form.initial.get(key):
            return
        if suggestion := suggested_change(self.draft):
            form.initial[key] = suggestion.text
            field, since = form.fields[key], suggestion.since
            field.help_text = f"We filled this in from the differences since {since}. Put it in your own words."
            form.suggested = _mark(suggestion.text)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show a page: with what was held at an expired login, with what has to be mended, or with the answers."""
        step = kwargs["step"]
        self.storage.current_step = step
        if typed := held.release(request):
            form = self.get_form(step, data=_written(typed))
            form.is_valid()
            return self.render(form, is_held=True, started_from=typed.get("started_from", ""))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save what was posted, whatever its shape, then go where the button says."""
        step = kwargs["step"]
        self.storage.current_step = step
        form = self.get_form(step, data=self._posted(request))
        is_valid = form.is_valid()
        try:
            self.storage.set_step_data(step, self.process_step(form))
        except workflow.Conflict as conflict:
            return self._conflict(form, conflict.saved)
        if held.is_autosave(request):
            return JsonResponse({"state": "saved", "started_from": self._version(step), "at": clock_time(clock.now())})
        action = request.POST.get("action", "")
        if action == "save":
            self._say_saved(is_valid)
            return redirect("assessment", self.reference)
        if action == "back":
            previous = self.get_prev_step(step)
            return redirect(self.get_step_url(previous) if previous else self.draft.assessment)
        if action.startswith("cite-"):
            return self._cite(step, action.removeprefix("cite-"))
        if not is_valid:
            return self.render(form)
        if action == "library":
            return redirect("choose-source", self.reference)
        if action.startswith("add-"):
            return redirect(f"{self.get_step_url(step)}?{urlencode({'add': action.removeprefix('add-')})}#add")
        return self._onward(step)

    def process_step(self, form: PageForm) -> dict[str, Any]:
        """The posted page as `EditedDraft.save` takes it."""
        posted = self.request.POST
        step = self.steps.current
        before = self.get_form_initial(step)
        typed = {key: values for key, values in form.data.lists() if key.startswith(f"{step}-")}
        return {
            "answers": form.answers(before),
            "typed": None if form.is_valid() else _without_nul(typed),
            "started_from": _whole(posted.get("started_from")),
            "is_looked_at": not held.is_autosave(self.request),
        }

    def _posted(self, request: HttpRequest) -> QueryDict:
        """What counts as answers. Saving by itself takes no cited table out: a tick can still be taken back."""
        posted, name = _written(request.POST), f"{self.steps.current}-{FIGURES.key}"
        if name not in posted or not held.is_autosave(request):
            return posted
        kept = posted.copy()
        del kept[name]
        return kept

    def _cite(self, step: str, key: str) -> HttpResponse:
        """Add a table of the population to what was just saved, and show the page again."""
        if workflow.cite(self.draft, step, key):
            messages.success(self.request, "The figures are in your answer. Their source is in your list of sources.")
        else:
            messages.warning(
                self.request, "These figures were replaced meanwhile. Look at the new ones before you cite."
            )
        return redirect(self.get_step_url(step))

    def _onward(self, step: str) -> HttpResponse:
        """The next page; the check page after the last; the task list once screening has still to be settled."""
        following = self.get_next_step(step)
        if following is None:
            name = "check" if self.draft.is_ready or step == "outcome" else "assessment"
            return redirect(name, self.reference)
        return redirect(self.get_step_url(following))

    def _version(self, step: str) -> int:
        saved = self.draft.pages.get(step)
        return saved.version if saved else 0

    def _say_saved(self, is_valid: bool) -> None:
        if is_valid:
            messages.success(self.request, "Your answers are saved. You can come back to them later.")
        else:
            messages.warning(
                self.request, "What you typed is saved. Some of it has to be mended before you can submit."
            )

    def _conflict(self, form: PageForm, saved: PageAnswers | None) -> HttpResponse:
        """Somebody saved the page meanwhile: show what they saved beside what was typed, and lose neither."""
        if held.is_autosave(self.request):
            return JsonResponse({"state": "conflict"}, status=409)
        page = form.page
        document = self.draft.document()
        theirs = next(each for section in document.sections for each in section.pages if each.slug == page.slug)
        differing = self._differing(form, theirs)
        return self.render(
            form,
            is_conflict=True,
            saved=saved,
            differing=differing,
            started_from=saved.version if saved else 0,
            status=409,
        )

    def _differing(self, form: PageForm, theirs: DocumentPage) -> list[Any]:
        before = self.get_form_initial(form.page.slug)
        mine = form.answers({})
        return [row for row in theirs.rows if mine.get(row.key) != before.get(row.key)]

    def render(self, form: PageForm | None = None, **kwargs: Any) -> HttpResponse:
        """The page as HTML; `status` is the HTTP status."""
        status = kwargs.pop("status", 200)
        response: HttpResponse = super().render(form, **kwargs)
        response.status_code = status
        return response

    def get_context_data(self, form: PageForm, **kwargs: Any) -> dict[str, Any]:
        """What the page shows beside its form."""
        context: dict[str, Any] = super().get_context_data(form=form, **kwargs)
        page, step = form.page, form.page.slug
        section = self.draft.questionnaire.section_of(page)
        saved = self.draft.pages.get(step)
        return {
            "started_from": saved.version if saved else 0,
            **context,
            "assessment": self.draft.assessment,
            "page": page,
            "section": section,
            "authorities": [AUTHORITIES[slug] for slug in section.authorities],
            "saved": kwargs.get("saved") or saved,
            "screening_reason": self._screening_reason(page),
            "remarks": Readiness(self.draft, self.request.user).of_page(step),
            "comments": open_comments(self.draft.assessment, step),
            "population": citing.panel(self.draft, page, self.request.user),
            "contacts": Contact.objects.filter(is_for_good_relations=True) if page.limb == FOSTER else (),
        }

    def _screening_reason(self, page: Page) -> str:
        """What screening said of the page's characteristic, so that nobody is asked twice."""
        if page.characteristic is None:
            return ""
        where = "relevance-local" if page.characteristic.is_local else "relevance"
        return str(self.draft.answers.get(where, {}).get(f"{page.characteristic.slug}_why") or "")


def _written(posted: QueryDict) -> QueryDict:
    """What was posted, without a suggestion that came back as it was given: nobody wrote that."""
    name = "-".join(SUGGESTED)
    if posted.get("suggested") != _mark(posted.get(name, "")):
        return posted
    written = posted.copy()
    written[name] = ""
    return written


def _mark(suggestion: str) -> str:
    """By what a suggestion is known when it comes back."""
    return audit.digest(prose.clean(suggestion))


def _whole(text: str | None) -> int:
    """The version that a form says it started from; nonsense is no version at all and so a conflict."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _without_nul(typed: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same without NUL characters, which databases refuse."""
    return {key.replace("\0", ""): [each.replace("\0", "") for each in values] for key, values in typed.items()}


def _typed_texts(form: PageForm) -> list[tuple[str, str]]:
    """What was typed into a form, with the labels of its boxes."""
    boxes = [(field.label, field.data) for field in form.visible_fields()]
    for formset in form.itemsets.values():
        for number, item in enumerate(formset.forms, start=1):
            boxes += [(f"{formset.item_name} {number}: {field.label}", field.data) for field in item.visible_fields()]
    texts = [
        (label, " ".join(map(str, filter(None, typed if isinstance(typed, list) else [typed]))))
        for label, typed in boxes
    ]
    return [(label, text) for label, text in texts if text.strip()]
