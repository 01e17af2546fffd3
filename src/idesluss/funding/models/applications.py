"""Applications for money, what they will pay for, and what managers say to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.funding.vocab import Answer, Cost, OutcomeName
from idesluss.ideas.models import Idea, endorsing, handled, own
from idesluss.people.models import Person, Unit, standing_of
from idesluss.people.vocab import Currency
from idesluss.programmes.models import Round
from idesluss.programmes.vocab import ApplicationKind


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Applications ``person`` may read: those whose idea is open to them."""
        return self.filter(
            own(person, idea="idea__")
            | handled(person, at=at, idea="idea__")
            | endorsing(person, at=at, idea="idea__")
        )

    def owned_by(self, person: Any) -> Self:
        """Applications ``person`` hands in, alone or with others."""
        return self.filter(own(person, idea="idea__"))

    def handled_by(self, person: Any, *, at: datetime) -> Self:
        """Applications open to ``person`` by office."""
        return self.filter(handled(person, at=at, idea="idea__"))


class Application(models.Model):
    """One idea asking one round for money."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="applications")
    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    asked_minor = models.BigIntegerField(null=True, blank=True)  # None: not said
    currency = models.CharField(max_length=3, choices=Currency.choices)
    ends_on = models.DateField(null=True, blank=True)  # the project's last day
    kind = models.CharField(
        max_length=14, choices=ApplicationKind.choices, default=ApplicationKind.NEW.value
    )
    continues = models.ForeignKey(  # the application whose project goes on, or is introduced
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    otherwise = models.TextField(blank=True)  # why it would not happen without the money
    cofinanced_minor = models.BigIntegerField(default=0)  # what others than the fund pay
    cofinanced_by = models.CharField(max_length=160, blank=True)
    partners = models.ManyToManyField(Unit, blank=True, related_name="partner_applications")
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Told to the applicant; set when the meeting's decisions are released together.
    outcome = models.CharField(max_length=24, choices=OutcomeName.choices, blank=True)
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "round"], name="application_once"),
            models.CheckConstraint(
                condition=Q(asked_minor=None) | Q(asked_minor__gte=0),
                name="application_asked_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(cofinanced_minor__gte=0), name="application_cofinanced_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="application_outcome_has_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "submitted_at", "id"], name="application_round"),
            # The round and the case of many grants are found in the index alone.
            models.Index(fields=["id", "round", "idea"], name="application_bearings"),
        ]

    def __str__(self) -> str:
        return str(self.idea)

    @property
    def organisation_id(self) -> int:
        return self.round.organisation_id


class BudgetLine(models.Model):
    """One line of what the money is for."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="budget_lines")
    what = models.CharField(max_length=160)
    amount_minor = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Cost.choices, default=Cost.OTHER.value)
    hours = models.PositiveIntegerField(null=True, blank=True)  # of own work at the fixed rate
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0), name="budget_line_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.what


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Endorsements of the applications that ``person`` may read."""
        readable = Application.objects.visible_to(person, at=at)
        return self.filter(application__in=readable.order_by().values("pk"))

    def asked_of(self, person: Any, *, at: datetime) -> Self:
        """Those that ``person`` is asked for, or has answered."""
        return self.filter(endorsing(person, at=at, idea="application__idea__"), manager=person)

    def given_away_by(self, person: Any, *, at: datetime) -> Self:
        """Those that ``person`` was asked for and somebody else is asked for now."""
        here = standing_of(person, at).organisations()
        ours = self.filter(application__round__programme__organisation__in=here)
        return ours.filter(manager__in=[person] if here else [], passed_to__isnull=False)

    def live(self) -> Self:
        """The last one of each way: answered or waiting, and not called off."""
        return self.filter(passed_to=None, ended_at=None)

    def waiting(self) -> Self:
        """Those that somebody is still to answer."""
        return self.live().filter(answered_at=None)


class Endorsement(models.Model):
    """What the manager of a unit says to what an application asks of it.

    Passing it on, or the manager above being asked after silence, ends this one and begins
    another, so that the way it went can be seen.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="endorsements")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="endorsements"
    )
    manager = models.ForeignKey(Person, models.PROTECT, related_name="endorsements")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    words = models.TextField(blank=True)  # the limits, or the reason for a no
    hours = models.PositiveIntegerField(null=True, blank=True)  # pledged
    money_minor = models.BigIntegerField(null=True, blank=True)  # pledged, in the round's currency
    answered_at = models.DateTimeField(null=True, blank=True)
    by_silence = models.BooleanField(default=False)  # nobody answered: the round's rule did
    passed_to = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="passed_from"
    )
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_why = models.CharField(max_length=200, blank=True)
    silent_at = models.DateTimeField(null=True, blank=True)  # the round's rule was followed then
    ended_at = models.DateTimeField(null=True, blank=True)  # no longer asked: nothing to answer
    version = models.PositiveIntegerField(default=0)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "unit"],
                condition=Q(passed_to=None),
                name="endorsement_one_of_each_unit",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="endorsement_answer_has_date",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(passed_to=None), name="endorsement_answered_or_passed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["manager", "answered_at"], name="endorsement_manager"),
            models.Index(
                fields=["due_at"],
                name="endorsement_open",
                condition=Q(answered_at=None, passed_to=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manager} · {self.application}"

    @property
    def organisation_id(self) -> int:
        return self.application.round.organisation_id
