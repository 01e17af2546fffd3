"""Forms of those who handle applications: filters, and the answers of the formal check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from idesluss.funding.reads.handling import SORTS, Group, Wish
from idesluss.funding.usecases.incomplete import REASON_LENGTH
from idesluss.funding.vocab import Waiting
from idesluss.ideas.usecases.check import MESSAGE_LENGTH, PLACE_LENGTH
from idesluss.ideas.usecases.completion import WHAT_LENGTH
from idesluss.ideas.vocab import StageName
from idesluss.web.frame.forms import DateInput


class FilterForm(forms.Form):
    """What the reader of the list wants to see; nonsense is left out, never an error."""

    text = forms.CharField(label=_("Number or title"), required=False)
    waiting = forms.ChoiceField(label=_("Waits for"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    unit = forms.TypedChoiceField(
        label=_("Department"), required=False, coerce=int, empty_value=None
    )
    sort = forms.ChoiceField(
        choices=[(key, key) for key in SORTS], required=False, widget=forms.HiddenInput
    )

    def offer(self, groups: Iterable[Group], *, endorsed: bool) -> None:
        """Offer the stages and departments that occur; managers only where they are asked."""
        stages = {
            group.stage: str(group.step_name or StageName(group.stage).label) for group in groups
        }
        order = StageName.values.index
        units = {group.unit: group.unit_name for group in groups if group.unit is not None}
        every = [("", pgettext_lazy("no filter", "All"))]
        fields: dict[str, Any] = self.fields
        fields["stage"].choices = every + [
            (stage, capfirst(stages[stage])) for stage in sorted(stages, key=order)
        ]
        fields["unit"].choices = every + sorted(units.items(), key=lambda unit: unit[1])
        fields["waiting"].choices = every + [
            (value, capfirst(label))
            for value, label in Waiting.choices
            if endorsed or value != Waiting.MANAGER
        ]


def wish_of(query: Any) -> Wish:
    """The wish in a query string, before it is known which stages and departments occur."""
    unit = query.get("unit", "")
    waiting, stage = query.get("waiting", ""), query.get("stage", "")
    return Wish(
        stage=stage if stage in StageName.values else "",
        unit=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 19 else None,
        waiting=waiting if waiting in Waiting.values else "",
        text=query.get("text", "").replace("\0", "")[:100],
        sort=query.get("sort", "number"),
    )


class AskForm(forms.Form):
    """What the applicant is to complete, and by when."""

    what = forms.CharField(
        label=_("What is missing?"),
        help_text=_("The applicant reads this word for word. Say what is needed and why."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=WHAT_LENGTH,
    )
    due = forms.DateField(
        label=_("Answer by"), help_text=_("The last day to answer."), widget=DateInput
    )


class AgainstForm(forms.Form):
    """Why an application goes on against what a manager says."""

    reason = forms.CharField(
        label=_("Why does it go on all the same?"),
        help_text=_("It stays with the case, for those who assess and decide."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=REASON_LENGTH,
    )


class CloseForm(forms.Form):
    """Why the application cannot be taken further."""

    reason = forms.CharField(
        label=_("Why is it closed?"),
        help_text=_("The applicant reads this word for word, and it stays with the decision."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=REASON_LENGTH,
    )


class SendOnForm(forms.Form):
    """Where the case belongs, and what the applicant is told."""

    to = forms.CharField(
        label=_("Where does it belong?"),
        help_text=_("For example the fault reports, or the IT department."),
        max_length=PLACE_LENGTH,
    )
    message = forms.CharField(
        label=_("Message to the applicant"),
        help_text=_("Say what happens next, and whom to ask."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MESSAGE_LENGTH,
    )
