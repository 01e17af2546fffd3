"""What becomes of each project's money when the year is closed, and of the rest of the pot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from idesluss.funding.reads.closing import Choice, Choices, Project, Year
from idesluss.funding.usecases.books import REASON_LENGTH
from idesluss.logic.ledger import Fate
from idesluss.programmes.vocab import Unused
from idesluss.web.frame.forms import AmountField, HintedRadios

FATES = {
    Fate.TRANSFER.value: _("goes on next year: the money goes with it"),
    Fate.RETURN.value: _("gives back what is left"),
    Fate.LEAVE.value: _("is left open, with a reason"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A project with the two fields that are asked about it."""

    project: Project
    fate: Any
    reason: Any


def _text(label: Any, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=REASON_LENGTH, widget=area, **more)


class ClosingForm(forms.Form):
    """One choice for each project with money left, and what the fund's rule leaves to choose."""

    def __init__(self, *args: Any, year: Year, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        for project in year.asked:
            pk = project.application.pk
            self.fields[f"fate-{pk}"] = forms.ChoiceField(
                label=_("What becomes of it?"),
                choices=[(value, capfirst(words)) for value, words in FATES.items()],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what becomes of the money.")},
            )
            self.fields[f"reason-{pk}"] = forms.CharField(
                label=_("Reason"), required=False, max_length=REASON_LENGTH
            )
        if len(year.rests) > 1 and year.free + sum(one.left for one in year.asked) > 0:
            self.fields["rest"] = forms.ChoiceField(
                label=_("What is left in the pot then"),
                choices=[(one.value, capfirst(one.label)) for one in year.rests],
                widget=HintedRadios(
                    {Unused.ROUND.value: _("The accounts stay open, and you go on to the round.")}
                ),
                error_messages={"required": _("Choose what becomes of what is left in the pot.")},
            )
        if year.free < 0:
            self.fields["cover"] = _text(
                _("Why more was granted than the pot holds"),
                required=False,
                initial=year.overshoot_reason,
                help_text=_("The reason that the meeting gave, if it did. What lacks is added."),
            )
        told = gettext("The accounts of %(year)s are closed") % {"year": year.pot.year}
        self.fields["words"] = forms.CharField(
            label=_("Reason on each row"), max_length=REASON_LENGTH, initial=told
        )

    def asked(self) -> Iterator[Asked]:
        """The projects that something is asked about, with their fields."""
        for project in self.year.asked:
            pk = project.application.pk
            yield Asked(project, self[f"fate-{pk}"], self[f"reason-{pk}"])

    def others(self) -> list[Any]:
        """The fields about the year as a whole."""
        return [self[name] for name in ("rest", "cover", "words") if name in self.fields]

    def choices(self) -> Choices:
        """What is chosen, of a valid form."""
        given = self.cleaned_data
        fates = {
            one.application.pk: Choice(
                Fate(given[f"fate-{one.application.pk}"]),
                given[f"reason-{one.application.pk}"],
            )
            for one in self.year.asked
        }
        rest = Unused(given["rest"]) if given.get("rest") else None
        return Choices(fates, rest, given["words"], given.get("cover", ""))


class ReasonForm(forms.Form):
    """Why."""

    reason = _text(_("Reason"))


class PotChangeForm(forms.Form):
    """A pot becomes larger or smaller."""

    way = forms.ChoiceField(
        label=_("What happens to the pot?"),
        choices=[("more", _("It gets more")), ("less", _("It gets less"))],
        widget=forms.RadioSelect(attrs={"class": "choices--inline"}),
        initial="more",
    )
    amount = AmountField(label=_("Sum"))
    reason = _text(_("Reason"), help_text=_("Stands on the row, for whoever reads it later."))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = currency

    def signed(self) -> int:
        """Minor units, below zero when it gets less; of a valid form."""
        minor: int = self.cleaned_data["amount"]
        return minor if self.cleaned_data["way"] == "more" else -minor
