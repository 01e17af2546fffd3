"""The application that an applicant acts on, its case locked for the length of the act."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from idesluss.funding.models import Application
from idesluss.funding.rules import hands_in, is_writable
from idesluss.ideas.models import Idea, Involvement
from idesluss.logic.refusals import NotInTime, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.models import Round, Step
from idesluss.records.listed import Listed, fill, moment_of


class NoLongerChangeable(NotInTime):
    """What was handed in is in the office's hands now."""

    sentence = gettext_noop(
        "The application is being handled, so it can no longer be changed. What you handed in is "
        "kept. If something must be put right, write to your contact person."
    )


@cache
def whole() -> QuerySet[Any]:
    """Applications with what every act asks of them; the same each time, so put together once.

    ``for_units`` tells whether the round is only for some units.
    """
    units = Round.units.through.objects.filter(round=OuterRef("round"))
    parts = Involvement.objects.filter(idea=OuterRef("idea")).order_by("pk")
    steps = Step.objects.filter(programme=OuterRef("round__programme"))
    return Application.objects.select_related(
        "round__programme__organisation", "round__contact"
    ).annotate(
        for_units=Exists(units),
        parts=Listed(parts, pk="pk", person_id="person_id", part="part", ended_at="ended_at"),
        own_steps=Listed(steps, stage="stage", edition_id="edition_id"),
    )


def held(application_id: int, reading: QuerySet[Any] | None = None) -> Application:
    """The application with its idea locked: whatever is done to a case waits for this.

    What is told of it was read after that, by ``reading``, which is made of ``whole()``; None:
    that itself. The parts that people have in the case and the steps of its programme are there.
    """
    idea = Idea.objects.select_for_update(of=("self",)).get(applications=application_id)
    found: Any = (whole() if reading is None else reading).get(pk=application_id)
    application: Application = found
    programme = application.round.programme
    application.idea, idea.programme = idea, programme
    fill(idea, "involvements", [_involvement(idea, **part) for part in found.parts])
    fill(programme, "steps", [Step(programme=programme, **step) for step in found.own_steps])
    return application


def _involvement(idea: Idea, *, ended_at: str | None, **facts: Any) -> Involvement:
    ended = moment_of(ended_at) if ended_at else None
    return Involvement(idea=idea, ended_at=ended, **facts)


def held_for_writing(application_id: int, *, by: Person, at: datetime) -> Application:
    """The same, when ``by`` may change what is written in it.

    Raises:
        NotAllowed: ``by`` does not hand it in.
        NoLongerChangeable: it is handed in, and neither the round nor a request is open.
    """
    application = held(application_id)
    require(hands_in(by, application, at=at))
    require(is_writable(application, at=at), NoLongerChangeable)
    return application
