"""Fields of text, with how much room there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from idesluss.ideas.reads.sheet import answer_field
from idesluss.programmes.models import Question
from idesluss.programmes.vocab import QuestionPart
from idesluss.web.frame.prose import paragraphs


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
