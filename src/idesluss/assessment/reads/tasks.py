"""What waits for an assessor, across rounds and organisations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from idesluss.assessment.models import Assessment
from idesluss.assessment.rules import ASSESSABLE, ASSIGNABLE
from idesluss.ideas.models import Declaration, Idea, handled, has_part
from idesluss.ideas.vocab import Part
from idesluss.programmes.models import Round

WAITING = tuple(stage.value for stage in dict.fromkeys((*ASSIGNABLE, *ASSESSABLE)))
"""Stages in which somebody may still have something to do."""


@dataclass(frozen=True, slots=True)
class Task:
    """One assessment of one's own, with its idea and unit loaded."""

    assessment: Assessment
    application_id: int

    @property
    def state(self) -> str:
        """How far one has come: "locked", "begun" or "untouched"; "early" before the check."""
        if self.assessment.locked_at:
            return "locked"
        if self.assessment.idea.stage not in ASSESSABLE:
            return "early"
        return "begun" if self.assessment.version else "untouched"


@dataclass(slots=True)
class Pile:
    """Everything of one round; of ``undeclared`` cases only their number is known here."""

    round: Round
    undeclared: int = 0
    tasks: list[Task] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many assessments can be worked on and are not locked."""
        return sum(task.state in ("untouched", "begun") for task in self.tasks)

    @property
    def answer_by(self) -> date | None:
        """The earliest promised answer among those that are left."""
        days = [task.assessment.idea.answer_by for task in self.tasks if task.state != "locked"]
        return min((day for day in days if day), default=None)


def undeclared_by(person: Any, *, at: datetime) -> QuerySet[Idea]:
    """Cases under way in which ``person`` has not said whether there is a conflict of interest."""
    declared = Declaration.objects.filter(idea=OuterRef("pk"), person=person)
    return Idea.objects.declarable_by(person, at=at).filter(
        ~Exists(declared), stage__in=WAITING, applications__isnull=False
    )


def own_assessments(person: Any, *, at: datetime) -> QuerySet[Any]:
    """One's own assessments of cases under way, locked ones too, each with its ``application``.

    What is shut by a conflict of interest, or taken back, is not among them.
    """
    # Asked for beside the row, not joined to it: PostgreSQL plans the query three times as fast.
    application = Idea.objects.filter(
        pk=OuterRef("idea"), applications__round=OuterRef("round")
    ).values("applications__pk")[:1]
    return (
        Assessment.objects.filter(has_part(person, Part.ASSESSOR.value, idea="idea__"))
        .filter(handled(person, at=at, idea="idea__"))
        .filter(assessor=person, idea__stage__in=WAITING)
        .annotate(application=Subquery(application))
        .select_related("idea__unit")
    )


def piles(person: Any, *, at: datetime) -> list[Pile]:
    """One's own work by round, where most is owed first; three queries.

    Rounds where something is to be declared are among them, also for members of the body. What
    is shut by a conflict of interest is in no row and no number.
    """
    silent = (
        undeclared_by(person, at=at)
        .order_by()
        .values("applications__round")
        .annotate(number=Count("pk"))
    )
    undeclared = {row["applications__round"]: row["number"] for row in silent}
    mine = own_assessments(person, at=at).order_by("locked_at", "idea__register_number", "pk")
    tasks: dict[int, list[Task]] = {}
    for assessment in mine:
        tasks.setdefault(assessment.round_id, []).append(Task(assessment, assessment.application))
    rounds = Round.objects.filter(pk__in={*undeclared, *tasks}).select_related(
        "programme__organisation"
    )
    found = [Pile(it, undeclared.get(it.pk, 0), tasks.get(it.pk, [])) for it in rounds]
    return sorted(found, key=lambda pile: (-(pile.undeclared + pile.left), pile.round.pk))
