"""The municipality as it is measured: one huge round that grows, and rounds of ordinary size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from bench.seed.cases import BATCH, Batch, Plan
from bench.seed.earlier import carried_out, earlier_years
from bench.seed.sluice import Sluice
from bench.seed.town import DAY, Town
from idesluss.funding.models import Application, Decision, Grant, Meeting, Presence
from idesluss.ideas.models import Declaration
from idesluss.ideas.vocab import ConflictState
from idesluss.people.models import Person
from idesluss.programmes.models import Round

# Of twenty applications of the huge round: three received, ten being assessed, and so on.
STAGES = (
    "received", "assessing", "assessing", "deciding", "assessing",
    "received", "assessing", "testing", "assessing", "deciding",
    "assessing", "assessing", "exploring", "assessing", "declined",
    "received", "assessing", "assessing", "deciding", "withdrawn",
)  # fmt: skip
BEFORE = ("received", "exploring", "withdrawn")  # nobody assesses these
SMALL, LARGE = 16, 100  # cases of the two meetings


class World:
    """Everything that the pages are measured over.

    ``grow(n)`` makes the huge round n applications large and the sluice n cases; nothing else
    depends on n.
    """

    def __init__(self, now: datetime) -> None:
        self.town = Town(now)
        self.town.enough_people(100)
        self.size = 0
        with transaction.atomic():
            self.huge = self.town.round("stora", opens=-90, closes=-30)
            self.open = self.town.round("oppna", opens=-20, closes=20)
            self.decided = self.town.round("beslutade", opens=-200, closes=-150, results=True)
            self.meetings = {
                cases: self.town.round(f"mote-{cases}", opens=-120, closes=-60)
                for cases in (SMALL, LARGE)
            }
        self._ordinary()
        earlier_years(self.town)
        self.sluice = Sluice(self.town)

    # --- Growing -------------------------------------------------------------------------------

    def grow(self, to: int) -> None:
        """Fill the huge round up to ``to`` applications, and tell the database so."""
        self.town.enough_people(to)
        while self.size < to:
            upto = min(to, self.size + BATCH)
            plans = [self._plan(number) for number in range(self.size, upto)]
            carried_out(self.town, Batch(self.town, self.huge, plans).make())
            self.size = upto
        self.sluice.grow(to)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # its own clean-up would do it within minutes
                in_test = connection.in_atomic_block
                cursor.execute("ANALYZE" if in_test else "VACUUM ANALYZE")

    def _plan(self, number: int) -> Plan:
        town = self.town
        stage = STAGES[number % len(STAGES)]
        owned = number < 100 and number % 4 == 0
        owner = town.owner if owned else town.applicants[number % len(town.applicants)]
        return Plan(
            number=number,
            stage=stage,
            owner=owner,
            assessors=() if stage in BEFORE else self._pair(number),
            locked=stage not in BEFORE and (stage != "assessing" or number % 4 == 1),
            asked_minor=(20_000 + number % 97 * 1_000) * 100,
            outcome={"declined": "refused", "withdrawn": "withdrawn", "testing": "granted"}.get(
                stage, ""
            ),
        )

    def _pair(self, number: int) -> list[Person]:
        """Two assessors, forty cases for each; those of the first hundred are always the same."""
        assessors = self.town.assessors
        first = number % 6 if number < 100 else 6 + number % (len(assessors) - 6)
        second = (first + 1) % 6 if number < 100 else 6 + (first - 5) % (len(assessors) - 6)
        return [assessors[first], assessors[second]]

    # --- Rounds of ordinary size ---------------------------------------------------------------

    def _ordinary(self) -> None:
        applicants, town = self.town.applicants, self.town
        plans = [Plan(n, "received", applicants[n]) for n in range(40)]
        Batch(town, self.open, plans).make()
        outcomes = ["granted"] * 16 + ["refused"] * 24
        plans = [
            Plan(
                n,
                "testing" if outcome == "granted" else "declined",
                applicants[n],
                self._pair(n),
                locked=True,
                outcome=outcome,
            )
            for n, outcome in enumerate(outcomes)
        ]
        self._released(Batch(town, self.decided, plans).make())
        for cases, round in self.meetings.items():
            plans = [
                Plan(n, "deciding", applicants[n % 60], self._pair(n), True) for n in range(cases)
            ]
            self._meeting(round, Batch(town, round, plans).make())

    def _released(self, made: Sequence[Application]) -> None:
        meeting = self._opened(self.decided)
        meeting.register_number = "INN M1"
        meeting.released_at = self.town.now - DAY
        meeting.released_by = self.town.administrator
        meeting.save()
        granted = [one for one in made if one.outcome == "granted"]
        Grant.objects.bulk_create(
            Grant(
                application=one,
                year=self.decided.project_year,
                amount_minor=one.asked_minor,
                currency="SEK",
            )
            for one in granted
        )
        self._decisions(meeting, made)

    def _meeting(self, round: Round, made: Sequence[Application]) -> None:
        """An open meeting: everybody is there and has declared, half of it is chosen."""
        meeting = self._opened(round)
        Presence.objects.bulk_create(
            Presence(meeting=meeting, person=person) for person in self.town.members
        )
        Declaration.objects.bulk_create(
            Declaration(
                idea=one.idea,
                person=person,
                state=ConflictState.CLEAR.value,
                at=self.town.now - DAY,
                by=person,
            )
            for one in made
            for person in self.town.members
        )
        self._decisions(meeting, made)

    def _opened(self, round: Round) -> Meeting:
        return Meeting.objects.create(
            round=round,
            body=self.town.body,
            held_at=self.town.now - DAY,
            place="Sammanträdesrummet",
            chair=self.town.members[0],
            secretary=self.town.administrator,
            adjuster=self.town.members[1].name,
        )

    def _decisions(self, meeting: Meeting, made: Sequence[Application]) -> None:
        Decision.objects.bulk_create(
            Decision(
                meeting=meeting,
                application=one,
                outcome=one.outcome or ("granted" if number % 2 else ""),
                granted_minor=(one.asked_minor or 0) if number % 2 else 0,
                changed_by=self.town.administrator,
                changed_at=self.town.now - DAY,
                version=1,
            )
            for number, one in enumerate(made)
        )

    # --- What is looked at ---------------------------------------------------------------------

    def drafts(self, number: int) -> list[Application]:
        """So many drafts in the open round, ready to be handed in by ``town.hurried``."""
        already = Application.objects.filter(round=self.open).count()
        plans = [Plan(already + n, "draft", self.town.hurried) for n in range(number)]
        return Batch(self.town, self.open, plans).make()

    def own_case(self) -> Application:
        """One of the owner's, being assessed."""
        return self._first(idea__stage="assessing", idea__involvements__person=self.town.owner)

    def unchecked_case(self) -> Application:
        """One that waits for its formal check."""
        return self._first(idea__stage="received", idea__paused_at=None)

    def closed_case(self) -> Application:
        """One that is declined."""
        return self._first(idea__stage="declined")

    def case_to_assess(self) -> tuple[Application, Person]:
        """One that is not assessed yet, and an assessor who may."""
        found = self._first(idea__stage="assessing", idea__assessments__locked_at=None)
        clear = found.idea.declarations.filter(state=ConflictState.CLEAR.value).order_by("pk")
        return found, clear[0].person

    def _first(self, **wanted: object) -> Application:
        found = Application.objects.filter(round=self.huge, **wanted).order_by("pk").first()
        if found is None:
            raise LookupError(f"no application with {wanted}")
        return found
