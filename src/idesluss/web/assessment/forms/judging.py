"""The assessor's paper: one mark and one reason for each criterion, an advice and a summary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from idesluss.assessment.reads.sheet import mark_field, why_field
from idesluss.assessment.vocab import WHY_LENGTH, Advice
from idesluss.logic.merging import Clash, Value
from idesluss.programmes.models import Criterion
from idesluss.programmes.vocab import CriterionKind

INLINE = {"class": "choices--inline"}


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion on the paper, with its two fields."""

    criterion: Criterion
    mark: BoundField
    why: BoundField


@dataclass(frozen=True, slots=True)
class Part:
    """The criteria of one kind."""

    kind: str
    title: Promise
    items: Sequence[Item]


TITLES: Mapping[str, Promise] = {
    CriterionKind.QUALIFYING.value: _("Does it qualify?"),
    CriterionKind.SCORED.value: _("How good is it?"),
    CriterionKind.ADDITIONAL.value: _("What speaks for it besides?"),
}


class JudgementForm(forms.Form):
    """Fields are named as those of ``assessment.reads.sheet``; none is required in a draft."""

    summary = forms.CharField(
        label=_("Summary"),
        help_text=_("What those who decide should know, in a few sentences. May be left out."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=WHY_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        summary = self.fields.pop("summary")
        for criterion in self.criteria:
            self.fields[mark_field(criterion.key)] = _mark(criterion)
            self.fields[why_field(criterion.key)] = forms.CharField(
                label=_("Why?"),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=WHY_LENGTH,
                required=False,
            )
        self.fields["advice"] = forms.ChoiceField(
            label=_("Your advice to those who decide"),
            choices=[(value, capfirst(label)) for value, label in Advice.choices],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["summary"] = summary
        self.use_required_attribute = False

    def parts(self) -> Iterator[Part]:
        """The criteria by kind: qualifying, scored, additional."""
        for kind, title in TITLES.items():
            items = [
                Item(it, self[mark_field(it.key)], self[why_field(it.key)])
                for it in self.criteria
                if it.kind == kind
            ]
            if items:
                yield Part(kind, title, items)

    def wanted(self) -> dict[str, Value]:
        """What was written, as the use case takes it; line ends of one kind."""
        tidy: dict[str, Value] = {}
        for name, value in self.cleaned_data.items():
            is_text = isinstance(value, str)
            tidy[name] = value.replace("\r\n", "\n").strip() if is_text else value
        return tidy

    def show_clashes(self, clashes: Mapping[str, Clash]) -> None:
        """Say at each field that was changed elsewhere what lies there now."""
        for name, clash in clashes.items():
            words = _(
                "In another window this was changed to “%(theirs)s”. Save again to keep yours."
            )
            self.add_error(name, words % {"theirs": self._shown(name, clash.theirs)})

    def _shown(self, name: str, value: Value) -> str:
        choices = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value) if value not in (None, "") else "–")


def _mark(criterion: Criterion) -> forms.TypedChoiceField:
    if criterion.kind == CriterionKind.SCORED:
        choices: list[tuple[int, Any]] = [
            (mark, str(mark)) for mark in range(criterion.low, criterion.high + 1)
        ]
        choices[0] = (criterion.low, _("%(mark)s, lowest") % {"mark": criterion.low})
        choices[-1] = (criterion.high, _("%(mark)s, highest") % {"mark": criterion.high})
    else:
        choices = [
            (1, pgettext_lazy("criterion", "Met")),
            (0, pgettext_lazy("criterion", "Not met")),
        ]
    return forms.TypedChoiceField(
        label=criterion.name,
        help_text=criterion.description,
        choices=choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect(attrs=INLINE),
        required=False,
    )


def seen_in(text: str) -> dict[str, str]:
    """The fingerprints that the page carried; nonsense is none, so that nothing is overwritten."""
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in seen.items()} if isinstance(seen, dict) else {}
