"""Forms as GOV.UK Frontend markup."""

import datetime

import pytest
import tinyhtml5
from cssselect2 import ElementWrapper
from django import forms
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile

from psed.dates import GovukDateField
from psed.rendering import GovukBoundField, summary_errors


def with_attributes(field, **attributes):
    for name, value in attributes.items():
        setattr(field, name, value)
    return field


def radios(label, *choices, **attributes):
    field = forms.ChoiceField(label=label, choices=[(one, one) for one in choices], widget=forms.RadioSelect)
    return with_attributes(field, **attributes)


class EveryKind(forms.Form):
    """One field of each kind that the renderer knows."""

    title = forms.CharField(label="Title", max_length=200, help_text="A short name.")
    email = forms.EmailField(label="E-mail address")
    people = forms.IntegerField(label="How many people?", min_value=0, max_value=9)
    saving = with_attributes(forms.DecimalField(label="Saving"), prefix="£", suffix="a year")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    change = with_attributes(
        forms.CharField(label="What will change?", widget=forms.Textarea, help_text="In plain words."),
        character_limit=2000,
        good="We close the hall.\n\nFew use it.",
        poor="Rationalisation.",
    )
    more = forms.CharField(label="Anything else?", widget=forms.Textarea)
    service = forms.ChoiceField(label="Service", choices=[("", "Choose"), ("housing", "Housing")])
    kind = radios("New or changed?", "new", "changed", option_hints={"new": "Nothing like it exists"})
    algorithm = radios("An algorithm?", "yes", "no", reveals={"yes": ["purpose", "tested"]}, inline=True)
    purpose = forms.CharField(label="What does it decide?")
    tested = radios("Is it tested?", "fully", "partly", small=True)
    wards = with_attributes(
        forms.MultipleChoiceField(
            label="Which wards?",
            choices=[("bentilee", "Bentilee"), ("hanley", "Hanley"), ("all", "All"), ("none", "None of these")],
            widget=forms.CheckboxSelectMultiple,
        ),
        exclusive=["all", "none"],
    )
    read = forms.BooleanField(label="I have read the guidance", help_text="It takes 10 minutes.")
    evidence = forms.FileField(label="Evidence")
    opened = GovukDateField(
        label="When did it open?", subject="Date the consultation opened", help_text="Such as 27 3 2026"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Action(forms.Form):
    owner = forms.CharField(label="Who will do it?")
    due = GovukDateField(label="Due date")


def parse(markup):
    return tinyhtml5.parse(f"<!DOCTYPE html><main>{markup}</main>", namespace_html_elements=False)


def select(root, selector):
    """The elements that a CSS selector matches, in the order of the page."""
    return [match.etree_element for match in ElementWrapper.from_html_root(root).query_all(selector)]


def values(root, selector, attribute):
    """An attribute of the elements that a CSS selector matches; elements without it are left out."""
    return [element.get(attribute) for element in select(root, selector) if attribute in element.attrib]


def texts(root, selector):
    return [" ".join("".join(element.itertext()).split()) for element in select(root, selector)]


def group(form, name):
    """The markup of one field, parsed."""
    return parse(form[name].as_field_group())


# Every kind of field


@pytest.mark.parametrize(
    "arguments", [{}, {"data": {}}, {"data": {"one-algorithm": "yes"}, "prefix": "one"}], ids=["new", "empty", "prefix"]
)
def test_every_reference_points_to_one_element_of_the_page(arguments):
    root = parse(EveryKind(**arguments))
    ids = values(root, "*", "id")
    assert len(ids) == len(set(ids))
    references = [one for value in values(root, "*", "aria-describedby") for one in value.split()]
    for attribute in ("for", "data-aria-controls", "aria-controls"):
        references += values(root, "*", attribute)
    assert references
    assert set(references) <= set(ids)


@pytest.mark.parametrize("name", sorted(EveryKind().fields.keys() - {"version", "algorithm"}))
def test_a_field_in_error_says_so_and_its_control_is_described_by_the_error(name):
    form = EveryKind({})
    root = group(form, name)
    assert texts(root, f"#id_{name}_error") == [f"Error: {form.errors[name][0]}"]
    assert select(root, "main > .govuk-form-group--error")
    (described,) = values(root, f"fieldset, #id_{name}", "aria-describedby")
    assert f"id_{name}_error" in described.split()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("title", "Fill in “Title”"),
        ("change", "Answer “What will change?”"),
        ("service", "Choose an answer to “Service”"),
        ("wards", "Choose an answer to “Which wards?”"),
        ("read", "Tick “I have read the guidance”"),
        ("evidence", "Choose a file for “Evidence”"),
        ("own", "Say who"),
    ],
)
def test_a_missing_answer_is_asked_for_by_its_label_unless_the_field_has_its_own_words(name, message):
    class Own(EveryKind):
        own = forms.CharField(error_messages={"required": "Say who"})

    assert Own({}).errors[name] == [message]


