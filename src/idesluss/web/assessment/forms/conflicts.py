"""Forms about conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.usecases.conflict import NOTE_LENGTH
from idesluss.ideas.vocab import Ground
from idesluss.papers.minutes import ground_told
from idesluss.people.models import Person

GROUNDS = [(value, capfirst(label)) for value, label in Ground.choices]
CLEAR, CONFLICT = "clear", "conflict"


class DeclareForm(forms.Form):
    """One case: no conflict, or a conflict with its ground. Nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Do you have a conflict of interest?"),
        choices=[(CLEAR, _("No")), (CONFLICT, _("Yes"))],
        widget=forms.RadioSelect(attrs={"class": "choices--inline"}),
        required=False,
    )
    ground = forms.ChoiceField(
        label=_("On what ground?"), choices=GROUNDS, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(
        label=_("In your own words"),
        help_text=_("A sentence is enough. Those who handle the round can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=NOTE_LENGTH,
        required=False,
    )


class DiscoverForm(DeclareForm):
    """A conflict that is discovered later, or by somebody in the office: yes is the only answer."""

    answer = forms.ChoiceField(choices=[(CONFLICT, _("Yes"))], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["answer"] = CONFLICT


class SuspectForm(forms.Form):
    """A suspicion about somebody else."""

    person = forms.TypedChoiceField(label=_("Whom does it concern?"), coerce=int)
    ground = forms.ChoiceField(label=_("On what ground?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What makes you think so?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=NOTE_LENGTH,
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["ground"].choices = [(it, capfirst(ground_told(it))) for it in Ground.values]
        fields["person"].choices = [("", _("Choose")), *((it.pk, it.name) for it in people)]


class DecideForm(forms.Form):
    """A decision about what is declared or suspected."""

    conflict = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("yes", _("There is a conflict of interest: the case stays shut")),
            ("no", _("There is no conflict of interest: the case opens")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=NOTE_LENGTH
    )
