"""Play a municipality through its own use cases, at the times when it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.sheet import mark_field, sheet, why_field
from idesluss.assessment.usecases.assign import assign
from idesluss.assessment.usecases.write import lock, save_draft
from idesluss.cli.demo.words import Case, Voice
from idesluss.funding import usecases as funding
from idesluss.funding.models import Application, Meeting
from idesluss.funding.reads.agenda import Choice
from idesluss.funding.reads.plan import plan_of
from idesluss.funding.reads.sheet import questions_of
from idesluss.funding.reads.sheet import sheet as form_of
from idesluss.funding.usecases.decide import Overshoot, Row, save_choices
from idesluss.funding.usecases.meeting import Facts as MeetingFacts
from idesluss.funding.usecases.meeting import open_meeting, set_presence
from idesluss.funding.usecases.pot import set_pot
from idesluss.funding.usecases.release import release
from idesluss.ideas.reads.sheet import answer_field
from idesluss.ideas.usecases import accept, declare
from idesluss.jobs.deliver import deliver
from idesluss.logic.merging import Value, fingerprints
from idesluss.logic.terms import Line
from idesluss.people import usecases as people
from idesluss.people.models import Organisation, Person, Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Goal, Programme, Round
from idesluss.programmes.usecases.programmes import add_programme, set_goals
from idesluss.programmes.usecases.rounds import RoundFacts, add_round, announce_round
from idesluss.records.usecases.invented import mark_invented

MINUTE = timedelta(minutes=1)


@dataclass
class Town:
    """One municipality being played: who is there, and what it decides with."""

    organisation: Organisation
    administrator: Person
    units: dict[str, Unit] = field(default_factory=dict)
    members: list[Person] = field(default_factory=list)  # of the deciding body, chair first
    assessors: list[Person] = field(default_factory=list)
    applicants: list[Person] = field(default_factory=list)
    programme: Programme = field(init=False)

    def add_units(self, names: Sequence[str], at: datetime) -> None:
        """Departments, by name."""
        made = people.add_units(
            self.organisation.pk, "\n".join(names), by=self.administrator, at=at
        )
        self.units |= {unit.name: unit for unit in made}

    def add(self, name: str, *roles: Role, unit: str = "", at: datetime) -> Person:
        """One person; the address is made of the name."""
        unit_id = self.units[unit].pk if unit else None
        person = people.add_person(
            self.organisation.pk,
            name=name,
            email=address(name, self.organisation.slug),
            roles=[role.value for role in roles],
            unit_id=unit_id,
            by=self.administrator,
            at=at,
        )
        mark_invented(person)
        return person

    def found(
        self, name: str, *, purpose: str, body: str, quorum: int, goals: Sequence[str], at: datetime
    ) -> None:
        """The fund, and the body that decides in it."""
        made = people.add_body(
            self.organisation.pk,
            name=body,
            members=self.members,
            quorum=quorum,
            by=self.administrator,
            at=at,
        )
        self.programme = add_programme(
            self.organisation.pk,
            name=name,
            purpose=purpose,
            body_id=made.pk,
            by=self.administrator,
            at=at,
        )
        set_goals(self.programme.pk, "\n".join(goals), by=self.administrator, at=at)

    def pot(self, year: int, amount: int, cap: int, at: datetime) -> None:
        """The year's pot, in whole kronor."""
        set_pot(
            self.programme.pk,
            year=year,
            amount_minor=amount * 100,
            cap_minor=cap * 100,
            by=self.administrator,
            at=at,
        )

    def call(self, facts: RoundFacts, start: str, at: datetime) -> Round:
        """A round, announced at ``at``."""
        round = add_round(self.programme.pk, facts, start=start, by=self.administrator, at=at)
        return announce_round(round.pk, by=self.administrator, at=at)


