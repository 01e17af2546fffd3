"""Random sequences of everything that can be done with cases of a sluice: what always holds.

Never a live case without somebody responsible and a next date, never an ended one without its
reason; promises never move backwards; what is late has been told; and the records tell the same
as the rows. A further act is one more line in ``ACTS``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from idesluss.ideas.models import LIVE, Idea, Passage
from idesluss.ideas.reads.owed import running, with_due
from idesluss.ideas.usecases import (
    Given,
    end,
    give,
    hand_in,
    rate,
    say,
    set_next,
    take_to,
    tell_promises,
    wake,
    withdraw,
)
from idesluss.ideas.usecases.just_do import just_do, just_done, turned_out_bigger
from idesluss.ideas.usecases.merging import merge, unmerge
from idesluss.ideas.usecases.sending_on import send_on
from idesluss.ideas.usecases.splitting import NewPart, split
from idesluss.ideas.vocab import ANSWERS, Offer, OtherDoor, Reply
from idesluss.logic.refusals import Refusal
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, person_as

pytestmark = pytest.mark.django_db

SEQUENCES, LENGTH, TRIES = 6, 40, 6


class World:
    """A sluice with two givers and three who handle cases, at a moment that moves on."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.door = DoorFactory(decision_days=20)
        self.door.programme.steps.filter(stage="exploring").update(promise_days=5)
        there = self.door.organisation
        others = [person_as(role, there) for role in (Role.COACH, Role.ADMINISTRATOR)]
        self.staff = [self.door.receiver, *others]
        self.givers = [PersonFactory(), PersonFactory(name="", email=None, guest=True)]
        self.at = NOON
        self.seen: dict[tuple[str, int], date] = {}

    @property
    def coach(self):
        return self.chance.choice(self.staff)

    @property
    def giver(self):
        return self.chance.choice(self.givers)

    @property
    def anybody(self):
        return self.chance.choice([*self.staff, *self.givers])

    @property
    def case(self) -> int:
        return self.chance.choice(
            [0, *Idea.objects.order_by("-pk").values_list("pk", flat=True)[:5]]
        )

    @property
    def step(self) -> int:
        return self.chance.choice(self.door.programme.steps.values_list("pk", flat=True))

    @property
    def day(self) -> date:
        return self.at.date() + timedelta(days=self.chance.randrange(-2, 20))

    def coin(self) -> bool:
        return self.chance.random() < 0.5


def words(world: World) -> str:
    return world.chance.choice(["", "Vi provar en vecka till.", "Det löses av regionen."])


ACTS: dict[str, Callable[[World, SimpleNamespace], object]] = {
    "hand_in": lambda w, how: hand_in(w.door, Given(need="Lyften saknas"), **how.by(w.giver)),
    "say": lambda w, how: say(w.case, words(w), inside=w.coin(), **how.by(w.anybody)),
    "answer": lambda w, how: say(w.case, "Tack!", reply=Reply.FITS, **how.by(w.coach)),
    "ask": lambda w, how: say(w.case, "Hur ofta?", asks_giver=True, **how.by(w.coach)),
    "reply": lambda w, how: say(w.case, "Varje dag.", **how.by(w.giver)),
    "take_to": lambda w, how: take_to(w.case, w.step, why=words(w), **how.by(w.coach)),
    "give": lambda w, how: give(w.case, w.anybody, **how.by(w.coach)),
    "set_next": lambda w, how: set_next(w.case, w.day, what="Ringa", **how.by(w.coach)),
    "end": lambda w, how: end(
        w.case, w.chance.choice(ANSWERS), answer=words(w), offer=Offer.COACH, **how.by(w.anybody)
    ),
    "send_on": lambda w, how: send_on(
        w.case, w.chance.choice(list(OtherDoor)), to="IT", answer=words(w), **how.by(w.coach)
    ),
    "withdraw": lambda w, how: withdraw(w.case, why=words(w), **how.by(w.giver)),
    "wake": lambda w, how: wake(
        w.case, responsible=w.coach, next_on=w.day, why=words(w), **how.by(w.coach)
    ),
    "merge": lambda w, how: merge(w.case, w.case, answer=words(w), **how.by(w.coach)),
    "unmerge": lambda w, how: unmerge(w.case, why=words(w), **how.by(w.coach)),
    "split": lambda w, how: split(
        w.case, NewPart(title="Del", need="Resten", next_on=w.day), **how.by(w.coach)
    ),
    "just_do": lambda w, how: just_do(w.case, next_on=w.day, **how.by(w.coach)),
    "just_done": lambda w, how: just_done(w.case, answer=words(w), **how.by(w.coach)),
    "bigger": lambda w, how: turned_out_bigger(
        w.case, why=words(w), next_on=w.day, **how.by(w.coach)
    ),
    "rate": lambda w, how: rate(w.case, score=w.chance.randrange(7), **how.by(w.giver)),
    "clock": lambda w, how: tell_promises(w.door.organisation_id, at=w.at),
}
"""Every act, with what it is done to and by whom left to chance."""


