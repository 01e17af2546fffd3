"""Slusstad's second coach, who is away, and talks that people have asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from idesluss.cli.demo.play import Town
from idesluss.ideas.models import Coach
from idesluss.ideas.usecases.coach_cards import Card, write_card
from idesluss.ideas.usecases.coaching import agree_talk, ask_talk, set_away
from idesluss.people.models import Person
from idesluss.people.vocab import Role


def play(town: Town, coach: Person, now: datetime) -> None:
    """Somebody else to ask, and two talks: one to be answered, one that is agreed."""
    began = now - timedelta(days=20)
    noor = town.add("Noor Haddad", Role.COACH, at=began)
    card = Card(
        about="Jurist i botten. Jag hjälper gärna till när något inte får göras.",
        skills=["juridik", "upphandling", "behov"],
        room_for=8,
    )
    away = write_card(town.organisation.pk, noor, card, by=noor, at=began)
    days = {"away_from": now.date(), "away_until": now.date() + timedelta(days=30)}
    set_away(away.pk, deputy=coach, by=noor, at=began, **days)
    mine = Coach.objects.get(organisation=town.organisation, person=coach)
    asker = Person.objects.get(email="anna.ek@slusstad.example")
    asked = now - timedelta(days=1)
    ask_talk(mine.pk, about="Nattpersonalens skåp", wishes="efter klockan två", by=asker, at=asked)
    agreed = ask_talk(mine.pk, about="", wishes="tisdagar, på telefon", by=asker, at=asked)
    when = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=4)
    agree_talk(agreed.pk, agreed_at=when, place="Jag ringer dig", words="", by=coach, at=now)
