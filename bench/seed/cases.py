"""Applications with everything that belongs to them, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Model

from bench.seed.town import DAY, Town
from idesluss.assessment.models import Assessment, Score
from idesluss.funding.models import Application, BudgetLine
from idesluss.ideas.models import Answer, Completion, Declaration, Idea, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.records.models import Entry

BATCH = 2_000  # applications
NEED = (
    "Äldre faller på väg till toaletten om natten. Personalen hinner inte vara överallt, och den "
    "som har fallit en gång vågar ofta inte gå upp igen. Vi har räknat fallen i tre månader: de "
    "är fler än vi trodde, och flest mellan klockan två och fem.\n\nDet kostar oro, värk och "
    "vårddagar, och tar tid från annat som också behöver göras."
)
ANSWER = (
    "Vi vill prova golvlampor med rörelsegivare hemma hos tio personer under ett halvår, och "
    "jämföra antalet fall med samma tid förra året. Fungerar det tar enheten över kostnaden."
)
WHY = "Behovet är väl beskrivet och delas av flera enheter; planen är liten nog att lyckas."
LINES = (("Utrustning", 30_000_00), ("Montering", 12_000_00), ("Utbildning", 8_000_00))


@dataclass(frozen=True, slots=True)
class Plan:
    """What one application is to be like; ``number`` counts in its round."""

    number: int
    stage: str
    owner: Person
    assessors: Sequence[Person] = ()
    locked: bool = False
    asked_minor: int = 50_000_00
    outcome: str = ""

    @property
    def is_draft(self) -> bool:
        return self.stage == "draft"


class Batch:
    """The applications of ``plans``, made at once with all their rows."""

    def __init__(self, town: Town, round: Round, plans: Sequence[Plan]) -> None:
        self.town, self.round, self.plans = town, round, plans
        self.questions = list(round.questions.all())
        self.criteria = list(round.criteria.all())

    @transaction.atomic
    def make(self) -> list[Application]:
        """Write everything; the applications in the order of the plans."""
        ideas = Idea.objects.bulk_create(self._idea(plan) for plan in self.plans)
        made = Application.objects.bulk_create(
            self._application(plan, idea) for plan, idea in zip(self.plans, ideas, strict=True)
        )
        self.pairs = list(zip(self.plans, ideas, strict=True))
        for rows in (self._parts(), self._declarations(), self._written(), self._asked()):
            _save(rows)
        goals, through = self.town.goals, Idea.goals.through
        _save(
            through(idea_id=idea.pk, goal_id=goals[(plan.number + more) % len(goals)].pk)
            for plan, idea in self.pairs
            for more in range(1 + plan.number % 2)
        )
        _save(
            BudgetLine(application=one, what=what, amount_minor=minor, position=position)
            for one in made
            for position, (what, minor) in enumerate(LINES)
        )
        self._judge()
        _save(self._entries(made))
        return made

    def _idea(self, plan: Plan) -> Idea:
        town = self.town
        came = self._came(plan)
        handed_in = not plan.is_draft
        return Idea(
            programme=town.programme,
            unit=town.units[plan.number % len(town.units)],
            title=f"Nattlampor som tänds av steg, försök {plan.number + 1}",
            need=NEED,
            stage=plan.stage,
            stage_at=came + 5 * DAY if handed_in else came,
            created_at=came - 3 * DAY,
            received_at=came if handed_in else None,
            register_number=f"INN {town.now.year}/{self.round.pk}-{plan.number + 1:06}"
            if handed_in
            else "",
            contact=town.administrator if handed_in else None,
            answer_by=(came + (40 + plan.number % 60) * DAY).date() if handed_in else None,
            paused_at=came + 4 * DAY if self._waits(plan) else None,
        )

    def _application(self, plan: Plan, idea: Idea) -> Application:
        return Application(
            idea=idea,
            round=self.round,
            asked_minor=plan.asked_minor,
            currency="SEK",
            ends_on=self.town.now.date().replace(year=self.round.project_year, month=11, day=30),
            submitted_at=idea.received_at,
            outcome=plan.outcome,
            decided_at=self.town.now - DAY if plan.outcome else None,
            reason="Ryms i ordinarie verksamhet." if plan.outcome == "refused" else "",
        )

    def _came(self, plan: Plan):  # noqa: ANN202  (a moment)
        """One every few seconds from the round's opening, the later the higher the number."""
        opens = self.round.opens_at or self.town.now
        return opens + timedelta(seconds=5 * plan.number)

    def _waits(self, plan: Plan) -> bool:
        """Whether a completion is asked for and not answered."""
        return plan.stage == "received" and plan.number % 3 == 0

    def _parts(self) -> Iterable[Involvement]:
        for plan, idea in self.pairs:
            since = idea.created_at
            yield Involvement(idea=idea, person=plan.owner, part=Part.OWNER.value, since=since)
            if plan.number % 6 == 0:
                other = self.town.applicants[(plan.number * 7 + 1) % len(self.town.applicants)]
                yield Involvement(
                    idea=idea, person=other, part=Part.CO_APPLICANT.value, since=since
                )
            for person in plan.assessors:
                yield Involvement(idea=idea, person=person, part=Part.ASSESSOR.value, since=since)

    def _declarations(self) -> Iterable[Declaration]:
        for plan, idea in self.pairs:
            for place, person in enumerate(plan.assessors):
                conflict = not plan.locked and (plan.number * 2 + place) % 37 == 36
                state = ConflictState.DECLARED if conflict else ConflictState.CLEAR
                yield Declaration(
                    idea=idea,
                    person=person,
                    state=state.value,
                    ground="manager" if conflict else "",
                    at=idea.stage_at,
                    by=person,
                )

    def _written(self) -> Iterable[Answer]:
        for _plan, idea in self.pairs:
            for question in self.questions:
                yield Answer(idea=idea, question=question, text=ANSWER)

    def _asked(self) -> Iterable[Completion]:
        for plan, idea in self.pairs:
            if self._waits(plan):
                yield Completion(
                    idea=idea,
                    what="Skriv hur många som bor i huset.",
                    asked_by=self.town.administrator,
                    asked_at=idea.paused_at,
                    due=(self.town.now + 10 * DAY).date(),
                )

    def _judge(self) -> None:
        """Assessments, and scores with a reason in those that are locked or half done."""
        made = Assessment.objects.bulk_create(
            Assessment(
                idea=idea,
                round=self.round,
                assessor=person,
                assigned_at=idea.stage_at,
                advice=("fits", "turned", "not")[(plan.number + place) % 3] if plan.locked else "",
                summary=WHY if plan.locked else "",
                locked_at=idea.stage_at + 9 * DAY if plan.locked else None,
                version=1 if plan.locked else 0,
            )
            for plan, idea in self.pairs
            for place, person in enumerate(plan.assessors)
        )
        _save(
            Score(
                assessment=one,
                criterion=criterion,
                value=1 + (one.pk + place) % 5,
                reason=WHY,
            )
            for one in made
            if one.locked_at
            for place, criterion in enumerate(self.criteria)
        )

    def _entries(self, made: Sequence[Application]) -> Iterable[Entry]:
        for (plan, idea), application in zip(self.pairs, made, strict=True):
            yield self._entry("ideas.started", idea, plan.owner, idea.created_at)
            if plan.is_draft:
                continue
            yield self._entry(
                "funding.submitted",
                application,
                plan.owner,
                idea.received_at,
                register_number=idea.register_number,
                title=idea.title,
            )
            yield self._stepped(idea, "draft", "received", plan.owner)
            if plan.stage not in ("received", "withdrawn"):
                office = self.town.administrator
                yield self._entry("ideas.accepted", idea, office, idea.stage_at)
                yield self._stepped(idea, "received", "assessing", office)

    def _stepped(self, idea: Idea, stage: str, to: str, by: Person) -> Entry:
        return self._entry("ideas.stepped", idea, by, idea.stage_at, stage=stage, to=to)

    def _entry(self, verb: str, about: Model, by: Person, at, **data: str) -> Entry:  # noqa: ANN001
        return Entry(
            verb=verb,
            about_kind=about._meta.label_lower,
            about_id=about.pk,
            organisation_id=self.town.organisation.pk,
            by_id=by.pk,
            at=at,
            data=data,
            delivered_at=at,
        )


def _save(rows: Iterable[Model]) -> None:
    """Write rows of one table."""
    found = list(rows)
    if found:
        type(found[0])._default_manager.bulk_create(found)
