"""Coaches: away and back, talks that are asked for, and everything handed over in one act."""

from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Coach, Idea, Poster, Talk
from idesluss.ideas.reads.coaches import chosen, desk, directory
from idesluss.ideas.reads.receivers import who_takes
from idesluss.ideas.usecases import say
from idesluss.ideas.usecases.coach_cards import Card, write_card
from idesluss.ideas.usecases.coaching import (
    AwayBackwards,
    NoDeputy,
    NotBookable,
    TalkPassed,
    agree_talk,
    ask_talk,
    call_off_talk,
    hold_talk,
    set_away,
)
from idesluss.ideas.usecases.handing_over import hand_over, move_unit
from idesluss.ideas.usecases.owning import CannotHaveIt
from idesluss.ideas.usecases.posters import make_poster
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    DoorFactory,
    OrganisationFactory,
    PersonFactory,
    UnitFactory,
    declare,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db
DAY = NOON.date()
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def there(door):
    return door.organisation


@pytest.fixture
def coach(door):
    return door.receiver


@pytest.fixture
def card(there, coach):
    return write_card(there.pk, coach, Card(skills=["behov"]), by=coach, at=NOON)


@pytest.fixture
def other(there):
    return person_as(Role.COACH, there, name="Ola Ek")


@pytest.fixture
def administrator(there):
    return person_as(Role.ADMINISTRATOR, there)


@pytest.fixture
def asker(there):
    return person_as(Role.EMPLOYEE, there)


def gone(card, deputy=None, **days):
    asked = {"away_from": DAY, "away_until": None, "by": card.person, "at": NOON} | days
    return set_away(card.pk, deputy=deputy, **asked)


def talk(card, asker, **more):
    asked = {"about": "Lyftarna", "wishes": "tisdagar", "by": asker, "at": NOON} | more
    return ask_talk(card.pk, **asked)


# ── The card, and being away ────────────────────────────────────────────────────────────────────


def test_two_who_write_a_card_at_once_lose_nothing(there, coach, card, administrator):
    write_card(there.pk, coach, Card(about="Ett"), by=coach, at=NOON, version=card.version)
    with pytest.raises(ChangedMeanwhile):
        write_card(
            there.pk, coach, Card(about="Två"), by=administrator, at=NOON, version=card.version
        )


def test_what_comes_in_while_a_coach_is_away_goes_to_the_deputy(door, card, other):
    gone(card, other, away_until=DAY + timedelta(days=10))
    assert who_takes(door, None, at=NOON) == other
    assert who_takes(door, None, at=NOON + timedelta(days=10)) == card.person


@pytest.mark.parametrize(
    "days",
    [
        {"away_from": None, "away_until": DAY},
        {"away_until": DAY},
        {"away_until": DAY - timedelta(days=1)},
    ],
)
def test_nobody_is_back_before_they_left(card, days):
    with pytest.raises(AwayBackwards):
        gone(card, **days)


def test_a_deputy_is_somebody_else_who_can_have_a_case(card, asker):
    for deputy in (asker, card.person):
        with pytest.raises(NoDeputy):
            gone(card, deputy)


def test_only_the_coach_and_administrators_say_that_a_coach_is_away(card, other, administrator):
    with pytest.raises(NotAllowed):
        gone(card, by=other)
    assert gone(card, by=administrator).away_from == DAY
    assert gone(card, away_from=None).away_from is None


# ── The directory and the desk ──────────────────────────────────────────────────────────────────


def test_the_directory_shows_how_much_each_has(door, there, coach, card, other):
    care = UnitFactory(organisation=there)
    write_card(there.pk, other, Card(skills=["juridik"], units=[care]), by=other, at=NOON)
    sluice_case(door=door)
    sluice_case("declined", door=door)
    gone(card)
    cards = list(directory(there, at=NOON))
    assert [(it.person, it.load, bool(it.gone)) for it in cards] == sorted(
        [(coach, 1, True), (other, 0, False)], key=lambda it: it[0].name
    )
    elsewhere = UnitFactory(organisation=there)
    assert {it.person for it in chosen(cards, unit=care.pk, skill="")} == {coach, other}
    assert {it.person for it in chosen(cards, unit=elsewhere.pk, skill="")} == {coach}
    assert [it.person for it in chosen(cards, unit=None, skill="juridik")] == [other]


def test_whoever_is_no_coach_any_more_is_not_in_the_directory(there, card):
    card.person.appointments.update(ends=DAY)
    assert not directory(there, at=NOON).exists()


