"""Slusstad celebrates its decided round: a gathering to come, invitations out, news published."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils import translation

from idesluss.funding import usecases as funding
from idesluss.funding.reads.celebrating import guests_of, occasion_of
from idesluss.funding.reads.press import proposed, received_in
from idesluss.funding.usecases.celebrating import Gathering
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round

WORDS = """Välkommen! Omgången är avgjord, och nu firar vi projekten som har beviljats pengar.

Checkarna delas ut, och de som står bakom berättar vad de ska prova. Vi bjuder på tårta."""
QUOTES = (
    "– Ingen av idéerna kom från ett kontor, säger Rolf Stark, ledningsgruppen (påhittad).",
    "– Vi ska räkna före och efter, säger Anna Ek, vård och omsorg (påhittad).",
)


def play(slug: str, now: datetime) -> None:
    """Celebrate the round called ``slug``, which is decided and public at ``now``."""
    rounds = Round.objects.select_related("programme__organisation", "programme__body")
    round = rounds.get(programme__organisation__slug="slusstad", slug=slug)
    by = Person.objects.filter(
        appointments__organisation=round.programme.organisation,
        appointments__role=Role.ADMINISTRATOR.value,
    ).order_by("pk")[0]
    _invite(round, by, now)
    _publish(round, by, now)


def _invite(round: Round, by: Person, now: datetime) -> None:
    zone = round.programme.organisation.timezone
    day = now.astimezone(zone) + timedelta(days=14)
    starts_at = day.replace(hour=14, minute=0, second=0, microsecond=0)
    celebration = funding.plan_celebration(
        round.pk,
        gathering=Gathering(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            place="Slusstads bibliotek, hörsalen",
            words=WORDS,
        ),
        version=0,
        by=by,
        at=now,
    )
    guests = guests_of(round, celebration, at=now)
    people = {one.person.pk for one in guests}
    funding.invite(round.pk, people=people, version=celebration.version, by=by, at=now)


def _publish(round: Round, by: Person, now: datetime) -> None:
    """The proposal with its places filled in."""
    with translation.override(round.programme.organisation.language):
        proposal = proposed(
            round, occasion_of(round, person=by, at=now), received=received_in(round)
        )
    quotes = iter(QUOTES)
    saved = funding.save_news(
        round.pk,
        title=proposal.title,
        text=re.sub(r"\[\[.*?\]\]", lambda _: next(quotes), proposal.text),
        seen={},
        language=proposal.language,
        by=by,
        at=now,
    )
    funding.publish_news(round.pk, version=saved.news.version, by=by, at=now)
