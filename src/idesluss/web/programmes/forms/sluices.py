"""Forms about sluices: what one is called, the steps of its model, opening an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.vocab import StageName
from idesluss.logic.editions import LONGEST_PROMISE, USABLE, PlanQuestion, PlanStep
from idesluss.programmes.usecases.model.opening import LONGEST_WHY
from idesluss.programmes.usecases.model.steps import (
    LONGEST_QUESTION,
    LONGEST_STEP_NAME,
    LONGEST_STEP_TEXT,
    MOST_QUESTIONS,
    StepFacts,
)
from idesluss.programmes.usecases.sluices import LONGEST_SLUICE_SLUG, LONGEST_WELCOME
from idesluss.programmes.vocab import Handler
from idesluss.web.frame.forms import HintedRadios

STAGE_HINTS = {
    "received": _("Where ideas and needs come in. The first step is one of these."),
    "exploring": _("The need is understood."),
    "assessing": _("It is shaped and weighed."),
    "deciding": _("Somebody decides about money or time."),
    "testing": _("It is tried, in small scale or for real."),
    "adopting": _("It is taken into ordinary use."),
    "permanent": _("The end: in use, owned and paid for. The last step."),
}
_TEXT = forms.Textarea(attrs={"rows": 3})


class NewSluiceForm(forms.Form):
    """A sluice's name, to begin with."""

    name = forms.CharField(
        label=_("What the sluice is called"),
        max_length=120,
        help_text=_("For example the idea sluice, or the idea room."),
    )
    purpose = forms.CharField(
        label=_("What it is for"), required=False, widget=_TEXT, max_length=LONGEST_WELCOME
    )
    public = forms.BooleanField(
        label=_("Show its start page to everybody"),
        required=False,
        help_text=_("Without this it is shown inside the organisation."),
    )


class SluiceForm(NewSluiceForm):
    """Everything about a sluice's start page."""

    slug = forms.CharField(
        label=_("Address of the start page"),
        max_length=LONGEST_SLUICE_SLUG,
        help_text=_("The letters a to z, digits and hyphens. Old links stop working."),
    )
    welcome = forms.CharField(
        label=_("What you look for now"),
        required=False,
        widget=_TEXT,
        max_length=LONGEST_WELCOME,
        help_text=_("Stands on the start page. Lists and *emphasis* may be written in Markdown."),
    )
    field_order = ("name", "slug", "purpose", "welcome", "public")


class StepForm(forms.Form):
    """One step of an edition, without its questions."""

    name = forms.CharField(
        label=_("What the step is called"), max_length=LONGEST_STEP_NAME, help_text=_("Few words.")
    )
    stage = forms.ChoiceField(
        label=_("Which stage of the way it is part of"),
        choices=[],
        widget=HintedRadios(STAGE_HINTS),
        help_text=_("The stages are the same for all municipalities, so that figures compare."),
    )
    guidance = forms.CharField(
        label=_("What one does in the step"),
        required=False,
        widget=_TEXT,
        max_length=LONGEST_STEP_TEXT,
        help_text=_("Lists and *emphasis* may be written in Markdown."),
    )
    tools = forms.CharField(
        label=_("What helps"),
        required=False,
        widget=_TEXT,
        max_length=LONGEST_STEP_TEXT,
        help_text=_("Forms, methods, links."),
    )
    promise_days = forms.IntegerField(
        label=_("Promised within, in working days"),
        required=False,
        min_value=1,
        max_value=LONGEST_PROMISE,
        help_text=_("Proposes the next date. Leave empty for no promise."),
    )
    handler = forms.ChoiceField(
        label=_("Who takes cases through it"),
        required=False,
        choices=[],
        widget=forms.RadioSelect,
        help_text=_("Advice to whoever takes a case on, never a lock."),
    )
    gate = forms.CharField(
        label=_("What must hold before a case goes on"),
        required=False,
        widget=_TEXT,
        max_length=LONGEST_STEP_TEXT,
        help_text=_("Whoever takes the case on confirms this. Leave empty for no gate."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = [(it.value, capfirst(str(StageName(it.value).label))) for it in USABLE]
        handler: Any = self.fields["handler"]
        named = [(it.value, capfirst(str(it.label))) for it in Handler]
        handler.choices = [("", _("Anybody who works with cases")), *named]

    def facts(self, questions: Any) -> StepFacts:
        """What was filled in, with the questions of a valid ``QuestionForms``."""
        given: Mapping[str, Any] = self.cleaned_data
        plain = {it: given[it] for it in StepFacts.__slots__ if it != "questions"}
        return StepFacts(**plain, questions=asked(questions))


class NewStepForm(StepForm):
    """A step that is added, behind another one."""

    after = forms.ChoiceField(label=_("Behind which step"), required=False, choices=[])
    field_order = ("name", "after", "stage")

    def __init__(self, *args: Any, steps: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["after"]
        choices.choices = [(str(it.pk), it.name) for it in steps]
        if not steps:
            del self.fields["after"]


class QuestionForm(forms.Form):
    """One question of a step; an empty text takes it away."""

    text = forms.CharField(label=_("Question"), required=False, max_length=LONGEST_QUESTION)
    help = forms.CharField(label=_("Explanation"), required=False, max_length=LONGEST_STEP_TEXT)
    required = forms.BooleanField(
        label=_("Must be answered before the case goes on"), required=False
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=40)


QuestionForms = forms.formset_factory(
    QuestionForm, extra=2, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS + 5
)
"""The questions of a step, and two empty rows."""


def asked(questions: Any) -> tuple[PlanQuestion, ...]:
    """The questions that a valid formset says, in its order."""
    rows = [row.cleaned_data for row in questions.forms]
    return tuple(
        PlanQuestion(row.get("key", ""), row["text"], row["help"], row["required"])
        for row in rows
        if row.get("text", "").strip()
    )


def written(step: PlanStep) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The initial values of the two forms of a step."""
    first = {it: getattr(step, it) for it in StepFacts.__slots__ if it != "questions"}
    rows = [
        {"key": it.key, "text": it.text, "help": it.help, "required": it.required}
        for it in step.questions
    ]
    return {**first, "seen": step.fingerprint}, rows


class OpenForm(forms.Form):
    """What is new, said before an edition is opened."""

    why = forms.CharField(
        label=_("What is new, in short"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(widget=forms.HiddenInput())


class PlacesForm(forms.Form):
    """Where the cases of each step of another edition go, and why they are moved."""

    why = forms.CharField(
        label=_("Why they are moved"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the history of each case."),
    )

    def __init__(self, *args: Any, standing: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.standing = standing
        for one in standing:
            choices = [(str(it.pk), it.name) for it in one.choices]
            if one.gone:
                choices.insert(0, ("", "–"))
            self.fields[f"place-{one.step.pk}"] = forms.ChoiceField(
                label=_("Goes to"),
                choices=choices,
                required=False,
                initial=str(one.to.pk) if one.to else "",
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """For each step its standing and its field."""
        return [(one, self[f"place-{one.step.pk}"]) for one in self.standing]

    def places(self) -> dict[int, int]:
        """The step that each is to go to, by number, as far as one was chosen."""
        given = {one.step.pk: self.cleaned_data[f"place-{one.step.pk}"] for one in self.standing}
        return {pk: int(to) for pk, to in given.items() if to}
