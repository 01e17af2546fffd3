"""Ready things for tests; sums in minor units, times aware UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application, Decision, Meeting, Pot
from idesluss.ideas.models import LIVE, Declaration, Idea, Involvement, Passage
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.models import Appointment, Body, Organisation, Person, Seat, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import (
    Criterion,
    Door,
    Edition,
    Goal,
    Level,
    Mandate,
    Programme,
    Question,
    Round,
    Step,
)
from idesluss.programmes.vocab import Audience, CriterionKind, ProgrammeKind, QuestionPart

NOON = datetime(2026, 10, 5, 10, 0, tzinfo=UTC)  # 12.00 in Stockholm, a Monday


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Slusstad {n}")
    slug = factory.Sequence(lambda n: f"slusstad-{n}")


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Förvaltning {n}")


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Anna Åkesson {n}")
    email = factory.Sequence(lambda n: f"anna{n}@slusstad.example")


class AppointmentFactory(DjangoModelFactory[Appointment]):
    class Meta:
        model = Appointment

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.EMPLOYEE.value


def person_as(role: Role, organisation: Organisation, **fields: Any) -> Person:
    """A person who holds ``role`` in ``organisation``."""
    person = PersonFactory(**fields)
    AppointmentFactory(person=person, organisation=organisation, role=role.value)
    return person


class BodyFactory(DjangoModelFactory[Body]):
    class Meta:
        model = Body

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Centrala ledningsgruppen {n}")
    quorum = 2


class SeatFactory(DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    body = factory.SubFactory(BodyFactory)
    person = factory.SubFactory(PersonFactory)
    order = factory.Sequence(lambda n: n)


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Innovationsanslag {n}")
    body = factory.SubFactory(BodyFactory, organisation=factory.SelfAttribute("..organisation"))


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Mål {n}")


class RoundFactory(DjangoModelFactory[Round]):
    """A round that is announced and open at NOON."""

    class Meta:
        model = Round

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Omgång {n}")
    slug = factory.Sequence(lambda n: f"omgang-{n}")
    opens_at = NOON - timedelta(days=30)
    closes_at = NOON + timedelta(days=30)
    announced_at = NOON - timedelta(days=30)
    project_year = 2027
    contact = factory.SubFactory(PersonFactory)


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"criterion-{n}")
    kind = CriterionKind.SCORED.value
    name = factory.Sequence(lambda n: f"Kriterium {n}")


class QuestionFactory(DjangoModelFactory[Question]):
    class Meta:
        model = Question

    round = factory.SubFactory(RoundFactory)
    key = factory.Sequence(lambda n: f"question-{n}")
    part = QuestionPart.IDEA.value
    text = factory.Sequence(lambda n: f"Fråga {n}?")


class LevelFactory(DjangoModelFactory[Level]):
    class Meta:
        model = Level

    round = factory.SubFactory(RoundFactory)
    name = factory.Sequence(lambda n: f"Nivå {n}")
    low_minor = 10_000_00
    high_minor = 50_000_00


class MandateFactory(DjangoModelFactory[Mandate]):
    """A body that can decide, up to a sum."""

    class Meta:
        model = Mandate

    programme = factory.SubFactory(ProgrammeFactory)
    body = factory.SubFactory(
        BodyFactory, organisation=factory.SelfAttribute("..programme.organisation"), quorum=1
    )
    up_to_minor = 50_000_00
    reference = "KS 2026/17 § 4"


class PotFactory(DjangoModelFactory[Pot]):
    class Meta:
        model = Pot

    programme = factory.SubFactory(ProgrammeFactory)
    year = 2027
    amount_minor = 500_000_00
    cap_minor = 100_000_00
    currency = "SEK"


class IdeaFactory(DjangoModelFactory[Idea]):
    """A draft; ``stage`` (with a register number) makes it further on its way."""

    class Meta:
        model = Idea

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Elmotorer på cyklar {n}")
    need = "Backarna gör att cyklarna inte används."
    stage_at = NOON
    created_at = NOON
    register_number = factory.LazyAttributeSequence(
        lambda idea, n: "" if idea.stage == "draft" else f"INN 2026/{n:04}"
    )
    stage = "draft"


class ApplicationFactory(DjangoModelFactory[Application]):
    """An application in the stage given by ``stage`` ("draft"), of ``owner`` when given."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        stage = "draft"
        unit = None

    round = factory.SubFactory(RoundFactory)
    idea = factory.SubFactory(
        IdeaFactory,
        programme=factory.SelfAttribute("..round.programme"),
        stage=factory.SelfAttribute("..stage"),
        unit=factory.SelfAttribute("..unit"),
    )
    asked_minor = 60_000_00
    currency = "SEK"
    submitted_at = factory.LazyAttribute(lambda a: None if a.idea.stage == "draft" else NOON)

    @factory.post_generation
    def owner(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            involve(self.idea, extracted, Part.OWNER)


def involve(idea: Idea, person: Person, part: Part) -> Involvement:
    """Give ``person`` a part in ``idea``; an assessor who is nothing here becomes one."""
    organisation = idea.programme.organisation
    if part is Part.ASSESSOR and not person.appointments.filter(organisation=organisation).exists():
        AppointmentFactory(person=person, organisation=organisation, role=Role.ASSESSOR.value)
        person.__dict__.pop("_standing", None)
    return Involvement.objects.create(idea=idea, person=person, part=part.value, since=NOON)


def declare(idea: Idea, person: Person, state: ConflictState, ground: str = "") -> Declaration:
    """Record what ``person`` has declared."""
    shut = state not in (ConflictState.CLEAR, ConflictState.DISMISSED)
    return Declaration.objects.create(
        idea=idea,
        person=person,
        state=state.value,
        ground=ground or ("manager" if shut else ""),
        at=NOON,
        by=person,
    )


class AssessmentFactory(DjangoModelFactory[Assessment]):
    """An assessor's work; the assessor has the part and no conflict of interest."""

    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    round = factory.SubFactory(RoundFactory)
    idea = factory.SubFactory(
        IdeaFactory, programme=factory.SelfAttribute("..round.programme"), stage="assessing"
    )
    assessor = factory.SubFactory(PersonFactory)
    assigned_at = NOON

    @factory.post_generation
    def involved(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted is not False:
            involve(self.idea, self.assessor, Part.ASSESSOR)
            declare(self.idea, self.assessor, ConflictState.CLEAR)


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    round = factory.SubFactory(RoundFactory)
    body = factory.SelfAttribute("round.programme.body")


class DecisionFactory(DjangoModelFactory[Decision]):
    class Meta:
        model = Decision

    meeting = factory.SubFactory(MeetingFactory)
    application = factory.SubFactory(
        ApplicationFactory, round=factory.SelfAttribute("..meeting.round"), stage="deciding"
    )


SLUICE = ("received", "exploring", "testing", "adopting", "permanent")


class EditionFactory(DjangoModelFactory[Edition]):
    """An opened edition of a sluice's model, with one step for each of ``SLUICE``."""

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    programme = factory.SubFactory(
        ProgrammeFactory,
        kind=ProgrammeKind.SLUICE.value,
        name=factory.Sequence(lambda n: f"Idésluss {n}"),
        slug=factory.Sequence(lambda n: f"idesluss-{n}"),
    )
    number = 1
    made_by = factory.SubFactory(PersonFactory)
    made_at = NOON - timedelta(days=60)
    opened_at = NOON - timedelta(days=60)

    @factory.post_generation
    def stages(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            for position, stage in enumerate(extracted or SLUICE, start=1):
                Step.objects.create(
                    programme=self.programme,
                    edition=self,
                    key=stage,
                    stage=stage,
                    name=f"Steg {stage}",
                    position=position,
                )


class DoorFactory(DjangoModelFactory[Door]):
    """An open door for employees of a sluice that has a model; its receiver is a coach."""

    class Meta:
        model = Door
        skip_postgeneration_save = True

    class Params:
        edition = factory.SubFactory(EditionFactory)

    programme = factory.SelfAttribute("edition.programme")
    organisation = factory.SelfAttribute("programme.organisation")
    audience = Audience.STAFF.value
    slug = factory.Sequence(lambda n: f"dorr-{n}")
    receiver = factory.LazyAttribute(lambda door: person_as(Role.COACH, door.organisation))
    opened_at = NOON - timedelta(days=4000)  # open whatever the time really is


def sluice_case(
    stage: str = "received", *, door: Door | None = None, owner: Person | None = None, **fields: Any
) -> Idea:
    """A case of a sluice at ``stage``, handed in by ``owner`` (else a guest with no address)."""
    door = door or DoorFactory()
    edition = door.programme.editions.opened().first()
    live = stage in LIVE
    at_step = edition.steps.filter(stage=stage).first() or edition.steps.first()
    idea = IdeaFactory(
        programme=door.programme,
        door=door,
        edition=edition,
        stage=stage,
        **{
            "at_step": at_step,
            "responsible": door.receiver,
            "contact": door.receiver,
            "next_on": NOON.date() + timedelta(days=7) if live else None,
            "first_by": NOON.date() + timedelta(days=7),
            "answer_by": NOON.date() + timedelta(days=42),
            "received_at": NOON,
            "answer": "" if live or stage == "draft" else "Vi har redan en sådan lösning.",
        }
        | fields,
    )
    if live:
        Passage.objects.create(idea=idea, step=at_step, entered_at=NOON)
    involve(idea, owner or PersonFactory(name="", email=None, guest=True), Part.OWNER)
    return idea
