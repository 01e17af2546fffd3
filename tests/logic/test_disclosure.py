"""No hidden count can be computed from what is shown, not even by one who knows the method."""

from collections import defaultdict
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from idesluss.logic.disclosure import LEAST, hidden, hidden_in_any, small

counts = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 60)), min_size=2, max_size=7)


def answer(table):
    """Everything that a reader sees of a spread: what is hidden, the total, and the rest."""
    shut = hidden(table)
    return shut, sum(table), tuple(n for place, n in enumerate(table) if place not in shut)


@pytest.mark.parametrize(("groups", "most"), [(2, 26), (3, 16), (4, 12), (5, 8)])
def test_whoever_tries_all_tables_that_answer_like_this_is_left_with_several(groups, most):
    tables = defaultdict(list)
    for table in product(range(most), repeat=groups):
        tables[answer(table)].append(table)
    told = [
        (seen, place)
        for seen, same in tables.items()
        if seen[1] - sum(seen[2]) < most  # all tables that answer so are among those tried
        for place in seen[0]
        if len({table[place] for table in same}) < 2
    ]
    assert told == []


@given(counts)
def test_a_small_count_is_never_shown(table):
    shut = hidden(table)
    assert all(place in shut for place, count in enumerate(table) if 0 < count < LEAST)


@given(counts)
def test_what_is_hidden_could_be_another_table_with_the_same_total(table):
    shut = sorted(hidden(table))
    assume(shut)
    total = sum(table[place] for place in shut)
    assert len(shut) >= 2
    assert total > 0
    for place in shut:
        others = sum(table[it] for it in shut if it != place)
        assert table[place] > 0 or others > 0  # something can be moved between them


@given(counts)
def test_nothing_is_hidden_where_no_group_is_small_and_none_is_thin(table):
    assume(sum(table) == 0 or sum(table) >= 2 * len(table))
    if not any(0 < count < LEAST for count in table):
        assert hidden(table) == frozenset()


def rank(rows):
    """Rank of a matrix, by elimination in exact fractions."""
    left = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left = [
            *left[:found],
            pivot,
            *(
                [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
                for row in left[found:]
            ),
        ]
        found += 1
    return found


@given(
    st.integers(2, 5).flatmap(
        lambda groups: st.lists(
            st.lists(st.integers(0, 9), min_size=groups, max_size=groups), min_size=1, max_size=3
        )
    )
)
def test_no_sum_of_years_totals_and_shown_counts_gives_a_hidden_one_away(rounds):
    """The reader knows each round's total, each count of a round that is not hidden in it, and
    the sums of the year that are shown; no linear combination of them is a hidden count."""
    groups = len(rounds[0])
    unknowns = len(rounds) * groups

    def row(cells):
        return [int(place in cells) for place in range(unknowns)]

    shut = [hidden(one) for one in rounds]
    year = hidden_in_any(rounds)
    known = [row({turn * groups + it for it in range(groups)}) for turn in range(len(rounds))]
    known += [
        row({turn * groups + group for turn in range(len(rounds))})
        for group in set(range(groups)) - year
    ]
    for turn, one in enumerate(shut):
        known += [row({turn * groups + it}) for it in range(groups) if it not in one]
    before = rank(known)
    for turn, one in enumerate(shut):
        for group in one:
            assert group in year
            assert rank([*known, row({turn * groups + group})]) == before + 1


def test_three_departments_of_which_one_is_small_hide_the_next_larger_too():
    assert hidden([3, 12, 20]) == {0, 1}


def test_a_department_of_exactly_five_is_shown():
    assert hidden([5, 12, 20]) == frozenset()


def test_equals_are_hidden_together():
    assert hidden([20, 20, 4, 31]) == {0, 1, 2}


def test_a_thin_spread_is_hidden_whole_with_its_noughts():
    assert hidden([3, 0, 0, 0]) == {0, 1, 2, 3}


def test_nothing_in_it_is_nothing_to_hide():
    assert hidden([0, 0, 0]) == frozenset()


def test_one_group_alone_is_no_spread():
    with pytest.raises(ValueError, match="at least two groups"):
        hidden([7])


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        hidden([7, -1])


def test_small_is_below_five_and_above_nought():
    assert [small(count) for count in (0, 1, 4, 5)] == [False, True, True, False]
