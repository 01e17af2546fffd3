"""Forms for writing down what others said: one by one, a workshop's notes, a table; and posters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import Challenge
from idesluss.ideas.usecases.posters import WORDS_LENGTH
from idesluss.ideas.usecases.proxy import BY_PROXY
from idesluss.people.models import Unit
from idesluss.people.names import unit_path
from idesluss.programmes.models import Door
from idesluss.web.frame.previewed import PreviewedForm
from idesluss.web.ideas.forms.door import DoorForm

TEXT_LIMIT = 200_000  # characters of a workshop's notes


class ProxyForm(DoorForm):
    """The form of a door, filled in for somebody else."""

    channel = forms.ChoiceField(
        label=_("How was it told?"),
        choices=[(it.value, capfirst(it.label)) for it in BY_PROXY],
        widget=forms.RadioSelect({"class": "choices--inline"}),
    )

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, door=door, person=None, shared=True, **kwargs)
        self.fields["need"].label = _("What did they say?")
        self.fields["need"].help_text = _("In their own words, as far as you can.")
        self.fields["reach"].label = _("How can they be reached?")
        self.fields["reach"].help_text = _(
            "An e-mail address or a phone number; a colleague's address makes it theirs. Leave it "
            "empty if they do not want to be reached."
        )
        self.fields["name"].label = _("Their name")
        self.order_fields(["channel", "need", "for_whom", "name", "reach"])

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("channel", "need", "for_whom", "name", "reach")]

    @property
    def more(self) -> list[forms.BoundField]:
        asked = {field.name for field in self.first}
        return [field for field in self.visible_fields() if field.name not in asked]


class NotesForm(forms.Form):
    """The notes of a workshop."""

    notes = forms.CharField(
        label=_("The notes"),
        widget=forms.Textarea({"rows": 14}),
        max_length=TEXT_LIMIT,
        help_text=_(
            "A line for each note; or paragraphs, with an empty line between. A last line that "
            "begins with / says who it was: /Anna Öberg, anna@example.org"
        ),
    )


class TableForm(PreviewedForm):
    """A table of needs."""

    salt = "idesluss.ideas.table"
    too_large = _("The file is larger than 2 MB. Divide it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A spreadsheet (xlsx) or a text file (csv) with a row for each."
        )


class PosterForm(forms.Form):
    """What a poster says, and what its link fills in."""

    door = forms.ModelChoiceField(
        Door.objects.none(), label=_("Which way in does it open?"), empty_label=None
    )
    unit = forms.TypedChoiceField(
        label=_("Where does it hang?"), coerce=int, empty_value=None, required=False
    )
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(),
        label=_("Does it ask for answers to a challenge?"),
        required=False,
        empty_label=_("No"),
    )
    words = forms.CharField(
        label=_("What does it say?"),
        required=False,
        max_length=WORDS_LENGTH,
        help_text=_("Otherwise it asks what bothers, or says what the challenge is called."),
    )

    def __init__(
        self,
        *args: Any,
        doors: Any,
        challenges: Any,
        units: Iterable[Unit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["door"].queryset = doors
        self.fields["challenge"].queryset = challenges
        self.units = {unit.pk: unit for unit in units}
        named: Sequence[tuple[str, int]] = sorted((unit_path(it), it.pk) for it in units)
        self.fields["unit"].choices = [("", _("Anywhere")), *((pk, name) for name, pk in named)]
