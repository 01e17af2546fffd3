"""What is written in the books of one project: one form for each act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.funding.reads.project_money import GrantMoney
from idesluss.funding.usecases import Part
from idesluss.funding.usecases.books import REASON_LENGTH
from idesluss.funding.usecases.instalments import MOST_PARTS
from idesluss.funding.vocab import After
from idesluss.web.frame.formats import amount as amount_in_words
from idesluss.web.frame.forms import AmountField, DateInput

EMPTY_PARTS = 3
"""Lines that wait to be filled in below the planned parts."""


class SeenForm(forms.Form):
    """Carries which row was the last one when the page was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MoneyForm(SeenForm):
    """A sum and a reason, about one of the project's grants."""

    grant = forms.TypedChoiceField(label=_("Which grant"), coerce=int)
    amount = AmountField(label=_("Sum"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the row, for whoever reads it later."),
    )
    field_order = ("grant", "amount", "reason", "version")

    def __init__(
        self,
        *args: Any,
        grants: Sequence[GrantMoney],
        label: Any,
        help_text: Any = "",
        needs_reason: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grant"].choices = [(one.grant.pk, told(one)) for one in grants]
        if len(grants) == 1:
            self.fields["grant"].widget = forms.HiddenInput()
            self.fields["grant"].initial = grants[0].grant.pk
        self.fields["amount"].label = label
        self.fields["amount"].help_text = help_text
        self.fields["amount"].currency = grants[0].account.currency
        self.fields["reason"].required = needs_reason


class UsedForm(SeenForm):
    """What a project has spent since its start, all its grants together."""

    amount = AmountField(
        label=_("Spent since the start, in all"),
        help_text=_("Not what is new: the whole sum. The difference is booked."),
    )
    reason = forms.CharField(
        label=_("Note"), max_length=REASON_LENGTH, required=False, help_text=_("May be empty.")
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = currency


class PartForm(forms.Form):
    """One part of a grant: how much, and what it waits for; an empty line is no part."""

    amount = AmountField(label=_("Sum"), required=False)
    after = forms.ChoiceField(
        label=_("Released after"),
        choices=[(one.value, capfirst(one.label)) for one in (After.REPORT, After.DAY)],
        initial=After.REPORT.value,
        required=False,
    )
    day = forms.DateField(label=_("Day"), required=False, widget=DateInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = currency

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        dated = given.get("after") == After.DAY.value
        if given.get("amount") and dated and not given.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say on which day."))
        return given


PartsForms = forms.formset_factory(
    PartForm, extra=EMPTY_PARTS, max_num=MOST_PARTS, absolute_max=MOST_PARTS, validate_max=True
)


def parts_of(formset: Any) -> list[Part]:
    """The parts that a valid formset says."""
    lines = [form.cleaned_data for form in formset.forms]
    return [
        Part(line["amount"], After(line["after"] or After.REPORT), line.get("day"))
        for line in lines
        if line.get("amount")
    ]


def told(one: GrantMoney) -> str:
    """A grant in a list of choices: year, for whom, and what it is now."""
    grant = one.grant
    words = [str(grant.year), grant.implementer]
    words.append(amount_in_words(one.account.granted, grant.currency))
    return " · ".join(filter(None, words))
