"""The books of one project: its grants locked, their sums, and one row after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet

from idesluss.funding.models import Application, Grant, Instalment, Posting, Pot
from idesluss.funding.reads.accounts import YearClosed, account_of, purse_of
from idesluss.funding.rules import may_keep_books
from idesluss.logic.ledger import Account, BadRow, Kind
from idesluss.logic.money import MixedCurrencies
from idesluss.logic.refusals import (
    ChangedMeanwhile,
    Disqualified,
    Missing,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person

REASON_LENGTH = 1000  # characters
GUARDS = ("posting_within_grant", "posting_within_pot", "posting_written_once")


class NotInTheBooks(Refusal):
    """A row about a grant of another project, or one that is not there."""

    sentence = gettext_noop("There is no such grant in this project.")
    field = "grant"


@dataclass(slots=True)
class Books:
    """A project's grants in the order of their years, held until the transaction ends.

    A project is one idea, in however many rounds it was granted money; ``application`` is the one
    that is acted on. ``accounts`` (by number of the grant) follow the rows that are written;
    ``pots`` are by programme, year and currency. ``by`` is None for the clock.
    """

    application: Application
    grants: list[Grant]
    accounts: dict[int, Account]
    pots: dict[tuple[int, int, str], Pot]
    by: Person | None
    at: datetime
    written: list[Posting] = field(default_factory=list)

    def grant(self, grant_id: int | None) -> Grant:
        """The grant of that number. Raises NotInTheBooks."""
        for one in self.grants:
            if one.pk == grant_id:
                return one
        raise NotInTheBooks

    def account(self, grant: Grant) -> Account:
        """What the rows of ``grant`` come to now."""
        return self.accounts[grant.pk]

    def pot(self, grant: Grant) -> Pot | None:
        """The pot that ``grant`` takes from; a round from a table may have none."""
        programme = grant.application.round.programme_id
        return self.pots.get((programme, grant.year, grant.currency))

    def require_open(self, grant: Grant) -> None:
        """Raises YearClosed when the accounts of the grant's year are closed."""
        pot = self.pot(grant)
        require(pot is None or pot.closed_at is None, YearClosed(year=grant.year))

    def write(
        self,
        grant: Grant,
        kind: Kind,
        minor: int,
        *,
        reason: str = "",
        instalment: Instalment | None = None,
        move: UUID | None = None,
    ) -> Posting:
        """Write one row. Raises BadRow, saying by how much it would not fit."""
        self.accounts[grant.pk] = self.accounts[grant.pk].after(kind, minor)
        row = post(
            Posting(
                grant=grant,
                kind=kind.value,
                amount_minor=minor,
                reason=reason,
                instalment=instalment,
                move=move,
                by=self.by,
                at=self.at,
            )
        )
        self.written.append(row)
        return row

    def new_year(self, like: Grant, pot: Pot) -> Grant:
        """The project's grant in the year of ``pot`` for what ``like`` was for; made if none.

        A grant that is made so was never decided: its sum is zero, and rows raise it.
        """
        for one in self.grants:
            if (one.application_id, one.year, one.implementer, one.currency) == (
                like.application_id,
                pot.year,
                like.implementer,
                like.currency,
            ):
                return one
        made = Grant.objects.create(
            application=like.application,
            year=pot.year,
            implementer=like.implementer,
            amount_minor=0,
            currency=like.currency,
        )
        self.grants.append(made)
        self.accounts[made.pk] = Account(currency=made.currency, decided=0)
        return made


def books_of(
    application_id: int,
    *,
    by: Person | None,
    at: datetime,
    version: int | None = None,
    following: bool = False,
) -> Books:
    """Lock the pots and then the grants of an application's project, and read their sums.

    ``version`` is what ``version_of`` gave when ``by`` looked; None asks for nothing. With
    ``following`` the pots of all later years are held too, since money may move there. Pots
    come before grants, both in order, so that two who need the same never wait for each other.

    Raises:
        NotAllowed: ``by`` does not keep these books.
        Disqualified: the case is shut to ``by``.
        ChangedMeanwhile: a row was written since.
    """
    found = Application.objects.select_related(
        "idea", "round__programme__organisation", "round__contact"
    )
    application = found.get(pk=application_id)
    if by is not None:
        require(may_keep_books(by, application.round.programme, at=at))
        mine = Application.objects.handled_by(by, at=at).filter(pk=application.pk)
        require(mine.exists(), Disqualified)
    theirs = Grant.objects.filter(application__idea=application.idea_id)
    pots = lock_pots(_taken_from(theirs, following=following))
    locked = theirs.select_related("application__round__programme").order_by("year", "pk")
    grants = list(locked.select_for_update(of=("self",)))
    if version is not None:
        require(version == version_of(application), ChangedMeanwhile)
    accounts = {one.pk: account_of(one) for one in theirs.with_account().order_by()}
    return Books(application, grants, accounts, pots, by, at)


