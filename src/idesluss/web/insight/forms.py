"""What a search can be narrowed to, as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import pgettext_lazy

from idesluss.web.insight.searching import NAMES

EVERY = ("", pgettext_lazy("no filter", "All"))


class SearchFilter(forms.Form):
    """A select for each choice that there is; they belong to the form with the box."""

    def __init__(
        self, choices: Mapping[str, Sequence[tuple[str, str]]], chosen: Mapping[str, str]
    ) -> None:
        super().__init__(initial=dict(chosen))
        for name, offered in choices.items():
            if not offered:
                continue
            kept = chosen.get(name, "")
            # What stands in the address stays chosen, whether it is offered or not.
            more = [(kept, kept)] if kept and kept not in dict(offered) else []
            self.fields[name] = forms.ChoiceField(
                label=NAMES[name],
                required=False,
                choices=[EVERY, *offered, *more],
                widget=forms.Select(attrs={"form": "search"}),
            )
