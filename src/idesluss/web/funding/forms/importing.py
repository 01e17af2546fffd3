"""The form that takes a round in from a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.people.vocab import Currency
from idesluss.programmes.models import Programme
from idesluss.web.frame.forms import AmountField, DateInput
from idesluss.web.frame.previewed import PreviewedForm


class ImportForm(PreviewedForm):
    """Which round a file is, and the file."""

    salt = "idesluss.funding.import"
    too_large = _("The file is larger than 2 MB. Ask whoever runs the server to take it in.")

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Fund"))
    name = forms.CharField(label=_("Name of the round"), max_length=120)
    year = forms.IntegerField(
        label=_("Project year"),
        min_value=1990,
        max_value=2100,
        help_text=_("Used for rows that name no year."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        choices=Currency.choices,
        help_text=_("Used for sums that name no currency."),
    )
    stated_total = AmountField(
        label=_("Total that the source states"),
        required=False,
        help_text=_("Shown beside the total of the rows, never instead of it."),
    )
    decided_on = forms.DateField(label=_("Day of the decision"), required=False, widget=DateInput())
    publish = forms.BooleanField(label=_("Show the results to everybody at once"), required=False)

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
        self.fields["stated_total"].currency = self.data.get("currency") or "SEK"
        self.fields["file"].help_text = _(
            "A spreadsheet (xlsx) or a text file (csv) with a row for each application."
        )
        self.order_fields(["programme", "name", "year", "file"])
