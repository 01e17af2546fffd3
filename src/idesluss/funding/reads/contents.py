"""What an application says, joined for reading: by those who hand it in and by the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet

from idesluss.funding.models import Application, BudgetLine
from idesluss.ideas.models import OWN, Answer, Attachment, Involvement
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person
from idesluss.programmes.models import Goal, Question
from idesluss.programmes.vocab import QuestionPart
from idesluss.records.listed import Listed


@dataclass(frozen=True, slots=True)
class Told:
    """One question with its answer, which may be empty."""

    question: Question
    text: str

    @property
    def part_label(self) -> str:
        """The part of the application where it is asked, in words."""
        return str(self.question.get_part_display())


@dataclass(frozen=True, slots=True)
class Paper:
    """A file; its name is empty where it could tell who applies. ``ending`` is ".pdf" and such."""

    attachment: Attachment
    number: int
    name: str
    ending: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that an application says, in the order of its steps.

    ``applicants``, the owner first, is None where the reader is not to know who applies.
    """

    application: Application
    answers: Sequence[Told]
    budget: Sequence[BudgetLine]
    goals: Sequence[str]
    papers: Sequence[Paper]
    applicants: Sequence[Person] | None
    owner: Person | None

    @property
    def budget_minor(self) -> int:
        """What the budget adds up to."""
        return sum(line.amount_minor for line in self.budget)

    @property
    def co_applicants(self) -> Sequence[Person]:
        """Those who hand it in together with the owner."""
        return [one for one in self.applicants or () if one != self.owner]


def with_contents(applications: QuerySet[Application], *, answers: bool = True) -> QuerySet[Any]:
    """``applications`` with all that ``contents_of`` reads: one query for each kind of row.

    Without ``answers`` they are left to ``asked_in``.
    """
    involvements = Involvement.objects.select_related("person")
    whole = (
        applications.select_related(
            "idea__unit__parent",
            "idea__contact",
            "round__contact",
            "round__programme__organisation",
        )
        .prefetch_related(
            Prefetch("idea__involvements", involvements.order_by("id")),
            Prefetch("idea__attachments", Attachment.objects.order_by("added_at", "name")),
            "budget_lines",
        )
        .annotate(goal_names=Listed(Goal.objects.filter(ideas=OuterRef("idea")), name="name"))
    )
    if not answers:
        return whole
    return whole.prefetch_related(
        Prefetch("idea__answers", Answer.objects.select_related("question"))
    )


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
    files = [file for file in idea.attachments.all() if file.removed_at is None]
    return Contents(
        application=application,
        answers=told,
        budget=list(application.budget_lines.all()),
        goals=[goal["name"] for goal in application.goal_names],
        papers=[_paper(file, number, named=names) for number, file in enumerate(files, 1)],
        applicants=[*owners, *together] if names else None,
        owner=owners[0] if owners and names else None,
    )


def _paper(attachment: Attachment, number: int, *, named: bool) -> Paper:
    _, dot, ending = attachment.name.rpartition(".")
    return Paper(attachment, number, attachment.name if named else "", f"{dot}{ending}")
