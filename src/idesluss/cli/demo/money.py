"""What became of Slusstad's money: a part waits, something comes back, a year is closed."""

from __future__ import annotations

from datetime import datetime

from idesluss.cli.demo.projects import BIKES, LAMPS
from idesluss.funding import usecases as funding
from idesluss.funding.models import Grant, Pot
from idesluss.funding.reads.accounts import account_of
from idesluss.funding.reads.closing import Choices, plan_closing, year_of
from idesluss.funding.vocab import After
from idesluss.people.models import Person
from idesluss.programmes.models import Round

WAITS_MINOR = 5_000_00
EARLIER_MINOR = 60_000_00


def play(slug: str, now: datetime) -> None:
    """Keep the books of the round called ``slug``, which is decided and followed up."""
    rounds = Round.objects.select_related("programme")
    round = rounds.get(programme__organisation__slug="slusstad", slug=slug)
    office = Person.objects.get(email="maja.strand@slusstad.example")
    _in_parts(_grant(round, LAMPS), office, now)
    _gives_back(_grant(round, BIKES), office, now)
    _close_the_year_before(round, office, now)


def _grant(round: Round, title: str) -> Grant:
    return Grant.objects.get(application__round=round, application__idea__title=title)


def _in_parts(grant: Grant, office: Person, now: datetime) -> None:
    """The last part waits for the next report after all."""
    funding.undo_release(
        grant.pk,
        amount_minor=WAITS_MINOR,
        reason="Sista delen betalas ut när delrapporten är godkänd.",
        by=office,
        at=now,
    )
    parts = [funding.Part(WAITS_MINOR, After.REPORT)]
    funding.plan_instalments(grant.pk, parts=parts, by=office, at=now)


def _gives_back(grant: Grant, office: Person, now: datetime) -> None:
    """What the finished project did not need comes back."""
    left = account_of(Grant.objects.with_account().get(pk=grant.pk)).unused
    funding.return_unused(
        grant.pk,
        amount_minor=left,
        reason="Cyklarna blev billigare än i ansökan.",
        by=office,
        at=now,
    )


def _close_the_year_before(round: Round, office: Person, now: datetime) -> None:
    """A first small pot was not used up, and is carried over."""
    fund, year = round.programme, round.project_year - 1
    funding.set_pot(fund.pk, year=year, amount_minor=EARLIER_MINOR, by=office, at=now)
    pot = Pot.objects.select_related("programme").get(programme=fund, year=year)
    choices = Choices(words=f"Räkenskaperna för {year} stängs")
    plan = plan_closing(year_of(pot, office, at=now), choices)
    funding.close_year(
        fund.pk, year=year, choices=choices, fingerprint=plan.fingerprint, by=office, at=now
    )
