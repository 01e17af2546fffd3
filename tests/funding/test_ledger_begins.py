"""A release of decisions begins the books, by the fund's rule; and the pot is what its rows say."""

from datetime import UTC, date, datetime

import pytest

from idesluss.funding.models import Grant, Instalment, Posting, Pot
from idesluss.funding.reads.accounts import YearClosed
from idesluss.funding.reads.results import results_of
from idesluss.funding.usecases import (
    add_to_pot,
    change_grant,
    release_due,
    return_unused,
)
from idesluss.programmes.models import Round
from tests.factories import PotFactory
from tests.funding.ledger import kronor, rows
from tests.funding.meeting import AFTER, decided_room, plan, room

pytestmark = pytest.mark.django_db


def staged(here, share=40):
    here.round.programme.release_rule = "staged"
    here.round.programme.first_share = share
    here.round.programme.save()
    return here


def parts(grant):
    return list(Instalment.objects.filter(grant=grant).values_list("amount_minor", "after", "day"))


def test_all_is_released_when_the_decisions_are():
    here = decided_room(asked=(60_900, 43_500, 50_000))
    here.release()

    grants = Grant.objects.order_by("pk")
    assert [kronor(grant) for grant in grants] == [(60_900, 60_900, 0, 0), (43_500, 43_500, 0, 0)]
    assert Instalment.objects.count() == 0
    assert set(Posting.objects.values_list("by", "at")) == {(here.administrator.pk, AFTER)}


def test_in_parts_the_first_share_is_released_and_the_rest_waits_for_a_report():
    here = staged(decided_room(asked=(60_900, 50_000)))
    here.release()

    grant = Grant.objects.get()
    assert kronor(grant) == (60_900, 24_360, 0, 0)
    assert parts(grant) == [(24_360_00, "decision", None), (36_540_00, "report", None)]
    assert Posting.objects.get().instalment.after == "decision"


def test_a_first_share_of_nothing_leaves_all_of_it_waiting():
    here = staged(decided_room(asked=(60_900, 50_000)), share=0)
    here.release()
    assert parts(Grant.objects.get()) == [(60_900_00, "report", None)]
    assert Posting.objects.count() == 0


@pytest.mark.parametrize(
    ("share", "first", "rest"),
    [(None, 60_000, []), (50, 30_000, [(30_000_00, "report", None)])],
)
def test_money_of_a_later_pot_is_committed_and_released_when_its_year_begins(share, first, rest):
    here = room()
    case = here.case("Solceller")
    here.all_declare_clear()
    here.open()
    PotFactory(programme=here.round.programme, year=2028)
    here.choose(case, "granted_later_pot", 60_000, later_year=2028)
    if share:
        staged(here, share)
    here.release()

    grant = Grant.objects.get()
    assert (grant.year, kronor(grant)) == (2028, (60_000, 0, 0, 0))
    assert parts(grant) == [(first * 100, "day", date(2028, 1, 1)), *rest]
    assert release_due(at=datetime(2027, 12, 31, 12, tzinfo=UTC)) == 0
    assert release_due(at=datetime(2028, 1, 1, 12, tzinfo=UTC)) == 1
    assert rows(grant) == [("released", first)]


def test_nothing_is_granted_from_a_pot_whose_accounts_are_closed():
    here = decided_room()
    Pot.objects.filter(pk=here.pot.pk).update(closed_at=AFTER)
    problems = [problem for case in plan(here).agenda.cases for problem in case.problems]
    assert problems == [YearClosed(year=2027, field="granted")] * 2


def test_the_meeting_shares_out_what_the_rows_say_and_not_what_was_set_aside():
    here = decided_room(asked=(60_000, 40_000, 50_000))
    by, first = here.administrator, here.cases[0]
    add_to_pot(
        here.round.programme_id, year=2027, amount_minor=20_000_00, reason="Mer", by=by, at=AFTER
    )
    meter = plan(here).agenda.meter
    assert (meter.pot.total_minor, meter.balance.left) == (520_000_00, 420_000_00)
    assert plan(here).minutes["pot"]["amount_minor"] == 520_000_00

    here.release()
    grant = Grant.objects.get(application=first)
    return_unused(grant.pk, amount_minor=10_000_00, reason="Över", by=by, at=AFTER)
    other = Grant.objects.exclude(pk=grant.pk).get()
    Posting.objects.create(grant=other, kind="released", amount_minor=-40_000_00, at=AFTER)
    change_grant(other.pk, to_minor=35_000_00, reason="Mindre", by=by, at=AFTER)

    results = results_of(Round.objects.get(pk=here.round.pk), at=AFTER)
    assert (results.totals, results.from_pot_minor) == ({"SEK": 100_000_00}, 85_000_00)
    assert results.left_minor == 435_000_00

    second = Round.objects.get(pk=here.round.pk)
    second.pk, second.slug, second.name = None, "andra", "Andra"
    second.save()
    assert results_of(second, at=AFTER).bound_minor == 85_000_00
