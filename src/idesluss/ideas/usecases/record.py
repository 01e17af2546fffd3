"""Record a case that was handled somewhere else, at the stage where it stands."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import Idea
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Programme
from idesluss.records.usecases import note

GONE_ON = (Stage.ADOPTING.value, Stage.PERMANENT.value, Stage.STOPPED.value)


def record(
    programme: Programme,
    *,
    title: str,
    unit: Unit | None,
    applicant_name: str,
    register_number: str,
    stage: Stage,
    by: Person | None,
    at: datetime,
) -> Idea:
    """Make an idea that went its way before it came here, and note ``ideas.recorded``.

    For use cases only, which ask their own rule first. It is at ``stage`` from the beginning: its
    steps were taken elsewhere, so none is invented here.
    """
    idea = Idea.objects.create(
        programme=programme,
        unit=unit,
        title=title,
        applicant_name=applicant_name,
        language=programme.organisation.language,
        stage=stage.value,
        stage_at=at,
        created_at=at,
        received_at=at,
        register_number=register_number,
    )
    note("ideas.recorded", about=idea, by=by, at=at, stage=stage.value, title=title)
    return idea


def correct_record(
    idea: Idea,
    *,
    unit: Unit | None,
    applicant_name: str,
    stage: Stage,
    by: Person | None,
    at: datetime,
) -> None:
    """Put right what was recorded of a case that nobody has handed in here.

    A case that has gone on here since it was granted stays where it has come to.
    """
    idea.unit = unit
    idea.applicant_name = applicant_name
    gone_on = stage is Stage.TESTING and idea.stage in GONE_ON
    if idea.stage != stage.value and not gone_on:
        idea.stage, idea.stage_at = stage.value, at
    idea.save(update_fields=["unit", "applicant_name", "stage", "stage_at"])
    note("ideas.record_corrected", about=idea, by=by, at=at, stage=stage.value)
