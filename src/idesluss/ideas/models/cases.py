"""The case itself: a need or an idea on its way through a programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.ideas.models.access import (
    endorsing,
    handled,
    involved,
    opened_to,
    own,
    sluiced_shown,
)
from idesluss.ideas.vocab import Channel, IdeaKind, Offer, Reply, StageName
from idesluss.logic.lifecycle import Stage, is_open
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Door, Edition, Goal, Programme, Step
from idesluss.programmes.vocab import Visibility

LIVE = tuple(stage.value for stage in Stage if is_open(stage))
"""Stages in which the municipality owes something."""


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Ideas whose content ``person`` may read: own, handled by office, or asked about."""
        return self.filter(own(person) | handled(person, at=at) | endorsing(person, at=at))

    def shown_to(self, person: Any, *, at: datetime) -> Self:
        """Cases whose open page ``person`` may read: also those that are shown to more people.

        The open page: title, need, where the case is, the open conversation and its answer. Names
        only as the giver chose; never notes, contact or findings that are kept inside.
        """
        wide = opened_to(person, at=at)
        return self.filter(own(person) | handled(person, at=at) | endorsing(person, at=at) | wide)

    def sluiced_shown_to(self, person: Any, *, at: datetime) -> Self:
        """Cases of sluices among those of ``shown_to``."""
        return self.filter(sluiced_shown(person, at=at))

    def sluiced(self) -> Self:
        """Cases of a sluice, which always have somebody responsible, or a reasoned answer."""
        return self.filter(edition__isnull=False)

    def live(self) -> Self:
        """Cases in which the municipality owes something."""
        return self.filter(stage__in=LIVE)

    def owned_by(self, person: Any) -> Self:
        """Ideas ``person`` hands in, alone or with others."""
        return self.filter(own(person))

    def handled_by(self, person: Any, *, at: datetime) -> Self:
        """Ideas open to ``person`` by office."""
        return self.filter(handled(person, at=at))

    def declarable_by(self, person: Any, *, at: datetime) -> Self:
        """Ideas whose headline ``person`` sees in order to declare conflicts of interest."""
        return self.filter(involved(person, at=at))


class Idea(models.Model):
    """A thought handed in to a programme: need first, then what might be done."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="ideas")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="ideas")
    title = models.CharField(max_length=160, blank=True)  # may be missing in a draft
    need = models.TextField(blank=True)
    applicant_name = models.CharField(max_length=160, blank=True)  # somebody without an account
    language = models.CharField(max_length=5, default="sv")  # the language it was written in
    stage = models.CharField(
        max_length=12,
        choices=StageName.choices,
        default=Stage.DRAFT.value,
        editable=False,
    )
    stage_at = models.DateTimeField()
    created_at = models.DateTimeField()
    register_number = models.CharField(max_length=60, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="ideas_as_contact"
    )
    answer_by = models.DateField(null=True, blank=True)  # the promised date of an answer
    paused_at = models.DateTimeField(null=True, blank=True)  # the clock stands still since
    goals = models.ManyToManyField(Goal, blank=True, related_name="ideas")
    invented = models.BooleanField(default=False)
    # What a sluice holds beside: what was handed in, how, and by whom it may be seen.
    kind = models.CharField(max_length=4, choices=IdeaKind.choices, default=IdeaKind.IDEA.value)
    for_whom = models.CharField(max_length=300, blank=True)
    how_many = models.PositiveIntegerField(null=True, blank=True)  # people who have the need
    evidence = models.TextField(blank=True)  # how one knows
    answers_to = models.ForeignKey(  # the need that this is an idea for
        "self", models.PROTECT, null=True, blank=True, related_name="ideas_for_it"
    )
    challenge = models.ForeignKey(
        "ideas.Challenge", models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    door = models.ForeignKey(Door, models.PROTECT, null=True, blank=True, related_name="ideas")
    channel = models.CharField(
        max_length=8, choices=Channel.choices, default=Channel.WEB.value, blank=True
    )
    entered_by = models.ForeignKey(  # who wrote it down for the giver
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf_of = models.CharField(max_length=160, blank=True)  # an association, a company
    visibility = models.CharField(
        max_length=6, choices=Visibility.choices, default=Visibility.CLOSED.value
    )
    name_shown = models.CharField(  # to whom the giver's name is shown
        max_length=6, choices=Visibility.choices, default=Visibility.CLOSED.value
    )
    secret = models.TextField(blank=True)  # what the giver claims to be a trade secret, and why
    # Where it is in the municipality's own model, whose it is, and what is owed when.
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    at_step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="ideas")
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="ideas_as_responsible"
    )
    next_on = models.DateField(null=True, blank=True)
    next_what = models.CharField(max_length=200, blank=True)  # what is to happen then
    waits_for_giver = models.BooleanField(default=False)  # then the promises stand still
    first_by = models.DateField(null=True, blank=True)  # the promised first human answer
    first_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(max_length=4, choices=Reply.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # the decision, told with its reason
    answer = models.TextField(blank=True)  # Markdown: the reasoned answer
    offer = models.CharField(max_length=10, choices=Offer.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split"
    )
    grown_from = models.ForeignKey(  # the case of a sluice that this one asks a fund for money for
        "self", models.PROTECT, null=True, blank=True, related_name="grown"
    )
    just_do_at = models.DateTimeField(null=True, blank=True)  # the workplace does it by itself
    warned_for = models.DateField(null=True, blank=True)  # the date that was reminded of
    raised_for = models.DateField(null=True, blank=True)  # the date whose passing was escalated
    version = models.PositiveIntegerField(default=0)  # of what is written by several

    objects = IdeaQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["programme", "stage", "received_at"], name="idea_programme_stage"),
            models.Index(
                fields=["responsible", "next_on"],
                name="idea_responsible",
                condition=Q(responsible__isnull=False),
            ),
            models.Index(
                fields=["next_on", "id"], name="idea_due", condition=Q(next_on__isnull=False)
            ),
            # A sluice's lists begin with the newest, and read no further than one page.
            models.Index(
                fields=["programme", "-received_at", "-id"],
                name="idea_newest",
                condition=Q(edition__isnull=False),
            ),
            models.Index(
                fields=["programme", "-received_at", "-id"],
                name="idea_needs",
                condition=Q(edition__isnull=False, kind=IdeaKind.NEED.value),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT.value) | ~Q(register_number=""),
                name="idea_handed_in_has_number",
            ),
            # No case of a sluice without somebody responsible and a next date, and in the end a
            # reasoned answer: silence is what such systems die of.
            models.CheckConstraint(
                condition=Q(edition=None)
                | ~Q(stage__in=LIVE)
                | Q(responsible__isnull=False, next_on__isnull=False, at_step__isnull=False),
                name="idea_live_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=Q(edition=None) | Q(stage__in=[Stage.DRAFT.value, *LIVE]) | ~Q(answer=""),
                name="idea_ended_has_answer",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.MERGED.value)
                | Q(edition=None)
                | Q(merged_into__isnull=False),
                name="idea_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def organisation_id(self) -> int:
        return self.programme.organisation_id
