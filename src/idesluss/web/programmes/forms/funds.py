"""Forms about funds: what they are for, who decides, their money year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.vocab import StageName
from idesluss.people.models import Body
from idesluss.people.vocab import Currency
from idesluss.programmes.usecases import MandateFacts, MoneyRules
from idesluss.programmes.usecases.programmes import ALWAYS, NAMED
from idesluss.programmes.vocab import ReleaseRule, Unused
from idesluss.web.frame.forms import AmountField


class FundForm(forms.Form):
    """What a fund is for and who decides."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("Purpose"),
        widget=forms.Textarea,
        required=False,
        help_text=_("What the money is for, in a few sentences."),
    )
    release_rule = forms.ChoiceField(
        label=_("When granted money is released"),
        choices=ReleaseRule.choices,
        widget=forms.RadioSelect,
    )
    first_share = forms.IntegerField(
        label=_("First part, in per cent"),
        required=False,
        help_text=_("Only when it is released in parts: so much when the decision is released."),
    )
    unused = forms.ChoiceField(
        label=_("What becomes of money that is left when the year is over"),
        choices=Unused.choices,
        widget=forms.RadioSelect,
    )
    field_order = ("name", "purpose", "body", "release_rule", "first_share", "unused")

    def __init__(self, *args: Any, bodies: Sequence[Body] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not chosen yet")), *((it.pk, it.name) for it in bodies)]
        self.fields["body"] = forms.TypedChoiceField(
            label=_("Who decides"), choices=choices, coerce=int, empty_value=None, required=False
        )
        self.order_fields(self.field_order)

    def money(self) -> MoneyRules:
        """The rules for the fund's money."""
        return MoneyRules(**{name: self.cleaned_data[name] for name in MoneyRules.__slots__})


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

    currency = forms.ChoiceField(
        label=_("Currency"),
        choices=Currency.choices,
        required=False,
        help_text=_("The rounds of that year ask for sums in the same one."),
    )

    def __init__(self, *args: Any, currency: str = "SEK", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("currency", currency)
        currency = chosen_currency(self, currency)
        self.fields["amount_minor"] = AmountField(
            label=_("The pot"), currency=currency, help_text=_("All that can be granted that year.")
        )
        self.fields["cap_minor"] = AmountField(
            label=_("The most for one project"),
            currency=currency,
            required=False,
            help_text=_("Leave empty if there is no limit."),
        )


class MandateForm(forms.Form):
    """A body, and up to which sum it decides."""

    def __init__(self, *args: Any, bodies: Sequence[Body], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = forms.TypedChoiceField(
            label=_("Who decides"),
            choices=[("", _("Choose")), *((it.pk, it.name) for it in bodies)],
            coerce=int,
            empty_value=None,
        )
        self.fields["up_to_minor"] = AmountField(
            label=_("Decides applications up to"),
            currency=currency,
            help_text=_("This sum included. What is more goes to a body with a higher sum."),
        )
        self.fields["reference"] = forms.CharField(
            label=_("Decision that gives the right"),
            max_length=200,
            required=False,
            help_text=_("Point of the delegation, printed in the minutes: KS 2026/17 § 4."),
        )

    def facts(self) -> MandateFacts:
        """What was filled in."""
        given = self.cleaned_data
        return MandateFacts(given["body"], given["up_to_minor"], given["reference"])


def chosen_currency(form: forms.Form, usual: str) -> str:
    """The currency that is typed in the form's own field, or ``usual``: sums are read in it."""
    typed = str(form.data.get(form.add_prefix("currency"), "")) if form.is_bound else ""
    return typed if typed in Currency.values else str(form.initial.get("currency") or usual)
