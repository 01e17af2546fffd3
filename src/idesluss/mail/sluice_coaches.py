"""Letters about talks with a coach, and about everything that somebody takes over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from idesluss.ideas.models import Talk
from idesluss.mail.handlers import moment, tell
from idesluss.people.models import Organisation, Person
from idesluss.records.models import Entry


def talk_asked(entry: Entry, at: datetime) -> None:
    """Somebody would like to talk: to the coach."""
    talk = _talk(entry)
    asker = talk.asked_by
    reach = asker.email or asker.reach_mail or asker.reach_phone
    facts = {"asker": asker.name, "reach": reach, "about": talk.about, "wishes": talk.wishes}
    by_on = talk.answer_by.isoformat()
    _tell(entry, talk, talk.coach, "ideas.talk_asked", at, **facts, by_on=by_on)


def talk_agreed(entry: Entry, at: datetime) -> None:
    """When and where: to whoever asked."""
    talk = _talk(entry)
    when = moment(datetime.fromisoformat(entry.data["when"]), talk.asked_by, talk.organisation)
    facts = {"coach": talk.coach.name, "when": when}
    facts |= {name: entry.data[name] for name in ("place", "words")}
    _tell(entry, talk, talk.asked_by, "ideas.talk_agreed", at, **facts)


def talk_off(entry: Entry, at: datetime) -> None:
    """It is called off: to the other one."""
    talk = _talk(entry)
    for person in (talk.coach, talk.asked_by):
        if person.pk != entry.by_id:
            other = talk.asked_by if person == talk.coach else talk.coach
            facts = {"other": other.name, "why": entry.data["why"]}
            _tell(entry, talk, person, "ideas.talk_off", at, **facts)


def all_handed_over(entry: Entry, at: datetime) -> None:
    """One letter to whoever takes over, however many cases it is."""
    person = Person.objects.get(pk=entry.about_id)
    there = Organisation.objects.get(pk=entry.organisation_id or 0)
    facts = {name: entry.data[name] for name in ("before", "why", "cases", "talks")}
    path = reverse("ideas:desk", args=[there.slug])
    tell(entry, "ideas.all_handed_over", person, there, at, **facts, path=path)


def _talk(entry: Entry) -> Talk:
    talks = Talk.objects.select_related("coach", "asked_by", "organisation")
    return talks.get(pk=entry.about_id)


def _tell(entry: Entry, talk: Talk, person: Person, kind: str, at: datetime, **facts: Any) -> None:
    there = talk.organisation
    path = reverse("ideas:talk", args=[there.slug, talk.pk])
    if person.guest:
        path = reverse("ideas:follow_up")
    tell(entry, kind, person, there, at, **facts, path=path, guest=person.guest)
