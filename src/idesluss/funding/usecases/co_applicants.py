"""Who hands an application in together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.rules import may_invite
from idesluss.funding.usecases.held import held_for_writing
from idesluss.ideas.models import Involvement
from idesluss.ideas.usecases.involve import end_part
from idesluss.ideas.usecases.involve import involve as take_part
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import require
from idesluss.people.models import Person


@transaction.atomic
def involve(application_id: int, *, person: Person, by: Person, at: datetime) -> Involvement:
    """Make a colleague co-applicant. Notes ``ideas.involved``; a second time changes nothing.

    Raises:
        NotAllowed: ``by`` is not the owner.
        NoLongerChangeable: it is handed in, and neither the round nor a request is open.
        NotAColleague: ``person`` does not belong to the organisation.
        TooManyPeople: there is no room.
    """
    application = held_for_writing(application_id, by=by, at=at)
    require(may_invite(by, application, at=at))
    return take_part(application.idea, person, by=by, at=at)


@transaction.atomic
def uninvolve(application_id: int, *, person_id: int, by: Person, at: datetime) -> None:
    """Let a co-applicant's part end. Notes ``ideas.part_ended``; a second time changes nothing.

    Raises:
        NotAllowed: ``by`` is not the owner.
        NoLongerChangeable: it is handed in, and neither the round nor a request is open.
    """
    application = held_for_writing(application_id, by=by, at=at)
    require(may_invite(by, application, at=at))
    parts = application.idea.involvements.filter(part=Part.CO_APPLICANT.value, ended_at=None)
    if part := parts.filter(person=person_id).first():
        end_part(part, by=by, at=at)
