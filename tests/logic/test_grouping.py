"""What is alike comes together in small groups, the strongest pairs first."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.grouping import groups

NUMBERS = st.integers(1, 9)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from([0.2, 0.5, 0.5, 0.9])), max_size=14)
SIZES = st.integers(1, 6)


def naive(pairs, most):
    """The same with sets that are looked through from the beginning for every pair."""
    sets = [{number} for number in {it for a, b, _ in pairs for it in (a, b)}]
    left = {(-weight, min(a, b), max(a, b)) for a, b, weight in pairs}
    while left:
        strongest = min(left)
        left.remove(strongest)
        [one] = [it for it in sets if strongest[1] in it]
        [two] = [it for it in sets if strongest[2] in it]
        if one != two and len(one | two) <= most:
            sets = [it for it in sets if it not in (one, two)] + [one | two]
    return sorted(tuple(sorted(it)) for it in sets if len(it) > 1)


def test_pairs_that_share_a_number_become_one_group():
    assert groups([(1, 2, 0.9), (2, 3, 0.8), (7, 5, 0.5)], 10) == [(1, 2, 3), (5, 7)]


def test_a_weak_link_between_two_full_groups_is_cut():
    strong = [(1, 2, 0.9), (3, 4, 0.9)]
    assert groups([*strong, (2, 3, 0.5)], 3) == [(1, 2), (3, 4)]
    assert groups([*strong, (2, 3, 0.5)], 4) == [(1, 2, 3, 4)]


def test_a_number_is_not_like_itself():
    assert groups([(1, 1, 2.0)], 4) == []


@given(PAIRS, SIZES)
def test_clever_equals_naive(pairs, most):
    assert groups(pairs, most) == naive(pairs, most)


@given(PAIRS, SIZES, st.randoms())
def test_the_order_of_the_pairs_does_not_matter(pairs, most, chance):
    mixed = [(b, a, weight) if chance.random() < 0.5 else (a, b, weight) for a, b, weight in pairs]
    chance.shuffle(mixed)
    assert groups(mixed, most) == groups(pairs, most)


@given(PAIRS, PAIRS, SIZES)
def test_what_is_not_connected_can_be_grouped_by_itself(here, there, most):
    far = [(a + 100, b + 100, weight) for a, b, weight in there]
    both = groups([*here, *far], most)
    assert both == sorted([*groups(here, most), *groups(far, most)])


@given(PAIRS, SIZES)
def test_nobody_stands_in_two_groups_and_no_group_is_too_large(pairs, most):
    found = groups(pairs, most)
    everybody = list(itertools.chain.from_iterable(found))
    assert len(everybody) == len(set(everybody))
    assert all(2 <= len(it) <= most for it in found)
