"""The steps of an application as forms: fields that may stay empty, sums as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from idesluss.funding.models import Application, Pot
from idesluss.ideas.reads.sheet import answer_field
from idesluss.ideas.vocab import ANSWER_LENGTH, MOST_FILES, NEED_LENGTH, TITLE_LENGTH
from idesluss.logic.files import ENDINGS
from idesluss.logic.merging import Value
from idesluss.logic.money import BadAmount, parse_amount
from idesluss.people.models import Unit
from idesluss.people.names import unit_path
from idesluss.programmes.models import Goal, Question
from idesluss.programmes.vocab import QuestionPart
from idesluss.web.frame.formats import amount, day, say
from idesluss.web.frame.forms import AmountField, DateInput, shown_number, sign
from idesluss.web.frame.prose import paragraphs

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


@dataclass(frozen=True, slots=True)
class Sources:
    """What the fields of an application are made of: questions, choices, and what lies saved."""

    application: Application
    questions: Sequence[Question]
    units: Sequence[Unit]
    goals: Sequence[Goal]
    pot: Pot | None
    written: Mapping[str, Value]


class Text(forms.CharField):
    """Text of any length; too long is told by the use case, never cut off by the browser."""

    def __init__(self, limit: int, **kwargs: Any) -> None:
        help_text = kwargs.pop("help_text", "")
        told = format_html(
            '<span class="room" data-left="{}" data-over="{}">{}</span>',
            gettext_lazy("%s characters left."),
            gettext_lazy("%s characters too many."),
            gettext_lazy("At most %(n)s characters.") % {"n": shown_count(limit)},
        )
        widget = kwargs.pop("widget", None) or forms.Textarea({"rows": 4 if limit < 500 else 7})
        widget.attrs |= {"data-limit": limit}
        super().__init__(
            required=False,
            strip=False,
            widget=widget,
            help_text=format_html("{} {}", help_text, told),
            **kwargs,
        )


def shown_count(number: int) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


class LinesInput(forms.Widget):
    """Budget lines, what and how much, with an empty one to go on with. Names repeat by line."""

    template_name = "funding/forms/lines.html"
    use_fieldset = True

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.currency = currency

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        pairs = zip(data.getlist(f"{name}-what"), data.getlist(f"{name}-sum"), strict=False)
        gone = data.get("remove")  # the number of the line whose button was pressed
        return [pair for number, pair in enumerate(pairs) if str(number) != gone]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [
            (what, shown_number(sum_, self.currency) if isinstance(sum_, int) and sum_ else sum_)
            for what, sum_ in value or ()
        ]
        rows = [(what, "" if sum_ == 0 else sum_) for what, sum_ in rows]
        filled = [row for row in rows if any(str(cell).strip() for cell in row)]
        context["widget"]["rows"] = [*filled, *[("", "")] * max(1, 2 - len(filled))]
        context["widget"]["sign"] = sign(self.currency)
        return context


class LinesField(forms.Field):
    """Budget lines; the value is (what, minor units) for each, 0 where no sum is written yet."""

    def __init__(self, currency: str, **kwargs: Any) -> None:
        super().__init__(widget=LinesInput(currency), **kwargs)
        self.currency = currency

    def to_python(self, value: Any) -> tuple[tuple[str, int], ...]:
        lines, refusals = [], []
        for what, text in value or ():
            minor = 0
            if text.strip():
                try:
                    minor = parse_amount(text, self.currency).minor
                except BadAmount as refusal:
                    refusals.append(say(refusal))
            if what.strip() or minor:
                lines.append((what, minor))
        if refusals:
            raise ValidationError(refusals)
        return tuple(lines)


class NumbersField(forms.TypedMultipleChoiceField):
    """Several of the choices; the value is their numbers in order."""

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(sorted(super().clean(value)))


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
        super().__init__(data, initial=dict(sources.written))
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


def need_fields() -> dict[str, forms.Field]:
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


def question_fields(questions: Sequence[Question], part: QuestionPart) -> dict[str, forms.Field]:
    """One text for each question of ``part``."""
    return {
        answer_field(one): Text(
            one.max_length, label=question_label(one), help_text=paragraphs(one.help)
        )
        for one in questions
        if one.part == part.value
    }


def question_label(question: Question) -> str:
    """The question, marked when it may be left out."""
    if question.required:
        return question.text
    return gettext("%(question)s (may be left out)") % {"question": question.text}


def _need(sources: Sources) -> dict[str, forms.Field]:
    return need_fields() | question_fields(sources.questions, QuestionPart.NEED)


def _idea(sources: Sources) -> dict[str, forms.Field]:
    return question_fields(sources.questions, QuestionPart.IDEA)


def _plan(sources: Sources) -> dict[str, forms.Field]:
    application = sources.application
    year = application.round.project_year
    ends_on = forms.DateField(
        required=False,
        widget=DateInput({"min": date(year, 1, 1).isoformat()}),
        label=gettext_lazy("The project's last day"),
        help_text=gettext("The money is for %(year)s.") % {"year": year},
    )
    lines = LinesField(
        application.currency,
        required=False,
        label=gettext_lazy("What is the money for?"),
        help_text=cap_told(sources.pot),
    )
    money: dict[str, forms.Field] = {"lines": lines}
    if not sources.written["lines"]:
        money["asked"] = AmountField(
            currency=application.currency,
            required=False,
            label=gettext_lazy("Or the whole sum, if you cannot divide it yet"),
            help_text=gettext_lazy("If you fill in lines, their sum is what you ask for."),
        )
    plan = question_fields(sources.questions, QuestionPart.PLAN)
    return plan | {"ends_on": ends_on} | money


def cap_told(pot: Pot | None) -> SafeString:
    """How sums may be written, and the cap when there is one."""
    form = gettext("Write sums as you like: 60 900, 60.900:- or 60,9 tkr.")
    if pot is None or pot.cap_minor is None:
        return format_html("{}", form)
    cap = gettext("One project can get at most %(cap)s.")
    told = cap % {"cap": amount(pot.cap_minor, pot.currency)}
    return format_html("<strong>{}</strong> {}", told, form)


def _people(sources: Sources) -> dict[str, forms.Field]:
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
    return {"unit": unit} if units else {}


def _goals(sources: Sources) -> dict[str, forms.Field]:
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


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; the value is a list. What is in them is looked at by the use case."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [one for one in data or () if one]
        if not files:
            raise ValidationError(_("Choose a file first."))
        if len(files) > MOST_FILES:
            told = _("Choose at most %(n)s files at a time.")
            raise ValidationError(told, params={"n": MOST_FILES})
        return files


class AttachForm(forms.Form):
    use_required_attribute = False
    file = FilesField(
        required=False,
        widget=SeveralFiles({"accept": ",".join(ENDINGS)}),
        label=_("Files"),
        help_text=_(
            "Pictures, PDF, and documents from Word, Excel, PowerPoint or LibreOffice; at most "
            "10 MB each."
        ),
        allow_empty_file=True,
    )


class SearchForm(forms.Form):
    use_required_attribute = False
    who = forms.CharField(
        required=False,
        max_length=120,
        label=_("Find a colleague"),
        help_text=_("A part of the name, or the whole e-mail address."),
    )


class WithdrawForm(forms.Form):
    use_required_attribute = False
    reason = Text(
        ANSWER_LENGTH,
        label=_("Why? (may be left out)"),
        help_text=_("It helps those who run the fund to understand. It becomes part of the case."),
        widget=forms.Textarea({"rows": 4}),
    )


class CompleteForm(forms.Form):
    use_required_attribute = False
    answer = Text(
        ANSWER_LENGTH,
        label=_("Your answer"),
        help_text=_("Say briefly what you have completed, or answer the question."),
        widget=forms.Textarea({"rows": 5}),
    )


NAMES: Mapping[str, Any] = {
    "title": _("Title"),
    "need": _("The need"),
    "ends_on": _("The project's last day"),
    "lines": _("What the money is for"),
    "asked": _("The sum you ask for"),
    "unit": _("Department"),
    "goals": _("Goals"),
}


def label_of(name: str, questions: Sequence[Question]) -> str:
    """What a field is called where it stands without its form."""
    if name in NAMES:
        return str(NAMES[name])
    return next((one.text for one in questions if answer_field(one) == name), name)


def shown_value(name: str, value: Value, sources: Sources) -> str:
    """A saved value of a field, as text."""
    currency = sources.application.currency
    if name == "lines":
        lines = cast("tuple[tuple[str, int], ...]", value)
        return "\n".join(f"{what}: {amount(minor, currency)}" for what, minor in lines)
    if name == "asked":
        return amount(cast("int | None", value), currency)
    if name == "unit":
        return next((unit_path(it) for it in sources.units if it.pk == value), "")
    if name == "goals":
        chosen = cast("tuple[int, ...]", value)
        return "\n".join(goal.name for goal in sources.goals if goal.pk in chosen)
    return day(value) if isinstance(value, date) else str(value or "")
