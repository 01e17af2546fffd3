"""Many write in the same books at once, some past the use cases: nothing is ever unsound."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from idesluss.funding.models import Grant, Posting, Pot
from idesluss.funding.reads.accounts import purse_of
from idesluss.funding.reads.closing import Choice, Choices, plan_closing, year_of
from idesluss.funding.usecases import (
    add_to_pot,
    book_used,
    change_grant,
    close_year,
    release_part,
    return_unused,
    transfer_to_next_year,
    undo_release,
)
from idesluss.logic.ledger import Fate
from idesluss.logic.refusals import ChangedMeanwhile, Refusal
from idesluss.people.models import Person
from tests.factories import NOON
from tests.funding.ledger import account, books, kronor, rows
from tests.funding.test_close_year import DECEMBER

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ACTS = 5, 24


def at_once(*acts):
    """Run ``acts`` in threads that start together; what each ended with: a refusal, or None."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=10)
            act()
        except Refusal as refusal:
            return refusal
        else:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def sound():
    """Every invariant, counted by hand from the rows; and every total is the sum of its rows."""
    for grant in Grant.objects.all():
        said = list(Posting.objects.filter(grant=grant).values_list("kind", "amount_minor"))
        sums = {
            kind: sum(minor for one, minor in said if one == kind)
            for kind in ("changed", "released", "used", "returned")
        }
        granted = grant.amount_minor + sums["changed"]
        assert sums["used"] >= 0
        assert sums["returned"] >= 0
        assert sums["used"] + sums["returned"] <= sums["released"] <= granted
        one = account(grant)
        assert (one.granted, one.released, one.used, one.returned) == (
            granted, sums["released"], sums["used"], sums["returned"],
        )  # fmt: skip
    for pot in Pot.objects.with_total():
        total = pot.amount_minor + sum(row.amount_minor for row in pot.postings.all())
        assert pot.total_minor == purse_of(pot).total == total >= 0
    for move in set(Posting.objects.exclude(move=None).values_list("move", flat=True)):
        of_pots = Posting.objects.filter(move=move, pot__isnull=False)
        assert sum(of_pots.values_list("amount_minor", flat=True)) == 0


def past_the_use_cases(grant_ids, pot_id, dice):
    """A row straight into the table, as a mistaken program would."""
    minor = dice.randint(-40_00, 40_00) or 1
    if dice.random() < 0.3:
        fields = {"pot_id": pot_id, "kind": "added"}
        minor *= 300
    else:
        kind = dice.choice(["changed", "released", "used", "returned"])
        fields = {"grant_id": dice.choice(grant_ids), "kind": kind}
    with transaction.atomic():
        Posting.objects.create(amount_minor=minor, at=NOON, **fields)


def random_act(grants, pot, fund, boss, dice):
    """One act, sensible or not."""
    grant = dice.choice(grants)
    minor = dice.randint(1, 60) * 1_00
    doing = {"by": boss, "at": NOON, "reason": "x"}
    return dice.choice(
        [
            lambda: past_the_use_cases([it.pk for it in grants], pot.pk, dice),
            lambda: change_grant(grant.pk, to_minor=2 * minor, **doing),
            lambda: release_part(grant.pk, amount_minor=minor, **doing),
            lambda: undo_release(grant.pk, amount_minor=minor, **doing),
            lambda: book_used(grant.application.idea_id, total_spent_minor=minor, **doing),
            lambda: return_unused(grant.pk, amount_minor=minor, **doing),
            lambda: transfer_to_next_year(grant.pk, amount_minor=minor, **doing),
            lambda: add_to_pot(fund.pk, year=2027, amount_minor=minor - 30_00, **doing),
        ]
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_however_many_write_at_once_the_books_stay_sound(seed):
    it = books(pot=200)
    grants = [it.project(100, released=50) for _ in range(2)]
    gate, wrong, written = Barrier(WRITERS), [], []
    counting = threading.Lock()

    def write(number):
        dice = random.Random(seed * 100 + number)
        boss = Person.objects.get(pk=it.boss.pk)
        try:
            gate.wait(timeout=10)
            for _ in range(ACTS):
                try:
                    random_act(grants, it.pot, it.fund, boss, dice)()
                except (Refusal, IntegrityError):
                    continue
                except OperationalError as error:  # SQLite: too many wait; PostgreSQL: never
                    if connection.vendor == "postgresql":
                        wrong.append(error)
                else:
                    with counting:
                        written.append(number)
        except Exception as error:  # noqa: BLE001 (told by the test's own thread)
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert len(written) > WRITERS
    sound()


def test_two_who_release_the_last_of_a_grant_release_it_once():
    it = books()
    grant = it.project(100)

    def release():
        by = Person.objects.get(pk=it.boss.pk)
        return lambda: release_part(grant.pk, amount_minor=60_00, by=by, at=NOON)

    refused = at_once(release(), release())

    assert refused.count(None) == 1
    assert kronor(grant) == (100, 60, 0, 0)


def test_two_rows_past_the_use_cases_cannot_pass_together():
    it = books()
    grant = it.project(100)
    failed = []

    def write():
        try:
            with transaction.atomic():
                Posting.objects.create(grant=grant, kind="released", amount_minor=60_00, at=NOON)
        except (IntegrityError, OperationalError) as error:
            failed.append(error)

    at_once(write, write, write)

    assert len(failed) == 2
    assert kronor(grant) == (100, 60, 0, 0)


def test_two_who_close_the_year_close_it_once():
    it = books(pot=500)
    grant = it.project(100, released=100)
    choices = Choices(fates={grant.application_id: Choice(Fate.TRANSFER)}, words="Bokslut")
    pot = Pot.objects.select_related("programme").get(pk=it.pot.pk)
    seen = plan_closing(year_of(pot, it.boss, at=DECEMBER), choices).fingerprint

    def close():
        by = Person.objects.get(pk=it.boss.pk)
        return lambda: close_year(
            it.fund.pk, year=2027, choices=choices, fingerprint=seen, by=by, at=DECEMBER
        )

    assert set(map(type, at_once(close(), close()))) <= {type(None), ChangedMeanwhile}
    assert rows(pot) == [("carried_out", -100), ("carried_out", -400)]
    sound()
