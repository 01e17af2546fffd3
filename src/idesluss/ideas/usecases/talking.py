"""The conversation on a case, and the notes among those who handle it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import LIVE, Idea, Message
from idesluss.ideas.rules import has_own_part, may_work
from idesluss.ideas.usecases.pause import pause, resume
from idesluss.ideas.usecases.worked import NotAtWork
from idesluss.ideas.vocab import MESSAGE_LENGTH, Channel, Reply
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import ChangedMeanwhile, Missing, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


class SaidMeanwhile(ChangedMeanwhile):
    """Somebody has said something since the writer looked; it may be the same answer."""

    sentence = gettext_noop(
        "Somebody else has written while you did, so nothing is sent yet. Read it above. Your own "
        "text is kept below: change it, or send it anyway."
    )


@transaction.atomic
def say(
    idea_id: int,
    text: str,
    *,
    by: Person,
    at: datetime,
    inside: bool = False,
    asks_giver: bool = False,
    reply: Reply | None = None,
    channel: Channel = Channel.WEB,
    seen: int | None = None,
) -> Message:
    """Say something on a case of a sluice: givers and those who handle it; both also afterwards.

    The first open word of somebody who handles it is the first human answer, which may carry a
    ``reply`` in three. Asking the giver stops the promises, the giver's word starts them again.
    ``seen`` is the number of the latest message that somebody who handles the case has read (0:
    there was none; None: does not say), so that two do not answer the giver without knowing of
    each other. Notes ``ideas.said``.

    Raises:
        NotAllowed: ``by`` neither hands it in nor works with it, or writes a note without that.
        NotAtWork: the giver is asked about a case that has ended.
        SaidMeanwhile: there is a later message than ``seen``, by somebody else.
        Missing, TooLong: the text.
    """
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = found.get(pk=idea_id)
    gives = has_own_part(by, idea)
    handles = not gives and may_work(by, idea, at=at)
    require(idea.edition_id is not None and idea.stage != Stage.DRAFT.value)
    require(handles or (gives and not (inside or asks_giver or reply)))
    require(not asks_giver or idea.stage in LIVE, NotAtWork)
    text = _said(text)
    if handles and not inside:
        _nothing_since(idea, seen, by)
    message = Message.objects.create(
        idea=idea,
        by=by,
        at=at,
        text=text,
        inside=inside,
        asks_giver=asks_giver and not inside,
        channel=channel.value,
    )
    if handles and not inside:
        _answered(idea, reply, asks_giver=asks_giver, at=at)
    elif gives and idea.waits_for_giver:
        _goes_on(idea, at)
    note(
        "ideas.said",
        about=idea,
        by=by,
        at=at,
        message=message.pk,
        inside=inside,
        asks_giver=message.asks_giver,
        reply=reply.value if reply else "",
    )
    return message


def _said(text: str) -> str:
    """``text`` as it is kept: something, and not too much."""
    text = text.strip()
    require(bool(text), Missing(field="text"))
    require(len(text) <= MESSAGE_LENGTH, TooLong(field="text", limit=MESSAGE_LENGTH))
    return text


def _goes_on(idea: Idea, at: datetime) -> None:
    """The giver has answered, so the promises run again."""
    idea.waits_for_giver = False
    idea.save(update_fields=["waits_for_giver"])
    resume(idea, at=at)


def _nothing_since(idea: Idea, seen: int | None, by: Person) -> None:
    """Whether nobody else has said anything after the message ``seen``."""
    if seen is not None:
        later = idea.messages.filter(pk__gt=seen, removed_at=None).exclude(by=by)
        require(not later.exists(), SaidMeanwhile)


def _answered(idea: Idea, reply: Reply | None, *, asks_giver: bool, at: datetime) -> None:
    """Keep what an open word of the municipality means for its promises."""
    idea.first_at = idea.first_at or at
    idea.reply = reply.value if reply else idea.reply
    idea.waits_for_giver = idea.waits_for_giver or asks_giver
    idea.save(update_fields=["first_at", "reply", "waits_for_giver"])
    if asks_giver:
        pause(idea, at=at)
