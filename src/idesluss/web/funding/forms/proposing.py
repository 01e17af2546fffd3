"""The sums that the office proposes, one field for each case."""

from __future__ import annotations

from typing import Any

from django import forms

from idesluss.funding.reads.agenda import Agenda, Case
from idesluss.funding.usecases.recommend import Proposed, Recommended
from idesluss.web.frame.formats import say
from idesluss.web.frame.forms import AmountField


class ProposalsForm(forms.Form):
    """A sum for every open case of the agenda, beside what stood there when it was shown."""

    use_required_attribute = False

    def __init__(self, *args: Any, agenda: Agenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {case.decision.pk: case for case in agenda.cases if not case.withdrawn}
        for pk, case in self.cases.items():
            now = case.decision.recommended_minor
            self.fields[f"sum-{pk}"] = AmountField(
                currency=case.decision.application.currency,
                required=False,
                label=f"§ {case.number} {case.decision.application}",
                initial=now,
            )
            self.fields[f"was-{pk}"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=now
            )

    @property
    def rows(self) -> list[tuple[Case, Any, Any]]:
        """Each case with its field, and the hidden one."""
        return [(case, self[f"sum-{pk}"], self[f"was-{pk}"]) for pk, case in self.cases.items()]

    @property
    def proposed(self) -> list[Proposed]:
        """What was written, of the fields that can be read."""
        data = self.cleaned_data
        readable = [pk for pk in self.cases if f"sum-{pk}" in data and f"was-{pk}" in data]
        return [Proposed(pk, data[f"sum-{pk}"], data[f"was-{pk}"]) for pk in readable]

    def complain(self, result: Recommended) -> None:
        """Say at each case why its sum was not saved."""
        for pk, refusal in result.refused.items():
            self.add_error(f"sum-{pk}" if pk in self.cases else None, say(refusal))
