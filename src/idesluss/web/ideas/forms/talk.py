"""What somebody says on a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.vocab import MESSAGE_LENGTH


class SayForm(forms.Form):
    """A message; those who handle the case also say to whom, and may answer in three."""

    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea({"rows": 4, "maxlength": MESSAGE_LENGTH}),
    )

    def __init__(self, *args: Any, page: CasePage, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="say_%s", **kwargs)
        self.page = page

    def wish(self) -> dict[str, Any]:
        """The arguments of ``ideas.usecases.say``."""
        return {"text": self.cleaned_data["text"]}
