"""All that somebody has, handed over in one act: a coach who falls ill, a unit that is merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from idesluss.ideas.models import (
    LIVE,
    OWN,
    SHUT,
    Coach,
    Declaration,
    Idea,
    Involvement,
    Poster,
    Talk,
)
from idesluss.ideas.rules import may_be_responsible
from idesluss.ideas.usecases.owning import CannotHaveIt
from idesluss.ideas.vocab import TALKS_WAITING
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Organisation, Person, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door
from idesluss.records.usecases import note

WHY_LENGTH = 300


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What went from one to the other, and the cases that could not."""

    cases: tuple[Idea, ...]
    kept: tuple[Idea, ...]  # the new person hands them in, or has a conflict of interest
    talks: int
    doors: int


def may_hand_over(by: Person, whose: Person, organisation_id: int, *, at: datetime) -> bool:
    """Whether ``by`` hands over what ``whose`` has: themselves, their deputy, administrators."""
    cards = Coach.objects.filter(organisation=organisation_id, person=whose, deputy=by)
    return (
        by.pk == whose.pk
        or by.has_role(organisation_id, Role.ADMINISTRATOR, at=at)
        or cards.exists()
    )


def theirs(organisation: Organisation, whose: Person, to: Person) -> tuple[list[Idea], list[Idea]]:
    """Live cases of ``whose`` that ``to`` can have, and those that they cannot; two queries."""
    cases = Idea.objects.filter(
        programme__organisation=organisation, responsible=whose, stage__in=LIVE
    )
    parts = Involvement.objects.filter(person=to, part__in=OWN, ended_at=None)
    shut = Declaration.objects.filter(person=to, state__in=SHUT)
    barred = Q(pk__in=parts.values("idea")) | Q(pk__in=shut.values("idea"))
    return (
        list(cases.exclude(barred).order_by("next_on", "pk")),
        list(cases.filter(barred).order_by("next_on", "pk")),
    )


@transaction.atomic
def hand_over(
    organisation: Organisation, whose: Person, to: Person, *, why: str, by: Person, at: datetime
) -> HandedOver:
    """Give everything that ``whose`` has to ``to``: live cases, talks, doors that they receive.

    Cases that ``to`` hands in or that are shut to them stay, and are named. The promises stay as
    they were. Notes ``ideas.given`` for each case (the letters to the new one are one, by
    ``together``) and ``ideas.all_handed_over`` about ``to``.

    Raises:
        NotAllowed: ``by`` may not hand this over.
        CannotHaveIt: ``to`` can be responsible for nothing here, or is the same person.
        Missing, TooLong: the reason.
    """
    require(may_hand_over(by, whose, organisation.pk, at=at))
    able = may_be_responsible(to, organisation.pk, at=at) and to.pk != whose.pk
    require(able, CannotHaveIt(name=to.name))
    why = why.strip()
    require(bool(why), Missing(field="why"))
    require(len(why) <= WHY_LENGTH, TooLong(field="why", limit=WHY_LENGTH))
    locked = Idea.objects.select_for_update(of=("self",)).filter(
        programme__organisation=organisation, responsible=whose, stage__in=LIVE
    )
    list(locked.order_by("pk"))
    cases, kept = theirs(organisation, whose, to)
    Idea.objects.filter(pk__in=[it.pk for it in cases]).update(responsible=to, contact=to)
    told: Any = {"to": to.pk, "name": to.name, "before": whose.name, "why": why, "together": True}
    for idea in cases:
        note("ideas.given", about=idea, by=by, at=at, title=idea.title, **told)
    talks = Talk.objects.filter(organisation=organisation, coach=whose, state__in=TALKS_WAITING)
    doors = Door.objects.filter(organisation=organisation, receiver=whose)
    result = HandedOver(
        tuple(cases),
        tuple(kept),
        talks.exclude(asked_by=to).update(coach=to),
        doors.update(receiver=to),
    )
    note(
        "ideas.all_handed_over",
        about=to,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        before=whose.name,
        why=why,
        cases=len(cases),
        kept=[it.register_number for it in kept],
        talks=result.talks,
        doors=result.doors,
    )
    return result


@transaction.atomic
def move_unit(unit: Unit, to: Unit, *, by: Person, at: datetime) -> int:
    """Let live cases, posters and coaches of ``unit`` belong to ``to``; returns how many cases.

    For a unit that is reorganised: what has ended stays where it was. Notes ``ideas.unit_moved``.

    Raises:
        NotAllowed: ``by`` does not administer the organisation, or ``to`` is of another or the
            same.
    """
    require(by.has_role(unit.organisation_id, Role.ADMINISTRATOR, at=at))
    require(to.organisation_id == unit.organisation_id and to.pk != unit.pk)
    moved = Idea.objects.sluiced().live().filter(unit=unit).update(unit=to)
    Poster.objects.filter(unit=unit, retired_at=None).update(unit=to)
    for card in Coach.objects.filter(units=unit):
        card.units.add(to)
        card.units.remove(unit)
    note("ideas.unit_moved", about=unit, by=by, at=at, to=to.pk, name=to.name, cases=moved)
    return moved
