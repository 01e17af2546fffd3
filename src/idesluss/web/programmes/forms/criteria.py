"""Forms about what a round asks and judges by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.programmes.usecases import CriterionFacts, QuestionFacts
from idesluss.programmes.vocab import CriterionKind, QuestionPart
from idesluss.web.frame.forms import HintedRadios


class CriterionForm(forms.Form):
    """One criterion."""

    kind = forms.ChoiceField(
        label=_("How it counts"),
        choices=CriterionKind.choices,
        widget=HintedRadios(
            {
                CriterionKind.QUALIFYING.value: _("Met or not met."),
                CriterionKind.SCORED.value: _("A mark from the lowest to the highest."),
                CriterionKind.ADDITIONAL.value: _("Met or not met; one that is met adds weight."),
            }
        ),
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    description = forms.CharField(
        label=_("What it means"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Applicants and assessors read this."),
    )
    weight = forms.IntegerField(label=_("Weight"), min_value=0, max_value=100)
    low = forms.IntegerField(
        label=_("Lowest mark"),
        min_value=0,
        max_value=99,
        required=False,
        help_text=_("Only for a scored criterion."),
    )
    high = forms.IntegerField(
        label=_("Highest mark"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Only for a scored criterion."),
    )

    def facts(self) -> CriterionFacts:
        """What was filled in; without a scale, 1 to 5."""
        given = self.cleaned_data
        low, high = given["low"], given["high"]
        return CriterionFacts(
            kind=given["kind"],
            name=given["name"],
            description=given["description"],
            weight=given["weight"],
            low=1 if low is None else low,
            high=5 if high is None else high,
        )


class NeededForm(forms.Form):
    """At least so many of the qualifying criteria."""

    qualifying_needed = forms.IntegerField(
        label=_("At least so many qualifying criteria must be met"), min_value=0, max_value=50
    )


class QuestionForm(forms.Form):
    """One question."""

    part = forms.ChoiceField(
        label=_("Step of the application"), choices=QuestionPart.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Question"), max_length=300)
    help = forms.CharField(
        label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    max_length = forms.IntegerField(
        label=_("Longest answer, in characters"), min_value=50, max_value=20_000
    )

    def facts(self) -> QuestionFacts:
        """What was filled in."""
        return QuestionFacts(**self.cleaned_data)