def test_an_overlong_answer_is_told_the_limit():
    class Share(forms.Form):
        share = forms.CharField(label="% of people", max_length=3)

    assert Share({"share": "most"}).errors["share"] == ["“% of people” must have 3 characters or fewer. It has 4."]


def test_a_field_without_error_shows_none():
    assert not select(parse(EveryKind()), "[class*=error], [aria-invalid]")


def test_a_browser_never_keeps_a_draft_from_being_sent_or_cuts_a_pasted_text():
    assert not select(parse(EveryKind({})), "[required], [maxlength], [min], [max], [step]")


def test_text_of_labels_hints_choices_and_errors_is_escaped():
    class Hostile(forms.Form):
        name = with_attributes(forms.CharField(label="<b>L</b>", help_text="<b>H</b>"), good="<b>G</b>")
        kind = radios("<b>L</b>", "<b>", option_hints={"<b>": "<b>O</b>"})

        def clean(self):
            self.add_error("name", "<b>E</b>")

    assert not select(parse(Hostile({})), "b")


def test_a_field_alone_stays_the_plain_widget_that_the_admin_shows():
    assert isinstance(EveryKind()["title"], GovukBoundField)
    assert "govuk" not in str(EveryKind()["title"])


@pytest.mark.parametrize(("size", "classes"), [("l", "govuk-label govuk-label--l"), ("", "govuk-label")])
def test_the_size_of_a_label_can_be_chosen(size, classes):
    form = EveryKind()
    form.fields["title"].label_size = size
    assert values(group(form, "title"), "label", "class") == [classes]


# Single controls


def test_an_input_is_labelled_and_described_by_its_hint():
    root = group(EveryKind(), "title")
    assert texts(root, "label[for=id_title]") == ["Title"]
    assert values(root, "input.govuk-input", "aria-describedby") == ["id_title_helptext"]


@pytest.mark.parametrize(("name", "mode"), [("people", "numeric"), ("saving", "decimal")])
def test_a_number_is_a_text_input_with_the_keypad_for_it(name, mode):
    (control,) = select(group(EveryKind(), name), "input")
    assert (control.get("type"), control.get("inputmode")) == ("text", mode)


def test_what_stands_beside_an_input_is_hidden_from_screen_readers():
    assert texts(group(EveryKind(), "saving"), "div[aria-hidden=true]") == ["£", "a year"]


def test_a_password_can_be_shown_and_is_never_sent_back():
    root = group(EveryKind({"password": "open sesame"}), "password")
    assert values(root, "[data-module=govuk-password-input] button[hidden]", "aria-controls") == ["id_password"]
    assert values(root, "input", "value") == []


def test_a_text_area_counts_characters_only_where_there_is_a_limit():
    counted, plain = group(EveryKind(), "change"), group(EveryKind(), "more")
    assert values(counted, "[data-module=govuk-character-count]", "data-maxlength") == ["2000"]
    assert texts(counted, "#id_change-info") == ["You can enter up to 2,000 characters"]
    assert not select(plain, "[data-module], [class*=count]")


