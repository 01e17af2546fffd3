"""Organisations, their units, people, what they do there, and the bodies that decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from idesluss.people.vocab import LANGUAGES, Country, Currency, MailWish, Role


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, person: Person | None, *, at: datetime) -> Self:
        """Every organisation of the installation: that it exists is public."""
        return self.filter(archived_at=None)

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Organisations that ``person`` is a fund administrator of."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(archived_at=None, pk__in=run)


class Organisation(models.Model):
    """A municipality (or region, or company): whole on its own, blind to the others."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    country = models.CharField(max_length=2, choices=Country.choices, default=Country.SWEDEN.value)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="sv")
    currency = models.CharField(max_length=3, choices=Currency.choices, default=Currency.SEK.value)
    zone = models.CharField(max_length=40, default="Europe/Stockholm")
    colour = models.CharField(max_length=7, default="#005b70")
    register_pattern = models.CharField(max_length=60, default="INN {year}/{number:04}")
    contact_mail = models.EmailField(blank=True)
    invented = models.BooleanField(default=False)  # demonstration: not a real municipality
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> int:
        return int(self.pk)

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Units of the organisations that ``person`` belongs to, archived ones too."""
        return self.filter(organisation__in=standing_of(person, at).organisations())

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Units that ``person`` may change."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(organisation__in=run)

    def current(self) -> Self:
        """Units in use."""
        return self.filter(archived_at=None)


class Unit(models.Model):
    """A department, or a unit below one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    name = models.CharField(max_length=120)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "parent", "name"],
                name="unit_name_unique",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def visible_to(self, person: Any, *, at: datetime) -> models.QuerySet[Person]:
        """Oneself, and people with a role in an organisation that ``person`` administers."""
        if not isinstance(person, Person):
            return self.none()
        run = person.standing(at).organisations_as(Role.ADMINISTRATOR)
        known = Appointment.objects.filter(organisation__in=run, person=OuterRef("pk"))
        return self.filter(Q(pk=person.pk) | Exists(known))

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(pk=username or 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may act as at one moment, read once: the ground for every ``visible_to``."""

    roles: frozenset[tuple[int, str]]  # (organisation, role)
    bodies: frozenset[int]  # bodies where the person has a seat now
    body_organisations: frozenset[int]

    def organisations_as(self, *roles: Role) -> list[int]:
        """Numbers of the organisations where one of ``roles`` is held."""
        wanted = {role.value for role in roles}
        return sorted({organisation for organisation, role in self.roles if role in wanted})

    def organisations(self) -> list[int]:
        """Every organisation the person belongs to."""
        return sorted({organisation for organisation, _ in self.roles} | self.body_organisations)


NOBODY = Standing(frozenset(), frozenset(), frozenset())


class Person(AbstractBaseUser):
    """Somebody known to the installation; needs no e-mail (and no password: a code is mailed)."""

    name = models.CharField(max_length=120)
    # No address is NULL, not "": several people may have none, no two the same one.
    email = models.EmailField(max_length=254, null=True, blank=True)  # noqa: DJ001
    language = models.CharField(max_length=5, choices=LANGUAGES, blank=True)
    is_active = models.BooleanField(default=True)
    is_installer = models.BooleanField(default=False)  # may set up organisations; reads no case
    invented = models.BooleanField(default=False)
    # A giver without an account, who signs in with a follow-up code (ideas.FollowUpCode). How they
    # may be reached was never proved, so nobody signs in with it; both may be empty.
    guest = models.BooleanField(default=False)
    reach_mail = models.EmailField(max_length=254, blank=True)
    reach_phone = models.CharField(max_length=40, blank=True)
    # In the address of the calendar that the person subscribes to; whoever has it may read it.
    calendar_key = models.CharField(max_length=43, null=True, blank=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_email_unique")
        ]

    def __str__(self) -> str:
        return self.name

    def standing(self, at: datetime) -> Standing:
        """The person's roles and seats at ``at`` (aware); one query, kept on this object."""
        kept: tuple[datetime, Standing] | None = self.__dict__.get("_standing")
        if kept and kept[0] == at:
            return kept[1]
        standing = self._standing_on(at.date())
        self.__dict__["_standing"] = (at, standing)
        return standing

    def _standing_on(self, day: date) -> Standing:
        """One plain query, as every page asks it: each role beside each seat; both are few."""
        rows = list(_roles_and_seats().filter(pk=self.pk))
        roles = frozenset(
            (organisation, role)
            for organisation, role, invited_as, starts, ends in (row[:5] for row in rows)
            if role and not invited_as and holds(starts, ends, day)
        )
        bodies = {
            body: organisation
            for body, organisation, starts, ends in (row[5:] for row in rows)
            if body and holds(starts, ends, day)
        }
        return Standing(roles, frozenset(bodies), frozenset(bodies.values()))

    def has_role(self, organisation_id: int, *roles: Role, at: datetime) -> bool:
        """Whether one of ``roles`` is held in the organisation at ``at``."""
        return organisation_id in self.standing(at).organisations_as(*roles)


@cache
def _roles_and_seats() -> QuerySet[Any, Any]:
    """Roles and seats of people; the same question for everybody, so put together once."""
    role = ("organisation_id", "role", "invited_as", "starts", "ends")
    seat = ("body_id", "body__organisation_id", "starts", "ends")
    return Person.objects.order_by().values_list(
        *(f"appointments__{name}" for name in role), *(f"seats__{name}" for name in seat)
    )


def standing_of(person: Any, at: datetime) -> Standing:
    """The standing of a person, or of nobody (None or the anonymous user)."""
    return person.standing(at) if isinstance(person, Person) else NOBODY


def day_before(day: date | None) -> date | None:
    """The day before ``day``, None for None."""
    return day - timedelta(days=1) if day else None


def holds(starts: date | None, ends: date | None, day: date) -> bool:
    """Whether what is dated so holds on ``day``; ``valid`` says the same to the database."""
    return (starts is None or starts <= day) and (ends is None or ends > day)


class DatedQuerySet(models.QuerySet[Any]):
    def valid(self, day: date) -> Self:
        """Rows that hold on ``day``: from ``starts`` (included) to ``ends`` (not included)."""
        started = Q(starts=None) | Q(starts__lte=day)
        return self.filter(started, Q(ends=None) | Q(ends__gt=day))

    def not_over(self, day: date) -> Self:
        """Rows that hold on ``day`` or on some day after it."""
        return self.exclude(ends__lte=day).exclude(ends__lte=F("starts"))


def dated_constraint(name: str) -> models.CheckConstraint:
    """``ends`` not before ``starts``; the same day means that it never held."""
    return models.CheckConstraint(
        condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")), name=name
    )


class AppointmentQuerySet(DatedQuerySet):
    def valid(self, day: date) -> Self:
        """Roles that hold on ``day``; one offered to somebody who has not said yes does not."""
        return super().valid(day).filter(invited_as="")

    def offered(self, day: date) -> Self:
        """Roles offered to somebody who has said neither yes nor no."""
        return self.not_over(day).exclude(invited_as="")

    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """One's own roles, and every role in organisations that ``person`` administers."""
        if not isinstance(person, Person):
            return self.none()
        run = person.standing(at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(Q(person=person) | Q(organisation__in=run))

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Roles in organisations that ``person`` administers."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(organisation__in=run)


class Appointment(models.Model):
    """One role of one person in one organisation, perhaps in one unit, for a time.

    Somebody who is here for another organisation already is asked first: ``invited_as`` is what
    the administrator calls them meanwhile. The role does not hold, and their own name is not
    shown, until they say yes.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role.choices)
    deputy_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies"
    )
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)  # the first day it no longer holds
    invited_as = models.CharField(max_length=120, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [dated_constraint("appointment_ends_after_start")]
        indexes: ClassVar = [
            models.Index(fields=["person", "organisation"], name="appointment_person")
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} · {self.get_role_display()}"

    @property
    def shown_name(self) -> str:
        """What the organisation may call the person."""
        return self.invited_as or self.person.name

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as people say it."""
        return day_before(self.ends)


class BodyQuerySet(models.QuerySet["Body"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Bodies of the organisations that ``person`` belongs to."""
        return self.filter(organisation__in=standing_of(person, at).organisations())

    def set_up_by(self, person: Any, *, at: datetime) -> Self:
        """Bodies that ``person`` may change."""
        run = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(organisation__in=run)


class Body(models.Model):
    """A group that decides, such as the central management group."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bodies")
    name = models.CharField(max_length=120)
    quorum = models.PositiveSmallIntegerField(default=1)  # members who must take part in an item
    delegation = models.CharField(max_length=200, blank=True)  # reference to its right to decide
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quorum__gte=1), name="body_quorum_at_least_one"),
            models.UniqueConstraint(fields=["organisation", "name"], name="body_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's place in a body; ``order`` is the order of taking the chair."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    chair = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    deputy_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies"
    )
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("order", "id")
        constraints: ClassVar = [dated_constraint("seat_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.person} · {self.body}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as people say it."""
        return day_before(self.ends)

    @staticmethod
    def names(seats: Iterable[Seat]) -> list[str]:
        return [seat.person.name for seat in seats]


class MailPreference(models.Model):
    """How one person wants to be told news of one kind; none: as the kind is usually told."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=60)  # records.Letter.kind
    wish = models.CharField(max_length=10, choices=MailWish.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="mail_preference_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.wish}"


class Counted(models.Model):
    """What sign-in counts to hold back guessing: the table of Django's database cache.

    In the database, so that every process counts together and a restart forgives nobody.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_counted"

    def __str__(self) -> str:
        return self.cache_key
