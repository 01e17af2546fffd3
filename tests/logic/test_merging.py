from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.merging import Clash, Merged, fingerprint, fingerprints, merge

SEEN = fingerprints({"title": "Elmotorer", "need": "Backarna."})


def test_what_only_the_writer_changed_is_written():
    now = {"title": "Elmotorer", "need": "Backarna."}

    merged = merge(now, {"title": "Elcyklar", "need": "Backarna."}, SEEN)

    assert merged == Merged({"title": "Elcyklar"}, {})


def test_what_only_somebody_else_changed_is_left_as_they_want_it():
    now = {"title": "Elmotorer", "need": "Backarna och vinden."}

    assert merge(now, {"title": "Elmotorer", "need": "Backarna."}, SEEN) == Merged()


def test_two_people_who_change_different_fields_both_get_their_way():
    now = {"title": "Elmotorer", "need": "Backarna och vinden."}

    merged = merge(now, {"title": "Elcyklar", "need": "Backarna."}, SEEN)

    assert merged == Merged({"title": "Elcyklar"}, {})


def test_two_who_change_the_same_field_differently_are_asked():
    now = {"title": "Motorer", "need": "Backarna."}

    merged = merge(now, {"title": "Elcyklar", "need": "Backarna."}, SEEN)

    assert merged == Merged({}, {"title": Clash(theirs="Motorer", mine="Elcyklar")})


def test_two_who_make_the_same_change_agree():
    assert merge({"title": "Elcyklar"}, {"title": "Elcyklar"}, SEEN) == Merged()


def test_a_field_that_was_never_seen_is_not_overwritten():
    merged = merge({"title": "Elmotorer"}, {"title": "Elcyklar"}, {})

    assert merged == Merged({}, {"title": Clash(theirs="Elmotorer", mine="Elcyklar")})


def test_a_field_that_does_not_exist_is_a_mistake_in_the_program():
    with pytest.raises(KeyError):
        merge({}, {"title": "Elcyklar"}, SEEN)


VALUES = st.one_of(
    st.text(max_size=5),
    st.none(),
    st.integers(),
    st.dates(),
    st.lists(st.integers(), max_size=3).map(tuple),
    st.lists(st.tuples(st.text(max_size=3), st.integers()), max_size=3).map(tuple),
)


@given(VALUES, VALUES)
def test_fingerprints_are_alike_when_values_are(one, other):
    alike = one == other or (isinstance(one, date) and str(one) == other)
    alike = alike or (isinstance(other, date) and str(other) == one)
    assert (fingerprint(one) == fingerprint(other)) is alike


@given(*[st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz")) for _ in range(3)])
def test_nobodys_words_are_lost(before, theirs, mine):
    now = {name: theirs.get(name, before.get(name, "")) for name in "abc"}
    wanted = {name: mine.get(name, before.get(name, "")) for name in "abc"}
    seen = fingerprints({name: before.get(name, "") for name in "abc"})

    merged = merge(now, wanted, seen)
    after = {**now, **merged.changes}

    for name in "abc":
        said = {words.get(name, before.get(name, "")) for words in (theirs, mine)}
        new = said - {before.get(name, "")}
        shown = {after[name]}
        if clash := merged.clashes.get(name):
            shown |= {clash.theirs, clash.mine}
        assert new <= shown
