"""Slusstad's next round asks more: rules, levels of amounts, and a body that decides small sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from idesluss.people import usecases as people
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.programmes.usecases import (
    LevelFacts,
    MandateFacts,
    QuestionFacts,
    RoundRules,
    add_level,
    add_mandate,
    add_question,
    remove_question,
    set_rules,
)
from idesluss.programmes.vocab import QuestionPart

INELIGIBLE = "Ordinarie drift, mat och resor till konferenser."
LEVELS = (
    ("Prova", 2_000, 20_000, "En kort beskrivning räcker."),
    ("Test", 20_001, 90_000, "Berätta hur ni mäter och vem som tar över."),
)


def play(slug: str, now: datetime) -> None:
    """Give the round ``slug``, which nobody has applied in, its rules."""
    round = Round.objects.select_related("programme__organisation").get(slug=slug)
    office = Person.objects.get(email="maja.strand@slusstad.example")
    rules = replace(
        RoundRules.of(round),
        kinds=("new", "continuation"),
        floor_minor=2_000_00,
        cofinancing_percent=10,
        material_percent=50,
        work_rate_minor=350_00,
        ineligible=INELIGIBLE,
        must_end_in_year=True,
        asks_otherwise=True,
        endorsed=True,
        endorse_by=round.closes_at + timedelta(days=7) if round.closes_at else None,
    )
    set_rules(round.pk, rules, by=office, at=now)
    for name, low, high, asks in LEVELS:
        add_level(round.pk, LevelFacts(name, low * 100, high * 100, asks), by=office, at=now)
    _ask_and_think_again(round, office, now)
    _small_sums(round, office, now)


def _ask_and_think_again(round: Round, office: Person, now: datetime) -> None:
    """A question that was taken away, and can come back."""
    facts = QuestionFacts(part=QuestionPart.PLAN.value, text="Vilka andra har prövat det här?")
    asked = add_question(round.pk, facts, by=office, at=now)
    remove_question(asked.pk, by=office, at=now)


def _small_sums(round: Round, office: Person, now: datetime) -> None:
    """The director alone decides what hardly costs anything."""
    director = Person.objects.get(email="rolf.stark@slusstad.example")
    body = people.add_body(
        round.organisation_id,
        name="Kommundirektören",
        members=[director],
        quorum=1,
        delegation="KS 2026/9 § 3",
        by=office,
        at=now,
    )
    facts = MandateFacts(body.pk, 5_000_00, "KS 2026/9 § 3")
    add_mandate(round.programme_id, facts, by=office, at=now)
