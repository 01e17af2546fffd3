"""Forms of challenges: pose and change, open, end, offer to a parked case."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.usecases.challenges import LIMITS, Posed
from idesluss.ideas.vocab import REASON_LENGTH
from idesluss.people.models import Appointment, Person, Unit
from idesluss.people.names import unit_path
from idesluss.people.vocab import Role
from idesluss.programmes.models import Goal, Programme, Round
from idesluss.programmes.vocab import Audience
from idesluss.web.frame.moments import LocalMomentField
from idesluss.web.frame.request import Request

MOST = 200  # parked cases that can be chosen


class ChallengeForm(forms.Form):
    """What a challenge says, who stands behind it, and for whom it is."""

    title = forms.CharField(
        label=_("The challenge in one line"),
        help_text=_("As a question, or as what is to be better: “More children dare to cycle”."),
        max_length=LIMITS["title"],
    )
    text = forms.CharField(
        label=_("What is the problem?"),
        help_text=_(
            "What happens today, where and how often, and how you know. Leave the solution to "
            "those who answer."
        ),
        widget=forms.Textarea({"rows": 7}),
        max_length=LIMITS["text"],
    )
    for_whom = forms.CharField(label=_("For whom?"), max_length=LIMITS["for_whom"], required=False)
    audiences = forms.MultipleChoiceField(
        label=_("Who may answer?"),
        help_text=_("If it is for others than employees, everybody can read it."),
        choices=[(value, capfirst(label)) for value, label in Audience.choices],
        widget=forms.CheckboxSelectMultiple,
    )
    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("Who owns it?"),
        help_text=_(
            "A manager or an administrator, who has the mandate to use the answers. Only they, or "
            "an administrator, can open it."
        ),
    )
    resources = forms.CharField(
        label=_("What time and money is there for good answers?"),
        help_text=_("People see whether it is meant seriously. Write it even if it is little."),
        widget=forms.Textarea({"rows": 3}),
        max_length=LIMITS["resources"],
    )
    afterwards = forms.CharField(
        label=_("What happens with good answers?"),
        help_text=_("Who chooses, when, and what is done then."),
        widget=forms.Textarea({"rows": 3}),
        max_length=LIMITS["afterwards"],
    )
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Unit"), required=False)
    goals = forms.ModelMultipleChoiceField(
        queryset=Goal.objects.none(),
        label=_("Goals it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    round = forms.ModelChoiceField(
        queryset=Round.objects.none(),
        label=_("A round where good answers can ask for money"),
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, reader: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here, fields = programme.organisation, self.fields
        zone = here.timezone
        closes = LocalMomentField(
            zone=zone, later=True, label=_("Closes"), required=False,
            help_text=_("Leave it empty if it is open until you close it."),
        )  # fmt: skip
        fields["closes_at"] = closes
        choices: dict[str, Any] = {
            "owner": _with_mandate(programme, reader),
            "unit": Unit.objects.current().filter(organisation=here).select_related("parent"),
            "goals": Goal.objects.current().filter(programme=programme),
            "round": Round.objects.visible_to(reader.user, at=reader.at)
            .filter(programme__organisation=here)
            .exclude(closes_at__lte=reader.at)
            .order_by("closes_at", "pk"),
        }
        for name, rows in choices.items():
            field: Any = fields[name]
            field.queryset = rows
        unit: Any = fields["unit"]
        unit.label_from_instance = unit_path
        for name in ("goals", "round", "unit"):
            if not choices[name].exists():
                del fields[name]

    def posed(self, *, need: Idea | None, before: Challenge | None = None) -> Posed:
        """What the use cases take; what the form could not ask stays as it was."""
        said = dict(self.cleaned_data)
        for name in ("unit", "round"):
            said.setdefault(name, getattr(before, name) if before else None)
        goals = said.pop("goals", None)
        kept = list(before.goals.all()) if before else []
        return Posed(**said, goals=tuple(kept if goals is None else goals), need=need)


def _with_mandate(programme: Programme, reader: Request) -> Any:
    roles = (Role.MANAGER.value, Role.ADMINISTRATOR.value)
    held = Appointment.objects.valid(reader.at.date()).filter(
        organisation=programme.organisation_id, role__in=roles
    )
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name")


class OpenForm(forms.Form):
    """From when to when it takes in answers."""

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_at"] = LocalMomentField(
            zone=zone,
            label=_("Opens"),
            required=False,
            help_text=_("Leave it empty to open it now."),
        )
        self.fields["closes_at"] = LocalMomentField(
            zone=zone,
            later=True,
            label=_("Closes"),
            required=False,
            help_text=_("Leave it empty if it is open until you close it."),
        )


class EndForm(forms.Form):
    """What came of it."""

    result = forms.CharField(
        label=_("What came of it?"),
        help_text=_(
            "Everybody who answered is told, word for word. Say what happens with which answers, "
            "and why, also if nothing comes of them."
        ),
        widget=forms.Textarea({"rows": 8}),
        max_length=REASON_LENGTH,
    )


class OfferForm(forms.Form):
    """A parked case whose giver is asked."""

    idea = forms.ModelChoiceField(queryset=Idea.objects.none(), label=_("Parked case"))

    def __init__(self, *args: Any, sleepers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["idea"]
        field.queryset = Idea.objects.filter(
            pk__in=list(sleepers.values_list("pk", flat=True)[:MOST])
        )
        field.label_from_instance = lambda idea: f"{idea.title} ({idea.register_number})"
