"""What was found out: one form for every kind, made from what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import Finding
from idesluss.ideas.reads.findings import SOURCES
from idesluss.ideas.vocab import (
    FACT_LENGTH,
    FINDING_FIELDS,
    HEAD_LENGTH,
    FindingKind,
    ScanResult,
)
from idesluss.logic.merging import Clash, Value


class FindingForm(forms.Form):
    """Fields named as those of ``ideas.reads.findings.sheet``."""

    def __init__(
        self,
        *args: Any,
        kind: FindingKind,
        interviews: Sequence[Finding],
        office: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for asked in FINDING_FIELDS[kind.value]:
            one_line = asked.lines == 1
            self.fields[asked.key] = forms.CharField(
                label=str(asked.label),
                help_text=str(asked.hint),
                required=False,
                max_length=HEAD_LENGTH if asked.key == "head" else FACT_LENGTH,
                widget=forms.TextInput() if one_line else forms.Textarea({"rows": asked.lines}),
            )
        if kind is FindingKind.SCAN:
            self.fields["result"] = forms.ChoiceField(
                label=_("What does it come to?"),
                choices=[(value, capfirst(str(label))) for value, label in ScanResult.choices],
                widget=forms.RadioSelect,
                required=False,
            )
        if kind is FindingKind.INSIGHT and interviews:
            self.fields[SOURCES] = forms.TypedMultipleChoiceField(
                label=_("Which interviews does it come from?"),
                choices=[(it.pk, it.head) for it in interviews],
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if office:
            self.fields["inside"] = forms.BooleanField(
                label=_("Only for those who handle the case"), required=False
            )

    def wanted(self) -> dict[str, Value]:
        """What was written, as the use case takes it."""
        told: dict[str, Value] = dict(self.cleaned_data)
        if SOURCES in told:
            told[SOURCES] = tuple(sorted(self.cleaned_data[SOURCES]))
        if "inside" in told:
            told["inside"] = int(self.cleaned_data["inside"])
        return told

    def show_clashes(self, clashes: Mapping[str, Clash]) -> None:
        """Say at each field that somebody else changed meanwhile what stands there now."""
        for name, clash in clashes.items():
            words = gettext(
                "Somebody else has changed this meanwhile. Now it says: “%(theirs)s”. "
                "Put the two together and save again."
            )
            self.add_error(name, words % {"theirs": self._shown(name, clash.theirs)})

    def _shown(self, name: str, value: Value) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(value, tuple):
            return ", ".join(str(choices.get(it, it)) for it in value) or "–"
        if name == "inside":
            return gettext("Yes") if value else gettext("No")
        return str(choices.get(value, value) or "–")
