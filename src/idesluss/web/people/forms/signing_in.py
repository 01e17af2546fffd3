"""The forms of signing in: an address, a code, a passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.people.models import Person


class AddressForm(RequestLoginCodeForm):
    """Where to send the code. Says the same whether we know the address or not."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("That is not an e-mail address. Check the spelling."),
        },
    )

    def clean_email(self) -> str:
        """The address, counted against too many attempts; only a person's own one signs in."""
        email: str = super().clean_email().lower()
        self._user = Person.objects.filter(email=email, is_active=True).first()
        return email


class CodeForm(ConfirmLoginCodeForm):
    """The code from the letter."""

    code = forms.CharField(
        label=_("The code in the letter"),
        help_text=_("Eight digits, for example 1234-5678."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Write the code that is in the letter.")},
    )
    remember = forms.BooleanField(
        label=_("Stay signed in on this device for two weeks"),
        help_text=_("Not on a device that others use too."),
        required=False,
    )


class NewPasskeyForm(AddWebAuthnForm):
    """A new passkey; one that can sign in without anything else."""

    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("So that you know it again: Work computer, My phone."),
        max_length=60,
        required=False,
    )
    passwordless = None  # not a choice: all of ours are

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("What you call it"), max_length=60)
