"""Forms around a meeting: its facts, what comes up, who is there, who steps aside, the release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from idesluss.funding.models import Meeting
from idesluss.funding.reads.agenda import Agenda
from idesluss.funding.reads.meetings import Candidate, Readiness
from idesluss.funding.reads.members import Member
from idesluss.funding.usecases.meeting import PLACE_LENGTH, Facts
from idesluss.ideas.usecases.conflict import NOTE_LENGTH
from idesluss.ideas.vocab import Ground
from idesluss.papers.look import capital
from idesluss.papers.minutes import ground_told
from idesluss.people.models import Person
from idesluss.web.frame.formats import amount
from idesluss.web.frame.forms import DateInput, HintedCheckboxes, HintedRadios, MomentInput

Choices = Sequence[tuple[Any, Any]]


def people(found: Iterable[Person]) -> Choices:
    """Choices of people, each once, with nobody first."""
    once = {person.pk: person.name for person in found}
    return [("", _("Nobody yet")), *once.items()]


class FactsForm(forms.Form):
    """When and where the meeting is, and who leads, writes and checks the minutes."""

    held_at = forms.DateTimeField(label=_("Day and time"), required=False, widget=MomentInput())
    place = forms.CharField(
        label=pgettext_lazy("of a meeting", "Place"), required=False, max_length=PLACE_LENGTH
    )
    chair = forms.TypedChoiceField(label=_("Chair"), required=False, coerce=int, empty_value=None)
    secretary = forms.TypedChoiceField(
        label=_("Secretary"), required=False, coerce=int, empty_value=None
    )
    adjuster = forms.CharField(
        label=_("Checks the minutes"),
        required=False,
        max_length=PLACE_LENGTH,
        help_text=_("The person who signs that the minutes are right."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, *args: Any, members: Iterable[Person], offices: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members = list(members)
        self.fields["chair"].choices = people(members)
        self.fields["secretary"].choices = people([*offices, *members])

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """What the form shows of a meeting."""
        return {
            "held_at": meeting.held_at,
            "place": meeting.place,
            "chair": meeting.chair_id,
            "secretary": meeting.secretary_id,
            "adjuster": meeting.adjuster,
            "version": meeting.version,
        }

    @property
    def facts(self) -> Facts:
        """The facts of a valid form."""
        data = self.cleaned_data
        return Facts(
            held_at=data["held_at"],
            place=data["place"].strip(),
            chair_id=data["chair"],
            secretary_id=data["secretary"],
            adjuster=data["adjuster"].strip(),
        )


class CasesForm(forms.Form):
    """Which cases come up; ticked are those that are assessed and fall under the body's mandate."""

    applications = forms.TypedMultipleChoiceField(
        label=_("Cases to take up"), required=False, coerce=int, widget=HintedCheckboxes({})
    )

    def __init__(self, *args: Any, readiness: Readiness, **kwargs: Any) -> None:
        candidates = readiness.candidates
        ready = [one.application.pk for one in candidates if one.assessed and one.here]
        kwargs.setdefault("initial", {"applications": ready})
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        able = [one for one in candidates if not one.unchecked]
        field.choices = [
            (one.application.pk, f"{one.application.idea.register_number} {one.application}")
            for one in able
        ]
        several = len(readiness.mandates) > 1
        hints = {str(one.application.pk): _hint(one, several=several) for one in able}
        field.widget.hints = {number: hint for number, hint in hints.items() if hint}


def _hint(one: Candidate, *, several: bool) -> str:
    """What to know of a case before it comes up; whose it is where ``several`` bodies decide."""
    asked, currency = one.application.asked_minor, one.application.currency
    parts = []
    if not one.assessed:
        told = gettext("%(locked)s of %(wanted)s assessments done")
        parts.append(told % {"locked": one.locked, "wanted": max(one.wanted, one.assigned)})
    if several:
        parts.append(gettext("asks for %(sum)s") % {"sum": amount(asked, currency)})
    if one.under and not one.here:
        parts.append(gettext("falls under %(body)s") % {"body": one.under.name})
    if several and not one.covered:
        parts.append(gettext("more than this body may grant"))
    return " · ".join(parts)


class PresenceForm(forms.Form):
    """Who of those with a seat is in the room."""

    present = forms.TypedMultipleChoiceField(
        label=_("Present"), required=False, coerce=int, widget=HintedCheckboxes({})
    )

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        here = {member.person.pk for member in members if member.present}
        kwargs.setdefault("initial", {"present": sorted(here)})
        super().__init__(*args, **kwargs)
        once = {member.person.pk: member for member in members}
        field = self.fields["present"]
        field.choices = [(pk, member.person.name) for pk, member in once.items()]
        field.widget.hints = {str(pk): _role(member) for pk, member in once.items()}


def _role(member: Member) -> Any:
    """What a seat is beside an ordinary one; "" for that."""
    if member.chairs:
        return _("chair of the body")
    if member.deputy_for:
        return _("serves for %(name)s") % {"name": member.deputy_for.name}
    return ""


class RecusalForm(forms.Form):
    """A member steps aside in one case."""

    case = forms.TypedChoiceField(label=_("Case"), coerce=int)
    person = forms.TypedChoiceField(label=_("Who steps aside"), coerce=int)
    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Goes into the minutes. Needed when you write it down for somebody else."),
    )

    def __init__(
        self, *args: Any, agenda: Agenda, anybody: bool, by: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [
            (case.decision.application_id, f"§ {case.number} {case.decision.application}")
            for case in agenda.cases
            if not case.withdrawn
        ]
        members = agenda.names
        if not anybody:
            members = {pk: name for pk, name in members.items() if pk == by.pk}
        self.fields["person"].choices = list(members.items())
        self.fields["ground"].choices = [
            (ground, capital(ground_told(ground))) for ground in Ground.values
        ]


class ReleaseForm(forms.Form):
    """When the results are shown, and that the preview was looked at."""

    NOW, LATER = "now", "later"

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    publish = forms.ChoiceField(
        label=_("Publish the list of granted applications"),
        choices=[(NOW, _("At once")), (LATER, _("On a later day"))],
        widget=HintedRadios(
            {LATER: _("The applicants are told at once all the same.")},
        ),
        initial=NOW,
    )
    publish_on = forms.DateField(
        label=_("Day of publication"),
        required=False,
        widget=DateInput(),
        help_text=_("From the first minute of that day."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs_day = data.get("publish") == self.LATER and "publish_on" not in self.errors
        if needs_day and not data.get("publish_on"):
            self.add_error("publish_on", _("Choose the day."))
        return data

    def publish_at(self, at: datetime) -> datetime:
        """From when the results are public: ``at``, or the start of the day in the current zone."""
        if self.cleaned_data["publish"] == self.NOW:
            return at
        day = datetime.combine(self.cleaned_data["publish_on"], time())
        return timezone.make_aware(day)
