"""The letter about a draft that can go on into the next round."""

from __future__ import annotations

from datetime import datetime

from idesluss.mail.handlers import application_of, facts_of, moment, tell
from idesluss.people.models import Person
from idesluss.records.models import Entry


def can_go_on(entry: Entry, at: datetime) -> None:
    """To its owner: which round is open, until when, and where the one click is."""
    application = application_of(entry)
    organisation = application.round.programme.organisation
    person = Person.objects.get(pk=entry.data["person"])
    contact = application.round.contact
    facts = {
        **facts_of(application),
        "round": entry.data["round"],
        "to": entry.data["to"],
        "closes": moment(datetime.fromisoformat(entry.data["closes"]), person, organisation),
        "contact_name": contact.name if contact else "",
        "contact_mail": (contact.email if contact else "") or "",
    }
    tell(entry, "funding.can_go_on", person, organisation, at, **facts)