def test_a_text_area_is_described_by_its_hint_its_error_and_its_count():
    (described,) = values(group(EveryKind({}), "change"), "textarea", "aria-describedby")
    assert described == "id_change_helptext id_change_error id_change-info"


def test_the_longest_length_of_a_text_area_is_its_limit():
    form = EveryKind()
    form.fields["more"] = forms.CharField(max_length=300, widget=forms.Textarea)
    assert values(group(form, "more"), "[data-module]", "data-maxlength") == ["300"]


def test_example_answers_are_folded_between_the_hint_and_the_control():
    root = group(EveryKind(), "change")
    order = [element.tag for element in select(root, "label, .govuk-hint:first-of-type, details, textarea")]
    assert order == ["label", "div", "details", "textarea"]
    (words,) = texts(root, "details")
    assert words.startswith("See a good and a poor example for: What will change?")
    assert texts(root, "details p") == [
        "A good answer", "We close the hall.", "Few use it.", "A poor answer", "Rationalisation.",
    ]  # fmt: skip


def test_one_example_is_announced_as_one():
    form = EveryKind()
    form.fields["title"].poor = "Stuff."
    assert texts(group(form, "title"), "summary") == ["See a poor example for: Title"]


def test_a_select_keeps_what_was_chosen():
    root = group(EveryKind({"service": "housing"}), "service")
    assert values(root, "select.govuk-select > option[selected]", "value") == ["housing"]


def test_one_checkbox_carries_its_own_label_and_hint():
    root = group(EveryKind({"read": "on"}), "read")
    assert values(root, "input[type=checkbox][checked]", "aria-describedby") == ["id_read_helptext"]
    assert texts(root, "label[for=id_read]") == ["I have read the guidance"]


def test_a_file_input_names_the_file_there_is_and_has_no_other_control():
    stored = File(None, name="survey.pdf")
    stored.url = "/survey.pdf"
    root = group(EveryKind(initial={"evidence": stored}), "evidence")
    assert texts(root, "p") == ["The file now: survey.pdf"]
    assert values(root, "input", "type") == ["file"]


def test_a_hidden_field_has_no_markup_around_it():
    root = group(EveryKind({"version": "3"}), "version")
    assert [element.get("type") for element in select(root, "main *")] == ["hidden"]


# Choices


def test_radios_are_a_group_named_by_its_legend_and_each_may_have_a_hint():
    root = group(EveryKind({"kind": "changed"}), "kind")
    assert texts(root, "fieldset > legend") == ["New or changed?"]
    assert values(root, "input[type=radio][checked]", "value") == ["changed"]
    assert values(root, "input[value=new]", "aria-describedby") == ["id_kind_0_hint"]
    assert texts(root, "#id_kind_0_hint") == ["Nothing like it exists"]


def test_choices_can_be_set_in_one_line_or_small():
    assert select(group(EveryKind(), "algorithm"), ".govuk-radios--inline")
    assert select(group(EveryKind(), "tested"), ".govuk-radios--small")
    assert not select(group(EveryKind(), "kind"), ".govuk-radios--inline, .govuk-radios--small")


def test_exclusive_choices_stand_after_one_divider_and_say_so():
    root = group(EveryKind({"wards": ["hanley", "none"]}), "wards")
    assert values(root, "input[data-behaviour=exclusive]", "value") == ["all", "none"]
    assert values(root, "input[checked]", "value") == ["hanley", "none"]
    assert texts(root, ".govuk-checkboxes__divider") == ["or"]
    assert values(root, ".govuk-checkboxes__divider + .govuk-checkboxes__item > input", "value") == ["all"]


def test_one_exclusive_choice_may_be_named_without_a_list():
    form = EveryKind()
    form.fields["wards"].exclusive = "none"
    assert values(group(form, "wards"), "input[data-behaviour]", "value") == ["none"]


