"""The forms about follow-up codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.programmes.models import Door


class CodeForm(forms.Form):
    """The code that a giver noted at hand-in."""

    code = forms.CharField(
        label=_("Your follow-up code"),
        help_text=_("28 letters and digits. Small letters and missing hyphens do not matter."),
        max_length=100,
        widget=forms.TextInput({
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }),
        error_messages={"required": _("Write the code that you were given.")},
    )  # fmt: skip


class LostForm(forms.Form):
    """What a new code is sent for: the number of the case, and the address given then."""

    number = forms.CharField(
        label=_("Register number"),
        help_text=_("It stands on the receipt, for example INN 2027/0012."),
        max_length=60,
    )
    mail = forms.EmailField(
        label=_("The e-mail address that you gave"),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class ArrivalForm(forms.Form):
    """The reason for what becomes of something held back, and the door if it came to none."""

    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("One sentence. It is kept; the giver reads why something was thrown away."),
    )

    def __init__(self, *args: Any, doors: Sequence[Door], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        if doors:
            self.fields["door"] = forms.TypedChoiceField(
                label=_("Through which door"),
                choices=[("", _("Choose")), *((door.pk, str(door)) for door in doors)],
                coerce=int,
                empty_value=None,
                required=False,
                help_text=_("Needed to let it in."),
            )
