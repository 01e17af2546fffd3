"""What somebody says on a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.vocab import MESSAGE_LENGTH, Reply
from idesluss.web.frame.forms import HintedRadios

OPEN, ASK, INSIDE = "open", "ask", "inside"


class SayForm(forms.Form):
    """A message; those who handle the case also say to whom, and may answer in three."""

    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea({"rows": 4}),
        max_length=MESSAGE_LENGTH,
        help_text=_("Lists and *emphasis* may be written in Markdown."),
    )
    to = forms.ChoiceField(label=_("Who is it for?"), initial=OPEN)
    reply = forms.ChoiceField(
        label=_("Your first answer in short"),
        required=False,
        choices=[("", _("Nothing to say about that yet")), *Reply.choices],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, page: CasePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "say_%s"})
        self.use_required_attribute = False
        choices = [(OPEN, _("Everybody who may see the case"))]
        if page.live:
            choices.append((ASK, _("The giver, who is asked something")))
        choices.append((INSIDE, _("Only those who handle the case: a note")))
        to: Any = self.fields["to"]
        to.choices = choices
        to.widget = HintedRadios({ASK: _("What is promised stands still until the answer.")})
        to.widget.choices = to.choices
        reply: Any = self.fields["reply"]
        reply.choices = [(value, capfirst(str(label))) for value, label in reply.choices]
        if not page.works:
            del self.fields["to"]
        if not page.works or page.idea.first_at or not page.live:
            del self.fields["reply"]

    def wish(self) -> dict[str, Any]:
        """The arguments of ``ideas.usecases.say``."""
        said = self.cleaned_data
        to, reply = said.get("to"), said.get("reply")
        return {
            "text": said["text"],
            "inside": to == INSIDE,
            "asks_giver": to == ASK,
            "reply": Reply(reply) if reply and to != INSIDE else None,
        }
