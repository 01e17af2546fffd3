"""What is written in an idea, field by field."""

from __future__ import annotations

from collections.abc import Iterable

from idesluss.ideas.models import Idea
from idesluss.logic.merging import Value
from idesluss.programmes.models import Question

ANSWER = "answer-"
"""What the name of a field begins with when it holds the answer to a question of the round."""


def answer_field(question: Question) -> str:
    """The name of the field that holds the answer to ``question``."""
    return f"{ANSWER}{question.key}"


def texts(idea: Idea, questions: Iterable[Question]) -> dict[str, Value]:
    """Title, need and answers as they are saved."""
    told = {answer.question_id: answer.text for answer in idea.answers.all()}
    answers = {answer_field(question): told.get(question.pk, "") for question in questions}
    return {"title": idea.title, "need": idea.need, **answers}


def sheet(idea: Idea, questions: Iterable[Question]) -> dict[str, Value]:
    """Every field of ``idea`` as it is saved: texts, the unit's number, the goals' numbers."""
    return {
        **texts(idea, questions),
        "unit": idea.unit_id,
        "goals": tuple(sorted(goal.pk for goal in idea.goals.all())),
    }
