"""Whom to ask, until when, and what silence comes to."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.endorsing import (
    Outcome,
    Post,
    after_silence,
    due,
    is_to_be_reminded,
    line,
    reminders,
    whom_to_ask,
)

SWEDEN = ZoneInfo("Europe/Stockholm")
MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=UTC)
WARD, CARE, SCHOOL = 1, 2, 3
PARENTS = {WARD: CARE, CARE: None, SCHOOL: None}
BO, EVA, ALI, SIV, KIM = 11, 12, 13, 14, 15
BOSS_OF_WARD = Post(1, BO, WARD)
BOSS_OF_CARE = Post(2, EVA, CARE)
BOSS_OF_ALL = Post(3, ALI, None)
EVERYBODY = [BOSS_OF_WARD, BOSS_OF_CARE, BOSS_OF_ALL]


def ask(unit=WARD, posts=EVERYBODY, applicants=(SIV,), **more):
    return whom_to_ask(unit, parents=PARENTS, posts=posts, applicants=applicants, **more)


@pytest.mark.parametrize(
    ("unit", "posts", "person"),
    [
        (WARD, EVERYBODY, BO),
        (WARD, [BOSS_OF_CARE, BOSS_OF_ALL], EVA),
        (WARD, [BOSS_OF_ALL], ALI),
        (SCHOOL, EVERYBODY, ALI),
        (None, EVERYBODY, ALI),
        (WARD, [], None),
        (SCHOOL, [BOSS_OF_WARD, BOSS_OF_CARE], None),
    ],
)
def test_the_nearest_manager_in_the_line_is_asked(unit, posts, person):
    assert ask(unit, posts) == person


def test_a_deputy_is_asked_in_the_managers_place_unless_it_is_the_deputy_who_applies():
    posts = [*EVERYBODY, Post(4, KIM, WARD, deputy_for=1)]
    assert ask(posts=posts) == KIM
    assert ask(posts=posts, applicants=[KIM]) == BO
    assert ask(posts=posts, shut=[KIM]) == BO


def test_a_deputy_whose_post_does_not_hold_is_not_asked():
    assert ask(posts=[BOSS_OF_CARE, Post(4, KIM, WARD, deputy_for=1)]) == EVA


def test_nobody_answers_to_their_own_application_the_manager_above_does():
    assert ask(applicants=[SIV, BO]) == EVA
    assert ask(applicants=[EVA]) == ALI  # nor does somebody who answers to whoever applies
    assert ask(applicants=[ALI]) is None


def test_a_deputy_of_the_manager_who_applies_is_not_asked_either():
    assert ask(posts=[*EVERYBODY, Post(4, KIM, WARD, deputy_for=1)], applicants=[BO]) == EVA


def test_after_those_who_were_asked_comes_the_one_above_them():
    assert ask(asked=[BO]) == EVA
    assert ask(asked=[BO, EVA]) == ALI
    assert ask(asked=[BO, EVA, ALI]) is None


def test_somebody_outside_the_line_who_was_asked_leaves_the_line_as_it_is():
    assert ask(asked=[KIM]) == BO
    assert ask(asked=[BO, KIM]) == EVA


def test_whoever_has_a_conflict_of_interest_is_passed_by():
    assert ask(shut=[BO]) == EVA
    two = [*EVERYBODY, Post(9, KIM, WARD)]
    assert ask(posts=two) == BO
    assert ask(posts=two, shut=[BO]) == KIM


def test_units_that_lie_in_a_ring_end_somewhere():
    assert line(1, {1: 2, 2: 1}) == [1, 2, None]
    assert line(7, {}) == [7, None]
    assert line(None, PARENTS) == [None]


# --- Against a slow twin that asks the question the other way round ----------------------------

numbers = st.integers(1, 5)
people = st.integers(11, 16)


@st.composite
def organisations(draw):
    """A tree of units (a parent has a lower number), posts in it, and some of their deputies."""
    parents = {n: draw(st.none() | st.integers(1, n - 1)) if n > 1 else None for n in range(1, 5)}
    own = draw(st.lists(st.tuples(people, st.none() | st.integers(1, 4)), max_size=6))
    posts = [Post(n, person, unit) for n, (person, unit) in enumerate(own, 1)]
    deputies = draw(st.lists(st.tuples(people, st.integers(1, 8)), max_size=4))
    for n, (person, post) in enumerate(deputies, 20):
        at = next((it.unit for it in posts if it.number == post), None)
        posts.append(Post(n, person, at, deputy_for=post))
    return parents, posts


def naive(unit, parents, posts, applicants, asked, shut):
    """Climb step by step, forgetting whom one found whenever a level turns out to be barred."""
    best, places = None, []
    while True:
        places.append(unit)
        here = [post for post in posts if post.unit == unit]
        barred = any(
            post.person in asked or (post.deputy_for is None and post.person in applicants)
            for post in here
        )
        if barred:
            best = None
        elif best is None:
            for own in sorted((it for it in here if it.deputy_for is None), key=lambda p: p.number):
                standing_in = sorted(
                    (it for it in here if it.deputy_for == own.number), key=lambda p: p.number
                )
                free = [
                    it.person
                    for it in [*standing_in, own]
                    if it.person not in applicants | asked | shut
                ]
                if free:
                    best = free[0]
                    break
        if unit is None:
            return best
        unit = parents.get(unit)


@given(
    organisations(),
    st.none() | st.integers(1, 4),
    st.frozensets(people, max_size=3),
    st.frozensets(people, max_size=3),
    st.frozensets(people, max_size=2),
)
def test_the_choice_is_that_of_a_slow_climb(organisation, unit, applicants, asked, shut):
    parents, posts = organisation
    chosen = whom_to_ask(
        unit, parents=parents, posts=posts, applicants=applicants, asked=asked, shut=shut
    )
    assert chosen == naive(unit, parents, posts, applicants, asked, shut)
    assert chosen not in applicants | asked | shut


@given(organisations(), st.none() | st.integers(1, 4), people)
def test_asking_upwards_ends_and_asks_nobody_twice(organisation, unit, applicant):
    parents, posts = organisation
    asked = []
    while (
        chosen := whom_to_ask(
            unit, parents=parents, posts=posts, applicants=[applicant], asked=asked
        )
    ) is not None:
        assert chosen not in asked
        asked.append(chosen)
    assert len(asked) <= len(line(unit, parents))


# --- Until when --------------------------------------------------------------------------------


def last(at, by=None):
    return due(at, by, country="SE", zone=SWEDEN)


def test_without_a_day_of_the_rounds_there_are_ten_working_days():
    assert last(MONDAY) == datetime(2026, 10, 19, 22, 0, tzinfo=UTC)  # the whole of 19 October


def test_the_rounds_own_day_holds_when_it_leaves_two_working_days():
    own = datetime(2026, 10, 7, 22, 0, tzinfo=UTC)
    assert last(MONDAY, own) == own


@pytest.mark.parametrize("hours", [-500, 0, 1, 59])
def test_a_day_that_is_too_near_or_past_gives_five_working_days(hours):
    assert last(MONDAY, MONDAY + timedelta(hours=hours)) == datetime(2026, 10, 12, 22, tzinfo=UTC)


def test_reminders_come_halfway_and_two_working_days_before_the_last_day():
    moments = reminders(MONDAY, last(MONDAY), country="SE", zone=SWEDEN)
    assert moments == [
        datetime(2026, 10, 12, 16, 0, tzinfo=UTC),
        datetime(2026, 10, 15, 6, 0, tzinfo=UTC),  # Thursday at eight, for Monday
    ]


def test_a_reminder_that_would_come_before_the_question_does_not_come():
    ends = MONDAY + timedelta(hours=10)
    assert reminders(MONDAY, ends, country="SE", zone=SWEDEN) == [MONDAY + timedelta(hours=5)]


@given(
    st.integers(1, 60 * 24 * 40),
    st.lists(st.integers(0, 60 * 24 * 45), max_size=30).map(sorted),
)
def test_however_often_the_clock_looks_there_are_at_most_two_reminders(minutes, looks):
    ends = MONDAY + timedelta(minutes=minutes)
    moments = reminders(MONDAY, ends, country="SE", zone=SWEDEN)
    reminded, sent = None, 0
    for look in looks:
        at = MONDAY + timedelta(minutes=look)
        if is_to_be_reminded(at, moments, reminded, ends):
            assert at < ends
            reminded, sent = at, sent + 1
            assert not is_to_be_reminded(at, moments, reminded, ends)
    assert sent <= len(moments) <= 2


def test_two_reminders_that_came_while_nobody_looked_are_one():
    moments, ends = reminders(MONDAY, last(MONDAY), country="SE", zone=SWEDEN), last(MONDAY)
    late = moments[-1] + timedelta(hours=1)
    assert is_to_be_reminded(late, moments, None, ends)
    assert not is_to_be_reminded(late + timedelta(hours=1), moments, late, ends)


# --- Silence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "somebody_above", "outcome"),
    [
        ("escalate", True, Outcome.ASK_ABOVE),
        ("escalate", False, Outcome.WAIT),
        ("yes", True, Outcome.COUNT_AS_YES),
        ("no", False, Outcome.COUNT_AS_NO),
        ("wait", True, Outcome.WAIT),
    ],
)
def test_silence_comes_to_what_the_round_says(rule, somebody_above, outcome):
    assert after_silence(rule, somebody_above=somebody_above) is outcome


def test_a_rule_that_does_not_exist_is_a_mistake():
    with pytest.raises(ValueError, match="perhaps"):
        after_silence("perhaps", somebody_above=True)
