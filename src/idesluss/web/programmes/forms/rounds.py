"""Forms about rounds: one, several back to back, and next year's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.web.frame.forms import AmountField, DateInput, HintedRadios
from idesluss.web.frame.moments import LocalMomentField
from idesluss.web.people.forms.people import PersonInput


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
    flows_on = forms.BooleanField(
        label=_("A draft that is not handed in can go on into the next round"),
        required=False,
        help_text=_("For a fund that is open all year, with days when it decides."),
    )
    field_order: tuple[str, ...] = (
        "name", "slug", "introduction", "opens_at", "closes_at", "project_year", "contact",
        "answer_by", "answer_days", "assessors_wanted", "blind", "public", "flows_on",
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
            label=_("Criteria, questions and rules to start with"),
            choices=[(key, name) for key, name, _ in starts],
            widget=HintedRadios({key: about for key, _, about in starts}),
            help_text=_("You can change everything afterwards."),
        )
        self.order_fields(["start", *self.field_order])


class NextYearForm(RoundForm):
    """Next year's round as it would be, and the pot of that year where there is none."""

    def __init__(self, *args: Any, currency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if currency:
            self.fields["amount_minor"] = AmountField(
                label=_("The pot of that year"),
                currency=currency,
                required=False,
                help_text=_("There is none yet. Leave empty to set it later."),
            )
            self.fields["cap_minor"] = AmountField(
                label=_("The most for one project"),
                currency=currency,
                required=False,
                help_text=_("Leave empty if there is no limit."),
            )


class SeveralForm(NewRoundForm):
    """Several rounds, back to back."""

    field_order = (
        "name", "introduction", "opens_at", "cutoffs", "months", "until", "project_year",
        "contact", "answer_days", "assessors_wanted", "blind", "public",
    )  # fmt: skip
    cutoffs = forms.CharField(
        label=_("Days when a round closes, one on each line"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_(
            "For example 2027-03-31, or 2027-03-31 16:00. A day without a time counts whole. "
            "The next round opens at that very moment."
        ),
    )
    months = forms.IntegerField(
        label=_("Or a round every so many months"), min_value=1, max_value=24, required=False
    )
    until = forms.DateField(
        label=_("The last day of the last round"), widget=DateInput, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("slug", "closes_at", "answer_by", "flows_on"):
            del self.fields[name]
        self.fields["opens_at"].label = _("The first one opens")
        self.fields["opens_at"].required = True
        self.fields["name"].label = _("Name before the number")
        self.fields["name"].help_text = _("With 2027 they are called 2027:1, 2027:2 and so on.")
        self.fields["answer_days"].label = _("Working days from closing to answer")
        self.fields["answer_days"].required = True
        self.order_fields(["start", *self.field_order])
