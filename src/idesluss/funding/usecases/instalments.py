"""Money is released to a project: at once, or in parts that wait for a report or a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from idesluss.funding.models import Application, Grant, Instalment, Posting
from idesluss.funding.reads.project_money import next_part
from idesluss.funding.usecases.books import Books, books_of, post, reason_of, told_of
from idesluss.funding.vocab import After
from idesluss.logic.ledger import BadRow, Kind, MoreThanGranted, first_part
from idesluss.logic.money import Money
from idesluss.logic.refusals import AlreadyDone, Missing, Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.models import Programme
from idesluss.programmes.vocab import ReleaseRule
from idesluss.records.usecases import note

MOST_PARTS = 12


class AlreadyReleasedPart(AlreadyDone):
    """The same part a second time."""

    sentence = gettext_noop("This part is released already. Nothing was changed.")


class NotReleasedYet(Refusal):
    """Nothing to take back."""

    sentence = gettext_noop("This part is not released, so there is nothing to take back.")


class TooManyParts(Refusal):
    """More parts than anybody follows. Needs ``most``."""

    sentence = gettext_noop("A grant is released in at most %(most)s parts.")
    field = "parts"


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be released: minor units, and what it waits for; ``day`` for After.DAY."""

    amount_minor: int
    after: After
    day: date | None = None


def begin(
    grant: Grant, programme: Programme, *, project_year: int, by: Person | None, at: datetime
) -> None:
    """Release a grant that was decided just now by the fund's rule, and plan what is to come.

    At once: all of it; in parts: the first share now, the rest after an interim report. A grant
    from a later year's pot is committed: the same begins on the first day of that year.
    """
    staged = programme.release_rule == ReleaseRule.STAGED
    share = programme.first_share if staged else 100
    first = first_part(grant.amount_minor, share)
    later = grant.year > project_year
    plan = []
    if first and later:
        plan.append(Part(first, After.DAY, date(grant.year, 1, 1)))
    elif first and staged:
        plan.append(Part(first, After.DECISION))
    if rest := grant.amount_minor - first:
        plan.append(Part(rest, After.REPORT))
    made = _plan(grant, plan, start=0)
    if first and not later:
        part = made[0] if staged else None
        post(
            Posting(
                grant=grant,
                kind=Kind.RELEASED.value,
                amount_minor=first,
                instalment=part,
                by=by,
                at=at,
            )
        )


@transaction.atomic
def plan_instalments(
    grant_id: int,
    *,
    parts: Sequence[Part],
    version: int | None = None,
    by: Person,
    at: datetime,
) -> list[Instalment]:
    """Say in which parts the rest of a grant is released; parts released already stay.

    Notes ``funding.instalments_planned`` with the parts before and after.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        YearClosed: too late.
        TooManyParts, Missing (a day), BadRow: a part that is none.
        MoreThanGranted: together they are more than is not released yet.
    """
    books, grant = _books_of_grant(grant_id, by=by, at=at, version=version)
    books.require_open(grant)
    require(len(parts) <= MOST_PARTS, TooManyParts(most=MOST_PARTS))
    require(all(part.amount_minor > 0 for part in parts), BadRow)
    dated = all(part.day is not None for part in parts if part.after is After.DAY)
    require(dated, Missing(field="day"))
    left = books.account(grant).unreleased
    whole = sum(part.amount_minor for part in parts)
    code = grant.currency
    require(whole <= left, MoreThanGranted(sum=Money(whole, code), left=Money(left, code)))
    waiting = grant.instalments.filter(postings=None)
    before = _said(waiting)
    kept = grant.instalments.exclude(postings=None).count()
    waiting.delete()
    made = _plan(grant, parts, start=kept)
    note(
        "funding.instalments_planned",
        about=books.application,
        by=by,
        at=at,
        year=grant.year,
        currency=code,
        before=before,
        after=_said(made),
        **told_of(books.application),
    )
    return made


@transaction.atomic
def release_instalment(
    instalment_id: int, *, version: int | None = None, by: Person | None, at: datetime
) -> None:
    """Release one planned part to the project. Notes ``funding.money_released``.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        YearClosed, AlreadyReleasedPart.
        MoreThanGranted: the grant has become smaller since it was planned.
    """
    grant_id = Instalment.objects.values_list("grant_id", flat=True).get(pk=instalment_id)
    books, grant = _books_of_grant(grant_id, by=by, at=at, version=version)
    part = grant.instalments.get(pk=instalment_id)
    require(not _is_out(part), AlreadyReleasedPart)
    _release(books, grant, part.amount_minor, part=part)


