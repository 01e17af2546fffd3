"""What a new round starts with: a ready set of criteria, questions, rules; or an earlier round."""

from __future__ import annotations

from idesluss.programmes.models import Criterion, Goal, Question, Round
from idesluss.programmes.sets import NEED_FIRST, SETS, Said, in_language
from idesluss.programmes.usecases.copying import copy_from

COPY = "round:"
"""Before the number of the round that is taken over."""


def start_from(round: Round, start: str, *, language: str) -> None:
    """Give a new round its criteria, questions and rules. For use cases only.

    ``start`` is the key of a ready set (``sets.SETS``), ``round:<number>`` for everything of an
    earlier round of the same organisation, or "" for nothing. Ready texts come in ``language``.
    The goals of a set are taken over by a fund that has none. Every set asks the need-first
    questions.
    """
    if start.startswith(COPY):
        theirs = Round.objects.filter(programme__organisation=round.programme.organisation_id)
        copy_from(theirs.get(pk=int(start.removeprefix(COPY))), round)
        return
    ready = SETS.get(start)
    if ready is None:
        return

    def say(text: Said) -> str:
        return in_language(text, language)

    Question.objects.bulk_create(
        Question(
            round=round,
            key=ask.key,
            part=ask.part.value,
            text=say(ask.text),
            help=say(ask.help),
            required=ask.required,
            position=position,
        )
        for position, ask in enumerate(NEED_FIRST)
    )
    Criterion.objects.bulk_create(
        Criterion(
            round=round,
            key=it.key,
            kind=it.kind.value,
            name=say(it.name),
            description=say(it.description),
            low=it.low,
            high=it.high,
            position=position,
        )
        for position, it in enumerate(ready.criteria)
    )
    if ready.goals and not round.programme.goals.exists():
        Goal.objects.bulk_create(
            Goal(programme=round.programme, name=name, position=position)
            for position, name in enumerate(ready.goals)
        )
    round.qualifying_needed = ready.needed
    if not round.introduction:
        round.introduction = say(ready.introduction)
    for name, value in ready.rules.items():
        setattr(round, name, value)
    round.save(update_fields=["qualifying_needed", "introduction", *ready.rules])