def _taken_from(grants: QuerySet[Grant], *, following: bool) -> Q:
    """The pots that ``grants`` take from; with ``following`` those of all later years too."""
    programmes = Q(programme__in=grants.order_by().values("application__round__programme"))
    years = list(grants.values_list("year", flat=True))
    if following and years:
        return programmes & Q(year__gte=min(years))
    return programmes & Q(year__in=years)


def version_of(application: Application) -> int:
    """The number of the last row about the grants of its project; 0 before the first."""
    rows = Posting.objects.filter(grant__application__idea=application.idea_id)
    last: int | None = rows.aggregate(last=Max("pk"))["last"]
    return last or 0


def lock_pots(which: Q) -> dict[tuple[int, int, str], Pot]:
    """Lock pots, the earliest first; by programme, year and currency."""
    pots = Pot.objects.filter(which).order_by("year", "pk").select_for_update(of=("self",))
    return {(pot.programme_id, pot.year, pot.currency): pot for pot in pots}


def open_pot_after(pot: Pot) -> Pot:
    """The first pot of a year after that of ``pot`` whose accounts are open, locked.

    Made, with nothing set aside yet and the same most for one project, if there is none.

    Raises:
        MixedCurrencies: that pot is in another currency.
    """
    later = Pot.objects.filter(programme=pot.programme_id, year__gt=pot.year).order_by("year")
    pots = {one.year: one for one in later.select_for_update(of=("self",))}
    year = pot.year + 1
    while year in pots and pots[year].closed_at is not None:
        year += 1
    if year not in pots:
        Pot.objects.get_or_create(
            programme_id=pot.programme_id,
            year=year,
            defaults={"amount_minor": 0, "cap_minor": pot.cap_minor, "currency": pot.currency},
        )
        made = Pot.objects.select_for_update(of=("self",))
        pots[year] = made.get(programme=pot.programme_id, year=year)
    found = pots[year]
    require(found.currency == pot.currency, MixedCurrencies(one=pot.currency, other=found.currency))
    return found


def pour(
    pot: Pot,
    kind: Kind,
    minor: int,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    move: UUID | None = None,
) -> Posting:
    """Write one row about a pot that is locked. Raises NothingToWrite, PotTooSmall."""
    purse_of(pot).after(kind, minor)
    return post(
        Posting(
            pot=pot, kind=kind.value, amount_minor=minor, reason=reason, move=move, by=by, at=at
        )
    )


def post(row: Posting) -> Posting:
    """Save ``row``; what the database refuses (see the migration ``ledger``) is a refusal.

    Raises:
        BadRow: a guard stopped it, though it looked right: somebody else wrote past the locks.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if any(guard in str(error) for guard in GUARDS):
            raise BadRow from error
        raise
    return row


def reason_of(text: str, *, field: str = "reason") -> str:
    """The reason without blanks around it. Raises Missing, TooLong."""
    reason = text.strip()
    require(bool(reason), Missing(field=field))
    require(len(reason) <= REASON_LENGTH, TooLong(field=field, limit=REASON_LENGTH))
    return reason


def told_of(application: Application) -> dict[str, Any]:
    """What every note about an application's money tells of it."""
    organisation = application.round.programme.organisation
    return {
        "title": application.idea.title,
        "register_number": application.idea.register_number,
        "path": f"/{organisation.slug}/applications/{application.pk}/money/",
    }


def sums_of(accounts: Sequence[Account]) -> list[dict[str, int]]:
    """Accounts as a note keeps them: what was granted, released, used and returned."""
    return [
        {
            "granted": one.granted,
            "released": one.released,
            "used": one.used,
            "returned": one.returned,
        }
        for one in accounts
    ]
