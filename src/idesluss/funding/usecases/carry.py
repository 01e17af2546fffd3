"""A draft whose round has closed goes on into the round of the same programme that is open now."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import OuterRef

from idesluss.funding.models import Application
from idesluss.funding.rules import may_apply, may_submit
from idesluss.funding.usecases.held import held
from idesluss.ideas.models import Answer
from idesluss.logic.refusals import NotInTime, gettext_noop, require
from idesluss.logic.windows import State
from idesluss.people.models import Person, Unit
from idesluss.programmes.models import Question, Round
from idesluss.records.listed import Listed, fill
from idesluss.records.usecases import note


class NowhereToGo(NotInTime):
    """No round takes the draft over."""

    sentence = gettext_noop(
        "No round is open that the draft can go on into. It is kept, and you can go on writing."
    )


def round_to_go_on_into(application: Application, person: Any, *, at: datetime) -> Round | None:
    """The open round that takes a draft over from its closed one: the soonest to close, or None.

    Only from a round whose drafts go on, to one of the same programme and currency where
    ``person`` may apply. One query, none for anything but such a draft; one more for each round
    that is only for some units.
    """
    came_from = application.round
    closed = came_from.window.state(at) is State.AFTER
    if not (came_from.flows_on and closed and may_submit(person, application, at=at)):
        return None
    here = Round.objects.visible_to(person, at=at).filter(
        programme=came_from.programme_id,
        currency=came_from.currency,
        opens_at__lte=at,
        closes_at__gt=at,
    )
    only = Unit.objects.filter(rounds=OuterRef("pk")).order_by("name")
    found: Any = here.select_related("programme__organisation").annotate(only=Listed(only, pk="pk"))
    for round in found.order_by("closes_at", "pk"):
        fill(round, "units", [Unit(**unit) for unit in round.only])
        if may_apply(person, round, at=at):
            return cast("Round", round)
    return None


@transaction.atomic
def carry_draft(application_id: int, *, by: Person, at: datetime) -> Application:
    """Move a draft to the round of the same programme that is open now; nothing is lost.

    What is asked there too (a question with the same key) is answered already; every other
    answer stays with the question that it answers, and its writers go on seeing it. Moved
    already: the same application again. Notes ``funding.carried``.

    Raises:
        NotAllowed: ``by`` does not hand it in, or it is handed in.
        NowhereToGo: its round is open, keeps its drafts, or nothing is open.
    """
    application: Application = held(application_id)
    require(may_submit(by, application, at=at))
    came_from = application.round
    if came_from.flows_on and came_from.window.is_open(at):
        return application
    going_to = round_to_go_on_into(application, by, at=at)
    if going_to is None:
        raise NowhereToGo
    # Locked, so that no question is taken away between here and the end.
    Round.objects.select_for_update(of=("self",)).get(pk=going_to.pk)
    _move_answers(application, going_to)
    application.round = going_to
    application.save(update_fields=["round"])
    note(
        "funding.carried",
        about=application,
        by=by,
        at=at,
        round=came_from.name,
        to=going_to.name,
    )
    return application


def _move_answers(application: Application, to: Round) -> None:
    """Give each answer to the question with the same key; one without stays where it is."""
    asked = {question.key: question for question in Question.objects.filter(round=to)}
    there = Answer.objects.filter(idea=application.idea, question__round=to)
    answered = set(there.values_list("question__key", flat=True))
    own = Answer.objects.filter(idea=application.idea, question__round=application.round_id)
    for answer in own.select_related("question"):
        key = answer.question.key
        if key in asked and key not in answered:
            answer.question = asked[key]
            answer.save(update_fields=["question"])
