"""Letters about projects: reports and their answers, reminders, last days, what is permanent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from idesluss.ideas.models import Idea
from idesluss.ideas.rules import is_shut
from idesluss.mail.handlers import applicants, tell
from idesluss.people.models import Appointment, Person
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.records.models import Entry


def reported(entry: Entry, at: datetime) -> None:
    """To the office, but not to whoever wrote it for somebody: a report waits for an answer."""
    project = project_of(entry)
    path = reverse("pilots:answer", args=[*_where(project), entry.data["report"]])
    final = entry.data["kind"] == "final"
    stops = entry.data["onward"] == "stop"
    in_trouble = entry.data["progress"] == "in_trouble"
    facts = {"path": path, "final": final, "stops": stops, "in_trouble": in_trouble}
    office = [one for one in office_of(project.idea, at) if one.pk != entry.by_id]
    _tell(entry, project, office, at, **facts)


def accepted(entry: Entry, at: datetime) -> None:
    """To those who carry it out: thank you, and what comes now."""
    facts = {name: entry.data[name] for name in ("onward", "spent_minor", "currency")}
    _tell_owners(entry, at, **facts, final=entry.data["kind"] == "final")


def returned(entry: Entry, at: datetime) -> None:
    """To those who carry it out: what is missing."""
    _tell_owners(entry, at, words=entry.data["words"], path=_report_path(entry))


def reminded(entry: Entry, at: datetime) -> None:
    """To those who carry it out: a day comes near, or has passed."""
    facts = {"what": entry.data["what"], "year": entry.data["year"], "path": _report_path(entry)}
    days = {"last_on": entry.data["ends_on"], "report_on": entry.data["report_by"]}
    _tell_owners(entry, at, **facts, **days)


def overdue(entry: Entry, at: datetime) -> None:
    """To every fund administrator: the final report has not come."""
    project = project_of(entry)
    days = {"last_on": entry.data["ends_on"], "report_on": entry.data["report_by"]}
    names = ", ".join(person.name for person in applicants(project.idea))
    names = names or project.coordinator_name
    _tell(entry, project, administrators_of(project.idea, at), at, **days, names=names)


def extended(entry: Entry, at: datetime) -> None:
    """To those who carry it out: the new last day, and why."""
    _tell_owners(entry, at, last_on=entry.data["ends_on"], reason=entry.data["reason"])


def resumed(entry: Entry, at: datetime) -> None:
    """To those who carry it out: it goes on after all, and the report is to be written anew."""
    back = entry.data["report"] is not None
    facts: dict[str, Any] = {"path": _report_path(entry)} if back else {}
    _tell_owners(entry, at, reason=entry.data["reason"], back=back, **facts)


def published(entry: Entry, at: datetime) -> None:
    """To those who carry it out and did not publish it themselves: everybody can read it now."""
    _tell_owners(entry, at)


def taken_back(entry: Entry, at: datetime) -> None:
    """To those who carry it out and did not do it themselves: it is shown no more."""
    _tell_owners(entry, at)


def adopted(entry: Entry, at: datetime) -> None:
    """To those who carried it out, and to whoever owns it now."""
    facts = {"since_on": entry.data["since"], "budget": entry.data["budget"]}
    _tell_owners(entry, at, **facts, also=_owner(entry))


def adoption_ended(entry: Entry, at: datetime) -> None:
    """The same people: it is no longer noted as permanent, and why."""
    facts = {"reason": entry.data["reason"], "mistake": entry.data["mistake"]}
    _tell_owners(entry, at, **facts, also=_owner(entry))


# --- Who is told -------------------------------------------------------------------------------


def project_of(entry: Entry) -> Project:
    """The project that an entry is about."""
    projects = Project.objects.select_related("idea__contact", "idea__programme__organisation")
    return projects.get(pk=entry.about_id)


def administrators_of(idea: Idea, at: datetime) -> list[Person]:
    """The organisation's fund administrators to whom the case is not shut."""
    offices = Appointment.objects.valid(at.date()).filter(
        organisation=idea.organisation_id, role=Role.ADMINISTRATOR.value
    )
    people = {one.person_id: one.person for one in offices.select_related("person").order_by("pk")}
    return [person for person in people.values() if not is_shut(person, idea)]


def office_of(idea: Idea, at: datetime) -> list[Person]:
    """The contact of the case when that is an administrator of it, else every administrator."""
    office = administrators_of(idea, at)
    return [person for person in office if person.pk == idea.contact_id] or office


def _owner(entry: Entry) -> list[Person]:
    return list(Person.objects.filter(pk=entry.data["owner"] or 0))


def _where(project: Project) -> list[Any]:
    return [project.idea.programme.organisation.slug, project.pk]


def _report_path(entry: Entry) -> str:
    """Where one reports: the final report when the end is near, or when that one came back."""
    final = entry.data.get("kind") == "final" or entry.data.get("what") in ("week", "ended")
    page = "pilots:final" if final else "pilots:report"
    return reverse(page, args=_where(project_of(entry)))


def _tell_owners(entry: Entry, at: datetime, *, also: Iterable[Person] = (), **facts: Any) -> None:
    """Everybody who carries the project out, but not whoever did it."""
    project = project_of(entry)
    people = {person.pk: person for person in (*applicants(project.idea), *also)}
    people.pop(entry.by_id or 0, None)
    _tell(entry, project, people.values(), at, **facts)


def _tell(
    entry: Entry, project: Project, people: Iterable[Person], at: datetime, **facts: Any
) -> None:
    idea = project.idea
    said = {
        "title": idea.title,
        "register_number": idea.register_number,
        "path": reverse("pilots:project", args=_where(project)),
        "contact_name": idea.contact.name if idea.contact else "",
        "contact_mail": (idea.contact.email if idea.contact else "") or "",
        **facts,
    }
    for person in people:
        tell(entry, entry.verb, person, idea.programme.organisation, at, **said)
