"""Run by ``test_kill_letters.py`` in a process of its own, against an empty database.

For each statement of delivering one entry and sending its letter: a process is killed right
before it, and another one goes on later. Each time the address is a new one, so that the mail
server's box tells how many letters each kill led to. Prints what the database says as JSON.
"""

import json
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  set up first
from django.db import transaction  # noqa: E402

from idesluss.jobs.deliver import deliver  # noqa: E402
from idesluss.mail.send import send_waiting  # noqa: E402
from idesluss.people.models import Person  # noqa: E402
from idesluss.records.models import Letter  # noqa: E402
from idesluss.records.usecases import note  # noqa: E402
from tests.factories import NOON, ApplicationFactory, PersonFactory  # noqa: E402
from tests.funding.killing import forked, get_ready, killed_at, let_go  # noqa: E402

TURN = timedelta(minutes=11)  # past every lease, so that the next process may go on


def begin() -> None:
    """An application is handed in; its owner waits for a receipt."""
    with transaction.atomic():
        owner = PersonFactory(email="nobody@slusstad.example")
        application = ApplicationFactory(stage="received", owner=owner)
        note("funding.submitted", about=application, by=owner, at=NOON)


def live(at: datetime) -> int:
    """Deliver and send all there is."""
    while deliver(at) or send_waiting(at):
        pass
    return 0


def main() -> None:
    """Kill everywhere; what became of the letter each time, by address."""
    get_ready()
    begin()
    let_go()
    database = Path(settings.DATABASES["default"]["NAME"])
    untouched = database.with_suffix(".untouched")
    shutil.copy(database, untouched)
    states = {}
    for number in range(500):
        for leftover in database.parent.glob(database.name + "-*"):
            leftover.unlink()
        shutil.copy(untouched, database)
        address = f"killed{number}@slusstad.example"
        Person.objects.filter(email="nobody@slusstad.example").update(email=address)
        killed = forked(killed_at(number, lambda: live(NOON))) < 0
        forked(lambda: live(NOON + TURN))
        forked(lambda: live(NOON + 2 * TURN))
        states[address] = Letter.objects.get(to=address).state
        let_go()
        if not killed:
            break
    json.dump(states, sys.stdout)


if __name__ == "__main__":
    main()
