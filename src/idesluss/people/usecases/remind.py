"""Remind somebody, kindly, of what waits for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.logic.refusals import NotAllowed, require
from idesluss.people.models import Organisation, Person
from idesluss.people.reads import REMINDED, reminded_today
from idesluss.people.refusals import RemindedToday
from idesluss.people.rules import may_set_up
from idesluss.records.usecases import note


@transaction.atomic
def remind(person_id: int, *, organisation_id: int, what: str, by: Person, at: datetime) -> None:
    """Remind somebody of the organisation of ``what`` waits for them: notes ``people.reminded``.

    ``what`` says which act it is, not which case: a letter is read by others too. Locks the
    person, so that two administrators at once remind once.

    Raises:
        NotAllowed: ``by`` is no fund administrator here, or the person does not belong here.
        RemindedToday: it has been done today, whoever did it and of whatever.
    """
    require(may_set_up(by, organisation_id, at))
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or organisation_id not in person.standing(at).organisations():
        raise NotAllowed
    organisation = Organisation.objects.get(pk=organisation_id)
    if person_id in reminded_today(organisation, at=at):
        raise RemindedToday(name=person.name)
    note(REMINDED, about=person, by=by, at=at, organisation_id=organisation_id, what=what)
