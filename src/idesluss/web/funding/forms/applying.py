"""The steps of an application as forms: what was sent, what was seen, and what fields are called.

The fields themselves are made in ``steps``, the budget's in ``lines``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.reads.sheet import answer_field
from idesluss.logic.merging import Value
from idesluss.logic.terms import Line
from idesluss.people.names import unit_path
from idesluss.programmes.models import Question
from idesluss.programmes.vocab import ApplicationKind
from idesluss.web.frame.formats import amount, day
from idesluss.web.funding.forms.steps import FIELDS, Sources, earlier_told, need_fields


class StartForm(forms.Form):
    """Where every application begins. ``application`` is its number once it has been saved."""

    use_required_attribute = False
    application = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= need_fields()


class StepForm(forms.Form):
    """One step of an application. Everything may stay empty until it is handed in.

    Only fields that the page says it holds (``fields``) count as sent; so a page that shows a few
    of them never empties the others.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        sources: Sources,
        step: str,
        only: Sequence[str] = (),
    ) -> None:
        fields = FIELDS[step](sources)
        self.shown = [name for name in fields if not only or name in only]
        written = dict(sources.written)
        written["cofinanced"] = written["cofinanced"] or None  # nothing is an empty field
        super().__init__(data, initial=written)
        self.fields |= {name: fields[name] for name in self.shown}

    @property
    def values(self) -> dict[str, Value]:
        """What was sent and can be read, by field."""
        sent = self.data.get("fields", "").split()
        return {name: self.cleaned_data[name] for name in sent if name in self.cleaned_data}

    @property
    def seen(self) -> dict[str, str]:
        """The fingerprints of what lay before the writer, by field."""
        pairs = (pair.partition("=") for pair in self.data.get("seen", "").split())
        return {name: print_ for name, _, print_ in pairs}


NAMES: Mapping[str, Any] = {
    "title": _("Title"),
    "need": _("The need"),
    "kind": _("Kind of application"),
    "continues": _("Earlier project"),
    "ends_on": _("The project's last day"),
    "otherwise": _("Why it would not happen without the money"),
    "lines": _("What the money is for"),
    "asked": _("The sum you ask for"),
    "cofinanced": _("What others pay"),
    "cofinanced_by": _("Who pays beside the fund"),
    "unit": _("Department"),
    "partners": _("Departments that take part"),
    "goals": _("Goals"),
}


def label_of(name: str, questions: Sequence[Question]) -> str:
    """What a field is called where it stands without its form."""
    if name in NAMES:
        return str(NAMES[name])
    return next((one.text for one in questions if answer_field(one) == name), name)


def shown_value(name: str, value: Value, sources: Sources) -> str:
    """A saved value of a field, as text."""
    currency = sources.terms.currency
    match name:
        case "lines":
            lines = cast("tuple[Line, ...]", value)
            return "\n".join(f"{it.what}: {amount(it.amount_minor, currency)}" for it in lines)
        case "asked" | "cofinanced":
            return amount(cast("int | None", value), currency)
        case "unit":
            return next((unit_path(it) for it in sources.units if it.pk == value), "")
        case "goals":
            chosen = cast("tuple[int, ...]", value)
            return "\n".join(goal.name for goal in sources.goals if goal.pk in chosen)
        case "partners":
            chosen = cast("tuple[int, ...]", value)
            return "\n".join(it.name for it in sources.departments if it.pk in chosen)
        case "kind":
            return str(ApplicationKind(str(value)).label)
        case "continues":
            return next((earlier_told(it) for it in sources.earlier if it.pk == value), "")
    return day(value) if isinstance(value, date) else str(value or "")
