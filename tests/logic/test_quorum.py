import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.quorum import CannotDecide, Item, Seat, item, majority_of

ANNA, BO, CISSI, DAN, EVA, FRED = range(1, 7)
GROUP = (Seat(ANNA), Seat(BO), Seat(CISSI))
WITH_DEPUTIES = (*GROUP, Seat(DAN, deputy_for=BO), Seat(EVA, deputy_for=BO), Seat(FRED, CISSI))


def test_a_whole_group_decides_led_by_its_chair():
    assert item(GROUP, present={ANNA, BO, CISSI}, quorum=2) == Item(
        quorum=2,
        present=(ANNA, BO, CISSI),
        recused=(),
        voting=(ANNA, BO, CISSI),
        serving=(),
        chair=ANNA,
        substituted=False,
    )


def test_a_recused_member_is_counted_out_of_the_quorum():
    decided = item(GROUP, present={ANNA, BO, CISSI}, recused={BO}, quorum=3)
    assert decided.voting == (ANNA, CISSI)
    assert decided.recused == (BO,)
    assert decided.present == (ANNA, BO, CISSI)
    assert decided.missing == 1
    assert not decided.may_decide
    assert decided.problem == CannotDecide(voting=2, quorum=3)


def test_just_enough_members_may_decide():
    decided = item(GROUP, present={ANNA, BO, CISSI}, recused={BO}, quorum=2)
    assert decided.missing == 0
    assert decided.may_decide
    assert decided.problem is None


def test_when_the_chair_is_recused_the_next_in_order_leads():
    decided = item(GROUP, present={ANNA, BO, CISSI}, recused={ANNA}, quorum=2)
    assert (decided.chair, decided.substituted) == (BO, True)


def test_when_the_chair_is_away_the_next_who_is_there_leads():
    decided = item(GROUP, present={CISSI}, quorum=1)
    assert (decided.chair, decided.substituted) == (CISSI, True)


def test_the_chair_need_not_be_the_first():
    decided = item(GROUP, present={ANNA, BO, CISSI}, quorum=1, chair=BO)
    assert (decided.chair, decided.substituted) == (BO, False)
    decided = item(GROUP, present={ANNA, BO, CISSI}, recused={BO}, quorum=1, chair=BO)
    assert (decided.chair, decided.substituted) == (ANNA, True)


def test_nobody_leads_when_nobody_votes():
    decided = item(GROUP, present={ANNA}, recused={ANNA, BO, CISSI}, quorum=1)
    assert (decided.chair, decided.substituted, decided.voting) == (None, False, ())
    assert decided.recused == (ANNA, BO, CISSI)
    assert decided.problem == CannotDecide(voting=0, quorum=1)


def test_a_body_without_seats_decides_nothing():
    assert item((), present=(), quorum=1).problem == CannotDecide(voting=0, quorum=1)


def test_a_deputy_votes_only_for_one_who_is_away_or_recused():
    everybody = {ANNA, BO, CISSI, DAN, EVA, FRED}
    assert item(WITH_DEPUTIES, present=everybody, quorum=1).voting == (ANNA, BO, CISSI)
    away = item(WITH_DEPUTIES, present=everybody - {BO}, quorum=1)
    assert (away.voting, away.serving) == ((ANNA, CISSI, DAN), ((DAN, BO),))
    recused = item(WITH_DEPUTIES, present=everybody, recused={CISSI}, quorum=1)
    assert (recused.voting, recused.serving) == ((ANNA, BO, FRED), ((FRED, CISSI),))


def test_the_next_deputy_serves_when_the_first_is_recused_too():
    decided = item(WITH_DEPUTIES, present={ANNA, DAN, EVA}, recused={BO, DAN}, quorum=2)
    assert (decided.voting, decided.serving) == ((ANNA, EVA), ((EVA, BO),))


def test_a_deputy_serves_one_place_only():
    seats = (Seat(ANNA), Seat(BO), Seat(DAN, ANNA), Seat(DAN, BO))
    decided = item(seats, present={DAN}, quorum=1)
    assert (decided.voting, decided.serving) == ((DAN,), ((DAN, ANNA),))


def test_a_member_does_not_serve_for_another_member():
    seats = (Seat(ANNA), Seat(BO), Seat(BO, deputy_for=ANNA))
    decided = item(seats, present={BO}, quorum=1)
    assert (decided.voting, decided.serving) == ((BO,), ())


def test_a_deputy_leads_if_nobody_else_votes():
    decided = item(WITH_DEPUTIES, present={DAN}, quorum=1)
    assert (decided.chair, decided.substituted) == (DAN, True)


@pytest.mark.parametrize(
    "strange", [{"present": {9}}, {"present": {ANNA}, "recused": {9}}, {"present": (), "chair": 9}]
)
def test_somebody_without_a_seat_is_a_mistake(strange):
    with pytest.raises(ValueError, match=r"no seat for \[9\]"):
        item(GROUP, quorum=1, **strange)


def test_a_quorum_is_at_least_one():
    with pytest.raises(ValueError, match="a quorum is at least one"):
        item(GROUP, present={ANNA}, quorum=0)


@pytest.mark.parametrize(("members", "majority"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (11, 6)])
def test_a_majority_is_more_than_half(members, majority):
    assert majority_of(members) == majority


people = st.integers(1, 8)
groups = st.lists(
    st.builds(Seat, people, st.none() | people),
    min_size=1,
    max_size=8,
    unique_by=lambda s: s.member,
)


@given(st.data(), groups, st.integers(1, 5))
def test_voters_are_there_and_impartial_and_no_more_than_the_places(data, seats, quorum):
    members = sorted(seat.member for seat in seats)
    present = data.draw(st.sets(st.sampled_from(members)))
    recused = data.draw(st.sets(st.sampled_from(members)))
    decided = item(seats, present=present, recused=recused, quorum=quorum)

    own_right = {seat.member for seat in seats if seat.deputy_for is None}
    assert set(decided.voting) <= present - recused
    assert own_right & present - recused <= set(decided.voting)
    assert len(set(decided.voting)) == len(decided.voting) <= max(len(own_right), 0)
    assert list(decided.voting) == [s.member for s in seats if s.member in decided.voting]
    assert decided.may_decide == (len(decided.voting) >= quorum) == (decided.problem is None)
    assert (decided.chair in decided.voting) == bool(decided.voting)
    for deputy, member in decided.serving:
        assert Seat(deputy, member) in seats
        assert member in own_right
        assert member not in present or member in recused
    places_filled = [member for _, member in decided.serving]
    assert len(set(places_filled)) == len(places_filled)
