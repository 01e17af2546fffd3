"""What a new round starts with: a ready set of criteria and questions, or an earlier round's."""

from __future__ import annotations

from idesluss.programmes.models import Criterion, Goal, Question, Round
from idesluss.programmes.sets import NEED_FIRST, SETS, Said, in_language

COPY = "round:"
"""Before the number of the round whose criteria and questions are taken over."""


def start_from(round: Round, start: str, *, language: str) -> None:
    """Give a new round its criteria and questions. For use cases only.

    ``start`` is the key of a ready set (``sets.SETS``), ``round:<number>`` for those of an
    earlier round of the same organisation, or "" for none. Ready texts come in ``language``.
    The goals of a set are taken over by a fund that has none. Every set asks the need-first
    questions.
    """
    if start.startswith(COPY):
        _copy(round, int(start.removeprefix(COPY)))
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


def _copy(round: Round, earlier_id: int) -> None:
    earlier = Round.objects.get(
        pk=earlier_id, programme__organisation=round.programme.organisation_id
    )
    Criterion.objects.bulk_create(
        Criterion(round=round, **facts)
        for facts in earlier.criteria.values(
            "key", "kind", "name", "description", "weight", "low", "high", "position"
        )
    )
    Question.objects.bulk_create(
        Question(round=round, **facts)
        for facts in earlier.questions.values(
            "key", "part", "text", "help", "required", "max_length", "position"
        )
    )
    round.qualifying_needed = earlier.qualifying_needed
    round.introduction = round.introduction or earlier.introduction
    round.save(update_fields=["qualifying_needed", "introduction"])
