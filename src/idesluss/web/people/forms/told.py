"""How one is told: a choice for each kind of letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from idesluss.mail.kinds import CHOSEN
from idesluss.people.vocab import MailWish


class MailForm(forms.Form):
    """One field for each kind that one may choose about, named as the kind is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in CHOSEN:
            self.fields[kind.name] = forms.ChoiceField(
                label=capfirst(str(kind.label)), choices=MailWish.choices
            )
