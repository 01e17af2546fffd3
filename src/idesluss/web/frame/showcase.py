"""Made-up values for the page that shows every component."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

from idesluss.funding.vocab import OutcomeName
from idesluss.ideas.vocab import StageName
from idesluss.web.frame.forms import AmountField, DateInput, HintedCheckboxes, HintedRadios
from idesluss.web.frame.request import Request
from idesluss.web.frame.templatetags.frame import Step, lock

TEXT = (
    "I dag kör hemtjänsten bil till nästan varje besök.\nMånga besök ligger nära varandra.\n\n"
    "Vi vill prova <b>elcyklar</b> i två områden under ett halvår."
)
GUIDANCE = "### Så skriver du\n\n- Börja i **behovet**.\n- Se [guiden](https://example.org).\n"


class SampleForm(forms.Form):
    """One of each kind of field."""

    title = forms.CharField(label="Rubrik", help_text="Kort, för den som inte är insatt.")
    need = forms.CharField(label="Vad vill du ändra, och för vem?", widget=forms.Textarea)
    asked = AmountField(label="Sökt belopp", help_text="Högst 100 000 kr.")
    department = forms.ChoiceField(
        label="Förvaltning",
        choices=[("", "Välj"), ("care", "Vård och omsorg"), ("school", "Utbildning och kultur")],
        required=False,
    )
    ends = forms.DateField(label="Klart senast", widget=DateInput, required=False)
    kind = forms.ChoiceField(
        label="Typ av ansökan",
        choices=[("study", "Förstudie"), ("test", "Test i liten skala")],
        widget=HintedRadios({"test": "Högst tolv månader."}),
    )
    goals = forms.MultipleChoiceField(
        label="Mål som idén stöder",
        choices=[("a", "Enklare vardag"), ("b", "Klimatneutralt 2030"), ("c", "Trygghet")],
        widget=HintedCheckboxes({"b": "Räknas bara med en uppskattning."}),
        required=False,
    )
    attachment = forms.FileField(label="Bilaga", help_text="PDF, högst 10 MB.", required=False)
    public = forms.BooleanField(label="Jag förstår att ansökan blir allmän handling")


def everything(request: Request) -> dict[str, Any]:
    """The context of the page that shows every component."""
    if request.method == "POST":
        form = SampleForm(request.POST, request.FILES)
    else:
        form = SampleForm(initial={"asked": 6_090_000})
    return {
        "form": form,
        "page": Paginator(range(200), 20).get_page(4),
        "at": datetime(2027, 1, 15, 15, 0, tzinfo=UTC),
        "thing": SimpleNamespace(invented=True),
        "stages": StageName.values,
        "outcomes": OutcomeName.values,
        "way": lock(["Ansökan", "Kontroll", "Bedömning", "Beslut", "Besked", "Genomförande"], 2),
        "over": lock(["Ansökan", "Bedömning", "Beslut"], 3),
        "halted": lock(["Ansökan", "Kontroll", "Bedömning", "Beslut", "Besked"], 1, stopped=True),
        "form_steps": [
            Step("Behovet", "done", "", "#"),
            Step("Idén", "now"),
            Step("Planen", "later"),
            Step("Pengarna", "later"),
            Step("Skicka in", "later"),
        ],
        "text": TEXT,
        "guidance": GUIDANCE,
        "scores": [3, 4, 4, 5],
        "few": [2, 5],
        "cases": CASES,
    }


CASES = [
    SimpleNamespace(title=title, unit=unit, outcome=outcome, minor=minor, invented=False)
    for title, unit, outcome, minor in (
        ("Cykelpool för hemtjänsten", "Vård och omsorg", "granted", 10_000_000),
        ("Digital matsedel", "Utbildning och kultur", "refused", 0),
        ("Talstyrd journal", "Vård och omsorg", "partly_granted", 6_090_000),
        ("Sensorer i sandlådor", "Teknik", "granted_with_conditions", 4_500_000),
    )
]
