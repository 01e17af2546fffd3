"""Letters about what comes in at a door: the receipt, the news to whoever has it, a lost code."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from idesluss.ideas.usecases.codes import code_link
from idesluss.mail.cases import case_of, givers, tell_each
from idesluss.mail.handlers import tell
from idesluss.people.models import Organisation, Person
from idesluss.records.models import Entry


def handed_in(entry: Entry, at: datetime) -> None:
    """A receipt to the giver, with number, dates and how to follow; and to whoever has it."""
    idea, said = case_of(entry), entry.data
    days = {"first_on": said["first_by"], "answer_on": said["answer_by"]}
    givers_ = givers(idea)
    tell_each(entry, "ideas.received", givers_, at, doer_too=True, **days)
    has = Person.objects.filter(pk=said["responsible"]).first()
    if has and has not in givers_:
        facts = {"for_whom": idea.for_whom, "need": idea.need, "contact_name": ""}
        tell_each(entry, "ideas.came_in", [has], at, doer_too=True, **days, **facts)


def code_asked(entry: Entry, at: datetime) -> None:
    """The link that gives a guest a new code; never the code itself."""
    guest = Person.objects.get(pk=entry.about_id)
    link = code_link(guest.pk, entry.data["code"], asked_at=entry.at)
    tell(
        entry,
        "ideas.code_asked",
        guest,
        Organisation.objects.get(pk=entry.organisation_id or 0),
        at,
        register_number=entry.data["register_number"],
        path=reverse("ideas:code_new", args=[link]),
    )
