"""Letters about what became of a case of a sluice: its answer, a new step, a new person."""

from __future__ import annotations

from datetime import datetime

from idesluss.mail.cases import case_of, givers, listeners, tell_each
from idesluss.people.models import Person
from idesluss.records.models import Entry


def answered(entry: Entry, at: datetime) -> None:
    """The answer and its reason to everybody who hands it in; the others are told that it came."""
    idea = case_of(entry)
    facts = {name: entry.data[name] for name in ("stage", "answer", "offer")}
    tell_each(entry, "ideas.answered", givers(idea), at, **facts)
    tell_each(entry, "ideas.answer_followed", listeners(idea, at), at, **facts)


def withdrawn(entry: Entry, at: datetime) -> None:
    """To whoever has it, and to those who handed it in together."""
    idea = case_of(entry)
    has = [idea.responsible] if idea.responsible else []
    tell_each(entry, "ideas.withdrawn", [*has, *givers(idea)], at, why=entry.data["why"])


def woken(entry: Entry, at: datetime) -> None:
    """It goes on after all: to the givers, to whoever has it now, and to those who follow it."""
    idea = case_of(entry)
    has = [idea.responsible] if idea.responsible else []
    people = [*givers(idea), *has, *listeners(idea, at)]
    days = {"next_on": entry.data["next_on"], "answer_on": entry.data.get("answer_by", "")}
    tell_each(entry, "ideas.woken", _once(people), at, why=entry.data["why"], **days)


def given(entry: Entry, at: datetime) -> None:
    """To the new responsible person, and to the givers whom they now talk to."""
    idea = case_of(entry)
    new = Person.objects.get(pk=entry.data["to"])
    facts = {"name_of_new": new.name, "before": entry.data["before"], "why": entry.data["why"]}
    next_on = idea.next_on.isoformat() if idea.next_on else ""
    if not entry.data.get("together"):  # else one letter for all of them (sluice_coaches)
        tell_each(entry, "ideas.given", [new], at, **facts, next_on=next_on)
    tell_each(entry, "ideas.new_contact", givers(idea), at, **facts)


def moved(entry: Entry, at: datetime) -> None:
    """To the givers: where it is now; at once when that is the yes that they have waited for."""
    idea = case_of(entry)
    kind = "ideas.said_yes" if entry.data.get("yes") else "ideas.moved"
    facts = {name: entry.data[name] for name in ("came_from", "to", "why", "next_on")}
    tell_each(entry, kind, givers(idea), at, **facts)
    if entry.data.get("yes"):
        tell_each(entry, "ideas.moved", listeners(idea, at), at, **facts)


def _once(people: list[Person]) -> list[Person]:
    return list({person.pk: person for person in people}.values())
