"""Running cases keep their edition, or are moved knowingly, all at once, and back."""

from datetime import date

import pytest

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.editions import standing_elsewhere
from idesluss.ideas.reads.way import State, answers_of, proposed_people, way_of
from idesluss.ideas.usecases import end, give, take_to
from idesluss.ideas.usecases.editions import (
    NotOpenedYet,
    StepWithoutPlace,
    move_back,
    move_cases,
)
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.jobs.deliver import deliver
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.usecases.model import (
    StepFacts,
    begin_edition,
    change_step,
    open_edition,
    remove_step,
)
from idesluss.records.models import Entry, Letter
from tests.factories import NOON, UnitFactory, person_as
from tests.ideas.models_ready import World, open_sluice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return open_sluice("lerum")


def second(world, *, without=(), renamed=()):
    """The next edition, opened, without some steps and with others called something else."""
    boss = world.boss
    edition = begin_edition(world.edition.programme_id, "newest", by=boss, at=NOON)
    for key in without:
        remove_step(world.step(key, edition).pk, by=boss, at=NOON)
    for key, name in renamed:
        change_step(world.step(key, edition).pk, facts(edition, key, name), by=boss, at=NOON)
    return open_edition(edition.pk, by=boss, at=NOON)


def facts(edition, key, name):
    """The step as it is, under another name."""
    from idesluss.programmes.reads.model import plan_of_step

    plan = plan_of_step(edition.steps.get(key=key))
    given = {it: getattr(plan, it) for it in StepFacts.__slots__}
    return StepFacts(**{**given, "name": name})


def test_a_running_case_keeps_its_edition_and_a_new_one_starts_in_the_newest(world):
    old = world.case()
    edition = second(world, without=["sprida"])
    old.refresh_from_db()
    assert (old.edition, world.case().edition) == (world.edition, edition)


def test_cases_are_moved_by_key_with_owner_date_and_answers_and_their_trail(world):
    idea = world.case()
    take_to(idea.pk, world.step("helhetsbild").pk, by=world.coach, at=NOON)
    asked = world.step("helhetsbild").questions.get(key="behov")
    answer_question(idea.pk, asked.pk, "Att hitta.", seen=0, by=world.coach, at=NOON)
    before = Idea.objects.get(pk=idea.pk)
    edition = second(world)
    assert move_cases(edition.pk, {}, why="Ny modell", by=world.boss, at=NOON) == 1
    after = Idea.objects.get(pk=idea.pk)
    assert (after.edition, after.at_step) == (edition, world.step("helhetsbild", edition))
    assert (after.responsible, after.next_on) == (before.responsible, before.next_on)
    assert [it.text for it in answers_of(after).now] == ["Att hitta.", ""]
    stays = list(after.passages.values_list("step__edition__number", "why", "promised_by"))
    promised = date(2026, 10, 26)
    assert stays == [(1, "", date(2026, 10, 12)), (1, "", promised), (2, "Ny modell", promised)]
    assert [it.state for it in way_of(after).steps][:3] == [State.DONE, State.NOW, State.LATER]


def test_where_a_step_is_gone_somebody_chooses_or_nothing_is_moved(world):
    here, gone = world.case(), world.case()
    take_to(gone.pk, world.step("sprida").pk, by=world.coach, at=NOON, why="Klart")
    edition = second(world, without=["sprida"])
    [first, other] = standing_elsewhere(edition, world.boss, at=NOON)
    assert (first.to, first.gone) == (world.step("ide-in", edition), False)
    assert (other.to, other.gone, list(other.named)) == (None, True, [gone])
    assert [it.key for it in other.choices] == ["testa", "infora"]
    with pytest.raises(StepWithoutPlace) as refused:
        move_cases(edition.pk, {}, why="Ny", by=world.boss, at=NOON)
    assert refused.value.field == f"place-{world.step('sprida').pk}"
    here.refresh_from_db()
    assert here.edition == world.edition
    places = {world.step("sprida").pk: world.step("testa", edition).pk}
    assert move_cases(edition.pk, places, why="Ny", by=world.boss, at=NOON) == 2
    gone.refresh_from_db()
    assert (gone.stage, gone.at_step.key) == ("testing", "testa")


def test_a_place_that_no_way_leads_to_is_refused(world):
    idea = world.case()
    take_to(idea.pk, world.step("sprida").pk, by=world.coach, at=NOON, why="Klart")
    edition = second(world)
    places = {world.step("sprida").pk: world.step("ide-in", edition).pk}
    with pytest.raises(StepWithoutPlace):
        move_cases(edition.pk, places, why="Ny", by=world.boss, at=NOON)