def test_the_desk_sorts_what_is_due_and_says_what_has_gone_quiet(door, there, coach, asker, card):
    late = sluice_case(door=door, next_on=DAY - timedelta(days=1))
    soon = sluice_case(door=door, next_on=DAY + timedelta(days=7))
    later = sluice_case(door=door, next_on=DAY + timedelta(days=8))
    waiting = sluice_case(door=door, waits_for_giver=True)
    sluice_case(door=door, responsible=asker)
    weeks = NOON + timedelta(days=20)
    say(soon.pk, "Hej!", by=coach, at=weeks - timedelta(days=1))
    talk(card, asker)
    found = desk(there, coach, at=NOON)
    assert (found.late, found.soon, found.later) == ([late], [soon], [later])
    assert (found.waiting, [it.asked_by for it in found.talks]) == ([waiting], [asker])
    assert not found.is_empty
    assert desk(there, coach, at=weeks).quiet == {late.pk, later.pk, waiting.pk}
    assert desk(there, asker, at=NOON).is_empty is False
    assert desk(there, PersonFactory(), at=NOON).is_empty


# ── Talks ───────────────────────────────────────────────────────────────────────────────────────


def test_a_talk_is_asked_for_answered_and_held(card, asker):
    asked = talk(card, asker)
    assert (asked.state, asked.coach, asked.answer_by) == ("asked", card.person, date(2026, 10, 7))
    with pytest.raises(TalkPassed):
        agree_talk(asked.pk, agreed_at=NOON, place="", words="", by=card.person, at=NOON)
    agreed = agree_talk(
        asked.pk, agreed_at=TOMORROW, place="Solrosen", words="Vi ses!", by=card.person, at=NOON
    )
    assert (agreed.state, agreed.agreed_at, agreed.place) == ("agreed", TOMORROW, "Solrosen")
    assert hold_talk(asked.pk, by=card.person, at=TOMORROW).state == "held"
    with pytest.raises(AlreadyDone):
        hold_talk(asked.pk, by=card.person, at=TOMORROW)
    assert list(Entry.objects.about(asked).values_list("verb", flat=True)) == [
        "ideas.talk_asked",
        "ideas.talk_agreed",
        "ideas.talk_held",
    ]


def test_the_asker_and_the_coach_may_call_it_off_and_say_why(card, asker, other):
    asked = talk(card, asker)
    with pytest.raises(Missing):
        call_off_talk(asked.pk, why=" ", by=asker, at=NOON)
    with pytest.raises(NotAllowed):
        call_off_talk(asked.pk, why="x", by=other, at=NOON)
    assert call_off_talk(asked.pk, why="Det löste sig", by=asker, at=NOON).state == "called_off"
    assert call_off_talk(talk(card, asker).pk, why="Sjuk", by=card.person, at=NOON).words == "Sjuk"


def test_only_whoever_holds_it_answers_about_a_talk(card, asker, other, administrator):
    asked = talk(card, asker)
    for person in (asker, other):
        with pytest.raises(NotAllowed):
            agree_talk(asked.pk, agreed_at=TOMORROW, place="", words="", by=person, at=NOON)
    agree_talk(asked.pk, agreed_at=TOMORROW, place="", words="", by=administrator, at=NOON)


def test_the_deputy_answers_for_a_coach_who_is_away_and_nobody_for_one_without(card, other, asker):
    gone(card, other)
    assert talk(card, asker).coach == other
    gone(card, None)
    with pytest.raises(NotBookable):
        talk(card, asker)


def test_a_coach_who_takes_no_talks_is_asked_for_none(there, coach, card, asker):
    write_card(there.pk, coach, Card(bookable=False), by=coach, at=NOON)
    with pytest.raises(NotBookable):
        talk(card, asker)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"about": " ", "wishes": ""}, Missing),
        ({"about": "x" * 2001}, TooLong),
        ({"wishes": "x" * 301}, TooLong),
    ],
)
def test_a_talk_is_about_something_and_not_too_long(card, asker, said, refusal):
    with pytest.raises(refusal):
        talk(card, asker, **said)


@pytest.mark.parametrize("said", [{"place": "x" * 201}, {"words": "x" * 2001}])
def test_place_and_answer_are_not_too_long(card, asker, said):
    answer = {"place": "", "words": ""} | said
    with pytest.raises(TooLong):
        agree_talk(talk(card, asker).pk, agreed_at=TOMORROW, by=card.person, at=NOON, **answer)


