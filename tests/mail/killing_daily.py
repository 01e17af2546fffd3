"""Run by ``test_kill_daily.py`` in a process of its own, against an empty database.

Kills the gathering of one person's daily letter before each of its statements and before and
after its commit, looks at what is left each time, then lets it succeed; then lets two processes
gather at the same moment, again and again. Prints what it saw as JSON.
"""

import json
import signal
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from idesluss.mail.daily import gather_daily  # noqa: E402
from idesluss.people.models import Organisation, Person  # noqa: E402
from idesluss.records.models import Letter  # noqa: E402
from idesluss.records.usecases import write_letter  # noqa: E402
from idesluss.records.vocab import LetterState  # noqa: E402
from tests.factories import NOON, OrganisationFactory, PersonFactory  # noqa: E402
from tests.funding.killing import at_once, forked, get_ready, killed_at  # noqa: E402

NEWS = 3
NEXT_DAY = NOON + timedelta(days=1)


def hold(person: Person, town: Organisation) -> None:
    """News for the person, to be told in the daily letter."""
    for number in range(NEWS):
        write_letter(
            kind="accepted",
            person_id=person.pk,
            to=person.email or "",
            subject=f"Nyhet {number}",
            text="Hej!\n",
            words="Hej!",
            language="sv",
            organisation_id=town.pk,
            at=NOON,
            state=LetterState.HELD,
        )


def told(person: Person) -> dict[str, Any]:
    """What has become of the person's news: how many are in which state, and in which letters."""
    mine = Letter.objects.filter(person_id=person.pk)
    news = mine.filter(kind="accepted")
    return {
        "states": sorted(set(news.values_list("state", flat=True))),
        "letters": mine.filter(kind="daily").count(),
        "told_in": news.exclude(told_in=None).values("told_in").distinct().count(),
        "tells": news.exclude(told_in=None).count(),
    }


def gather() -> int:
    """What the clock does on the next day."""
    gather_daily(NEXT_DAY)
    return 0


def main() -> None:
    """Kill everywhere, then race."""
    get_ready()
    town = OrganisationFactory()
    left, after, number = [], [], 0
    while True:
        person = PersonFactory()
        hold(person, town)
        code = forked(killed_at(number, gather))
        left.append(told(person))
        forked(gather)
        forked(gather)
        after.append(told(person))
        number += 1
        if code != -signal.SIGKILL:
            break
    races = []
    for _turn in range(5):
        person = PersonFactory()
        hold(person, town)
        codes = at_once(gather, gather)
        races.append({"codes": codes, **told(person)})
    json.dump({"left": left, "after": after, "races": races}, sys.stdout)


if __name__ == "__main__":
    main()
