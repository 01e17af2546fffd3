"""Forms about organisations, their units and the bodies that decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.people.models import Seat
from idesluss.people.usecases import Facts
from idesluss.people.vocab import LANGUAGES, USUAL, ZONES, Country, Currency
from idesluss.web.people.forms.people import DatesForm, PersonInput

LIVE = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"preview": "yes"}',
    "hx-select": "#preview",
    "hx-target": "#preview",
    "hx-swap": "outerHTML",
    "hx-sync": "closest form:replace",
}
"""With script the preview follows what is typed; without, a button shows it."""


class OrganisationForm(forms.Form):
    """What an organisation says of itself."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As it is written, for example Bollby kommun.")
    )
    slug = forms.CharField(
        label=_("Address"),
        max_length=60,
        help_text=_("First part of every address: the letters a to z, digits and hyphens."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=Country.choices,
        help_text=_("Decides which law and which holidays count."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        help_text=_("For those who have not chosen another."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(it, it.replace("_", " ")) for it in ZONES]
    )
    colour = forms.CharField(
        label=_("Colour"),
        max_length=7,
        help_text=_("Your own colour as #rrggbb. Light and dark shades are made of it."),
        widget=forms.TextInput(attrs={"spellcheck": "false", **LIVE}),
    )
    register_pattern = forms.CharField(
        label=_("Register numbers"),
        max_length=60,
        help_text=_("Text with {number} and, if you wish, {year} and {series}."),
        widget=forms.TextInput(attrs={"spellcheck": "false", **LIVE}),
    )
    contact_mail = forms.CharField(
        label=_("E-mail address for questions"),
        widget=forms.EmailInput,
        required=False,
        help_text=_("Shown at the foot of every page."),
    )

    def facts(self) -> Facts:
        """What was filled in."""
        return Facts(**{name: self.cleaned_data[name] for name in Facts.__slots__})


def usual(country: Country = Country.SWEDEN) -> dict[str, str]:
    """What a new organisation's form starts with."""
    language, currency, zone = USUAL[country]
    return {
        "country": country.value,
        "language": language,
        "currency": currency.value,
        "zone": zone,
        "colour": "#005b70",
        "register_pattern": "INN {year}/{number:04}",
    }


class InstallerForm(forms.Form):
    """The person who installs."""

    installer_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.CharField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("You sign in with it from now on."),
    )


class UnitsForm(forms.Form):
    """Units, typed or pasted."""

    lines = forms.CharField(
        label=_("Departments and units, one on each line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Write a unit below a department as Department > Unit, or paste two columns from a "
            "sheet: department, unit."
        ),
    )


class UnitForm(forms.Form):
    """Another name for a unit."""

    name = forms.CharField(label=_("Name"), max_length=120)


class BodyForm(forms.Form):
    """A body that decides."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("For example the central management group."),
    )
    quorum = forms.IntegerField(
        label=_("Quorum"),
        min_value=1,
        max_value=200,
        help_text=_("How many members must take part in an item for it to be decided."),
    )
    delegation = forms.CharField(
        label=_("Right to decide"),
        max_length=200,
        required=False,
        help_text=_("Reference to the delegation, printed in the minutes: KS 2024/17 § 4."),
    )


class NewBodyForm(BodyForm):
    """A body with its members."""

    field_order = ("name", "members", "quorum", "delegation")
    members = forms.CharField(
        label=_("Members, one on each line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_(
            "Name or e-mail address, as it stands under People. The first is the chair, the "
            "others follow in the order in which they take the chair."
        ),
    )


class SeatForm(DatesForm):
    """One more seat."""

    field_order = ("person", "deputy_for", "starts", "ends")

    def __init__(
        self,
        *args: Any,
        suggestions: Sequence[str] = (),
        members: Sequence[Seat] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.CharField(
            label=_("Person"),
            widget=PersonInput(suggestions),
            help_text=_("Name or e-mail address of somebody in the organisation."),
        )
        own: list[tuple[Any, Any]] = [("", _("Member in own right"))]
        deputies = [(it.pk, _("Deputy for %(name)s") % {"name": it.person.name}) for it in members]
        self.fields["deputy_for"] = forms.TypedChoiceField(
            label=_("Place"),
            choices=own + deputies,
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.order_fields(self.field_order)
