"""Run by ``test_kill_endorsing.py`` in a process of its own, against an empty database.

Kills the clock's work about silent managers before each of its statements and around its commits,
looks at what is left each time, lets it go on, then lets several processes act at the same
moment. Prints what it saw as JSON.
"""

import json
import signal
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import django

django.setup()

from idesluss.funding.models import Endorsement  # noqa: E402
from idesluss.funding.usecases.endorse import Reply, answer, remind, settle  # noqa: E402
from idesluss.ideas.models import Involvement  # noqa: E402
from idesluss.logic.refusals import ChangedMeanwhile  # noqa: E402
from idesluss.people.models import Organisation, Person  # noqa: E402
from idesluss.programmes.models import Round  # noqa: E402
from idesluss.records.models import Entry  # noqa: E402
from tests.funding.endorsing import LAST_DAY, NOON, asked  # noqa: E402
from tests.funding.killing import at_once, forked, get_ready, killed_at  # noqa: E402

DONE, LATE = 10, 11  # exit codes: who acted, and who came too late
HALFWAY = NOON + (LAST_DAY - NOON) / 2
places = iter(range(10_000))


def another(**fields: Any) -> SimpleNamespace:
    """A fresh municipality beside the earlier ones; names need not differ, addresses do."""
    number = next(places)
    Organisation.objects.filter(slug="slusstad").update(slug=f"forr-{number}")
    Round.objects.filter(slug="hosten").update(slug=f"forr-{number}")
    for letter in ("bo", "eva", "ali", "siv", "maja"):
        earlier = Person.objects.filter(email=f"{letter}@slusstad.example")
        earlier.update(email=f"{letter}{number}@slusstad.example")
    return asked(**fields)


def left(it: SimpleNamespace) -> dict[str, Any]:
    """Everything that the clock writes about one application, as it lies in the database."""
    rows = Endorsement.objects.filter(application=it.application).order_by("pk")
    parts = Involvement.objects.filter(idea=it.application.idea, part="endorser", ended_at=None)
    return {
        "asked": list(rows.values_list("manager__name", flat=True)),
        "live": list(rows.live().values_list("manager__name", "answer", "by_silence")),
        "silent": rows.exclude(silent_at=None).count(),
        "reminded": rows.exclude(reminded_at=None).count(),
        "open_to": list(parts.values_list("person__name", flat=True)),
        "entries": list(
            Entry.objects.about(it.application)
            .exclude(verb="funding.submitted")
            .values_list("verb", flat=True)
        ),
    }


def kill_loop(it: SimpleNamespace, act: Callable[[], int]) -> dict[str, Any]:
    """Kill ``act`` everywhere; it has happened as a whole or not at all."""
    before, halves, kills, number = left(it), [], 0, 0
    while forked(killed_at(number, act)) == -signal.SIGKILL:
        kills += 1
        now = left(it)
        if now != before:
            break  # killed after its commit
        number += 1
    forked(act)
    after = left(it)
    if kills and now not in (before, after):
        halves.append(now)
    forked(act)
    if left(it) != after:
        halves.append(left(it))
    return {"kills": kills, "halves": halves, "after": after}


def working(work: Callable[..., int], at: Any) -> Callable[[], int]:
    def act() -> int:
        return DONE if work(at=at) else LATE

    return act


def answering(it: SimpleNamespace, reply: Reply, at: Any) -> Callable[[], int]:
    def act() -> int:
        try:
            answer(it.one.pk, reply, version=0, by=it.bo, at=at)
        except ChangedMeanwhile:
            return LATE
        return DONE

    return act


def races() -> dict[str, Any]:
    """Two clocks, an answer against a clock, and two tabs, again and again."""
    clocks, against, tabs = [], [], []
    for _turn in range(5):
        it = another()
        at_once(working(settle, LAST_DAY), working(settle, LAST_DAY))
        clocks.append(left(it)["asked"])

        it = another()
        codes = at_once(answering(it, Reply("yes"), LAST_DAY), working(settle, LAST_DAY))
        now = left(it)
        answered = now["live"] == [("Bo Ek", "yes", False)]
        escalated = [row[0] for row in now["live"]] == ["Eva Lund"]
        against.append([codes[0] == DONE, answered, escalated])

        it = another()
        sent = [Reply("yes"), Reply("no", "Nej.")]
        codes = at_once(*(answering(it, reply, NOON) for reply in sent))
        said = Endorsement.objects.get(pk=it.one.pk)
        tabs.append([sorted(codes), said.version, sent[codes.index(DONE)].answer == said.answer])
    return {"clocks": clocks, "against": against, "tabs": tabs}


if __name__ == "__main__":
    get_ready()
    seen = {
        rule: kill_loop(another(silence=rule), working(settle, LAST_DAY))
        for rule in ("escalate", "yes", "no", "wait")
    }
    seen["remind"] = kill_loop(another(), working(remind, HALFWAY))
    Endorsement.objects.waiting().update(silent_at=LAST_DAY)
    json.dump({**seen, **races()}, sys.stdout)
