"""Slusstad's posters, and a workshop whose notes were written down for those who were there."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.usecases.guests import Guest
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.posters import make_poster
from idesluss.ideas.usecases.proxy import Note, enter_all
from idesluss.ideas.vocab import Channel
from idesluss.people.models import Person
from idesluss.programmes.models import Door
from idesluss.records.usecases.invented import mark_invented

NOTES = [
    ("Lyften ska stå där den används, inte i förrådet.", "Birgit"),
    ("Vi behöver ett tyst rum för samtal med anhöriga.", ""),
    ("Blöjorna tar slut varje fredag. Ingen vet vem som beställer.", "Mohamed"),
]
POSTERS = [("Vad skaver här hos oss?", 0), ("", 1)]


def write_down(door: Door, coach: Person, at: datetime) -> None:
    """Two posters for the employees' door, and three notes of a workshop."""
    units = list(door.organisation.units.filter(parent=None).order_by("name"))
    for words, place in POSTERS:
        unit = units[place % len(units)]
        make_poster(door, unit=unit, challenge=None, words=words, by=coach, at=at)
    notes = [Note(Given(need=need), Guest(name=name)) for need, name in NOTES]
    token, channel = f"workshop {at:%Y-%m-%d}", Channel.WORKSHOP
    slips = enter_all(door, notes, token=token, by=coach, at=at, channel=channel)
    for slip in slips:
        if idea := slip.arrival.idea:
            mark_invented(idea, *(part.person for part in idea.involvements.all()))
