"""Forms about a round's rules and its levels of amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.people.vocab import Currency
from idesluss.programmes.usecases import LevelFacts, RoundRules
from idesluss.programmes.vocab import Applicants, ApplicationKind, Silence
from idesluss.web.frame.forms import AmountField
from idesluss.web.frame.moments import LocalMomentField
from idesluss.web.programmes.forms.funds import chosen_currency

PARTS = (
    (_("Who, and for what"), ("applicants", "units", "kinds")),
    (_("How much"), ("currency", "floor_minor")),
    (
        _("What is paid for"),
        ("cofinancing_percent", "material_percent", "work_rate_minor", "ineligible"),
    ),
    (_("The project"), ("units_needed", "must_end_in_year", "asks_otherwise")),
    (_("The manager"), ("endorsed", "endorse_by", "silence")),
)
"""The parts of the page of rules: heading and fields."""


class RulesForm(forms.Form):
    """On what terms money can be asked for."""

    applicants = forms.ChoiceField(
        label=_("Who may apply"), choices=Applicants.choices, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("What one may apply for"),
        choices=ApplicationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    cofinancing_percent = forms.IntegerField(
        label=_("What others pay at least, in per cent of all that the project costs"),
        required=False,
        help_text=_("Leave empty if the fund can pay for everything."),
    )
    material_percent = forms.IntegerField(
        label=_("Material at most, in per cent of what is asked for"),
        required=False,
        help_text=_("Leave empty if there is no limit. 0: material is not paid for."),
    )
    ineligible = forms.CharField(
        label=_("Costs that are not paid for"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("In words, for example ordinary running costs, conferences, food."),
    )
    units_needed = forms.IntegerField(
        label=_("Departments that must take part"),
        help_text=_("1: the applicant's own is enough."),
    )
    must_end_in_year = forms.BooleanField(
        label=_("The project must end within the project year"), required=False
    )
    asks_otherwise = forms.BooleanField(
        label=_("Ask why it would not happen without the money"), required=False
    )
    endorsed = forms.BooleanField(
        label=_("The manager is asked what the unit says"),
        required=False,
        help_text=_("Each application goes to the applicant's manager when it is handed in."),
    )
    silence = forms.ChoiceField(
        label=_("If the manager has not answered by then"),
        choices=Silence.choices,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        zone: ZoneInfo,
        currency: str,
        units: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        currency = chosen_currency(self, currency)
        if units:
            self.fields["units"] = forms.TypedMultipleChoiceField(
                label=_("Only these units"),
                choices=units,
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_("Choose none to let all of them apply."),
            )
        self.fields["floor_minor"] = AmountField(
            label=_("The least one may ask for"),
            currency=currency,
            required=False,
            help_text=_("Leave empty if there is no least sum. The most is set with the pot."),
        )
        self.fields["work_rate_minor"] = AmountField(
            label=_("What an hour of own work counts as"),
            currency=currency,
            required=False,
            help_text=_("Leave empty if own work is not counted at a fixed rate."),
        )
        self.fields["endorse_by"] = LocalMomentField(
            label=_("The manager answers before"),
            zone=zone,
            later=True,
            required=False,
            help_text=_("May lie after the closing. Empty: ten working days from being asked."),
        )

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields as the page shows them, under their headings."""
        return [
            (title, [self[name] for name in names if name in self.fields]) for title, names in PARTS
        ]

    def rules(self) -> RoundRules:
        """What was filled in."""
        given = {**self.cleaned_data}
        units, kinds = given.pop("units", ()), given.pop("kinds")
        return RoundRules(**given, unit_ids=tuple(units), kinds=tuple(kinds))


class LevelForm(forms.Form):
    """One level of amounts."""

    field_order = ("name", "low_minor", "high_minor", "asks")
    name = forms.CharField(label=_("Name"), max_length=120)
    asks = forms.CharField(
        label=_("What is expected at this level"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Applicants read this."),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["low_minor"] = AmountField(label=_("From"), currency=currency)
        self.fields["high_minor"] = AmountField(
            label=_("To"), currency=currency, help_text=_("Both sums belong to the level.")
        )
        self.order_fields(self.field_order)

    def facts(self) -> LevelFacts:
        """What was filled in."""
        return LevelFacts(**self.cleaned_data)