def holds(world: World, done: str) -> None:
    """Everything that holds after whatever was done."""
    for idea in Idea.objects.sluiced():
        if idea.stage in LIVE:
            assert idea.responsible_id in {one.pk for one in world.staff}, done
            assert idea.next_on, done
            assert idea.at_step_id, done
            assert idea.passages.filter(left_at=None).count() == 1, done
        else:
            assert idea.answer, done
            assert idea.answered_at, done
            assert idea.next_on is None, done
            assert not idea.passages.filter(left_at=None).exists(), done
        assert idea.waits_for_giver == (idea.paused_at is not None), done
        for promise in ("first_by", "answer_by"):
            not_earlier(world, (promise, idea.pk), getattr(idea, promise), done)
        assert recorded(idea) == (idea.stage, idea.responsible_id, idea.answer), done
    for passage in Passage.objects.filter(promised_by__isnull=False):
        not_earlier(world, ("step", passage.pk), passage.promised_by, done)


def not_earlier(world: World, which: tuple[str, int], day: date, done: str) -> None:
    assert day >= world.seen.get(which, day), (which, done)
    world.seen[which] = day


def recorded(idea: Idea) -> tuple[str, int, str]:
    """Stage, responsible person and answer as the records alone tell them."""
    stage, responsible, answer = "", 0, ""
    for entry in Entry.objects.about(idea):
        data = entry.data
        if entry.verb == "ideas.stepped":
            stage = data["to"]
        elif entry.verb in ("ideas.handed_in", "ideas.woken"):
            responsible, answer = data["responsible"], ""
        elif entry.verb == "ideas.given":
            responsible = data["to"]
        elif entry.verb == "ideas.split_off":
            responsible = first_of(idea, data["idea"], entry.pk)
        elif entry.verb == "ideas.unmerged":
            answer = ""
        elif entry.verb == "ideas.withdrawn":
            answer = data["why"]
        elif entry.verb in ("ideas.answered", "ideas.sent_on", "ideas.merged", "ideas.just_done"):
            answer = data["answer"]
            if data.get("sealed"):
                responsible = entry.by_id
    return stage, responsible, answer


def first_of(idea: Idea, parent: int, before: int) -> int:
    """Who had the case that another was split from, when it was."""
    had = 0
    for entry in Entry.objects.filter(about_kind="ideas.idea", about_id=parent, pk__lt=before):
        if entry.verb in ("ideas.handed_in", "ideas.woken"):
            had = entry.data["responsible"]
        elif entry.verb == "ideas.given":
            had = entry.data["to"]
        elif entry.verb == "ideas.split_off":
            had = first_of(idea, entry.data["idea"], entry.pk)
    return had


def told_of_what_is_late(world: World) -> None:
    """After the clock has come by, everything that is late was raised for its day."""
    tell_promises(world.door.organisation_id, at=world.at)
    live = with_due(Idea.objects.sluiced().live().filter(running()))
    looked = Entry.objects.filter(verb="ideas.promises_looked_at").last()
    day = date.fromisoformat(looked.data["day"])
    for idea in live.filter(due__lt=day, stage_at__lt=looked.at):
        assert idea.raised_for is not None, idea.pk


def doing(world: World) -> SimpleNamespace:
    """How an act is done: by somebody, now."""

    def by(person):
        person.__dict__.pop("_standing", None)
        return {"by": person, "at": world.at}

    return SimpleNamespace(by=by)


def sequence(world: World, done: set[str]) -> None:
    """One sequence; acts that no sequence has done yet come more often."""
    did = []
    for name in ["hand_in", "hand_in", *[""] * LENGTH]:
        world.at += timedelta(hours=world.chance.randrange(1, 40))
        rare = sorted(set(ACTS) - done) if world.coin() else []
        act = name or world.chance.choice(rare or list(ACTS))
        for _try in range(TRIES):
            try:
                ACTS[act](world, doing(world))
            except (Refusal, Idea.DoesNotExist):
                continue
            did.append(act)
            holds(world, " ".join(did))
            break
    told_of_what_is_late(world)
    done |= set(did)


def test_whatever_is_done_no_case_is_left_alone():
    done: set[str] = set()
    for seed in range(SEQUENCES):
        with transaction.atomic():
            sequence(World(seed), done)
            transaction.set_rollback(True)
    assert done == set(ACTS)  # an act that always refused would show nothing
