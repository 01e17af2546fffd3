"""The sums of the ledger, against a naive twin that only keeps the rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.ledger import (
    Account,
    AlreadySpent,
    BadRow,
    BelowZero,
    Fate,
    Kind,
    LessThanReleased,
    MoreThanGranted,
    MoreThanReleased,
    NothingToWrite,
    PotTooSmall,
    Purse,
    first_part,
    moving,
    settle,
    spread,
    total,
)
from idesluss.logic.money import Money

OF_GRANT = (Kind.CHANGED, Kind.RELEASED, Kind.USED, Kind.RETURNED)
OF_POT = (Kind.ADDED, Kind.CARRIED_IN, Kind.CARRIED_OUT, Kind.HANDED_BACK)
rows_of_grant = st.lists(st.tuples(st.sampled_from(OF_GRANT), st.integers(-60, 60)), max_size=25)
rows_of_pot = st.lists(st.tuples(st.sampled_from(OF_POT), st.integers(-60, 60)), max_size=25)


def account(decided=100, **sums):
    return Account(currency="SEK", decided=decided, **sums)


def added(rows, kind):
    """The naive twin: nothing but the rows, added up every time."""
    return sum(minor for one, minor in rows if one is kind)


def is_sound(decided, rows):
    changed, released, used, returned = (added(rows, kind) for kind in OF_GRANT)
    return used >= 0 and returned >= 0 and used + returned <= released <= decided + changed


def played(decided, wishes):
    """An account after all wishes that it takes, and the rows that were written."""
    one, rows = account(decided), []
    for kind, minor in wishes:
        try:
            one = one.after(kind, minor)
        except BadRow:
            continue
        rows.append((kind, minor))
    return one, rows


@given(st.integers(0, 100), rows_of_grant)
def test_a_row_is_taken_exactly_when_the_rows_stay_sound(decided, wishes):
    one, rows = account(decided), []
    for kind, minor in wishes:
        sound = bool(minor) and is_sound(decided, [*rows, (kind, minor)])
        try:
            one = one.after(kind, minor)
        except BadRow:
            assert not sound
        else:
            assert sound
            rows.append((kind, minor))


@given(st.integers(0, 100), rows_of_grant)
def test_every_sum_is_that_of_its_rows(decided, wishes):
    one, rows = played(decided, wishes)
    sums = (one.changed, one.released, one.used, one.returned)
    assert sums == tuple(added(rows, kind) for kind in OF_GRANT)
    assert one.rows == len(rows)
    assert one.granted == decided + added(rows, Kind.CHANGED)
    assert one.unreleased + one.unused + one.used == one.bound
    assert min(one.unreleased, one.unused, one.bound) >= 0


@given(st.lists(st.tuples(st.integers(0, 100), rows_of_grant), max_size=4))
def test_several_accounts_added_up_are_their_rows_added_up(several):
    played_out = [played(decided, wishes) for decided, wishes in several]
    whole = total((one for one, _ in played_out), "SEK")
    rows = [row for _, of_one in played_out for row in of_one]
    assert whole.decided == sum(decided for decided, _ in several)
    assert (whole.changed, whole.released, whole.used, whole.returned) == tuple(
        added(rows, kind) for kind in OF_GRANT
    )
    assert whole.rows == len(rows)
    assert whole.holds


@given(st.integers(0, 100), rows_of_pot)
def test_a_pot_is_what_was_set_aside_and_its_rows_and_never_below_zero(set_aside, wishes):
    pot, rows = Purse(currency="SEK", set_aside=set_aside), []
    for kind, minor in wishes:
        sound = bool(minor) and set_aside + sum(m for _, m in rows) + minor >= 0
        try:
            pot = pot.after(kind, minor)
        except BadRow:
            assert not sound
        else:
            assert sound
            rows.append((kind, minor))
    assert pot.total == set_aside + sum(minor for _, minor in rows)
    sums = (pot.added, pot.carried_in, pot.carried_out, pot.handed_back)
    assert sums == tuple(added(rows, kind) for kind in OF_POT)


@pytest.mark.parametrize(
    ("kind", "minor", "refusal"),
    [
        (Kind.CHANGED, -45, LessThanReleased(granted=Money(55, "SEK"), released=Money(60, "SEK"))),
        (Kind.CHANGED, -300, LessThanReleased(granted=Money(0, "SEK"), released=Money(60, "SEK"))),
        (Kind.RELEASED, 41, MoreThanGranted(sum=Money(41, "SEK"), left=Money(40, "SEK"))),
        (Kind.RELEASED, -31, AlreadySpent(sum=Money(31, "SEK"), left=Money(30, "SEK"))),
        (Kind.USED, 31, MoreThanReleased(sum=Money(31, "SEK"), left=Money(30, "SEK"))),
        (Kind.USED, -21, BelowZero(sum=Money(21, "SEK"), booked=Money(20, "SEK"))),
        (Kind.RETURNED, 31, MoreThanReleased(sum=Money(31, "SEK"), left=Money(30, "SEK"))),
        (Kind.RETURNED, -11, BelowZero(sum=Money(11, "SEK"), booked=Money(10, "SEK"))),
        (Kind.USED, 0, NothingToWrite()),
    ],
)
def test_a_refusal_says_how_much_there_is(kind, minor, refusal):
    one = account(released=60, used=20, returned=10, rows=3)
    with pytest.raises(BadRow) as refused:
        one.after(kind, minor)
    assert refused.value == refusal


def test_a_pot_says_what_it_holds():
    with pytest.raises(PotTooSmall) as refused:
        Purse(currency="SEK", set_aside=50).after(Kind.HANDED_BACK, -51)
    assert refused.value == PotTooSmall(total=Money(50, "SEK"))


def test_rows_of_the_other_sort_are_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="not about a grant"):
        account().after(Kind.ADDED, 1)
    with pytest.raises(ValueError, match="not about a pot"):
        Purse(currency="SEK", set_aside=5).after(Kind.USED, 1)


def test_what_a_table_tells_is_granted_and_nothing_more_is_known():
    assert not account().is_known
    assert account().after(Kind.RELEASED, 100).is_known


# --- Parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "percent", "first"),
    [
        (100_000_00, 50, 50_000_00),
        (60_900_00, 33, 20_097_00),
        (25_000_50, 50, 12_500_00),
        (25_000_50, 100, 25_000_50),
        (1_00, 50, 0),
        (100_000_00, 0, 0),
    ],
)
def test_the_first_part_is_whole_kronor_and_all_is_all(amount, percent, first):
    assert first_part(amount, percent) == first


# --- What is used, over several years ---------------------------------------------------------

accounts = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(
        lambda it: account(sum(it), released=sum(it), used=it[0])
    ),
    max_size=4,
)


@given(accounts, st.integers(0, 200))
def test_what_is_spent_is_spread_in_order_and_comes_to_the_whole(several, spent):
    has = sum(one.released for one in several)
    try:
        found = spread(several, spent)
    except MoreThanReleased:
        assert spent > has
        return
    assert sum(one.used for one in several) + sum(found) == spent
    after = [
        one.after(Kind.USED, minor) if minor else one
        for one, minor in zip(several, found, strict=True)
    ]
    if any(minor > 0 for minor in found):
        last = max(number for number, minor in enumerate(found) if minor)
        assert all(one.unused == 0 for one in after[:last])
    if any(minor < 0 for minor in found):
        first = min(number for number, minor in enumerate(found) if minor)
        assert all(one.used == 0 for one in after[first + 1 :])


def test_nobody_spends_less_than_nothing():
    with pytest.raises(BelowZero):
        spread([account(released=10)], -1)
    with pytest.raises(MoreThanReleased):
        spread([], 1)
    assert spread([], 0) == []


# --- Moving and settling ----------------------------------------------------------------------


@given(st.integers(0, 100), rows_of_grant, st.integers(1, 150))
def test_money_that_moves_leaves_both_years_sound_and_the_project_with_what_it_had(
    decided, wishes, amount
):
    one, _ = played(decided, wishes)
    left = one.unreleased + one.unused
    try:
        move = moving(one, amount)
    except MoreThanReleased:
        assert amount > left
        return
    before, new = one, account(0)
    for kind, minor in move.rows:
        one = one.after(kind, minor)
    for kind, minor in move.moved:
        new = new.after(kind, minor)
    assert one.granted + new.granted == before.granted
    assert one.unused + new.unused == before.unused
    assert (one.used, one.returned) == (before.used, before.returned)
    assert move.carried == amount == before.bound - one.bound


def test_nothing_cannot_move():
    with pytest.raises(NothingToWrite):
        moving(account(), 0)


@given(st.integers(0, 100), rows_of_grant, st.sampled_from([Fate.TRANSFER, Fate.RETURN]))
def test_a_settled_account_has_nothing_left_and_binds_what_was_used(decided, wishes, fate):
    one, _ = played(decided, wishes)
    for kind, minor in settle(one, fate).rows:
        one = one.after(kind, minor)
    assert (one.unreleased, one.unused) == (0, 0)
    assert one.bound == one.used


def test_what_is_left_open_stays_as_it_is():
    assert settle(account(released=60), Fate.LEAVE).rows == ()
    assert settle(account(released=60), Fate.LEAVE).carried == 0
