"""What sleeps, and what has been tried, is found by what is new, in whatever language."""

from datetime import timedelta

import pytest

from idesluss.ideas.usecases.challenges import open_up, pose
from idesluss.insight.search.waking import (
    parked_for,
    shared,
    tried_for_case,
    tried_for_challenge,
)
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.programmes.vocab import Audience
from tests.factories import NOON, DoorFactory, IdeaFactory, person_as, sluice_case
from tests.ideas.alike import BENCH, FOOD, LAMP, LAMP_DANISH, LAMP_TWIN
from tests.ideas.test_challenges import posed

pytestmark = pytest.mark.django_db
CHARGING = {
    "title": "Laddplatser för elcyklar vid simhallen",
    "need": "Medlemmar cyklar en mil till träningen, och batteriet räcker inte hem.",
}


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


def published(told, **idea):
    """A project with a public page that says what it is for."""
    case = IdeaFactory(stage="permanent", title=told["title"], **idea)
    return Project.objects.create(
        idea=case,
        purpose=told["need"],
        results="Alla var nöjda.",
        published_at=NOON - timedelta(days=9),
        changed_at=NOON,
    )


def test_parked_cases_that_answer_a_challenge_are_found_with_their_words(
    door, challenge, searchable
):
    idea = sluice_case("parked", door=door, **CHARGING)
    sluice_case("parked", door=door, **BENCH)
    sluice_case("declined", door=door, **CHARGING)
    sluice_case("parked", **CHARGING)
    assert (parked_for(challenge), shared(challenge, idea)) == (None, [])
    searchable()
    found = parked_for(challenge)
    assert list(found) == [idea.pk]
    assert {"laddplatser", "träningen"} <= set(found[idea.pk])
    assert found[idea.pk] == shared(challenge, idea)


def test_a_challenge_that_nothing_answers_wakes_nobody(door, boss, searchable):
    for told in (CHARGING, BENCH, FOOD):
        sluice_case("parked", door=door, **told)
    said = posed(boss, title="Kortare kö till tandläkaren", text="Remisser blir liggande.")
    asked = pose(door.programme.pk, said, by=boss, at=NOON)
    searchable()
    assert parked_for(asked) == {}


def test_only_those_whom_it_is_for_are_found(door, boss, searchable):
    theirs = DoorFactory(
        edition=door.programme.editions.get(), audience=Audience.COMPANIES.value, slug="foretag"
    )
    sluice_case("parked", door=door, **CHARGING)
    idea = sluice_case("parked", door=theirs, **CHARGING)
    said = posed(boss, text="Laddplatser saknas vid simhallen", audiences=["companies"])
    asked = pose(door.programme.pk, said, by=boss, at=NOON)
    searchable()
    assert list(parked_for(asked)) == [idea.pk]


def test_a_case_finds_what_was_tried_in_the_neighbours_words_and_what_sleeps_at_home(
    door, searchable
):
    idea = sluice_case(door=door, **LAMP)
    tried = published(LAMP_DANISH, language="da")
    published(FOOD)
    asleep = sluice_case("parked", door=door, **LAMP_TWIN)
    sluice_case("parked", **LAMP_TWIN)
    assert not tried_for_case(idea, door.receiver, at=NOON)
    searchable()
    found = tried_for_case(idea, door.receiver, at=NOON)
    assert [it.thing for it in found.projects] == [tried]
    assert [it.thing for it in found.parked] == [asleep]
    assert {"mørkt", "bussen"} <= set(found.projects[0].words)
    assert not tried_for_case(idea, None, at=NOON).parked


def test_neither_ones_own_project_nor_one_that_is_not_published_counts(door, searchable):
    own = published(LAMP)
    hidden = published(LAMP)
    Project.objects.filter(pk=hidden.pk).update(published_at=None)
    searchable()
    admin = person_as(Role.ADMINISTRATOR, hidden.idea.programme.organisation)
    assert not tried_for_case(own.idea, admin, at=NOON).projects


def test_a_challenge_finds_what_was_tried(door, boss, searchable):
    tried = published(CHARGING)
    said = posed(boss, title="Ladda cykeln vid simhallen", text="Batterierna räcker inte.")
    asked = pose(door.programme.pk, said, by=boss, at=NOON)
    searchable()
    [found] = tried_for_challenge(asked, at=NOON).projects
    assert found.thing == tried
    assert "simhallen" in found.words
