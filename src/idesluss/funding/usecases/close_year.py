"""A year's accounts are closed, as previewed and once; and opened again, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from idesluss.funding.models import Posting, Pot
from idesluss.funding.reads.closing import (
    Choices,
    ClosingPlan,
    Project,
    cover_of,
    plan_closing,
    year_of,
)
from idesluss.funding.rules import may_keep_books
from idesluss.funding.usecases.books import (
    REASON_LENGTH,
    books_of,
    open_pot_after,
    pour,
    reason_of,
)
from idesluss.funding.usecases.change_grant import carry, pour_over
from idesluss.funding.usecases.instalments import trim_plan
from idesluss.logic.ledger import Fate, Kind
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.models import Entry
from idesluss.records.usecases import note


class NotClosed(AlreadyDone):
    """Open already."""

    sentence = gettext_noop("The accounts of this year are open. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closing came to; not ``first`` when the accounts were closed already."""

    pot: Pot
    first: bool
    is_closed: bool  # else a second round comes first


@transaction.atomic
def close_year(
    programme_id: int, *, year: int, choices: Choices, fingerprint: str, by: Person, at: datetime
) -> Closed:
    """Settle what projects have not used, then what is left in the pot, as it was previewed.

    Each project's rest is carried to the next year, given back or left open; what is free then
    goes by the fund's rule; what was granted beyond the pot is added to it with its reason. After
    that the accounts are closed: only what projects give back, and what they have used, is still
    written. With a second round the accounts stay open for it. A second closing changes nothing.
    Notes ``funding.year_closed`` (or ``funding.year_settled``), and per project what it concerns.

    Raises:
        NotAllowed: ``by`` keeps no books in the fund.
        ChangedMeanwhile: something is no longer as it was previewed.
        Refusal: the first of the plan's problems.
    """
    pot = _locked(programme_id, year)
    require(may_keep_books(by, pot.programme, at=at))
    if pot.closed_at is not None:
        return Closed(pot, first=False, is_closed=True)
    list(pot.programme.pots.filter(year__gt=year).order_by("year").select_for_update(of=("self",)))
    plan = plan_closing(year_of(pot, by, at=at), choices)
    if plan.problems:
        raise plan.problems[0]
    require(plan.fingerprint == fingerprint, ChangedMeanwhile)
    _within_limits(choices)
    move = uuid4()
    for project in plan.year.asked:
        _settle(project, plan, pot, move=move, by=by, at=at)
    _settle_rest(plan, pot, move=move, by=by, at=at)
    if plan.closes:
        pot.closed_at, pot.closed_by = at, by
        pot.save(update_fields=["closed_at", "closed_by"])
    note(
        "funding.year_closed" if plan.closes else "funding.year_settled",
        about=pot.programme,
        by=by,
        at=at,
        year=year,
        currency=pot.currency,
        move=str(move),
        carried_minor=plan.carried,
        returned_minor=plan.returned,
        left_open=list(_left_open(plan)),
        rest=plan.rest.value if plan.rest else "",
        rest_minor=plan.free,
        reason=choices.words.strip(),
    )
    return Closed(pot, first=True, is_closed=plan.closes)


@transaction.atomic
def reopen_year(programme_id: int, *, year: int, reason: str, by: Person, at: datetime) -> None:
    """Open a year's accounts again, with a reason.

    What the closing carried over, handed back or added for the pot as a whole is taken back by
    rows against it; what it settled with projects stays. Notes ``funding.year_reopened``.

    Raises:
        NotAllowed: ``by`` keeps no books in the fund.
        Missing, TooLong: about the reason.
        NotClosed: they are open.
        PotTooSmall: the next year has used what was carried over to it.
    """
    why = reason_of(reason)
    pot = _locked(programme_id, year)
    require(may_keep_books(by, pot.programme, at=at))
    require(pot.closed_at is not None, NotClosed)
    taken_back = 0
    for row in _rest_rows(pot):
        there = Pot.objects.select_for_update(of=("self",)).get(postings=row)
        kind, move = Kind(row.kind), row.move
        pour(there, kind, -row.amount_minor, by=by, at=at, reason=why, move=move)
        taken_back += 1
    pot.closed_at = pot.closed_by = None
    pot.save(update_fields=["closed_at", "closed_by"])
    note(
        "funding.year_reopened",
        about=pot.programme,
        by=by,
        at=at,
        year=year,
        rows=taken_back,
        reason=why,
    )


def _locked(programme_id: int, year: int) -> Pot:
    pots = Pot.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    return pots.get(programme=programme_id, year=year)


def _within_limits(choices: Choices) -> None:
    texts = [("words", choices.words), ("cover", choices.cover)]
    texts += [(f"reason-{pk}", one.reason) for pk, one in choices.fates.items()]
    for field, text in texts:
        require(len(text) <= REASON_LENGTH, TooLong(field=field, limit=REASON_LENGTH))


def _settle(
    project: Project, plan: ClosingPlan, pot: Pot, *, move: UUID, by: Person, at: datetime
) -> None:
    """Write what was chosen for one project."""
    choice = plan.choices.fates[project.application.pk]
    if choice.fate is Fate.LEAVE:
        return
    books = books_of(project.application.pk, by=by, at=at, following=True)
    why = choice.reason.strip() or plan.choices.words.strip()
    for one, _account in project.grants:
        grant, settled = books.grant(one.pk), plan.settled[one.pk]
        if settled.moved:
            into = open_pot_after(pot)
            own_move = uuid4()
            carry(books, grant, settled, into, reason=why, move=own_move)
            pour_over(pot, into, settled.carried, books, reason=why, move=own_move)
        else:
            for kind, minor in settled.rows:
                books.write(grant, kind, minor, reason=why, move=move)
            trim_plan(books, grant)


def _settle_rest(plan: ClosingPlan, pot: Pot, *, move: UUID, by: Person, at: datetime) -> None:
    """Write what becomes of what is left in the pot, or what covers what it lacks."""
    row = cover_of(plan)
    if row is None:
        return
    kind, minor = row
    words = plan.choices.cover if kind is Kind.ADDED else plan.choices.words
    told: dict[str, Any] = {"by": by, "at": at, "reason": words.strip(), "move": move}
    pour(pot, kind, minor, **told)
    if kind is Kind.CARRIED_OUT:
        pour(open_pot_after(pot), Kind.CARRIED_IN, -minor, **told)


def _left_open(plan: ClosingPlan) -> Iterator[dict[str, Any]]:
    """The projects that are left open, as the note keeps them."""
    for project in plan.year.asked:
        choice = plan.choices.fates[project.application.pk]
        if choice.fate is Fate.LEAVE:
            yield {
                "application": project.application.pk,
                "left_minor": project.left,
                "reason": choice.reason.strip(),
            }


def _rest_rows(pot: Pot) -> list[Posting]:
    """The rows about pots of the last closing, the last one first."""
    notes = Entry.objects.about(pot.programme).filter(verb="funding.year_closed")
    last = notes.filter(data__year=pot.year).order_by("-pk").first()
    if last is None:
        return []
    rows = Posting.objects.filter(move=UUID(last.data["move"]), pot__isnull=False)
    return list(rows.order_by("-pk"))
