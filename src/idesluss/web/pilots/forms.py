"""Forms of projects: the report in four questions, its answer, the page, and what is permanent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from idesluss.adoption.usecases.adopt import BUDGET_LENGTH, NAME_LENGTH, WORDS_LENGTH
from idesluss.people.models import Person, Unit
from idesluss.people.names import unit_path
from idesluss.pilots.models import Project, Report
from idesluss.pilots.reads.listed import Wish
from idesluss.pilots.usecases import Page, Told
from idesluss.pilots.vocab import (
    PHOTO_TEXT_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    Onward,
    Progress,
    ReportKind,
    Status,
)
from idesluss.web.frame.forms import AmountField, DateInput, HintedRadios

PHOTO_ENDINGS = "image/jpeg,image/png,image/webp"
ONWARD_HINTS = {
    Onward.CONTINUE.value: _("As planned."),
    Onward.CHANGE.value: _("What you have seen shows another way. Say which."),
    Onward.STOP.value: _("You have learned enough, or it does not work. Say why."),
}


def text(limit: int, rows: int = 5, **kwargs: Any) -> forms.CharField:
    """Text of any length; too long is told by the use case, never cut off by the browser."""
    kwargs.setdefault("required", False)
    return forms.CharField(
        strip=False,
        widget=forms.Textarea({"rows": rows, "data-limit": limit}),
        **kwargs,
    )


class FilterForm(forms.Form):
    """What the reader of the list wants to see; nonsense is left out, never an error."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    status = forms.ChoiceField(label=_("Where it is"), required=False)

    def offer(self, years: Iterable[int]) -> None:
        """Offer the years that there are."""
        every = [("", pgettext_lazy("no filter", "All"))]
        fields: dict[str, Any] = self.fields
        fields["year"].choices = every + [(str(year), str(year)) for year in years]
        fields["status"].choices = every + [
            (value, capfirst(str(label))) for value, label in Status.choices
        ]

    def wish(self) -> Wish:
        """The wish in the query string."""
        year, status = self.data.get("year", ""), self.data.get("status", "")
        number = year.isascii() and year.isdecimal() and len(year) == 4
        return Wish(
            year=int(year) if number else None,
            status=status if status in Status.values else "",
            waiting="waiting" in self.data,
        )


