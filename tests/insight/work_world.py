"""A person with every part there is, in an organisation where something waits for each."""

from datetime import date, timedelta
from types import SimpleNamespace

from idesluss.funding.models import Endorsement
from idesluss.ideas.models import Completion
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project, Report
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    AssessmentFactory,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
    RoundFactory,
    SeatFactory,
    declare,
    involve,
)

DAY = timedelta(days=1)


def waits_for(person, organisation=None):
    """One of everything for ``person`` in an organisation of its own."""
    here = organisation or OrganisationFactory()
    for role in (Role.ADMINISTRATOR, Role.MANAGER):
        AppointmentFactory(person=person, organisation=here, role=role.value)
    round = RoundFactory(programme__organisation=here, contact=None, assessors_wanted=1)
    person.__dict__.pop("_standing", None)
    made = SimpleNamespace(organisation=here, round=round)
    made.draft = ApplicationFactory(round=round, owner=person, idea__title="Eget utkast")
    made.asked = ApplicationFactory(round=round, owner=person, stage="exploring")
    Completion.objects.create(
        idea=made.asked.idea,
        what="Budgeten?",
        asked_by=PersonFactory(),
        asked_at=NOON - DAY,
        due=date(2026, 10, 9),
    )
    made.unchecked = ApplicationFactory(round=round, stage="received")
    made.unassigned = ApplicationFactory(round=round, stage="assessing")
    made.work = judged(person, round)
    made.endorsement = Endorsement.objects.create(
        application=made.unchecked, manager=person, asked_at=NOON, due_at=NOON + 9 * DAY
    )
    involve(made.unchecked.idea, person, Part.ENDORSER)
    made.undeclared = ApplicationFactory(round=round, stage="assessing")
    involve(made.undeclared.idea, person, Part.ASSESSOR)
    made.meeting = MeetingFactory(round=RoundFactory(programme=round.programme), held_at=NOON + DAY)
    SeatFactory(body=made.meeting.body, person=person)
    made.running = project(round, ends_on=date(2026, 9, 30), owner=person)
    made.reported = project(round, ends_on=date(2026, 12, 31), owner=PersonFactory())
    Report.objects.create(
        project=made.reported,
        kind="interim",
        progress="on_track",
        spent_minor=1,
        currency="SEK",
        learned="Mycket.",
        onward="continue",
        by=PersonFactory(),
        at=NOON,
    )
    person.__dict__.pop("_standing", None)
    return made


def judged(person, round):
    """An assessment of theirs, not begun."""
    application = ApplicationFactory(round=round, stage="assessing", idea__title="Att bedöma")
    return AssessmentFactory(idea=application.idea, round=round, assessor=person)


def project(round, *, ends_on, owner):
    """A project that is carried out."""
    application = ApplicationFactory(round=round, stage="testing", owner=owner)
    return Project.objects.create(idea=application.idea, ends_on=ends_on, changed_at=NOON)


def shut(application, person):
    """The case is shut for the person."""
    declare(application.idea, person, ConflictState.DECLARED)
