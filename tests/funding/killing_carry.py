"""Run by ``test_kill_carry.py`` in a process of its own, against an empty database.

Kills the clock's work about drafts that can go on before each of its statements and around its
commit, then lets two clocks do it at the same moment. Prints what it saw as JSON.
"""

import json
import signal
import sys
from datetime import timedelta

import django

django.setup()

from idesluss.funding.models import Application  # noqa: E402
from idesluss.funding.usecases.tell_next import tell_of_next_round  # noqa: E402
from idesluss.people.vocab import Role  # noqa: E402
from idesluss.records.models import Entry  # noqa: E402
from tests.factories import ApplicationFactory, RoundFactory, person_as  # noqa: E402
from tests.funding.killing import at_once, forked, get_ready, killed_at  # noqa: E402

DAY = timedelta(days=1)


def left_behind() -> Application:
    """A draft whose round has closed, and the next one is open."""
    first = RoundFactory(flows_on=True)
    closed = first.closes_at
    RoundFactory(programme=first.programme, opens_at=closed, closes_at=closed + 60 * DAY)
    return ApplicationFactory(
        round=first, owner=person_as(Role.EMPLOYEE, first.programme.organisation)
    )


def told(draft: Application) -> int:
    return Entry.objects.about(draft).count()


def tell(draft: Application) -> int:
    tell_of_next_round(at=draft.round.closes_at)
    return 0


def kill_loop() -> dict[str, int]:
    draft, kills = left_behind(), 0
    while forked(killed_at(kills, lambda: tell(draft))) == -signal.SIGKILL:
        kills += 1
    return {"kills": kills, "told": told(draft)}


def race() -> int:
    draft = left_behind()
    at_once(lambda: tell(draft), lambda: tell(draft))
    return told(draft)


if __name__ == "__main__":
    get_ready()
    json.dump({**kill_loop(), "races": [race() for _ in range(3)]}, sys.stdout)
