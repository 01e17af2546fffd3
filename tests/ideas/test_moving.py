"""Taking a case on: who has it then, what stands on an old page, and what the way remembers."""

from datetime import date

import pytest

from idesluss.ideas.reads.way import State, proposed_date, way_of
from idesluss.ideas.usecases import end, take_to
from idesluss.ideas.usecases.moving import EndsTheCase, NotOfThisModel
from idesluss.ideas.usecases.owning import CannotHaveIt
from idesluss.ideas.usecases.worked import NextDatePassed
from idesluss.logic.lifecycle import NoSuchStep, Stage
from idesluss.logic.refusals import ChangedMeanwhile, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, person_as
from tests.ideas.models_ready import World, open_sluice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return open_sluice("lerum")


def on(world, idea, key="helhetsbild", **more):
    return take_to(idea.pk, world.step(key).pk, by=world.coach, at=NOON, **more)


def test_whoever_is_to_have_it_has_it_from_then_on(world):
    idea, manager = world.case(), person_as(Role.MANAGER, world.edition.programme.organisation)
    moved = on(world, idea, give_to=manager)
    assert (moved.responsible, moved.contact) == (manager, manager)
    verbs = Entry.objects.about(idea).values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["ideas.moved", "ideas.given"]


def test_somebody_who_cannot_have_it_stops_the_whole_step(world):
    idea, employee = world.case(), person_as(Role.EMPLOYEE, world.edition.programme.organisation)
    with pytest.raises(CannotHaveIt):
        on(world, idea, give_to=employee)
    idea.refresh_from_db()
    assert idea.at_step.key == "ide-in"


def test_to_whom_it_belongs_already_it_is_not_given_again(world):
    idea = world.case()
    on(world, idea, give_to=world.coach)
    assert not Entry.objects.filter(verb="ideas.given").exists()


def test_what_cannot_be_is_refused_and_nothing_moves(world):
    idea, other = world.case(), open_sluice("aarhus")
    for refusal, key, more in (
        (ChangedMeanwhile, "helhetsbild", {"seen": world.step("testa").pk}),
        (TooLong, "helhetsbild", {"next_what": "x" * 201}),
        (TooLong, "testa", {"why": "x" * 301}),
        (NextDatePassed, "helhetsbild", {"next_on": date(2026, 10, 4)}),
        (EndsTheCase, "i-vardagen", {"why": "Klart"}),
    ):
        with pytest.raises(refusal):
            on(world, idea, key, **more)
    with pytest.raises(NotOfThisModel):
        take_to(idea.pk, other.step("beskriv").pk, by=world.coach, at=NOON)
    on(world, idea)
    with pytest.raises(NoSuchStep):
        on(world, idea, "ide-in", why="Tillbaka")
    assert idea.passages.count() == 2


def test_the_way_remembers_what_was_done_left_out_and_done_again(world):
    idea = world.case()
    on(world, idea, "testa", why="Finns redan")
    idea = on(world, idea, "testa", why="En gång till")
    way = way_of(idea)
    assert [it.state.value for it in way.steps] == [
        "done",
        "skipped",
        "skipped",
        "now",
        "later",
        "later",
        "later",
    ]
    here = way.steps[3]
    assert (here.times, here.why, way.next.key) == (2, "En gång till", "sprida")
    assert [it.step.key for it in way.others] == ["helhetsbild", "testa", "infora"]
    ended = end(idea.pk, Stage.STOPPED, answer="Vi lärde oss.", by=world.coach, at=NOON)
    assert way_of(ended).steps[3].state is State.STOPPED


def test_the_next_date_follows_the_promise_or_what_is_usual(world):
    idea = world.case()
    assert proposed_date(idea, world.step("helhetsbild"), at=NOON) == date(2026, 10, 26)
    assert proposed_date(idea, world.step("i-vardagen"), at=NOON) == date(2026, 10, 19)
