"""The form that takes a round in from a file, and the file on its way from preview to yes."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from idesluss.people.vocab import Currency
from idesluss.programmes.models import Programme
from idesluss.web.frame.forms import AmountField, DateInput

SIZE_LIMIT = 2 * 1024 * 1024  # bytes; a larger file goes by the command on the server
SALT = "idesluss.funding.import"
HOLDS = 60 * 60  # seconds between preview and yes


class ImportForm(forms.Form):
    """Which round a file is, and the file."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Fund"))
    name = forms.CharField(label=_("Name of the round"), max_length=120)
    year = forms.IntegerField(
        label=_("Project year"),
        min_value=1990,
        max_value=2100,
        help_text=_("Used for rows that name no year."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A spreadsheet (xlsx) or a text file (csv) with a row for each application."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
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
        if self.data.get("kept"):
            self.fields["file"].required = False

    def clean_file(self) -> tuple[str, bytes]:
        """Name and content: of the file just chosen, or of the one kept from the preview."""
        file = self.cleaned_data["file"]
        if file is None:
            return self._kept()
        if file.size > SIZE_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than 2 MB. Ask whoever runs the server to take it in.")
            )
        return file.name, file.read()

    def _kept(self) -> tuple[str, bytes]:
        try:
            name, data = signing.loads(self.data.get("kept", ""), salt=SALT, max_age=HOLDS)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("It is more than an hour since the preview. Choose the file again.")
            ) from None
        return name, base64.b85decode(data)


def keep(name: str, data: bytes) -> str:
    """The file as signed text, so that what was previewed is what is taken in."""
    return signing.dumps([name, base64.b85encode(data).decode()], salt=SALT)
