"""Forms of the coaches: their card, being away, talks, and handing over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from idesluss.ideas.usecases.coach_cards import ABOUT_LENGTH, Card
from idesluss.ideas.usecases.coaching import PLACE_LENGTH, WISHES_LENGTH, WORDS_LENGTH
from idesluss.ideas.usecases.guests import NAME_LENGTH, Guest
from idesluss.ideas.usecases.handing_over import WHY_LENGTH
from idesluss.people.models import Person, Unit
from idesluss.people.names import unit_path
from idesluss.web.frame.forms import DateInput
from idesluss.web.frame.moments import LocalMomentField


class CardForm(forms.Form):
    """What a coach's card says."""

    about = forms.CharField(
        label=_("What may one ask you about?"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        max_length=ABOUT_LENGTH,
        help_text=_("A few lines about you: where you have worked, what you like to help with."),
    )
    skills = forms.CharField(
        label=_("What you are good at"),
        required=False,
        max_length=400,
        help_text=_("Words with commas between: service design, law, small tests"),
    )
    units = forms.MultipleChoiceField(
        label=_("Which parts of the organisation do you work with?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None: all of them. What comes in from these goes to you first."),
    )
    room_for = forms.IntegerField(
        label=_("How many cases have you room for at once?"), min_value=1, max_value=500
    )
    bookable = forms.BooleanField(label=_("People may ask me for a talk"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(unit.pk): unit for unit in units}
        named = sorted((unit_path(unit), pk) for pk, unit in self.known.items())
        self.fields["units"].choices = [(pk, name) for name, pk in named]

    def card(self) -> Card:
        """What was written."""
        said = self.cleaned_data
        return Card(
            about=said["about"],
            skills=said["skills"].split(","),
            units=[self.known[pk] for pk in said["units"]],
            room_for=said["room_for"],
            bookable=said["bookable"],
        )


class AwayForm(forms.Form):
    """When a coach is away, and who stands in."""

    away_from = forms.DateField(
        label=_("The first day away"),
        required=False,
        widget=DateInput(),
        help_text=_("Leave it empty if you are here."),
    )
    away_until = forms.DateField(label=_("The first day back"), required=False, widget=DateInput())
    deputy = forms.TypedChoiceField(
        label=_("Who stands in?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("What comes in, talks that are asked for and reminders go to them meanwhile."),
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in people}
        self.fields["deputy"].choices = [("", _("Nobody")), *_named(self.people.values())]


class TalkForm(forms.Form):
    """What one would like to talk about, and when."""

    about = forms.CharField(
        label=_("What is it about?"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        max_length=WORDS_LENGTH,
        help_text=_("A few words are enough, or none: you tell the rest when you meet."),
    )
    wishes = forms.CharField(
        label=_("When and how does it suit you?"),
        required=False,
        max_length=WISHES_LENGTH,
        help_text=_("Tuesday after two, by phone; or come to us at the morning meeting."),
    )


class StrangerTalkForm(TalkForm):
    """The same for somebody without an account, who must be reached to be answered."""

    name = forms.CharField(label=_("Your name"), max_length=NAME_LENGTH)
    reach = forms.CharField(
        label=_("How do we reach you?"),
        max_length=254,
        help_text=_("A phone number or an e-mail address."),
    )

    def guest(self) -> Guest:
        """Who asks.

        Raises:
            TooLong, NotAnAddress, NotReachable: naming the field.
        """
        return Guest.read(self.cleaned_data["name"], self.cleaned_data["reach"])


class AgreeForm(forms.Form):
    """When and where the talk is."""

    place = forms.CharField(
        label=_("Where, or which number do you call?"), required=False, max_length=PLACE_LENGTH
    )
    words = forms.CharField(
        label=_("Something more to whoever asked"),
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=WORDS_LENGTH,
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_at"] = LocalMomentField(label=_("When is it?"), zone=zone)
        self.order_fields(["agreed_at", "place", "words"])


class OffForm(forms.Form):
    """Why a talk is called off."""

    words = forms.CharField(
        label=_("Why?"), widget=forms.Textarea({"rows": 3}), max_length=WORDS_LENGTH
    )


class HandOverForm(forms.Form):
    """To whom everything goes, and why."""

    to = forms.TypedChoiceField(label=_("Who takes over?"), coerce=int)
    why = forms.CharField(
        label=_("Why?"),
        max_length=WHY_LENGTH,
        help_text=_("The givers read it: “Kalle is on leave until May.” Never write of illness."),
    )

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(people)
        self.people = {one.pk: one for one in people}
        self.fields["to"].choices = _named(people)


class MoveUnitForm(forms.Form):
    """Which unit takes over the cases of another."""

    to = forms.TypedChoiceField(label=_("Which unit takes over?"), coerce=int)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        named = sorted((unit_path(unit), pk) for pk, unit in self.units.items())
        self.fields["to"].choices = [(pk, name) for name, pk in named]


def _named(people: Iterable[Any]) -> list[tuple[int, str]]:
    """People to choose among, with how much they have where that is known."""
    found = []
    for one in people:
        load = getattr(one, "load", None)
        told = ngettext("%(n)s case", "%(n)s cases", load or 0) % {"n": load}
        found.append((one.pk, one.name if load is None else f"{one.name} ({told})"))
    return found
