"""The form of a door: three questions, and more for whoever wants to say more.

Each group is asked in its own words. What is not asked of somebody (a name, of whom we know it) is
not in the form at all.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import Challenge, Idea
from idesluss.ideas.usecases.guests import NAME_LENGTH, Guest
from idesluss.ideas.usecases.hand_in import LIMITS, WIDTH, Given
from idesluss.ideas.vocab import IdeaKind
from idesluss.people.models import Person, Unit
from idesluss.people.names import unit_path
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Audience, Visibility

NEED = {
    Audience.STAFF: (
        _("What bothers you, or what is your idea?"),
        _("Something at work that could go better, for you or for those you are there for."),
    ),
    Audience.RESIDENTS: (
        _("What bothers you, or what is your idea?"),
        _("Something in the municipality that could be better. A few words are enough."),
    ),
    Audience.ASSOCIATIONS: (
        _("What do you see, or what could we do together?"),
        _("A need that your members meet, or something your association could help with."),
    ),
    Audience.COMPANIES: (
        _("Which need do you see, or what is your idea?"),
        _("Tell what it would change for people rather than what it is called. It is no tender."),
    ),
}
FOR_WHOM = {
    Audience.STAFF: _("Colleagues, residents, pupils …: whoever would notice."),
    Audience.RESIDENTS: _("Yourself, your neighbours, children on the way to school …"),
    Audience.ASSOCIATIONS: _("Your members, or others whom you meet."),
    Audience.COMPANIES: _("Who in the municipality would have use of it."),
}
SHOWN = {
    Visibility.CLOSED.value: _("Those who handle it"),
    Visibility.INSIDE.value: _("Everybody who works here"),
    Visibility.PUBLIC.value: _("Everybody, on the open pages"),
}
FIRST = ("need", "for_whom", "reach")
TRAP = "website"  # a field that no person sees; programs fill it in


class DoorForm(forms.Form):
    """What somebody hands in through ``door``; ``person`` is who is signed in, if anybody."""

    need = forms.CharField(
        widget=forms.Textarea({"rows": 5, "data-limit": LIMITS["need"]}),
        max_length=LIMITS["need"],
        error_messages={"required": _("Write what it is about. A few words are enough.")},
    )
    for_whom = forms.CharField(
        label=_("For whom would it be better?"), required=False, max_length=LIMITS["for_whom"]
    )
    reach = forms.CharField(
        label=_("How can we reach you?"),
        required=False,
        max_length=254,
        help_text=_(
            "An e-mail address or a phone number. Leave it empty if you do not want to be reached: "
            "you get a code to follow it with in any case."
        ),
        widget=forms.TextInput({"autocomplete": "email"}),
    )
    title = forms.CharField(
        label=_("A title"),
        required=False,
        max_length=LIMITS["title"],
        help_text=_("Otherwise the first words are the title."),
    )
    kind = forms.ChoiceField(
        label=_("Is it a need, or an idea of what could be done?"),
        choices=[(value, capfirst(label)) for value, label in IdeaKind.choices],
        widget=forms.RadioSelect({"class": "choices--inline"}),
        required=False,
    )
    how_many = forms.IntegerField(
        label=_("How many people have the need, about?"),
        required=False,
        min_value=1,
        max_value=100_000_000,
    )
    evidence = forms.CharField(
        label=_("How do you know?"),
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=LIMITS["evidence"],
        help_text=_("What you have seen, counted, or heard from others."),
    )
    unit = forms.TypedChoiceField(
        label=_("Which part of the organisation is it about?"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    on_behalf_of = forms.CharField(
        label=_("On behalf of an association or a company"),
        required=False,
        max_length=LIMITS["on_behalf_of"],
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it?"), widget=forms.RadioSelect, required=False
    )
    name_shown = forms.ChoiceField(
        label=_("Who may see your name?"), widget=forms.RadioSelect, required=False
    )
    secret = forms.CharField(
        label=_("Is something of it a trade secret?"),
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=LIMITS["secret"],
        help_text=_(
            "Say what, and which harm it would do if it came out. Then it is looked at before "
            "anybody gets to read it; whether it is secret is decided by law."
        ),
    )
    OUTSIDE: ClassVar = ("on_behalf_of", "secret")

    def __init__(
        self,
        *args: Any,
        door: Door,
        person: Person | None,
        shared: bool = False,
        **kwargs: Any,
    ) -> None:
        self.door, self.person = door, person
        super().__init__(*args, **kwargs)
        if shared:  # the browser of a machine that many use remembers nothing
            for field in self.fields.values():
                field.widget.attrs["autocomplete"] = "off"
        self.use_required_attribute = False
        audience = Audience(door.audience)
        self.fields["need"].label, self.fields["need"].help_text = NEED[audience]
        self.fields["for_whom"].help_text = FOR_WHOM[audience]
        self._choices()
        if person is not None:
            self._drop("reach", "name")
        if audience is Audience.STAFF:
            self._drop(*self.OUTSIDE)

    def _choices(self) -> None:
        current = Unit.objects.current().filter(organisation=self.door.organisation_id)
        self.units = {unit.pk: unit for unit in current.select_related("parent")}
        named = sorted((unit_path(unit), pk) for pk, unit in self.units.items())
        unit: Any = self.fields["unit"]
        unit.choices = [("", _("Not chosen")), *((pk, name) for name, pk in named)]
        if not named:
            self._drop("unit")
        widths = WIDTH[: WIDTH.index(self.door.visibility) + 1]
        if len(widths) == 1:
            self._drop("visibility", "name_shown")
            return
        for field in ("visibility", "name_shown"):
            chooser: Any = self.fields[field]
            chooser.choices = [(width, SHOWN[width]) for width in widths]

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    @property
    def first(self) -> list[forms.BoundField]:
        """The questions that everybody gets."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """The questions for whoever wants to say more."""
        return [field for field in self.visible_fields() if field.name not in FIRST]

    @property
    def more_is_open(self) -> bool:
        """Whether something is written among the further questions, or must be put right there.

        A unit that the link has filled in is told of above the form instead.
        """
        return any(field.errors or self._said(field) for field in self.more)

    @property
    def preset_unit(self) -> Unit | None:
        """The unit that the link has filled in, before anything is typed."""
        return None if self.is_bound else self.units.get(self.initial.get("unit") or 0)

    def _said(self, field: forms.BoundField) -> bool:
        value = field.value()
        if field.name == "unit" and not self.is_bound:
            return False
        usual = {"kind": IdeaKind.IDEA.value, "visibility": self.door.visibility}
        usual["name_shown"] = Visibility.CLOSED.value
        return value not in (None, "", usual.get(field.name))

    def given(self, challenge: Challenge | None) -> Given:
        """What was written, to be handed in as an answer to ``challenge``, if any."""
        said = self.cleaned_data
        texts = {name: said.get(name, "") for name in LIMITS}
        width, shown = said.get("visibility"), said.get("name_shown")
        return Given(
            **texts,
            kind=IdeaKind(said.get("kind") or IdeaKind.IDEA),
            how_many=said.get("how_many"),
            unit=self.units.get(said.get("unit") or 0),
            challenge=challenge,
            visibility=Visibility(width) if width else None,
            name_shown=Visibility(shown) if shown else Visibility.CLOSED,
            language=get_language() or "en",
        )

    def guest(self) -> Guest:
        """Who hands in, without an account.

        Raises:
            TooLong, NotAnAddress, NotReachable: naming the field.
        """
        return Guest.read(self.cleaned_data.get("name", ""), self.cleaned_data.get("reach", ""))


def initial_of(door: Door, draft: Idea | None = None, **presets: Any) -> dict[str, Any]:
    """What the form starts with: a draft, or the usual with ``presets``."""
    usual = {
        "kind": IdeaKind.IDEA.value,
        "visibility": door.visibility,
        "name_shown": Visibility.CLOSED.value,
    }
    if draft is None:
        return {**usual, **presets}
    names = (*LIMITS, "kind", "how_many", "visibility", "name_shown")
    kept = {name: getattr(draft, name) for name in names}
    return {**kept, "unit": draft.unit_id}
