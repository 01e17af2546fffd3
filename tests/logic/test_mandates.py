from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.mandates import Mandate, NoMandate, OverTheLimit, OverTheMandate, falls_under
from idesluss.logic.money import Money

CHAIR = Mandate(1, "Ordföranden", 25_000_00, "KS 2026 § 12")
GROUP = Mandate(2, "Ledningsgruppen", 100_000_00)
BOARD = Mandate(3, "Kommunstyrelsen")


def test_a_case_falls_under_the_smallest_right_that_covers_it():
    rights = [BOARD, GROUP, CHAIR]
    assert falls_under(25_000_00, rights) == CHAIR
    assert falls_under(25_000_01, rights) == GROUP
    assert falls_under(100_000_01, rights) == BOARD
    assert falls_under(None, rights) == BOARD


def test_what_no_right_covers_falls_under_the_largest():
    assert falls_under(500_000_00, [CHAIR, GROUP]) == GROUP
    assert falls_under(None, [GROUP, CHAIR]) == GROUP
    assert falls_under(1_00, []) is None


def test_more_than_the_right_is_refused_with_what_it_was_given_by():
    assert CHAIR.problem(25_000_00, "SEK") is None
    assert BOARD.problem(10**12, "SEK") is None
    refusal = CHAIR.problem(25_000_01, "SEK")
    limit = Money(25_000_00, "SEK")
    assert refusal == OverTheMandate(body="Ordföranden", limit=limit, reference="KS 2026 § 12")
    assert GROUP.problem(100_000_01, "SEK") == OverTheLimit(
        body="Ledningsgruppen", limit=Money(100_000_00, "SEK")
    )


def test_a_right_that_was_taken_back_grants_nothing():
    gone = Mandate(4, "Nämnden", 0)
    assert gone.problem(1, "SEK") == NoMandate(body="Nämnden")
    assert gone.problem(0, "SEK") is None


@given(st.integers(0, 100), st.lists(st.none() | st.integers(1, 100), max_size=5))
def test_no_smaller_right_would_have_covered_the_case(asked, limits):
    rights = [Mandate(number, f"Organ {number}", limit) for number, limit in enumerate(limits)]
    found = falls_under(asked, rights)
    covering = [it for it in rights if it.up_to_minor is None or it.up_to_minor >= asked]
    if covering:
        sizes = [it.up_to_minor if it.up_to_minor is not None else 10**9 for it in covering]
        assert found in covering
        assert (found.up_to_minor if found.up_to_minor is not None else 10**9) == min(sizes)
    else:
        assert found is None or found.up_to_minor == max(limits)
