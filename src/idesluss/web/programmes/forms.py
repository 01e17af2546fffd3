"""Forms about funds, pots, rounds, criteria and questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.vocab import StageName
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Body
from idesluss.programmes.local import moment, shown_moment
from idesluss.programmes.usecases import CriterionFacts, QuestionFacts
from idesluss.programmes.usecases.programmes import ALWAYS, NAMED
from idesluss.programmes.vocab import CriterionKind, QuestionPart
from idesluss.web.frame.formats import say
from idesluss.web.frame.forms import AmountField, DateInput, HintedRadios, MomentInput
from idesluss.web.people.forms.people import PersonInput


class LocalMomentField(forms.Field):
    """Day and time on the organisation's clock; the value is a moment (UTC).

    ``later``: of an hour that comes twice, the second one is meant.
    """

    widget = MomentInput

    def __init__(self, *, zone: ZoneInfo, later: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone, self.later = zone, later

    def prepare_value(self, value: Any) -> Any:
        return shown_moment(value, self.zone) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        try:
            return moment(str(value or ""), self.zone, later=self.later, field="")
        except Refusal as refusal:
            raise ValidationError(say(refusal)) from None


class FundForm(forms.Form):
    """What a fund is for and who decides."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("Purpose"),
        widget=forms.Textarea,
        required=False,
        help_text=_("What the money is for, in a few sentences."),
    )

    def __init__(self, *args: Any, bodies: Sequence[Body] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not chosen yet")), *((it.pk, it.name) for it in bodies)]
        self.fields["body"] = forms.TypedChoiceField(
            label=_("Who decides"), choices=choices, coerce=int, empty_value=None, required=False
        )


class GoalsForm(forms.Form):
    """The goals that ideas may serve."""

    goals = forms.CharField(
        label=_("Goals, one on each line"), widget=forms.Textarea(attrs={"rows": 6}), required=False
    )


class StepsForm(forms.Form):
    """The steps' own names; the fields are the stages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in NAMED:
            needed = stage in ALWAYS
            self.fields[stage.value] = forms.CharField(
                label=str(StageName(stage.value).label).capitalize(),
                max_length=60,
                required=needed,
                help_text="" if needed else _("Leave empty if the fund does not have this step."),
            )


class PotForm(forms.Form):
    """What there is to share out in one year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2199)

    def __init__(self, *args: Any, currency: str = "SEK", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount_minor"] = AmountField(
            label=_("The pot"), currency=currency, help_text=_("All that can be granted that year.")
        )
        self.fields["cap_minor"] = AmountField(
            label=_("The most for one project"),
            currency=currency,
            required=False,
            help_text=_("Leave empty if there is no limit."),
        )


class RoundForm(forms.Form):
    """What a round says of itself."""

    name = forms.CharField(label=_("Name"), max_length=120)
    slug = forms.CharField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Last part of its address. Leave empty to have it made of the name."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    introduction = forms.CharField(
        label=_("Introduction"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Who can apply, and for what. Shown first of all."),
    )
    project_year = forms.IntegerField(
        label=_("Project year"),
        min_value=2000,
        max_value=2199,
        help_text=_("The year whose pot the money comes from."),
    )
    answer_by = forms.DateField(
        label=_("Answer promised by"),
        widget=DateInput,
        required=False,
        help_text=_("A fixed date goes before the number of days below."),
    )
    answer_days = forms.IntegerField(
        label=_("Or working days from closing to answer"),
        min_value=1,
        max_value=400,
        required=False,
    )
    assessors_wanted = forms.IntegerField(
        label=_("Assessors for each application"), min_value=0, max_value=20
    )
    blind = forms.BooleanField(
        label=_("Assessors do not see who applies"),
        required=False,
    )
    public = forms.BooleanField(
        label=_("Show the round to everybody"),
        required=False,
        help_text=_("Without this it is shown inside the organisation until results are out."),
    )
    field_order = (
        "name", "slug", "introduction", "opens_at", "closes_at", "project_year", "contact",
        "answer_by", "answer_days", "assessors_wanted", "blind", "public",
    )  # fmt: skip

    def __init__(
        self, *args: Any, zone: ZoneInfo, suggestions: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_at"] = LocalMomentField(label=_("Opens"), zone=zone, required=False)
        self.fields["closes_at"] = LocalMomentField(
            label=_("Closes"),
            zone=zone,
            later=True,
            required=False,
            help_text=_("Nothing gets in from this time on, not even a second later."),
        )
        self.fields["contact"] = forms.CharField(
            label=_("Contact person"),
            widget=PersonInput(suggestions),
            required=False,
            help_text=_("Name or e-mail address of somebody whom applicants can ask."),
        )
        self.order_fields(self.field_order)


class NewRoundForm(RoundForm):
    """A round, and what it starts with."""

    def __init__(self, *args: Any, starts: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"] = forms.ChoiceField(
            label=_("Criteria and questions to start with"),
            choices=[(key, name) for key, name, _ in starts],
            widget=HintedRadios({key: about for key, _, about in starts}),
            help_text=_("You can change everything afterwards."),
        )
        self.order_fields(["start", *self.field_order])


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
