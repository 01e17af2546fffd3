"""What is stuck in one organisation and with whom, for its fund administrator.

Eight queries, whatever is stuck. Only cases that are open to whoever asks; what is shut to them
is in no row and no number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value

from idesluss.assessment.models import Assessment
from idesluss.assessment.rules import ASSESSABLE
from idesluss.funding.models import Application, Endorsement
from idesluss.funding.reads.waiting import cases_waiting
from idesluss.funding.vocab import Waiting
from idesluss.ideas.models import Completion, Idea, Involvement, handled
from idesluss.ideas.reads.owed import running, with_due
from idesluss.ideas.rules import COMPLETABLE
from idesluss.ideas.vocab import Part, StageName
from idesluss.insight.acts import Act, When
from idesluss.insight.reads.item import SOON, last_day, when_of
from idesluss.insight.reads.letters import letters_of
from idesluss.logic.following import report_by
from idesluss.people.models import Organisation, Person
from idesluss.people.reads import reminded_today
from idesluss.pilots.models import Project, Report
from idesluss.pilots.rules import RUNNING
from idesluss.pilots.vocab import ReportKind
from idesluss.programmes.models import Step
from idesluss.records.listed import Listed
from idesluss.records.models import Letter
from idesluss.records.vocab import LetterState

MOST = 50  # rows of one list; what is worst comes first
JUDGES = (Waiting.DECLARATION.value, Waiting.ASSESSMENT.value)
TROUBLE = (LetterState.FAILED.value, LetterState.UNCERTAIN.value)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody whose turn it is. ``act`` is what they are to do."""

    person_id: int
    name: str
    act: Act
    reminded: bool  # today
    is_reader: bool


@dataclass(frozen=True, slots=True)
class LateCase:
    """A case past the day of its promised answer, or near it."""

    application: Application
    waiting: Waiting
    when: When
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person has before them, with the worst of it. ``application`` None: several."""

    holder: Holder
    count: int
    untouched: int  # of them not begun, or without a first answer
    since: datetime | None
    due: date | None
    when: When
    title: str = ""
    number: str = ""
    application: int | None = None


@dataclass(frozen=True, slots=True)
class Heap:
    """The cases of one round that wait for the same, and since when the first one does."""

    waiting: Waiting
    step_name: str  # the programme's own name of the stage, else ours
    round_name: str
    round_slug: str
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Stuck:
    """Everything on the page."""

    late: list[LateCase]
    turns: list[Turn]
    heaps: list[Heap]
    letters: list[Letter]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is late, nobody is waited for, and no letter is in trouble."""
        return not (self.late or self.turns or self.letters)


