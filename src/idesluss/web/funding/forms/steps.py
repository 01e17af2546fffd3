"""The fields of each step of an application: those that its round asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from idesluss.funding.models import Application
from idesluss.funding.vocab import OTHERWISE_LENGTH
from idesluss.ideas.vocab import NEED_LENGTH, TITLE_LENGTH
from idesluss.logic.merging import Value
from idesluss.logic.terms import NEW, Terms
from idesluss.people.models import Unit
from idesluss.people.names import unit_path
from idesluss.programmes.models import Goal, Question
from idesluss.programmes.vocab import ApplicationKind, QuestionPart
from idesluss.web.frame.formats import amount
from idesluss.web.frame.forms import AmountField, DateInput
from idesluss.web.funding.forms.lines import LinesField
from idesluss.web.funding.forms.texts import Text, question_fields

STEPS: Mapping[str, Any] = {
    "need": _("The need"),
    "idea": _("The idea"),
    "plan": _("Plan and money"),
    "people": _("People and files"),
    "goals": _("Goals"),
}
LOOK_THROUGH = _("Look through")
NEED_HELP = _(
    "Begin with the need, not the solution: who has it, how many are they, and how do you know?"
)
TITLE_HELP = _("Short, and clear to somebody who has not heard of it.")
Fields = dict[str, forms.Field]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the fields of an application are made of: questions, choices, and what lies saved.

    ``earlier`` are the applications that it may go on from, the one that it does among them. They
    and the units are read when a step asks for them.
    """

    application: Application
    questions: Sequence[Question]
    units: Sequence[Unit]
    goals: Sequence[Goal]
    terms: Terms
    earlier: Sequence[Application]
    written: Mapping[str, Value]

    @property
    def departments(self) -> list[Unit]:
        """The departments that may take part beside its own; those chosen before stay."""
        unit = self.application.idea.unit
        own = (unit.parent_id or unit.pk) if unit else None
        now = list(self.application.partners.all())
        able = [one for one in self.units if one.parent_id is None and one.pk != own]
        return list(dict.fromkeys([*able, *now]))


class NumbersField(forms.TypedMultipleChoiceField):
    """Several of the choices; the value is their numbers in order."""

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(sorted(super().clean(value)))


