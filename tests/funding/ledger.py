"""A fund with books: a project that was granted money, and whoever keeps its accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from idesluss.funding.models import Application, Grant, Posting, Pot
from idesluss.funding.reads.accounts import account_of, purse_of
from idesluss.funding.usecases import Part, plan_instalments, release_part
from idesluss.funding.vocab import After
from idesluss.logic.ledger import Account
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from tests.factories import (
    NOON,
    ApplicationFactory,
    PersonFactory,
    PotFactory,
    RoundFactory,
    person_as,
)


@dataclass
class Books:
    """One fund's year with a pot; sums of the helpers in kronor."""

    pot: Pot
    boss: Person
    round: Any

    @property
    def fund(self) -> Programme:
        return self.round.programme

    def project(self, granted: int, released: int = 0, **fields: Any) -> Grant:
        """A project that was granted so much for the pot's year, some of it released."""
        application = self.application(**fields)
        grant = Grant.objects.create(
            application=application, year=2027, amount_minor=granted * 100, currency="SEK"
        )
        if released:
            release_part(grant.pk, amount_minor=released * 100, by=self.boss, at=NOON)
        return grant

    def application(self, **fields: Any) -> Application:
        """A granted application whose owner is new."""
        return ApplicationFactory(
            round=self.round,
            stage="testing",
            outcome="granted",
            decided_at=NOON,
            owner=PersonFactory(),
            **fields,
        )

    def doing(self, at: Any = NOON) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.boss, "at": at}


def books(pot: int = 500_000, **fields: Any) -> Books:
    """A fund with a pot for 2027 (kronor) and its administrator."""
    round = RoundFactory(**fields)
    return Books(
        pot=PotFactory(programme=round.programme, amount_minor=pot * 100),
        boss=person_as(Role.ADMINISTRATOR, round.programme.organisation, name="Astrid Ahl"),
        round=round,
    )


def account(grant: Grant) -> Account:
    """What the rows of ``grant`` come to, read anew."""
    return account_of(Grant.objects.with_account().get(pk=grant.pk))


def kronor(grant: Grant) -> tuple[int, int, int, int]:
    """Granted, released, used, returned, in kronor."""
    one = account(grant)
    return tuple(minor // 100 for minor in (one.granted, one.released, one.used, one.returned))


def pot_kronor(pot: Pot) -> int:
    """What the pot holds, read anew."""
    return purse_of(Pot.objects.get(pk=pot.pk)).total // 100


def rows(thing: Grant | Pot) -> list[tuple[str, int]]:
    """The rows about a grant or a pot: what, and kronor."""
    about = {"grant": thing} if isinstance(thing, Grant) else {"pot": thing}
    found = Posting.objects.filter(**about).values_list("kind", "amount_minor")
    return [(kind, minor // 100) for kind, minor in found]


def plan(it: Books, grant: Grant, *parts: int, after: Any = After.REPORT, day: Any = None) -> Any:
    """Plan these parts (kronor) of a grant."""
    given = [Part(minor * 100, after, day) for minor in parts]
    return plan_instalments(grant.pk, parts=given, **it.doing())


def close(pot: Pot) -> None:
    """Close the accounts of the pot's year, without settling anything."""
    Pot.objects.filter(pk=pot.pk).update(closed_at=NOON)
