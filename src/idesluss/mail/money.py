"""Letters about the money of a project: changed, released, moved; to those who carry it out."""

from __future__ import annotations

from datetime import datetime

from idesluss.mail.handlers import applicants, application_of, facts_of, path_of, tell
from idesluss.records.models import Entry

SAID = ("year", "into_year", "amount_minor", "before_minor", "after_minor", "currency", "reason")
"""What of an entry's data its letter says."""


def money_moved(entry: Entry, at: datetime) -> None:
    """To everybody who carries the project out, but not whoever did it."""
    application = application_of(entry)
    facts = {name: entry.data[name] for name in SAID if name in entry.data}
    facts |= {"path": path_of("funding:money", application)}
    organisation = application.round.programme.organisation
    for person in applicants(application.idea):
        if person.pk != entry.by_id:
            tell(entry, entry.verb, person, organisation, at, **{**facts_of(application), **facts})