@pytest.mark.parametrize(("answer", "is_folded"), [("yes", False), ("no", True), (None, True)])
def test_a_choice_reveals_its_fields_once_and_only_where_it_is_chosen(answer, is_folded):
    root = parse(EveryKind({"algorithm": answer} if answer else None))
    (revealed,) = values(root, "input[value=yes]", "data-aria-controls")
    assert bool(select(root, f"#{revealed}.govuk-radios__conditional--hidden")) is is_folded
    assert values(root, f"#{revealed} input", "name") == ["purpose", "tested", "tested"]
    assert len(select(root, "input[name=purpose]")) == 1


def test_a_page_can_tell_which_fields_another_reveals():
    assert [field.name for field in EveryKind() if field.is_revealed] == ["purpose", "tested"]


def test_the_label_of_a_revealed_field_is_not_bold():
    root = group(EveryKind(), "algorithm")
    assert values(root, "legend, label[for=id_purpose]", "class") == [
        "govuk-fieldset__legend govuk-fieldset__legend--s", "govuk-label", "govuk-fieldset__legend",
    ]  # fmt: skip


def test_a_field_that_the_form_dropped_is_not_revealed():
    form = EveryKind()
    del form.fields["tested"]
    assert values(group(form, "algorithm"), ".govuk-radios__conditional input", "name") == ["purpose"]


# Dates


def test_a_date_is_three_labelled_boxes_in_one_group():
    root = group(EveryKind(initial={"opened": datetime.date(2026, 3, 7)}), "opened")
    assert values(root, "fieldset[role=group] input", "name") == ["opened_0", "opened_1", "opened_2"]
    assert values(root, "input", "value") == ["7", "3", "2026"]
    assert texts(root, "label") == ["Day", "Month", "Year"]


@pytest.mark.parametrize("kept", ["2026-03-07", ["7", "3", "2026"]])
def test_a_date_kept_as_iso_text_or_as_typed_is_shown_again(kept):
    assert values(group(EveryKind(initial={"opened": kept}), "opened"), "input", "value") == ["7", "3", "2026"]


def test_what_was_kept_and_is_no_date_leaves_the_boxes_empty():
    assert values(group(EveryKind(initial={"opened": "soon"}), "opened"), "input", "value") == ["", "", ""]


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH", " Mar. "])
def test_a_month_may_be_a_number_or_a_name(month):
    assert GovukDateField().clean(["7", month, "2026"]) == datetime.date(2026, 3, 7)


INCOMPLETE = "Date the consultation opened must include a "
UNREAL = "Date the consultation opened must be a real date, such as 27 3 2026"
YEAR = "Date the consultation opened must have a year with 4 numbers, such as 2026"


@pytest.mark.parametrize(
    ("typed", "message", "faulty"),
    [
        (["", "", ""], "Enter the date the consultation opened", [0, 1, 2]),
        (["7", "", "2026"], INCOMPLETE + "month", [1]),
        (["", " ", "2026"], INCOMPLETE + "day and month", [0, 1]),
        (["31", "Feb", "2026"], UNREAL, [0, 1, 2]),
        (["32", "3", "2026"], UNREAL, [0]),
        (["7", "Mai", "2026"], UNREAL, [1]),
        (["7", "ma", "2026"], UNREAL, [1]),
        (["-7", "13", "2026"], UNREAL, [0, 1]),
        (["7", "3", "26"], YEAR, [2]),
        (["7", "3", "0026"], YEAR, [2]),
        (["\x00", "3", "2026"], UNREAL, [0]),
        (["٧", "3", "2026"], UNREAL, [0]),
        (["9" * 5000, "3", "2026"], UNREAL, [0]),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_marks_the_boxes_to_mend(typed, message, faulty):
    form = EveryKind({f"opened_{number}": text for number, text in enumerate(typed)})
    assert form.errors["opened"] == [message]
    marked = values(group(form, "opened"), "input.govuk-input--error", "name")
    assert marked == [f"opened_{number}" for number in faulty]
    assert form["opened"].error_target == f"id_opened_{faulty[0]}"


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Decision date", "Enter the decision date"),
        ("Your deadline", "Enter your deadline"),
        ("EIA date", "Enter the EIA date"),
        ("When?", "Enter the date"),
        (None, "Enter the date"),
    ],
)
def test_a_missing_date_is_asked_for_by_its_label(label, message):
    with pytest.raises(forms.ValidationError, match=message):
        GovukDateField(label=label).clean(["", "", ""])