class Looking:
    """One administrator who looks at one organisation at one moment."""

    def __init__(self, person: Person, organisation: Organisation, *, at: datetime) -> None:
        self.person, self.organisation, self.at = person, organisation, at
        self.today = at.astimezone(organisation.timezone).date()
        self.reminded = reminded_today(organisation, at=at)

    def stuck(self) -> Stuck:
        """Look everywhere."""
        turns = [*self.by_person(), *self.completions(), *self.managers(), *self.owners()]
        order = list(When)
        turns.sort(key=lambda one: (order.index(one.when), one.due or date.max, one.holder.name))
        letters = letters_of(self.person, self.organisation.pk, at=self.at)
        return Stuck(
            late=list(self.late()),
            turns=turns,
            heaps=list(self.heaps()),
            letters=list(letters.filter(state__in=TROUBLE)[:MOST]),
        )

    def holder(self, pk: int, name: str, act: Act) -> Holder:
        """Somebody whose turn it is, as the reader may remind them."""
        return Holder(pk, name, act, pk in self.reminded, pk == self.person.pk)

    def cases(self) -> QuerySet[Any]:
        """The cases of the organisation that somebody still works on."""
        return cases_waiting(self.person, organisations=[self.organisation.pk], at=self.at)

    def open_to(self, idea: str) -> Q:
        """What belongs to cases of the organisation that are open to the reader."""
        here = Q(**{f"{idea}programme__organisation": self.organisation})
        return here & handled(self.person, at=self.at, idea=idea)

    def late(self) -> Iterator[LateCase]:
        """Cases past their promised day, or within a week of it, while the clock runs."""
        judging = Assessment.objects.filter(
            idea=OuterRef("idea"), round=OuterRef("round"), locked_at=None
        ).counted()
        cases: Any = (
            self.cases()
            .filter(idea__paused_at=None, idea__answer_by__lte=self.today + SOON)
            .annotate(
                judges=Listed(judging.order_by("pk"), pk="assessor_id", name="assessor__name"),
            )
            .select_related("idea__contact", "round")
            .order_by("idea__answer_by", "pk")
        )
        for case in cases[:MOST]:
            contact = case.idea.contact
            holders = [(contact.pk, contact.name, Act.CHECK)] if contact else []
            if case.waits in JUDGES:
                act = Act.DECLARE if case.waits == Waiting.DECLARATION else Act.ASSESS
                holders = [(one["pk"], one["name"], act) for one in case.judges]
            yield LateCase(
                application=case,
                waiting=Waiting(case.waits),
                when=when_of(case.idea.answer_by, self.today),
                holders=tuple(self.holder(*one) for one in holders),
            )

    def heaps(self) -> Iterator[Heap]:
        """Where the cases are, what has waited longest first."""
        step = Step.objects.filter(
            programme=OuterRef("round__programme"), stage=OuterRef("idea__stage")
        )
        rows = (
            self.cases()
            .annotate(step_name=Subquery(step.values("name")[:1]))
            .values("waits", "idea__stage", "step_name", "round__name", "round__slug")
            .annotate(count=Count("pk"), since=Min("idea__stage_at"))
            .order_by("since", "round__slug", "waits")
        )
        for row in rows:
            yield Heap(
                waiting=Waiting(row["waits"]),
                step_name=row["step_name"] or str(StageName(row["idea__stage"]).label),
                round_name=row["round__name"],
                round_slug=row["round__slug"],
                count=row["count"],
                since=row["since"],
            )

    def by_person(self) -> Iterator[Turn]:
        """Assessors with assessments that are not locked, and who has late cases of a sluice."""
        for act, person, name, count, untouched, since, due in self.assessors().union(
            self.responsible(), all=True
        ):
            yield Turn(
                holder=self.holder(person, name, Act(act)),
                count=count,
                untouched=untouched,
                since=since,
                due=due,
                when=when_of(due, self.today),
            )

    def assessors(self) -> Any:
        """Assessments that are not locked, by person."""
        return (
            Assessment.objects.filter(self.open_to("idea__"))
            .counted()
            .filter(locked_at=None, idea__stage__in=ASSESSABLE)
            .order_by()
            .values("assessor", "assessor__name")
            .annotate(
                count=Count("pk"),
                untouched=Count("pk", filter=Q(version=0)),
                since=Min("assigned_at"),
                due=Min("idea__answer_by"),
            )
            .values_list(
                Value(Act.ASSESS.value),
                "assessor",
                "assessor__name",
                "count",
                "untouched",
                "since",
                "due",
            )
        )

    def responsible(self) -> Any:
        """Cases of sluices that owe something within a week or have owed it, by person."""
        live = Idea.objects.sluiced().live().filter(self.open_to(""), running())
        return (
            with_due(live)
            .filter(due__lte=self.today + SOON)
            .order_by()
            .values("responsible", "responsible__name")
            .annotate(
                count=Count("pk"),
                untouched=Count("pk", filter=Q(first_at=None)),
                since=Min("stage_at"),
                earliest=Min("due"),
            )
            .values_list(
                Value(Act.KEEP.value),
                "responsible",
                "responsible__name",
                "count",
                "untouched",
                "since",
                "earliest",
            )
        )

    def completions(self) -> Iterator[Turn]:
        """Applicants who are asked to complete something."""
        asked = (
            Completion.objects.filter(self.open_to("idea__"))
            .filter(answered_at=None, idea__stage__in=COMPLETABLE)
            .annotate(
                owner=_owner("idea", "person"),
                owner_name=_owner("idea", "person__name"),
                application=Subquery(
                    Application.objects.filter(idea=OuterRef("idea"), outcome="").values("pk")[:1]
                ),
            )
            .select_related("idea")
            .order_by("due", "pk")
        )
        for one in asked[:MOST]:
            if one.owner is not None:
                yield self._turn(
                    one, (one.owner, one.owner_name, Act.COMPLETE), one.due, since=one.asked_at
                )

    def managers(self) -> Iterator[Turn]:
        """Managers who are asked what their unit says."""
        asked = (
            Endorsement.objects.filter(self.open_to("application__idea__"))
            .waiting()
            .filter(application__idea__stage__in=COMPLETABLE, application__outcome="")
            .select_related("manager", "application__idea")
            .order_by("due_at", "pk")
        )
        for one in asked[:MOST]:
            who = (one.manager_id, one.manager.name, Act.ENDORSE)
            due = last_day(one.due_at, self.organisation.timezone)
            yield self._turn(
                one,
                who,
                due,
                since=one.asked_at,
                idea=one.application.idea,
                case=one.application_id,
            )

    def owners(self) -> Iterator[Turn]:
        """Owners of projects whose final report has not come though the last day has passed."""
        final = Report.objects.filter(
            project=OuterRef("pk"), kind=ReportKind.FINAL.value, returned_at=None
        )
        over = (
            Project.objects.filter(self.open_to("idea__"))
            .filter(~Exists(final), idea__stage__in=RUNNING, ends_on__lt=self.today)
            .annotate(
                owner=_owner("idea", "person"),
                owner_name=_owner("idea", "person__name"),
                application=Subquery(
                    Application.objects.filter(idea=OuterRef("idea"))
                    .order_by("-pk")
                    .values("pk")[:1]
                ),
            )
            .select_related("idea", "coordinator")
            .order_by("ends_on", "pk")
        )
        for one in over[:MOST]:
            coordinator = one.coordinator
            pk = coordinator.pk if coordinator else one.owner
            if pk is not None and one.ends_on is not None:
                name = coordinator.name if coordinator else one.owner_name
                due = report_by(one.ends_on, self.organisation.country)
                yield self._turn(one, (pk, name, Act.REPORT), due)

    def _turn(
        self,
        thing: Any,
        who: tuple[int, str, Act],
        due: date | None,
        *,
        since: datetime | None = None,
        idea: Any = None,
        case: int | None = None,
    ) -> Turn:
        idea = idea or thing.idea
        return Turn(
            holder=self.holder(*who),
            count=1,
            untouched=0,
            since=since,
            due=due,
            when=when_of(due, self.today),
            title=idea.title,
            number=idea.register_number,
            application=case or thing.application,
        )


def _owner(idea: str, column: str) -> Subquery:
    """A column of the first owner of the case at the path ``idea``."""
    owners = Involvement.objects.filter(
        idea=OuterRef(idea), part=Part.OWNER.value, ended_at=None
    ).order_by("pk")
    return Subquery(owners.values(column)[:1])


def stuck_in(organisation: Organisation, person: Person, *, at: datetime) -> Stuck:
    """What is stuck in ``organisation``, as far as ``person``, who administers it, may see."""
    return Looking(person, organisation, at=at).stuck()
