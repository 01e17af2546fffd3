"""Letters about cases of a sluice: to whom, what each may say, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from idesluss.ideas.models import OWN, Follow, Idea, Support
from idesluss.mail.handlers import tell
from idesluss.people.models import Person
from idesluss.records.models import Entry


def case_of(entry: Entry) -> Idea:
    """The case that an entry is about."""
    cases = Idea.objects.select_related("responsible", "door", "programme__organisation")
    return cases.get(pk=entry.about_id)


def givers(idea: Idea) -> list[Person]:
    """Everybody who hands the case in, the owner first."""
    own = idea.involvements.filter(part__in=OWN, ended_at=None).select_related("person")
    return [one.person for one in own.order_by("id")]


def listeners(idea: Idea, at: datetime) -> list[Person]:
    """Those who support or follow the case, hand in none of it, and may still read it."""
    heard = [
        one.person
        for table in (Support, Follow)
        for one in table.objects.filter(idea=idea).select_related("person").order_by("pk")
    ]
    own = {person.pk for person in givers(idea)}
    people = {person.pk: person for person in heard if person.pk not in own}
    this = Idea.objects.filter(pk=idea.pk)
    return [one for one in people.values() if one.is_active and this.shown_to(one, at=at).exists()]


def tell_each(
    entry: Entry,
    kind: str,
    people: Iterable[Person],
    at: datetime,
    *,
    doer_too: bool = False,
    **facts: Any,
) -> None:
    """Write the letter ``kind`` about the case to ``people``, but not to whoever did it.

    ``doer_too``: to them too, when they do not know what came of it.
    """
    idea = case_of(entry)
    there = idea.programme.organisation
    for person in people:
        if person.pk == entry.by_id and not doer_too:
            continue
        said = {**_facts(idea, person), **facts}
        tell(entry, kind, person, there, at, **said)


def _facts(idea: Idea, reader: Person) -> dict[str, Any]:
    """What every letter about a case may say to ``reader``."""
    has = idea.responsible
    named = has if has and has.pk != reader.pk else None
    path = reverse("ideas:case", args=[idea.programme.organisation.slug, idea.pk])
    return {
        "title": idea.title,
        "register_number": idea.register_number,
        "programme": idea.programme.name,
        "guest": reader.guest,
        "contact_name": named.name if named else "",
        "contact_mail": (named.email if named else "") or "",
        # An answer to the address of the door is threaded onto the case (inbound.py).
        "reply_to": idea.door.address if idea.door else "",
        "path": reverse("ideas:follow_up") if reader.guest else path,
    }
