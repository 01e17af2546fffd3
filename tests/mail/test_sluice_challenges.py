"""Letters about challenges, and about ideas that ask a fund for money."""

from datetime import timedelta

import pytest

from idesluss.funding.usecases.carry_in import bring_back, carry_in
from idesluss.ideas.models import Match
from idesluss.ideas.usecases.challenges import end_with, open_up, pose
from idesluss.ideas.usecases.offering import offer_to_parked
from idesluss.jobs.deliver import deliver
from idesluss.jobs.matching import offer_matches
from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from tests.factories import (
    NOON,
    DoorFactory,
    PersonFactory,
    ProgrammeFactory,
    RoundFactory,
    person_as,
    sluice_case,
)
from tests.ideas.test_challenges import posed

pytestmark = pytest.mark.django_db
TEXT = {"title": "Laddplatser vid simhallen", "need": "Batteriet räcker inte till träningen."}


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def boss(door):
    return person_as(Role.MANAGER, door.organisation, name="Karin Ström")


def letters(kind):
    while deliver(NOON + timedelta(minutes=1)):
        pass
    return {letter.person_id: letter for letter in Letter.objects.filter(kind=kind)}


def opened(door, boss, by=None):
    said = posed(boss, title="Cykla till träningen", text="Laddplatser saknas.")
    made = pose(door.programme.pk, said, by=by or boss, at=NOON)
    return open_up(made.pk, by=boss, at=NOON)


def test_its_owner_is_told_of_what_a_coach_has_written_and_not_of_their_own(door, boss):
    pose(door.programme.pk, posed(boss), by=boss, at=NOON)
    assert letters("ideas.challenge_posed") == {}
    made = pose(door.programme.pk, posed(boss), by=door.receiver, at=NOON)
    [letter] = letters("ideas.challenge_posed").values()
    assert letter.person_id == boss.pk
    assert f"/challenges/{made.slug}/" in letter.text
    assert door.receiver.name in letter.text


def test_the_clock_offers_each_challenge_once_and_the_giver_is_told_with_the_words(
    door, boss, searchable
):
    giver, guest = PersonFactory(), PersonFactory(guest=True, email=None, reach_mail="n@h.example")
    sluice_case("parked", door=door, owner=giver, **TEXT)
    sluice_case("parked", door=door, owner=guest, **TEXT)
    challenge = opened(door, boss)
    assert offer_matches(NOON) == 0, "without an index they wait"
    searchable()
    assert (offer_matches(NOON), offer_matches(NOON)) == (2, 0)
    told = letters("ideas.match_offered")
    assert set(told) == {giver.pk, guest.pk}
    number = Match.objects.get(idea__involvements__person=giver).pk
    assert f"/challenges/{challenge.slug}/offered/{number}/" in told[giver.pk].text
    assert "Båda handlar om: träningen, laddplatser." in told[giver.pk].text
    assert "/follow/" in told[guest.pk].text
    assert "offered" not in told[guest.pk].text


def test_everybody_who_answered_is_told_the_result_once(door, boss):
    challenge = opened(door, boss)
    giver = PersonFactory()
    for _ in range(2):
        sluice_case(door=door, owner=giver, challenge=challenge)
    sluice_case("draft", door=door, owner=PersonFactory(), challenge=challenge)
    guest = PersonFactory(guest=True, email=None, reach_mail="n@h.example")
    sluice_case("declined", door=door, owner=guest, challenge=challenge)
    end_with(challenge.pk, "Två provas i vår.", by=boss, at=NOON + timedelta(seconds=1))
    told = letters("ideas.challenge_ended")
    assert set(told) == {giver.pk, guest.pk}
    assert all("Två provas i vår." in letter.text for letter in told.values())
    assert "/follow/" in told[guest.pk].text


def test_nobody_is_offered_anything_before_it_opens(door, boss, searchable):
    idea = sluice_case("parked", door=door, **TEXT)
    said = posed(boss, title="Cykla till träningen", text="Laddplatser saknas.")
    made = pose(door.programme.pk, said, by=boss, at=NOON)
    later = NOON + timedelta(days=2)
    open_up(made.pk, opens_at=later, by=boss, at=NOON)
    searchable()
    assert (offer_matches(NOON), offer_to_parked(made.pk, {idea.pk: []}, at=NOON)) == (0, 0)
    assert offer_matches(later) == 1


def test_applicant_and_givers_are_told_that_it_asks_for_money_and_what_came_of_it(door):
    fund = ProgrammeFactory(organisation=door.organisation)
    round = RoundFactory(programme=fund, name="Digital vardag")
    resident = PersonFactory(guest=True, email=None, reach_mail="n@h.example", name="Nadia")
    coach = door.receiver
    applicant = person_as(Role.EMPLOYEE, door.organisation, name="Anna Ek")
    case = sluice_case("exploring", door=door, owner=resident)
    made = carry_in(case.pk, round.pk, applicant=applicant, by=coach, at=NOON)
    told = letters("ideas.money_asked")
    assert set(told) == {applicant.pk, resident.pk}
    assert f"/applications/{made.pk}/" in told[applicant.pk].text
    assert "Anna Ek fyller i ansökan" in told[resident.pk].text.replace("\n", " ")
    admin = person_as(Role.ADMINISTRATOR, door.organisation)
    bring_back(made.pk, "granted", granted_minor=40_000_00, by=admin, at=NOON)
    came = letters("ideas.money_answered")
    assert set(came) == {resident.pk, coach.pk}
    assert "Digital vardag beviljar 40 000 kr" in came[resident.pk].text.replace("\xa0", " ")
