"""What has happened in a case, for those who handle it: the records in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from idesluss.funding.models import Application
from idesluss.funding.vocab import Answer
from idesluss.people.models import Person
from idesluss.records.models import Entry

SAID: Mapping[str, Promise] = {
    "funding.submitted": _("Handed in"),
    "funding.changed": _("Changed by the applicant"),
    "funding.withdrawn": _("Withdrawn by the applicant"),
    "funding.incomplete": _("Closed as incomplete"),
    "funding.decided": _("The decision was told"),
    "funding.endorsement_asked": _("Asked as manager"),
    "funding.endorsement_reminded": _("Reminded as manager"),
    "funding.endorsement_unasked": _("No manager answers; the office was told"),
    "funding.endorsement_ended": _("No longer asked as manager"),
    "funding.endorsed": _("The manager's answer"),
    "funding.accepted_against": _("Went on against what a manager says"),
    "ideas.accepted": _("Found complete"),
    "ideas.accept_undone": _("Back at the formal check: found complete by mistake"),
    "ideas.completion_asked": _("Completion asked for; the clock was stopped"),
    "ideas.completion_ended": _("Went on without waiting for the completion"),
    "ideas.completed": _("Completed by the applicant; the clock runs again"),
    "ideas.redirected": _("Sent on"),
    "ideas.came_back": _("Came back to the formal check"),
    "ideas.conflict_declared": _("Conflict of interest declared"),
    "ideas.conflict_denied": _("Said to have no conflict of interest"),
    "ideas.conflict_suspected": _("Conflict of interest suspected"),
    "ideas.conflict_decided": _("Conflict of interest decided about"),
}
"""Acts that those who handle the case are told of, in their words."""

DETAILS = ("to", "message", "what", "answer", "reason", "note", "why")
"""What of an act's data is text that somebody wrote, in the order shown."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act. ``whom`` it concerned, when it was about somebody else than the one who acted."""

    verb: str
    said: Promise
    at: datetime
    by: str
    whom: str
    details: tuple[str, ...]
    due: date | None


def history_of(application: Application) -> list[Event]:
    """The acts in the case, newest first; two queries. For readers by office only."""
    of_idea = Q(about_kind="ideas.idea", about_id=application.idea_id)
    of_application = Q(about_kind="funding.application", about_id=application.pk)
    entries = list(Entry.objects.filter(of_idea | of_application, verb__in=SAID).order_by("-pk"))
    people = {entry.by_id for entry in entries} | {entry.data.get("person") for entry in entries}
    known = Person.objects.filter(pk__in=[pk for pk in people if pk is not None])
    names: dict[int | None, str] = dict(known.values_list("pk", "name"))
    return [_event(entry, names) for entry in entries]


def _said(entry: Entry, key: str) -> str:
    """One text of an act; a manager's answer is a word of ours."""
    value = str(entry.data[key])
    if entry.verb == "funding.endorsed" and key == "answer":
        label = capfirst(str(Answer(value).label))
        return f"{label} ({_('by silence')})" if entry.data["by_silence"] else label
    return value


def _event(entry: Entry, names: Mapping[int | None, str]) -> Event:
    whom = entry.data.get("person")
    due = entry.data.get("due")
    return Event(
        verb=entry.verb,
        said=SAID[entry.verb],
        at=entry.at,
        by=names.get(entry.by_id, ""),
        whom=names.get(whom, "") if whom != entry.by_id else "",
        details=tuple(_said(entry, key) for key in DETAILS if entry.data.get(key)),
        due=date.fromisoformat(due) if due else None,
    )
