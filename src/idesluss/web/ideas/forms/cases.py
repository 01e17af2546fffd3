"""What somebody wants to see of a sluice's cases and needs; nonsense is left out, no error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from idesluss.ideas.reads.bank import BANK_SORTS, NeedWish
from idesluss.ideas.reads.cases import ENDED, LIVING, MINE, SORTS, Choices, Wish
from idesluss.ideas.vocab import IdeaKind, StageName
from idesluss.programmes.vocab import Audience

EVERY = [("", pgettext_lazy("no filter", "All"))]
SORT_NAMES = {
    "new": _("Newest first"),
    "old": _("Oldest first"),
    "next": _("Next date"),
    "title": _("Title"),
    "many": _("Most people"),
}
YEARS = 10  # that can be chosen


class CaseFilter(forms.Form):
    """The filters of the list; those of the office only for the office."""

    text = forms.CharField(label=_("Number or title"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("What it is"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    challenge = forms.ChoiceField(label=_("Challenge"), required=False)
    audience = forms.ChoiceField(label=_("From whom"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    whose = forms.ChoiceField(label=_("Who has it"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False)

    OFFICE = ("audience", "whose", "year", "step")

    def offer(self, choices: Choices, *, office: bool, this_year: int) -> None:
        """Offer what there is in this sluice."""
        if not office:
            for name in self.OFFICE:
                del self.fields[name]
        stages: list[tuple[str, Any]] = [(LIVING, _("Going on")), (ENDED, _("Ended"))]
        years = [(str(year), str(year)) for year in range(this_year, this_year - YEARS, -1)]
        self._offer("kind", _capital(choices.kinds))
        self._offer("stage", [*stages, *_capital(choices.stages)])
        self._offer("step", choices.steps)
        self._offer("unit", choices.units)
        self._offer("goal", choices.goals)
        self._offer("challenge", choices.challenges)
        self._offer("audience", _capital(choices.audiences))
        self._offer("year", years)
        self._offer("whose", [(MINE, _("Me")), *choices.people])
        sorts = SORTS if office else [it for it in SORTS if it != "next"]
        self.fields["sort"].choices = [(it, SORT_NAMES[it]) for it in sorts]

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """The choices of a field, or no such field where there is nothing to choose."""
        if name in self.fields and not choices:
            del self.fields[name]
        elif name in self.fields:
            self.fields[name].choices = [*EVERY, *choices]


def _capital(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in choices]


class NeedFilter(forms.Form):
    """The filters of the need bank."""

    text = forms.CharField(label=_("Number or title"), required=False, max_length=100)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    ideas = forms.ChoiceField(
        label=_("Ideas for it"),
        required=False,
        choices=[*EVERY, ("none", _("None yet"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(it, SORT_NAMES[it]) for it in BANK_SORTS],
    )

    def offer(self, choices: Choices) -> None:
        """Offer what there is in this sluice."""
        for name, found in (("unit", choices.units), ("goal", choices.goals)):
            if found:
                self.fields[name].choices = [*EVERY, *found]
            else:
                del self.fields[name]


def wish_of(query: Any, *, office: bool) -> Wish:
    """The wish in a query string; what only the office may ask for is left out for others."""
    whose = query.get("whose", "") if office else ""
    stage, year = query.get("stage", ""), _number(query.get("year", ""))
    return Wish(
        kind=_one_of(query.get("kind", ""), IdeaKind.values),
        stage=_one_of(stage, [LIVING, ENDED, *StageName.values]),
        step=query.get("step", "")[:40] if office else "",
        unit=_number(query.get("unit", "")),
        goal=_number(query.get("goal", "")),
        audience=_one_of(query.get("audience", ""), Audience.values) if office else "",
        challenge=_plain(query.get("challenge", ""))[:80],
        year=year if office and year and 1990 <= year < 2200 else None,
        whose=whose if whose == MINE else str(_number(whose) or ""),
        text=_plain(query.get("text", "")),
        sort=_one_of(query.get("sort", ""), SORTS) or "new",
    )


def need_wish_of(query: Any) -> NeedWish:
    """The wish of somebody who looks into the need bank."""
    return NeedWish(
        unit=_number(query.get("unit", "")),
        goal=_number(query.get("goal", "")),
        open_only=query.get("ideas") == "none",
        text=_plain(query.get("text", "")),
        sort=_one_of(query.get("sort", ""), BANK_SORTS) or "new",
    )


def _one_of(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _plain(text: str) -> str:
    return str(text).replace("\0", "")[:100]
