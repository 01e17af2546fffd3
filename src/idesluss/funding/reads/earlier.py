"""Earlier applications that got money, which another one may go on from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from idesluss.funding.models import Application
from idesluss.funding.vocab import OutcomeName
from idesluss.ideas.models import own
from idesluss.logic.outcomes import GIVES_MONEY
from idesluss.people.models import Person

GRANTED = tuple(sorted(OutcomeName(outcome.value).value for outcome in GIVES_MONEY))


def to_go_on_from(
    application: Application, person: Person, *, at: datetime
) -> QuerySet[Application]:
    """Granted applications that ``application``, written by ``person``, may go on from.

    Of the same organisation: those that ``person`` handed in, and those of the application's
    department or of where ``person`` works, once their results are public. The latest first,
    each with its idea and round. One query.
    """
    return (
        Application.objects.filter(
            own(person, idea="idea__") | _of_the_unit(application, person, at),
            outcome__in=GRANTED,
            round__programme__organisation=application.organisation_id,
        )
        .exclude(pk=application.pk)
        .select_related("idea", "round")
        .order_by("-decided_at", "-pk")
    )


def _of_the_unit(application: Application, person: Person, at: datetime) -> Q:
    works_at = person.appointments.valid(at.date()).filter(unit__isnull=False)
    units = Q(idea__unit__in=works_at.values("unit"))
    if application.idea.unit_id is not None:
        units |= Q(idea__unit=application.idea.unit_id)
    return units & Q(round__results_at__lte=at)


def continued(application: Application) -> Application | None:
    """The application that this one goes on from, with idea and round. One query, if any.

    None where it was read together with ``application``.
    """
    if application.continues_id is None or Application.continues.is_cached(application):
        return application.continues
    found: Any = Application.objects.select_related("idea", "round")
    return found.get(pk=application.continues_id)
