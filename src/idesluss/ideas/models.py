"""Ideas: what somebody handed in, who has a part in the case, and for whom the case is shut."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from idesluss.ideas.vocab import ConflictState, Ground, Part, StageName
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person, Unit, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Goal, Programme, Question

OWN = (Part.OWNER.value, Part.CO_APPLICANT.value)
SHUT = (ConflictState.DECLARED.value, ConflictState.DECIDED.value)
OPEN = (ConflictState.CLEAR.value, ConflictState.DISMISSED.value)
DECIDERS_SEE = tuple(
    stage.value
    for stage in Stage
    if stage not in (Stage.DRAFT, Stage.RECEIVED, Stage.EXPLORING, Stage.REDIRECTED)
)


# One person's cases are few, so they are looked up once and held against the rows, whatever the
# number of rows: much cheaper than asking for each row whether the person has to do with it.


def has_part(person: Person, *parts: str, idea: str = "") -> Q:
    """Cases in which ``person`` plays one of ``parts``; ``idea`` is a path such as "idea__"."""
    theirs = Involvement.objects.filter(person=person, part__in=parts, ended_at=None)
    return Q(**{f"{idea}pk__in": theirs.values("idea")})


def declared(person: Person, *states: str, idea: str = "") -> Q:
    """Cases in which ``person``'s declaration is one of ``states``."""
    theirs = Declaration.objects.filter(person=person, state__in=states)
    return Q(**{f"{idea}pk__in": theirs.values("idea")})


def own(person: Any, *, idea: str = "") -> Q:
    """Cases that ``person`` hands in, alone or with others."""
    if not isinstance(person, Person):
        return Q(pk__in=[])
    return has_part(person, *OWN, idea=idea)


def involved(person: Any, *, at: datetime, idea: str = "") -> Q:
    """Cases that ``person`` may judge or must declare in, conflicts not yet counted."""
    if not isinstance(person, Person):
        return Q(pk__in=[])
    draft = Q(**{f"{idea}stage": Stage.DRAFT.value})
    return _judging(person, at=at, idea=idea) & ~draft & ~own(person, idea=idea)


def _judging(person: Person, *, at: datetime, idea: str) -> Q:
    """Cases given to ``person`` to assess, or before a body where they have a seat.

    Whoever has left the organisation judges nothing there any more.
    """
    standing = standing_of(person, at)
    # Where one belongs is asked of one's own few parts: SQLite would begin at the organisation.
    theirs = Involvement.objects.filter(
        person=person,
        part=Part.ASSESSOR.value,
        ended_at=None,
        idea__programme__organisation__in=standing.organisations(),
    )
    judging = Q(**{f"{idea}pk__in": theirs.values("idea")})
    if bodies := standing.bodies:
        judging |= Q(
            **{
                f"{idea}programme__in": Programme.objects.decided_by(bodies),
                f"{idea}stage__in": DECIDERS_SEE,
            },
        )
    return judging


def handled(person: Any, *, at: datetime, idea: str = "") -> Q:
    """Cases whose content is open to ``person`` because of an office, not as applicant.

    Fund administrators and registrars: every case of their organisation that is handed in.
    Assessors and members of the deciding body: theirs, once they have declared that they have no
    conflict of interest. Nobody: a case with their own declared or decided conflict, or one they
    hand in themselves (FL 2017:900 § 16: a party never handles the case).
    """
    if not isinstance(person, Person):
        return Q(pk__in=[])
    standing = standing_of(person, at)
    offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
    seen = Q(**{f"{idea}programme__organisation__in": offices})
    if set(standing.organisations()) - set(offices):  # else no other ground opens anything more
        seen |= _judging(person, at=at, idea=idea) & declared(person, *OPEN, idea=idea)
    draft = Q(**{f"{idea}stage": Stage.DRAFT.value})
    shut = declared(person, *SHUT, idea=idea) | own(person, idea=idea)
    return seen & ~draft & ~shut


def endorsing(person: Any, *, at: datetime, idea: str = "") -> Q:
    """Cases in which ``person`` is asked, as manager, what the unit says to it.

    They read what is asked for, not how it is judged; a case shut to them stays shut.
    """
    if not isinstance(person, Person):
        return Q(pk__in=[])
    asked = Involvement.objects.filter(
        person=person,
        part=Part.ENDORSER.value,
        ended_at=None,
        idea__programme__organisation__in=standing_of(person, at).organisations(),
    )
    draft = Q(**{f"{idea}stage": Stage.DRAFT.value})
    shut = declared(person, *SHUT, idea=idea)
    return Q(**{f"{idea}pk__in": asked.values("idea")}) & ~draft & ~shut


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """Ideas whose content ``person`` may read: own, handled by office, or asked about."""
        return self.filter(own(person) | handled(person, at=at) | endorsing(person, at=at))

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

    objects = IdeaQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["programme", "stage", "received_at"], name="idea_programme_stage")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT.value) | ~Q(register_number=""),
                name="idea_handed_in_has_number",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def organisation_id(self) -> int:
        return self.programme.organisation_id


class Involvement(models.Model):
    """A person's part in one case."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="involvements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="involvements")
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea", "person", "part"],
                condition=Q(ended_at=None),
                name="involvement_once",
            )
        ]
        indexes: ClassVar = [
            # One's own cases are found in the index alone, for every page.
            models.Index(
                fields=["person", "part", "idea"],
                name="involvement_person",
                condition=Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_part_display()}"


class Declaration(models.Model):
    """What is known of one person's conflict of interest in one case."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    state = models.CharField(max_length=10, choices=ConflictState.choices)
    ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who said or decided it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "person"], name="declaration_once"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | ~Q(ground=""),
                name="declaration_has_ground",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "state", "idea"], name="declaration_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"


class Answer(models.Model):
    """The answer to one question of the round."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "question"], name="answer_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(models.Model):
    """A file that belongs to a case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="attachments")  # named by id: no name becomes a path
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Completion(models.Model):
    """A request to complete an application; the answer clock stands still meanwhile."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="completions")
    what = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea"],
                condition=Q(answered_at=None),
                name="completion_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")),
                name="completion_answered_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]
