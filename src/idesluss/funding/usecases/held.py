"""The application that an applicant acts on, its case locked for the length of the act."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from idesluss.funding.models import Application
from idesluss.funding.rules import hands_in, is_writable
from idesluss.ideas.models import Idea
from idesluss.logic.refusals import NotInTime, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.models import Round


class NoLongerChangeable(NotInTime):
    """What was handed in is in the office's hands now."""

    sentence = gettext_noop(
        "The application is being handled, so it can no longer be changed. What you handed in is "
        "kept. If something must be put right, write to your contact person."
    )


_UNITS = Round.units.through.objects.filter(round=OuterRef("round"))


def held(application_id: int) -> Application:
    """The application with its idea locked: whatever is done to a case waits for this.

    ``for_units`` tells whether its round is only for some units.
    """
    idea = Idea.objects.select_for_update(of=("self",)).get(applications=application_id)
    application = (
        Application.objects.select_related("round__programme__organisation", "round__contact")
        .annotate(for_units=Exists(_UNITS))
        .get(pk=application_id)
    )
    application.idea = idea
    idea.programme = application.round.programme
    return application


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