def test_a_talk_is_about_ones_own_case_only(door, card, asker):
    own, anothers = sluice_case(door=door, owner=asker), sluice_case(door=door)
    assert talk(card, asker, idea=own).idea == own
    with pytest.raises(NotAllowed):
        talk(card, asker, idea=anothers)
    with pytest.raises(NotAllowed):
        talk(card, asker, idea=sluice_case(owner=asker))


def test_who_sees_a_talk(card, asker, other, administrator, there):
    asked = talk(card, asker)
    outsider = person_as(Role.ADMINISTRATOR, OrganisationFactory())
    seen = {
        person: Talk.objects.visible_to(person, at=NOON).filter(pk=asked.pk).exists()
        for person in (asker, card.person, administrator, other, outsider)
    }
    assert list(seen.values()) == [True, True, True, False, False]
    assert not Talk.objects.visible_to(None, at=NOON).exists()


# ── Handing over ────────────────────────────────────────────────────────────────────────────────


def test_forty_cases_are_handed_over_in_one_act(door, there, coach, card, other, asker):
    for _ in range(40):
        sluice_case(door=door)
    sluice_case("declined", door=door)
    talk(card, asker)
    done = hand_over(there, coach, other, why="Kalle är sjuk", by=coach, at=NOON)
    assert (len(done.cases), done.kept, done.talks, done.doors) == (40, (), 1, 1)
    live = Idea.objects.sluiced().live()
    assert set(live.values_list("responsible", "contact")) == {(other.pk, other.pk)}
    assert Talk.objects.get().coach == other
    assert Entry.objects.filter(verb="ideas.all_handed_over").count() == 1
    assert Entry.objects.filter(verb="ideas.given").count() == 40


def test_a_case_that_is_shut_to_the_new_one_stays_and_is_named(door, there, coach, other):
    shut, own, free = (sluice_case(door=door) for _ in range(3))
    declare(shut, other, ConflictState.DECLARED)
    own.involvements.create(person=other, part="co_applicant", since=NOON)
    done = hand_over(there, coach, other, why="Sjuk", by=coach, at=NOON)
    assert (done.cases, set(done.kept)) == ((free,), {shut, own})
    shut.refresh_from_db()
    assert shut.responsible == coach


def test_the_deputy_and_administrators_hand_over_what_somebody_has(
    door, there, coach, card, other, administrator, asker
):
    with pytest.raises(NotAllowed):
        hand_over(there, coach, other, why="Sjuk", by=other, at=NOON)
    gone(card, other)
    hand_over(there, coach, other, why="Sjuk", by=other, at=NOON)
    hand_over(there, other, coach, why="Frisk", by=administrator, at=NOON)


@pytest.mark.parametrize(("why", "refusal"), [("", Missing), ("x" * 301, TooLong)])
def test_handing_over_has_a_reason(there, coach, other, why, refusal):
    with pytest.raises(refusal):
        hand_over(there, coach, other, why=why, by=coach, at=NOON)


def test_nothing_is_handed_over_to_somebody_who_can_have_no_case(there, coach, asker):
    for to in (asker, coach):
        with pytest.raises(CannotHaveIt):
            hand_over(there, coach, to, why="Sjuk", by=coach, at=NOON)


def test_a_unit_that_is_reorganised_takes_its_live_cases_along(door, there, card, administrator):
    old, new = UnitFactory(organisation=there), UnitFactory(organisation=there)
    write_card(there.pk, card.person, Card(units=[old]), by=card.person, at=NOON)
    live = sluice_case(door=door, unit=old)
    ended = sluice_case("declined", door=door, unit=old)
    make_poster(door, unit=old, challenge=None, words="", by=card.person, at=NOON)
    assert move_unit(old, new, by=administrator, at=NOON) == 1
    for idea in (live, ended):
        idea.refresh_from_db()
    assert (live.unit, ended.unit, Poster.objects.get().unit) == (new, old, new)
    assert list(Coach.objects.get().units.all()) == [new]


def test_only_administrators_move_units_and_only_at_home(there, coach, administrator):
    old, new = UnitFactory(organisation=there), UnitFactory(organisation=there)
    for by, to in ((coach, new), (administrator, old), (administrator, UnitFactory())):
        with pytest.raises(NotAllowed):
            move_unit(old, to, by=by, at=NOON)
