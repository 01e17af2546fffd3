"""The form of a door: for whom it is, what it says, what it promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.people.models import Person
from idesluss.programmes.usecases.doors import DoorFacts
from idesluss.programmes.vocab import Visibility
from idesluss.web.frame.forms import HintedRadios


class DoorForm(forms.Form):
    """How one group hands in; ``receivers`` are the people who can have what comes in."""

    welcome = forms.CharField(
        label=_("Welcome"),
        widget=forms.Textarea,
        required=False,
        help_text=_(
            "What you look for and what one may expect, in plain words. Lists, *emphasis* and "
            "links may be written in Markdown."
        ),
    )
    slug = forms.CharField(
        label=_("Short link"),
        max_length=40,
        help_text=_("The last part of the address. What stands on posters stops working."),
    )
    receiver = forms.TypedChoiceField(
        label=_("Who has what comes in"),
        coerce=int,
        empty_value=None,
        help_text=_(
            "Until somebody takes it over. A coach of the unit that it is about goes before."
        ),
    )
    first_days = forms.IntegerField(
        label=_("A person answers within"), min_value=1, help_text=_("Working days.")
    )
    decision_days = forms.IntegerField(
        label=_("The giver is told what becomes of it within"),
        min_value=1,
        help_text=_("Working days. The days stand still while the giver is asked something."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read what comes in, at most"),
        choices=[(value, capfirst(label)) for value, label in Visibility.choices],
        widget=HintedRadios({
            Visibility.CLOSED.value: _("And the givers themselves, of course."),
            Visibility.PUBLIC.value: _("The giver can choose a narrower circle at hand-in."),
        }),
    )  # fmt: skip
    signed_in = forms.BooleanField(
        label=_("Only for those who are signed in to the organisation"),
        required=False,
        help_text=_("Without it everybody who has the link can hand in, also on a shared device."),
    )
    address = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("Mail to it comes in here. Leave it empty if there is none."),
    )
    hourly_limit = forms.IntegerField(
        label=_("Most from one place in an hour"),
        min_value=1,
        help_text=_("More than that is held back until somebody has looked at it."),
    )

    def __init__(self, *args: Any, receivers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.people = {person.pk: person for person in receivers}
        receiver: Any = self.fields["receiver"]
        receiver.choices = [("", _("Choose")), *((it.pk, it.name) for it in receivers)]

    def facts(self) -> DoorFacts:
        """What was filled in."""
        given = {name: self.cleaned_data[name] for name in DoorFacts.__slots__}
        return DoorFacts(**{**given, "receiver": self.people.get(given["receiver"] or 0)})


def initial_of(facts: DoorFacts) -> dict[str, Any]:
    """What the form starts with."""
    now = {name: getattr(facts, name) for name in DoorFacts.__slots__}
    return {**now, "receiver": facts.receiver.pk if facts.receiver else None}
