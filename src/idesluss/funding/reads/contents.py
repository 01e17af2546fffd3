"""What an application says, joined for reading: by those who hand it in and by the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from idesluss.funding.models import Application, BudgetLine
from idesluss.ideas.models import OWN, Answer, Attachment, Involvement
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person
from idesluss.programmes.models import Goal, Question
from idesluss.programmes.vocab import QuestionPart


@dataclass(frozen=True, slots=True)
class Told:
    """One question with its answer, which may be empty."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that an application says, in the order of its steps.

    ``owner`` and ``co_applicants`` are empty where the reader is not to know who applies.
    """

    application: Application
    need: Sequence[Told]
    idea: Sequence[Told]
    plan: Sequence[Told]
    lines: Sequence[BudgetLine]
    goals: Sequence[Goal]
    files: Sequence[Attachment]
    owner: Person | None
    co_applicants: Sequence[Person]


def with_contents(applications: QuerySet[Application]) -> QuerySet[Application]:
    """``applications`` with all that ``contents`` reads: one query more for each kind of row."""
    involvements = Involvement.objects.filter(part__in=OWN).select_related("person")
    return applications.select_related(
        "idea__unit__parent", "idea__contact", "round__contact", "round__programme__organisation"
    ).prefetch_related(
        Prefetch("idea__involvements", involvements.order_by("id")),
        Prefetch("idea__answers", Answer.objects.select_related("question")),
        Prefetch(
            "idea__attachments", Attachment.objects.filter(removed_at=None).order_by("added_at")
        ),
        "idea__goals",
        "budget_lines",
    )


def contents(
    application: Application, questions: Sequence[Question] | None = None, *, named: bool = True
) -> Contents:
    """The contents of an application loaded by ``with_contents``; reads nothing more.

    With ``questions``, those without an answer are among them; else only those that were
    answered. Unless ``named``, who applies is left out.
    """
    idea = application.idea
    answers = {answer.question_id: answer for answer in idea.answers.all()}
    if questions is None:
        told = [Told(one.question, one.text) for one in answers.values() if one.text]
        told.sort(key=lambda it: (it.question.position, it.question.pk))
    else:
        empty = Answer()
        told = [Told(one, answers.get(one.pk, empty).text) for one in questions]

    def of(part: QuestionPart) -> list[Told]:
        return [it for it in told if it.question.part == part.value]

    here = [it for it in idea.involvements.all() if it.ended_at is None and named]
    owners = [it.person for it in here if it.part == Part.OWNER.value]
    return Contents(
        application=application,
        need=of(QuestionPart.NEED),
        idea=of(QuestionPart.IDEA),
        plan=of(QuestionPart.PLAN),
        lines=list(application.budget_lines.all()),
        goals=list(idea.goals.all()),
        files=list(idea.attachments.all()),
        owner=owners[0] if owners else None,
        co_applicants=[it.person for it in here if it.part == Part.CO_APPLICANT.value],
    )
