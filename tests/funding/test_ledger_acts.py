"""What becomes of granted money: changed, released, used, given back, moved."""

from datetime import UTC, date, datetime, timedelta

import pytest

from idesluss.funding.models import Grant, Instalment, Posting, Pot
from idesluss.funding.usecases import (
    Part,
    add_to_pot,
    book_used,
    change_grant,
    plan_instalments,
    release_due,
    release_instalment,
    release_next,
    release_part,
    return_unused,
    set_pot,
    transfer_to_next_year,
    undo_release,
)
from idesluss.funding.usecases.change_grant import NoPotToMoveFrom
from idesluss.funding.usecases.instalments import (
    AlreadyReleasedPart,
    NotReleasedYet,
    TooManyParts,
)
from idesluss.funding.usecases.use import NothingGranted
from idesluss.funding.vocab import After
from idesluss.logic.ledger import (
    BadRow,
    BelowZero,
    LessThanReleased,
    MoreThanGranted,
    MoreThanReleased,
    NothingToWrite,
    PotTooSmall,
)
from idesluss.logic.money import MixedCurrencies, Money
from idesluss.logic.refusals import (
    Missing,
    TooLong,
)
from idesluss.records.models import Entry
from tests.factories import NOON, ApplicationFactory, PotFactory
from tests.funding.ledger import books, close, kronor, plan, pot_kronor, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def it():
    return books()


def last(thing):
    return Entry.objects.about(thing).last()


# --- Changed ----------------------------------------------------------------------------------


def test_a_grant_that_is_changed_later_keeps_its_history(it):
    """Kungsbacka was granted 2 383 629 kronor, and 2 021 148 in the end."""
    grant = it.project(2_383_629)

    change_grant(grant.pk, to_minor=2_021_148_00, reason="Slutligt beslut", **it.doing())

    assert Grant.objects.get(pk=grant.pk).amount_minor == 2_383_629_00
    assert kronor(grant) == (2_021_148, 0, 0, 0)
    [row] = Posting.objects.filter(grant=grant)
    assert (row.amount_minor, row.reason, row.by, row.at) == (
        -362_481_00, "Slutligt beslut", it.boss, NOON,
    )  # fmt: skip
    entry = last(grant.application)
    assert entry.verb == "funding.grant_changed"
    assert (entry.data["before_minor"], entry.data["after_minor"]) == (2_383_629_00, 2_021_148_00)
    assert entry.data["reason"] == "Slutligt beslut"


def test_a_grant_is_not_changed_below_what_is_released_nor_to_the_same(it):
    grant = it.project(100, released=60)
    for to, refusal in (
        (59, LessThanReleased(granted=Money(59_00, "SEK"), released=Money(60_00, "SEK"))),
        (100, NothingToWrite()),
        (-1, BelowZero(sum=Money(1_00, "SEK"), booked=Money(0, "SEK"))),
    ):
        with pytest.raises(BadRow) as refused:
            change_grant(grant.pk, to_minor=to * 100, reason="x", **it.doing())
        assert refused.value == refusal
    assert kronor(grant) == (100, 60, 0, 0)


def test_a_lower_grant_takes_the_last_parts_off_its_plan(it):
    grant = it.project(100)
    plan(it, grant, 40, 30, 30)

    change_grant(grant.pk, to_minor=60_00, reason="Mindre lokal", **it.doing())

    assert planned(grant) == [40, 20]


@pytest.mark.parametrize(("reason", "refusal"), [(" ", Missing), ("x" * 1001, TooLong)])
def test_what_takes_money_from_somebody_has_a_reason(reason, refusal, it):
    grant = it.project(100, released=50)
    for act in (
        lambda: change_grant(grant.pk, to_minor=60_00, reason=reason, **it.doing()),
        lambda: return_unused(grant.pk, amount_minor=1_00, reason=reason, **it.doing()),
        lambda: undo_release(grant.pk, amount_minor=1_00, reason=reason, **it.doing()),
        lambda: transfer_to_next_year(grant.pk, amount_minor=1_00, reason=reason, **it.doing()),
        lambda: add_to_pot(it.fund.pk, year=2027, amount_minor=1, reason=reason, **it.doing()),
    ):
        with pytest.raises(refusal):
            act()
    assert rows(grant) == [("released", 50)]
    assert rows(it.pot) == []


