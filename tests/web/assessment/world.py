"""A round of one organisation with a case in assessment, and those who have to do with it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from idesluss.assessment.models import Score
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from tests.factories import (
    ApplicationFactory,
    AssessmentFactory,
    CriterionFactory,
    OrganisationFactory,
    PersonFactory,
    RoundFactory,
    SeatFactory,
    UnitFactory,
    declare,
    involve,
    person_as,
)

TITLE, NUMBER = "Hemlig elcykel", "INN 2099/4711"


def world(**fields):
    """One case; times are around now, because a page takes its moment from the clock."""
    now = timezone.now()
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    round = RoundFactory(
        programme__organisation=here,
        slug="hosten",
        name="Hösten",
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=30),
        **{"assessors_wanted": 2, "qualifying_needed": 1, **fields},
    )
    CriterionFactory(round=round, key="law", kind="qualifying", name="Lagligt", position=1)
    CriterionFactory(round=round, key="gain", name="Nytta", weight=2, position=2)
    CriterionFactory(round=round, key="joy", kind="additional", name="Glädje", position=3)
    unit = UnitFactory(organisation=here, name="Vård")
    owner = person_as(Role.EMPLOYEE, here, name="Siv Sökande")
    application = case(round, title=TITLE, number=NUMBER, unit=unit, owner=owner)
    return SimpleNamespace(
        here=here,
        round=round,
        unit=unit,
        owner=owner,
        application=application,
        idea=application.idea,
        administrator=person_as(Role.ADMINISTRATOR, here, name="Maria Lind"),
    )


def case(round, *, stage="assessing", title="Elcykel", number=None, **fields):
    """A case of ``round``, received just now."""
    application = ApplicationFactory(round=round, stage=stage, **fields)
    more = {"register_number": number} if number else {}
    Idea.objects.filter(pk=application.idea_id).update(
        title=title, received_at=timezone.now(), stage_at=timezone.now(), **more
    )
    application.idea.refresh_from_db()
    return application


def assessor(it, name="Ali Ahmed", state="clear", *, locked=False, idea=None):
    """Somebody who has the case; ``state`` is what they have declared, "" for nothing."""
    idea = idea or it.idea
    person = person_as(Role.ASSESSOR, it.here, name=name)
    involve(idea, person, Part.ASSESSOR)
    if state:
        declare(idea, person, ConflictState(state))
    assessment = AssessmentFactory(idea=idea, round=it.round, assessor=person, involved=False)
    if locked:
        judge(assessment)
    return person


def judge(assessment, law=1, gain=5, joy=1):
    """Fill in and lock."""
    marks = {"law": law, "gain": gain, "joy": joy}
    for criterion in assessment.round.criteria.all():
        Score.objects.create(
            assessment=assessment,
            criterion=criterion,
            value=marks[criterion.key],
            reason=f"{assessment.assessor.name} vet varför.",
        )
    assessment.advice, assessment.version, assessment.locked_at = "fits", 2, timezone.now()
    assessment.save()


def member(it, state="clear"):
    """Somebody with a seat in the deciding body."""
    person = SeatFactory(body=it.round.programme.body, person__name="Eva Chef").person
    if state:
        declare(it.idea, person, ConflictState(state))
    return person


def client_of(person, language="en"):
    """A browser in which ``person`` is signed in."""
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def stranger():
    """The administrator of another organisation."""
    return person_as(Role.ADMINISTRATOR, OrganisationFactory())


__all__ = [
    "NUMBER",
    "TITLE",
    "PersonFactory",
    "assessor",
    "case",
    "client_of",
    "judge",
    "member",
    "stranger",
    "world",
]
