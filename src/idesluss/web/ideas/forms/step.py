"""Take a case on to a step of its model, and answer what its step asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.reads.way import Asked, Way, WayStep
from idesluss.ideas.usecases.moving import WHY_LENGTH
from idesluss.ideas.usecases.owning import WHAT_LENGTH
from idesluss.ideas.usecases.step_answers import STEP_ANSWER_LENGTH
from idesluss.people.models import Person
from idesluss.programmes.models import Step
from idesluss.web.frame.forms import DateInput, HintedRadios

ON, ELSEWHERE = "on", "elsewhere"
"""The two forms of the page: to the very next step, or to another one with a reason."""


class _Taken(forms.Form):
    """What both forms ask: when something happens next, what, and who has it from then on."""

    next_on = forms.DateField(label=_("Next date"), required=False, widget=DateInput())
    next_what = forms.CharField(
        label=_("What happens then"), required=False, max_length=WHAT_LENGTH
    )
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, way: Way, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.people = {str(it.pk): it for it in people}
        self.initial.setdefault("seen", way.idea.at_step_id)
        if people:
            has_it = way.idea.responsible
            keeps = gettext("%(name)s keeps it") % {"name": has_it.name if has_it else ""}
            self.fields["give_to"] = forms.ChoiceField(
                label=_("Who has the case from then on"),
                required=False,
                choices=[("", keeps), *((pk, it.name) for pk, it in self.people.items())],
                widget=forms.RadioSelect,
            )

    def wish(self) -> dict[str, Any]:
        """The arguments of ``ideas.usecases.take_to`` that both have."""
        given = self.cleaned_data
        return {
            "next_on": given["next_on"],
            "next_what": given["next_what"],
            "seen": given["seen"],
            "give_to": self.people.get(given.get("give_to", "")),
        }


class OnForm(_Taken):
    """On to the very next step; what its gate says must hold."""

    gate_met = forms.BooleanField(label="", required=False)
    field_order = ("gate_met", "next_on", "next_what", "give_to", "seen")

    def __init__(self, *args: Any, way: Way, proposed: date, **kwargs: Any) -> None:
        super().__init__(*args, way=way, auto_id="on_%s", **kwargs)
        self.initial.setdefault("next_on", proposed)
        if way.here is None or not way.here.gate:
            del self.fields["gate_met"]
        else:
            self.fields["gate_met"].label = way.here.gate

    def wish(self) -> dict[str, Any]:
        """The arguments of ``ideas.usecases.take_to``."""
        return {**super().wish(), "gate_met": self.cleaned_data.get("gate_met", False)}


class ElsewhereForm(_Taken):
    """Past a step, back, or once more, with the reason."""

    to = forms.ChoiceField(label=_("To which step"), choices=[])
    why = forms.CharField(
        label=_("Why"),
        max_length=WHY_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Whoever gave the idea reads this."),
    )
    field_order = ("to", "why", "next_on", "next_what", "give_to", "seen")

    def __init__(self, *args: Any, way: Way, **kwargs: Any) -> None:
        super().__init__(*args, way=way, auto_id="elsewhere_%s", **kwargs)
        self.fields["next_on"].help_text = _("Empty: as the step promises.")
        hints = {str(it.step.pk): how(it, way.here) for it in way.others}
        to: Any = self.fields["to"]
        to.widget = HintedRadios(hints)
        to.choices = [(str(it.step.pk), it.step.name) for it in way.others]

    def wish(self) -> dict[str, Any]:
        """The arguments of ``ideas.usecases.take_to``, but the step."""
        return {**super().wish(), "why": self.cleaned_data["why"]}


def how(one: WayStep, here: Step | None) -> str:
    """Which way one goes to a step from ``here``: past others, back, or once more."""
    if here is None or one.step.position > here.position:
        return gettext("goes past the steps between")
    words = pgettext("which way a case goes", "back")
    return gettext("once more") if one.step == here else words


class QuestionsForm(forms.Form):
    """What the case's step asks, each with the version of the answer that was shown."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.asked = asked
        self.theirs: dict[int, str] = {}
        for one in asked:
            pk = one.question.pk
            self.fields[f"answer-{pk}"] = forms.CharField(
                label=one.question.text,
                help_text=one.question.help,
                required=False,
                max_length=STEP_ANSWER_LENGTH,
                initial=one.text,
                widget=forms.Textarea({"rows": 3}),
            )
            self.fields[f"seen-{pk}"] = forms.IntegerField(
                widget=forms.HiddenInput(), initial=one.version, min_value=0
            )

    @property
    def rows(self) -> list[tuple[Any, Any, Asked, str]]:
        """For each question: its field, the hidden version, itself, what somebody else wrote."""
        return [
            (
                self[f"answer-{one.question.pk}"],
                self[f"seen-{one.question.pk}"],
                one,
                self.theirs.get(one.question.pk, ""),
            )
            for one in self.asked
        ]

    def changed(self) -> list[tuple[int, str, int]]:
        """Question, text and version seen, of every answer that is not as the page had it."""
        given = self.cleaned_data
        return [
            (pk, given[f"answer-{pk}"], given[f"seen-{pk}"])
            for pk in (one.question.pk for one in self.asked)
        ]

    def show_theirs(self, pk: int, text: str, version: int) -> None:
        """Show what somebody else answered; sending again writes over it, knowingly."""
        self.theirs[pk] = text
        posted: Any = self.data
        typed = posted.copy()
        typed[f"seen-{pk}"] = str(version)
        self.data = typed
