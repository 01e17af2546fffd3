"""Small forms beside the steps of an application: files, colleagues, taking back, completing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.vocab import ANSWER_LENGTH, MOST_FILES
from idesluss.logic.files import ENDINGS
from idesluss.web.funding.forms.texts import Text


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