def need_fields() -> Fields:
    """Title and need: where every application begins."""
    title = Text(
        TITLE_LENGTH,
        label=gettext_lazy("Title"),
        help_text=TITLE_HELP,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    need = Text(
        NEED_LENGTH,
        label=gettext_lazy("What does not work today, and for whom?"),
        help_text=NEED_HELP,
    )
    return {"title": title, "need": need}


def _need(sources: Sources) -> Fields:
    asked = question_fields(sources.questions, QuestionPart.NEED)
    return need_fields() | _kind(sources) | asked


def _kind(sources: Sources) -> Fields:
    """The kind of application where there is a choice, and what it goes on from."""
    kinds = [(kind.value, capfirst(str(kind.label))) for kind in ApplicationKind]
    able = [(value, label) for value, label in kinds if value in sources.terms.kinds]
    fields: Fields = {}
    if len(able) > 1:
        fields["kind"] = forms.ChoiceField(
            choices=able,
            required=False,
            widget=forms.RadioSelect,
            label=gettext_lazy("What do you apply for?"),
        )
    if sources.terms.kinds != {NEW}:
        choices: list[tuple[Any, Any]] = [("", _("Choose one"))]
        choices += [(one.pk, earlier_told(one)) for one in sources.earlier]
        fields["continues"] = forms.TypedChoiceField(
            choices=choices,
            coerce=int,
            empty_value=None,
            required=False,
            label=gettext_lazy("Which earlier project does it go on from?"),
            help_text=gettext_lazy(
                "Your own projects that were granted money, and those of your department."
            )
            if sources.earlier
            else gettext_lazy(
                "No earlier project of yours or your department's was granted money."
            ),
        )
    return fields


def earlier_told(application: Application) -> str:
    """An earlier application as it is called in a list."""
    idea = application.idea
    return " · ".join(filter(None, (idea.title, idea.register_number, application.round.name)))


def _idea(sources: Sources) -> Fields:
    return question_fields(sources.questions, QuestionPart.IDEA)


def _plan(sources: Sources) -> Fields:
    year, terms = sources.terms.project_year, sources.terms
    until = date(year, 12, 31).isoformat() if terms.must_end_in_year else None
    within = (
        gettext("The money is for %(year)s, and the project must be finished that year.")
        if terms.must_end_in_year
        else gettext("The money is for %(year)s.")
    )
    limits = {"min": date(year, 1, 1).isoformat()} | ({"max": until} if until else {})
    ends_on = forms.DateField(
        required=False,
        widget=DateInput(limits),
        label=gettext_lazy("The project's last day"),
        help_text=within % {"year": year},
    )
    plan = question_fields(sources.questions, QuestionPart.PLAN) | {"ends_on": ends_on}
    if terms.asks_otherwise:
        plan["otherwise"] = Text(
            OTHERWISE_LENGTH,
            label=gettext_lazy("Why would it not happen without this money?"),
            help_text=gettext_lazy("What have you tried, and what would be done instead?"),
        )
    return plan | _money(sources) | _cofinancing(terms)


def _money(sources: Sources) -> Fields:
    terms = sources.terms
    money: Fields = {
        "lines": LinesField(
            terms,
            required=False,
            label=gettext_lazy("What is the money for?"),
            help_text=limits_told(terms),
        )
    }
    if not sources.written["lines"]:
        money["asked"] = AmountField(
            currency=terms.currency,
            required=False,
            label=gettext_lazy("Or the whole sum, if you cannot divide it yet"),
            help_text=gettext_lazy("If you fill in lines, their sum is what you ask for."),
        )
    return money


def _cofinancing(terms: Terms) -> Fields:
    if terms.cofinancing_percent is None:
        return {}
    told = gettext("At least %(percent)s %% of the whole, what you ask for included.")
    return {
        "cofinanced": AmountField(
            currency=terms.currency,
            required=False,
            label=gettext_lazy("What do others pay?"),
            help_text=told % {"percent": terms.cofinancing_percent},
        ),
        "cofinanced_by": forms.CharField(
            required=False,
            strip=False,
            label=gettext_lazy("Who pays it?"),
            help_text=gettext_lazy("For example your own department, or a partner."),
        ),
    }


def limits_told(terms: Terms) -> SafeString:
    """How sums may be written, and the limits that the round sets for them."""
    limits = []
    if terms.cap_minor is not None:
        told = gettext("One project can get at most %(cap)s.")
        limits.append(told % {"cap": amount(terms.cap_minor, terms.currency)})
    if terms.floor_minor is not None:
        told = gettext("You can ask for %(floor)s at the least.")
        limits.append(told % {"floor": amount(terms.floor_minor, terms.currency)})
    if terms.material_percent is not None:
        told = gettext("Material and equipment may be at most %(percent)s %% of what you ask for.")
        limits.append(told % {"percent": terms.material_percent})
    if terms.work_rate_minor is not None:
        told = gettext("Own work counts %(rate)s an hour: write the hours, and the sum follows.")
        limits.append(told % {"rate": amount(terms.work_rate_minor, terms.currency)})
    form = gettext("Write sums as you like: 60 900, 60.900:- or 60,9 tkr.")
    if not limits:
        return format_html("{}", form)
    return format_html("<strong>{}</strong> {}", " ".join(limits), form)


def _people(sources: Sources) -> Fields:
    choices: list[tuple[Any, Any]] = [("", _("Choose one"))]
    units = list(sources.units)
    now = sources.application.idea.unit
    if now is not None and now not in units:
        units.append(now)  # out of use since it was chosen; stays until another is
    choices += [(unit.pk, unit_path(unit)) for unit in units]
    unit = forms.TypedChoiceField(
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        label=gettext_lazy("Which department is it about?"),
        help_text=gettext_lazy("The one that will carry the idea out."),
    )
    return ({"unit": unit} if units else {}) | _partners(sources)


def _partners(sources: Sources) -> Fields:
    if sources.terms.departments_needed <= 1:
        return {}
    told = gettext("At least %(n)s departments must take part, your own counted.")
    partners = NumbersField(
        choices=[(unit.pk, unit.name) for unit in sources.departments],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Which other departments take part?"),
        help_text=told % {"n": sources.terms.departments_needed},
    )
    return {"partners": partners}


def _goals(sources: Sources) -> Fields:
    goals = NumbersField(
        choices=[(goal.pk, goal.name) for goal in sources.goals],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Which goals does it serve?"),
        help_text=gettext_lazy(
            "Choose those that it really serves; one is enough, and none is fine."
        ),
    )
    return {"goals": goals}


FIELDS = {"need": _need, "idea": _idea, "plan": _plan, "people": _people, "goals": _goals}
