"""Every place of a case in which a person's words stand: what masking looks through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idesluss.ideas.models import (
    Answer,
    Arrival,
    Attachment,
    Completion,
    Finding,
    Idea,
    Masking,
    Message,
    Passage,
    Rating,
    StepAnswer,
    Support,
    Talk,
)

KEYED: dict[type[Model], str] = {Finding: "facts", Arrival: "fields"}
"""Fields that hold several texts under keys; a place in one is called ``facts.who``."""
LABELS: dict[type[Model], tuple[Promise | str, tuple[str, ...]]] = {
    Idea: (
        _("the case"),
        (
            "title",
            "need",
            "for_whom",
            "evidence",
            "secret",
            "answer",
            "next_what",
            "applicant_name",
            "on_behalf_of",
        ),
    ),
    Message: (_("the conversation"), ("text",)),
    Finding: (_("what was found out"), ("head", "text")),
    StepAnswer: (_("answers to the steps' questions"), ("text",)),
    Answer: (_("answers to the round's questions"), ("text",)),
    Passage: (_("the way of the case"), ("why",)),
    Support: (_("“me too”"), ("reason",)),
    Rating: (_("what the giver thought of the answer"), ("words",)),
    Completion: (_("requests to complete"), ("what", "answer")),
    Talk: (_("talks with a coach"), ("about", "wishes", "words", "place")),
    Arrival: (_("what came in"), ("sender", "subject", "text")),
    Attachment: (_("names of files"), ("name",)),
}
"""The tables that hold words about a case, what people call them, and their fields."""
FIELDS: dict[str, Promise | str] = {  # of the case itself
    "title": _("title"),
    "need": _("need"),
    "for_whom": _("for whom"),
    "evidence": _("how one knows"),
    "secret": _("trade secret"),
    "answer": _("the answer"),
    "next_what": _("what happens next"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One text of the case: where it stands, and how it is written back."""

    thing: Any
    field: str
    text: str
    label: object

    @property
    def kind(self) -> str:
        return str(self.thing._meta.label_lower)

    @property
    def room(self) -> int | None:
        """How many characters there is room for; None: any number."""
        name, _, key = self.field.partition(".")
        return None if key else self.thing._meta.get_field(name).max_length

    def put(self, text: str) -> None:
        """Write ``text`` there; the row's ``version`` moves on, so that no older form wins."""
        name, _, key = self.field.partition(".")
        value = {**getattr(self.thing, name), key: text} if key else text
        setattr(self.thing, name, value)
        changed = [name]
        if hasattr(self.thing, "version"):
            self.thing.version += 1
            changed.append("version")
        self.thing.save(update_fields=changed)


def kin(idea: Idea) -> list[Idea]:
    """The case, and all that words have been copied to or from: merged, split, carried on.

    Step by step: an application that grew from it may have been carried into the next round.
    """
    known, new = set[int](), {idea.pk}
    while new:
        known |= new
        near = Q(pk__in=new) | Q(merged_into__in=new) | Q(split_from__in=new)
        rows = Idea.objects.filter(near | Q(grown_from__in=new))
        ties = rows.values_list("pk", "merged_into", "split_from", "grown_from")
        new = {number for tied in ties for number in tied if number} - known
    found = Idea.objects.filter(pk__in=known).select_related("programme__organisation")
    return sorted(found.order_by("pk"), key=lambda it: it.pk != idea.pk)


def places(idea: Idea) -> Iterator[Place]:
    """Every text that is not empty, the case's own first; also what was taken away."""
    yield from _of(idea)
    for model in LABELS:
        if model is not Idea:
            for thing in model._default_manager.filter(idea=idea).order_by("pk"):
                yield from _of(thing)


def _of(thing: Any) -> Iterator[Place]:
    label, fields = LABELS[type(thing)]
    called = FIELDS if isinstance(thing, Idea) else {}
    for name in fields:
        if text := getattr(thing, name):
            yield Place(thing, name, text, called.get(name, label))
    if keyed := KEYED.get(type(thing)):
        for key, value in getattr(thing, keyed).items():
            if isinstance(value, str) and value:
                yield Place(thing, f"{keyed}.{key}", value, label)


def place_of(masking: Masking) -> Place | None:
    """Where a passage was masked, as it is now; None if that is gone."""
    models: dict[str, Callable[..., Any]] = {it._meta.label_lower: it for it in LABELS}
    model: Any = models.get(masking.about_kind)
    if model is None:
        return None
    of_case = {"pk": masking.idea_id} if model is Idea else {"idea": masking.idea_id}
    rows = model._default_manager.filter(**of_case)
    if model is not Attachment:  # whose number is no whole number
        rows = rows.filter(pk=masking.about_id)
    for thing in rows:
        for place in _of(thing):
            if place.field == masking.field and masking.mark in place.text:
                return place
    return None