def test_the_giver_is_told_only_if_the_step_is_called_something_else(world):
    for _ in range(2):
        world.case()
    named = world.case()
    take_to(named.pk, world.step("helhetsbild").pk, by=world.coach, at=NOON)
    edition = second(world, renamed=[("helhetsbild", "Hela bilden")])
    move_cases(edition.pk, {}, why="Ny", by=world.boss, at=NOON)
    while deliver(NOON):
        pass
    letter = Letter.objects.get(kind="ideas.edition_changed")
    assert letter.person_id == named.involvements.get().person_id
    assert "Hela bilden" in letter.subject


def test_a_move_is_undone_for_cases_that_stand_where_they_were_put(world):
    stays, goes_on, ends = world.case(), world.case(), world.case()
    edition = second(world, without=["sprida"])
    move_cases(edition.pk, {}, why="Ny", by=world.boss, at=NOON)
    on = world.step("helhetsbild", edition)
    take_to(goes_on.pk, on.pk, by=world.coach, at=NOON)
    end(ends.pk, Stage.DECLINED, answer="Finns redan.", by=world.coach, at=NOON)
    entry = Entry.objects.get(verb="ideas.cases_moved")
    assert move_back(entry.pk, by=world.boss, at=NOON) == 1
    editions = {it.pk: it.edition for it in Idea.objects.sluiced().select_related("edition")}
    assert editions == {stays.pk: world.edition, goes_on.pk: edition, ends.pk: edition}
    with pytest.raises(AlreadyDone):
        move_back(entry.pk, by=world.boss, at=NOON)


def test_moving_needs_an_administrator_a_reason_and_an_opened_edition(world):
    world.case()
    edition = second(world)
    with pytest.raises(NotAllowed):
        move_cases(edition.pk, {}, why="Ny", by=world.coach, at=NOON)
    with pytest.raises(Missing):
        move_cases(edition.pk, {}, why=" ", by=world.boss, at=NOON)
    with pytest.raises(TooLong):
        move_cases(edition.pk, {}, why="x" * 301, by=world.boss, at=NOON)
    third = begin_edition(world.edition.programme_id, "newest", by=world.boss, at=NOON)
    with pytest.raises(NotOpenedYet):
        move_cases(third.pk, {}, why="Ny", by=world.boss, at=NOON)


def test_nothing_to_move_leaves_no_trace(world):
    assert move_cases(world.edition.pk, {}, why="Ny", by=world.boss, at=NOON) == 0
    assert not Entry.objects.filter(verb="ideas.cases_moved").exists()


def test_a_manager_of_the_unit_is_proposed_before_other_managers(world):
    town = world.edition.programme.organisation
    unit = UnitFactory(organisation=town)
    far = person_as(Role.MANAGER, town, name="Aaa")
    near = person_as(Role.MANAGER, town, name="Bbb")
    near.appointments.update(unit=unit)
    idea = world.case(unit=unit)
    to = world.step("testa")
    assert proposed_people(idea, to, at=NOON) == [near, far]
    assert proposed_people(idea, world.step("helhetsbild"), at=NOON) == []
    assert proposed_people(idea, world.step("i-vardagen"), at=NOON) == []
    give(idea.pk, far, by=world.coach, at=NOON)
    idea.refresh_from_db()
    assert proposed_people(idea, to, at=NOON) == []


def test_an_answer_taken_back_keeps_its_version_and_an_old_page_loses_nothing(world):
    idea = world.case()
    take_to(idea.pk, world.step("helhetsbild").pk, by=world.coach, at=NOON)
    asked = world.step("helhetsbild").questions.get(key="behov")
    answer_question(idea.pk, asked.pk, "Ett", seen=0, by=world.coach, at=NOON)
    answer_question(idea.pk, asked.pk, "", seen=1, by=world.coach, at=NOON)
    idea.refresh_from_db()
    [one, _other] = answers_of(idea).now
    assert (one.text, one.version) == ("", 2)
    with pytest.raises(ChangedMeanwhile):
        answer_question(idea.pk, asked.pk, "Två", seen=1, by=world.coach, at=NOON)
    with pytest.raises(TooLong):
        answer_question(idea.pk, asked.pk, "x" * 4001, seen=2, by=world.coach, at=NOON)
