"""Who may see a case, and its givers' names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.usecases.hand_in import WIDTH
from idesluss.programmes.vocab import Visibility
from idesluss.web.frame.forms import HintedRadios


class WidthForm(forms.Form):
    """Offers what the reader may choose: never wider than the door, nor than now if not theirs."""

    visibility = forms.ChoiceField(label=_("Who may see the case?"))
    name_shown = forms.ChoiceField(label=_("Who may see who handed it in?"))

    def __init__(self, *args: Any, page: CasePage, widest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.page = page
        self._offer("visibility", widest)
        self._offer("name_shown", Visibility.PUBLIC.value if page.owns else page.idea.name_shown)
        if not page.gives:
            del self.fields["name_shown"]

    def _offer(self, name: str, widest: str) -> None:
        field: Any = self.fields[name]
        offered = WIDTH[: WIDTH.index(widest) + 1]
        field.choices = [(it, capfirst(str(Visibility(it).label))) for it in offered]
        hints = {Visibility.CLOSED.value: _("And those who hand it in.")}
        field.widget = HintedRadios(hints if name == "visibility" else {})
        field.widget.choices = field.choices

    def wish(self) -> tuple[Visibility, Visibility]:
        """What was chosen, for the case and for the names."""
        said = self.cleaned_data
        shown = said.get("name_shown", self.page.idea.name_shown)
        return Visibility(said["visibility"]), Visibility(shown)
