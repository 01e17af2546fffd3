"""Parked cases that a challenge may wake are offered it, and only their givers say yes or no."""

from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Match
from idesluss.ideas.usecases import offering
from idesluss.ideas.usecases.challenges import close_down, open_up, pose
from idesluss.ideas.usecases.offering import (
    ChallengeShut,
    NotAsleep,
    answer_offer,
    offer_by_hand,
    offer_to_parked,
)
from idesluss.logic.refusals import AlreadyDone, NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Audience
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, person_as, sluice_case
from tests.ideas.test_challenges import posed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CHARGING = {
    "title": "Laddplatser för elcyklar vid simhallen",
    "need": "Medlemmar cyklar en mil till träningen, och batteriet räcker inte hem.",
}
BENCH = {"title": "Bänkar i parken", "need": "Gamla vill kunna vila på vägen."}


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def boss(door):
    return person_as(Role.MANAGER, door.organisation)


@pytest.fixture
def challenge(door, boss):
    said = posed(boss, title="Fler ska cykla till träningen", text="Laddplatser saknas för cyklar.")
    return open_up(pose(door.programme.pk, said, by=boss, at=NOON).pk, by=boss, at=NOON)


WORDS = ["cyklar", "laddplatser", "träningen"]


def offered(challenge, *ideas):
    """Offer the challenge to these cases, as if the search had found them."""
    return offer_to_parked(challenge.pk, {it.pk: WORDS for it in ideas}, at=NOON)


def test_a_parked_case_is_offered_once_with_the_words_that_it_shares(door, challenge):
    idea = sluice_case("parked", door=door, **CHARGING)
    others = [
        sluice_case("declined", door=door, **CHARGING),
        sluice_case("parked", **CHARGING),
    ]
    assert offered(challenge, *others, idea) == 1
    assert offered(challenge, idea) == 0
    match = Match.objects.get()
    assert (match.idea, match.taken, match.why) == (idea, None, WORDS)
    entry = Entry.objects.about(idea).get(verb="ideas.match_offered")
    assert (entry.by_id, entry.data["words"]) == (None, match.why)


def test_what_was_offered_by_hand_is_not_offered_again_and_there_is_an_end(
    door, challenge, monkeypatch
):
    cases = [sluice_case("parked", door=door, **CHARGING) for _ in range(4)]
    offer_by_hand(challenge.pk, cases[0].pk, by=door.receiver, at=NOON)
    monkeypatch.setattr(offering, "MOST", 2)
    assert offered(challenge, *cases) == 2
    assert [it.idea for it in Match.objects.order_by("pk")] == cases[:3]


def test_nothing_is_offered_before_it_opens_or_to_others_than_it_is_for(door, boss):
    idea = sluice_case("parked", door=door, **CHARGING)
    said = posed(boss, text="Laddplatser saknas vid simhallen", audiences=["companies"])
    shut = pose(door.programme.pk, said, by=boss, at=NOON)
    assert offered(shut, idea) == 0
    open_up(shut.pk, by=boss, at=NOON)
    assert offered(shut, idea) == 0
    assert not Match.objects.exists()


def test_a_yes_wakes_the_case_as_an_answer_to_the_challenge(door, challenge):
    giver = PersonFactory()
    idea = sluice_case("parked", door=door, owner=giver, **CHARGING)
    offered(challenge, idea)
    answer_offer(Match.objects.get().pk, yes=True, by=giver, at=NOON)
    idea.refresh_from_db()
    assert (idea.stage, idea.challenge, idea.answer) == ("received", challenge, "")
    assert (idea.responsible, idea.next_on) == (door.receiver, date(2026, 10, 12))
    verbs = list(Entry.objects.about(idea).values_list("verb", flat=True))
    assert verbs[-2:] == ["ideas.woken", "ideas.match_taken"]
    again = answer_offer(Match.objects.get().pk, yes=True, by=giver, at=NOON + DAY)
    assert (again.taken, again.answered_at) == (True, NOON)
    with pytest.raises(AlreadyDone):
        answer_offer(again.pk, yes=False, by=giver, at=NOON)


def test_a_no_leaves_it_asleep(door, challenge):
    giver = PersonFactory()
    idea = sluice_case("parked", door=door, owner=giver, **CHARGING)
    offered(challenge, idea)
    assert answer_offer(Match.objects.get().pk, yes=False, by=giver, at=NOON).taken is False
    idea.refresh_from_db()
    assert (idea.stage, idea.challenge) == ("parked", None)


def test_only_the_giver_answers_and_only_while_both_are_there(door, challenge, boss):
    giver = PersonFactory()
    idea = sluice_case("parked", door=door, owner=giver, **CHARGING)
    offered(challenge, idea)
    number = Match.objects.get().pk
    for person in (door.receiver, PersonFactory()):
        with pytest.raises(NotAllowed):
            answer_offer(number, yes=True, by=person, at=NOON)
    close_down(challenge.pk, by=boss, at=NOON + DAY)
    with pytest.raises(ChallengeShut):
        answer_offer(number, yes=True, by=giver, at=NOON + DAY)
    open_up(challenge.pk, by=boss, at=NOON + DAY)
    type(idea).objects.filter(pk=idea.pk).update(stage="declined")
    with pytest.raises(NotAsleep):
        answer_offer(number, yes=True, by=giver, at=NOON + DAY)


def test_whoever_cannot_have_it_any_more_does_not_get_it_back(door, challenge):
    giver = PersonFactory()
    gone = PersonFactory()
    idea = sluice_case("parked", door=door, owner=giver, responsible=gone, **CHARGING)
    offered(challenge, idea)
    answer_offer(Match.objects.get().pk, yes=True, by=giver, at=NOON)
    idea.refresh_from_db()
    assert idea.responsible == door.receiver


def test_staff_offer_by_hand_what_no_words_bring_together(door, challenge):
    coach = door.receiver
    idea = sluice_case("parked", door=door, **BENCH)
    match = offer_by_hand(challenge.pk, idea.pk, by=coach, at=NOON)
    other = sluice_case("parked", door=door)
    told = offer_by_hand(challenge.pk, other.pk, why=WORDS, by=coach, at=NOON)
    assert told.why == WORDS
    assert (match.why, offer_by_hand(challenge.pk, idea.pk, by=coach, at=NOON)) == ([], match)
    live = sluice_case(door=door)
    with pytest.raises(NotAsleep):
        offer_by_hand(challenge.pk, live.pk, by=coach, at=NOON)
    with pytest.raises(NotAllowed):
        offer_by_hand(challenge.pk, sluice_case("parked").pk, by=coach, at=NOON)
    employee = person_as(Role.EMPLOYEE, door.organisation)
    with pytest.raises(NotAllowed):
        offer_by_hand(challenge.pk, idea.pk, by=employee, at=NOON)
    close_down(challenge.pk, by=challenge.owner, at=NOON + DAY)
    with pytest.raises(ChallengeShut):
        offer_by_hand(challenge.pk, idea.pk, by=coach, at=NOON + DAY)


def test_a_challenge_to_companies_reaches_those_who_came_through_their_door(door, boss):
    theirs = DoorFactory(
        edition=door.programme.editions.get(), audience=Audience.COMPANIES.value, slug="foretag"
    )
    idea = sluice_case("parked", door=theirs, **CHARGING)
    said = posed(boss, text="Laddplatser saknas vid simhallen", audiences=["companies"])
    asked = open_up(pose(door.programme.pk, said, by=boss, at=NOON).pk, by=boss, at=NOON)
    assert offered(asked, idea) == 1
    assert Match.objects.get().idea == idea
