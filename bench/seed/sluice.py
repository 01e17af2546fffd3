"""A sluice with N cases: givers, conversation, findings, supporters, and its model's steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Model

from bench.seed.town import DAY, Town
from idesluss.ideas.models import (
    Finding,
    Follow,
    Idea,
    Involvement,
    Message,
    Passage,
    Support,
)
from idesluss.ideas.vocab import FINDING_FIELDS, FindingKind, IdeaKind, Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Edition, Programme, Step
from idesluss.programmes.vocab import Audience, ProgrammeKind, Visibility

BATCH = 2_000  # cases
STEPS = (
    ("received", "Inkommen"), ("exploring", "Hela bilden"), ("exploring", "Utveckla"),
    ("testing", "Litet test"), ("adopting", "Breddinföra"),
)  # fmt: skip
STAGES = ("received", "exploring", "exploring", "testing", "adopting", "declined", "parked")
NEED = (
    "Vi springer efter lyften. Det tar tjugo minuter varje pass, och alla blir irriterade. Den som "
    "väntar på att få komma upp ligger kvar så länge.\n\nVi har räknat i två veckor: elva gånger "
    "om dagen letar någon efter en lyft som står på en annan våning."
)
SAID = (
    "Tack för att du hörde av dig! **Kan vi ses** på torsdag och titta på hur ni gör i dag?\n\n"
    "* var lyftarna står\n* vem som letar\n* hur länge"
)
FACT = "Nattpersonalen på Ekbacken, två varje natt, och de nio boende som behöver lyft."


class Sluice:
    """One sluice of the town. ``grow(n)`` makes n cases of it."""

    def __init__(self, town: Town) -> None:
        self.town, self.size = town, 0
        self.coach = town.people("Carin Coach", 1, Role.COACH)[0]
        self.giver = town.people("Görel Givare", 1, Role.EMPLOYEE)[0]  # of the first case
        self.programme = Programme.objects.create(
            organisation=town.organisation,
            name="Idéslussen",
            slug="ideslussen",
            kind=ProgrammeKind.SLUICE.value,
            public=True,
        )
        self.edition = Edition.objects.create(
            programme=self.programme,
            number=1,
            made_by=self.coach,
            made_at=town.now - 400 * DAY,
            opened_at=town.now - 400 * DAY,
        )
        self.steps = [
            Step.objects.create(
                programme=self.programme,
                edition=self.edition,
                key=f"steg-{place}",
                stage=stage,
                name=name,
                position=place,
            )
            for place, (stage, name) in enumerate(STEPS, 1)
        ]
        self.door = Door.objects.create(
            organisation=town.organisation,
            programme=self.programme,
            audience=Audience.STAFF.value,
            slug="personal",
            visibility=Visibility.PUBLIC.value,
            receiver=self.coach,
            opened_at=town.now - 400 * DAY,
        )

    def grow(self, to: int) -> None:
        """Make cases until there are ``to``."""
        while self.size < to:
            upto = min(to, self.size + BATCH)
            self._make(range(self.size, upto))
            self.size = upto

    @transaction.atomic
    def _make(self, numbers: range) -> None:
        cases = Idea.objects.bulk_create(self._idea(number) for number in numbers)
        pairs = list(zip(numbers, cases, strict=True))
        for rows in (self._parts(pairs), self._stays(pairs), self._said(pairs)):
            _save(rows)
        _save(self._found(pairs))
        for table in (Support, Follow):
            _save(
                table(idea=idea, person=self._somebody(number, 7 + place), at=idea.received_at)
                for number, idea in pairs
                for place in range(number % 4)
            )
        # Every fifth case of a batch is an idea for the need before it.
        for (_, need), (_, idea) in zip(pairs[::5], pairs[1::5], strict=False):
            idea.answers_to = need
        Idea.objects.bulk_update([idea for _, idea in pairs[1::5]], ["answers_to"])

    def _idea(self, number: int) -> Idea:
        town = self.town
        came = town.now - timedelta(minutes=5 * (100_000 - number % 100_000))
        stage = STAGES[number % len(STAGES)]
        ended = stage in ("declined", "parked")
        return Idea(
            programme=self.programme,
            edition=self.edition,
            door=self.door,
            unit=town.units[number % len(town.units)],
            title=f"Lyften som aldrig är där, fall {number + 1}",
            need=NEED,
            kind=IdeaKind.NEED.value if number % 5 == 0 else IdeaKind.IDEA.value,
            for_whom="De som bor på Ekbacken och de som arbetar där",
            how_many=11,
            evidence="Räknat i två veckor.",
            visibility=list(Visibility.values)[number % 3] if number else "public",
            stage=stage,
            at_step=next(it for it in self.steps if it.stage == stage) if not ended else None,
            stage_at=came + DAY,
            created_at=came,
            received_at=came,
            register_number=f"S {town.now.year}/{number + 1:06}",
            responsible=self.coach if number % 100 == 0 else self._somebody(number, 3),
            contact=self.coach,
            next_on=None if ended else (town.now + 9 * DAY).date(),
            first_by=(came + 7 * DAY).date(),
            first_at=came + DAY,
            answer_by=(came + 42 * DAY).date(),
            answer="Regionen köper in sådana lyftar i vår." if ended else "",
            answered_at=came + 9 * DAY if ended else None,
        )

    def _somebody(self, number: int, place: int) -> Person:
        people = self.town.applicants
        return people[(number * 3 + place) % len(people)]

    def _parts(self, pairs: list[tuple[int, Idea]]) -> Iterable[Involvement]:
        for number, idea in pairs:
            owner = self._somebody(number, 0) if number else self.giver
            for person, part in (
                (owner, Part.OWNER),
                *([(self._somebody(number, 1), Part.CO_APPLICANT)] if number % 3 == 0 else []),
            ):
                yield Involvement(idea=idea, person=person, part=part.value, since=idea.received_at)

    def _stays(self, pairs: list[tuple[int, Idea]]) -> Iterable[Passage]:
        for _number, idea in pairs:
            here = idea.at_step or self.steps[0]
            for step in self.steps[: self.steps.index(here) + 1]:
                over = step != here or idea.at_step is None
                yield Passage(
                    idea=idea,
                    step=step,
                    entered_at=idea.received_at,
                    left_at=idea.stage_at if over else None,
                    by=self.coach,
                )

    def _said(self, pairs: list[tuple[int, Idea]]) -> Iterable[Message]:
        for number, idea in pairs:
            owner = self._somebody(number, 0) if number else self.giver
            for place in range(4):
                yield Message(
                    idea=idea,
                    by=owner if place % 2 else self.coach,
                    at=idea.received_at + place * DAY,
                    text=SAID,
                    inside=place == 2,
                )

    def _found(self, pairs: list[tuple[int, Idea]]) -> Iterable[Finding]:
        kinds = (FindingKind.CANVAS, FindingKind.INTERVIEW, FindingKind.SCAN)
        for _number, idea in pairs:
            for kind in kinds:
                asked = [it.key for it in FINDING_FIELDS[kind.value]]
                yield Finding(
                    idea=idea,
                    kind=kind.value,
                    head="Lyftbokning" if "head" in asked else "",
                    text=FACT if "text" in asked else "",
                    facts={key: FACT for key in asked if key not in ("head", "text", "link")},
                    result="adapt" if kind is FindingKind.SCAN else "",
                    by=self.coach,
                    at=idea.stage_at,
                )

    # --- What is looked at ---------------------------------------------------------------------

    def case(self) -> Idea:
        """The first case: the giver's, open to all."""
        return Idea.objects.filter(programme=self.programme).earliest("pk")


def _save(rows: Iterable[Model]) -> None:
    """Write rows of one table."""
    found = list(rows)
    if found:
        type(found[0])._default_manager.bulk_create(found)