def test_a_date_may_be_left_out_where_it_is_not_required():
    assert GovukDateField(required=False).clean(["", None, " "]) is None
    assert GovukDateField(required=False).clean(None) is None


def test_a_date_has_changed_when_it_is_another_date_or_none():
    has_changed = GovukDateField(required=False).has_changed
    date = datetime.date(2026, 3, 7)
    assert not has_changed(date, ["07", "March", "2026"])
    assert not has_changed("2026-03-07", ["7", "3", "2026"])
    assert not has_changed(None, ["", "", ""])
    assert has_changed(date, ["8", "3", "2026"])
    assert has_changed(date, ["", "", ""])
    assert has_changed(None, ["7", "", ""])


# The error summary


def summary(form):
    return [(error.text, error.target) for error in summary_errors(form)]


def test_each_error_of_the_summary_links_to_a_control_in_the_order_of_the_page():
    file = SimpleUploadedFile("a.pdf", b"x")
    form = EveryKind({"algorithm": "yes", "version": "1"}, {"evidence": file})
    targets = [target for _, target in summary(form)]
    assert targets == [
        "id_title", "id_email", "id_people", "id_saving", "id_password", "id_change", "id_more", "id_service",
        "id_kind_0", "id_purpose", "id_tested_0", "id_wards_0", "id_read", "id_opened_0",
    ]  # fmt: skip
    in_page = values(parse(form), "input, select, textarea", "id")
    assert [identity for identity in in_page if identity in targets] == targets


def test_the_summary_names_a_hidden_field_and_the_whole_form_without_a_link():
    form = EveryKind({"algorithm": "no"})
    form.add_error(None, "It cannot end before it begins")
    assert summary(form)[0] == ("It cannot end before it begins", "")
    assert summary(form)[-1] == ("Version: Fill in “Version”", "")


def test_the_summary_lists_the_items_of_the_page_under_their_names():
    actions = forms.formset_factory(Action, extra=0)
    actions.item_name = "Action"
    data = {"do-TOTAL_FORMS": "2", "do-INITIAL_FORMS": "2", "do-0-owner": "Director", "do-0-due_0": "7"}
    form = forms.Form({})
    form.itemsets = {"actions": actions(data, prefix="do")}
    assert summary(form) == [
        ("Action 1: Due date must include a month and year", "id_do-0-due_1"),
        ("Action 2: Answer “Who will do it?”", "id_do-1-owner"),
        ("Action 2: Enter the due date", "id_do-1-due_0"),
    ]
    legends = texts(parse(form.itemsets["actions"]), "legend.govuk-fieldset__legend--m")
    assert legends == ["Action 1", "Action 2"]


def test_what_is_wrong_with_items_as_a_whole_is_in_the_summary():
    class Whole(Action):
        def clean(self):
            raise forms.ValidationError("Say what it mitigates")

    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}
    items = forms.formset_factory(Whole, extra=0, min_num=2, validate_min=True)(data)
    items.forms[0].fields.pop("owner")
    form = forms.Form({})
    form.itemsets = {"actions": items}
    assert ("Please submit at least 2 forms.", "") in summary(form)
    assert ("Item 1: Say what it mitigates", "id_form-0-due_0") in summary(form)
