"""Forms for the words that an organisation adds to the search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from idesluss.logic.text.folding import LANGS, Lang, language

LANGUAGES: dict[Lang, Any] = {
    "sv": _("Swedish"),
    "da": _("Danish"),
    "nb": _("Norwegian"),
    "fi": _("Finnish"),
    "en": _("English"),
}
LIST_LENGTH = 1_000_000  # characters of a list that is taken in
TRIED_LENGTH = 200


class RowForm(forms.Form):
    """One row: words for the same thing, a field for each language."""

    sv = forms.CharField(
        label=LANGUAGES["sv"],
        required=False,
        help_text=_("Several words for the same thing are parted by commas."),
    )
    da = forms.CharField(label=LANGUAGES["da"], required=False)
    nb = forms.CharField(label=LANGUAGES["nb"], required=False)
    fi = forms.CharField(label=LANGUAGES["fi"], required=False)
    en = forms.CharField(label=LANGUAGES["en"], required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lang in LANGS:
            self.fields[lang].widget.attrs |= {"lang": lang, "autocomplete": "off"}

    def cells(self) -> dict[Lang, str]:
        """What is written, by language."""
        return {lang: self.cleaned_data[lang] for lang in LANGS}


class ListForm(forms.Form):
    """Many rows at once, as a text."""

    text = forms.CharField(
        label=_("The rows, one on each line"),
        max_length=LIST_LENGTH,
        required=False,  # the use case says what is missing
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "Five cells for Swedish · Danish · Norwegian · Finnish · English; “-” is an empty "
            "cell. Five columns copied from a spreadsheet do as well."
        ),
    )


class TryForm(forms.Form):
    """A word to be tried, and the language it is read in."""

    word = forms.CharField(label=_("A word or a few"), max_length=TRIED_LENGTH, required=False)
    lang = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "try_%s"})
        self.use_required_attribute = False
        self.fields["word"].widget.attrs["autocomplete"] = "off"
        self.fields["lang"].initial = language(get_language() or "en")

    def lang_of(self) -> Lang:
        """The chosen language, the page's if none is."""
        chosen = self.cleaned_data.get("lang") or get_language() or "en"
        return language(chosen)
