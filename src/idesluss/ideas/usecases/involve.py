"""Who hands in an idea together: co-applicants come and go."""

from __future__ import annotations

from datetime import datetime

from idesluss.ideas.models import OWN, Idea, Involvement
from idesluss.ideas.vocab import MOST_CO_APPLICANTS, Part
from idesluss.logic.refusals import Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


class NotAColleague(Refusal):
    """Nobody here goes by that. Needs ``text``, as it was written, and ``organisation``.

    The same for somebody who exists in another organisation and for somebody who does not exist.
    """

    sentence = gettext_noop(
        "We find nobody at %(organisation)s with “%(text)s”. Check the spelling, or ask the "
        "contact person of the round to give your colleague access."
    )
    field = "who"


class TooManyPeople(Refusal):
    """No room for another one. Needs ``limit``."""

    sentence = gettext_noop("There is room for %(limit)s co-applicants. Remove one first.")
    field = "who"


def involve(idea: Idea, person: Person, *, by: Person, at: datetime) -> Involvement:
    """Make a colleague co-applicant of a locked idea, and note ``ideas.involved``.

    For use cases only. Somebody who hands it in already stays as they are.

    Raises:
        NotAColleague: ``person`` does not belong to the organisation.
        TooManyPeople: there is no room for another co-applicant.
    """
    own = idea.involvements.filter(part__in=OWN, ended_at=None)
    if there := own.filter(person=person).first():
        return there
    belongs = idea.organisation_id in person.standing(at).organisations()
    organisation = idea.programme.organisation
    require(belongs, NotAColleague(text=str(person.pk), organisation=organisation.name))
    co_applicants = own.filter(part=Part.CO_APPLICANT.value).count()
    require(co_applicants < MOST_CO_APPLICANTS, TooManyPeople(limit=MOST_CO_APPLICANTS))
    involvement = Involvement.objects.create(
        idea=idea, person=person, part=Part.CO_APPLICANT.value, since=at
    )
    note("ideas.involved", about=idea, by=by, at=at, person=person.pk, name=person.name)
    return involvement


def end_part(involvement: Involvement, *, by: Person, at: datetime) -> None:
    """Let somebody's part in a locked idea end, and note ``ideas.part_ended``.

    For use cases only; ``involvement`` has not ended.
    """
    involvement.ended_at = at
    involvement.save(update_fields=["ended_at"])
    idea, person = involvement.idea, involvement.person
    note("ideas.part_ended", about=idea, by=by, at=at, person=person.pk, name=person.name)
