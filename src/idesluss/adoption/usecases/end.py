"""What became permanent is no longer so, or never was."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.adoption.models import Adoption
from idesluss.adoption.rules import may_adopt
from idesluss.ideas.usecases import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import ChangedMeanwhile, Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.pilots.models import Project
from idesluss.pilots.usecases.held import held
from idesluss.pilots.vocab import REASON_LENGTH
from idesluss.programmes.models import Step
from idesluss.records.usecases import note


@transaction.atomic
def end(
    project_id: int, *, reason: str, mistake: bool, version: int, by: Person, at: datetime
) -> Adoption:
    """End what is noted as permanent, with a reason; nothing is deleted. Notes ``adoption.ended``.

    A ``mistake`` takes the case back to where it can be noted again. Otherwise it is no longer
    in use: the case ends as stopped.

    Raises:
        NotAllowed: ``by`` does not handle the case, or carries it out.
        ChangedMeanwhile: somebody else changed or ended it since ``version``.
        Missing, TooLong: the reason.
    """
    project = held(project_id)
    require(may_adopt(by, project, at=at))
    adoption = Adoption.objects.standing().filter(idea=project.idea, version=version).first()
    if adoption is None:
        raise ChangedMeanwhile
    reason = reason.strip()
    require(bool(reason), Missing(field="reason"))
    require(len(reason) <= REASON_LENGTH, TooLong(field="reason", limit=REASON_LENGTH))
    adoption.ended_at, adoption.ended_why = at, reason
    adoption.version += 1
    adoption.save(update_fields=["ended_at", "ended_why", "version"])
    project.changed_at = at
    project.save(update_fields=["changed_at"])
    step(project.idea, _back(project) if mistake else Stage.STOPPED, by=by, at=at)
    note(
        "adoption.ended",
        about=project,
        by=by,
        at=at,
        adoption=adoption.pk,
        owner=adoption.owner_id,
        reason=reason,
        mistake=mistake,
    )
    return adoption


def _back(project: Project) -> Stage:
    """Where the case was: being taken over, in a programme that has that step, or tested."""
    steps = Step.objects.filter(programme=project.idea.programme_id)
    used = set(steps.values_list("stage", flat=True))
    return Stage.ADOPTING if not used or Stage.ADOPTING.value in used else Stage.TESTING
