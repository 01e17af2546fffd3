"""Letters about what managers are asked, and what they say: to them, the applicant, the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from idesluss.funding.models import Application, Endorsement
from idesluss.funding.reads.endorsing import asks_of
from idesluss.funding.vocab import Answer, How
from idesluss.mail.handlers import applicants, application_of, facts_of, path_of, tell
from idesluss.mail.resting import resting
from idesluss.people.models import Appointment, Person
from idesluss.people.vocab import Role
from idesluss.records.models import Entry

SAID = ("unit", "answer", "reason", "hours", "money_minor", "currency", "by_silence", "changed")
"""What the letter about an answer says of it."""


def asked(entry: Entry, at: datetime) -> None:
    """To whoever is asked, with three links; where it went on, also to those it concerns."""
    application = application_of(entry)
    organisation = application.round.programme.organisation
    manager = Person.objects.get(pk=entry.data["person"])
    tell(entry, "endorse_asked", manager, organisation, at, **_question(entry, manager))
    how, before = entry.data["how"], entry.data["before"]
    if how != How.HANDED_IN:
        for person in applicants(application.idea):
            facts = {**facts_of(application), **_where_it_rests(entry, person, application)}
            tell(entry, "endorse_moved", person, organisation, at, **facts)
    if before and how != How.PASSED_ON:
        earlier = Person.objects.get(pk=before)
        facts = {**facts_of(application), **_where_it_rests(entry, earlier, application)}
        facts["path"] = reverse("funding:endorsing", args=[organisation.slug])
        tell(entry, "endorse_taken_over", earlier, organisation, at, **facts)


def reminded(entry: Entry, at: datetime) -> None:
    """To whoever has not answered yet."""
    manager = Person.objects.get(pk=entry.data["person"])
    organisation = application_of(entry).round.programme.organisation
    tell(entry, "endorse_reminder", manager, organisation, at, **_question(entry, manager))


def answered(entry: Entry, at: datetime) -> None:
    """The answer, to those who apply and to the office."""
    application = application_of(entry)
    organisation = application.round.programme.organisation
    facts = {**facts_of(application), **{key: entry.data[key] for key in SAID}}
    facts["manager"] = entry.data["name"]
    for person in applicants(application.idea):
        tell(entry, "endorse_answered", person, organisation, at, **facts, office=False)
    facts |= {"path": path_of("funding:check", application), "contact_name": ""}
    for person in office_of(application, at):
        tell(entry, "endorse_answered", person, organisation, at, **facts, office=True)


def unasked(entry: Entry, at: datetime) -> None:
    """To the office: nobody answers for a department; somebody can be named."""
    application = application_of(entry)
    organisation = application.round.programme.organisation
    facts = {**facts_of(application), "unit": entry.data["unit"], "cause": entry.data["cause"]}
    facts |= {"path": path_of("funding:check", application), "contact_name": ""}
    for person in office_of(application, at):
        tell(entry, "endorse_unasked", person, organisation, at, **facts)


def ended(entry: Entry, at: datetime) -> None:
    """To whoever had not answered: there is nothing to answer any more."""
    if entry.data["answered"]:
        return
    application = application_of(entry)
    organisation = application.round.programme.organisation
    manager = Person.objects.get(pk=entry.data["person"])
    facts = {**facts_of(application), "unit": entry.data["unit"]}
    facts["path"] = reverse("funding:endorsing", args=[organisation.slug])
    tell(entry, "endorse_ended", manager, organisation, at, **facts)


def office_of(application: Application, at: datetime) -> Sequence[Person]:
    """The case's contact person while they administer; else every fund administrator."""
    running = Appointment.objects.valid(at.date()).filter(
        organisation=application.organisation_id, role=Role.ADMINISTRATOR.value
    )
    people = list(
        Person.objects.filter(pk__in=running.values("person"), is_active=True).order_by("pk")
    )
    contact = application.idea.contact
    return [contact] if contact and contact in people else people


def _question(entry: Entry, manager: Person) -> dict[str, Any]:
    """What the question says: what is applied for, what it asks of the unit, how to answer."""
    application = application_of(entry)
    organisation = application.round.programme.organisation
    asks = asks_of(application)
    page = reverse("funding:endorse", args=[organisation.slug, entry.data["endorsement"]])
    links = {f"{word}_url": f"{settings.URL}{page}?answer={word}" for word in Answer.values}
    return {
        **facts_of(application),
        **_where_it_rests(entry, manager, application),
        **links,
        "path": page,
        "applicants": ", ".join(person.name for person in applicants(application.idea)),
        "asked_minor": asks.asked_minor,
        "cofinanced_minor": asks.cofinanced_minor,
        "hours": asks.hours,
        "currency": application.currency,
        "ends_on": asks.ends_on.isoformat() if asks.ends_on else "",
    }


def _where_it_rests(entry: Entry, reader: Person, application: Application) -> dict[str, Any]:
    """Who is asked, until when and why, as the reader's language writes it."""
    organisation = application.round.programme.organisation
    endorsement = Endorsement.objects.select_related("manager", "unit").get(
        pk=entry.data["endorsement"]
    )
    return {
        **resting(endorsement, application.round.silence, reader, organisation),
        "how": entry.data.get("how", ""),
        "why": entry.data.get("why", ""),
        "before": entry.data.get("before_name", ""),
    }