@dataclass
class Played:
    """One round being played."""

    town: Town
    round: Round
    voice: Voice
    applications: list[Application] = field(default_factory=list)
    meeting: Meeting = field(init=False)

    def write(self, case: Case, number: int, at: datetime) -> Application:
        """A draft with everything in it."""
        applicant = self.town.applicants[number % len(self.town.applicants)]
        application = funding.apply(
            self.round.pk, title=case.title, need=case.need, language="sv", by=applicant, at=at
        )
        questions = questions_of(self.round)
        values: dict[str, Value] = {
            answer_field(question): self.voice.answer(question.key, case) for question in questions
        }
        goals = list(Goal.objects.filter(programme=self.round.programme_id))
        values |= {
            "unit": self.town.units[case.department].pk if case.department else None,
            "ends_on": date(self.round.project_year, 11, 30),
            "lines": tuple(Line(what, kronor * 100) for what, kronor in case.lines),
        }
        if self.round.asks_otherwise:
            values["otherwise"] = self.voice.otherwise
        if goals:
            values["goals"] = (goals[number % len(goals)].pk,)
        seen = fingerprints(form_of(application, questions))
        known = {name: value for name, value in values.items() if name in seen}
        written = funding.write(application.pk, values=known, seen=seen, by=applicant, at=at)
        insist(not written.problems, written.problems)
        if case.invented:
            mark_invented(application.idea)
        return application

    def hand_in(self, case: Case, number: int, at: datetime) -> Application:
        """An application, handed in."""
        application = self.write(case, number, at)
        owner = self.town.applicants[number % len(self.town.applicants)]
        handed_in = funding.submit(application.pk, by=owner, at=at + 20 * MINUTE)
        self.applications.append(handed_in)
        return handed_in

    def attach(self, application: Application, name: str, data: bytes, at: datetime) -> None:
        """A file, by the applicant."""
        owner = application.idea.involvements.order_by("pk")[0].person
        funding.attach(
            application.pk, name=name, content=BytesIO(data), size=len(data), by=owner, at=at
        )

    def check(self, at: datetime) -> None:
        """Every application is complete."""
        for number, application in enumerate(self.applications):
            accept(application.idea_id, by=self.town.administrator, at=at + number * MINUTE)

    def give(self, at: datetime) -> None:
        """Each case to two assessors, by turns."""
        assessors = self.town.assessors
        pairs = [
            (application.idea_id, assessors[(number + turn) % len(assessors)].pk)
            for number, application in enumerate(self.applications)
            for turn in range(2)
        ]
        assign(self.round.pk, pairs=pairs, by=self.town.administrator, at=at)

    def assess(self, marks: Mapping[str, Sequence[int]], at: datetime, most: int = 1000) -> None:
        """Every assessor declares, scores with a reason and locks; at most ``most`` of them.

        ``marks`` are what a case's assessors give on every scored criterion, by title.
        """
        assessments = Assessment.objects.filter(round=self.round).order_by("idea_id", "pk")
        turn: dict[int, int] = {}
        for number, one in enumerate(assessments.select_related("assessor", "idea")[:most]):
            when = at + number * 7 * MINUTE
            declare(one.idea_id, conflict=False, by=one.assessor, at=when)
            place = turn.get(one.idea_id, 0)
            turn[one.idea_id] = place + 1
            self._score(one, marks[one.idea.title][place], when)

    def draft(self, title: str, mark: int, at: datetime) -> None:
        """The next assessor of that case has filled in the paper, and not locked it yet."""
        open_ones = Assessment.objects.filter(round=self.round, locked_at=None, idea__title=title)
        one = open_ones.select_related("assessor", "idea").order_by("pk")[0]
        declare(one.idea_id, conflict=False, by=one.assessor, at=at)
        self._fill_in(one, mark, at)

    def _score(self, one: Assessment, mark: int, at: datetime) -> None:
        self._fill_in(one, mark, at)
        one.refresh_from_db()
        lock(one.pk, version=one.version, by=one.assessor, at=at + 5 * MINUTE)

    def _fill_in(self, one: Assessment, mark: int, at: datetime) -> None:
        criteria = list(self.round.criteria.all())
        wanted: dict[str, Value] = {}
        for criterion in criteria:
            wanted[mark_field(criterion.key)] = self.voice.mark(criterion, mark)
            wanted[why_field(criterion.key)] = self.voice.why(criterion, mark)
        wanted["advice"] = self.voice.advice(mark)
        wanted["summary"] = self.voice.summary(mark)
        seen = fingerprints(sheet(one, criteria))
        save_draft(one.pk, wanted=wanted, seen=seen, by=one.assessor, at=at)

    def meet(self, held_at: datetime, place: str, adjuster: str, at: datetime) -> None:
        """Open the meeting with everything, everybody present."""
        self.meeting = open_meeting(
            self.round.pk,
            applications=[application.pk for application in self.applications],
            facts=MeetingFacts(
                held_at=held_at,
                place=place,
                chair_id=self.town.members[0].pk,
                secretary_id=self.town.administrator.pk,
                adjuster=adjuster,
            ),
            by=self.town.administrator,
            at=at,
        )
        set_presence(
            self.meeting.pk,
            people=[member.pk for member in self.town.members],
            by=self.town.administrator,
            at=at,
        )

    def declare_members(self, conflicts: Mapping[str, tuple[int, str]], at: datetime) -> None:
        """Members say where they have a conflict: {title: (member's place, note)}."""
        for application in self.applications:
            place, note = conflicts.get(application.idea.title, (-1, ""))
            for number, member in enumerate(self.town.members):
                conflict = number == place
                declare(
                    application.idea_id,
                    conflict=conflict,
                    ground="manager" if conflict else "",
                    note=note if conflict else "",
                    by=member,
                    at=at,
                )

    def decide(self, choices: Mapping[str, Choice], overshoot: str, at: datetime) -> None:
        """Choose the outcomes, by title; those not named stay open."""
        decisions = self.meeting.decisions.select_related("application__idea").order_by("pk")
        rows = [
            Row(decision.pk, decision.version, choice)
            for decision in decisions
            if (choice := choices.get(decision.application.idea.title))
        ]
        saved = save_choices(
            self.meeting.pk,
            rows=rows,
            overshoot=Overshoot(overshoot, "") if overshoot else None,
            by=self.town.administrator,
            at=at,
        )
        insist(not saved.refused, saved.refused)

    def release(self, at: datetime) -> None:
        """Tell everybody, and publish."""
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        planned = plan_of(meeting, self.town.administrator, at=at)
        insist(not planned.problems, planned.problems)
        release(
            meeting.pk,
            fingerprint=planned.fingerprint,
            publish_at=at,
            by=self.town.administrator,
            at=at,
        )
        while deliver(at):
            pass


def insist(holds: bool, told: object) -> None:  # noqa: FBT001  (reads like an assertion)
    """Stop when the play does not go as it is written."""
    if not holds:
        raise RuntimeError(told)


def address(name: str, slug: str) -> str:
    """An address that no mail reaches."""
    plain = name.partition("(")[0].strip().lower().translate(str.maketrans("åäöéæø ", "aaoeao."))
    return f"{plain}@{slug}.example"
