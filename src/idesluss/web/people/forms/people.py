"""Forms about people: name, address, roles, dates, deputies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.people.models import Unit
from idesluss.people.names import unit_path
from idesluss.people.vocab import LANGUAGES, Role
from idesluss.web.frame.forms import DateInput, HintedCheckboxes

HINTS = {
    Role.EMPLOYEE.value: _("Can apply for money."),
    Role.MANAGER.value: _("Leads a unit."),
    Role.COACH.value: _("Helps others to understand the need."),
    Role.ASSESSOR.value: _("Judges the applications that they are given."),
    Role.ADMINISTRATOR.value: _("Sets everything up, checks applications, prepares decisions."),
    Role.REGISTRAR.value: _("Reads every case and keeps the register."),
}


def roles() -> list[tuple[str, str]]:
    """The roles to choose among, in the reader's language."""
    return [(role.value, capfirst(str(role.label))) for role in Role]


class PersonInput(forms.TextInput):
    """A text box that suggests people of the organisation; works without suggestions too."""

    template_name = "people/person_input.html"

    def __init__(self, suggestions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        suggested = f"{context['widget']['attrs'].get('id', name)}_people"
        context["widget"]["attrs"] |= {"list": suggested, "autocomplete": "off"}
        context["widget"]["suggestions"] = self.suggestions
        context["widget"]["suggested"] = suggested
        return context


class UnitField(forms.ChoiceField):
    """One of the units in use, or none."""

    def __init__(self, units: Sequence[Unit], **kwargs: Any) -> None:
        choices = [("", _("The whole organisation")), *((it.pk, unit_path(it)) for it in units)]
        super().__init__(choices=choices, required=False, label=_("Unit"), **kwargs)

    def clean(self, value: Any) -> int | None:
        chosen = super().clean(value)
        return int(chosen) if chosen else None


class DatesForm(forms.Form):
    """The days from and to which something holds; both may be left open."""

    starts = forms.DateField(
        label=_("First day"),
        widget=DateInput,
        required=False,
        help_text=_("Leave empty if it holds already."),
    )
    ends = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        required=False,
        help_text=_("Leave empty if it holds until further notice."),
    )


class AddPersonForm(DatesForm):
    """Somebody new in the organisation."""

    field_order = ("name", "email", "roles", "unit", "starts", "ends")
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.CharField(
        label=_("E-mail address"),
        widget=forms.EmailInput,
        required=False,
        help_text=_("With it the person can sign in, and gets a letter that says how."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=roles, widget=HintedCheckboxes(HINTS)
    )

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(units)
        self.order_fields(self.field_order)


class AddRoleForm(DatesForm):
    """One more role for somebody in the organisation."""

    field_order = ("role", "unit", "starts", "ends")
    role = forms.ChoiceField(label=_("Role"), choices=roles)

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(units)
        self.order_fields(self.field_order)


class EndForm(forms.Form):
    """When something ends."""

    ends = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        required=False,
        help_text=_("Leave empty to end it now."),
    )


class DeputyForm(DatesForm):
    """Who stands in, and when."""

    field_order = ("person", "starts", "ends")

    def __init__(self, *args: Any, suggestions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.CharField(
            label=_("Deputy"),
            widget=PersonInput(suggestions),
            help_text=_("Name or e-mail address of somebody in the organisation."),
        )
        self.order_fields(self.field_order)


class CorrectForm(forms.Form):
    """Another name or address."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.CharField(label=_("E-mail address"), widget=forms.EmailInput, required=False)


class PasteForm(forms.Form):
    """Many people at once."""

    rows = forms.CharField(
        label=_("People, one on each row"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Copy from a sheet: name, e-mail, role, unit, in that order. Only the name is needed. "
            "Without a role somebody is an employee; several roles are parted by commas."
        ),
        strip=False,
    )


class OwnForm(forms.Form):
    """What one says of oneself."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language of pages and letters"),
        choices=[("", _("As the browser and the organisation have it")), *LANGUAGES],
        required=False,
    )


class NewAddressForm(forms.Form):
    """The address to sign in with from now on."""

    email = forms.CharField(
        label=_("New e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We mail a link to it. Nothing changes before you have opened the link."),
    )
