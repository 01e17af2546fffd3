"""The invitation to celebrate granted projects, its changes, and that it is called off.

Each letter carries the event for the calendar, as it was when the act was noted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from idesluss.funding.models import Celebration
from idesluss.mail.calendar import Gathering, Method, Somebody, invitation
from idesluss.mail.handlers import tell
from idesluss.mail.letters import language_for
from idesluss.people import days
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.records.models import Entry


def celebration_invited(entry: Entry, at: datetime) -> None:
    """To everybody who is to come: when, where, and the words of whoever invites."""
    tell_guests(entry, at, Method.REQUEST)


def celebration_changed(entry: Entry, at: datetime) -> None:
    """To everybody who was invited: how it is now."""
    tell_guests(entry, at, Method.REQUEST)


def celebration_called_off(entry: Entry, at: datetime) -> None:
    """To everybody who was invited: it does not take place, and why."""
    tell_guests(entry, at, Method.CANCEL)


def tell_guests(entry: Entry, at: datetime, method: Method) -> None:
    """Write the letter named as the entry's verb to each of its people."""
    celebration = Celebration.objects.select_related(
        "round__programme__organisation", "round__contact"
    ).get(pk=entry.about_id)
    round = celebration.round
    organisation = round.programme.organisation
    for person in Person.objects.filter(pk__in=entry.data["people"]).order_by("pk"):
        with translation.override(language_for(person, organisation)):
            gathering = gathering_of(entry.data, round)
            starts, ends = times_of(gathering)
        to = Somebody(person.name, person.email) if person.email else None
        tell(
            entry,
            entry.verb,
            person,
            organisation,
            at,
            calendar=invitation(gathering, method, at=entry.at, to=to),
            round=round.name,
            words=entry.data["words"],
            place=entry.data["place"],
            reason=entry.data.get("reason", ""),
            starts=starts,
            ends=ends,
            contact_name=round.contact.name if round.contact else "",
            contact_mail=(round.contact.email if round.contact else "") or "",
            path=reverse("funding:gathering", args=[organisation.slug, round.slug]),
        )


def gathering_of(facts: Any, round: Round) -> Gathering:
    """The event for a calendar, in the active language, from ``usecases.celebrating.EventFacts``.

    ``round`` comes with programme, organisation and contact.
    """
    organisation = round.programme.organisation
    contact = round.contact.email if round.contact else ""
    mail = organisation.contact_mail or contact or settings.MAIL_FROM
    return Gathering(
        number=facts["number"],
        sequence=facts["sequence"],
        starts_at=datetime.fromisoformat(facts["starts_at"]),
        ends_at=datetime.fromisoformat(facts["ends_at"]),
        zone=organisation.timezone,
        title=_("%(organisation)s celebrates: %(round)s")
        % {"organisation": organisation.name, "round": round.name},
        words=facts["words"],
        place=facts["place"],
        called_by=Somebody(organisation.name, mail),
        url=settings.URL + reverse("funding:gathering", args=[organisation.slug, round.slug]),
    )


def times_of(gathering: Gathering) -> tuple[str, str]:
    """Beginning and end in the active language; the end is a time of day if the day is the same."""
    times = gathering.starts_at, gathering.ends_at
    starts, ends = (timezone.localtime(when, gathering.zone) for when in times)
    if starts.date() != ends.date():
        return days.moment(starts, gathering.zone), days.moment(ends, gathering.zone)
    clock = formats.date_format(ends, pgettext("time of day", "H:i"), use_l10n=False)
    return days.moment(starts, gathering.zone), clock
