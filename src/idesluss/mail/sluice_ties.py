"""Letters about what binds cases and people together: givers, merged and split cases, other doors.

A case that was sealed is told of to those who handed it in, and to nobody else: ``listeners`` are
asked whether they may still read it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from idesluss.ideas.models import OWN, Involvement
from idesluss.ideas.usecases.givers import invitation_link
from idesluss.mail.cases import case_of, givers, listeners, tell_each
from idesluss.people.models import Person
from idesluss.records.models import Entry


def giver_joined(entry: Entry, at: datetime) -> None:
    """To whoever hands in a case together with somebody now; a guest gets a link to a code.

    That letter lets somebody in, so its kind is one of those that no office reads.
    """
    person = Person.objects.get(pk=entry.data["person"])
    facts: dict[str, Any] = {"inviter": entry.data["inviter"], "contact_name": ""}
    if not person.guest:
        tell_each(entry, "ideas.giver_joined", [person], at, **facts)
        return
    link = invitation_link(person.pk, asked_at=entry.at)
    facts["path"] = reverse("ideas:invited", args=[link])
    tell_each(entry, "people.invited_to_case", [person], at, **facts)


def handed_over(entry: Entry, at: datetime) -> None:
    """To the new owner."""
    to = Person.objects.filter(pk=entry.data["to"])
    tell_each(entry, "ideas.handed_over", to, at, before=entry.data["before"])


def supported(entry: Entry, at: datetime) -> None:
    """To those who hand it in: somebody else has the same need."""
    tell_each(entry, "ideas.supported", givers(case_of(entry)), at)


def merged(entry: Entry, at: datetime) -> None:
    """The answer to those who handed in the case that ended; to its followers that it goes on."""
    idea = case_of(entry)
    facts = {name: entry.data[name] for name in ("answer", "into_title", "into_number")}
    tell_each(entry, "ideas.merged", givers(idea), at, **facts)
    tell_each(entry, "ideas.merged_followed", listeners(idea, at), at, **facts)


def joined(entry: Entry, at: datetime) -> None:
    """To those who handed in the case that goes on, before the others came to it."""
    into = case_of(entry)
    came = Involvement.objects.filter(idea=entry.data["idea"], part__in=OWN)
    others = set(came.values_list("person", flat=True))
    first = [one for one in givers(into) if one.pk not in others]
    tell_each(entry, "ideas.joined", first, at)


def unmerged(entry: Entry, at: datetime) -> None:
    """To those who hand in the case that stands on its own again."""
    facts = {name: entry.data[name] for name in ("why", "into_title")}
    tell_each(entry, "ideas.unmerged", givers(case_of(entry)), at, **facts)


def split(entry: Entry, at: datetime) -> None:
    """To those who hand it in, or follow it: two cases now."""
    idea = case_of(entry)
    facts = {name: entry.data[name] for name in ("new_title", "new_number")}
    tell_each(entry, "ideas.split", [*givers(idea), *listeners(idea, at)], at, **facts)


def sent_on(entry: Entry, at: datetime) -> None:
    """To those who handed it in: where it is now, and why."""
    facts = {name: entry.data[name] for name in ("to", "answer")}
    tell_each(entry, "ideas.sent_on", givers(case_of(entry)), at, **facts)


def just_do(entry: Entry, at: datetime) -> None:
    """To those who hand it in: the workplace does it, and by when."""
    facts = {"next_on": entry.data["next_on"], "what": entry.data["what"]}
    tell_each(entry, "ideas.just_do", givers(case_of(entry)), at, **facts)


def just_done(entry: Entry, at: datetime) -> None:
    """It is done: to those who handed it in, and to those who follow it."""
    idea = case_of(entry)
    people = [*givers(idea), *listeners(idea, at)]
    tell_each(entry, "ideas.just_done", people, at, answer=entry.data["answer"])


def turned_out_bigger(entry: Entry, at: datetime) -> None:
    """To those who hand it in: it takes longer, and why."""
    facts = {"why": entry.data["why"], "next_on": entry.data["next_on"]}
    tell_each(entry, "ideas.turned_out_bigger", givers(case_of(entry)), at, **facts)


def masked(entry: Entry, at: datetime) -> None:
    """To those who hand it in: something is covered, and why; never what."""
    tell_each(entry, "ideas.masked", givers(case_of(entry)), at, reason=entry.data["reason"])
