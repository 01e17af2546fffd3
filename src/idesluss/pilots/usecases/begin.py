"""A project begins when a decision grants money."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from idesluss.funding.models import Application, Grant
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person
from idesluss.pilots.models import Project
from idesluss.pilots.vocab import GRANTED, NAME_LENGTH
from idesluss.records.usecases import note


@transaction.atomic
def begin(application_id: int, *, at: datetime) -> Project | None:
    """The project of a granted application; it is made the first time and notes ``pilots.begun``.

    None when the application was not granted money. Money for a case that has a project already,
    in another round, belongs to the same project: its last day moves forward if the new money
    lasts longer. A case that came from a table has nobody here who reports, so it gets no last
    day and nobody is reminded. Nothing is published. ``at`` is aware. Bears repetition.
    """
    idea_id = Application.objects.values_list("idea", flat=True).get(pk=application_id)
    ideas = Idea.objects.select_related("programme__organisation")
    idea = ideas.select_for_update(of=("self",)).get(pk=idea_id)
    application = Application.objects.select_related("round").get(pk=application_id)
    if application.outcome not in GRANTED:
        return None
    years = sorted(Grant.objects.filter(application=application).values_list("year", flat=True))
    years = years or [application.round.project_year]
    owner = _owner(idea)
    starts_on, ends_on = _dates(application, idea, years, here=owner is not None)
    project = Project.objects.filter(idea=idea).first()
    if project is not None:
        _lasts_longer(project, ends_on, at=at)
        return project
    project = Project.objects.create(
        idea=idea,
        coordinator=owner,
        coordinator_name="" if owner else idea.applicant_name[:NAME_LENGTH],
        starts_on=starts_on,
        ends_on=ends_on,
        changed_at=at,
    )
    note(
        "pilots.begun",
        about=project,
        by=None,
        at=at,
        application=application.pk,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat() if ends_on else None,
    )
    return project


def begin_missing(*, at: datetime, most: int = 500) -> int:
    """Begin the projects of granted applications that have none; returns how many.

    For what was granted before there were projects, and for rounds taken in from tables. At most
    ``most`` at a time, the oldest first; each in a transaction of its own.
    """
    without = Application.objects.filter(outcome__in=GRANTED, idea__project=None).order_by("pk")
    found = list(without.values_list("pk", flat=True)[:most])
    return sum(begin(number, at=at) is not None for number in found)


def _owner(idea: Idea) -> Person | None:
    owner = idea.involvements.filter(part=Part.OWNER.value, ended_at=None).order_by("pk")
    return next((one.person for one in owner.select_related("person")), None)


def _dates(
    application: Application, idea: Idea, years: list[int], *, here: bool
) -> tuple[date, date | None]:
    """First and last day: of the year's money, or as the application says if that can be."""
    starts_on = date(years[0], 1, 1)
    if not here or application.decided_at is None:
        return starts_on, None
    zone = idea.programme.organisation.timezone
    starts_on = max(starts_on, application.decided_at.astimezone(zone).date())
    ends_on = application.ends_on
    if ends_on is None or ends_on < starts_on:
        ends_on = date(years[-1], 12, 31)
    return starts_on, max(starts_on, ends_on)


def _lasts_longer(project: Project, ends_on: date | None, *, at: datetime) -> None:
    if ends_on is None or project.ends_on is None or ends_on <= project.ends_on:
        return
    before, project.ends_on = project.ends_on, ends_on
    project.save(update_fields=["ends_on"])
    note(
        "pilots.granted_again",
        about=project,
        by=None,
        at=at,
        before=before.isoformat(),
        ends_on=ends_on.isoformat(),
    )