@transaction.atomic
def release_part(
    grant_id: int,
    *,
    amount_minor: int,
    reason: str = "",
    version: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Release a sum that no plan holds. Notes ``funding.money_released``.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        YearClosed, MoreThanGranted, NothingToWrite.
    """
    books, grant = _books_of_grant(grant_id, by=by, at=at, version=version)
    require(amount_minor >= 0, BadRow)
    _release(books, grant, amount_minor, reason=reason.strip())


@transaction.atomic
def undo_release(
    grant_id: int,
    *,
    amount_minor: int | None = None,
    instalment_id: int | None = None,
    reason: str,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Take back what was released by mistake: by a row against it, never by changing one.

    Either a whole part of the plan, which waits again, or a sum. Notes ``funding.release_undone``.

    Raises:
        NotAllowed, Disqualified, ChangedMeanwhile: as ``books_of``.
        Missing, TooLong: about the reason.
        YearClosed, NotReleasedYet, AlreadySpent, NothingToWrite.
    """
    why = reason_of(reason)
    books, grant = _books_of_grant(grant_id, by=by, at=at, version=version)
    books.require_open(grant)
    part = None
    if instalment_id is not None:
        part = grant.instalments.get(pk=instalment_id)
        require(_is_out(part), NotReleasedYet)
        amount_minor = part.amount_minor
    require(amount_minor is not None and amount_minor >= 0, Missing(field="amount"))
    before = books.account(grant)
    books.write(grant, Kind.RELEASED, -(amount_minor or 0), reason=why, instalment=part)
    note(
        "funding.release_undone",
        about=books.application,
        by=by,
        at=at,
        year=grant.year,
        amount_minor=amount_minor,
        currency=grant.currency,
        reason=why,
        before_minor=before.released,
        after_minor=books.account(grant).released,
        **told_of(books.application),
    )


@transaction.atomic
def release_next(idea_id: int, *, by: Person | None, at: datetime) -> int:
    """Release the next part of an idea's grants that waits for a report; returns its minor units.

    For whoever accepts an interim report: 0 when nothing waits, or the year is closed. What the
    grant no longer holds is not released.
    """
    part = next_part(idea_id)
    if part is None:
        return 0
    books, grant = _books_of_grant(part.grant_id, by=by, at=at)
    return _release_what_is_left(books, grant, part)


def release_due(*, at: datetime) -> int:
    """Release every part whose day has come in its organisation; returns how many.

    Each in a transaction of its own; a part that was ever released is left alone.
    """
    soon = Instalment.objects.filter(
        after=After.DAY.value, postings=None, day__lte=(at + timedelta(days=1)).date()
    ).order_by("day", "pk")
    found = soon.select_related("grant__application__round__programme__organisation")
    done = 0
    for part in found:
        zone = part.grant.application.round.programme.organisation.timezone
        day = at.astimezone(zone).date()
        if part.day is not None and part.day <= day:
            with transaction.atomic():
                books, grant = _books_of_grant(part.grant_id, by=None, at=at)
                done += bool(_release_what_is_left(books, grant, part))
    return done


def trim_plan(books: Books, grant: Grant, *, into: Grant | None = None) -> None:
    """Take off the plan, its last part first, what the grant no longer holds.

    With ``into``, where the money has gone, the same is planned there.
    """
    waiting = list(grant.instalments.filter(postings=None).order_by("-position", "-pk"))
    over = sum(part.amount_minor for part in waiting) - books.account(grant).unreleased
    for part in waiting:
        less = min(part.amount_minor, over)
        if less <= 0:
            break
        over -= less
        if into is not None:
            _plan(into, [Part(less, After(part.after), part.day)], start=part.position)
        part.amount_minor -= less
        if part.amount_minor:
            part.save(update_fields=["amount_minor"])
        else:
            part.delete()


def _release_what_is_left(books: Books, grant: Grant, part: Instalment) -> int:
    pot = books.pot(grant)
    closed = pot is not None and pot.closed_at is not None
    minor = min(part.amount_minor, books.account(grant).unreleased)
    if closed or minor <= 0 or part.postings.exists():
        return 0
    _release(books, grant, minor, part=part)
    return minor


def _release(
    books: Books, grant: Grant, minor: int, *, part: Instalment | None = None, reason: str = ""
) -> None:
    """Write the row and note it."""
    books.require_open(grant)
    before = books.account(grant)
    books.write(grant, Kind.RELEASED, minor, reason=reason, instalment=part)
    note(
        "funding.money_released",
        about=books.application,
        by=books.by,
        at=books.at,
        year=grant.year,
        amount_minor=minor,
        currency=grant.currency,
        reason=reason,
        before_minor=before.released,
        after_minor=books.account(grant).released,
        **told_of(books.application),
    )


def _books_of_grant(
    grant_id: int, *, by: Person | None, at: datetime, version: int | None = None
) -> tuple[Books, Grant]:
    application = Application.objects.only("pk").get(grants=grant_id)
    books = books_of(application.pk, by=by, at=at, version=version)
    return books, books.grant(grant_id)


def _is_out(part: Instalment) -> bool:
    """Whether the part is with the project: its rows come to something."""
    return bool(part.postings.order_by().aggregate(sum=Sum("amount_minor"))["sum"])


def _plan(grant: Grant, parts: Iterable[Part], *, start: int) -> list[Instalment]:
    return [
        Instalment.objects.create(
            grant=grant,
            amount_minor=part.amount_minor,
            after=part.after.value,
            day=part.day if part.after is After.DAY else None,
            position=position,
        )
        for position, part in enumerate(parts, start)
    ]


def _said(parts: Iterable[Instalment]) -> list[dict[str, str | int]]:
    return [
        {
            "amount_minor": part.amount_minor,
            "after": part.after,
            "day": part.day.isoformat() if part.day else "",
        }
        for part in parts
    ]