class ReportForm(forms.Form):
    """The report, in two minutes."""

    use_required_attribute = False
    progress = forms.ChoiceField(
        label=_("How does it go?"),
        choices=[(value, capfirst(label)) for value, label in Progress.choices],
        widget=forms.RadioSelect,
    )
    told_by = forms.CharField(
        label=_("Whom do you write for?"),
        help_text=_("Whoever told you. The name stands with the report, and that you wrote it."),
        max_length=NAME_LENGTH,
    )
    spent = AmountField(label=_("What have you spent since the start?"))
    learned = text(
        TEXT_LENGTH,
        label=_("What have you learned?"),
        help_text=_("Also what did not work: that is what others need to know."),
    )
    file = forms.FileField(
        label=_("A photo (may be left out)"),
        help_text=_(
            "JPEG, PNG or WebP. Place and time are taken out. Ask those who can be recognised."
        ),
        required=False,
        widget=forms.FileInput({"accept": PHOTO_ENDINGS}),
    )
    photo_text = forms.CharField(
        label=_("What does the photo show?"),
        help_text=_("For those who cannot see it. Needed when there is a photo."),
        max_length=PHOTO_TEXT_LENGTH,
        required=False,
    )
    without_photo = forms.BooleanField(label=_("Take the photo away"), required=False)
    onward = forms.ChoiceField(
        label=_("What comes next?"),
        help_text=_("All three are equally good results."),
        choices=[(value, capfirst(label)) for value, label in Onward.choices],
        widget=HintedRadios(ONWARD_HINTS),
    )
    onward_words = text(
        TEXT_LENGTH,
        rows=3,
        label=_("Tell more about what comes next"),
        help_text=_("Needed when you change course or stop."),
    )
    results = text(
        TEXT_LENGTH,
        label=_("What came of it?"),
        help_text=_(
            "For somebody who has not heard of the project. It is proposed for its public page."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        kind: ReportKind,
        currency: str,
        last: Report | None,
        told_by: str | None = None,
    ) -> None:
        """``told_by`` is the name that is known of whom the office writes for; else None."""
        super().__init__(data, files, initial={"told_by": told_by, **written(last)})
        if told_by is None:
            del self.fields["told_by"]
        self.fields["spent"].currency = currency
        self.fields["learned"].required = True
        if kind is ReportKind.FINAL:
            self.fields["results"].required = True
        else:
            del self.fields["results"]
        if not keeps_photo(last):
            del self.fields["without_photo"]

    @property
    def told(self) -> Told:
        """What the report says."""
        given = self.cleaned_data
        return Told(
            progress=Progress(given["progress"]),
            spent_minor=given["spent"],
            learned=given["learned"],
            onward=Onward(given["onward"]),
            onward_words=given["onward_words"],
            results=given.get("results", ""),
            photo_text=given["photo_text"],
            told_by=given.get("told_by", ""),
        )


def is_unfinished(last: Report | None) -> bool:
    """Whether the latest report is still to be answered, or came back: it is written further."""
    return last is not None and last.accepted_at is None


def keeps_photo(last: Report | None) -> bool:
    """Whether the report that is written further has a photo."""
    return last is not None and is_unfinished(last) and last.photo_id is not None


def written(last: Report | None) -> dict[str, Any]:
    """What stands in the form from the beginning: the report itself, or what was spent before."""
    if last is None:
        return {"spent": 0}
    if not is_unfinished(last):
        return {"spent": last.spent_minor}
    names = ("progress", "learned", "onward", "onward_words", "results", "photo_text")
    told = {"told_by": last.told_by} if last.told_by else {}
    return {"spent": last.spent_minor, **{name: getattr(last, name) for name in names}, **told}


class ReturnForm(forms.Form):
    """What is missing in a report."""

    use_required_attribute = False
    words = text(
        TEXT_LENGTH,
        required=True,
        label=_("What is missing?"),
        help_text=_("Those who reported read this word for word. What they wrote is kept."),
    )


class LastDayForm(forms.Form):
    """Another last day, and why."""

    use_required_attribute = False
    ends_on = forms.DateField(label=_("The project's last day"), widget=DateInput)
    reason = text(
        REASON_LENGTH,
        rows=3,
        required=True,
        label=_("Why?"),
        help_text=_("Those who carry it out read this. It stays with the project."),
    )


class ResumeForm(forms.Form):
    """Why a project that was stopped goes on after all."""

    use_required_attribute = False
    reason = text(
        REASON_LENGTH,
        rows=3,
        required=True,
        label=_("Why?"),
        help_text=_("Those who carry it out read this. It stays with the project."),
    )


class PageForm(forms.Form):
    """What everybody may read about a project."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    purpose = text(
        TEXT_LENGTH,
        label=_("What is it for?"),
        help_text=_("Proposed from the need in the application. Write it for anybody to read."),
    )
    results = text(TEXT_LENGTH, label=_("What came of it?"))
    learned = text(
        TEXT_LENGTH,
        label=_("What was learned?"),
        help_text=_("Proposed from the latest accepted report."),
    )
    pictured = forms.TypedChoiceField(
        label=_("Photo"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    coordinator_name = forms.CharField(
        label=_("Coordinator"),
        help_text=_("Shown only if that person has said yes."),
        max_length=NAME_LENGTH,
        required=False,
    )
    named = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        project: Project,
        photos: Sequence[Report],
        names: str,
        **kwargs: Any,
    ) -> None:
        """``names``: who may say yes to the name: "self", "other" (for them), "" (nobody here)."""
        super().__init__(data, **kwargs)
        self.names = names
        if photos:
            self.fields["pictured"].choices = [
                *((one.pk, one.photo_text) for one in photos),
                ("", _("No photo")),
            ]
        else:
            del self.fields["pictured"]
        if project.coordinator_id is not None:
            del self.fields["coordinator_name"]
        if names == "self":
            self.fields["named"].label = _("Show my name as the coordinator")
        elif names == "other":
            self.fields["named"].label = _("The coordinator has said yes to being named")
        else:
            del self.fields["named"]

    @property
    def page(self) -> Page:
        """What the page says."""
        given = self.cleaned_data
        return Page(
            purpose=given["purpose"],
            results=given["results"],
            learned=given["learned"],
            pictured=given.get("pictured"),
            named=given["named"] if "named" in self.fields else None,
            coordinator_name=given.get("coordinator_name"),
        )


class PermanentForm(forms.Form):
    """Since when it is permanent, whose it is, and which budget pays."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    since = forms.DateField(
        label=_("Permanent since"),
        help_text=_("The day from which it is part of the ordinary work."),
        widget=DateInput,
    )
    unit = forms.TypedChoiceField(label=_("Which unit owns it?"), coerce=int, empty_value=None)
    owner = forms.TypedChoiceField(
        label=_("Who is responsible?"), coerce=int, empty_value=None, required=False
    )
    owner_name = forms.CharField(
        label=_("Or a function, or somebody who is not in the list"),
        max_length=NAME_LENGTH,
        required=False,
    )
    budget = forms.CharField(
        label=_("Which budget pays?"),
        help_text=_("The budget line, as the accounts call it."),
        max_length=BUDGET_LENGTH,
    )
    yearly = AmountField(
        label=_("What does it cost in a year?"),
        help_text=_("May be left out. 0 if it costs nothing more than before."),
        required=False,
    )
    words = text(WORDS_LENGTH, rows=3, label=_("Anything else?"), help_text=_("May be left out."))

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        units: Sequence[Unit],
        people: Sequence[Person],
        currency: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        choose: list[tuple[Any, Any]] = [("", _("Choose one"))]
        self.fields["unit"].choices = choose + [(unit.pk, unit_path(unit)) for unit in units]
        nobody: list[tuple[Any, Any]] = [("", _("Nobody in the list"))]
        self.fields["owner"].choices = nobody + [(one.pk, one.name) for one in people]
        self.fields["yearly"].currency = currency


class EndForm(forms.Form):
    """Why it is no longer permanent."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("What has happened?"),
        choices=[
            ("mistake", _("It was noted by mistake")),
            ("ended", _("It is no longer in use")),
        ],
        widget=HintedRadios(
            {
                "mistake": _("The project goes back to where it was, and can be noted again."),
                "ended": _("The project ends as stopped: it taught us something."),
            }
        ),
    )
    reason = text(
        REASON_LENGTH,
        rows=3,
        required=True,
        label=_("Why?"),
        help_text=_("Those who carried it out read this. It stays with the project."),
    )
