"""Letters about challenges, and about ideas that ask a fund for money."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from idesluss.funding.models import Application
from idesluss.ideas.models import OWN, Challenge, Idea, Involvement
from idesluss.logic.lifecycle import Stage
from idesluss.mail.cases import case_of, givers, tell_each
from idesluss.mail.handlers import tell
from idesluss.people.models import Person
from idesluss.records.models import Entry


def posed(entry: Entry, at: datetime) -> None:
    """To its owner, when somebody else has written it: only they can open it."""
    challenge = _challenge(entry.about_id)
    if challenge.owner_id == entry.by_id:
        return
    writer = Person.objects.filter(pk=entry.by_id or 0).first()
    path = _page(challenge)
    facts = {"title": challenge.title, "path": path, "writer": writer.name if writer else ""}
    there = challenge.programme.organisation
    tell(entry, "ideas.challenge_posed", challenge.owner, there, at, **facts)


def offered(entry: Entry, at: datetime) -> None:
    """To the givers of a parked case: a challenge is open that it may answer, yes or no?"""
    idea = case_of(entry)
    challenge = _challenge(entry.data["challenge"])
    facts: dict[str, Any] = {
        "challenge": challenge.title,
        "words": ", ".join(entry.data["words"]),
        "closes_on": _day(challenge.closes_at, challenge),
    }
    org = challenge.programme.organisation.slug
    path = reverse("ideas:match", args=[org, challenge.slug, entry.data["match"]])
    for person in givers(idea):
        more: dict[str, Any] = {} if person.guest else {"path": path}
        tell_each(entry, "ideas.match_offered", [person], at, **facts, **more)


def ended(entry: Entry, at: datetime) -> None:
    """To everybody who answered: what came of it, in one letter however many answers they gave."""
    challenge = _challenge(entry.about_id)
    there = challenge.programme.organisation
    answers = Idea.objects.filter(challenge=challenge).exclude(stage=Stage.DRAFT.value)
    parts = Involvement.objects.filter(part__in=OWN, ended_at=None, idea__in=answers.values("pk"))
    people = Person.objects.filter(pk__in=parts.values("person")).order_by("pk")
    facts = {"title": challenge.title, "result": entry.data["result"]}
    for person in people:
        path = reverse("ideas:follow_up") if person.guest else _page(challenge)
        said = {**facts, "path": path, "guest": person.guest}
        tell(entry, "ideas.challenge_ended", person, there, at, **said)


def money_asked(entry: Entry, at: datetime) -> None:
    """To the givers, and to whoever is to complete and hand in the application."""
    idea = case_of(entry)
    application = Application.objects.select_related("round").get(pk=entry.data["application"])
    org = idea.programme.organisation.slug
    path = reverse("funding:application", args=[org, application.pk])
    applicant = Person.objects.get(pk=entry.data["applicant"])
    facts = {"round": entry.data["round"], "applicant": applicant.name}
    closes = _day(application.round.closes_at, idea)
    mine = {**facts, "yours": True, "path": path, "closes_on": closes}
    tell_each(entry, "ideas.money_asked", [applicant], at, **mine)
    others = [person for person in givers(idea) if person.pk != applicant.pk]
    tell_each(entry, "ideas.money_asked", others, at, **facts, yours=False)


def money_answered(entry: Entry, at: datetime) -> None:
    """To whoever has the case, and to those givers who did not apply and have no letter yet."""
    idea = case_of(entry)
    told = Involvement.objects.filter(
        idea__applications=entry.data["application"], part__in=OWN, ended_at=None
    )
    known = set(told.values_list("person", flat=True))
    people = [person for person in givers(idea) if person.pk not in known]
    has = [idea.responsible] if idea.responsible and idea.responsible not in people else []
    facts = {name: entry.data[name] for name in ("round", "granted", "next_on")}
    words = entry.data.get("words", "")
    tell_each(entry, "ideas.money_answered", [*people, *has], at, **facts, words=words)


def _challenge(number: int) -> Challenge:
    found = Challenge.objects.select_related("owner", "programme__organisation")
    return found.get(pk=number)


def _page(challenge: Challenge) -> str:
    slug = challenge.programme.organisation.slug
    return reverse("ideas:challenge", args=[slug, challenge.slug])


def _day(when: datetime | None, thing: Challenge | Idea) -> str:
    zone = thing.programme.organisation.timezone
    return when.astimezone(zone).date().isoformat() if when else ""
