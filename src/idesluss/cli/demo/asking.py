"""A round of Slusstad's that asks for everything, one for managers only, and proposed sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from idesluss.cli.demo.endorsing import as_played
from idesluss.cli.demo.play import Played, insist
from idesluss.cli.demo.slusstad import call, case
from idesluss.cli.demo.words import Voice
from idesluss.funding import usecases as funding
from idesluss.funding.models import Application, Meeting
from idesluss.funding.reads.sheet import questions_of, sheet
from idesluss.funding.usecases.recommend import Proposed
from idesluss.funding.vocab import Cost
from idesluss.logic.merging import Value, fingerprints
from idesluss.logic.terms import Line
from idesluss.programmes.models import Round
from idesluss.programmes.usecases import LevelFacts, RoundRules, add_level, set_rules

ASKS = "Starkare tillsammans"
MANAGERS = "Chefernas försök"
TITLE = "Cykelpool för hemtjänsten"
HOUR = 350_00  # what an hour of own work counts as
LEVELS = (
    ("Prova", 5_000, 40_000, "En kort plan räcker. Berätta vem som gör vad, och när."),
    ("Växa", 40_001, 90_000, "En styrgrupp, en mätning före och efter, och en tilltänkt ägare."),
)
INELIGIBLE = "Lokalhyra och ordinarie drift.\nResor till konferenser.\nRepresentation."


def play(meeting: str, now: datetime) -> None:
    """Call both rounds, write a draft that breaks some rules, and propose sums to ``meeting``."""
    town = as_played()
    year, opens = now.year + 1, now - timedelta(days=6)
    by, before = town.administrator, opens - timedelta(days=13)
    everything = call(town, ASKS, opens, now + timedelta(days=30), year)
    rules = replace(
        RoundRules.of(everything),
        kinds=("new", "continuation", "implementation"),
        floor_minor=5_000_00,
        must_end_in_year=True,
        asks_otherwise=True,
        ineligible=INELIGIBLE,
        cofinancing_percent=20,
        material_percent=50,
        work_rate_minor=HOUR,
        units_needed=2,
    )
    everything = set_rules(everything.pk, rules, by=by, at=before)
    for name, low, high, asks in LEVELS:
        facts = LevelFacts(name, low * 100, high * 100, asks)
        add_level(everything.pk, facts, by=by, at=before)
    _draft(Played(town, everything, Voice()), now - timedelta(days=2))
    managers = call(town, MANAGERS, opens, now + timedelta(days=30), year)
    rules = replace(RoundRules.of(managers), applicants="managers")
    set_rules(managers.pk, rules, by=by, at=before)
    _propose(Round.objects.get(slug=meeting), now - timedelta(hours=2))


def _draft(played: Played, at: datetime) -> None:
    """Too much material, and others pay too little: the page says so beside the fields."""
    application = played.write(case(TITLE), 0, at)
    owner = application.idea.involvements.get().person
    lines = (
        Line("Tre elcyklar att prova", 27_000_00, Cost.MATERIAL.value),
        Line("Egen tid för att planera och följa upp", 40 * HOUR, Cost.WORK.value, 40),
        Line("Kurs i trafiksäkerhet", 3_500_00, Cost.SERVICE.value),
    )
    values: dict[str, Value] = {
        "lines": lines,
        "cofinanced": 4_000_00,
        "cofinanced_by": "Vård och omsorg (påhittat)",
    }
    fresh = Application.objects.select_related("idea", "round").get(pk=application.pk)
    seen = fingerprints(sheet(fresh, questions_of(played.round)))
    written = funding.write(application.pk, values=values, seen=seen, by=owner, at=at)
    insist(not written.problems, written.problems)


def _propose(round: Round, at: datetime) -> None:
    """The office proposes what was asked for, but for the dearest: two thirds of that."""
    meeting = Meeting.objects.get(round=round, released_at=None)
    decisions = list(meeting.decisions.select_related("application").order_by("pk"))
    dearest = max(it.application.asked_minor or 0 for it in decisions)
    proposed = []
    for decision in decisions:
        asked = decision.application.asked_minor or 0
        share = asked * 2 // 3 // 1000_00 * 1000_00 if asked == dearest else asked
        proposed.append(Proposed(decision.pk, share, None))
    if office := round.contact:
        funding.recommend(meeting.pk, proposed=proposed, by=office, at=at)
