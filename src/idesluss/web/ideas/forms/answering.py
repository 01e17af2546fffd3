"""Forms that end a case, wake it, give it on, say when the next thing happens, and rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from idesluss.ideas.reads.holders import Holder
from idesluss.ideas.usecases.moving import WHY_LENGTH
from idesluss.ideas.usecases.owning import WHAT_LENGTH
from idesluss.ideas.usecases.rating import WORDS_LENGTH
from idesluss.ideas.vocab import REASON_LENGTH, Offer
from idesluss.logic.lifecycle import Stage
from idesluss.web.frame.forms import DateInput, HintedRadios

ENDINGS = {
    Stage.PERMANENT: (_("Yes, and it stays"), _("It is in use, and somebody looks after it.")),
    Stage.DECLINED: (_("No, with a reason"), _("We do not go on with it.")),
    Stage.REDIRECTED: (_("Wrong door"), _("It belongs somewhere else, and you send it there.")),
    Stage.PARKED: (_("Not now"), _("It sleeps, and is offered again when a challenge fits.")),
    Stage.STOPPED: (_("The test is over"), _("It was tried, and taught us something.")),
}
"""What each ending is called when one chooses it, and what it means."""
LIVE = {
    "hx-post": "",
    "hx-trigger": "input changed delay:800ms",
    "hx-vals": '{"then": "read"}',
    "hx-select": "#reading",
    "hx-target": "#reading",
    "hx-swap": "outerHTML",
    "hx-sync": "closest form:replace",
}
"""With script the hint follows what is written; without, a button shows it."""


class AnswerForm(forms.Form):
    """The ending, the reasoned answer and what is offered with it."""

    ending = forms.ChoiceField(label=_("How does it end?"))
    answer = forms.CharField(
        label=_("The answer"),
        widget=forms.Textarea({"rows": 12, **LIVE}),
        max_length=REASON_LENGTH,
        help_text=_(
            "Whoever handed it in reads this word for word, or has it read aloud. Say thank you, "
            "what you have done, what the reason is and what happens now. Short sentences."
        ),
    )
    offer = forms.ChoiceField(
        label=_("What do you offer?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, endings: Sequence[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        hints = {stage.value: ENDINGS[stage][1] for stage in endings}
        fields["ending"].widget = HintedRadios(hints)
        fields["ending"].choices = [(stage.value, ENDINGS[stage][0]) for stage in endings]
        fields["offer"].choices = [(it.value, capfirst(str(it.label))) for it in Offer]


class WithdrawForm(forms.Form):
    """Why the giver takes it back."""

    why = forms.CharField(
        label=_("Why do you take it back?"),
        widget=forms.Textarea({"rows": 4}),
        max_length=REASON_LENGTH,
        help_text=_("A few words will do."),
    )


class NextForm(forms.Form):
    """When something happens next, and what."""

    next_on = forms.DateField(label=_("Next date"), widget=DateInput)
    next_what = forms.CharField(
        label=_("What happens then?"),
        required=False,
        max_length=WHAT_LENGTH,
        help_text=_("Whoever handed it in sees this on the page of the case."),
    )


class GiveForm(forms.Form):
    """Who is to have it, and why."""

    to = forms.TypedChoiceField(label=_("Who is to have it?"), coerce=int)
    why = forms.CharField(
        label=_("Why, and what is good to know?"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        max_length=WHY_LENGTH,
        help_text=_("Whoever gets the case reads this."),
    )

    def __init__(self, *args: Any, holders: Iterable[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        empty = pgettext("a person", "Choose")
        fields["to"].choices = [("", empty), *((it.person.pk, named(it)) for it in holders)]


class WakeForm(forms.Form):
    """Who takes it up, when something happens, and why."""

    responsible = forms.TypedChoiceField(label=_("Who is to have it?"), coerce=int)
    next_on = forms.DateField(label=_("Next date"), widget=DateInput)
    why = forms.CharField(
        label=_("Why is it taken up again?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=WHY_LENGTH,
        help_text=_("Whoever handed it in reads this."),
    )

    def __init__(self, *args: Any, holders: Iterable[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["responsible"].choices = [(it.person.pk, named(it)) for it in holders]


class RateForm(forms.Form):
    """How well the giver was answered."""

    score = forms.TypedChoiceField(
        label=_("How well were you answered?"),
        coerce=int,
        choices=[
            (1, _("1: badly")),
            (2, _("2: rather badly")),
            (3, _("3: neither nor")),
            (4, _("4: well")),
            (5, _("5: very well")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Not whether the answer was yes or no, but how you were met."),
    )
    words = forms.CharField(
        label=_("What was good, or what could be better?"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        max_length=WORDS_LENGTH,
    )


def named(holder: Holder) -> str:
    """Somebody who can have the case, with what they have already."""
    load = ngettext("%(n)s open case", "%(n)s open cases", holder.load) % {"n": holder.load}
    words = f"{holder.person.name} ({load})"
    return f"{words}, {pgettext('a person', 'away')}" if holder.is_away else words
