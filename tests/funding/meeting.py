"""A round on its way to the meeting: who decides, who runs it, and cases in the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from idesluss.funding.models import Application, Decision, Grant, Meeting, Pot, Recusal
from idesluss.funding.reads.agenda import Choice
from idesluss.funding.reads.plan import Plan, plan_of
from idesluss.funding.usecases.decide import Row, save_choices
from idesluss.funding.usecases.meeting import Facts, open_meeting, set_presence
from idesluss.funding.usecases.release import Release, release
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.people.models import Organisation, Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.records.models import Entry, Series
from tests.factories import (
    NOON,
    ApplicationFactory,
    OrganisationFactory,
    PersonFactory,
    PotFactory,
    RoundFactory,
    SeatFactory,
    UnitFactory,
    declare,
    person_as,
)

LATER = NOON + timedelta(days=40)  # the round is closed, the meeting is held
AFTER = LATER + timedelta(hours=3)  # … and over


@dataclass
class Room:
    """Everybody and everything around one meeting; ``members[0]`` is the body's chair."""

    organisation: Organisation
    round: Round
    pot: Pot
    administrator: Person
    members: list[Person]
    cases: list[Application] = field(default_factory=list)
    meeting: Meeting | None = None

    def case(self, title: str, asked: int | None = 60_000, **fields: Any) -> Application:
        """One more case that is done with checking, in kronor; its owner is new."""
        owner = fields.pop("owner", None) or PersonFactory()
        unit = fields.pop("unit", None) or UnitFactory(organisation=self.organisation)
        application = ApplicationFactory(
            round=self.round,
            stage=fields.pop("stage", "assessing"),
            owner=owner,
            unit=unit,
            idea__title=title,
            asked_minor=None if asked is None else asked * 100,
            currency=self.pot.currency,
            submitted_at=NOON + timedelta(minutes=len(self.cases)),
            **fields,
        )
        self.cases.append(application)
        return application

    def all_declare_clear(self) -> None:
        """Every member says of every case that there is no conflict of interest."""
        for application in self.cases:
            for member in self.members:
                if not application.idea.declarations.filter(person=member).exists():
                    declare(application.idea, member, ConflictState.CLEAR)

    def open(self, at: datetime = LATER) -> Meeting:
        """Open the meeting with every case, everybody in the room."""
        self.meeting = open_meeting(
            self.round.pk,
            applications=[case.pk for case in self.cases],
            facts=Facts(
                held_at=LATER,
                place="Sessionssalen",
                chair_id=self.members[0].pk,
                secretary_id=self.administrator.pk,
                adjuster="Berit Nilsson",
            ),
            by=self.administrator,
            at=at,
        )
        set_presence(
            self.meeting.pk,
            people=[member.pk for member in self.members],
            by=self.administrator,
            at=at,
        )
        return self.meeting

    def decision(self, application: Application) -> Decision:
        """The row of a case at the meeting, fresh."""
        return Decision.objects.get(meeting=self.meeting, application=application)

    def choose(self, application: Application, outcome: str, granted: int = 0, **rest: Any) -> None:
        """Write one choice (kronor) and insist that it is saved."""
        row = self.row(application, outcome, granted, **rest)
        saved = save_choices(self.meeting.pk, rows=[row], by=self.administrator, at=LATER)
        assert saved.refused == {}

    def row(self, application: Application, outcome: str, granted: int = 0, **rest: Any) -> Row:
        """What one would write for a case, having looked at it now."""
        decision = self.decision(application)
        choice = Choice(outcome=outcome, granted_minor=granted * 100, **rest)
        return Row(decision.pk, decision.version, choice)

    def fingerprint(self, by: Person | None = None, at: datetime = AFTER) -> str:
        """Of what a release would do now."""
        return plan_of(self.fresh(), by or self.administrator, at=at).fingerprint

    def release(self, by: Person | None = None, at: datetime = AFTER) -> Release:
        """Look and release at once."""
        return release(
            self.meeting.pk,
            fingerprint=self.fingerprint(by, at),
            publish_at=at,
            by=by or self.administrator,
            at=at,
        )

    def fresh(self) -> Meeting:
        """The meeting as it is in the database now."""
        return Meeting.objects.select_related(
            "round__programme__organisation", "round__contact", "body", "chair", "secretary"
        ).get(pk=self.meeting.pk)


def room(
    *,
    members: int = 3,
    quorum: int = 2,
    pot: int = 500_000,
    cap: int | None = 100_000,
    **fields: Any,
) -> Room:
    """A closed round with a pot (kronor), ``members`` in the body and no cases yet."""
    organisation = fields.pop("organisation", None) or OrganisationFactory(
        **fields.pop("organisation_fields", {})
    )
    round = RoundFactory(
        programme__organisation=organisation,
        programme__body__quorum=quorum,
        closes_at=NOON + timedelta(days=30),
        assessors_wanted=0,
        **fields,
    )
    people = [PersonFactory() for _ in range(members)]
    for order, person in enumerate(people):
        SeatFactory(body=round.programme.body, person=person, order=order, chair=order == 0)
    return Room(
        organisation=organisation,
        round=round,
        pot=PotFactory(
            programme=round.programme,
            year=round.project_year,
            amount_minor=pot * 100,
            cap_minor=None if cap is None else cap * 100,
            currency=organisation.currency,
        ),
        administrator=person_as(Role.ADMINISTRATOR, organisation, name="Astrid Ahl"),
        members=people,
    )


def decided_room(asked: Sequence[int] = (60_000, 40_000, 50_000)) -> Room:
    """A meeting where the first cases are granted and the last one is refused."""
    here = room()
    for number, sum_asked in enumerate(asked, start=1):
        here.case(f"Förslag {number}", sum_asked)
    here.all_declare_clear()
    here.open()
    for application, sum_asked in zip(here.cases[:-1], asked[:-1], strict=True):
        here.choose(application, "granted", sum_asked)
    here.choose(here.cases[-1], "refused", reason="Ryms i ordinarie verksamhet.")
    return here


def plan(here: Room, person: Person | None = None, at: datetime = AFTER) -> Plan:
    """What a release would do now."""
    return plan_of(here.fresh(), person or here.administrator, at=at)


def everything(here: Room) -> tuple[Any, ...]:
    """All that a release writes, to see that nothing of it was written."""
    return (
        list(Application.objects.order_by("pk").values_list("outcome", "decided_at")),
        list(Idea.objects.order_by("pk").values_list("stage", flat=True)),
        Grant.objects.count(),
        Recusal.objects.count(),
        list(Meeting.objects.values_list("released_at", "register_number", "minutes")),
        Round.objects.get(pk=here.round.pk).results_at,
        Entry.objects.count(),
        list(Series.objects.values_list("key", "last")),
    )
