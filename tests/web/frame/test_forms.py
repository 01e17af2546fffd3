"""Every form of the house: labels, help, errors and what is read from what people write."""

import pytest
from django import forms
from django.template import Context, Template

from idesluss.logic.refusals import Missing, NotAllowed
from idesluss.web.frame.formats import refused
from idesluss.web.frame.forms import (
    AmountField,
    DateInput,
    HintedCheckboxes,
    HintedRadios,
    MomentInput,
)

KINDS = [("study", "Study"), ("test", "Test")]


class Sample(forms.Form):
    title = forms.CharField(help_text="Short.")
    need = forms.CharField(widget=forms.Textarea(attrs={"rows": 8, "class": "tall"}))
    asked = AmountField(required=False)
    kind = forms.ChoiceField(choices=KINDS, widget=HintedRadios({"test": "A year at most."}))
    goals = forms.MultipleChoiceField(
        choices=KINDS, required=False, widget=HintedCheckboxes({"study": "Short."})
    )
    ends = forms.DateField(widget=DateInput, required=False)
    opens = forms.DateTimeField(widget=MomentInput, required=False)
    agree = forms.BooleanField()

    def clean(self):
        if self.data.get("title") == "twice":
            raise forms.ValidationError("Sent already.")


@pytest.fixture(autouse=True)
def in_english(settings):
    from django.utils import translation

    with translation.override("en"):
        yield


def drawn(source, **context):
    return Template("{% load frame %}" + source).render(Context(context))


def test_a_field_has_label_words_for_required_help_and_errors_tied_together():
    html = drawn("{{ form.title.as_field_group }}", form=Sample({}))

    assert '<label class="ds-label" for="id_title">Title <span class="must">' in html
    assert '<div data-field="description" id="id_title_helptext">Short.</div>' in html
    assert 'class="ds-input"' in html
    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in html
    assert '<div data-field="validation" id="id_title_error"><p class="ds-validation-message">' in (
        html
    )


def test_an_optional_field_says_nothing_about_it():
    assert "must" not in drawn("{{ form.asked.as_field_group }}", form=Sample())


def test_a_text_area_is_as_wide_as_its_column_and_keeps_what_it_was_given():
    html = drawn("{{ form.need }}", form=Sample(initial={"need": "<i>å</i>"}))

    assert html.startswith('<textarea name="need" class="ds-input tall" rows="8"')
    assert "cols" not in html
    assert "&lt;i&gt;å&lt;/i&gt;</textarea>" in html


def test_choices_are_a_fieldset_and_a_hint_belongs_to_its_choice():
    html = drawn("{{ form.kind.as_field_group }}", form=Sample())

    assert "<legend>Kind" in html
    assert '<div data-field="description" id="id_kind_1_hint">A year at most.</div>' in html
    assert 'class="ds-input" value="test" required id="id_kind_1"' in html
    assert html.count('aria-describedby="id_kind_1_hint"') == 1
    assert "id_kind_0_hint" not in html


def test_several_may_be_chosen_with_hints_too():
    html = drawn("{{ form.goals }}", form=Sample(initial={"goals": ["test"]}))

    assert 'aria-describedby="id_goals_0_hint"' in html
    assert html.count(" checked") == 1


def test_one_checkbox_stands_before_its_label():
    html = drawn("{{ form.agree.as_field_group }}", form=Sample())
    assert html.index("<input") < html.index("<label")


def test_the_summary_leads_to_every_field_that_must_be_put_right():
    html = drawn('{% include "frame/errors.html" %}', form=Sample({"title": "", "asked": "much"}))

    assert "5 things must be put right" in html
    assert '<a href="#id_title">Title: This field is required.</a>' in html
    assert '<a href="#id_asked">Asked: “much” cannot be read as a sum of money.' in html
    assert '<a href="#id_kind_0">Kind: This field is required.</a>' in html
    assert 'tabindex="-1" data-attend' in html


def test_what_concerns_the_whole_form_stands_first_and_leads_nowhere():
    html = drawn('{% include "frame/errors.html" %}', form=Sample({"title": "twice"}))
    assert "<ul><li>Sent already.</li>" in html


def test_without_faults_there_is_no_summary():
    assert drawn('{% include "frame/errors.html" %}', form=Sample()).strip() == ""
    assert drawn('{% include "frame/errors.html" %}').strip() == ""


def test_the_summary_takes_rows_of_forms_and_several_forms():
    class Row(forms.Form):
        what = forms.CharField()

    rows = forms.formset_factory(Row, min_num=2, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-what": ""}
    )
    html = drawn('{% include "frame/errors.html" with forms=both %}', both=[rows, Sample()])

    assert "Please submit at least 2 forms." in html
    assert '<a href="#id_form-0-what">What: This field is required.</a>' in html


def test_a_whole_form_prints_its_summary_and_hidden_fields():
    class Hidden(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)
        title = forms.CharField()

    html = str(Hidden({"version": "3"}))
    assert "One thing must be put right" in html
    assert '<input type="hidden" name="version" value="3" id="id_version">' in html


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("60 900:-", 6_090_000), ("60.900,50", 6_090_050), ("", None), ("   ", None)],
)
def test_a_sum_is_read_as_people_write_it(typed, minor):
    assert AmountField(required=False).clean(typed) == minor


def test_a_sum_that_may_not_be_left_out_is_asked_for():
    with pytest.raises(forms.ValidationError, match="This field is required"):
        AmountField().clean("")


def test_a_sum_is_shown_as_the_language_writes_it_and_typed_text_as_it_was():
    from django.utils import translation

    class Money(forms.Form):
        asked = AmountField(currency="SEK")

    with translation.override("sv"):
        assert Money(initial={"asked": 6_090_050})["asked"].as_widget() == (
            '<div class="ds-field-affixes amount-field"><input type="text" name="asked" '
            'class="ds-input" value="60\xa0900,50" inputmode="decimal" autocomplete="off" required '
            'id="id_asked"><span class="ds-field-affix" id="id_asked_sign">kr</span></div>'
        )
        assert 'value="60.900:-"' in Money({"asked": "60.900:-"})["asked"].as_widget()
    with translation.override("da"):
        html = Money(initial={"asked": 6_090_050})["asked"].as_widget()
        assert 'value="60.900,50"' in html
        assert "SEK</span>" in html


def test_the_currency_can_be_set_when_the_form_is_opened():
    field = AmountField(currency="SEK")
    field.currency = "DKK"

    assert field.widget.currency == "DKK"
    with pytest.raises(forms.ValidationError, match="is not in DKK"):
        field.clean("100 SEK")


def test_a_sum_has_changed_when_it_is_another_sum_not_another_spelling():
    field = AmountField(required=False)
    assert field.has_changed(6_090_000, "60 900 kr") is False
    assert field.has_changed(6_090_000, "60 901") is True
    assert field.has_changed(6_090_000, "much") is True


def test_a_refusal_stands_at_its_field_or_at_the_top():
    form = Sample({"title": "a"})
    refused(form, Missing(field="title"))
    refused(form, NotAllowed(field="elsewhere"))

    assert form.errors["title"] == ["This has to be filled in."]
    assert form.non_field_errors() == [
        "You are not allowed to do this. Ask the person responsible if you think you should be."
    ]
