"""Forms of managers who are asked, and of whoever names one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.funding.models import Endorsement
from idesluss.funding.usecases.endorse import Reply
from idesluss.funding.vocab import MOST_HOURS, WHY_LENGTH, WORDS_LENGTH, Answer
from idesluss.web.frame.forms import AmountField, HintedRadios

HINTS = {
    Answer.YES.value: _("The unit takes part as the application says."),
    Answer.LIMITS.value: _("The unit takes part, but not in everything, or not as much. Say how."),
    Answer.NO.value: _("The application is not thrown away, but the office sees your reason."),
}


class EndorseForm(forms.Form):
    """The answer, what is said with it, and what the unit pledges."""

    use_required_attribute = False
    answer = forms.ChoiceField(label=_("What do you say?"), widget=HintedRadios(HINTS))
    words = forms.CharField(
        label=_("Your limits, or your reason for a no"),
        help_text=_("The applicant and those who handle and decide the case read this."),
        widget=forms.Textarea({"rows": 4}),
        max_length=WORDS_LENGTH,
        required=False,
    )
    hours = forms.IntegerField(
        label=_("Hours of working time that you pledge"),
        help_text=_("May be left out."),
        min_value=0,
        max_value=MOST_HOURS,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    money = AmountField(
        label=_("Money of the unit that you pledge"),
        help_text=_("May be left out."),
        required=False,
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["money"].currency = currency
        fields["answer"].choices = [
            (value, capfirst(str(label))) for value, label in Answer.choices
        ]

    def reply(self) -> Reply:
        """What was written."""
        written = self.cleaned_data
        return Reply(written["answer"], written["words"], written["hours"], written["money"])


def initial_of(endorsement: Endorsement, wish: str) -> dict[str, Any]:
    """What the form holds at first: what was answered, else the answer that a link ``wish``es."""
    if endorsement.answered_at is None:
        return {"answer": wish if wish in Answer.values else ""}
    return {
        "answer": wish if wish in Answer.values else endorsement.answer,
        "words": endorsement.words,
        "hours": endorsement.hours,
        "money": endorsement.money_minor,
    }


class AskOtherForm(forms.Form):
    """Who answers instead, and why."""

    use_required_attribute = False
    who = forms.CharField(
        label=_("Who answers instead?"),
        help_text=_("The whole name, or the e-mail address."),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("They read this, and so do those who handle the case."),
        max_length=WHY_LENGTH,
    )


class NameForm(AskOtherForm):
    """Whom the fund administrator names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["who"].label = _("Who answers?")
        fields["why"].label = _("Message to them (may be left out)")
        fields["why"].required = False
        fields["why"].help_text = ""
