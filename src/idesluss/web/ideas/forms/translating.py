"""The form that connects a translation service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models.translating import ADDRESS_LENGTH, KEY_LENGTH, MODEL_LENGTH
from idesluss.ideas.usecases.translating import Connection
from idesluss.ideas.vocab import Speaks
from idesluss.web.frame.forms import HintedRadios


class ServiceForm(forms.Form):
    """Where the service is, how it is spoken to, and what may be sent there."""

    speaks = forms.ChoiceField(
        label=_("What kind of service is it?"),
        choices=Speaks.choices,
        widget=HintedRadios(
            {
                Speaks.LIBRE.value: _("A server for translation that you can run yourselves."),
                Speaks.OPENAI.value: _("A service or a server of your own with a language model."),
            }
        ),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=ADDRESS_LENGTH,
        help_text=_("Such as https://translate.example.org or https://models.example.org/v1."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    model = forms.CharField(
        label=_("Name of the language model"),
        max_length=MODEL_LENGTH,
        required=False,
        help_text=_("Only for a language model."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    api_key = forms.CharField(
        label=_("Key"),
        max_length=KEY_LENGTH,
        required=False,
        help_text=_("If the service wants one. It is kept encrypted and never shown again."),
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    inside = forms.BooleanField(
        label=_("Also what only the organisation may read may be sent to the service"),
        required=False,
        help_text=_(
            "Without it, only what everybody may read is sent. What is closed is never sent."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, has_key: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_key:
            self.fields["api_key"].help_text = _(
                "A key is kept. Leave this empty to keep it; it is forgotten when you name another "
                "address."
            )

    def connection(self) -> Connection:
        """What is wished."""
        said = self.cleaned_data
        return Connection(**{name: said[name] for name in Connection.__slots__})
