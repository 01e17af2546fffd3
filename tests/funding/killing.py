"""Run by ``test_kill_release.py`` in a process of its own, against an empty database.

Kills a release before each of its statements and before and after its commit, looks at what is
left each time, lets it succeed, then lets two processes release, and two save, at the same moment.
Prints what it saw as JSON.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NoReturn

import django

django.setup()

from django.conf import settings  # noqa: E402  settings first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from django.utils import translation  # noqa: E402

from idesluss.funding.models import Application, Decision, Grant, Meeting, Recusal  # noqa: E402
from idesluss.funding.reads.agenda import Choice  # noqa: E402
from idesluss.funding.usecases import release, save_choices  # noqa: E402
from idesluss.funding.usecases.decide import Row  # noqa: E402
from idesluss.ideas.models import Idea  # noqa: E402
from idesluss.jobs.deliver import deliver  # noqa: E402
from idesluss.logic.windows import is_working_day  # noqa: E402
from idesluss.people.models import Person  # noqa: E402
from idesluss.programmes.models import Round  # noqa: E402
from idesluss.records.models import Entry, Letter, Series  # noqa: E402
from tests.funding.meeting import AFTER, LATER, Room, decided_room  # noqa: E402

FIRST, SECOND = 10, 11  # exit codes: who released, and who came too late


def left(meeting: int) -> dict[str, Any]:
    """Everything that a release writes, as it lies in the database."""
    here = Meeting.objects.get(pk=meeting)
    cases = Application.objects.filter(decisions__meeting=here)
    ideas = Idea.objects.filter(applications__in=cases)
    return {
        "outcomes": list(cases.order_by("pk").values_list("outcome", flat=True)),
        "dates": cases.exclude(decided_at=None).count(),
        "stages": list(ideas.order_by("pk").values_list("stage", flat=True)),
        "grants": Grant.objects.filter(application__in=cases).count(),
        "recusals": Recusal.objects.filter(decision__meeting=here).count(),
        "released": here.released_at is not None,
        "number": here.register_number,
        "minutes": here.minutes is not None,
        "public": Round.objects.get(pk=here.round_id).results_at is not None,
        "entries": Entry.objects.count(),
        "numbers": list(Series.objects.values_list("last", flat=True)),
    }


def get_ready() -> None:
    """Make the tables, and read what a process reads once in its life.

    Each child is a copy of this process: what is read here, hundreds of them need not read anew.
    """
    connection.settings_dict["OPTIONS"].pop("pool", None)
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    assert get_resolver().url_patterns
    for language, _name in settings.LANGUAGES:
        translation.activate(language)
        translation.gettext("Yes")
    translation.activate(settings.LANGUAGE_CODE)
    is_working_day(AFTER.date(), "SE")


def let_go() -> None:
    """No connection is shared with a child: two on one line would talk at once.

    Nor is there a pool (``get_ready``): its threads would be cut off in whatever they hold.
    """
    connection.close()


def _exit_with(act: Callable[[], int]) -> NoReturn:
    """End this child with what ``act`` says; what went wrong is written down first."""
    code = 99
    try:
        code = act()
    finally:
        if code == 99:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(code)


def forked(act: Callable[[], int]) -> int:
    """Do ``act`` in a child; its exit code, or minus the signal that killed it."""
    let_go()
    child = os.fork()
    if child == 0:
        _exit_with(act)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def at_once(*acts: Callable[[], int]) -> list[int]:
    """Do all of ``acts`` in children that begin at the same moment; their exit codes."""
    let_go()
    gate, starter = os.pipe()
    children = []
    for act in acts:
        child = os.fork()
        if child == 0:
            os.close(starter)

            def waiting(act: Callable[[], int] = act) -> int:
                connection.ensure_connection()
                os.read(gate, 1)  # opens when the parent lets go
                return act()

            _exit_with(waiting)
        children.append(child)
    os.close(starter)
    os.close(gate)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def killed_at(number: int, act: Callable[[], int]) -> Callable[[], int]:
    """``act``, killed before its statement ``number``; the commit counts as two more."""
    seen = 0

    def count() -> None:
        nonlocal seen
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        count()
        return execute(sql, params, many, context)

    def doomed() -> int:
        commit = connection.commit

        def committing() -> None:
            count()
            commit()
            count()

        connection.commit = committing  # type: ignore[method-assign]
        with connection.execute_wrapper(statement):
            return act()

    return doomed


def releasing(here: Room, by: Person) -> Callable[[], int]:
    fingerprint = here.fingerprint(by)

    def act() -> int:
        done = release(here.meeting.pk, fingerprint=fingerprint, publish_at=AFTER, by=by, at=AFTER)
        return FIRST if done.first else SECOND

    return act


def kill_loop() -> dict[str, Any]:
    """Kill one release everywhere; what was seen."""
    here = decided_room()
    before = left(here.meeting.pk)
    act = releasing(here, here.administrator)
    halves, kills, number = [], 0, 0
    while (code := forked(killed_at(number, act))) == -signal.SIGKILL:
        kills += 1
        now = left(here.meeting.pk)
        if now["released"]:  # killed after the commit: all of it is there
            break
        if now != before:
            halves.append((number, now))
        number += 1
    after = left(here.meeting.pk)
    again = forked(act)
    if left(here.meeting.pk) != after:
        halves.append(("again", left(here.meeting.pk)))
    while deliver(AFTER + timedelta(minutes=1)):
        pass
    letters = Letter.objects.filter(kind="decided").order_by("person_id")
    return {
        "kills": kills,
        "halves": halves,
        "last": code,
        "after": after,
        "again": again,
        "letters": list(letters.values_list("person_id", flat=True)),
        "applicants": [case.idea.involvements.get().person_id for case in here.cases],
    }


def race() -> dict[str, Any]:
    """Two who release, then two who save the same row, again and again."""
    releases, saves = [], []
    for _turn in range(5):
        here = decided_room()
        pair = (releasing(here, here.administrator), releasing(here, here.members[0]))
        releases.append(sorted(at_once(*pair)))
        told = Entry.objects.filter(verb="funding.decided", about_id__in=[c.pk for c in here.cases])
        releases[-1].append(told.count())

        other = decided_room()
        decision = other.decision(other.cases[0])

        def saving(granted: int, room: Room = other, row: Decision = decision) -> int:
            choice = Choice("partly_granted", granted, "Delvis.")
            saved = save_choices(
                room.meeting.pk,
                rows=[Row(row.pk, row.version, choice)],
                by=room.administrator,
                at=LATER,
            )
            return FIRST if saved.complete else SECOND

        saves.append(sorted(at_once(lambda s=saving: s(1_00), lambda s=saving: s(2_00))))
        decision.refresh_from_db()
        saves[-1].append(decision.version)
    return {"releases": releases, "saves": saves}


if __name__ == "__main__":
    get_ready()
    json.dump({**kill_loop(), **race()}, sys.stdout)
