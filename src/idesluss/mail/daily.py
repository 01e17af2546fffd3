"""One letter a day: what has been held for somebody goes out on the morning of a working day.

Nothing is remembered about which days have been: what was written before the latest morning and
is still held is due. A server that was down at seven does it when it is up again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Min
from django.urls import reverse

from idesluss.logic.windows import latest_working_morning
from idesluss.mail.kinds import NEVER, wishes_of
from idesluss.mail.letters import Composed, compose, language_for
from idesluss.people.models import Organisation, Person
from idesluss.records.models import Letter
from idesluss.records.usecases.daily import DAILY, gather

log = logging.getLogger("idesluss.mail")

HOUR = 7  # on the organisation's own clock
SETTLED = timedelta(minutes=1)  # what was just being written at that moment comes along


def gather_daily(at: datetime) -> int:
    """Let go what is held for everybody whose morning has been; returns how many got a letter."""
    held = (
        Letter.objects.held()
        .order_by("organisation_id", "person_id")
        .values_list("organisation_id", "person_id")
        .annotate(first=Min("created_at"))
    )
    rows = list(held)
    organisations = Organisation.objects.in_bulk({row[0] for row in rows})
    told = 0
    for number, person, first in rows:
        organisation = organisations[number]
        morning = latest_working_morning(
            at - SETTLED, HOUR, organisation.country, organisation.timezone
        )
        if first < morning:
            told += _gather_one(person, organisation, morning, at)
    return told


def _gather_one(person_id: int, organisation: Organisation, morning: datetime, at: datetime) -> int:
    """One person's; somebody whose letter cannot be written does not hold up the others."""
    try:
        person = Person.objects.get(pk=person_id)
        letter = gather(
            person.pk,
            organisation.pk,
            before=morning,
            to=person.email or "",
            unwanted={name for name, wish in wishes_of(person).items() if wish is NEVER},
            compose=lambda held: daily_letter(held, person=person, organisation=organisation),
            reply_to=organisation.contact_mail,
            at=at,
        )
    except Exception:
        log.exception("The daily letter of person %s could not be written.", person_id)
        return 0
    return int(letter is not None)


def daily_letter(held: Sequence[Letter], *, person: Person, organisation: Organisation) -> Composed:
    """The daily letter: a heading, the words and the link of each of ``held``, oldest first."""
    return compose(
        DAILY,
        name=person.name,
        language=language_for(person, organisation),
        organisation=organisation,
        news=held,
        path=reverse("insight:mine"),
    )
