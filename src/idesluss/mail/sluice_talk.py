"""Letters about what is said on a case: to its givers, to whoever has it, to those who follow it.

A letter to one of them bears an entry about the case, and its Message-ID ends with the entry's
number; so an answer by mail (In-Reply-To) leads back to the case.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from idesluss.ideas.models import OWN, Idea, Message
from idesluss.ideas.rules import is_shut
from idesluss.mail.cases import case_of, givers, listeners, tell_each
from idesluss.people.models import Person
from idesluss.records.models import Entry


def said(entry: Entry, at: datetime) -> None:
    """What was said, to whom it is meant for; a note to whoever has the case, and nobody else.

    Whoever handed it in is named to those who handle it alone.
    """
    message = Message.objects.filter(pk=entry.data["message"], removed_at=None).first()
    if message is None:
        return
    idea = case_of(entry)
    writer = Person.objects.get(pk=entry.by_id or 0)
    gives = idea.involvements.filter(person=writer, part__in=OWN).exists()
    words: dict[str, Any] = {"words": message.text, "by": writer.name, "gives": gives}
    if message.inside:
        tell_each(entry, "ideas.noted", _responsible(idea), at, **words)
        return
    if gives:
        tell_each(entry, "ideas.giver_said", _responsible(idea), at, **words)
    else:
        kind = "ideas.asked" if message.asks_giver else "ideas.said"
        tell_each(entry, kind, givers(idea), at, **words)
    followed = words | {"by": "" if gives else writer.name}
    told = {person.pk for person in _responsible(idea)}
    others = [person for person in listeners(idea, at) if person.pk not in told]
    tell_each(entry, "ideas.talk_followed", others, at, **followed)


def _responsible(idea: Idea) -> list[Person]:
    """Whoever has the case, unless it has been shut to them since."""
    has = idea.responsible
    return [has] if has and has.is_active and not is_shut(has, idea) else []
