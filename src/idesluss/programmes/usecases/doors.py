"""The doors of a sluice: opened, changed, closed and opened again, one for each group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from idesluss.logic.refusals import AlreadyDone, Missing, Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.people.names import read_address
from idesluss.people.vocab import Role
from idesluss.programmes.local import check_slug, slug_of
from idesluss.programmes.models import Door, Edition, Programme
from idesluss.programmes.rules import may_set_up
from idesluss.programmes.vocab import Audience, ProgrammeKind, Visibility
from idesluss.records.usecases import note

LONGEST_SLUG = 40
LONGEST_WELCOME = 4000
MOST_DAYS = 250  # working days: about a year
MOST_HOURLY = 1000
RECEIVES = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
"""Whoever has one of these roles can have what comes in through a door."""


class DoorSlugTaken(Refusal):
    """Needs ``slug``."""

    sentence = gettext_noop("Another door has the short link “%(slug)s”. Choose another one.")
    field = "slug"


class DoorAddressTaken(Refusal):
    """Mail to the address comes in elsewhere. Needs ``address``."""

    sentence = gettext_noop(
        "Mail to %(address)s comes in through another door already. Choose another address."
    )
    field = "address"


class BadPromise(Refusal):
    """Days out of reason. Needs ``most``."""

    sentence = gettext_noop("Write a number of working days from 1 to %(most)s.")


class DecisionBeforeAnswer(Refusal):
    """The decision is promised before the first answer."""

    sentence = gettext_noop("The decision cannot be promised before the first answer.")
    field = "decision_days"


class BadHourlyLimit(Refusal):
    """A limit out of reason. Needs ``most``."""

    sentence = gettext_noop("Write a number from 1 to %(most)s.")
    field = "hourly_limit"


class CannotReceive(Refusal):
    """The person has none of the roles that can have a case. Needs ``name``."""

    sentence = gettext_noop(
        "%(name)s cannot have what comes in: choose a coach, a manager or an administrator."
    )
    field = "receiver"


class StepsFirst(Refusal):
    """The sluice has no opened model."""

    sentence = gettext_noop(
        "The sluice cannot take anything in before its steps are opened. Open them first, then "
        "its doors."
    )


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """How a group hands in, and what it is promised; ``receiver`` has what comes in at first."""

    receiver: Person | None
    slug: str = ""  # none: made of the group's name
    welcome: str = ""  # Markdown
    signed_in: bool = False
    visibility: str = Visibility.CLOSED.value
    first_days: int | None = 5  # working days
    decision_days: int | None = 30
    address: str = ""  # mail to it comes in here
    hourly_limit: int | None = 20

    @classmethod
    def of(cls, door: Door) -> DoorFacts:
        """As they are now."""
        return cls(**{name: getattr(door, name) for name in cls.__slots__})

    def checked(self) -> DoorFacts:
        """The same, tidied.

        Raises:
            Refusal: what cannot be used, naming its field.
        """
        require(self.visibility in Visibility.values, Missing(field="visibility"))
        if self.receiver is None:
            raise Missing(field="receiver")
        slug = check_slug(self.slug)
        require(len(slug) <= LONGEST_SLUG, TooLong(field="slug", limit=LONGEST_SLUG))
        welcome = self.welcome.replace("\r\n", "\n").strip()
        require(len(welcome) <= LONGEST_WELCOME, TooLong(field="welcome", limit=LONGEST_WELCOME))
        for field, days in (
            ("first_days", self.first_days),
            ("decision_days", self.decision_days),
        ):
            promised = days is not None and 1 <= days <= MOST_DAYS
            require(promised, BadPromise(field=field, most=MOST_DAYS))
        require((self.first_days or 0) <= (self.decision_days or 0), DecisionBeforeAnswer)
        limited = self.hourly_limit is not None and 1 <= self.hourly_limit <= MOST_HOURLY
        require(limited, BadHourlyLimit(most=MOST_HOURLY))
        address = read_address(self.address, field="address") or ""
        return replace(self, slug=slug, welcome=welcome, address=address)

    def told(self) -> dict[str, Any]:
        """What the records keep of them."""
        named = {name: getattr(self, name) for name in self.__slots__ if name != "receiver"}
        return {**named, "receiver": self.receiver.pk if self.receiver else None}


def usual_facts(
    programme: Programme, audience: Audience, *, name: str, receiver: Person | None
) -> DoorFacts:
    """What a door of ``programme`` starts with; ``name`` is the group in the reader's language.

    The link is the group's name, with the sluice's before it when another sluice has that one.
    Employees' cases are open inside, everybody else's only to those who handle them, until the
    administrator says more.
    """
    slug = slug_of(name)
    if Door.objects.filter(organisation=programme.organisation_id, slug=slug).exists():
        slug = f"{programme.slug}-{slug}"
    staff = audience is Audience.STAFF
    width = Visibility.INSIDE if staff else Visibility.CLOSED
    return DoorFacts(receiver, slug=slug[:LONGEST_SLUG].strip("-"), visibility=width.value)


@transaction.atomic
def open_door(
    programme_id: int, audience: Audience, facts: DoorFacts, *, by: Person, at: datetime
) -> Door:
    """Open the sluice ``programme_id`` to a group. Notes ``programmes.door_opened``.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        AlreadyDone: there is a door for the group; ``open_again`` opens a closed one.
        StepsFirst: the sluice has no model that is opened.
        Refusal: a fact that cannot be used, naming its field.
    """
    sluices = Programme.objects.select_for_update(of=("self",))
    programme = sluices.get(pk=programme_id, kind=ProgrammeKind.SLUICE.value)
    require(may_set_up(by, programme, at))
    require(not programme.doors.filter(audience=audience.value).exists(), AlreadyDone)
    require(Edition.objects.filter(programme=programme).opened().exists(), StepsFirst)
    door = Door(programme=programme, organisation=programme.organisation, audience=audience.value)
    facts = _filled(door, facts, at=at)
    door.opened_at = at
    door.save()
    note("programmes.door_opened", about=door, by=by, at=at, audience=audience, **facts.told())
    return door


@transaction.atomic
def change_door(door_id: int, facts: DoorFacts, *, by: Person, at: datetime) -> Door:
    """Change a door; what has come in already keeps what it was promised.

    Notes ``programmes.door_changed``.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        Refusal: a fact that cannot be used, naming its field.
    """
    door = _locked(door_id, by=by, at=at)
    facts = _filled(door, facts, at=at)
    door.save(update_fields=list(DoorFacts.__slots__))
    note("programmes.door_changed", about=door, by=by, at=at, **facts.told())
    return door


@transaction.atomic
def close_door(door_id: int, *, by: Person, at: datetime) -> Door:
    """Close a door: nothing comes in through it any more; what is in goes on.

    Notes ``programmes.door_closed``.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        AlreadyDone: it is closed.
    """
    door = _locked(door_id, by=by, at=at)
    require(door.closed_at is None, AlreadyDone)
    door.closed_at = at
    door.save(update_fields=["closed_at"])
    note("programmes.door_closed", about=door, by=by, at=at)
    return door


@transaction.atomic
def open_again(door_id: int, *, by: Person, at: datetime) -> Door:
    """Open a closed door again, as it was. Notes ``programmes.door_opened``.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        AlreadyDone: it is open.
        CannotReceive: its receiver can have nothing any more; change that first.
    """
    door = _locked(door_id, by=by, at=at)
    require(door.closed_at is not None, AlreadyDone)
    _check_receiver(door, door.receiver, at=at)
    door.opened_at, door.closed_at = at, None
    door.save(update_fields=["opened_at", "closed_at"])
    told = DoorFacts.of(door).told()
    note("programmes.door_opened", about=door, by=by, at=at, audience=door.audience, **told)
    return door


def _locked(door_id: int, *, by: Person, at: datetime) -> Door:
    found = Door.objects.select_for_update(of=("self",)).select_related("programme", "receiver")
    door = found.get(pk=door_id)
    require(may_set_up(by, door.programme, at))
    return door


def _filled(door: Door, facts: DoorFacts, *, at: datetime) -> DoorFacts:
    """Put ``facts`` into ``door``, not saved yet, and return them tidied."""
    facts = facts.checked()
    assert facts.receiver is not None  # noqa: S101  checked
    _check_receiver(door, facts.receiver, at=at)
    others = Door.objects.exclude(pk=door.pk)
    taken = others.filter(organisation=door.organisation_id, slug=facts.slug).exists()
    require(not taken, DoorSlugTaken(slug=facts.slug))
    taken = bool(facts.address) and others.filter(address=facts.address).exists()
    require(not taken, DoorAddressTaken(address=facts.address))
    for name in DoorFacts.__slots__:
        setattr(door, name, getattr(facts, name))
    return facts


def _check_receiver(door: Door, receiver: Person, *, at: datetime) -> None:
    able = receiver.is_active and receiver.has_role(door.organisation_id, *RECEIVES, at=at)
    require(able, CannotReceive(name=receiver.name))
