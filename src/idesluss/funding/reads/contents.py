"""What an application says, joined for reading: by those who hand it in and by the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from idesluss.funding.models import Application, BudgetLine
from idesluss.funding.reads.earlier import continued
from idesluss.funding.vocab import Cost
from idesluss.ideas.models import OWN, Answer, Attachment, Involvement
from idesluss.ideas.vocab import Part
from idesluss.logic.terms import Line as TermsLine
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Goal, Question
from idesluss.programmes.vocab import QuestionPart
from idesluss.records.listed import Listed, fill


@dataclass(frozen=True, slots=True)
class Told:
    """One question with its answer, which may be empty."""

    question: Question
    text: str

    @property
    def part_label(self) -> str:
        """The part of the application where it is asked, in words."""
        return str(self.question.get_part_display())


class Line(TermsLine):
    """One line of the budget, with the kind of its cost in words."""

    @property
    def cost_label(self) -> str:
        """The kind of cost, in words."""
        return str(Cost(self.cost).label)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of ``size`` bytes; its name is empty where it could tell who applies.

    ``pk`` is the attachment's number, ``ending`` is ".pdf" and such.
    """

    pk: UUID
    number: int
    name: str
    ending: str
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that an application says, in the order of its steps.

    ``applicants``, the owner first, is None where the reader is not to know who applies.
    """

    application: Application
    answers: Sequence[Told]
    budget: Sequence[Line]
    goals: Sequence[str]
    papers: Sequence[Paper]
    applicants: Sequence[Person] | None
    owner: Person | None
    partners: Sequence[str] = ()  # departments that take part, where the round wants several
    earlier: Application | None = None  # what it goes on from; it could tell who applies

    @property
    def asks_costs(self) -> bool:
        """Whether the lines of the budget say what kind of cost they are."""
        round = self.application.round
        return round.material_percent is not None or round.work_rate_minor is not None

    @property
    def budget_minor(self) -> int:
        """What the budget adds up to."""
        return sum(line.amount_minor for line in self.budget)

    @property
    def co_applicants(self) -> Sequence[Person]:
        """Those who hand it in together with the owner."""
        return [one for one in self.applicants or () if one != self.owner]


def with_contents(applications: QuerySet[Application], *, answers: bool = True) -> QuerySet[Any]:
    """``applications`` with all that ``contents_of`` reads; three queries.

    Without ``answers``, which are left to ``asked_in``, two.
    """
    whole = with_people(with_belongings(applications)).select_related(
        "idea__unit", "round__programme"
    )
    if not answers:
        return whole
    return whole.prefetch_related(
        Prefetch("idea__answers", Answer.objects.select_related("question"))
    )


def with_people(applications: QuerySet[Application]) -> QuerySet[Any]:
    """``applications`` with who has a part in them; one query more."""
    involvements = Involvement.objects.select_related("person").order_by("id")
    return applications.prefetch_related(Prefetch("idea__involvements", involvements))


def with_belongings(applications: QuerySet[Application]) -> QuerySet[Any]:
    """``applications`` with what belongs to each of them, in the query that finds them."""
    return applications.annotate(**_belongings())


@cache
def _belongings() -> Mapping[str, Listed]:
    """What belongs to each application; the same for every reader, so put together once."""
    files = Attachment.objects.filter(idea=OuterRef("idea"), removed_at=None)
    lines = BudgetLine.objects.filter(application=OuterRef("pk"))
    partners = Unit.objects.filter(partner_applications=OuterRef("pk")).order_by("name")
    return {
        "goal_names": Listed(Goal.objects.filter(ideas=OuterRef("idea")), pk="pk", name="name"),
        "budget": Listed(
            lines, what="what", amount_minor="amount_minor", cost="kind", hours="hours"
        ),
        "taking_part": Listed(partners, pk="pk", name="name", parent_id="parent_id"),
        "files": Listed(files.order_by("added_at", "name"), pk="pk", name="name", size="size"),
    }


def fill_partners(application: Any) -> None:
    """Let ``partners.all()`` be what ``with_contents`` has read of them."""
    fill(application, "partners", [Unit(**unit) for unit in application.taking_part])


def asked_in(application: Application) -> list[Told]:
    """Every question of the round with its answer, if there is one; one query."""
    own = FilteredRelation("answers", condition=Q(answers__idea=application.idea_id))
    asked = Question.objects.filter(round=application.round_id)
    return [
        Told(question, question.told or "")
        for question in asked.annotate(own=own, told=F("own__text"))
    ]


def contents_of(
    application: Any,
    *,
    names: bool = True,
    questions: Sequence[Question] | None = None,
    asked: Sequence[Told] | None = None,
) -> Contents:
    """The contents of an application; reads nothing more when loaded by ``with_contents``.

    But for what it goes on from, if anything, and where that was not read with it.

    Without ``names``, who applies is left out, also from the names of files. With ``questions``
    (or with what ``asked_in`` found), those that were not answered are among the answers; else
    only those that were.
    """
    idea = application.idea
    if asked is not None:
        told = list(asked)
    else:
        answers = {answer.question_id: answer for answer in idea.answers.all()}
        if questions is None:
            told = [Told(one.question, one.text) for one in answers.values() if one.text]
        else:
            empty = Answer()
            told = [Told(one, answers.get(one.pk, empty).text) for one in questions]
    parts = list(QuestionPart.values)
    told.sort(key=lambda it: (parts.index(it.question.part), it.question.position, it.question.pk))
    own = [it for it in idea.involvements.all() if it.part in OWN and it.ended_at is None]
    owners = [it.person for it in own if it.part == Part.OWNER.value]
    together = [it.person for it in own if it.part == Part.CO_APPLICANT.value]
    return Contents(
        application=application,
        answers=told,
        budget=[Line(**line) for line in application.budget],
        goals=[goal["name"] for goal in application.goal_names],
        papers=[_paper(n, **file, named=names) for n, file in enumerate(application.files, 1)],
        applicants=[*owners, *together] if names else None,
        owner=owners[0] if owners and names else None,
        partners=[it["name"] for it in application.taking_part]
        if application.round.units_needed > 1
        else (),
        earlier=continued(application) if names else None,
    )


def _paper(number: int, *, pk: str, name: str, size: int, named: bool) -> Paper:
    _, dot, ending = name.rpartition(".")
    return Paper(UUID(pk), number, name if named else "", f"{dot}{ending}", size)
