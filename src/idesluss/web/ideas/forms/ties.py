"""Forms of what binds cases and people together: me too, givers, merge, split, send on, mask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import APART_LENGTH, Attachment
from idesluss.ideas.usecases.guests import NAME_LENGTH, Guest
from idesluss.ideas.usecases.just_do import WHAT_LENGTH
from idesluss.ideas.usecases.masking import PASSAGE_LENGTH, WHY_LENGTH
from idesluss.ideas.usecases.sending_on import TO_LENGTH
from idesluss.ideas.usecases.splitting import Goes, NewPart
from idesluss.ideas.usecases.supporting import SUPPORT_LENGTH
from idesluss.ideas.vocab import NEED_LENGTH, REASON_LENGTH, TITLE_LENGTH, IdeaKind, OtherDoor
from idesluss.web.frame.forms import DateInput


class Plain(forms.Form):
    """Our answers are better than the browser's."""

    use_required_attribute = False


def words(label: Any, limit: int, *, rows: int = 5, **more: Any) -> forms.CharField:
    """A text of several lines; how long it may be is checked where it is used."""
    return forms.CharField(
        label=label, widget=forms.Textarea({"rows": rows, "maxlength": limit}), **more
    )


class SupportForm(Plain):
    """Why one has the same need."""

    reason = words(
        _("How is it for you?"),
        SUPPORT_LENGTH,
        rows=3,
        required=False,
        help_text=_(
            "Not needed, but it helps. Everybody who may read the case sees it, without your name. "
            "Write nothing about anybody's health or private life."
        ),
    )


class StrangerForm(SupportForm):
    """The same for somebody without an account."""

    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Not needed. Only those who handle the case see it."),
    )
    reach = forms.CharField(
        label=_("E-mail or phone"),
        required=False,
        max_length=254,
        help_text=_("Not needed. If you write your e-mail, you are told how it goes."),
    )

    def guest(self) -> Guest:
        """What was said of oneself.

        Raises:
            NotReachable, NotAnAddress, TooLong: with the field.
        """
        return Guest.read(self.cleaned_data["name"], self.cleaned_data["reach"])


class InviteForm(Plain):
    """Somebody else who hands in the case."""

    address = forms.CharField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_(
            "A colleague signs in as usual. Anybody else gets a letter with a link to a follow-up "
            "code of their own."
        ),
    )
    name = forms.CharField(
        label=_("Name"), required=False, max_length=NAME_LENGTH, help_text=_("If not a colleague.")
    )


class KeepForm(Plain):
    """Where a giver who leaves can be reached from now on."""

    reach_mail = forms.CharField(
        label=_("Private e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Not needed. News of the case goes there."),
    )


class MergeForm(Plain):
    """What is said to those who gave the case that ends."""

    answer = words(_("Answer to those who handed in this case"), REASON_LENGTH)


class WhyForm(Plain):
    """Why something is undone."""

    why = words(_("Why?"), REASON_LENGTH, rows=3)


class ApartForm(Plain):
    """Why two cases that look alike are not the same."""

    reason = forms.CharField(
        label=_("Why are they not the same?"),
        required=False,
        max_length=APART_LENGTH,
        help_text=_("Not needed. Whoever wonders later reads it."),
    )


class SendOnForm(Plain):
    """Where a case belongs instead."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=OtherDoor.choices)
    to = forms.CharField(
        label=_("Where was it sent?"),
        max_length=TO_LENGTH,
        help_text=_("Board, office or service, with phone or address."),
    )
    answer = words(_("Answer to those who handed it in"), REASON_LENGTH, rows=7)


class JustDoForm(Plain):
    """When the workplace has done it, or is asked how it goes."""

    next_on = forms.DateField(label=_("Next date"), widget=DateInput)
    what = forms.CharField(label=_("What is to be done by then?"), required=False,
                           max_length=WHAT_LENGTH)  # fmt: skip


class DoneForm(Plain):
    """What was done."""

    answer = words(_("What was done? A short answer to those who handed it in"), REASON_LENGTH)


class BiggerForm(Plain):
    """Why it is no small thing after all."""

    why = words(_("What turned out bigger?"), REASON_LENGTH, rows=3)
    next_on = forms.DateField(label=_("Next date"), widget=DateInput)


class MaskForm(Plain):
    """The words that are to be masked."""

    passage = words(
        _("The words to mask"),
        PASSAGE_LENGTH,
        rows=3,
        help_text=_("Copy them from the page. They are masked wherever the case says them."),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=WHY_LENGTH,
        help_text=_("For example: tells of somebody's illness. Do not repeat the words."),
    )
    put_away = forms.MultipleChoiceField(
        label=_("Files that hold them too, and are put away"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, kept: Iterable[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["put_away"]
        field.choices = [(str(it.pk), it.name) for it in kept]
        if not field.choices:
            del self.fields["put_away"]

    def chosen(self) -> list[UUID]:
        """The files."""
        return [UUID(it) for it in self.cleaned_data.get("put_away", [])]


STAY = "stay"
WAYS = [(STAY, _("stays here")), (Goes.COPY.value, _("in both")), (Goes.MOVE.value, _("moves"))]


class SplitForm(Plain):
    """The new case, and what becomes of each thing of the old one."""

    title = forms.CharField(label=_("Title of the new case"), max_length=TITLE_LENGTH)
    need = words(_("The need of the new case"), NEED_LENGTH, rows=6)
    kind = forms.ChoiceField(label=_("It is"), choices=IdeaKind.choices)
    way = forms.ChoiceField(
        label=_("What happens with it?"),
        choices=[
            ("develop", _("it goes through the model")),
            ("do", _("the workplace just does it")),
        ],
        widget=forms.RadioSelect,
        initial="develop",
    )
    next_on = forms.DateField(label=_("Next date of the new case"), widget=DateInput)

    def __init__(self, *args: Any, things: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """``things``: the name of a field ("message-7") and what people call the thing."""
        super().__init__(*args, **kwargs)
        self.things = dict(things)
        for name, label in self.things.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=WAYS,
                initial=STAY,
                required=False,
                widget=forms.RadioSelect({"class": "choices--inline"}),
            )

    def chosen(self) -> list[Any]:
        """The fields of what may be taken along."""
        return [self[name] for name in self.things]

    def part(self) -> NewPart:
        """What goes into the new case."""
        said = self.cleaned_data
        taken: dict[str, dict[Any, Goes]] = {"message": {}, "finding": {}, "file": {}}
        for name in self.things:
            table, _sep, number = name.partition("-")
            if said[name] not in ("", STAY):
                key = UUID(number) if table == "file" else int(number)
                taken[table][key] = Goes(said[name])
        return NewPart(
            title=said["title"],
            need=said["need"],
            next_on=said["next_on"],
            kind=IdeaKind(said["kind"]),
            by_the_workplace=said["way"] == "do",
            messages=taken["message"],
            findings=taken["finding"],
            files=taken["file"],
        )
