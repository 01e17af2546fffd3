"""Letters about what came in by mail: held back, or without files; and about our own bounces."""

from __future__ import annotations

from datetime import datetime

from django.urls import NoReverseMatch, reverse

from idesluss.ideas.models import Arrival
from idesluss.ideas.vocab import ArrivalState
from idesluss.mail.cases import case_of, givers, tell_each
from idesluss.mail.handlers import tell
from idesluss.people.models import Person
from idesluss.records.models import Entry


def arrived(entry: Entry, at: datetime) -> None:
    """A mail that is held back: to whoever has the case it answers, else the door's receiver."""
    arrivals = Arrival.objects.select_related("organisation", "door__receiver", "idea__responsible")
    arrival = arrivals.get(pk=entry.about_id)
    if entry.data["state"] != ArrivalState.WAITING.value:
        return
    reader: Person | None = arrival.door.receiver if arrival.door else None
    if arrival.idea and arrival.idea.responsible:
        reader = arrival.idea.responsible
    if reader is None:
        return
    facts = {"sender": arrival.sender, "title": arrival.subject, "reason": arrival.reason}
    path = _arrivals(arrival.organisation.slug)
    tell(entry, "ideas.arrived", reader, arrival.organisation, at, **facts, path=path)


def bounced(entry: Entry, at: datetime) -> None:
    """A letter about the case did not arrive: to whoever has it, who may find another way."""
    has = case_of(entry).responsible
    tell_each(entry, "ideas.bounced", [has] if has else [], at)


def files_left_out(entry: Entry, at: datetime) -> None:
    """Files that could not be kept: to whoever sent them."""
    sent_by = [one for one in givers(case_of(entry)) if one.pk == entry.by_id]
    names = "\n".join(f"– {it['name']}: {it['why']}" for it in entry.data["files"])
    tell_each(entry, "ideas.files_left_out", sent_by, at, doer_too=True, files=names)


def _arrivals(slug: str) -> str:
    """Where one looks at what is held back."""
    try:
        return reverse("ideas:arrivals", args=[slug])
    except NoReverseMatch:
        return f"/{slug}/arrivals/"