# --- Released ---------------------------------------------------------------------------------


def planned(grant):
    return [it.amount_minor // 100 for it in Instalment.objects.filter(grant=grant, postings=None)]


def test_a_planned_part_is_released_once_and_can_be_taken_back(it):
    grant = it.project(100)
    [first, _second] = plan(it, grant, 60, 40)

    release_instalment(first.pk, **it.doing())
    with pytest.raises(AlreadyReleasedPart):
        release_instalment(first.pk, **it.doing())
    assert kronor(grant) == (100, 60, 0, 0)
    assert last(grant.application).data["after_minor"] == 60_00

    undo_release(grant.pk, instalment_id=first.pk, reason="Fel projekt", **it.doing())
    with pytest.raises(NotReleasedYet):
        undo_release(grant.pk, instalment_id=first.pk, reason="Fel projekt", **it.doing())
    assert rows(grant) == [("released", 60), ("released", -60)]
    assert last(grant.application).verb == "funding.release_undone"

    release_instalment(first.pk, **it.doing())
    assert kronor(grant) == (100, 60, 0, 0)


def test_a_new_plan_replaces_what_waits_and_nothing_else(it):
    grant = it.project(100)
    [first, _] = plan(it, grant, 60, 40)
    release_instalment(first.pk, **it.doing())

    plan(it, grant, 10, 10, after=After.DAY, day=date(2027, 6, 1))

    found = Instalment.objects.filter(grant=grant).values_list("amount_minor", "after", "position")
    assert list(found) == [(60_00, "report", 0), (10_00, "day", 1), (10_00, "day", 2)]
    told = last(grant.application).data
    assert told["before"] == [{"amount_minor": 40_00, "after": "report", "day": ""}]
    assert told["after"][0] == {"amount_minor": 10_00, "after": "day", "day": "2027-06-01"}


def test_a_plan_that_does_not_hold_together_is_refused(it):
    grant = it.project(100)
    for parts, refusal in (
        ([Part(101_00, After.REPORT)], MoreThanGranted),
        ([Part(0, After.REPORT)], BadRow),
        ([Part(1_00, After.DAY)], Missing),
        ([Part(1_00, After.REPORT)] * 13, TooManyParts),
    ):
        with pytest.raises(refusal):
            plan_instalments(grant.pk, parts=parts, **it.doing())
    assert planned(grant) == []


def test_a_sum_beside_the_plan_is_released_and_taken_back(it):
    grant = it.project(100)
    release_part(grant.pk, amount_minor=30_00, **it.doing())
    undo_release(grant.pk, amount_minor=10_00, reason="För mycket", **it.doing())
    for minor, refusal in ((81_00, MoreThanGranted), (-1, BadRow), (0, NothingToWrite)):
        with pytest.raises(refusal):
            release_part(grant.pk, amount_minor=minor, **it.doing())
    with pytest.raises(Missing):
        undo_release(grant.pk, reason="x", **it.doing())
    assert kronor(grant) == (100, 20, 0, 0)


def test_an_accepted_report_releases_what_waited_for_one(it):
    grant = it.project(100)
    plan(it, grant, 60, 40)
    idea = grant.application.idea_id

    assert [release_next(idea, **it.doing()) for _ in range(3)] == [60_00, 40_00, 0]
    assert kronor(grant) == (100, 100, 0, 0)


def test_a_report_does_not_release_what_the_grant_no_longer_holds(it):
    grant = it.project(100)
    plan(it, grant, 60)
    release_part(grant.pk, amount_minor=80_00, **it.doing())
    assert release_next(grant.application.idea_id, **it.doing()) == 20_00
    assert release_next(grant.application.idea_id, **it.doing()) == 0


def test_a_part_whose_day_has_come_where_the_fund_is_goes_out_by_itself_and_once(it):
    grant = it.project(100)
    plan(it, grant, 60, after=After.DAY, day=date(2027, 1, 1))
    plan(it, it.project(100), 60)  # waits for a report
    before, after = (
        datetime(2026, 12, 31, 22, 59, tzinfo=UTC),  # 23.59 in Stockholm
        datetime(2026, 12, 31, 23, 0, tzinfo=UTC),
    )

    assert release_due(at=before) == 0
    assert release_due(at=after) == 1
    assert release_due(at=after + timedelta(days=1)) == 0

    assert rows(grant) == [("released", 60)]
    assert Posting.objects.get(grant=grant).by is None


def test_the_clock_leaves_a_closed_year_alone(it):
    grant = it.project(100)
    plan(it, grant, 60, after=After.DAY, day=date(2027, 1, 1))
    close(it.pot)
    assert release_due(at=NOON + timedelta(days=200)) == 0


# --- Used and given back ----------------------------------------------------------------------


def test_what_is_spent_since_the_start_is_booked_as_its_difference(it):
    grant = it.project(100, released=80)
    idea = grant.application.idea_id

    for spent in (30, 30, 50, 45):
        book_used(idea, total_spent_minor=spent * 100, reason="Rapport", **it.doing())

    assert rows(grant) == [("released", 80), ("used", 30), ("used", 20), ("used", -5)]
    told = last(grant.application).data
    assert (told["before_minor"], told["after_minor"]) == (50_00, 45_00)
    with pytest.raises(MoreThanReleased):
        book_used(idea, total_spent_minor=81_00, **it.doing())


def test_what_is_spent_goes_over_all_rounds_of_the_idea_in_the_order_of_years(it):
    early = it.project(100, released=50)
    again = ApplicationFactory(
        idea=early.application.idea, round__programme=it.fund, round__project_year=2028
    )
    late = Grant.objects.create(application=again, year=2028, amount_minor=100_00, currency="SEK")
    release_part(late.pk, amount_minor=40_00, **it.doing())
    Grant.objects.create(application=again, year=2028, amount_minor=9_00, currency="EUR")

    book_used(early.application.idea_id, total_spent_minor=70_00, **it.doing())

    assert (kronor(early)[2], kronor(late)[2]) == (50, 20)


def test_where_nothing_was_granted_nothing_is_booked(it):
    with pytest.raises(NothingGranted):
        book_used(it.application().idea_id, total_spent_minor=1, **it.doing())


def test_what_comes_back_is_free_again(it):
    grant = it.project(100, released=80)
    book_used(grant.application.idea_id, total_spent_minor=50_00, **it.doing())

    return_unused(grant.pk, amount_minor=30_00, reason="Blev över", **it.doing())

    assert kronor(grant) == (100, 80, 50, 30)
    assert last(grant.application).data["into_year"] == 2027
    with pytest.raises(MoreThanReleased) as refused:
        return_unused(grant.pk, amount_minor=1, reason="x", **it.doing())
    assert refused.value == MoreThanReleased(sum=Money(1, "SEK"), left=Money(0, "SEK"))


def test_what_comes_back_after_closing_goes_to_the_first_open_year(it):
    grant = it.project(100, released=80)
    close(it.pot)
    close(PotFactory(programme=it.fund, year=2028, amount_minor=0))

    return_unused(grant.pk, amount_minor=30_00, reason="Blev över", **it.doing())

    year_2029 = Pot.objects.get(programme=it.fund, year=2029)
    assert (year_2029.amount_minor, year_2029.cap_minor) == (0, it.pot.cap_minor)
    assert rows(year_2029) == [("carried_in", 30)]
    assert rows(it.pot) == [("carried_out", -30)]
    assert len(set(Posting.objects.exclude(move=None).values_list("move", flat=True))) == 1
    assert last(grant.application).data["into_year"] == 2029


def test_a_round_from_a_table_without_a_pot_takes_its_money_back(it):
    grant = it.project(100, released=80)
    Grant.objects.filter(pk=grant.pk).update(year=2019)
    return_unused(grant.pk, amount_minor=30_00, reason="Blev över", **it.doing())
    assert kronor(grant)[3] == 30


# --- Moved ------------------------------------------------------------------------------------


def test_unused_money_moves_to_the_next_year_with_its_project_and_its_plan(it):
    grant = it.project(100, released=60)
    plan(it, grant, 40)
    book_used(grant.application.idea_id, total_spent_minor=50_00, **it.doing())

    transfer_to_next_year(grant.pk, amount_minor=45_00, reason="Försenad", **it.doing())

    later = Grant.objects.get(application=grant.application, year=2028)
    pot_2028 = Pot.objects.get(programme=it.fund, year=2028)
    assert later.amount_minor == 0
    assert (kronor(grant), kronor(later)) == ((55, 55, 50, 0), (45, 5, 0, 0))
    assert (planned(grant), planned(later)) == ([], [40])
    assert (pot_kronor(it.pot), pot_kronor(pot_2028)) == (499_955, 45)
    moves = Posting.objects.exclude(move=None)
    assert moves.count() == 6
    assert len(set(moves.values_list("move", flat=True))) == 1
    assert last(grant.application).verb == "funding.money_moved"


def test_money_moves_to_a_grant_and_a_pot_that_are_there(it):
    PotFactory(programme=it.fund, year=2028, amount_minor=10_00)
    grant = it.project(100)
    for _ in range(2):
        transfer_to_next_year(grant.pk, amount_minor=10_00, reason="Försenad", **it.doing())
    assert kronor(Grant.objects.get(application=grant.application, year=2028)) == (20, 0, 0, 0)


def test_money_does_not_move_out_of_nothing(it):
    grant = it.project(100, released=60)
    for minor, refusal in ((101_00, MoreThanReleased), (0, NothingToWrite)):
        with pytest.raises(refusal):
            transfer_to_next_year(grant.pk, amount_minor=minor, reason="x", **it.doing())
    PotFactory(programme=it.fund, year=2028, currency="EUR")
    with pytest.raises(MixedCurrencies):
        transfer_to_next_year(grant.pk, amount_minor=1_00, reason="x", **it.doing())
    it.pot.delete()
    with pytest.raises(NoPotToMoveFrom):
        transfer_to_next_year(grant.pk, amount_minor=1_00, reason="x", **it.doing())
    assert rows(grant) == [("released", 60)]


# --- The pot ----------------------------------------------------------------------------------


def test_a_pot_grows_and_shrinks_by_rows_with_reasons(it):
    add_to_pot(it.fund.pk, year=2027, amount_minor=50_000_00, reason="Ombudget", **it.doing())
    add_to_pot(it.fund.pk, year=2027, amount_minor=-10_000_00, reason="Sparkrav", **it.doing())

    assert Pot.objects.with_total().get(pk=it.pot.pk).total_minor == 540_000_00
    told = last(it.fund).data
    assert (told["before_minor"], told["after_minor"]) == (550_000_00, 540_000_00)
    with pytest.raises(PotTooSmall):
        add_to_pot(it.fund.pk, year=2027, amount_minor=-540_000_01, reason="x", **it.doing())
    with pytest.raises(PotTooSmall):
        add_to_pot(it.fund.pk, year=2027, amount_minor=-(10**12), reason="x", **it.doing())


def test_a_pot_is_not_set_lower_than_what_has_left_it(it):
    add_to_pot(it.fund.pk, year=2027, amount_minor=-400_000_00, reason="Sparkrav", **it.doing())
    with pytest.raises(PotTooSmall) as refused:
        set_pot(it.fund.pk, year=2027, amount_minor=399_999_00, **it.doing())
    assert refused.value.field == "amount_minor"
    set_pot(it.fund.pk, year=2027, amount_minor=400_000_00, **it.doing())
    assert pot_kronor(it.pot) == 0
