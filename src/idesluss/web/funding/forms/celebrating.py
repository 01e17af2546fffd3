"""Forms around a celebration: when and where, calling it off, and the news."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from idesluss.funding.models import Celebration
from idesluss.funding.usecases.celebrating import (
    PLACE_LENGTH,
    REASON_LENGTH,
    WORDS_LENGTH,
    Gathering,
)
from idesluss.funding.usecases.news import LIMITS
from idesluss.web.frame.forms import MomentInput


class GatheringForm(forms.Form):
    """When, where, and the words of the invitation."""

    starts_at = forms.DateTimeField(label=_("Begins"), widget=MomentInput())
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MomentInput())
    place = forms.CharField(label=pgettext_lazy("of a meeting", "Place"), max_length=PLACE_LENGTH)
    words = forms.CharField(
        label=_("What the invitation says"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Time and place are added by themselves, and the event for the calendar."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    @staticmethod
    def initial_of(celebration: Celebration) -> dict[str, Any]:
        """What the form shows of a gathering."""
        return {
            "starts_at": celebration.starts_at,
            "ends_at": celebration.ends_at,
            "place": celebration.place,
            "words": celebration.words,
            "version": celebration.version,
        }

    @property
    def gathering(self) -> Gathering:
        """The gathering of a valid form."""
        data = self.cleaned_data
        return Gathering(
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            place=" ".join(data["place"].split()),
            words=data["words"].replace("\r\n", "\n").strip(),
        )


class InviteForm(forms.Form):
    """What was previewed: the gathering's version, and the numbers of those to be told."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    people = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_people(self) -> set[int]:
        """The numbers; anything else was not written by us."""
        try:
            return {int(number) for number in self.cleaned_data["people"].split()}
        except ValueError:
            return set()


class CallOffForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(
        label=_("What do you want to say to those who were invited?"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewsForm(forms.Form):
    """Title and text, with fingerprints of what lay there when they were read."""

    title = forms.CharField(label=_("Title"), max_length=LIMITS["title"])
    text = forms.CharField(
        label=_("Text"),
        max_length=LIMITS["text"],
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "An empty line begins a new paragraph. ### makes a heading, - a list and **bold** "
            "bold text. What stands in [[ ]] must be replaced or removed before it is published."
        ),
    )
    seen_title = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    seen_text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    @property
    def seen(self) -> dict[str, str]:
        """The fingerprints of a valid form."""
        data = self.cleaned_data
        return {"title": data["seen_title"], "text": data["seen_text"]}
