"""Forms of the first set-up: few fields, each with what most choose already filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.web.frame.forms import AmountField, HintedRadios
from idesluss.web.programmes.forms import LocalMomentField


class ReadyFundForm(forms.Form):
    """How the fund works, and what it has to share out."""

    field_order = ("ready", "name", "year", "amount_minor", "cap_minor")
    name = forms.CharField(label=_("What the fund is called"), max_length=120)
    year = forms.IntegerField(
        label=_("Project year"),
        min_value=2000,
        max_value=2199,
        help_text=_("The year in which the projects are carried out."),
    )

    def __init__(
        self, *args: Any, sets: Sequence[tuple[str, str, str]], currency: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ready"] = forms.ChoiceField(
            label=_("Begin with the rules of"),
            choices=[(key, name) for key, name, _about in sets],
            widget=HintedRadios({key: about for key, _name, about in sets}),
            help_text=_("You can change everything afterwards."),
        )
        self.fields["amount_minor"] = AmountField(
            label=_("The pot"), currency=currency, help_text=_("All that can be granted that year.")
        )
        self.fields["cap_minor"] = AmountField(
            label=_("The most for one project"),
            currency=currency,
            required=False,
            help_text=_("Leave empty if there is no limit."),
        )
        self.order_fields(self.field_order)


class DecidersForm(forms.Form):
    """The body that decides, with its members as they are typed or pasted."""

    name = forms.CharField(
        label=_("What the group is called"),
        max_length=120,
        help_text=_("For example the central management group."),
    )
    members = forms.CharField(
        label=_("Members, one on each line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Name and e-mail address, as in: Maria Lind; maria@example.org. The first is the "
            "chair. Everybody who is not here yet gets a letter that says how to sign in."
        ),
    )
    quorum = forms.IntegerField(
        label=_("Quorum"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("How many must take part in a decision. Empty: more than half of them."),
    )
    delegation = forms.CharField(
        label=_("Right to decide"),
        max_length=200,
        required=False,
        help_text=_("Reference to the delegation, printed in the minutes: KS 2024/17 § 4."),
    )


class FirstRoundForm(forms.Form):
    """When the round is open."""

    field_order = ("name", "opens_at", "closes_at", "answer_by", "endorsed", "public")
    name = forms.CharField(label=_("What the round is called"), max_length=120)
    answer_by = forms.DateField(
        label=_("Answer promised by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Everybody who applies is told this day."),
    )
    endorsed = forms.BooleanField(
        label=_("Ask the manager of each applicant"),
        required=False,
        help_text=_("The manager says yes or no to the time and money it takes of the unit."),
    )
    public = forms.BooleanField(
        label=_("Show the round to everybody"),
        required=False,
        help_text=_("Without this it is shown inside the organisation until results are out."),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_at"] = LocalMomentField(label=_("Opens"), zone=zone)
        self.fields["closes_at"] = LocalMomentField(
            label=_("Closes"),
            zone=zone,
            later=True,
            help_text=_("Nothing gets in from this time on, not even a second later."),
        )
        self.order_fields(self.field_order)
